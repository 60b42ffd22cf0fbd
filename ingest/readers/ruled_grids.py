"""Ruling lines to lattices of cells, merged cells included: geometry only, for PDF pages and scans alike.

Walls are looked up between every two neighbouring elementary cells; those without a wall are one merged cell. A table
whose outer border is missing on a side is closed by the reach of its other rules.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.marks import Box, Rule

_SNAP = 2.5  # rules this near to each other are one
_JOIN = 4.0  # gaps up to this in a rule are closed
_REACH = 6.0  # a rule that reaches this far beyond the outermost crossing one shows an open side
_MOST_RULES = 4000  # a drawing, not a table

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a lattice: the first row and column and the ones after the last."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """Boundaries from left to right and top to bottom, and the cells between them, which fill it without overlap."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def span_box(self, span: Span) -> Box:
        return self.xs[span.column], self.ys[span.row], self.xs[span.column_end], self.ys[span.row_end]


@dataclass(slots=True)
class _Strokes:
    """The rules of one direction: position → joined intervals."""

    at: dict[float, list[Interval]]

    def covers(self, at: float, start: float, end: float) -> bool:
        covered = sum(max(0.0, min(end, high) - max(start, low)) for low, high in self.at.get(at, ()))
        return covered >= 0.5 * (end - start)


def rules_to_lattices(rules: Sequence[Rule]) -> list[Lattice]:
    """The lattices of all tables with at least two cells, from top to bottom, then left to right."""
    horizontal = _joined(rule for rule in rules if rule.horizontal)
    vertical = _joined(rule for rule in rules if not rule.horizontal)
    if len(horizontal) + len(vertical) > _MOST_RULES:
        return []
    lattices = (_lattice(group) for group in _connected(horizontal, vertical))
    found = [lattice for lattice in lattices if lattice is not None and len(lattice.spans) > 1]
    return sorted(found, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules snapped to common positions and joined along them."""
    joined: list[Rule] = []
    for group in _snapped(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in group) / len(group)
        for start, end in _joined_intervals((rule.start, rule.end) for rule in group):
            joined.append(Rule(group[0].horizontal, at, start, end))
    return joined


def _snapped(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= _SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _joined_intervals(intervals: Iterable[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1] + _JOIN:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _connected(horizontal: list[Rule], vertical: list[Rule]) -> list[list[Rule]]:
    """Rules that touch, grouped."""
    rules = horizontal + vertical
    parents = list(range(len(rules)))
    at = [rule.at for rule in vertical]
    for index, rule in enumerate(horizontal):
        for other in range(bisect_left(at, rule.start - _SNAP), bisect_right(at, rule.end + _SNAP)):
            crossing = vertical[other]
            if crossing.start - _SNAP <= rule.at <= crossing.end + _SNAP:
                parents[_root(parents, index)] = _root(parents, len(horizontal) + other)
    groups: defaultdict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[_root(parents, index)].append(rule)
    return list(groups.values())


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _lattice(rules: list[Rule]) -> Lattice | None:
    horizontal = [rule for rule in rules if rule.horizontal]
    vertical = [rule for rule in rules if not rule.horizontal]
    if not horizontal or not vertical:
        return None
    xs = _boundaries(vertical, horizontal)
    ys = _boundaries(horizontal, vertical)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return without_unused(Lattice(xs, ys, _spans(xs, ys, _strokes(horizontal), _strokes(vertical))))


def _boundaries(rules: list[Rule], crossing: list[Rule]) -> tuple[float, ...]:
    positions = sorted({rule.at for rule in rules})
    first, last = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    if first < positions[0] - _REACH:
        positions.insert(0, first)
    if last > positions[-1] + _REACH:
        positions.append(last)
    return tuple(positions)


def _strokes(rules: list[Rule]) -> _Strokes:
    at: defaultdict[float, list[Interval]] = defaultdict(list)
    for rule in rules:
        at[rule.at].append((rule.start, rule.end))
    return _Strokes(dict(at))


def _spans(xs: Sequence[float], ys: Sequence[float], horizontal: _Strokes, vertical: _Strokes) -> tuple[Span, ...]:
    """Elementary cells without a wall between them, joined; what is joined but no rectangle is cut into its rows."""
    width, height = len(xs) - 1, len(ys) - 1
    parents = list(range(width * height))
    for row in range(height):
        for column in range(width):
            index = row * width + column
            if column + 1 < width and not vertical.covers(xs[column + 1], ys[row], ys[row + 1]):
                parents[_root(parents, index + 1)] = _root(parents, index)
            if row + 1 < height and not horizontal.covers(ys[row + 1], xs[column], xs[column + 1]):
                parents[_root(parents, index + width)] = _root(parents, index)
    groups: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for index in range(width * height):
        groups[_root(parents, index)].append(divmod(index, width))
    spans = [span for cells in groups.values() for span in _rectangles(cells)]
    return tuple(sorted(spans, key=lambda span: (span.row, span.column)))


def _rectangles(cells: list[tuple[int, int]]) -> list[Span]:
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    span = Span(min(rows), min(columns), max(rows) + 1, max(columns) + 1)
    if len(cells) == (span.row_end - span.row) * (span.column_end - span.column):
        return [span]
    runs: list[Span] = []
    for row, column in sorted(cells):
        last = runs[-1] if runs else None
        if last is not None and last.row == row and last.column_end == column:
            runs[-1] = Span(row, last.column, row + 1, column + 1)
        else:
            runs.append(Span(row, column, row + 1, column + 1))
    return runs


def without_unused(lattice: Lattice) -> Lattice:
    """Without the boundaries at which no cell begins."""
    columns = sorted({span.column for span in lattice.spans})
    rows = sorted({span.row for span in lattice.spans})
    return reduced(lattice, rows, columns)


def reduced(lattice: Lattice, rows: Sequence[int], columns: Sequence[int]) -> Lattice:
    """The lattice with only these rows and columns; each keeps its upper or left boundary, the last one ends it."""
    xs = (*(lattice.xs[column] for column in columns), lattice.xs[-1])
    ys = (*(lattice.ys[row] for row in rows), lattice.ys[-1])
    spans = (
        Span(
            bisect_left(rows, span.row),
            bisect_left(columns, span.column),
            bisect_left(rows, span.row_end),
            bisect_left(columns, span.column_end),
        )
        for span in lattice.spans
    )
    kept = tuple(span for span in spans if span.row < span.row_end and span.column < span.column_end)
    return Lattice(xs, ys, kept)
