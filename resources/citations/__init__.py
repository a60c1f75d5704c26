"""The style in which documents and works are cited, in the Citation Style Language 1.0.2."""
