"""A table's title or unit that is printed over two lines, made one line again.

A title is told by an open bracket that the next line closes, or on a page by two lines of one height of which the first is full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.labels import joined_label
from ingest.outline.words import (
    heading_mark,
    is_department_line,
    is_note,
    is_sentence,
    is_title,
    split_number,
    unit_in,
)
from ingest.source import Block, Line

_SHORTEST_FIRST = 8
_LONGEST = 70
_LONGEST_UNIT_REST = 2
_SAME_HEIGHT = 0.15
_MOST_GAP = 1.6  # between the lines, in line heights


def with_wrapped_titles(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the two lines of each wrapped title and unit joined into one."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(last, Line) and isinstance(block, Line) and _is_wrapped(last, block):
            joined[-1] = _joined(last, block)
        else:
            joined.append(block)
    return joined


def _is_wrapped(first: Line, second: Line) -> bool:
    head, tail = joined_label(first.text), joined_label(second.text)
    if len(tail) <= _LONGEST_UNIT_REST and unit_in(head + tail) and not unit_in(head):
        return True
    if first.place.page != second.place.page or len(head) + len(tail) > _LONGEST or len(head) < _SHORTEST_FIRST:
        return False
    if is_title(head) or not is_title(head + tail) or _stands_alone(head) or _stands_alone(tail):
        return False
    return _closes(head, tail) or _fills(first, second) or (_is_numbered(head, tail) and _is_next(first, second))


def _stands_alone(text: str) -> bool:
    """Whether a line is something of its own: a label of the caption, a note, a sentence, a heading with a mark."""
    marked = heading_mark(text) is not None or bool(split_number(text)[0] and not split_number(text)[1])
    return bool(unit_in(text) or is_department_line(text) or is_note(text) or is_sentence(text) or marked)


def _is_numbered(head: str, tail: str) -> bool:
    """Whether the first line begins with a table's number and breaks off before it says 表: 公开09表：“三公”经费、会议费 | 支出表."""
    number, rest = split_number(head)
    return bool(number and len(rest) >= _SHORTEST_FIRST) and is_title(tail)


def _is_next(first: Line, second: Line) -> bool:
    """Whether nothing stands between two lines."""
    if first.place.lines and second.place.lines:
        return second.place.lines[0] == first.place.lines[1] + 1
    above, below = first.place.box, second.place.box
    return above is not None and below is not None and 0 <= below[3] - above[3] <= 2.5 * (above[3] - above[1])


def _closes(head: str, tail: str) -> bool:
    opened = head.count("（") + head.count("(") - head.count("）") - head.count(")")
    return opened == 1 and "表" in head and ("）" in tail or ")" in tail)


def _fills(first: Line, second: Line) -> bool:
    """Whether both lines are of one height, close together, the second shorter and in the middle below the first."""
    above, below = first.place.box, second.place.box
    if above is None or below is None:
        return False
    height, other = above[3] - above[1], below[3] - below[1]
    if abs(height - other) > _SAME_HEIGHT * height or not 0 <= below[1] - above[3] + height / 2 <= _MOST_GAP * height:
        return False
    return above[0] < below[0] and below[2] < above[2] and abs(above[0] + above[2] - below[0] - below[2]) < 2 * height


def _joined(first: Line, second: Line) -> Line:
    one, other = first.place, second.place
    box = lines = None
    if one.box and other.box:
        box = (min(one.box[0], other.box[0]), one.box[1], max(one.box[2], other.box[2]), other.box[3])
    if one.lines and other.lines:
        lines = (one.lines[0], other.lines[1])
    return Line(first.text.rstrip() + second.text.lstrip(), replace(one, box=box, lines=lines))
