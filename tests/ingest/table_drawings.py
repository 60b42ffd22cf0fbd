"""Tables drawn as text for tests: one line a row, `|` between cells, `·` for a cell that a neighbour covers."""

from __future__ import annotations

from ingest.facts import Fact, TableRecord
from ingest.outline.outline import TablePart
from ingest.source import Cell, Grid, Line, Place
from ingest.tables.tables import table_to_facts


def drawn_grid(drawing: str, first_line: int = 1) -> Grid:
    rows = [line.strip(" ").split("|") for line in drawing.strip().splitlines()]
    width = max(map(len, rows))
    return Grid(
        tuple(
            tuple(_cell(text, Place(lines=(number, number))) for text in (row + [""] * width)[:width])
            for number, row in enumerate(rows, first_line)
        )
    )


def _cell(text: str, place: Place) -> Cell:
    return Cell("", place, covered=True) if text == "·" else Cell(text.replace("\\n", "\n"), place)


def drawn_table(*drawings: str, title: str = "2023年支出总表", unit: str = "万元", notes: str = "") -> TablePart:
    grids = tuple(drawn_grid(drawing, 100 * page + 1) for page, drawing in enumerate(drawings))
    lines = (Line(notes, Place(lines=(999, 999))),) if notes else ()
    return TablePart(title, "", "", unit, (), grids, lines)


def facts_of(*drawings: str, title: str = "2023年支出总表", unit: str = "万元", year: int = 2023) -> tuple[Fact, ...]:
    return table_to_facts(drawn_table(*drawings, title=title, unit=unit), 0, year)[1]


def record_of(*drawings: str, title: str = "2023年支出总表", unit: str = "万元", notes: str = "") -> TableRecord:
    return table_to_facts(drawn_table(*drawings, title=title, unit=unit, notes=notes), 0, 2023)[0]


def read_as(fact: Fact) -> str:
    """A fact on one line: path > row | code | column | number unit."""
    path = "".join(f"{label} > " for label in fact.row_path)
    number = f"{fact.quantity.number.normalize():f} {fact.quantity.unit}" if fact.quantity else "-"
    return f"{path}{fact.row} | {fact.row_code} | {' / '.join(fact.column)} | {number}"
