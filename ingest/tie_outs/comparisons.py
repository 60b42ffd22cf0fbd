"""The tie-outs that vocabulary/tie_outs.yaml states: figures of different tables, and named cells of one table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.facts import Absence, DocumentFacts, Fact, Fund, Level, Origin, Vintage
from ingest.labels import label_key
from ingest.numbers.quantities import YUAN
from ingest.tables.coordinates import coordinates_of_words
from ingest.tables.words import is_total
from ingest.tie_outs.equations import Equation, Outcome, equation_to_outcome, value_of
from ingest.tie_outs.rules import Condition, Join, Rule, Selector, Split, TieOutRules
from ingest.tie_outs.table_blocks import AS_PRINTED, Block, Line

_CODE = re.compile(r"\d{3,}")


@dataclass(frozen=True)
class Tables:
    """What selectors choose from."""

    facts: Sequence[Fact]
    blocks: Sequence[Block]
    rules: TieOutRules

    def indexes(self, kinds: Sequence[str] | None = None) -> list[int]:
        """The tables' cells in reading order; `kinds`: of these kinds of table only."""
        chosen = self._by_kind if kinds is None else {*kinds} & self._by_kind.keys()
        return sorted(index for kind in chosen for index in self._by_kind[kind])

    @cached_property
    def _by_kind(self) -> Mapping[str, list[int]]:
        kinds: dict[str, list[int]] = defaultdict(list)
        for index, fact in enumerate(self.facts):
            if fact.origin is Origin.TABLE and fact.field != AS_PRINTED:
                kinds[fact.table_kind].append(index)
        return kinds

    def matching(self, selector: Selector) -> list[int]:
        """The cells that a selector's tables and coordinates choose, whatever their row."""
        return [index for index in self.indexes(selector.tables) if _matches(selector, self.facts[index])]


def document_to_comparisons(document: DocumentFacts, blocks: Sequence[Block], rules: TieOutRules) -> list[Outcome]:
    """Every rule of the YAML that applies to this document, evaluated."""
    tables = Tables(document.facts, blocks, rules)
    outcomes: list[Outcome] = []
    for key, rule in rules.between.items():
        if all(_is_met(condition, tables) for condition in rule.when):
            outcomes.extend(_rule_outcomes(key, rule, tables))
    for key, split in rules.splits.items():
        outcomes.extend(_split_outcomes(key, split, tables))
    return outcomes


def _matches(selector: Selector, fact: Fact) -> bool:
    its = fact.coordinates
    if its.role not in selector.role:
        return False
    if any(word in fact.table for word in selector.untitled):
        return False
    wanted = (
        (selector.side, its.side),
        (selector.fund, its.fund),
        (selector.spending, its.spending),
        (selector.vintage, its.vintage),
        (selector.period, its.period),
    )
    return not any(allowed and value not in allowed for allowed, value in wanted)


def select(selector: Selector, tables: Tables) -> list[tuple[int, ...]]:
    """The figures a selector means, each as the cells that make it up; several are the same figure printed again."""
    found = tables.matching(selector)
    if selector.row:
        found = _named(selector.row, found, tables)
    if selector.whole:
        return _wholes(_in_tables_of_their_own(found, selector, tables), tables)
    if selector.sum:
        columns: dict[tuple[int | None, tuple[str, ...]], list[int]] = defaultdict(list)
        for index in found:
            columns[tables.facts[index].table_index, tables.facts[index].column].append(index)
        largest = max(columns.values(), key=lambda cells: _amount(cells, tables.facts), default=[])
        return [tuple(largest)] if largest else []
    return _same_figure(found, tables.facts)


def _in_tables_of_their_own(found: list[int], selector: Selector, tables: Tables) -> list[int]:
    """Carried-over money that is the whole of its table, rather than a column beside a total that takes it in."""
    if selector.vintage != (Vintage.CARRIED_OVER,):
        return found
    everything = selector.model_copy(update={"vintage": (Vintage.ALL,)})
    beside = {tables.facts[index].table_index for index in tables.matching(everything)}
    return [index for index in found if tables.facts[index].table_index not in beside]


def candidates(selector: Selector, tables: Tables) -> list[tuple[int, ...]]:
    """Every single cell that a selector may mean, or the wholes of its tables."""
    if selector.whole:
        return select(selector, tables)
    found = tables.matching(selector)
    if selector.row:
        found = _named(selector.row, found, tables) or _named_above(selector.row, found, tables)
    return [(index,) for index in found]


def _named(group: str, found: Sequence[int], tables: Tables) -> list[int]:
    """Cells whose row has one of the group's names; where no row has, those whose column has (a table on its side)."""
    rows = [index for index in found if tables.rules.is_row(group, tables.facts[index].row)]
    if rows:
        return rows
    headed = (index for index in found if tables.facts[index].column)
    return [index for index in headed if tables.rules.is_row(group, tables.facts[index].column[-1])]


