"""Performance sheets (绩效目标表) to facts: sheets is the door.

grids finds them, fields, blocks, texts and lists read what is printed around the indicators;
indicator_rows → indicator_levels → indicators.
"""
