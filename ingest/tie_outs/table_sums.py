"""The sums a table must hold by its own structure: lines under a label, totals over lines, columns under a header.

Which lines a total takes in differs by province. Several schemes are tried on every column of the table; the one that
most columns confirm is the table's, and a column that fails it is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from ingest.facts import Absence, Fact, Level, Role
from ingest.labels import label_key
from ingest.numbers.quantities import PERCENT
from ingest.tables.words import is_organisation
from ingest.tie_outs.equations import Equation, Outcome, equation_to_outcome, is_filled, value_of
from ingest.tie_outs.rules import TieOutRules
from ingest.tie_outs.table_blocks import Block, Column, Line

_SUMMED_ROLES = (Role.AMOUNT, Role.LAST_YEAR, Role.EXECUTED, Role.BUDGETED, Role.COUNT)
_LEVELS = (2, 3, 4)  # that a list may print without telling them apart
_ENOUGH_LINES = 6  # lines, over all columns, that do not come to such a multiple by chance
Scheme = Callable[[Sequence[Line], Line], list[Line]]


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcomes of one way to take a sum, one for each column or line it was tried on."""

    outcomes: tuple[Outcome, ...]

    @property
    def held(self) -> int:
        return sum(outcome.holds and outcome.right.number != 0 for outcome in self.outcomes)

    @property
    def failed(self) -> int:
        return sum(not outcome.holds for outcome in self.outcomes)


def block_to_outcomes(
    block: Block, facts: Sequence[Fact], rules: TieOutRules, others: Sequence[Block] = ()
) -> list[Outcome]:
    """Every sum of one block, evaluated; `others` are the document's other blocks: those of the same table may be taken
    into one total, and those of other tables show which lines a class has."""
    beside = [other for other in others if other.table_index == block.table_index]
    divided = {
        line.code for other in others if other not in beside for line in other.lines if line.code and line.children
    }
    return [
        *_parts(block, facts),
        *_groups(block, facts),
        *_childless(block, facts, divided),
        *_totals(block, facts, beside),
        *_across(block, facts, rules),
    ]


def _cells(lines: Sequence[Line], key: int) -> tuple[int, ...]:
    return tuple(line.cells[key] for line in lines if key in line.cells)


def _summed_columns(block: Block) -> list[Column]:
    return [column for column in block.columns.values() if column.coordinates.role in _SUMMED_ROLES]


def _try(equations: Iterator[Equation], facts: Sequence[Fact]) -> Trial:
    outcomes = (equation_to_outcome(equation, facts) for equation in equations)
    return Trial(tuple(outcome for outcome in outcomes if outcome is not None and outcome.left.unit != PERCENT))


def _parts(block: Block, facts: Sequence[Fact]) -> Iterator[Outcome]:
    """A line is the sum of the lines below it; lines marked 其中 must at least not exceed it."""
    for line in block.lines:
        parts = [child for child in line.children if not child.is_part_of_which]
        which = [child for child in line.children if child.is_part_of_which]
        filled = any(is_filled(facts[index]) for index in line.cells.values())
        if not filled:
            continue
        if parts:
            yield from _told(_parts_trial(block, line, parts, facts).outcomes, facts)
        elif which:
            full = _try(_down(block, "table.parts", "其中各项之和", line, which), facts)
            limit = (replace(e, at_most=True) for e in _down(block, "table.of_which", "其中各项之和", line, which))
            yield from (full if full.held and not full.failed else _try(limit, facts)).outcomes


def _told(outcomes: Sequence[Outcome], facts: Sequence[Fact]) -> list[Outcome]:
    """The sums whose parts are printed: where each part prints a dash, the column is not told by parts."""
    return [o for o in outcomes if not all(facts[index].absence is Absence.DASH for index in o.equation.left)]


def _parts_trial(block: Block, whole: Line, parts: Sequence[Line], facts: Sequence[Fact]) -> Trial:
    """The parts added up; a part that repeats the one before it may be the same line printed at two levels."""
    trial = _try(_down(block, "table.parts", "下级之和", whole, parts), facts)
    pairs = pairwise(parts)
    again = [later for line, later in pairs if later.code == line.code and _same(line, later, facts)]
    if not trial.failed or not again:
        return trial
    once = _try(_down(block, "table.parts", "下级之和", whole, [part for part in parts if part not in again]), facts)
    return once if not once.failed else trial


