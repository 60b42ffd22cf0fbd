"""A result in words: answering for figures, telling for what is told in words, with one module a family; adds no number."""
