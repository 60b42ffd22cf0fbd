"""What kind of words a question asks for: a reason, a time, a place, a document, a way of doing, a meaning, a list.

A sentence answers only when it holds what is asked for: a date for when, a document for by which. The kinds and their
patterns are vocabulary/asked.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.cues import cue, says
from assistant.words import asked_kinds

NUMBER = "number"
_OF_MONEY = ("reason", "purpose", "list")  # what is asked of money itself


def kinds_asked(text: str) -> tuple[str, ...]:
    """The kinds of words that a question asks for, as the vocabulary lists them; none where it asks for a number."""
    if _asking(NUMBER).search(text):
        return ()
    return tuple(key for key in asked_kinds() if key != NUMBER and _asking(key).search(text))


def times_asked(text: str, kind: str) -> int:
    """In how many different words a kind is asked for: 多长 and 多宽."""
    return len(set(_asking(kind).findall(text)))


def asks_number(text: str) -> bool:
    return bool(_asking(NUMBER).search(text))


def holds(sentence: str, kind: str) -> bool:
    """Whether a sentence has in it what a kind of question wants to know; any sentence for no kind."""
    return not kind or bool(_holding(kind).search(sentence))


def richness(sentence: str, kind: str) -> int:
    """How many of the things that a kind of question wants a sentence holds."""
    return len(set(_holding(kind).findall(sentence))) if kind else 0


def without_asking(text: str, kinds: Sequence[str]) -> str:
    """The question without the words that only ask."""
    for kind in kinds:
        text = _asking(kind).sub(",", text)
    return text


def figure_answers(printed: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether cells printed so can answer one of the kinds; a figure is no reason, place or person."""
    if not kinds:
        return True
    apart = [re.compile("|".join(asked_kinds()[kind].apart)) for kind in kinds if asked_kinds()[kind].apart]
    return any(pattern.search(text) for pattern in apart for text in printed)


def told_by_field(kind: str) -> bool:
    """Whether a field of a project's sheet tells it as a whole: its reason, its basis, not a time of something in it."""
    return not kind or asked_kinds()[kind].by_field


def leaves_money_out(question: str, kind: str, told: str) -> bool:
    """Whether a reason or a use is asked of money by its name and a text is about other money."""
    named = cue("money_named").search(question) if kind in _OF_MONEY else None
    return named is not None and named["end"] not in told


def tells_deed(question: str, name: str, sentences: Sequence[str]) -> bool:
    """Whether sentences tell what a question says is done with a thing of a name: 支付 for `什么时候付`."""
    if says(question, "paid_asked"):
        return all(says(sentence, "paid_told") for sentence in sentences)
    deeds = {deed for deed in cue("deed").findall(question) if deed not in name}
    return bool(deeds) and all(any(deed in sentence for sentence in sentences) for deed in deeds)


def fields_for(kind: str) -> tuple[str, ...]:
    """The fields of a project's sheet that tell a kind, the likeliest first."""
    return asked_kinds()[kind].fields if kind else ()


@cache
def _asking(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(asked_kinds()[kind].asks))


@cache
def _holding(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(asked_kinds()[kind].holds))
