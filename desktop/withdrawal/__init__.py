"""Withdrawing in the window: what would go, the reason, the confirmation, and what was done."""
