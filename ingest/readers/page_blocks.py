"""One page's marks to lines and grids in reading order.

Glyphs are sorted into lattices by bisecting their boundaries once for each glyph; a page of a thousand cells costs no
more than a page of prose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ingest.readers.aligned_grids import AlignedTable, lines_to_tables
from ingest.readers.implied_rows import with_implied_rows
from ingest.readers.marks import Box, Glyph, Marks
from ingest.readers.overflowing_lines import with_lines_returned
from ingest.readers.ruled_grids import Lattice, Span, reduced, rules_to_lattices, without_unused
from ingest.readers.text_lines import TextLine, glyphs_to_lines, glyphs_to_text
from ingest.source import Block, Cell, Grid, Line, Place

_PHANTOM_WIDTH = 8.0  # an empty column narrower than a character is the gap of a double border
_PHANTOM_HEIGHT = 5.0
_CENTRED = 3.0  # the room before and after a centred line differs by less
_SAME_INDENT = 0.25  # half widths by which two cells of a column are set in alike
_IN_AMOUNT = re.compile(r"[-\d,.]")
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+)")
_TOUCH = 0.08  # glyphs of one word are nearer to each other than this share of their size


class _FirstLine(NamedTuple):
    """A cell's first line: the room before and after it, and whether it can be neither centred nor set to the right."""

    row: int
    before: float
    after: float
    size: float
    sure: bool


_Spot = tuple[int, int]  # row and column
_Filled = dict[_Spot, list[Glyph]]


def marks_to_blocks(marks: Marks, page: int) -> tuple[Block, ...]:
    """The page's lines and grids from top to bottom; `page` counts from 1."""
    lattices = rules_to_lattices(marks.rules) or [
        lattice for lattice in rules_to_lattices(marks.faint_rules) if len(lattice.xs) > 2 and len(lattice.ys) > 2
    ]
    outside, inside = _sorted_into(marks.glyphs, lattices)
    placed: list[tuple[float, float, Block]] = []
    for lattice, filled in zip(lattices, inside, strict=True):
        clean = _without_phantoms(lattice, filled)
        if not filled:
            continue
        if len(clean.xs) == 2:
            outside.extend(glyph for glyphs in filled.values() for glyph in glyphs)
        else:
            full = with_implied_rows(clean, _refilled(clean, filled))
            own = with_lines_returned(full, _refilled(full, filled))
            placed.append((full.ys[0], full.xs[0], _grid(full, own, marks, page)))
    for item in lines_to_tables(glyphs_to_lines(outside)):
        block = _aligned_grid(item, marks, page) if isinstance(item, AlignedTable) else _line(item, marks, page)
        if block is not None:
            placed.append((item.box[1], item.box[0], block))
    placed.sort(key=lambda entry: entry[:2])
    return tuple(block for _, _, block in placed)


def _sorted_into(glyphs: list[Glyph], lattices: list[Lattice]) -> tuple[list[Glyph], list[_Filled]]:
    """Glyphs outside all lattices, and for each lattice its glyphs by the cell that holds the middle of their word.

    A number too wide for its cell is drawn over the wall: it is never divided between two cells. A label and a number
    that touch at a wall are two words.
    """
    if not lattices:
        return list(glyphs), []
    outside: list[Glyph] = []
    inside: list[_Filled] = [defaultdict(list) for _ in lattices]
    owners = [_owners(lattice) for lattice in lattices]
    smallest = sorted(range(len(lattices)), key=lambda index: _area(lattices[index].box))
    for word in _words(glyphs):
        x, y = _middle(word)
        for index in smallest:
            lattice = lattices[index]
            if lattice.xs[0] <= x < lattice.xs[-1] and lattice.ys[0] <= y < lattice.ys[-1]:
                for part in _cut_at_wall(word, lattice.xs):
                    x, y = _middle(part)
                    cell = bisect_right(lattice.ys, y) - 1, bisect_right(lattice.xs, x) - 1
                    inside[index][owners[index][cell]].extend(part)
                break
        else:
            outside.extend(word)
    return outside, inside


def _middle(word: Sequence[Glyph]) -> tuple[float, float]:
    return (word[0].left + word[-1].right) / 2, (word[0].top + word[0].bottom) / 2


def _cut_at_wall(word: list[Glyph], xs: Sequence[float]) -> list[list[Glyph]]:
    """A label and the amount behind it that stands whole in a cell further right, with the wall between them or, where
    the label runs over it, written as no label ends: 1,234.50; else the word whole."""
    if bisect_right(xs, word[0].left) == bisect_right(xs, word[-1].right) or not word[-1].text.isdigit():
        return [word]
    start = len(word)
    while start and _IN_AMOUNT.fullmatch(word[start - 1].text):
        start -= 1
    label, amount = word[:start], word[start:]
    if not label or not _AMOUNT.fullmatch("".join(glyph.text for glyph in amount)):
        return [word]
    first, last = bisect_right(xs, _middle(amount[:1])[0]), bisect_right(xs, _middle(amount[-1:])[0])
    over = any(glyph.text in ".," for glyph in amount) and bisect_right(xs, _middle(label)[0]) < first
    between = bisect_right(xs, _middle(label[-1:])[0]) < first
    return [label, amount] if first == last and (over or between) else [word]


