"""Grids to facts: tables is the door.

merged_cells → continuations → headers, columns, value_units, coordinates →
row_labels, hierarchy (sum_nesting): every value with its labels.
"""