def _same(line: Line, other: Line, facts: Sequence[Fact]) -> bool:
    return line.label == other.label and _numbers(line, facts) == _numbers(other, facts)


def _groups(block: Block, facts: Sequence[Fact]) -> Iterator[Outcome]:
    """A 小计 is the sum of the other lines of its group, where the group has a label of its own."""
    for subtotal in block.lines:
        if subtotal.level is not Level.SUBTOTAL or not subtotal.path:
            continue
        parts = [line for line in block.lines if line.path == subtotal.path and line.level is Level.ITEM]
        if parts:
            yield from _try(_down(block, "table.parts", "各行之和", subtotal, parts), facts).outcomes


def _down(block: Block, rule: str, what: str, whole: Line, parts: Sequence[Line]) -> Iterator[Equation]:
    for column in _summed_columns(block):
        left = _cells(parts, column.key)
        if column.key in whole.cells and (left or whole.children):
            about = f"《{block.title}》「{whole.label}」{_column_name(block, column)}的{what}"
            yield Equation(rule, about, left, (whole.cells[column.key],))


def _column_name(block: Block, column: Column) -> str:
    return f"（{'/'.join(column.path)}）" if len(block.columns) > 1 and column.path else ""


def _childless(block: Block, facts: Sequence[Fact], divided: Container[str]) -> Iterator[Outcome]:
    """A class without any line below it, where all its like have some and another table prints lines below it: they have
    been lost. Its own figure need not be wrong. Without such a table it may be a class that has no lines, or they are
    secret."""
    longest = max((len(line.code) for line in block.lines), default=0)
    for line in block.lines:
        if line.children or line.code not in divided or not 0 < len(line.code) < longest:
            continue
        alike = [other for other in block.lines if other is not line and len(other.code) == len(line.code)]
        if len(alike) < 2 or not all(other.children for other in alike):
            continue
        for index in line.cells.values():
            about = f"《{block.title}》「{line.label}」没有下级行，其下级之和"
            yield from _try(iter([Equation("table.parts", about, (), (index,), soft=True)]), facts).outcomes


def _totals(block: Block, facts: Sequence[Fact], beside: Sequence[Block]) -> Iterator[Outcome]:
    """Totals over lines; a line that repeats its total (the department under 合计) must be the sum of the rest too."""
    for line in block.lines:
        if not any(is_filled(facts[index]) for index in line.cells.values()):
            continue
        if line.is_total and line.children:
            continue  # told with the parts
        if line.is_total or _is_summary(line) or _repeats_total(block, line, facts):
            best = _best_trial(block, line, facts)
            if best.failed and not best.held:
                trials = [_wider_trial(block, line, beside, facts, headers) for headers in (None, 1)]
                best = next((trial for trial in trials if trial.held and not trial.failed), best)
            yield from best.outcomes


def _wider_trial(
    block: Block, total: Line, beside: Sequence[Block], facts: Sequence[Fact], headers: int | None
) -> Trial:
    """The total over the lines before it and over those of the blocks beside that print the same headers, the innermost
    `headers` of them: 公用经费合计 under the second of two lists of 公用经费; 合计 under 人员经费 and 公用经费."""
    own = block.top_lines if headers else _lines_before(block.lines, total)
    equations = []
    for column in _summed_columns(block):
        path = column.path[-headers:] if headers else column.path
        others = [
            (other, key)
            for other in beside
            for key, its in other.columns.items()
            if (its.path[-headers:] if headers else its.path) == path
        ]
        cells = [index for other, key in others for index in _cells(other.top_lines, key)]
        if cells and column.key in total.cells:
            about = f"《{block.title}》「{total.label}」{_column_name(block, column)}的各行之和"
            left = (*_cells(own, column.key), *cells)
            equations.append(Equation("table.total", about, left, (total.cells[column.key],)))
    return _try(iter(equations), facts)


def _best_trial(block: Block, total: Line, facts: Sequence[Fact]) -> Trial:
    """The scheme that most columns confirm; where none does, the usual one that takes in two lines or more."""
    ways = [lines for scheme in _SCHEMES if (lines := scheme(block.lines, total))]
    trials = [_try(_down(block, "table.total", "各行之和", total, lines), facts) for lines in ways]
    best = max(trials, key=lambda trial: (trial.held, -trial.failed), default=Trial(()))
    if best.held:
        return best
    usual = ((lines, trial) for lines, trial in zip(ways, trials, strict=True) if len(lines) > 1 and trial.outcomes)
    lines, told = next(usual, ([], best))
    return Trial(()) if _takes_levels_together(told, len(lines)) else told


