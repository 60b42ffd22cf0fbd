"""From the words of a question to the names that documents print: segments and light_words cut, printed_names protects,

linking decides by name and by typo (spelling); described, meaning and closest are for words that no name holds.
"""
