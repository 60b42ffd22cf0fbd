"""The parts that a disclosure is divided into, each with the headings above it."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.source import Grid, Line


@dataclass(frozen=True, slots=True)
class TablePart:
    """A disclosure table: all grids from its title to the next part, continuation pages included."""

    title: str
    kind: str  # key of vocabulary/tables.yaml, "" if not recognised
    number: str  # 预算公开表6, 公开01表 … as printed
    unit: str  # the unit line as printed, e.g. 万元; "" if none
    heading: tuple[str, ...]
    grids: tuple[Grid, ...]
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One project's performance sheet (or a grid that holds several projects)."""

    title: str
    unit: str
    heading: tuple[str, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class ProsePart:
    """Lines of prose under one heading path, e.g. (第三部分 …, 九、政府采购情况)."""

    heading: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class GlossaryPart:
    """名词解释: the lines that define terms."""

    heading: tuple[str, ...]
    lines: tuple[Line, ...]


Part = TablePart | SheetPart | ProsePart | GlossaryPart
