"""Lines of a cell that run over its lower rule, back into their cell.

A spreadsheet that is printed with rows too low for their text hides what does not fit; the file still holds it, drawn
over the next row. Such lines go on at the pitch of the cell above, and do not fit the text below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.readers.marks import Glyph
from ingest.readers.ruled_grids import Lattice, Span
from ingest.readers.text_lines import TextLine, glyphs_to_lines

_NEAR = 0.6  # of a font's size: how far below the rule the first line that runs over may begin
_SAME = 0.1  # of a pitch or a size
_NEXT = 0.9, 1.6  # font sizes between two lines of a text
_OVER = 1.0  # points by which two lines drawn over each other overlap at least
_OFF_CENTRE = 0.2  # of a cell's height: a line alone this far from the middle is not the cell's own

_Spot = tuple[int, int]


def with_lines_returned(lattice: Lattice, filled: Mapping[_Spot, list[Glyph]]) -> dict[_Spot, list[Glyph]]:
    """The cells' glyphs by row and column, each line in the cell whose text it goes on with."""
    result = dict(filled)
    tops = {(span.row, column): span for span in lattice.spans for column in range(span.column, span.column_end)}
    for span in sorted(lattice.spans, key=lambda span: span.row):
        below = tops.get((span.row_end, span.column))
        if below is not None and below.column <= span.column and span.column_end <= below.column_end:
            _return_lines(lattice, span, below, result)
    return result


def _return_lines(lattice: Lattice, span: Span, below: Span, filled: dict[_Spot, list[Glyph]]) -> None:
    own, other = (span.row, span.column), (below.row, below.column)
    rule = lattice.ys[below.row]
    while _is_near(filled.get(other, ()), rule) and len(filled.get(own, ())) > 1:
        above = glyphs_to_lines(filled[own])
        mixed = _drawn_over(above, filled[other])
        if mixed:
            filled[own] = [*filled[own], *mixed]
            filled[other] = [glyph for glyph in filled[other] if glyph not in mixed]
            continue
        lines = glyphs_to_lines(filled[other])
        left, _, right, _ = lines[0].box
        if not lattice.xs[span.column] <= (left + right) / 2 < lattice.xs[span.column_end]:
            return
        if not _goes_on(above, lines, rule, lattice.ys[below.row_end]):
            return
        filled[own] = [*filled[own], *lines[0].glyphs]
        filled[other] = [glyph for line in lines[1:] for glyph in line.glyphs]


def _is_near(glyphs: Sequence[Glyph], rule: float) -> bool:
    return bool(glyphs) and min(glyph.top - _NEAR * glyph.size for glyph in glyphs) < rule


def _drawn_over(above: Sequence[TextLine], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Of the glyphs below, those at the pitch of two lines above or more, if they lie over other lines and would be read
    as part of them."""
    if len(above) < 2:
        return []
    pitch = above[-1].box[1] - above[-2].box[1]
    line = [glyph for glyph in glyphs if abs(glyph.top - above[-1].box[1] - pitch) <= _SAME * pitch]
    others = set(glyphs).difference(line)
    return line if any(_overlap(glyph, other) for glyph in line for other in others) else []


def _overlap(glyph: Glyph, other: Glyph) -> bool:
    width = min(glyph.right, other.right) - max(glyph.left, other.left)
    height = min(glyph.bottom, other.bottom) - max(glyph.top, other.top)
    return width > _OVER and height > _OVER


def _goes_on(above: Sequence[TextLine], lines: Sequence[TextLine], rule: float, end: float) -> bool:
    """Whether the first of a cell's lines goes on with those above the rule, at their pitch, or where a single line tells
    none, at that of a line, over the cell's own text."""
    size, step = lines[0].glyphs[0].size, lines[0].box[1] - above[-1].box[1]
    if abs(above[-1].glyphs[0].size - size) > _SAME * size:
        return False
    if len(above) < 2:
        return len(lines) > 1 and _NEXT[0] * size < step < _NEXT[1] * size and lines[1].box[1] < lines[0].box[3] - _OVER
    pitch = above[-1].box[1] - above[-2].box[1]
    if not _is_step(above[-1], lines[0], pitch):
        return False
    middle = (rule + end) / 2
    if len(lines) == 1:
        return lines[0].box[1] < rule and abs(_middle(lines) - middle) > _OFF_CENTRE * (end - rule)
    own = lines[1:]
    return not _is_step(lines[0], lines[1], pitch) and abs(_middle(own) - middle) < abs(_middle(lines) - middle)


def _is_step(line: TextLine, following: TextLine, pitch: float) -> bool:
    return abs(following.box[1] - line.box[1] - pitch) <= _SAME * pitch


def _middle(lines: Sequence[TextLine]) -> float:
    return (lines[0].box[1] + lines[-1].box[3]) / 2
