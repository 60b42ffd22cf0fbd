"""Any lattice drawn with its walls is found again, whatever is merged in it and however its rules are cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.marks import Glyph, Marks, Rule, turned
from ingest.readers.ruled_grids import Lattice, Span, rules_to_lattices


@st.composite
def lattices(draw: st.DrawFn) -> Lattice:
    """Random boundaries, and rectangles merged where they do not overlap and no boundary loses its use."""
    width, height = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    xs = _positions(draw(st.lists(st.integers(12, 80), min_size=width, max_size=width)))
    ys = _positions(draw(st.lists(st.integers(9, 40), min_size=height, max_size=height)))
    row = draw(st.integers(0, height - 1))
    column = draw(st.integers(0, width - 1))
    merged = Span(row, column, draw(st.integers(row + 1, height)), draw(st.integers(column + 1, width)))
    if merged.row_end - merged.row == height or merged.column_end - merged.column == width:
        merged = Span(row, column, row + 1, column + 1)
    spans = {merged} | {
        Span(r, c, r + 1, c + 1)
        for r in range(height)
        for c in range(width)
        if not (merged.row <= r < merged.row_end and merged.column <= c < merged.column_end)
    }
    return Lattice(xs, ys, tuple(sorted(spans, key=lambda span: (span.row, span.column))))


def _positions(steps: list[int]) -> tuple[float, ...]:
    return tuple(float(50 + sum(steps[:n])) for n in range(len(steps) + 1))


def walls(lattice: Lattice) -> list[Rule]:
    rules = []
    for left, top, right, bottom in map(lattice.span_box, lattice.spans):
        rules += [Rule(True, top, left, right), Rule(True, bottom, left, right)]
        rules += [Rule(False, left, top, bottom), Rule(False, right, top, bottom)]
    return rules


@given(lattices(), st.randoms(use_true_random=False))
def test_a_lattice_is_found_again_from_the_walls_of_its_cells(lattice: Lattice, random) -> None:  # type: ignore[no-untyped-def]
    rules = walls(lattice)
    random.shuffle(rules)
    assert rules_to_lattices(rules) == [lattice]


@given(lattices())
def test_a_cell_never_overlaps_another_and_none_is_missing(lattice: Lattice) -> None:
    (found,) = rules_to_lattices(walls(lattice)[::2] + walls(lattice)[1::4])
    cells = [
        (row, column)
        for span in found.spans
        for row in range(span.row, span.row_end)
        for column in range(span.column, span.column_end)
    ]
    assert sorted(cells) == [(r, c) for r in range(len(found.ys) - 1) for c in range(len(found.xs) - 1)]


@given(st.integers(0, 3), st.integers(0, 90), st.integers(0, 90))
def test_turning_keeps_the_place(turns: int, left: int, top: int) -> None:
    page = Marks(100, 200, [Glyph("字", left, top, left + 10, top + 12, 12)], [Rule(True, top, left, left + 10)], [])
    upright = turned(page, turns)
    assert upright.place_box(upright.glyphs[0][1:5]) == (left, top, left + 10, top + 12)
    assert upright.rules[0].horizontal == (turns % 2 == 0)


def test_a_single_box_is_no_table() -> None:
    assert rules_to_lattices([*walls(Lattice((0, 100), (0, 50), (Span(0, 0, 1, 1),)))]) == []
