"""The reader's notebook in the window: notes and highlights, tags and collections, and the queries of the past."""
