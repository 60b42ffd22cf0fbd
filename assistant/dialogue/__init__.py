"""The way of a later turn: focus.py → figure_referents.py, referents.py (what can be meant) → pointers.py (what the words
point at) → pointed_phrases.py, open_slots.py (phrases that may point, slots left open) → same_question.py, own_figures.py,
turn.py (the readings, likeliest first) → turns.py."""
