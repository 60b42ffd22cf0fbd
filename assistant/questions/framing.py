"""What a question says once, around what it asks: coordinates and tables that hold for all its figures.

`不算结转，A占B多少`, `在表5里A等于B吗`, `A占B多少（本年口径）`: the clause is taken out, the rest is understood as it would be
alone, and every figure that leaves the coordinates open takes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

from assistant.cues import cue
from assistant.phrases.phrases import Phrases
from assistant.phrases.tables import Table
from assistant.plan import Condition, Lookup, Members, Plan, Ratio, Selector, Universe, Wish
from ingest.facts import Vintage

_BETWEEN = re.compile(r"(?<!\d)[,:]|[,:](?!\d)")  # not the commas of a number
_ASIDE = re.compile(r"\([^()]{2,16}\)")


@dataclass(frozen=True, slots=True)
class Frame:
    """A question's `core` and what is said around it; `derived` tells that it is said how to work it out. `whole` is the figure
    that the coordinates said before it stand for."""

    core: str
    wish: Wish
    tables: tuple[Table, ...] = ()
    derived: bool = False
    whole: Selector | None = None

    def of(self, plan: Plan) -> Plan:
        """A plan of the core in these coordinates; a share of what they stand for, where its part is not narrowed by them."""
        framed: Plan = _framed(plan, self)
        if isinstance(framed, Ratio) and framed.denominator is None and self.whole is not None:
            part = framed.numerator
            if isinstance(part, Lookup) and (part.of.project or part.of.fact_ids):
                return replace(framed, denominator=Lookup(self.whole))
        return framed


class Framing:
    """Takes questions apart over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases

    def frame(self, text: str) -> Frame | None:
        """The question without what is said around it; None when nothing is."""
        clauses = _BETWEEN.split(text)
        found = Frame("", Wish())
        while len(clauses) > 1 and (head := self._taken(clauses[0], found)) is not None:
            found, clauses = head, clauses[1:]
        while len(clauses) > 1 and (tail := self._taken(clauses[-1], found)) is not None:
            found, clauses = tail, clauses[:-1]
        core = cue("derive").sub("", ",".join(clauses)) if found.derived else ",".join(clauses)
        said_inside = (_ASIDE, cue("within_table"), cue("within_coordinates"))
        for part in [found for pattern in said_inside for found in pattern.finditer(core)]:
            if (taken := self._taken(part[0].strip("()"), found)) is not None:
                found, core = taken, core.replace(part[0], "")
        return replace(found, core=core) if core != text and self.phrases.content_in(core) else None

    def _taken(self, clause: str, frame: Frame) -> Frame | None:
        """The frame with a clause's coordinates; None when the clause says more than coordinates."""
        if cue("derivation").fullmatch(clause):
            return replace(frame, derived=True)
        tables, rest = self.phrases.tables_in(clause)
        wish, rest = self.phrases.wish_in(rest)
        rest = cue("frame_words").sub("", rest)
        if (wish.is_empty and not tables) or rest.strip("()"):
            return None
        whole = frame.whole or self.phrases.selector(cue("within_end").sub("", clause))
        return replace(frame, wish=frame.wish.with_defaults(wish), tables=frame.tables or tables, whole=whole)


def _framed(value: Any, frame: Frame) -> Any:
    """A value with the frame's coordinates in every selector and set of it."""
    if isinstance(value, tuple):
        return tuple(_framed(each, frame) for each in value)
    if not is_dataclass(value) or isinstance(value, type | Enum):
        return value
    if isinstance(value, Selector):
        return _selector(value, frame)
    changed = {f.name: _framed(getattr(value, f.name), frame) for f in fields(value) if f.name != "wish"}
    value = replace(value, **changed)
    return _members(value, frame) if isinstance(value, Members) else value


def _selector(of: Selector, frame: Frame) -> Selector:
    if of.fact_ids:
        return of
    wish = Wish(period=frame.wish.period) if of.project else frame.wish
    return replace(of, wish=of.wish.with_defaults(wish), tables=of.tables or frame.tables)


def _members(of: Members, frame: Frame) -> Members:
    """A set of projects is narrowed by the year's money and the table, and measured in the period."""
    if of.universe is not Universe.PROJECTS:
        return of
    said = {condition.attribute for condition in of.conditions}
    more: list[Condition] = []
    if "vintage" not in said and frame.wish.vintage not in (None, Vintage.ALL):
        more.append(Condition("vintage", "=", str(frame.wish.vintage)))
    if "table" not in said:
        more += [Condition("table", "=", f"{document}:{index}") for document, index in frame.tables[:1]]
    wish = of.wish.with_defaults(Wish(period=frame.wish.period))
    return replace(of, conditions=(*of.conditions, *more), wish=wish)
