"""Names of larger cities and of countries' people, from kept datasets; `python -m resources.places` renews them."""
