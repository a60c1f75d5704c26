"""What a passage seems to say: dates, durations, numbers, countries, places, names and terms, as values for fields."""
