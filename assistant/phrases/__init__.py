"""Phrases of a question: what each stands for. phrases.py is the door; the rest is in the order in which it builds up:

trimming, hints → coordinates, tables, projects → exact_names → figures → lists → sets → rankings → prose_groups, expressions.
"""
