"""The units of a department that its disclosure prints: what they are and are called, which a question is about,

what one of them has (answers), and that no figure of all is told for one (guard).
"""
