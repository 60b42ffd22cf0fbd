"""A table's grids joined: pages that repeat the header, pages that do not, single left-over rows.

Each page may have other empty columns than the first; columns are matched by where they stand on the page, else by
their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from ingest.labels import joined_label
from ingest.numbers.numbers import parse_cell
from ingest.source import Grid, Place
from ingest.tables.columns import looks_like_header
from ingest.tables.headers import (
    header_length,
    is_blank,
    is_note_row,
    is_numbering_row,
    is_title_row,
    row_texts,
    unit_in_row,
)
from ingest.tables.merged_cells import Slot, SlotRow, grid_to_slots, tells_merging
from ingest.tables.words import is_total

_CODE = re.compile(r"\d{3,12}")
_DECIMALS = re.compile(r"-?\d[\d,]*\.(\d*)")


@dataclass(slots=True)
class Section:
    """One header with all rows below it; `telling` whether the format tells merged cells; `aligned` whether every
    continuation's columns could be matched to the header's."""

    header: list[SlotRow]
    telling: bool
    body: list[SlotRow] = field(default_factory=list)
    aligned: bool = True

    @property
    def width(self) -> int:
        return max((len(row) for row in (*self.header, *self.body)), default=0)


@dataclass(slots=True)
class JoinedTable:
    """Sections in reading order, the unit found inside the grids, and notes printed in them."""

    sections: list[Section] = field(default_factory=list)
    unit: str = ""
    notes: list[str] = field(default_factory=list)


def grids_to_sections(grids: Sequence[Grid], title: str) -> JoinedTable:
    """Join a table's grids; a grid with a header of its own opens another section."""
    table = JoinedTable()
    first_row = 0
    for grid in grids:
        rows = grid_to_slots(grid, first_row)
        first_row += len(rows)
        rows = _without_titles(rows, title, table)
        if rows:
            _add(table, rows, tells_merging(grid), title)
    for section in table.sections:
        section.body = _with_told_indents(section.body)
    return table


def _without_titles(rows: list[SlotRow], title: str, table: JoinedTable) -> list[SlotRow]:
    start = 0
    while start < len(rows) and (is_blank(rows[start]) or is_title_row(rows[start], title)):
        table.unit = table.unit or unit_in_row(rows[start])
        start += 1
    return rows[start:]


def _add(table: JoinedTable, rows: list[SlotRow], telling: bool, title: str) -> None:
    section = table.sections[-1] if table.sections else None
    repeated = _repeated_header(rows, section.header) if section else 0
    length = header_length(rows, telling)
    if section is None or (not repeated and length and not _continues(rows, length, section)):
        section = Section([row for row in rows[:length] if not is_numbering_row(row)], telling)
        table.sections.append(section)
        repeated = length
    for number, row in enumerate(_with_same_indents(_aligned(rows[repeated:], section), section.body)):
        if not number and _goes_on_with_row(section.body, row):
            section.body[-1] = _rows_joined(section.body[-1], row)
        else:
            _add_row(table, section, row, title)


def _with_same_indents(rows: Sequence[SlotRow], body: Sequence[SlotRow]) -> list[SlotRow]:
    """The rows with the indents of the pages before: a step that only one of two pages measures is none."""
    done = [list(row) for row in rows]
    for column in range(min(map(len, (*rows, *body)), default=0) if body else 0):
        here = {row[column].indent for row in rows if not row[column].blank}
        before = {row[column].indent for row in body if not row[column].blank}
        for indent in here - before:
            near = next((other for other in (indent - 1, indent + 1) if other in before - here), indent)
            for row in done:
                if row[column].indent == indent:
                    row[column] = replace(row[column], indent=near)
    return [tuple(row) for row in done]


