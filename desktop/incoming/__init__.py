"""Casework that comes in from outside: tables by a map, and what another desk exported."""
