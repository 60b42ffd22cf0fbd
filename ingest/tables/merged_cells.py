"""Which cell each place of a grid belongs to: merged cells made whole again.

Geometry decides where the reader tells it (a cell's box), else the rectangle rule: a merged cell covers whole rows and
columns of its own extent. In the header of a format that knows no merging, a blank continues its neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.numbers.numbers import parse_cell
from ingest.source import Cell, Grid, Place

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a table: its own printed text, and the row, column and text of the cell that it belongs to."""

    text: str
    place: Place
    owner: Spot
    owner_text: str
    indent: int = 0
    possible_indent: int = 0

    @property
    def blank(self) -> bool:
        return not self.text.strip()


SlotRow = tuple[Slot, ...]


def grid_to_slots(grid: Grid, first_row: int = 0) -> list[SlotRow]:
    """The grid's rows with merged cells resolved; owners count rows from `first_row`."""
    owners = _owners(grid.rows)
    return [
        tuple(
            Slot(
                cell.text,
                cell.place,
                (row + first_row, column),
                grid.rows[row][column].text,
                cell.indent,
                cell.possible_indent,
            )
            for cell, (row, column) in zip(cells, spots, strict=True)
        )
        for cells, spots in zip(grid.rows, owners, strict=True)
    ]


def tells_merging(grid: Grid) -> bool:
    return any(cell.covered for row in grid.rows for cell in row)


def _owners(rows: Sequence[Sequence[Cell]]) -> list[list[Spot]]:
    owners: list[list[Spot]] = []
    for row, cells in enumerate(rows):
        owners.append([])
        for column, cell in enumerate(cells):
            owners[row].append(_owner(rows, owners, row, column) if cell.covered else (row, column))
    return owners


def _owner(rows: Sequence[Sequence[Cell]], owners: list[list[Spot]], row: int, column: int) -> Spot:
    above = owners[row - 1][column] if row else None
    left = owners[row][column - 1] if column else None
    candidates = [spot for spot in (above, left) if spot is not None]
    if not candidates:
        return row, column
    cell = rows[row][column]
    for told in (_encloses, _is_same):
        inside = {spot for spot in candidates if told(rows, spot, cell.place)}
        if len(inside) == 1:
            return inside.pop()
    if cell.place.box is not None and all(rows[spot[0]][spot[1]].place.box is not None for spot in candidates):
        return row, column
    if above is not None and left is not None and not _reaches_down(rows, owners, above, row):
        return left
    return _by_rectangle(rows, above, left, row)


def _encloses(rows: Sequence[Sequence[Cell]], spot: Spot, inner: Place) -> bool:
    outer = rows[spot[0]][spot[1]].place
    if outer.box is None or inner.box is None:
        return False
    x, y = (inner.box[0] + inner.box[2]) / 2, (inner.box[1] + inner.box[3]) / 2
    return outer.box[0] <= x <= outer.box[2] and outer.box[1] <= y <= outer.box[3]


def _is_same(rows: Sequence[Sequence[Cell]], spot: Spot, covered: Place) -> bool:
    """Some readers give a covered cell the place of the cell that covers it, and each cell a place of its own."""
    sharing = [cell for cell in rows[spot[0]] if not cell.covered and cell.place == covered]
    return len(sharing) == 1 and rows[spot[0]][spot[1]].place == covered


def _reaches_down(rows: Sequence[Sequence[Cell]], owners: list[list[Spot]], above: Spot, row: int) -> bool:
    """Whether the row leaves room for a cell of the rows above over its whole width."""
    return all(rows[row][column].covered for column, spot in enumerate(owners[row - 1]) if spot == above)


def _by_rectangle(rows: Sequence[Sequence[Cell]], above: Spot | None, left: Spot | None, row: int) -> Spot:
    """Without geometry: a cell left of it that begins in this row may reach over it in a row of amounts (合计 over the
    code and the name); in a header the cell above does, since headers nest."""
    if above is None or left is None:
        return above or left or (row, 0)
    if above == left or left[0] < row:
        return above
    text = rows[left[0]][left[1]].text
    has_amounts = any(parse_cell(cell.text).is_number for cell in rows[row])
    return left if has_amounts and not parse_cell(text).is_number else above


def with_blanks_continued(rows: Sequence[SlotRow]) -> list[SlotRow]:
    """Header rows of a format without merging: a blank belongs to the text above it, else to the header on its left."""
    result: list[SlotRow] = []
    for row in rows:
        done: list[Slot] = []
        for column, slot in enumerate(row):
            above = result[-1][column] if result else None
            left = done[-1] if done else None
            above_left = result[-1][column - 1] if result and column else None
            done.append(_continued(slot, above, left, above_left))
        result.append(tuple(done))
    return result


def _continued(slot: Slot, above: Slot | None, left: Slot | None, above_left: Slot | None) -> Slot:
    if not slot.blank or slot.owner_text.strip():
        return slot
    source: Slot | None
    if above is not None and not above.blank:
        source = above
    elif above is None:
        source = left
    else:
        same_parent = above_left is not None and above_left.owner == above.owner
        source = left if left is not None and same_parent and left.owner[0] == slot.owner[0] else above
    if source is None or not source.owner_text.strip():
        return slot
    return replace(slot, owner=source.owner, owner_text=source.owner_text)