def _words(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs drawn one after the other without any gap."""
    words: list[list[Glyph]] = []
    for glyph in glyphs:
        last = words[-1][-1] if words else None
        if last is not None and abs(glyph.left - last.right) < _TOUCH * glyph.size and abs(glyph.top - last.top) < 0.5:
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return words


def _owners(lattice: Lattice) -> dict[tuple[int, int], tuple[int, int]]:
    """Each elementary cell's row and column → those of the cell that it is part of."""
    return {
        (row, column): (span.row, span.column)
        for span in lattice.spans
        for row in range(span.row, span.row_end)
        for column in range(span.column, span.column_end)
    }


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _without_phantoms(lattice: Lattice, filled: _Filled) -> Lattice:
    """Without the empty slivers that double borders leave; boundaries that no cell needs any more go with them."""
    full_columns = {span.column for span in lattice.spans if (span.row, span.column) in filled and _is_narrow(span)}
    full_rows = {span.row for span in lattice.spans if (span.row, span.column) in filled and _is_low(span)}
    columns = [
        column
        for column in range(len(lattice.xs) - 1)
        if column in full_columns or lattice.xs[column + 1] - lattice.xs[column] > _PHANTOM_WIDTH
    ]
    rows = [
        row
        for row in range(len(lattice.ys) - 1)
        if row in full_rows or lattice.ys[row + 1] - lattice.ys[row] > _PHANTOM_HEIGHT
    ]
    if not rows or not columns:
        return lattice
    return without_unused(reduced(lattice, rows, columns))


def _is_narrow(span: Span) -> bool:
    return span.column_end - span.column == 1


def _is_low(span: Span) -> bool:
    return span.row_end - span.row == 1


def _refilled(lattice: Lattice, filled: _Filled) -> _Filled:
    """The glyphs again by cell, after boundaries were dropped."""
    return _sorted_into([glyph for glyphs in filled.values() for glyph in glyphs], [lattice])[1][0]


def _grid(lattice: Lattice, filled: Mapping[_Spot, list[Glyph]], marks: Marks, page: int) -> Grid:
    owners = {(span.row, span.column): span for span in lattice.spans}
    indents, possible = _indents(lattice, filled)
    rows = []
    for row in range(len(lattice.ys) - 1):
        cells = []
        for column in range(len(lattice.xs) - 1):
            span = owners.get((row, column))
            box = lattice.span_box(span or Span(row, column, row + 1, column + 1))
            glyphs = filled.get((row, column), ())
            text = glyphs_to_text(glyphs, box[2] - box[0])
            place = Place(page=page, box=marks.place_box(box))
            spot = row, column
            cells.append(Cell(text, place, span is None, indents.get(spot, 0), possible.get(spot, 0)))
        rows.append(tuple(cells))
    return Grid(tuple(rows))


def _indents(lattice: Lattice, filled: Mapping[_Spot, list[Glyph]]) -> tuple[dict[_Spot, int], dict[_Spot, int]]:
    """How far the first line of each cell is set in, in half widths, and how far others may be: a line that may as well
    stand in the middle or on the right counts where others of its column begin at the same place and cannot, or end
    elsewhere."""
    firsts: defaultdict[int, list[_FirstLine]] = defaultdict(list)
    for span in lattice.spans:
        glyphs = [glyph for glyph in filled.get((span.row, span.column), ()) if glyph.text.strip()]
        if not glyphs:
            continue
        top = min(glyph.top for glyph in glyphs)
        first = [glyph for glyph in glyphs if glyph.top < top + glyph.size / 2]
        box = lattice.span_box(span)
        before, after = min(glyph.left for glyph in first) - box[0], box[2] - max(glyph.right for glyph in first)
        sure = _hangs(glyphs, first) if len(first) < len(glyphs) else before + _CENTRED < after
        firsts[span.column].append(_FirstLine(span.row, before, after, first[0].size, sure))
    told: dict[_Spot, float] = {}
    possible: dict[_Spot, float] = {}
    for column, lines in firsts.items():
        for line in lines:
            found = told if line.sure or any(_tells_start(line, other) for other in lines) else possible
            found[line.row, column] = 2 * line.before / line.size
    return _whole_indents(told), _whole_indents(possible)


def _tells_start(line: _FirstLine, other: _FirstLine) -> bool:
    """Whether another line of the column shows that this one begins where it does on purpose."""
    return abs(line.before - other.before) < 1 and (other.sure or abs(line.after - other.after) > _CENTRED)


def _whole_indents(found: Mapping[_Spot, float]) -> dict[_Spot, int]:
    """Indents rounded, so that those of one column that hardly differ stay the same."""
    rounded: dict[_Spot, int] = {}
    column, start = -1, 0.0
    for spot, indent in sorted(found.items(), key=lambda entry: (entry[0][1], entry[1])):
        if spot[1] != column or indent - start > _SAME_INDENT:
            column, start = spot[1], indent
        rounded[spot] = max(0, round(start))
    return rounded


def _hangs(glyphs: Sequence[Glyph], first: Sequence[Glyph]) -> bool:
    """Whether the last of several lines begins no further right than the first, as in text that is not centred."""
    bottom = max(glyph.top for glyph in glyphs)
    last = [glyph for glyph in glyphs if glyph.top > bottom - glyph.size / 2]
    return min(glyph.left for glyph in last) < min(glyph.left for glyph in first) + 1


def _aligned_grid(table: AlignedTable, marks: Marks, page: int) -> Grid:
    return Grid(
        tuple(
            tuple(Cell(cell.text, Place(page=page, box=marks.place_box(cell.box))) for cell in row)
            for row in table.rows
        )
    )


def _line(line: TextLine, marks: Marks, page: int) -> Line | None:
    return Line(line.text, Place(page=page, box=marks.place_box(line.box))) if line.text else None
