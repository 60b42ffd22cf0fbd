"""The way of a later turn: focus.py → referents.py (what can be meant) → pointers.py (what the words point at) →
pointed_phrases.py (phrases that may point) → same_question.py, turns.py (the readings, likeliest first)."""
