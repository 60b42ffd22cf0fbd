"""What is cut away before a phrase is understood: openers, marks, amounts that only repeat what is known."""

from __future__ import annotations

import re

from assistant.cues import cue
from assistant.names.segments import everyday_words
from ingest.numbers.numbers import Numeral, NumeralKind, find_numerals

_AMOUNTS = (NumeralKind.MONEY, NumeralKind.NUMBER, NumeralKind.SHARE)


def trimmed(phrase: str) -> str:
    """A phrase without marks, opening words and words for its amount around it."""
    opened = cue("phrase_opener").sub("", phrase.strip(" ,，:：、的?？了"))
    if any(opened[start:] in everyday_words() for start in range(len(opened))):
        return opened  # 的钱 is a part of the word: 给企业的钱
    return cue("phrase_of_money").sub("", opened) or opened


def without(text: str, name: str) -> str:
    """A text without the words of a cue."""
    return cue(name).sub("", text)


def amounts_in(text: str) -> list[Numeral]:
    """Numbers that can be amounts or shares."""
    return [n for n in find_numerals(text) if n.kind in _AMOUNTS and n.quantity is not None]


def without_money(text: str) -> str:
    """A phrase without the amounts that only repeat what is known: `基本支出57.65万里` → `基本支出里`."""
    for numeral in reversed(find_numerals(text)):
        amount = numeral.kind is NumeralKind.MONEY or (
            numeral.kind is NumeralKind.NUMBER and re.search(r"[万亿]|\d,\d{3}|\.\d", numeral.printed)
        )
        if amount:
            text = text[: numeral.start] + text[numeral.end :]
    return text
