"""Which projects the money of a budget subject pays for, where no table prints both: told by equal amounts.

The items of the functional tables and the rows of the project table are cuts of the same money. Of one fund and one
year's origin, a subject pays for the one project that has its amount, else for the one set of projects that adds up to
it; several that would fit tell nothing. A set counts only where all of the fund's projects are shared out so, each once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from assistant.catalog import AS_PRINTED, Catalog, Project
from ingest.facts import Fund, Level, Origin, Role, Spending, Vintage
from ingest.labels import bare_label
from ingest.ledger.ledger import StoredFact

_ITEM_CODE, _SPENT = (
    7,
    "2",
)  # digits of a functional subject at the lowest level; what subjects of expenditure begin with
_MOST_PROJECTS = 14  # of one fund: above it chance sums become likely
_WHOLE = (Fund.ALL, Fund.FISCAL)


@dataclass(frozen=True, slots=True)
class Funded:
    """A subject's amount of one fund and origin with the project cells that add up to it."""

    code: str
    cell: StoredFact
    parts: tuple[StoredFact, ...]
    projects: tuple[Project, ...]
    fund: Fund
    vintage: Vintage

    @property
    def label(self) -> str:
        return f"{self.code} {bare_label(self.cell.fact.row).removeprefix(f'[{self.code}]')}"


@dataclass(frozen=True, slots=True)
class _Pool:
    """The money of one disclosure, fund and origin: its subjects and its projects, each with the cell that prints it."""

    disclosure: int
    fund: Fund
    vintage: Vintage


class Funding:
    """Subjects and the projects they pay for, over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def of_project(self, key: str) -> list[Funded]:
        """The subjects that a project's money stands in."""
        return [each for each in self.all if any(project.key == key for project in each.projects)]

    def of_subject(self, code: str) -> list[Funded]:
        """The items at or under a subject with their projects; none unless all of its items are told."""
        items = {c for pool in self._subjects for c in self._subjects[pool] if c.startswith(code)}
        found = [each for each in self.all if each.code.startswith(code)]
        return found if items == {each.code for each in found} else []

    @cached_property
    def all(self) -> tuple[Funded, ...]:
        return tuple(found for pool in self._projects for found in self._in_pool(pool))

    def _in_pool(self, pool: _Pool) -> Iterator[Funded]:
        projects, subjects = self._projects[pool], self._subjects_for(pool)
        amounts = {key: _amount(cell) for key, (_, cell) in projects.items()}
        matched = {code: sets[0] for code, cell in subjects.items() if len(sets := _sums(amounts, _amount(cell))) == 1}
        shared = [key for keys in matched.values() for key in keys]
        complete = sorted(shared) == sorted(amounts)
        for code, keys in matched.items():
            if complete or (len(keys) == 1 and shared.count(keys[0]) == 1):
                parts = tuple(projects[key][1] for key in keys)
                yield Funded(
                    code, subjects[code], parts, tuple(projects[key][0] for key in keys), pool.fund, pool.vintage
                )

    def _subjects_for(self, pool: _Pool) -> dict[str, StoredFact]:
        """A pool's subjects; those of all funds where its own fund's are not printed, as in a column of last year's money."""
        own = self._subjects.get(pool, {})
        return own or self._subjects.get(_Pool(pool.disclosure, Fund.ALL, pool.vintage), {})

    @cached_property
    def _projects(self) -> dict[_Pool, dict[str, tuple[Project, StoredFact]]]:
        """The amounts of projects by fund; by their total where no fund's column is printed."""
        found: dict[_Pool, dict[str, tuple[Project, StoredFact]]] = defaultdict(dict)
        for project in self.catalog.projects.values():
            cells = [s for s in project.rows if _is_amount(s) and _amount(s)]
            by_fund = [s for s in cells if s.fact.coordinates.fund not in _WHOLE]
            for cell in by_fund or [s for s in cells if s.fact.coordinates.fund is Fund.ALL]:
                found[self._pool(cell)].setdefault(project.key, (project, cell))
        return {pool: projects for pool, projects in found.items() if len(projects) <= _MOST_PROJECTS}

    @cached_property
    def _subjects(self) -> Mapping[_Pool, dict[str, StoredFact]]:
        """The items of functional tables with an amount: what projects spend of it where that is printed."""
        found: dict[_Pool, dict[str, StoredFact]] = defaultdict(dict)
        cells = [s for s in self.catalog.facts if _is_item(s) and _is_amount(s)]
        for cell in sorted(cells, key=lambda s: s.fact.coordinates.spending is not Spending.PROJECT):
            at = cell.fact.coordinates
            if at.spending is Spending.PROJECT or not self._has_basic(cell, cells):
                found[self._pool(cell)].setdefault(cell.fact.row_code, cell)
        return {pool: {c: s for c, s in by_code.items() if _amount(s)} for pool, by_code in found.items()}

    def _has_basic(self, cell: StoredFact, cells: Sequence[StoredFact]) -> bool:
        """Whether a part of a subject's amount is basic expenditure, which no project spends."""
        return any(
            s.fact.row_code == cell.fact.row_code and s.fact.coordinates.spending is Spending.BASIC and _amount(s)
            for s in cells
        )

    def _pool(self, cell: StoredFact) -> _Pool:
        at = cell.fact.coordinates
        return _Pool(self.catalog.disclosure_by_document[cell.document_id], at.fund, at.vintage)


def _is_item(stored: StoredFact) -> bool:
    fact, at = stored.fact, stored.fact.coordinates
    spent = len(fact.row_code) >= _ITEM_CODE and fact.row_code.startswith(_SPENT) and at.level is Level.ITEM
    whole = at.spending in (Spending.ALL, Spending.PROJECT, Spending.BASIC)
    return fact.origin is Origin.TABLE and not fact.project and spent and whole


def _is_amount(stored: StoredFact) -> bool:
    fact = stored.fact
    return fact.quantity is not None and fact.coordinates.role is Role.AMOUNT and fact.field != AS_PRINTED


def _amount(stored: StoredFact) -> Decimal:
    assert stored.fact.quantity is not None
    return stored.fact.quantity.number


def _sums(amounts: Mapping[str, Decimal], total: Decimal) -> list[tuple[str, ...]]:
    """The sets of projects that add up to a total; one project alone before any set."""
    alone: list[tuple[str, ...]] = [(key,) for key, amount in amounts.items() if amount == total]
    if alone:
        return alone
    found: list[tuple[str, ...]] = []
    for size in range(2, len(amounts) + 1):
        for keys in combinations(amounts, size):
            if sum(amounts[key] for key in keys) == total:
                found.append(keys)
                if len(found) > 1:
                    return found
    return found
