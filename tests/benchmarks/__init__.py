"""Measurements, which are no tests: `python -m tests.benchmarks` prints one table."""
