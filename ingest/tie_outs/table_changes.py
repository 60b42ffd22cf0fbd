"""Columns that compare two years: last year's amount and the change make this year's, the rate is their quotient.

Which columns belong together differs by layout: those under the same last headers, else those that measure the same.
A way is taken only where more rows confirm it than not, so that a comparison with something else raises no alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.facts import Fact, Role
from ingest.tie_outs.equations import Equation, Outcome, equation_to_outcome, value_of
from ingest.tie_outs.table_blocks import Block, Column

_BEFORE = (Role.LAST_YEAR, Role.EXECUTED)
_Like = Callable[[Column, Column], bool]


def block_to_change_outcomes(block: Block, facts: Sequence[Fact]) -> list[Outcome]:
    """One outcome for each printed change and rate of change that the block's other columns let recompute."""
    changes = [column for column in block.columns.values() if column.coordinates.role is Role.CHANGE]
    rates = [column for column in block.columns.values() if column.coordinates.role is Role.CHANGE_RATE]
    outcomes: list[Outcome] = []
    for column in changes:
        outcomes += _best(_change_ways(block, column), facts)
    for column in rates:
        outcomes += _best(_rate_ways(block, column, changes), facts)
    return outcomes


def _best(ways: Iterator[list[Equation]], facts: Sequence[Fact]) -> list[Outcome]:
    """The outcomes of the way that most rows confirm; none where no way is confirmed more often than not."""
    best: list[Outcome] = []
    most = 0
    for way in ways:
        tried = [outcome for equation in way if (outcome := equation_to_outcome(equation, facts)) is not None]
        outcomes = [outcome for outcome in tried if outcome.holds or not _holds_without_sign(outcome, facts)]
        held = sum(outcome.holds and outcome.right.number != 0 for outcome in outcomes)
        failed = sum(not outcome.holds for outcome in outcomes)
        if held > failed and held > most:
            best, most = outcomes, held
    return best


def _holds_without_sign(outcome: Outcome, facts: Sequence[Fact]) -> bool:
    """Whether only the sign of the change is missing: some sources print a fall as an amount without one."""
    compared = value_of(facts[outcome.equation.left[-1]]) or Decimal(0)
    turned = replace(outcome.left, number=outcome.left.number - 2 * compared)
    return turned.number == outcome.right.number or turned.agrees_with(outcome.right)


def _change_ways(block: Block, change: Column) -> Iterator[list[Equation]]:
    for like in (_same_tail, _same_measure):
        for before in _columns(block, _BEFORE, change, like):
            for now in _columns(block, (Role.AMOUNT,), change, like):
                yield list(_changes(block, change, before, now))


def _changes(block: Block, change: Column, before: Column, now: Column) -> Iterator[Equation]:
    for line in block.lines:
        if change.key in line.cells and (before.key in line.cells or now.key in line.cells):
            left = tuple(line.cells[key] for key in (before.key, change.key) if key in line.cells)
            right = tuple(line.cells[key] for key in (now.key,) if key in line.cells)
            about = f"《{block.title}》「{line.label}」行的上年数加增减额与本年数"
            yield Equation("table.change", about, left, right)


def _rate_ways(block: Block, rate: Column, changes: Sequence[Column]) -> Iterator[list[Equation]]:
    for like in (_same_tail, _same_measure):
        for change in [column for column in changes if like(rate, column)]:
            for before in _columns(block, _BEFORE, rate, like):
                yield list(_rates(block, rate, change, before))


def _rates(block: Block, rate: Column, change: Column, before: Column) -> Iterator[Equation]:
    for line in block.lines:
        if all(column.key in line.cells for column in (rate, change, before)):
            about = f"《{block.title}》「{line.label}」行的增减率"
            cells = line.cells
            yield Equation(
                "table.change_rate", about, (cells[rate.key],), (cells[change.key],), per=(cells[before.key],)
            )


def _columns(block: Block, roles: Sequence[Role], compared: Column, like: _Like) -> list[Column]:
    return [column for column in block.columns.values() if column.coordinates.role in roles and like(compared, column)]


def _same_tail(one: Column, other: Column) -> bool:
    """Whether two columns stand at the same place under their years: 2022年 / 会议费 and 增减 / 会议费."""
    return len(one.path) > 1 and one.path[1:] == other.path[1:]


def _same_measure(one: Column, other: Column) -> bool:
    mine, its = one.coordinates, other.coordinates
    return (mine.side, mine.fund, mine.spending, mine.vintage) == (its.side, its.fund, its.spending, its.vintage)
