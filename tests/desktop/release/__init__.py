"""Tests of releases in the window."""
