"""What stands in a made-up document before it becomes a file: lines and tables, each with the facts it states."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as a right reading has it: number in 元, % or the counting unit; "" where only a text is printed.

    `table` is the title, for a figure of the explanation the heading of its section, where only number and unit count.
    """

    table: str
    row: str = ""
    path: Labels = ()
    code: str = ""
    column: Labels = ()
    number: str = ""
    unit: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `heading` 1 is a part, 2 a section, 0 plain words."""

    text: str
    heading: int = 0
    known: tuple[Known, ...] = ()
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell: the text, the columns and rows it covers, the fact it states, and whether it may be typed as a number."""

    text: str
    across: int = 1
    down: int = 1
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What stands around a table; "" is not printed. `inside`: in rows of the grid instead of in lines above it;
    `titled` is False where only the heading before it names the table."""

    unit: str = "万元"
    number: str = ""
    department: str = ""
    department_label: str = "部门名称"
    note: str = ""
    inside: bool = False
    titled: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    """A table: rows of cells, where a covered place is None; the first `header_rows` are its header."""

    title: str
    rows: tuple[tuple[Printed | None, ...], ...]
    header_rows: int
    look: Look = Look()

    @property
    def known(self) -> tuple[Known, ...]:
        return tuple(cell.known for row in self.rows for cell in row if cell and cell.known)


class PageBreak:
    """The next block starts a page."""


Block = Line | Drawing | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole disclosure before it is written."""

    title: str
    department: str
    year: int
    blocks: tuple[Block, ...]

    @property
    def known(self) -> tuple[Known, ...]:
        stated = (block.known for block in self.blocks if not isinstance(block, PageBreak))
        return tuple(fact for facts in stated for fact in facts)


def plain(number: Decimal) -> str:
    """All digits, no exponent, no zeros at the end."""
    text = f"{number + 0:f}"  # minus zero is zero
    return text.rstrip("0").rstrip(".") if "." in text else text
