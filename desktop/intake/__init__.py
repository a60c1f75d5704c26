"""Filling an archive from the window: choosing files, progress, and the report."""
