"""Releases in the window: their receipt, and the publishers' keys that are trusted."""
