"""A table's facts laid out again as lines and columns, so that sums can be taken down and across.

A table printed as two sides (收入 | 支出) is two blocks: the same printed row carries a label for each side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.facts import Coordinates, DocumentFacts, Fact, Level, Origin, Role
from ingest.labels import label_key

AS_PRINTED = "as_printed"  # the `field` of a fact kept only to show what the source prints before a repair


@dataclass(frozen=True, slots=True)
class Column:
    key: int
    path: tuple[str, ...]
    coordinates: Coordinates


@dataclass(slots=True, eq=False)
class Line:
    """One labelled row of a block; `cells` maps a column's key to an index into the document's facts."""

    position: int
    row_index: int
    label: str
    code: str
    path: tuple[str, ...]
    level: Level
    cells: dict[int, int] = field(default_factory=dict)
    parent: Line | None = field(default=None, repr=False)
    children: list[Line] = field(default_factory=list, repr=False)

    @property
    def is_total(self) -> bool:
        return self.level is Level.TOTAL

    @property
    def is_part_of_which(self) -> bool:
        return self.level is Level.OF_WHICH

    def leaves(self) -> Iterator[Line]:
        parts = [child for child in self.children if not child.is_part_of_which]
        if not parts:
            yield self
        for child in parts:
            yield from child.leaves()


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One side of one table. `columns` by key, in printed order."""

    table_index: int
    title: str
    kind: str
    columns: Mapping[int, Column]
    lines: tuple[Line, ...]

    @property
    def top_lines(self) -> list[Line]:
        return [line for line in self.lines if line.parent is None and not line.is_total and not line.is_part_of_which]


def document_to_blocks(document: DocumentFacts) -> list[Block]:
    """Every table of the document as blocks, in reading order; performance sheets and prose are left out."""
    by_table: dict[int, list[int]] = defaultdict(list)
    for index, fact in enumerate(document.facts):
        if fact.origin is Origin.TABLE and fact.table_index is not None and fact.field != AS_PRINTED:
            by_table[fact.table_index].append(index)
    return [block for table, indexes in by_table.items() for block in _table_blocks(table, indexes, document.facts)]


def _table_blocks(table_index: int, indexes: Sequence[int], facts: Sequence[Fact]) -> Iterator[Block]:
    for columns in _column_groups(indexes, facts):
        members = [index for index in indexes if _column_key(facts[index]) in columns]
        first = facts[members[0]]
        yield Block(
            table_index,
            first.table,
            first.table_kind,
            {key: _column(key, members, facts) for key in sorted(columns)},
            tuple(_block_lines(members, facts)),
        )


def _column_key(fact: Fact) -> int:
    return fact.column_index if fact.column_index is not None else hash(fact.column) % 10_000 + 10_000


def _column(key: int, members: Sequence[int], facts: Sequence[Fact]) -> Column:
    fact = next(facts[index] for index in members if _column_key(facts[index]) == key)
    return Column(key, fact.column, fact.coordinates)


def _column_groups(indexes: Sequence[int], facts: Sequence[Fact]) -> list[set[int]]:
    """Columns that carry the same labels row by row belong to one block."""
    labels: dict[int, dict[int, str]] = defaultdict(dict)
    headers: dict[int, tuple[str, ...]] = {}
    unlabelled = _unlabelled_rows(indexes, facts)
    for index in indexes:
        fact = facts[index]
        label = "" if fact.row_index in unlabelled else fact.row
        labels[_column_key(fact)][fact.row_index if fact.row_index is not None else index] = label
        headers[_column_key(fact)] = fact.column
    groups: list[tuple[set[int], dict[int, str]]] = []
    for key in sorted(labels):
        for columns, known in groups:
            again = any(headers[column] == headers[key] for column in columns)
            if _agree(known, labels[key]) and not (again and _contradict(known, labels[key])):
                columns.add(key)
                known.update(labels[key])
                break
        else:
            groups.append(({key}, dict(labels[key])))
    return [columns for columns, _ in groups]


def _unlabelled_rows(indexes: Sequence[int], facts: Sequence[Fact]) -> set[int | None]:
    """Rows that print no label of their own: each cell is called by its own column's header."""
    rows: dict[int | None, list[Fact]] = defaultdict(list)
    for index in indexes:
        rows[facts[index].row_index].append(facts[index])
    return {
        row
        for row, cells in rows.items()
        if len({fact.row for fact in cells}) > 1 and all(fact.row in fact.column for fact in cells)
    }


def _agree(known: Mapping[int, str], other: Mapping[int, str]) -> bool:
    """Most rows that both columns fill carry one label; a row merged differently in one column does not divide them."""
    shared = known.keys() & other.keys()
    return bool(shared) and 2 * sum(known[row] == other[row] for row in shared) > len(shared)


def _contradict(known: Mapping[int, str], other: Mapping[int, str]) -> bool:
    """Whether any row has two labels: under one header printed twice, two lists stand side by side."""
    return any(known[row] != other[row] for row in known.keys() & other.keys())


def _block_lines(members: Sequence[int], facts: Sequence[Fact]) -> list[Line]:
    lines: dict[tuple[int, str], Line] = {}
    unlabelled = _unlabelled_rows(members, facts)
    for index in members:
        fact = facts[index]
        key = (fact.row_index if fact.row_index is not None else -1, fact.row if fact.row_index is None else "")
        line = lines.get(key)
        if line is None:
            row = fact.row_index if fact.row_index is not None else len(lines)
            if fact.row_index in unlabelled:
                line = lines[key] = Line(0, row, "", "", (), Level.UNKNOWN)
            else:
                line = lines[key] = Line(0, row, fact.row, fact.row_code, fact.row_path, fact.coordinates.level)
        if fact.coordinates.role is not Role.TEXT:
            line.cells.setdefault(_column_key(fact), index)
    ordered = sorted(lines.values(), key=lambda line: line.row_index)
    for position, line in enumerate(ordered):
        line.position = position
    _set_parents(ordered)
    return ordered


def _set_parents(lines: Sequence[Line]) -> None:
    for position, line in enumerate(lines):
        if line.is_total:
            continue
        line.parent = _parent_by_code(lines, position) or _parent_by_path(lines, position)
        if line.parent is not None:
            line.parent.children.append(line)


def _parent_by_code(lines: Sequence[Line], position: int) -> Line | None:
    """The nearest line above whose code begins this one's; the search ends at a line that is not below it."""
    code = lines[position].code
    if not code:
        return None
    for above in reversed(lines[:position]):
        if above.code and len(above.code) < len(code) and code.startswith(above.code):
            return above
        if above.code and len(above.code) <= 3 < len(code):
            return None
    return None


def _parent_by_path(lines: Sequence[Line], position: int) -> Line | None:
    """The nearest line above that bears the innermost label of the path that any line bears, where the path has it."""
    path = lines[position].path
    for depth in reversed(range(len(path))):
        wanted = label_key(path[depth])
        higher = (above for above in reversed(lines[:position]) if len(above.path) <= depth)
        found = next((above for above in higher if label_key(above.label) == wanted), None)
        if found is not None:
            return found
    return None
