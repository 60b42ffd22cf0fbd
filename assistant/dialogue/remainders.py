"""What a difference consists of: the rows beneath a figure that add up to what its part leaves of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, groupby

from assistant.catalog import AS_PRINTED, Catalog
from assistant.computing.figures import Figure, Figures
from assistant.plan import Selector
from ingest.facts import Level, Origin, Role
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import Quantity

_MOST = 3  # rows that a difference is made of
_Cells = tuple[StoredFact, ...]


class Remainders:
    """Finds rows of one catalog by what they come to."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.figures = Figures(catalog)

    def rows(self, whole: Selector, size: Quantity) -> _Cells:
        """The fewest rows right beneath a figure that come to an amount; none where several choices do."""
        figures = (self.figures.figure(each) for each in (whole, replace(whole, tables=())))
        for cell in (cell for figure in figures if isinstance(figure, Figure) for cell in figure.cells):
            for rows in self._levels(cell):
                if found := _adding_up_to(rows, size.number):
                    return found
        return ()

    def has_project(self, size: Quantity) -> bool:
        """Whether a project's budget is just that much."""
        projects = self.catalog.projects.values()
        amounts = (s.fact.quantity for project in projects for s in project.budget())
        return any(each is not None and (each.number, each.unit) == (size.number, size.unit) for each in amounts)

    def _levels(self, cell: StoredFact) -> Iterator[_Cells]:
        """The rows beneath a cell in its column, the highest level first."""
        fact = cell.fact
        if fact.origin is not Origin.TABLE or fact.table_index is None:
            return
        table = self.catalog.cells_of_table((cell.document_id, fact.table_index))
        column = [s for s in table if s.id != cell.id and _in_one_column(s, cell)]
        if fact.row_code:
            beneath = [
                s for s in column if s.fact.row_code != fact.row_code and s.fact.row_code.startswith(fact.row_code)
            ]
        elif fact.coordinates.level is Level.TOTAL:
            beneath = [s for s in column if s.fact.coordinates.level is not Level.TOTAL]
        else:
            return
        beneath.sort(key=lambda s: len(s.fact.row_code))
        for _, rows in groupby(beneath, key=lambda s: len(s.fact.row_code)):
            yield tuple(rows)


def _in_one_column(one: StoredFact, other: StoredFact) -> bool:
    a, b = one.fact, other.fact
    same = a.column == b.column and a.coordinates.role is Role.AMOUNT and a.field != AS_PRINTED
    return same and a.quantity is not None and b.quantity is not None and a.quantity.unit == b.quantity.unit


def _adding_up_to(rows: _Cells, amount: Decimal) -> _Cells:
    printed = [(s, s.fact.quantity.number) for s in rows if s.fact.quantity is not None and s.fact.quantity.number > 0]
    for count in range(1, _MOST + 1):
        found = [chosen for chosen in combinations(printed, count) if sum(n for _, n in chosen) == amount]
        if len(found) == 1:
            return tuple(stored for stored, _ in found[0])
        if found:
            return ()
    return ()
