"""Tables without ruling lines: runs of lines whose segments stand under each other.

Only what is certain becomes a grid: several lines, gutters that no line crosses, one text to a cell, amounts in the
columns. Everything else stays lines, which lose nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.marks import Box
from ingest.readers.text_lines import TextLine, line_segments

_FEWEST_LINES = 4
_FEWEST_BODY_LINES = 3
_GUTTER = 4.0
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_WRITTEN_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?")  # no page or serial number looks so
_LEADERS = re.compile(r"[.．·…]{3,}")

_Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class AlignedCell:
    """A cell of an unruled table and the box from its line and its column."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class AlignedTable:
    rows: tuple[tuple[AlignedCell, ...], ...]
    box: Box


def lines_to_tables(lines: Sequence[TextLine]) -> list[TextLine | AlignedTable]:
    """The lines, with each run of lines that is a table replaced by it."""
    result: list[TextLine | AlignedTable] = []
    run: list[tuple[TextLine, list[TextLine]]] = []
    for line in lines:
        segments = line_segments(line)
        if run and (len(segments) < 2 or _is_far(run[-1][0], line)):
            result.extend(_run_to_blocks(run))
            run = []
        if len(segments) < 2 or _LEADERS.search(line.text):
            result.append(line)
        else:
            run.append((line, segments))
    result.extend(_run_to_blocks(run))
    return result


def _is_far(above: TextLine, below: TextLine) -> bool:
    return below.box[1] - above.box[3] > 3 * (above.box[3] - above.box[1])


def _run_to_blocks(run: list[tuple[TextLine, list[TextLine]]]) -> Sequence[TextLine | AlignedTable]:
    lines = [line for line, _ in run]
    if len(run) < _FEWEST_LINES:
        return lines
    columns = _columns([segments for _, segments in run])
    rows = [_row(segments, columns, line) for line, segments in run]
    body = [row for row in rows if row is not None and any(_WRITTEN_AMOUNT.fullmatch(cell.text) for cell in row[1:])]
    certain = len(columns) > 1 and len(body) >= _FEWEST_BODY_LINES and _is_uniform(body)
    if not certain or None in rows or len(body) * 2 < len(rows):
        return lines
    box = (columns[0][0], lines[0].box[1], columns[-1][1], lines[-1].box[3])
    return [AlignedTable(tuple(row for row in rows if row is not None), box)]


def _is_uniform(body: Sequence[tuple[AlignedCell, ...]]) -> bool:
    """Whether each column holds amounts only, or no amount at all."""
    for column in zip(*body, strict=True):
        amounts = [_AMOUNT.fullmatch(cell.text) is not None for cell in column if cell.text]
        if any(amounts) and not all(amounts):
            return False
    return True


def _columns(lines: list[list[TextLine]]) -> list[_Stretch]:
    """The stretches that segments cover, divided by gutters; neighbours that are never both filled are one column."""
    stretches: list[_Stretch] = []
    for left, right in sorted((segment.box[0], segment.box[2]) for segments in lines for segment in segments):
        if stretches and left <= stretches[-1][1] + _GUTTER:
            stretches[-1] = stretches[-1][0], max(stretches[-1][1], right)
        else:
            stretches.append((left, right))
    columns: list[_Stretch] = []
    for stretch in stretches:
        if columns and not any(_fills(segments, columns[-1]) and _fills(segments, stretch) for segments in lines):
            columns[-1] = columns[-1][0], stretch[1]
        else:
            columns.append(stretch)
    return columns


def _fills(segments: list[TextLine], stretch: _Stretch) -> bool:
    return any(stretch[0] - 0.1 <= segment.box[0] <= stretch[1] for segment in segments)


def _row(segments: list[TextLine], columns: list[_Stretch], line: TextLine) -> tuple[AlignedCell, ...] | None:
    """The line's cells; None when two texts share a column, so that the columns are not certain."""
    cells = []
    for left, right in columns:
        texts = [segment.text for segment in segments if left - 0.1 <= segment.box[0] <= right]
        if len(texts) > 1:
            return None
        cells.append(AlignedCell("".join(texts), (left, line.box[1], right, line.box[3])))
    return tuple(cells)
