"""What stands around a grid and belongs to it: title, number, unit and department above it or in its first rows, notes.

Some layouts print the title as lines above the grid, others as merged cells inside it; here both become lines, so that
the rest of the reading knows one form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.labels import joined_label, label_key
from ingest.outline.words import (
    department_in,
    heading_mark,
    is_caption_noise,
    is_department_line,
    is_noise,
    is_note,
    is_sentence,
    is_title,
    split_number,
    unit_in,
    without_mark,
)
from ingest.outline.wrapped_titles import with_wrapped_titles
from ingest.source import Block, Cell, Grid, Line, Source

_MOST_CAPTION_ROWS = 5
_MOST_CAPTION_LINES = 9
_MOST_UNKNOWN_LINES = 2
_SHORT = 24
_PAIR = re.compile(r"[^：:\d]{2,12}[：:][^：:]{2,40}")
_LIST_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|其中"
)


@dataclass(frozen=True, slots=True)
class Caption:
    """What the lines above a grid say of it; "" where they are silent."""

    title: str = ""
    number: str = ""
    unit: str = ""
    department: str = ""

    @property
    def key(self) -> str:
        return label_key(self.title)


def source_to_blocks(source: Source) -> list[Block]:
    """The source's blocks without page numbers, caption rows and note rows taken out of the grids."""
    blocks: list[Block] = []
    for block in _with_lone_labels(source.blocks):
        if isinstance(block, Grid):
            blocks.extend(_lifted(block))
        elif not is_noise(block.text) and not _is_sheet_name(block):
            blocks.append(block)
    return with_wrapped_titles(blocks)


