"""Finding the answer that exists: the query language, the index, and what a person may find."""
