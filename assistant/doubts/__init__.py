"""Whether a plan, or what it came to, can be what a question means. What fails here is not told.

Before it is computed: sanity with operations, coordinates_said and left_out. After: fitting. Of the question itself: premises.
"""
