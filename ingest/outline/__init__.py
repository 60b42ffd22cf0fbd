"""Where a document's tables, performance sheets, prose and glossary begin, and whose and which year's it is: outline is the door.

contents, headings, captions and wrapped_titles read lines (words); identity tells whose it is;
division cuts it into parts, titles names the tables.
"""
