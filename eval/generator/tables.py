"""Tables of the usual shapes: rows by code or name under a tree of headers, and two sides beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from eval.generator.drawing import Drawing, Known, Labels, Look, Printed
from eval.generator.figures import Figure

Cells = tuple[Printed | None, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`printed` are the texts of the label columns; `label`, `code` and `path` what a reader should make of them."""

    printed: tuple[str, ...]
    figures: tuple[Figure, ...]
    label: str = ""
    code: str = ""
    path: Labels = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a balance: its header, the headers of its columns (the first is the label's), its rows."""

    header: str
    labelled: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def table(title: str, labels: Sequence[Labels], columns: Sequence[Labels], rows: Sequence[Row], look: Look) -> Drawing:
    """`labels` and `columns` are header paths from top to bottom; equal beginnings are drawn as one merged cell."""
    head = header([*labels, *columns])
    body = tuple(_row(title, row, columns) for row in rows)
    return Drawing(title, (*head, *body), len(head), look)


def header(paths: Sequence[Labels]) -> tuple[Cells, ...]:
    """The header's rows: neighbours with the same beginning share a cell, a short path reaches down to the last row."""
    depth = max(map(len, paths))
    return tuple(tuple(_header_cells(paths, level, depth)) for level in range(depth))


def _header_cells(paths: Sequence[Labels], level: int, depth: int) -> Iterator[Printed | None]:
    for position, path in enumerate(paths):
        beginning = path[: level + 1]
        if len(path) <= level or (position and paths[position - 1][: level + 1] == beginning):
            yield None
            continue
        across = next((i for i, other in enumerate(paths[position:]) if other[: level + 1] != beginning), None)
        down = depth - level if len(path) == level + 1 else 1
        yield Printed(path[level], across or len(paths) - position, down)


def _row(title: str, row: Row, columns: Sequence[Labels]) -> Cells:
    figures = (known_cell(title, row, column, figure) for figure, column in zip(row.figures, columns, strict=True))
    return (*map(Printed, row.printed), *figures)


def known_cell(title: str, row: Row, column: Labels, figure: Figure) -> Printed:
    """A figure with the fact it states; nothing printed is no fact."""
    label = row.label or "".join(row.printed)
    fact = Known(title, label, row.path, row.code, column, figure.number, figure.unit, figure.printed)
    return Printed(figure.printed, known=fact if figure.printed else None)


def two_sided(title: str, sides: Sequence[Side], look: Look) -> Drawing:
    """Income and expenditure beside each other; a side that is shorter is left blank."""
    paths = [(side.header, column) for side in sides for column in (side.labelled, *side.columns)]
    head = header(paths)
    body = []
    for rows in zip_longest(*(side.rows for side in sides)):
        cells: list[Printed | None] = []
        for side, row in zip(sides, rows, strict=True):
            blank = Row(("",), (Figure(""),) * len(side.columns))
            cells += _row(title, row or blank, [(side.header, column) for column in side.columns])
        body.append(tuple(cells))
    return Drawing(title, (*head, *body), len(head), look)
