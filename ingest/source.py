"""What every reader returns: the lines and grids of a file in reading order, each with its place.

Readers know formats and no budgets. A grid is rectangular; a cell that a merged neighbour covers is kept, empty,
with `covered` set, so that header trees can be rebuilt exactly where the format tells and inferred where it does not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed. Unknown parts are None.

    `page` counts physical pages from 1 (PDF, scans); `lines` is an inclusive range counted from 1 (texts);
    `box` is (left, top, right, bottom) in points from the page's upper left corner; `cell` is `Sheet!B7` (workbooks).
    """

    page: int | None = None
    lines: tuple[int, int] | None = None
    box: tuple[float, float, float, float] | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line or paragraph outside any grid; `text` as printed, without surrounding white space."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `text` as printed (wrapped lines joined by a line feed), `covered` where a merged neighbour covers it;
    `indent` how far its first line is set in from the left, in half widths, where that is not in the text as spaces;
    `possible_indent` how far it would be, where it may as well be centred."""

    text: str
    place: Place
    covered: bool = False
    indent: int = 0
    possible_indent: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, all of the same length."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: `name` is the file's name, `sha256` the hex digest of its bytes, `format` the reader's word for it
    (text, pdf, scan, word, excel, web), `notes` what the reader has to tell about quality (low resolution, …)."""

    name: str
    sha256: str
    format: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
