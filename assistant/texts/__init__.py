"""Finding the sentence that answers a question in words: passages over sentences; enumerations are the lists that a text prints."""
