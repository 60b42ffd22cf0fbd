"""Words that say which way a figure went: 增加, 下降, 持平; each is a claim that a change must bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.numbers.numbers import Numeral

_UP = "增加|增长|上升|上涨|提高|增幅|涨幅|increased|rose|grew"
_DOWN = "减少|下降|降低|下滑|缩减|压减|减幅|降幅|decreased|fell|dropped"
_SAME = "持平|没有变化|保持不变|unchanged"
_WORD = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<same>{_SAME})")
_ALTERNATIVE = re.compile(r"^\s*(?:或|还是|、|/)\s*(?:增|减|下降|上升)|^额")
_REACHED = re.compile(r"^(?:[了]?\s*)(?:到|至|为)")
_BETWEEN = re.compile(r"(?:了|的|率|幅度|额|约|近|超过|为|是|[\s*：:])*(?:by\s+)?")
_COMPARED = re.compile(r"上年|去年|上一年|同比|last year|previous year")
_CLAUSE = re.compile(r"[，。；;！？\n]|,(?!\d)")


@dataclass(frozen=True, slots=True)
class Direction:
    """A word at text[start:end]; `sign` is 1, -1 or 0."""

    word: str
    start: int
    end: int
    sign: int


def governing_direction(text: str, numeral: Numeral) -> Direction | None:
    """The word that tells a figure's direction: `减少 400万元`, `下降了44.5%`, `44.5%的降幅`; not `减少到400万元`."""
    begin = max((found.end() for found in _CLAUSE.finditer(text, 0, numeral.start)), default=0)
    for direction in reversed(list(_directions(text, begin, numeral.start))):
        between = text[direction.end : numeral.start]
        if not _REACHED.match(between) and _BETWEEN.fullmatch(between):
            return direction
        return None
    after = re.match(rf"\s*的?(?:{_UP}|{_DOWN})(?![到至])", text[numeral.end :])
    if after is None or text[numeral.end : numeral.end + 1] != "的":
        return None
    return next(_directions(text, numeral.end, numeral.end + after.end()), None)


def directions_in(text: str) -> Iterator[Direction]:
    """The words that claim a change against the year before, with or without a figure."""
    start = 0
    for mark in [*(found.span() for found in _CLAUSE.finditer(text)), (len(text), len(text))]:
        if _COMPARED.search(text, start, mark[0]):
            yield from _directions(text, start, mark[0])
        start = mark[1]


def _directions(text: str, start: int, end: int) -> Iterator[Direction]:
    for found in _WORD.finditer(text, start, end):
        if not _ALTERNATIVE.match(text[found.end() :]) and not text[: found.start()].endswith(("没有", "或", "不")):
            sign = 1 if found["up"] else -1 if found["down"] else 0
            yield Direction(found.group(), found.start(), found.end(), sign)
