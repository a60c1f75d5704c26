"""Citations of documents, and of works that the archive does not hold, for other programs and for print."""
