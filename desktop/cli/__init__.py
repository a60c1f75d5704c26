"""The command line: a module for each verb, free of Qt."""
