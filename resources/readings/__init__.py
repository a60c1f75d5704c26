"""How Han characters are read and which are surnames, from kept tables; `python -m resources.readings` renews them."""
