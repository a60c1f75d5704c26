"""Updates: what changed between two releases of a line, sent as a delta and applied beside what is installed."""
