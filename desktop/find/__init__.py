"""Finding: the query bar, its chips, the filters with counts, and the list of results."""
