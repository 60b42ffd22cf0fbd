"""Tables without ruling lines: runs of lines whose segments stand under each other.

Only what is certain becomes a grid: several lines, at least three columns or amounts in the second, gutters that no
line crosses. Everything else stays lines, which lose nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.marks import Box
from ingest.readers.text_lines import TextLine, line_segments

_FEWEST_LINES = 4
_GUTTER = 4.0
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_LEADERS = re.compile(r"[.．·…]{3,}")


@dataclass(frozen=True, slots=True)
class AlignedCell:
    """A cell of an unruled table; `covered` where a text to its left reaches over it."""

    text: str
    box: Box
    covered: bool = False


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
    columns = _columns([segment for _, segments in run for segment in segments])
    rows = [_row(segments, columns, line) for line, segments in run]
    body = [row for row in rows if any(_AMOUNT.fullmatch(cell.text) for cell in row[1:])]
    aligned = len(columns) >= 3 or (len(columns) == 2 and all(re.search(r"[.,]", row[1].text) for row in body))
    if len(columns) < 2 or not aligned or len(body) * 2 < len(rows) or len(body) < 3:
        return lines
    box = (columns[0][0], lines[0].box[1], columns[-1][1], lines[-1].box[3])
    return [AlignedTable(tuple(rows), box)]


def _columns(segments: list[TextLine]) -> list[tuple[float, float]]:
    """The stretches from left to right that segments cover, divided by gutters that none crosses."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((segment.box[0], segment.box[2]) for segment in segments):
        if columns and left <= columns[-1][1] + _GUTTER:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _row(segments: list[TextLine], columns: list[tuple[float, float]], line: TextLine) -> tuple[AlignedCell, ...]:
    cells = []
    for left, right in columns:
        texts = [segment.text for segment in segments if left - 0.1 <= segment.box[0] <= right]
        cells.append(AlignedCell("  ".join(texts), (left, line.box[1], right, line.box[3])))
    return tuple(cells)
