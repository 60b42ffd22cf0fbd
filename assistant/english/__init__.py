"""Questions in English: sentences and clauses turn them into the Chinese that is planned, frame reads those without an order of words,

romanized brings names back, and answers puts what was found into English.
"""
