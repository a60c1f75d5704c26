"""Search statements: a search with all that came of it as a file, and the same search asked again."""