def _with_told_indents(body: Sequence[SlotRow]) -> list[SlotRow]:
    """The rows with those possible indents that others of their column have for sure, on whatever page."""
    done = [list(row) for row in body]
    for column in range(max(map(len, body), default=0)):
        cells = [row for row in done if column < len(row)]
        told = {row[column].indent for row in cells}
        for row in cells:
            possible = row[column].possible_indent
            near = next((step for step in (possible, possible - 1, possible + 1) if possible and step in told), 0)
            if near:
                row[column] = replace(row[column], indent=near)
    return [tuple(row) for row in done]


def _goes_on_with_row(body: Sequence[SlotRow], row: SlotRow) -> bool:
    """Whether the first row of a page is the rest of the row that the page before it cuts: only texts, each below a text,
    and last digits, each below a number that lacks them; in a table that has a number in every row, or without a code
    where each row has one. A total's name is never cut: what stands below it is a row without amounts."""
    if not body or body[-1][0].place.page is None or body[-1][0].place.page == row[0].place.page or is_note_row(row):
        return False
    above = body[-1]
    rest = [column for column, slot in enumerate(row) if not slot.blank]
    if not rest or any(_is_blank_at(above, column) or is_total(above[column].text) for column in rest):
        return False
    numbers = [column for column in rest if parse_cell(row[column].text).is_number]
    if len(numbers) == len(rest) or not all(_lacks_digits(body, row, column) for column in numbers):
        return False
    numbered = all(any(parse_cell(slot.text).is_number for slot in other) for other in body)
    return numbered or _leaves_code_out(body, row)


def _lacks_digits(body: Sequence[SlotRow], row: SlotRow, column: int) -> bool:
    """Whether a page's first number is the last decimals of the number above it, as all others of the table have them."""
    above = joined_label(body[-1][column].text)
    joined = _DECIMALS.fullmatch(above + joined_label(row[column].text))
    others = {
        len(found[1]) for other in body for slot in other if (found := _DECIMALS.fullmatch(joined_label(slot.text)))
    }
    cut = _DECIMALS.fullmatch(above)
    lengths = others - ({len(cut[1])} if cut else set())
    return joined is not None and lengths == {len(joined[1])}


def _is_blank_at(row: SlotRow, column: int) -> bool:
    return column >= len(row) or row[column].blank


def _leaves_code_out(body: Sequence[SlotRow], row: SlotRow) -> bool:
    """Whether each row but totals begins with a code of digits, and this one has nothing there."""
    coded = [other for other in body if _CODE.fullmatch(joined_label(other[0].text))]
    return len(coded) > 2 and coded[-1] is body[-1] and len(coded) * 2 > len(body) and row[0].blank


def _rows_joined(above: SlotRow, rest: SlotRow) -> SlotRow:
    return tuple(
        slot
        if column >= len(rest) or rest[column].blank
        else replace(slot, text=slot.text + rest[column].text, owner_text=slot.owner_text + rest[column].text)
        for column, slot in enumerate(above)
    )


def _add_row(table: JoinedTable, section: Section, row: SlotRow, title: str) -> None:
    if is_note_row(row):
        table.notes.append("".join(row_texts(row)))
    elif not (
        is_blank(row)
        or (is_numbering_row(row) and not section.body)
        or _is_header_again(row, section)
        or (is_title_row(row, title) and len(row_texts(row)) <= 2)
    ):
        section.body.append(row)


def _is_header_again(row: SlotRow, section: Section) -> bool:
    """A header row that the source prints again between the rows, column numbers included."""
    texts = row_texts(row)
    return len(texts) > 1 and any(texts == row_texts(above) for above in section.header)


def _repeated_header(rows: Sequence[SlotRow], header: Sequence[SlotRow]) -> int:
    """How many of the first rows repeat the header (the column numbers after it included)."""
    wanted = [row_texts(row) for row in header if not is_blank(row)]
    position = matched = 0
    while position < len(rows) and (matched < len(wanted) or is_numbering_row(rows[position])):
        if matched < len(wanted) and row_texts(rows[position]) == wanted[matched]:
            matched += 1
        elif not is_blank(rows[position]) and not is_numbering_row(rows[position]):
            break
        position += 1
    return position if matched and matched == len(wanted) else 0


