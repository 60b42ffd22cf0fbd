"""Which grids are performance sheets, and where in a grid the next project's sheet begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from ingest.labels import label_key
from ingest.numbers.numbers import parse_cell
from ingest.outline.words import outline_words
from ingest.sheets.words import column_of_label, field_of_label, heads_block, is_grouping
from ingest.source import Cell, Grid

Row = tuple[Cell, ...]
_SHORT_HEAD = 6


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A printed row: its place among the rows of the sheet's TableRecord, its texts, which cells a neighbour covers,
    and the number of its grid among the sheet's."""

    index: int
    cells: tuple[str, ...]
    covered: tuple[bool, ...] = ()
    grid: int = 0

    @property
    def width(self) -> int:
        return len(self.cells)

    @property
    def numbers_columns(self) -> bool:
        """Whether the row only counts the columns: 1 2 3 …"""
        texts = [text.strip() for text in self.cells if text.strip()]
        return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]

    def begins(self, column: int) -> bool:
        """Whether a cell of this row begins in the column, rather than one that reaches down or over from before."""
        return column >= len(self.covered) or not self.covered[column]


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(label_key(word) for word in getattr(outline_words(), name))


def is_sheet(grid: Grid) -> bool:
    """Whether a grid prints enough of the labels of a performance sheet."""
    printed = {label_key(cell.text) for row in grid.rows for cell in row if cell.text}
    indicators = printed & _keys("sheet_indicators")
    return bool(indicators) and len(indicators | printed & _keys("sheet_fields")) >= outline_words().sheet_labels_needed


def opens_sheet(grid: Grid) -> bool:
    """Whether a grid is the top of a sheet that the page cuts before its indicators: a project, then only fields."""
    rows = [[cell.text for cell in row if cell.text.strip()] for row in grid.rows]
    rows = [texts for texts in rows if texts]
    if not rows or len(rows[0]) < 2 or not _names_project(rows[0]):
        return False
    return all(len(texts) > 1 and _is_field_row(texts) for texts in rows[1:]) and (len(rows) > 1 or len(rows[0]) == 2)


def lists_amounts(grid: Grid) -> bool:
    """Whether a grid is a plain table of several projects' amounts: a header of labels only, and rows with amounts under
    two or more of them."""
    rows = [[cell.text for cell in row] for row in grid.rows]
    header = next((number for number, texts in enumerate(rows) if sum(map(bool, map(str.strip, texts))) > 2), None)
    if header is None or not all(_is_head(text) for text in rows[header] if text.strip()):
        return False
    columns = [column for column, text in enumerate(rows[header]) if heads_block(text)]
    body = [texts for texts in rows[header + 1 :] if any(text.strip() for text in texts)]
    filled = [sum(parse_cell(texts[column]).is_number for column in columns) for texts in body]
    return len(body) > 1 and all(count > 1 for count in filled)


def _is_head(text: str) -> bool:
    return (
        heads_block(text) or bool(field_of_label(text) or column_of_label(text)) or len(label_key(text)) <= _SHORT_HEAD
    )


def _names_project(texts: Sequence[str]) -> bool:
    labelled = label_key(texts[0]) in _keys("sheet_starts") and field_of_label(texts[0]) == "project"
    return labelled and not any(field_of_label(text) or heads_block(text) for text in texts[1:2])


def _is_field_row(texts: Sequence[str]) -> bool:
    return any(field_of_label(text) or is_grouping(text) for text in texts[:2])


def repeats_header(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row prints a header again, if with some cells that text running over from the page before covers."""
    labels = [(column, label_key(text)) for column, text in enumerate(header) if text.strip()]
    again = sum(1 for column, label in labels if column < len(cells) and label_key(cells[column]) == label)
    return len(labels) > 1 and again * 2 >= len(labels)


def project_of_row(row: Sequence[Cell]) -> str | None:
    """The project that a row 项目名称 | … opens a sheet for; None for any other row, a header row too."""
    filled = [label_key(cell.text) for cell in row if cell.text.strip()]
    if not filled or filled[0] not in _keys("sheet_starts"):
        return None
    labels = _keys("sheet_indicators") | _keys("sheet_fields")
    if (len(filled) > 1 and filled[1] in labels) or sum(text in labels for text in filled) > 2:
        return None
    return filled[1] if len(filled) > 1 else ""


def split_at_projects(grid: Grid, open_project: str | None) -> list[tuple[Grid, str | None]]:
    """The grid cut where a further project's sheet begins; each piece with the project it opens, None if it goes on.

    `open_project` is the project of the sheet that is being read, None when there is none yet. Labels that a sheet
    prints above 项目名称 stay with it.
    """
    starts: list[tuple[int, str]] = []
    current = open_project
    lead = 0
    for index, row in enumerate(grid.rows):
        project = project_of_row(row)
        if project is None or project == current:
            continue
        if not starts and current is None:
            lead = index
            starts.append((0, project))
        else:
            starts.append((_start_with_lead(grid.rows, index, lead), project))
        current = project
    if not starts:
        return [(grid, None)]
    pieces: list[tuple[Grid, str | None]] = []
    if starts[0][0] > 0:
        pieces.append((Grid(grid.rows[: starts[0][0]]), None))
    for number, (start, project) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(grid.rows)
        pieces.append((Grid(grid.rows[start:end]), project))
    return pieces


def _start_with_lead(rows: Sequence[Row], index: int, lead: int) -> int:
    """Where the sheet of the project row at `index` begins, if sheets print `lead` rows above that row."""
    start = index - lead
    if not 0 < lead <= 3 or start < 0:
        return index
    first_labels = [label_key(row[0].text) for row in rows[:lead]]
    return start if [label_key(row[0].text) for row in rows[start:index]] == first_labels else index


def aligned_grids(grids: Sequence[Grid]) -> list[Grid]:
    """The grids of one sheet with the first one's columns, where a later page shows fewer and their places tell which."""
    if not grids:
        return []
    base = _lefts(grids[0])
    return [grids[0], *(_aligned(grid, base) for grid in grids[1:])]


def _aligned(grid: Grid, base: Sequence[float] | None) -> Grid:
    ours = _lefts(grid)
    if base is None or ours is None or grid.width >= len(base):
        return grid
    target = [min(range(len(base)), key=lambda column: abs(base[column] - left)) for left in ours]
    if sorted(set(target)) != target:
        return grid
    return Grid(tuple(_spread(row, target, len(base)) for row in grid.rows))


def _spread(row: Row, target: Sequence[int], width: int) -> Row:
    cells: list[Cell] = []
    for column in range(width):
        if column in target:
            cells.append(row[target.index(column)])
        else:
            cells.append(Cell("", cells[-1].place if cells else row[0].place, covered=True))
    return tuple(cells)


def _lefts(grid: Grid) -> list[float] | None:
    """Where each column begins on the page, None if the places do not tell."""
    lefts: list[float] = []
    for column in range(grid.width):
        boxes = [(row[column].covered, box[0]) for row in grid.rows if (box := row[column].place.box) is not None]
        own = [left for covered, left in boxes if not covered] or [left for _, left in boxes]
        if not own:
            return None
        lefts.append(median(own))
    return lefts
