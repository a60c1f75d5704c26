"""Going over what is recorded: judging facts, setting them apart, merging persons, and lists of what is to be done."""
