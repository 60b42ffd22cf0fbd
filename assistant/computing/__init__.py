"""A typed plan into an exact result: computing is the door.

figures (with policy and concept_cells) finds the cells, sets and table_rows the members; set_results, relations, cost_results, changes
and estimates combine them (arithmetic) into results.
"""
