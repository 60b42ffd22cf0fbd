"""Whether a question wants a yes or a no, and the bare statement in it: what was heard before it, what asks after it."""

from __future__ import annotations

from assistant.cues import cue, says
from assistant.question import Question


def asks_yes_or_no(question: Question) -> bool:
    """Whether something is said that is to be confirmed, and nothing else is asked."""
    asked = (
        says(question.said, "claim_asked") or says(question.text, "yes_no_end") or says(question.said, "hearsay_opener")
    )
    marked = says(question.said, "said_with_a_mark") and not says(question.text, "multiplied_by", "plus_said")
    return (asked or marked) and not says(question.text, "asks_besides")


def statement_of(question: Question) -> str:
    """What is said, without who said it and without the words that ask whether it is so."""
    text, before = cue("claim_opener").sub("", question.text), ""
    while text != before:
        text, before = cue("statement_tail").sub("", text).rstrip(","), text
    return cue("whether_said").sub("", text)