def _with_lone_labels(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with rows of a text's table that print a label and no value put back into their table: a line that has
    the table's rows right above and below it."""
    joined: list[Block] = []
    for number, block in enumerate(blocks):
        last = joined[-1] if joined else None
        if isinstance(last, Grid) and isinstance(block, Line) and _is_lone_label(last, blocks[number:]):
            empty = Cell("", block.place)
            joined[-1] = Grid((*last.rows, (Cell(block.text, block.place), *[empty] * (last.width - 1))))
        elif isinstance(last, Grid) and isinstance(block, Grid) and _follows(last, block) and _ends_alone(last):
            joined[-1] = Grid((*last.rows, *_padded(block, last.width)))
        else:
            joined.append(block)
    return joined


def _is_lone_label(grid: Grid, blocks: Sequence[Block]) -> bool:
    line = blocks[0]
    if not isinstance(line, Line) or not _LIST_MARK.match(line.text) or not _right_below(grid, line.place.lines):
        return False
    expected = line.place.lines
    for block in blocks[1:]:
        lines = block.rows[0][0].place.lines if isinstance(block, Grid) else block.place.lines
        if lines is None or expected is None or lines[0] != expected[1] + 1:
            return False
        if isinstance(block, Grid):
            return block.width <= grid.width
        if not _LIST_MARK.match(block.text):
            return False
        expected = lines
    return False


def _right_below(grid: Grid, lines: tuple[int, int] | None) -> bool:
    above = grid.rows[-1][0].place.lines
    return above is not None and lines is not None and lines[0] == above[1] + 1


def _follows(grid: Grid, below: Grid) -> bool:
    return below.width <= grid.width and _right_below(grid, below.rows[0][0].place.lines)


def _ends_alone(grid: Grid) -> bool:
    return not any(cell.text for cell in grid.rows[-1][1:]) and bool(_LIST_MARK.match(grid.rows[-1][0].text))


def _padded(grid: Grid, width: int) -> list[tuple[Cell, ...]]:
    return [(*row, *(Cell("", row[-1].place) for _ in range(width - len(row)))) for row in grid.rows]


def _is_sheet_name(line: Line) -> bool:
    """Whether a line only repeats the name of its workbook sheet, and that is no title: Sheet1, 表1_p6."""
    return line.place.cell is not None and line.place.cell.rpartition("!")[0] == line.text and not is_title(line.text)


def _lifted(grid: Grid) -> Iterator[Block]:
    rows = list(grid.rows)
    for row in rows[:_MOST_CAPTION_ROWS]:
        lines = _caption_row_lines(row)
        if lines is None:
            break
        rows.pop(0)
        yield from lines
    notes: list[Line] = []
    while rows and (note := _note_row_line(rows[-1])):
        notes.insert(0, note)
        rows.pop()
    if rows and not _is_list_of_lines(rows):
        yield Grid(tuple(rows))
    else:
        yield from (Line(text, cell.place) for row in rows for cell in row if (text := cell.text.strip()))
    yield from notes


def _caption_row_lines(row: Sequence[Cell]) -> list[Line] | None:
    """The lines of a row that holds only title, number, unit or department; None for any other row."""
    filled = [cell for cell in row if cell.text.strip()]
    if not filled:
        return []
    texts = {joined_label(cell.text) for cell in filled}
    if len(texts) == 1 and len(row) > 1:
        lines = _cell_lines(filled[0])
        return lines if all(_is_caption_text(line.text) or is_title(line.text) for line in lines) else None
    unit = any(unit_in(cell.text) for cell in filled)
    if len(filled) <= 4 and all(_is_caption_text(cell.text) or (unit and _is_pair(cell.text)) for cell in filled):
        return [Line(joined_label(cell.text), cell.place) for cell in filled]
    return None


def _is_pair(text: str) -> bool:
    """A label and what it is for one whole table, as only captions print them: 部门编码及名称：…"""
    return bool(_PAIR.fullmatch(joined_label(text)))


def _cell_lines(cell: Cell) -> list[Line]:
    """A merged cell's text as one line if it reads as one title, else line by line."""
    if is_title(cell.text):
        return [Line(joined_label(cell.text), cell.place)]
    return [Line(text.strip(), cell.place) for text in cell.text.split("\n") if text.strip()]


def _is_caption_text(text: str) -> bool:
    return bool(
        unit_in(text)
        or is_department_line(text)
        or is_caption_noise(text)
        or (split_number(text)[0] and not split_number(text)[1])
    )


def _note_row_line(row: Sequence[Cell]) -> Line | None:
    filled = [cell for cell in row if cell.text.strip()]
    if len(row) > 1 and len({cell.text for cell in filled}) == 1 and is_note(filled[0].text):
        return Line(filled[0].text.strip(), filled[0].place)
    return None


def _is_list_of_lines(rows: Sequence[Sequence[Cell]]) -> bool:
    """Rows with one text each are lines that a reader took for a grid, such as lines with a leading tab."""
    return (
        len(rows) < 3 and len(rows[0]) <= 2 and all(sum(bool(cell.text.strip()) for cell in row) <= 1 for row in rows)
    )


def is_caption_line(text: str) -> bool:
    """Whether a line may stand between a table's title and its grid, or is the title."""
    mark = heading_mark(text)
    if mark and mark[0] == 0:
        return False
    return is_title(text) or _is_caption_text(text)


def caption_end(blocks: Sequence[Block], start: int) -> int | None:
    """The index of the grid whose caption begins at `start`, None if no caption does."""
    first = blocks[start]
    if not isinstance(first, Line) or not is_caption_line(first.text):
        return None
    unknown = 0
    for index in range(start + 1, min(start + _MOST_CAPTION_LINES, len(blocks))):
        block = blocks[index]
        if isinstance(block, Grid):
            return index
        if is_caption_line(block.text):
            continue
        unknown += 1
        if unknown > _MOST_UNKNOWN_LINES or not _may_stand_in_caption(block.text):
            return None
    return None


def _may_stand_in_caption(text: str) -> bool:
    short = len(joined_label(text)) <= _SHORT
    return short and not is_sentence(text) and heading_mark(text) is None and not is_note(text)


def lines_to_caption(lines: Sequence[Line]) -> Caption:
    """Title, number, unit and department of a caption's lines; the title nearest to the grid counts."""
    title = number = unit = department = ""
    marked_title = ""
    name_is_open = False
    for line in lines:
        text = joined_label(line.text)
        unit = unit or unit_in(text)
        found_number, rest = split_number(text)
        number = found_number or number
        if is_title(text):
            if heading_mark(text):
                marked_title = without_mark(text)
            else:
                title = rest
        elif is_department_line(text):
            department = department or department_in(text)
            name_is_open = bool(department) and not unit_in(text)
            continue
        elif title and is_caption_noise(text) and text[0] in "(（" and not any(mark.isdigit() for mark in text):
            title += text
        elif name_is_open and not is_caption_line(text):
            department += text
        name_is_open = False
    return Caption(title or marked_title, number, unit, department)
