"""What is kept: documents, cases, keys, intake, releases and the custody log, in encrypted files."""
