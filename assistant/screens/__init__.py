"""The screens of the chat. They show what the assistant and the ledger say, and decide nothing themselves.

`visit` remembers, `sidebar`, `chat`, `audit` and `documents` are what a reader sees, `answer_view` and `source_view`
draw an answer and the place a figure came from, and `safe_text` stands between documents and the page.
"""
