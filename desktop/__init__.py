"""The window, the command line, and what connects everything. Only here is Qt imported."""
