"""Casework in and out: a module for each format, all over the same records."""
