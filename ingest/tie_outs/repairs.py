"""Mending a table whose values stand one row off their labels, only where the table's own sums prove it completely.

Without a complete proof nothing is moved. What the source prints stays in the ledger beside the mended reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.facts import Absence, Fact, Level, Status, TableRecord
from ingest.labels import label_key
from ingest.numbers.quantities import Quantity
from ingest.tie_outs.equations import shown, value_of
from ingest.tie_outs.rules import TieOutRules
from ingest.tie_outs.table_blocks import AS_PRINTED, Block, Line

_LONGEST_TABLE = 120
_NEEDED_PROOFS = 2


@dataclass(frozen=True, slots=True)
class Tree:
    """The lines' hierarchy as far as names tell: for each line the position of its class, None for a class itself."""

    parents: tuple[int | None, ...]

    @property
    def classes(self) -> list[int]:
        return [position for position, parent in enumerate(self.parents) if parent is None]

    def items(self, position: int) -> list[int]:
        return [index for index, parent in enumerate(self.parents) if parent == position]


@dataclass(frozen=True, slots=True)
class Shift:
    """Values of lines `start`…`end` belong `step` lines further (−1: one line up); `displaced` is left without a label,
    `unfilled` without a value."""

    start: int
    end: int
    step: int

    @property
    def displaced(self) -> int:
        return self.start if self.step < 0 else self.end

    @property
    def unfilled(self) -> int:
        return self.end if self.step < 0 else self.start

    def source_of(self, position: int) -> int | None:
        """The line that prints the value belonging to this line; None for the unfilled one."""
        if not self.start <= position <= self.end:
            return position
        return None if position == self.unfilled else position - self.step


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposed mending: the shift, the sums that then hold, and the value that the sums give the unfilled line."""

    block: Block
    tree: Tree
    shift: Shift
    proofs: tuple[str, ...]
    derived: Mapping[int, Decimal]  # column key → value of the unfilled line


def block_to_repair(block: Block, table: TableRecord, facts: Sequence[Fact], rules: TieOutRules) -> Repair | None:
    """The one shift after which every sum of the block holds; None if there is none, or more than one reading."""
    lines = block.lines
    if not 4 <= len(lines) <= _LONGEST_TABLE or any(line.is_total for line in lines[1:-1]):
        return None
    found: dict[tuple[Decimal, ...], Repair] = {}
    for tree in _trees(block, table, rules):
        for shift in _shifts(len(lines)):
            repair = _proved(block, tree, shift, facts)
            if repair is not None:
                reading = tuple(_reading(repair, key, facts) for key in block.columns)
                found.setdefault(tuple(value for column in reading for value in column), repair)
        if found:
            break
    return next(iter(found.values())) if len(found) == 1 else None


def _shifts(count: int) -> Iterator[Shift]:
    """The whole table first; then shorter runs that begin at the top or finish at the bottom."""
    for step in (-1, 1):
        yield Shift(0, count - 1, step)
        for length in range(count - 1, 3, -1):
            yield Shift(0, length - 1, step)
            yield Shift(count - length, count - 1, step)


def _trees(block: Block, table: TableRecord, rules: TieOutRules) -> Iterator[Tree]:
    """Possible hierarchies: the labels' own, a second label column that only items fill, the standard class names."""
    lines = block.lines
    known = [line.parent.position if line.parent else None for line in lines]
    flags = [
        [line.is_total or bool(line.children) for line in lines],
        _classes_by_second_label(block, table),
        [label_key(line.label) in rules.economic_classes for line in lines],
    ]
    if any(parent is not None for parent in known):
        yield Tree(tuple(known))
    for is_class in flags:
        if any(is_class) and not all(is_class) and is_class[0]:
            yield Tree(tuple(_nearest_class(is_class)))


def _nearest_class(is_class: Sequence[bool]) -> Iterator[int | None]:
    current: int | None = None
    for position, flag in enumerate(is_class):
        if flag:
            current = position
        yield None if flag else current


