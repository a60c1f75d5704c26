"""Outlines of countries and places of small territories for the map of cases; see README for where they come from."""
