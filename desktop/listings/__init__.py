"""List searches: a file of names or words, and for each line how many records hold it."""
