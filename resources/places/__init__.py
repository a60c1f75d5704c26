"""Names of countries, larger cities and countries' people; `python -m resources.places` renews them from datasets."""
