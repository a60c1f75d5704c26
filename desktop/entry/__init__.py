"""Entering: facts recorded from a passage, further sources, notes, and taking back."""
