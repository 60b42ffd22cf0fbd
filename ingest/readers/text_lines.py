"""Glyphs to lines of text in reading order, for pages and for cells.

Spaces are read from the gaps between glyphs, never from the space characters of a file: some producers draw them on top
of other characters. A glyph drawn twice to look bold is one glyph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.readers.marks import Box, Glyph

_WIDE_GAP = 1.6  # in font sizes: more than a space, such as between a department and a unit on one line
_SEGMENT_GAP = 1.0
_NUMERIC = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")


class TextLine(NamedTuple):
    """One line and its box; `glyphs` from left to right."""

    text: str
    box: Box
    glyphs: tuple[Glyph, ...]


def glyphs_to_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Lines from top to bottom."""
    if not glyphs:
        return []
    lines: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=_middle):
        at = (glyph.top + glyph.bottom) / 2
        if lines and at - middle <= 0.5 * min(glyph.size, lines[-1][-1].size):
            lines[-1].append(glyph)
            middle += (at - middle) / len(lines[-1])
        else:
            lines.append([glyph])
            middle = at
    return [_line(line) for line in lines]


def glyphs_to_text(glyphs: Sequence[Glyph], room: float) -> str:
    """The text of a cell `room` points wide, wrapped lines joined by a line feed.

    A number too long for its cell is wrapped too: `1682.7` over `6` is one number.
    """
    lines = [line for line in glyphs_to_lines(glyphs) if line.text]
    texts = [line.text for line in lines]
    if len(lines) > 1 and _NUMERIC.fullmatch("".join(texts)) and all(_fills(line, room) for line in lines[:-1]):
        return "".join(texts)
    return "\n".join(texts)


def _fills(line: TextLine, room: float) -> bool:
    return room - (line.box[2] - line.box[0]) < 2.5 * line.glyphs[0].size


def line_segments(line: TextLine) -> list[TextLine]:
    """The line cut where the gap is too wide for a space."""
    segments: list[list[Glyph]] = [[line.glyphs[0]]]
    for before, glyph in pairwise(line.glyphs):
        if glyph.left - before.right > _SEGMENT_GAP * max(before.size, glyph.size):
            segments.append([])
        segments[-1].append(glyph)
    return [_line(segment) for segment in segments]


def _middle(glyph: Glyph) -> float:
    return glyph.top + glyph.bottom


def _line(glyphs: list[Glyph]) -> TextLine:
    glyphs.sort(key=lambda glyph: glyph.left)
    kept: list[Glyph] = []
    parts: list[str] = []
    for glyph in glyphs:
        if _is_repeated(glyph, kept):
            continue
        if kept:
            parts.append(_gap(kept[-1], glyph))
        kept.append(glyph)
        parts.append(glyph.text)
    box = (
        kept[0].left,
        min(glyph.top for glyph in kept),
        max(glyph.right for glyph in kept),
        max(glyph.bottom for glyph in kept),
    )
    return TextLine(_plain("".join(parts)), box, tuple(kept))


def _is_repeated(glyph: Glyph, kept: list[Glyph]) -> bool:
    return any(
        glyph.text == other.text and abs(glyph.left - other.left) < 0.3 * (other.right - other.left)
        for other in kept[-3:]
    )


def _gap(before: Glyph, after: Glyph) -> str:
    size = min(before.size, after.size)
    gap = after.left - before.right
    if gap <= 0.25 * size:
        return ""
    if gap > _WIDE_GAP * size:
        return "  "
    if gap <= 0.6 * size and before.text.isdigit() and after.text == ",":
        return ""  # a comma of a wider font inside a number
    narrow = before.text.isascii() and after.text.isascii()
    return " " if narrow or gap > 0.6 * size else ""


def _plain(text: str) -> str:
    """Without control characters and with the look-alike radicals (⽀, ⼀) that some fonts map to as the characters."""
    if text.isascii():
        return text.strip()
    kept = (_character(character) for character in text)
    return "".join(kept).strip()


def _character(character: str) -> str:
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character)
    category = unicodedata.category(character)
    return "" if category in {"Cc", "Cf", "Co", "Cs"} else character
