"""Other ways in which the archive may hold what a query asks for: names, word forms, scripts and romanisations."""