def _named_above(group: str, found: Sequence[int], tables: Tables) -> list[int]:
    """Cells whose innermost header but the fund has one of the group's names: 公务接待费 over 一般公共预算."""
    headers = ((index, header) for index in found if (header := _naming_header(tables.facts[index].column)))
    return [index for index, header in headers if tables.rules.is_row(group, header)]


def _naming_header(column: Sequence[str]) -> str:
    """The innermost header that says what the money is for; a 小计 under another says it no nearer."""
    names = [header for header in column if coordinates_of_words(header).fund is Fund.ALL] or ["", *column[-1:]]
    return names[-2] if len(names) > 1 and is_total(names[-1]) else names[-1]


def _same_figure(found: Sequence[int], facts: Sequence[Fact]) -> list[tuple[int, ...]]:
    """Cells under the first cell's label; where they differ in column, only those of its column."""
    if not found:
        return []
    first = facts[found[0]]
    alike = [i for i in found if label_key(facts[i].row) == label_key(first.row) and facts[i].column == first.column]
    return [(index,) for index in (alike if len(alike) == len(found) else alike[:1])]


def _wholes(found: Sequence[int], tables: Tables) -> list[tuple[int, ...]]:
    """For each table its total, in the column that holds most: the total line's cell, or else its lines' cells."""
    chosen = set(found)
    wholes: dict[int, tuple[int, ...]] = {}
    for block in tables.blocks:
        for column in block.columns:
            cells = tuple(line.cells[column] for line in _whole_lines(block) if column in line.cells)
            if cells and chosen.issuperset(cells):
                best = wholes.get(block.table_index)
                if best is None or _amount(cells, tables.facts) > _amount(best, tables.facts):
                    wholes[block.table_index] = cells
    return list(wholes.values())


def _whole_lines(block: Block) -> list[Line]:
    totals = [line for line in block.lines if line.is_total]
    subtotals = [line for line in block.lines if line.level is Level.SUBTOTAL and line.parent is None]
    return totals[-1:] or subtotals[-1:] or [leaf for line in block.top_lines for leaf in line.leaves()]


def _amount(cells: Sequence[int], facts: Sequence[Fact]) -> Decimal:
    return sum((value_of(facts[index]) or Decimal(0) for index in cells), Decimal(0))


def _is_met(condition: Condition, tables: Tables) -> bool:
    for selector in condition.zero:
        if any(value_of(tables.facts[index]) for index in tables.matching(selector)):
            return False
    if condition.equal is not None:
        sides = [select(selector, tables) for selector in condition.equal]
        if not all(sides):
            return False
        outcome = equation_to_outcome(Equation("", "", sides[0][0], sides[1][0]), tables.facts)
        return outcome is not None and outcome.holds
    return True


def _rule_outcomes(key: str, rule: Rule, tables: Tables) -> Iterator[Outcome]:
    if rule.each is not Join.NONE:
        yield from _joined_outcomes(key, rule, tables)
        return
    rights = [side for parts in (rule.right, *rule.otherwise) for side in _side(parts, tables)]
    for left in _side(rule.left, tables):
        yield from _best(key, rule, left, rights, tables)


def _best(
    key: str, rule: Rule, left: tuple[int, ...], rights: Sequence[tuple[int, ...]], tables: Tables
) -> Iterator[Outcome]:
    """One that holds if there is one, else the first: alternatives are other ways to draw up the same table."""
    equations = [
        Equation(key, rule.says, left, right, rule.at_most, rule.soft) for right in rights if set(left) != set(right)
    ]
    outcomes = [o for equation in equations if (o := equation_to_outcome(equation, tables.facts)) is not None]
    holding = [outcome for outcome in outcomes if outcome.holds]
    if rule.otherwise:
        yield from (holding or outcomes)[:1]
    else:
        yield from outcomes


def _side(selectors: Sequence[Selector], tables: Tables) -> list[tuple[int, ...]]:
    """The cells of one side; several when a figure is printed several times. Empty if a figure is missing."""
    sides: list[tuple[int, ...]] = [()]
    for selector in selectors:
        figures = select(selector, tables)
        if not figures and not selector.optional:
            return []
        if len(selectors) > 1:
            figures = figures[:1]
        sides = [(*side, *figure) for side in sides for figure in figures or [()]]
    return [side for side in sides if side]