def _continues(rows: Sequence[SlotRow], length: int, section: Section) -> bool:
    """Whether rows that could be a header are data after all: of the section's width and without a header's word."""
    words = {joined_label(slot.text) for row in section.header for slot in row if not slot.blank}
    texts = [text for row in rows[:length] for text in row_texts(row)]
    known = sum(text in words for text in texts)
    if len(rows[0]) != section.width or known * 2 > len(texts):
        return False
    return not (looks_like_header(texts) and _heads_all_numbers(rows, length))


def _heads_all_numbers(rows: Sequence[SlotRow], length: int) -> bool:
    """Whether every column with numbers has a text above it: a row of labels beside blank values heads none."""
    headed = {column for row in rows[:length] for column, slot in enumerate(row) if slot.owner_text.strip()}
    numbers = {column for row in rows[length:] for column, slot in enumerate(row) if parse_cell(slot.text).is_number}
    return bool(numbers) and numbers <= headed


def _aligned(rows: Sequence[SlotRow], section: Section) -> list[SlotRow]:
    """The rows with as many columns as the section's, each under its header."""
    base = [*section.header, *section.body]
    width = section.width
    if not base or not rows or len(rows[0]) == width:
        return list(rows)
    target = _by_position(rows, base) or _by_content(rows, base)
    if target is None:
        section.aligned = False
        target = list(range(len(rows[0])))
    return [_moved(row, target, max(width, max(target) + 1)) for row in rows]


def _by_position(rows: Sequence[SlotRow], base: Sequence[SlotRow]) -> list[int] | None:
    """For each column the section's column that it stands under, None if the places do not tell."""
    ours, theirs = _edges(rows), _edges(base)
    if ours is None or theirs is None:
        return None
    target = []
    for left, right in ours:
        overlaps = [min(right, end) - max(left, start) for start, end in theirs]
        best = max(range(len(theirs)), key=lambda index: overlaps[index])
        target.append(best if overlaps[best] > 0 else -1)
    filled = [column for column in range(len(ours)) if any(not row[column].blank for row in rows)]
    used = [target[column] for column in filled]
    if -1 in used or len(set(used)) < len(used):
        return None
    return [index if column in filled else -1 for column, index in enumerate(target)]


def _edges(rows: Sequence[SlotRow]) -> list[tuple[float, float]] | None:
    width = len(rows[0])
    lefts: list[float] = []
    for column in range(width):
        boxes = [row[column].place.box for row in rows if len(row) == width]
        found = [box[0] for box in boxes if box is not None]
        if not found:
            return None
        lefts.append(median(found))
    rights = [box[2] for row in rows if len(row) == width and (box := row[-1].place.box) is not None]
    return list(zip(lefts, [*lefts[1:], max(rights)], strict=True))


def _by_content(rows: Sequence[SlotRow], base: Sequence[SlotRow]) -> list[int] | None:
    """Columns in order, where both sides have the same number of columns that are not empty throughout."""
    ours = [column for column in range(len(rows[0])) if any(not row[column].blank for row in rows)]
    theirs = [column for column in range(len(base[0])) if any(row[column].owner_text != "" for row in base)]
    if len(ours) != len(theirs):
        return None
    return [theirs[ours.index(column)] if column in ours else -1 for column in range(len(rows[0]))]


def _moved(row: SlotRow, target: Sequence[int], width: int) -> SlotRow:
    empty = Slot("", Place(page=row[0].place.page, lines=row[0].place.lines), (-1, -1), "")
    cells = [empty] * width
    for column, slot in enumerate(row):
        if target[column] >= 0:
            owner_column = target[slot.owner[1]] if 0 <= slot.owner[1] < len(target) else -1
            cells[target[column]] = replace(slot, owner=(slot.owner[0], owner_column))
    return tuple(cells)
