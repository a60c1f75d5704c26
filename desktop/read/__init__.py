"""Reading one document: its text at the hit, its original, its details."""