def _joined_outcomes(key: str, rule: Rule, tables: Tables) -> Iterator[Outcome]:
    """The rule for each row that both sides have."""
    lefts = [_by_row(selector, rule.each, tables) for selector in rule.left]
    rights = [_by_row(selector, rule.each, tables) for selector in rule.right]
    for row in lefts[0]:
        sides = []
        for selectors, found in ((rule.left, lefts), (rule.right, rights)):
            missing = any(row not in rows and not s.optional for s, rows in zip(selectors, found, strict=True))
            sides.append(() if missing else tuple(index for rows in found for index in rows.get(row, ())))
        if not all(sides):
            continue
        about = f"{rule.says}「{tables.facts[sides[0][0]].row}」"
        outcome = equation_to_outcome(Equation(key, about, sides[0], sides[1], rule.at_most, rule.soft), tables.facts)
        if outcome is not None:
            yield outcome


def _by_row(selector: Selector, join: Join, tables: Tables) -> Mapping[str, tuple[int, ...]]:
    """Cells by their row's code or label; a code printed on several rows is their sum."""
    rows: dict[str, list[int]] = defaultdict(list)
    for index in tables.matching(selector):
        fact = tables.facts[index]
        if fact.coordinates.level in (Level.TOTAL, Level.OF_WHICH):
            continue
        row = fact.row_code if join is Join.CODE else label_key(fact.row)
        if row and (join is Join.LABEL or _CODE.fullmatch(row)):
            rows[row].append(index)
    return {row: tuple(cells) for row, cells in rows.items() if _one_column(cells, tables.facts)}


def _one_column(cells: Sequence[int], facts: Sequence[Fact]) -> bool:
    """A row met in several tables or columns is no single figure."""
    return len({(facts[index].table_index, facts[index].column) for index in cells}) == 1


def _split_outcomes(key: str, split: Split, tables: Tables) -> Iterator[Outcome]:
    for frame, cells in _frames(split, tables).items():
        parts = tuple(cells[name] for name in split.parts if name in cells)
        if split.whole not in cells or len(parts) < 2:
            continue
        if tables.facts[cells[split.whole]].absence is Absence.DASH:
            continue  # a heading of the list, with its total in a row of its own
        about = f"《{tables.facts[cells[split.whole]].table}》{split.says}"
        outcome = equation_to_outcome(Equation(key, about, parts, (cells[split.whole],)), tables.facts)
        if outcome is None:
            continue
        if outcome.holds or len(parts) == len(split.parts) or not _fills_gap(outcome, frame, tables):
            yield outcome


Frame = tuple[str, int | None, int | None, tuple[str, ...]]  # row or column, its table, its number, header group


def _frames(split: Split, tables: Tables) -> Mapping[Frame, dict[str, int]]:
    """The named cells that stand together: in one column, or in one row under one header group."""
    frames: dict[Frame, dict[str, int]] = defaultdict(dict)
    wholes: dict[Frame, list[int]] = defaultdict(list)
    for index in tables.indexes(split.tables):
        fact = tables.facts[index]
        if fact.quantity and fact.quantity.unit != YUAN:
            continue
        for name in (split.whole, *split.parts):
            if tables.rules.is_row(name, fact.row):
                frames["column", fact.table_index, fact.column_index, ()].setdefault(name, index)
            if fact.column and tables.rules.is_row(name, fact.column[-1]):
                group = fact.column[:1] if len(fact.column) > 1 else ()
                frame = ("row", fact.table_index, fact.row_index, group)
                frames[frame].setdefault(name, index)
                if name == split.whole:
                    wholes[frame].append(index)
    for frame, found in wholes.items():
        frames[frame][split.whole] = _nearest(found, frames[frame], split, tables.facts)
    return frames


def _nearest(wholes: Sequence[int], cells: Mapping[str, int], split: Split, facts: Sequence[Fact]) -> int:
    """Of several totals in a row the one under the headers of its parts: 合计 may take in what stands beside them."""
    above = [facts[cells[name]].column[:-1] for name in split.parts if name in cells]
    return max(wholes, key=lambda index: facts[index].column[:-1] in above)


def _fills_gap(outcome: Outcome, frame: Frame, tables: Tables) -> bool:
    """Whether another cell of the frame is just what is missing: a part whose name is not known; or several cells under
    one header, parts of a part that has no cell of its own."""
    way, table, number, _ = frame
    under: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    found: list[Decimal] = []
    for index in tables.indexes():
        fact = tables.facts[index]
        place = fact.row_index if way == "row" else fact.column_index
        value = value_of(fact) if fact.table_index == table and place == number else None
        if value is not None:
            found.append(value)
            under[fact.column[:-1] if way == "row" else fact.row_path] += value
    slack = outcome.left.precision + outcome.right.precision
    return any(abs(value + outcome.gap) <= slack for value in (*found, *under.values()))
