"""The explanation to figures and passages: prose is the door.

sentences cut it, clauses read each stretch, figures tell what a number is.
"""
