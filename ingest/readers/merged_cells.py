"""Cells that span rows and columns, as web pages, Word and workbooks keep them, to rectangular grids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.errors import ReadError
from ingest.source import Block, Cell, Grid, Line, Place

MOST_ROWS = 100_000
MOST_CELLS = 1_000_000
_MOST_COLUMNS = 500


@dataclass(frozen=True, slots=True)
class SpanningCell:
    """A cell as its format keeps it; `rows` and `columns` are how many it covers."""

    text: str
    place: Place
    rows: int = 1
    columns: int = 1


def check_size(rows: int, columns: int, where: str) -> None:
    """Refuse what is no disclosure but would fill the memory; `where` names the table or sheet."""
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise ReadError(
            f"{where}超过 {MOST_ROWS} 行或 {MOST_CELLS} 个单元格，不像预算公开表；请删去空行或拆分文件后再试。"
        )


def spanning_rows_to_grid(rows: Sequence[Sequence[SpanningCell]]) -> Grid | None:
    """Rows of cells from left to right, without those that a neighbour covers, to a grid; None if nothing is in it."""
    cells: dict[tuple[int, int], Cell] = {}
    for row, spanning in enumerate(rows):
        column = 0
        for cell in spanning:
            while (row, column) in cells:
                column += 1
            end = min(column + max(cell.columns, 1), _MOST_COLUMNS)
            for below in range(row, min(row + max(cell.rows, 1), len(rows))):
                for right in range(column, end):
                    first = (below, right) == (row, column)
                    cells.setdefault((below, right), cell_at(cell, covered=not first))
            column = end
    width = max((column + 1 for _, column in cells), default=0)
    if not any(cell.text for cell in cells.values()):
        return None
    return Grid(tuple(_full_row(cells, row, width) for row in range(len(rows))))


def cell_at(cell: SpanningCell, covered: bool) -> Cell:
    return Cell("" if covered else cell.text, cell.place, covered)


def _full_row(cells: dict[tuple[int, int], Cell], row: int, width: int) -> tuple[Cell, ...]:
    place = next((cells[row, column].place for column in range(width) if (row, column) in cells), Place())
    return tuple(cells.get((row, column)) or Cell("", place) for column in range(width))


def grid_to_blocks(grid: Grid) -> list[Block]:
    """The grid without the captions above and notes below it, which become lines around it.

    A row above is a caption when it holds a single text, or only texts like `部门：…` and `单位：…`; one column is no
    grid at all.
    """
    rows = list(grid.rows)
    above: list[Block] = []
    while rows and (grid.width == 1 or _is_caption(rows[0])):
        above.extend(_row_to_line(rows.pop(0)))
    below: list[Block] = []
    while rows and _is_note(rows[-1]):
        below[:0] = _row_to_line(rows.pop())
    return [*above, *([Grid(tuple(rows))] if rows else []), *below]


def _is_caption(row: Sequence[Cell]) -> bool:
    texts = _texts(row)
    if len(texts) == 1 and len(row) > 1 and all(cell.covered for cell in row if not cell.text):
        return any(mark in texts[0] for mark in "表:：")
    return len(texts) <= 1 or all(":" in text or "：" in text for text in texts)


def _is_note(row: Sequence[Cell]) -> bool:
    """Whether a row below is empty, spans the grid, or is a sentence like `注：…` and not a label without amounts."""
    if any(cell.text for cell in row[1:]):
        return False
    text = row[0].text
    return not text or all(cell.covered for cell in row[1:]) or any(mark in text[:-1] for mark in ":：")


def _texts(row: Iterable[Cell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


def _row_to_line(row: Sequence[Cell]) -> list[Line]:
    texts = _texts(row)
    return [Line("  ".join(texts), next(cell.place for cell in row if cell.text))] if texts else []
