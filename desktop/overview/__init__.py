"""All cases that a query finds: as a table, on a map and along a timeline, under a strip of counts."""
