"""Names of countries, larger cities and countries' people, from kept datasets; `python -m resources.places` renews them."""
