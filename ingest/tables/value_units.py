"""In which unit a column's bare numbers are, and who says so: its header before the table's unit line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.facts import Role, UnitSource
from ingest.labels import joined_label, label_key
from ingest.numbers.quantities import PERCENT
from ingest.numbers.units import UnitKind, unit_named
from ingest.tables.words import header_key, table_words

ASSUMED_UNIT = "万元"

_BRACKETED = re.compile(r"[（(【\[]([^（()）\]】]{1,12})[)）\]】]")
_LIST_OF_UNITS = re.compile(r"[，,、]")
_UNIT_WORD = re.compile(r"^(?:单位|计量单位|金额单位)[:：]?")

_MONEY = re.compile(r"[十百千万亿]*元")


@dataclass(frozen=True, slots=True)
class TableUnit:
    """The unit of money of a whole table, as printed, and who says so."""

    printed: str
    source: UnitSource


@dataclass(frozen=True, slots=True)
class CellUnit:
    """`printed` is what the number parser is given; `counts` whether the cell counts things."""

    printed: str
    source: UnitSource
    counts: bool = False


def cell_unit(row: str, path: Sequence[str], table: TableUnit, role: Role, counted_in: str = "") -> CellUnit:
    """The unit of a bare number: `（万元）`, （辆） or % in its row's label or headers, a count by their words, else
    the table's. `counted_in` is what a unit column prints beside it; `row` is "" for names that are no wording."""
    if role in (Role.CHANGE_RATE, Role.SHARE):
        return CellUnit(PERCENT, UnitSource.HEADER)
    labels = [label for label in (row, *reversed(path)) if label]
    for label in labels:
        if (found := _bracketed_unit(label)) is not None:
            return found
    for label in labels:
        if (unit := _count(label)) is not None:
            counted = unit or counted_in
            return CellUnit(counted, UnitSource.HEADER if counted else UnitSource.NONE, counts=True)
    return CellUnit(table.printed, table.source)


def table_unit(*candidates: tuple[str, UnitSource]) -> TableUnit:
    """The first unit of money that is printed (`万元`, `人民币万元`, `万元、辆`), else 万元 assumed."""
    for printed, source in candidates:
        if found := _MONEY.search(printed):
            return TableUnit(found.group(), source)
    return TableUnit(ASSUMED_UNIT, UnitSource.ASSUMED)


def _bracketed_unit(header: str) -> CellUnit | None:
    for inside in _BRACKETED.findall(joined_label(header)):
        printed = _UNIT_WORD.sub("", inside).replace("％", "%")
        listed = printed in table_words().bracketed_units
        printed = _LIST_OF_UNITS.sub("/", printed)
        unit = unit_named(printed) if listed else None
        if unit is not None:
            return CellUnit(printed, UnitSource.HEADER, unit.kind is UnitKind.COUNT)
    return None


def _count(header: str) -> str | None:
    """The unit that a counting header counts in, "" if only another column can say, None if it counts nothing."""
    for key in (header_key(header), label_key(header)):
        for word, unit in table_words().counts.items():
            if key.endswith(word):
                return unit
    return None
