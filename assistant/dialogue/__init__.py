"""The way of a later turn: focus.py → figure_referents.py, referents.py (what can be meant) → pointers.py, turn_words.py (what the
words point at and ask) → pointed_phrases.py, spoken_figures.py, open_slots.py (phrases that may point or only tell figures
spoken of apart, slots left open) → asked_of_last.py, set_against.py, sheets_told.py, own_figures.py, same_question.py, turn.py
(the readings, likeliest first) → turns.py."""
