"""Which cell each place of a grid belongs to: merged cells made whole again.

Geometry decides where the reader tells it (a cell's box), else the rectangle rule: a merged cell covers whole rows and
columns of its own extent. In the header of a format that knows no merging, a blank continues its neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.source import Cell, Grid, Place

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a table: its own printed text, and the row, column and text of the cell that it belongs to."""

    text: str
    place: Place
    owner: Spot
    owner_text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


SlotRow = tuple[Slot, ...]


def grid_to_slots(grid: Grid, first_row: int = 0) -> list[SlotRow]:
    """The grid's rows with merged cells resolved; owners count rows from `first_row`."""
    owners = _owners(grid.rows)
    return [
        tuple(
            Slot(cell.text, cell.place, (row + first_row, column), grid.rows[row][column].text)
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
    inside = [spot for spot in candidates if _encloses(rows[spot[0]][spot[1]].place, rows[row][column].place)]
    if inside:
        return inside[0]
    if all(rows[spot[0]][spot[1]].place.box for spot in candidates) and rows[row][column].place.box:
        return row, column
    return _by_rectangle(rows, owners, row, column)


def _encloses(outer: Place, inner: Place) -> bool:
    if outer.box is None or inner.box is None:
        return False
    x, y = (inner.box[0] + inner.box[2]) / 2, (inner.box[1] + inner.box[3]) / 2
    return outer.box[0] <= x <= outer.box[2] and outer.box[1] <= y <= outer.box[3]


def _by_rectangle(rows: Sequence[Sequence[Cell]], owners: list[list[Spot]], row: int, column: int) -> Spot:
    """The cell above if it reaches down over its whole width, else the one to the left."""
    above = owners[row - 1][column] if row else None
    left = owners[row][column - 1] if column else None
    if left is None or above is None:
        return above or left or (row, column)
    if above == left or left[0] < row:
        return above
    width = [index for index, spot in enumerate(owners[row - 1]) if spot == above]
    reaches_down = len(width) > 1 and all(rows[row][index].covered for index in width)
    return above if reaches_down and left[1] < width[0] and not rows[left[0]][left[1]].text.strip() else left


def with_blanks_continued(rows: Sequence[SlotRow]) -> list[SlotRow]:
    """Header rows of a format without merging: a blank belongs to the text above it, else to the header on its left."""
    result: list[SlotRow] = []
    for row in rows:
        done: list[Slot] = []
        for column, slot in enumerate(row):
            above = result[-1][column] if result else None
            left = done[-1] if done else None
            done.append(_continued(slot, above, left, result[-1][column - 1] if result and column else None, len(result)))
        result.append(tuple(done))
    return result


def _continued(slot: Slot, above: Slot | None, left: Slot | None, above_left: Slot | None, row: int) -> Slot:
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
