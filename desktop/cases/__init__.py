"""Case records in the window: the page of a subject, the passage of a fact, entering, and views over many cases."""
