"""What makes records findable: language, tokens, postings, ranking and facets. Derived and disposable."""
