"""A reader's own notebook about one archive: notes, highlights, collections and queries, encrypted, on this machine."""
