"""Rows that a table does not rule: amounts stacked in one cell, with every other text of its row beside one of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.readers.marks import Glyph
from ingest.readers.ruled_grids import Lattice, Span
from ingest.readers.text_lines import TextLine, glyphs_to_lines

_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?")
_PIECE = re.compile(r"[-\d.,%]+")
_CODE = re.compile(r"\d{2,}")
_SAME_LINE = 0.4  # of the height of a line


def with_implied_rows(lattice: Lattice, filled: Mapping[tuple[int, int], Sequence[Glyph]]) -> Lattice:
    """The lattice with a boundary between every two lines of such rows; rows that leave any doubt stay whole."""
    merged = {row for span in lattice.spans if span.row_end - span.row > 1 for row in range(span.row, span.row_end)}
    by_row: defaultdict[int, list[Sequence[Glyph]]] = defaultdict(list)
    for (row, _), glyphs in filled.items():
        if row not in merged and lattice.ys[row + 1] - lattice.ys[row] > 2 * glyphs[0].size:
            by_row[row].append(glyphs)
    cuts = {row: _cuts([glyphs_to_lines(glyphs) for glyphs in cells]) for row, cells in by_row.items()}
    if not any(cuts.values()):
        return lattice
    ys: list[float] = []
    starts = []  # the new index of each old row
    for row, y in enumerate(lattice.ys):
        starts.append(len(ys))
        ys.extend((y, *cuts.get(row, ())))
    spans: list[Span] = []
    for span in lattice.spans:
        first, end = starts[span.row], starts[span.row_end]
        if cuts.get(span.row):
            spans.extend(Span(row, span.column, row + 1, span.column_end) for row in range(first, end))
        else:
            spans.append(Span(first, span.column, end, span.column_end))
    return Lattice(lattice.xs, tuple(ys), tuple(sorted(spans, key=lambda span: (span.row, span.column))))


def _cuts(cells: Sequence[Sequence[TextLine]]) -> tuple[float, ...]:
    """Where a row is to be cut, given the lines of each of its cells; nowhere unless it is certain."""
    stacked = [lines for lines in cells if len(lines) > 1 and all(_AMOUNT.fullmatch(line.text) for line in lines)]
    if not stacked:
        return ()
    longest = max(stacked, key=len)
    if any(_is_wrapped_number(lines) or not _stands_beside(lines, longest) for lines in cells):
        return ()
    return tuple((above.box[3] + below.box[1]) / 2 for above, below in pairwise(longest))


def _is_wrapped_number(lines: Sequence[TextLine]) -> bool:
    """Whether lines look like pieces of a number (`1682.7` over `6`) rather than a stack of amounts or codes."""
    texts = [line.text for line in lines]
    if len(texts) < 2 or not all(_PIECE.fullmatch(text) for text in texts):
        return False
    return not all(_AMOUNT.fullmatch(text) for text in texts) and not all(_CODE.fullmatch(text) for text in texts)


def _stands_beside(lines: Sequence[TextLine], others: Sequence[TextLine]) -> bool:
    """Whether each line has a line of the others at its height, no two the same."""
    heights = [(other.box[1] + other.box[3]) / 2 for other in others]
    beside = set()
    for line in lines:
        middle, reach = (line.box[1] + line.box[3]) / 2, _SAME_LINE * (line.box[3] - line.box[1])
        nearest = min(range(len(heights)), key=lambda index: abs(heights[index] - middle))
        if abs(heights[nearest] - middle) > reach:
            return False
        beside.add(nearest)
    return len(beside) == len(lines)
