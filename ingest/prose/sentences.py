"""Sentences of the explanation as their figures in order, each with the words before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.facts import DocumentFacts, Fact, Origin, Role
from ingest.numbers.quantities import PERCENT, YUAN, Quantity
from ingest.tie_outs.rules import ProseRules

_STOP = re.compile(r"[。；;]")
_BREAK = re.compile(r"[，,。；;：:、（(]")


class Part(StrEnum):
    """What a figure does in its sentence."""

    AMOUNT = "amount"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    COUNT = "count"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its fact, where it stands in the sentence, the words since the figure before it.

    `falls` is whether the words say that a change is a fall; None where they say no direction.
    """

    index: int
    fact: Fact
    quantity: Quantity
    start: int
    end: int
    before: str
    part: Part
    falls: bool | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """`heading` is what it stands under."""

    heading: str
    text: str
    figures: tuple[Figure, ...]

    def amounts_before(self, figure: Figure) -> list[Figure]:
        """The amounts that stand before a figure, nearest first."""
        return [other for other in reversed(self.figures) if other.start < figure.start and other.part is Part.AMOUNT]


def document_to_sentences(document: DocumentFacts, words: ProseRules) -> list[Sentence]:
    """Every sentence of the prose outside performance sheets that prints figures; lines that 其中 or a semicolon
    joins are one."""
    groups: list[tuple[str, str, list[int]]] = []
    for index, fact in enumerate(document.facts):
        if fact.origin is not Origin.PROSE or not fact.sentence or fact.project or fact.quantity is None:
            continue
        if groups and groups[-1][0] == fact.table and groups[-1][1].endswith(fact.sentence):
            groups[-1][2].append(index)
        elif groups and groups[-1][0] == fact.table and _goes_on(groups[-1][1], fact.sentence, words):
            heading, text, members = groups[-1]
            groups[-1] = (heading, text + fact.sentence, [*members, index])
        else:
            groups.append((fact.table, fact.sentence, [index]))
    return [
        Sentence(heading, text, tuple(_figures(text, members, document.facts, words)))
        for heading, text, members in groups
    ]


def _goes_on(text: str, following: str, words: ProseRules) -> bool:
    return re.search(words.goes_on, f"{text[-3:]}|{following[:3]}") is not None


def _figures(text: str, indexes: Sequence[int], facts: Sequence[Fact], words: ProseRules) -> list[Figure]:
    figures: list[Figure] = []
    position = 0
    for index in indexes:
        fact = facts[index]
        start = text.find(fact.printed, position)
        if start < 0 or fact.quantity is None:
            continue
        before = text[position:start]
        position = start + len(fact.printed)
        part, falls = _part(before, fact, words)
        figures.append(Figure(index, fact, fact.quantity, start, position, before, part, falls))
    return figures


def _part(before: str, fact: Fact, words: ProseRules) -> tuple[Part, bool | None]:
    unit = fact.quantity.unit if fact.quantity else ""
    clause = _STOP.split(before)[-1]
    if unit == PERCENT and re.search(words.share, clause):
        return Part.SHARE, None
    falls = _direction(clause, words)
    if unit == PERCENT:
        return (Part.RATE, falls) if falls is not None else (Part.OTHER, None)
    if falls is not None and _changes(clause, words):
        return Part.CHANGE, falls
    if unit == YUAN:
        return (Part.CHANGE, falls) if fact.coordinates.role is Role.CHANGE else (Part.AMOUNT, None)
    return Part.COUNT, None


def _direction(clause: str, words: ProseRules) -> bool | None:
    """Whether the clause ends by saying that something falls (True) or rises (False)."""
    last = _BREAK.split(clause.rstrip())[-1].strip()
    for falls, names in ((True, words.decrease), (False, words.increase)):
        for name in names:
            if re.search(rf"{name}(?:了|约|额|额为|为|数|幅度|率|比例|[^，。；\d]{{0,3}})*$", last):
                return falls
    return None


def _changes(clause: str, words: ProseRules) -> bool:
    """A number right after 增加 or 减少 is a change."""
    last = _BREAK.split(clause.rstrip())[-1].strip()
    return re.search(rf"(?:{'|'.join((*words.increase, *words.decrease))})(?:了|约|额|额为|为|数)*$", last) is not None