def _classes_by_second_label(block: Block, table: TableRecord) -> list[bool]:
    """A label column that is empty in some lines and filled in the others marks the empty ones as classes."""
    rows = [table.rows[line.row_index] if line.row_index < len(table.rows) else () for line in block.lines]
    width = min((len(row) for row in rows), default=0)
    for column in range(width):
        texts = [row[column].strip() for row in rows]
        if column in block.columns or any(any(mark.isdigit() for mark in text) for text in texts):
            continue
        if any(texts) and not all(texts):
            return [not text for text in texts]
    return [False] * len(rows)


def _reading(repair: Repair, key: int, facts: Sequence[Fact]) -> Iterator[Decimal]:
    """The column as it reads after the repair, what the sums derive included: two shifts may come to the same."""
    for position in range(len(repair.block.lines)):
        source = repair.shift.source_of(position)
        if source is None:
            yield repair.derived.get(key, Decimal(0))
        else:
            yield _printed(repair.block.lines[source], key, facts)


def _printed(line: Line, key: int, facts: Sequence[Fact]) -> Decimal:
    index = line.cells.get(key)
    return (value_of(facts[index]) or Decimal(0)) if index is not None else Decimal(0)


def _proved(block: Block, tree: Tree, shift: Shift, facts: Sequence[Fact]) -> Repair | None:
    proofs: list[str] = []
    derived: dict[int, Decimal] = {}
    for key in block.columns:
        printed = [_printed(line, key, facts) for line in block.lines]
        if not any(printed):
            continue
        filled = (facts[line.cells[key]].quantity for line in block.lines if key in line.cells)
        unit = next(quantity.unit for quantity in filled if quantity is not None)
        column = _column_proofs(block, tree, shift, printed, unit)
        if column is None:
            return None
        proofs.extend(text for text in column[0] if text not in proofs)
        derived[key] = column[1]
    if not derived or len(proofs) < _NEEDED_PROOFS:
        return None
    return Repair(block, tree, shift, tuple(proofs), derived)


def _column_proofs(
    block: Block, tree: Tree, shift: Shift, printed: Sequence[Decimal], unit: str
) -> tuple[list[str], Decimal] | None:
    """The sums that hold in one column after the shift, and the unfilled line's value; None if any sum fails."""
    total_line = next((line.position for line in block.lines if line.is_total), None)
    sources = [shift.source_of(position) for position in range(len(printed))]
    values = [None if source is None else printed[source] for source in sources]
    derived = _solve(tree, values, shift.unfilled)
    if derived is None:
        return None
    values[shift.unfilled] = derived
    full = [value if value is not None else Decimal(0) for value in values]
    displaced = printed[shift.displaced]
    total = displaced if total_line is None else full[total_line]
    if total_line is not None and displaced != 0:
        return None
    proofs: list[str] = []
    for position in tree.classes:
        items = [full[index] for index in tree.items(position)]
        if not items or position == total_line:
            continue
        if sum(items) != full[position]:
            return None
        if shift.unfilled not in (position, *tree.items(position)) and full[position]:
            proofs.append(_proof(block.lines[position].label, items, full[position], unit))
    classes = [full[position] for position in tree.classes if position != total_line]
    if sum(classes) != total:
        return None
    return [*proofs, _proof("合计", classes, total, unit)], derived


def _solve(tree: Tree, values: Sequence[Decimal | None], unfilled: int) -> Decimal | None:
    """The unfilled line's value from the one sum it stands in."""
    parent = tree.parents[unfilled]
    if parent is None:
        return sum((values[index] or Decimal(0) for index in tree.items(unfilled)), Decimal(0))
    whole = values[parent]
    if whole is None:
        return None
    rest = whole - sum((values[i] or Decimal(0) for i in tree.items(parent) if i != unfilled), Decimal(0))
    return rest if rest >= 0 else None


def _proof(label: str, parts: Sequence[Decimal], total: Decimal, unit: str) -> str:
    terms = " + ".join(shown(Quantity(part, unit, precision=Decimal(1))) for part in parts if part)
    return f"{label} = {terms} = {shown(Quantity(total, unit, precision=Decimal(1)))}"


