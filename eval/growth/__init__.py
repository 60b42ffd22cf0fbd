"""How cost grows with the number of documents: generated ones are read, asked about and measured, in a process each."""
