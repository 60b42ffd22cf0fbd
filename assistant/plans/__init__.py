"""Plans by family. Each module turns the questions of one family into plans and returns None for all others;

assistant/planning.py tells in which order they are tried.
"""