def repair_to_facts(repair: Repair, facts: Sequence[Fact], rules: TieOutRules) -> tuple[dict[int, Fact], list[Fact]]:
    """(replaced facts by index, new facts): what is printed turns doubtful, the mended reading is added beside it."""
    replaced: dict[int, Fact] = {}
    added: list[Fact] = []
    lines, shift = repair.block.lines, repair.shift
    for line in lines[shift.start : shift.end + 1]:
        for key, index in line.cells.items():
            replaced[index] = _as_printed(facts[index], repair, line)
            source = shift.source_of(line.position)
            if source is None:
                added.append(_derived(facts[index], repair, line, key))
            elif (origin := lines[source].cells.get(key)) is not None:
                added.append(_mended(facts[origin], facts[index], repair, line))
    for index in lines[shift.displaced].cells.values():
        if facts[index].quantity is not None:
            added.append(_total(facts[index], rules))
    return replaced, added


def _as_printed(fact: Fact, repair: Repair, line: Line) -> Fact:
    position = line.position + repair.shift.step
    target = repair.block.lines[position].label if repair.shift.start <= position <= repair.shift.end else "合计"
    if fact.quantity is None:
        return replace(fact, field=AS_PRINTED, status=Status.DOUBTFUL)
    warning = f"原表此行印作 {fact.printed}；按合计勾稽，本表数值与行名错开一行，此数属于「{target}」。"
    return replace(fact, field=AS_PRINTED, status=Status.DOUBTFUL, warnings=(*fact.warnings, warning))


def _mended(value: Fact, label: Fact, repair: Repair, line: Line) -> Fact:
    """The value of one printed cell under the label it belongs to; its place is where the source prints it."""
    parent = repair.tree.parents[line.position]
    path = label.row_path or (() if parent is None else (repair.block.lines[parent].label,))
    level = Level.CLASS if parent is None else Level.ITEM
    own = label.printed if label.printed else "空白"
    warning = f"原表此处印作 {own}；数值与行名错开一行，按合计勾稽还原为 {value.printed}（印在「{value.row}」行）。"
    return replace(
        value,
        row=label.row,
        row_path=path,
        row_code=label.row_code,
        coordinates=replace(label.coordinates, level=label.coordinates.level or level),
        status=Status.REPAIRED,
        warnings=(*value.warnings, warning) if value.quantity is not None else value.warnings,
    )


def _derived(fact: Fact, repair: Repair, line: Line, key: int) -> Fact:
    """The line whose own value was pushed out: kept if it prints what the sums ask for, else lost in the source."""
    value = repair.derived.get(key, Decimal(0))
    parent = repair.tree.parents[line.position]
    path = fact.row_path or (() if parent is None else (repair.block.lines[parent].label,))
    level = fact.coordinates.level or (Level.CLASS if parent is None else Level.ITEM)
    fact = replace(fact, row_path=path, coordinates=replace(fact.coordinates, level=level), status=Status.REPAIRED)
    if value_of(fact) == value:
        warning = f"本表数值与行名错开一行；此行数值按合计勾稽应为 {fact.printed}，与所印相同。"
        return replace(fact, warnings=(*fact.warnings, warning)) if value else fact
    unit = fact.quantity.unit if fact.quantity else ""
    amount = shown(Quantity(value, unit, precision=Decimal(1)))
    warning = f"本表数值与行名错开一行，此行的数值在原文中丢失；按合计勾稽应为 {amount}。"
    return replace(fact, quantity=None, absence=Absence.LOST, warnings=(*fact.warnings, warning))


def _total(fact: Fact, rules: TieOutRules) -> Fact:
    """The grand total whose label the source has lost."""
    warning = f"原表印在「{fact.row}」行；数值与行名错开一行，按合计勾稽还原，这是行名丢失的合计。"
    coordinates = replace(fact.coordinates, level=Level.TOTAL)
    return replace(
        fact,
        row=rules.total_label,
        row_path=(),
        row_code="",
        coordinates=coordinates,
        status=Status.REPAIRED,
        warnings=(*fact.warnings, warning),
    )
