"""Withdrawal: what is taken out of the working archive, and how nothing of it is left."""
