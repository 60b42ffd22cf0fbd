"""What a right answer looks like: one small record for each kind of expectation, as read from a case file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

_FIGURE = re.compile(r"^\s*([-−]?[\d,]+(?:\.\d+)?)\s*(\S.*?)\s*$")
_INEXACT = ("%", "倍")
DEFAULT_TOLERANCE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a case states it, in the unit it names: `400 万元`, `46.15 %`, `16 个`; within ± `tolerance`."""

    number: Decimal
    unit: str
    tolerance: Decimal = Decimal(0)

    def __str__(self) -> str:
        return f"{self.number:,f} {self.unit}"


@dataclass(frozen=True, slots=True)
class Number:
    """`Answer.value` is this figure."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class Listing:
    """`Answer.items` are these labels, none missing and none extra, in this order if `ordered`.

    `figures` are values that some labels must carry. `at_least` asks only for the `contains` groups: used where no
    closed list of answers exists (everything that is doubtful in a document).
    """

    labels: tuple[str, ...]
    figures: tuple[tuple[str, Figure], ...] = ()
    ordered: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`Answer.verdict` is `holds`."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Text:
    """The text meets the `contains` groups of its turn."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The documents do not hold it: said so, and no figure given as if it were the answer. `reason` is for people."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class AsksBack:
    """The question fits several things: asked back, with these choices among the items."""

    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readings:
    """Several readings are fair: asks back, or answers one of them and names another in the text.

    A reading is a figure, or, where it is none (a person, a date), words: then two of the words stand in the text.
    """

    figures: tuple[Figure, ...] = ()
    words: tuple[str, ...] = ()


Expectation = Number | Listing | Verdict | Text | Declined | AsksBack | Readings


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with what is expected of its answer.

    Each group of `contains` is a tuple of alternatives, one of which must stand in the text; none of `excludes` may.
    """

    question: str
    expected: Expectation
    contains: tuple[tuple[str, ...], ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One dialogue of one or more turns; `because` is the derivation, for people who doubt the expectation."""

    id: str
    kind: str
    asker: str
    language: str
    turns: tuple[Turn, ...]
    documents: tuple[str, ...] = ()
    because: str = ""
    held_out: bool = field(default=False)


def figure_of(text: str, tolerance: Decimal | None = None) -> Figure:
    """`400 万元` → Figure; ValueError with a sentence if there is no unit or no number."""
    match = _FIGURE.match(text)
    if match is None:
        raise ValueError(f"“{text}”不是“数字 单位”，请写成如 400 万元、46.15 %、16 个")
    unit = match[2].replace("％", "%")
    allowed = tolerance if tolerance is not None else DEFAULT_TOLERANCE if unit in _INEXACT else Decimal(0)
    return Figure(Decimal(match[1].replace(",", "").replace("−", "-")), unit, allowed)
