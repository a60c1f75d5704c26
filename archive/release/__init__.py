"""Releases: what an editor publishes, and what a partner receives, verifies and updates from."""
