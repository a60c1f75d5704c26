"""The ways in which a query's words may stand otherwise in the archive: other spellings, scripts and romanisations."""
