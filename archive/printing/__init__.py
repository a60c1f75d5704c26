"""Printing: files of words for readers without the archive, as blocks of text that are set in any script."""