def _takes_levels_together(trial: Trial, lines: int) -> bool:
    """Whether every sum is the same multiple of its total, so that two levels or more, each of which adds up, stand in the
    list with nothing to tell them apart."""
    sums = [(each.left.number, each.right.number) for each in trial.outcomes if each.left.number or each.right.number]
    if not sums or lines * len(sums) < _ENOUGH_LINES:
        return False
    return any(all(left == level * right for left, right in sums) for level in _LEVELS)


def _is_summary(line: Line) -> bool:
    return line.level is Level.SUBTOTAL and not line.path and not line.children


def _repeats_total(block: Block, line: Line, facts: Sequence[Fact]) -> bool:
    above = block.lines[line.position - 1] if line.position else None
    if above is None or not above.is_total or line.children or line.parent is not None:
        return False
    return _numbers(line, facts) == _numbers(above, facts) and len(block.lines) > line.position + 2


def _numbers(line: Line, facts: Sequence[Fact]) -> dict[int, Decimal]:
    return {key: number for key, index in line.cells.items() if (number := value_of(facts[index]))}


def _between(lines: Sequence[Line], start: int, end: int, total: Line) -> list[Line]:
    return [
        line
        for line in lines[start:end]
        if line is not total
        and not line.is_total
        and line.level is not Level.SUBTOTAL
        and not line.is_part_of_which
        and (line.parent is None or line.parent.is_total)
    ]


def _previous_total(lines: Sequence[Line], total: Line) -> Line | None:
    return next((line for line in reversed(lines[: total.position]) if line.is_total), None)


def _lines_before(lines: Sequence[Line], total: Line) -> list[Line]:
    previous = _previous_total(lines, total)
    return _between(lines, previous.position + 1 if previous else 0, total.position, total)


def _running_total(lines: Sequence[Line], total: Line) -> list[Line]:
    previous = _previous_total(lines, total)
    since = _between(lines, previous.position + 1, total.position, total) if previous else []
    return [previous, *since] if previous and since else []


def _lines_after(lines: Sequence[Line], total: Line) -> list[Line]:
    following = next((line.position for line in lines[total.position + 1 :] if line.is_total), len(lines))
    return _between(lines, total.position + 1, following, total)


def _until_subtotal(lines: Sequence[Line], total: Line) -> list[Line]:
    """The lines of one group in a list of groups, each under its own subtotal."""
    following = (line.position for line in lines[total.position + 1 :] if line.is_total or line.level is Level.SUBTOTAL)
    return _between(lines, total.position + 1, next(following, len(lines)), total)


def _all_lines(lines: Sequence[Line], total: Line) -> list[Line]:
    return _between(lines, 0, len(lines), total)


def _all_before(lines: Sequence[Line], total: Line) -> list[Line]:
    return _between(lines, 0, total.position, total)


def _all_leaves(lines: Sequence[Line], total: Line) -> list[Line]:
    return [leaf for line in _all_lines(lines, total) for leaf in line.leaves()]


def _repeated(lines: Sequence[Line], total: Line) -> list[Line]:
    """合计 printed again on the next page or at the end."""
    if not total.is_total:
        return []
    before = (line for line in lines[: total.position] if line.is_total)
    same = [line for line in before if label_key(line.label) == label_key(total.label)]
    return same[:1]


def _subtotals(lines: Sequence[Line], total: Line) -> list[Line]:
    return [line for line in lines if line.level is Level.SUBTOTAL and line is not total]


def _below_heading(lines: Sequence[Line], total: Line) -> list[Line]:
    """A first line such as 一、本年支出 sums up those after it without standing out from them."""
    return _all_before(lines, total)[1:]


def _first_line(lines: Sequence[Line], total: Line) -> list[Line]:
    """A unit line below the total repeats it, and everything else hangs below the unit."""
    following = list(lines[total.position + 1 : total.position + 2])
    return [line for line in following if not line.is_total]


def _organisations(lines: Sequence[Line], total: Line) -> list[Line]:
    """In a list of offices and what is theirs, the offices."""
    return [line for line in _all_lines(lines, total) if is_organisation(line.label)]


