"""A question in words before it is planned: what it asks for, what it says on the way, what is only another way to say something.

queries, formulas → framing, parts → statements, stated_numbers, assertions → asked, conditions, ordering, directions, value_kinds.
"""
