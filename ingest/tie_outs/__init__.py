"""A document checked against itself: tie_outs runs every rule.

rules and equations state them; table_*, sheet_*, prose_* and the others check one part each;
doubts and repairs follow from what fails, auditing tells it.
"""
