"""Handing a notebook, or one collection of it, to a colleague: sealed for their key, and merged there."""
