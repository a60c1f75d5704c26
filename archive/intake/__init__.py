"""Intake: every file and folder given is walked, read, committed in batches and accounted for."""