def _above_organisations(lines: Sequence[Line], total: Line) -> list[Line]:
    """In such a list, the kinds that the offices stand under: 货物, 工程, 服务."""
    outermost = [line for line in _all_lines(lines, total) if not line.path and not is_organisation(line.label)]
    return outermost if _organisations(lines, total) else []


_SCHEMES: tuple[Scheme, ...] = (
    _lines_before,
    _lines_after,
    _until_subtotal,
    _running_total,
    _all_before,
    _all_lines,
    _all_leaves,
    _repeated,
    _subtotals,
    _below_heading,
    _first_line,
    _organisations,
    _above_organisations,
)


def _across(block: Block, facts: Sequence[Fact], rules: TieOutRules) -> Iterator[Outcome]:
    """A column headed 合计 or 小计 is the sum of the columns it spans."""
    for total in _summed_columns(block):
        trials = []
        for parts in (*_parts_by_meaning(block, total, rules), _parts_by_header(block, total, rules)):
            if parts:
                trials.append(_try(_sideways(block, total, parts), facts))
        accepted = [trial for trial in trials if trial.held > trial.failed]
        if accepted:
            yield from max(accepted, key=lambda trial: (trial.held, -trial.failed)).outcomes
        elif len(block.lines) == 1:
            yield from _across_one_line(block, total, facts, rules)


def _across_one_line(block: Block, total: Column, facts: Sequence[Fact], rules: TieOutRules) -> Iterator[Outcome]:
    """A table of one line has no second one to confirm what its 合计 takes in; it may leave one group out."""
    parts = _parts_by_header(block, total, rules)
    ways = [parts, *([other for other in parts if other is not part] for part in parts)] if len(parts) > 2 else []
    outcomes = [outcome for way in ways for outcome in _try(_sideways(block, total, way), facts).outcomes]
    yield from ([outcome for outcome in outcomes if outcome.holds] or outcomes)[:1]


def _sideways(block: Block, total: Column, parts: Sequence[Column]) -> Iterator[Equation]:
    for line in block.lines:
        left = tuple(line.cells[column.key] for column in parts if column.key in line.cells)
        if left and total.key in line.cells:
            about = f"《{block.title}》「{line.label}」行的{'/'.join(total.path)}与分列之和"
            yield Equation("table.across", about, left, (line.cells[total.key],))


def _parts_by_meaning(block: Block, total: Column, rules: TieOutRules) -> Iterator[list[Column]]:
    """Columns that split the total along one dimension (fund, spending, vintage), all else being equal, in each way known."""
    for dimension, partitions in rules.partitions.items():
        value = str(getattr(total.coordinates, dimension))
        for names in partitions.get(value, ()):
            columns = [c for c in _summed_columns(block) if _differs_only(total, c, dimension, names)]
            columns = [c for c in columns if not (c.path and rules.is_of_which(c.path[-1]))]
            if len(columns) > 1:
                yield columns


def _differs_only(total: Column, other: Column, dimension: str, names: Sequence[str]) -> bool:
    mine, its = total.coordinates, other.coordinates
    if other.key == total.key or str(getattr(its, dimension)) not in names:
        return False
    rest = [name for name in ("side", "fund", "spending", "vintage", "role", "period", "year") if name != dimension]
    return all(getattr(mine, name) == getattr(its, name) for name in rest)


def _parts_by_header(block: Block, total: Column, rules: TieOutRules) -> list[Column]:
    """Columns under the same header as one headed 合计; a group among them counts by its own 小计."""
    if not total.path or not rules.is_total_label(total.path[-1]):
        return []
    prefix = total.path[:-1]
    inside = [
        column
        for column in _summed_columns(block)
        if column.key != total.key
        and column.path[: len(prefix)] == prefix
        and column.coordinates.role == total.coordinates.role
        and not any(rules.is_of_which(part) for part in column.path[len(prefix) :])
    ]
    groups: dict[str, list[Column]] = {}
    for column in inside:
        name = column.path[len(prefix)] if len(column.path) > len(prefix) else str(column.key)
        groups.setdefault(name, []).append(column)
    parts: list[Column] = []
    for group in groups.values():
        subtotals = [column for column in group if rules.is_total_label(column.path[-1])]
        parts.extend(subtotals[:1] if len(group) > 1 and subtotals else group)
    return parts if len(parts) > 1 else []
