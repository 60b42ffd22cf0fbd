"""The rows of one table as a set: of one level, one side, below one row, each with the cell of the column that is meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from assistant.catalog import AS_PRINTED, Catalog
from assistant.cues import cue
from assistant.plan import Condition, Wish
from ingest.facts import Coordinates, Fact, Fund, Level, Role, Side, Spending, Vintage
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.tables.hierarchy import is_economic_class

_LEVELS = {"3": Level.CLASS, "5": Level.SECTION, "7": Level.ITEM}
_ROLLED_UP = (Level.TOTAL, Level.SUBTOTAL)
# The column meant where none is named: all money together.
_Part = Callable[[Coordinates], object]
_WHOLE: tuple[tuple[_Part, tuple[object, ...]], ...] = (
    (lambda at: at.fund, (Fund.ALL, Fund.FISCAL)),
    (lambda at: at.vintage, (Vintage.ALL, Vintage.CURRENT)),
    (lambda at: at.spending, (Spending.ALL,)),
)


def rows_of(catalog: Catalog, table: tuple[int, int], wish: Wish, conditions: Sequence[Condition]) -> list[StoredFact]:
    """One cell for each row that meets the conditions, in the table's order; totals are no members."""
    gathered: dict[tuple[int | None, Side], list[StoredFact]] = {}
    for stored in catalog.cells_of_table(table):
        fact = stored.fact
        if fact.coordinates.level in _ROLLED_UP or fact.field == AS_PRINTED or not fact.row:
            continue
        gathered.setdefault((fact.row_index, fact.coordinates.side), []).append(stored)
    kept = [cells for cells in gathered.values() if all(_meets(cells, c, catalog, table) for c in conditions)]
    if not any(c.attribute == "level" for c in conditions):
        kept = _leaves(kept)
    chosen = (_column(cells, wish) for cells in kept)
    return [cell for cell in chosen if cell is not None]


def _meets(cells: Sequence[StoredFact], condition: Condition, catalog: Catalog, table: tuple[int, int]) -> bool:
    fact = cells[0].fact
    match condition.attribute:
        case "codes":
            return fact.row_code in condition.text.split("、")
        case "holds":
            amounts = (s.fact.quantity for s in cells if s.fact.coordinates.fund.value == condition.text)
            return any(amount is not None and amount.number != 0 for amount in amounts)
        case "level":
            return is_of_level(fact, condition.text)
        case "side":
            return fact.coordinates.side.value == condition.text
        case "under":
            return any(label_key(label) == condition.text for label in fact.row_path)
        case "cell":
            row = catalog.tables[table].rows[fact.row_index] if fact.row_index is not None else ()
            return any(is_cell(condition.text, text) for text in row)
        case _:
            return True


def is_cell(value: str, printed: str) -> bool:
    """Whether a cell prints a value, be it behind a code: `C05040300保安服务`."""
    key, value = label_key(printed).lower(), value.lower()
    return key == value or (key.endswith(value) and key[: -len(value)].isalnum() and key[: -len(value)].isascii())


def is_of_level(fact: Fact, level: str) -> bool:
    """Whether a row is of a level: by the digits of its code (3, 5, 7), else by its place in the table, where what stands
    below a class of the economic classification is a section."""
    if level not in _LEVELS:
        return fact.coordinates.level.value == level
    if fact.row_code:
        return len(fact.row_code) == int(level)
    if fact.row_path and is_economic_class(fact.row_path[-1]):
        return _LEVELS[level] is Level.SECTION
    return fact.coordinates.level is _LEVELS[level]


def _leaves(rows: list[list[StoredFact]]) -> list[list[StoredFact]]:
    """Rows that have no rows below them: no roll-up stands beside its parts."""
    parents = {label_key(label) for cells in rows for label in cells[0].fact.row_path}
    codes = {cells[0].fact.row_code for cells in rows}
    return [cells for cells in rows if not _is_rolled_up(cells[0].fact, parents, codes)]


def _is_rolled_up(fact: Fact, parents: Collection[str], codes: Collection[str]) -> bool:
    """Whether rows stand below a row: rows of longer codes, without a code rows under its name."""
    if fact.row_code:
        return any(code != fact.row_code and code.startswith(fact.row_code) for code in codes)
    return label_key(fact.row) in parents


def _column(cells: Iterable[StoredFact], wish: Wish) -> StoredFact | None:
    """The amount of a row in the column wished for, of all money where nothing is wished."""
    amounts = [
        s
        for s in cells
        if s.fact.quantity is not None
        and s.fact.coordinates.role is Role.AMOUNT
        and not any(cue("no_amounts").search(header) for header in s.fact.column)
    ]
    wishes = (wish.fund, wish.vintage, wish.spending)
    for (part, whole), wished in zip(_WHOLE, wishes, strict=True):
        amounts = _narrowed(amounts, part, whole, wished)
    return amounts[0] if amounts else None


def _narrowed(cells: list[StoredFact], part: _Part, whole: Sequence[object], wished: object) -> list[StoredFact]:
    if wished is not None:
        return [s for s in cells if part(s.fact.coordinates) == wished]
    for value in whole:
        if found := [s for s in cells if part(s.fact.coordinates) == value]:
            return found
    return cells
