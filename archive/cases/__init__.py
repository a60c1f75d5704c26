"""Case records: subjects, the facts about them, and for each fact the passages that say so."""
