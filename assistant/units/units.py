"""The units of a department as a disclosure prints them: each with what stands in its own rows.

A table that lists units has a row for each, or rows under each. Read alone, a unit's row is the total of its own
disclosure, and the rows under it are that disclosure's rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from assistant.catalog import Catalog
from assistant.cues import says
from assistant.documents.departments import parse_department
from assistant.units.names import UnitName
from ingest.facts import Coordinates, Fact, Fund, Level, Origin, Spending, Vintage
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.tables.coordinates import coordinates_of_words
from ingest.tables.words import is_organisation

_FEWEST = 2
_LISTS_OF_THINGS = ("procurement", "purchased_services", "assets", "projects", "carried_over")
_CODE = re.compile(r"\d{6}")  # of a unit; subjects have three, five or seven digits
_YEAR = re.compile(r"20\d\d年?度?")


class Units:
    """The units that a disclosure's tables list, in their order; none where they list fewer than two."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._department = catalog.documents[0].department if catalog.documents else ""

    @cached_property
    def names(self) -> tuple[UnitName, ...]:
        """What the units are called."""
        names: dict[str, UnitName] = {}
        codes = {self._key(label): s.fact.row_code for s, label in self._listed if _CODE.fullmatch(s.fact.row_code)}
        for _, label in self._listed:
            name = UnitName(label, self._is_department(label), codes.get(self._key(label), ""))
            names.setdefault(name.key, name)
        return tuple(names.values()) if len(names) >= _FEWEST else ()

    def facts_of(self, name: UnitName) -> tuple[StoredFact, ...]:
        """What tables, sheets and prose tell of a unit."""
        own = (stored for stored, label in self._listed if self._key(label) == name.key)
        return (*own, *self._told_of(name))

    def _key(self, label: str) -> str:
        return UnitName(label, is_head=self._is_department(label)).key

    def of_project(self, key: str) -> tuple[UnitName, ...]:
        """The units under which a project stands in the tables."""
        having = {self._key(label) for stored, label in self._listed if label_key(stored.fact.project) == key}
        return tuple(name for name in self.names if name.key in having)

    def catalog_of(self, name: UnitName) -> Catalog:
        """What is printed under a unit's name, as a catalog of its own."""
        passages = [each for each in self._catalog.passages if name.is_in(each.passage.text)]
        return Catalog(self._catalog.documents, self.facts_of(name), passages, self._catalog.tables, ())

    def of_department(self) -> Catalog:
        """What is printed of the department itself: without the rows of its units, but for lists of projects and of what is
        bought, which are the department's too."""
        own = (s.id for s, _ in self._listed if not s.fact.project and s.fact.table_kind not in _LISTS_OF_THINGS)
        listed = frozenset(own) if self.names else frozenset()
        catalog = self._catalog
        if not listed:
            return catalog
        facts = [stored for stored in catalog.facts if stored.id not in listed]
        return Catalog(catalog.documents, facts, catalog.passages, catalog.tables, catalog.findings)

    @cached_property
    def _listed(self) -> tuple[tuple[StoredFact, str], ...]:
        """Cells in the rows of a unit or under it, as those of the unit alone, with its printed name."""
        return tuple(self._in_rows())

    def _in_rows(self) -> Iterator[tuple[StoredFact, str]]:
        for stored in self._catalog.facts:
            fact = stored.fact
            if fact.origin is not Origin.TABLE:
                continue
            labels = (*fact.row_path, fact.row)
            last = max((number for number, label in enumerate(labels) if self.is_unit(label)), default=-1)
            if last < 0 or self._is_of_all(fact, labels[: last + 1]):
                continue
            yield replace(stored, fact=_of_its_own(fact, last)), labels[last]

    def _told_of(self, name: UnitName) -> Iterator[StoredFact]:
        """What sheets and prose tell of a unit."""
        for stored in self._catalog.facts:
            fact = stored.fact
            if fact.origin is Origin.TABLE:
                continue
            if fact.origin is Origin.PROSE and not fact.project:
                of_its_section = name.is_in(fact.table)
                if of_its_section or (_is_told_of(name, fact) and self._is_of_one(fact.sentence)):
                    yield stored
            elif label_key(fact.project) in self._projects_of.get(name.key, ()):
                yield stored

    def _is_of_one(self, sentence: str) -> bool:
        """Whether a sentence names one unit only."""
        return sum(name.is_in(sentence) for name in self.names) == 1

    @cached_property
    def _projects_of(self) -> dict[str, set[str]]:
        """The projects whose sheet says which unit carries them out."""
        found: dict[str, set[str]] = defaultdict(set)
        for project in self._catalog.projects.values():
            for stored in project.fields.get("unit", ()):
                found[label_key(stored.fact.printed)].add(project.key)
        return found

    def is_unit(self, label: str) -> bool:
        """Whether a label is a unit's name: an office with its place, not a subject that is called alike."""
        name = parse_department(label)
        if not (is_organisation(label) or is_organisation(name.full)):  # an office may have another name in brackets
            return False
        return bool(name.regions) or name.national or self._is_department(label)

    def _is_department(self, label: str) -> bool:
        return bool(self._department) and parse_department(label).full == parse_department(self._department).full

    def _is_own_office(self, label: str) -> bool:
        """Whether a label tells the department's own office: `（本级）` stands behind its name."""
        return label_key(label) != label_key(parse_department(self._department).full)

    def _is_of_all(self, fact: Fact, labels: Sequence[str]) -> bool:
        """Whether a cell stands in or under the department's own row that adds up its units; `labels` end with it."""
        label = labels[-1]
        if not self._is_department(label) or self._is_own_office(label) or any(map(self.is_unit, labels[:-1])):
            return False
        own_total = label == fact.row and fact.coordinates.level is Level.TOTAL
        return own_total or fact.table_index in self._tables_of_all

    @cached_property
    def _tables_of_all(self) -> frozenset[int | None]:
        """The tables that have units under the department, or the department's own office beside it."""
        found: set[int | None] = set()
        for fact in (stored.fact for stored in self._catalog.facts if stored.fact.origin is Origin.TABLE):
            under = self.is_unit(fact.row) and any(map(self._is_department, fact.row_path))
            if under or (self._is_department(fact.row) and self._is_own_office(fact.row)):
                found.add(fact.table_index)
        return frozenset(found)


def _is_told_of(name: UnitName, fact: Fact) -> bool:
    """Whether a sentence names a unit before a figure, and not to tell a reason."""
    before, found, _ = fact.sentence.partition(fact.printed)
    return bool(found) and name.is_in(label_key(before)) and not says(before, "reason_begins")


def _names_an_item(fact: Fact) -> bool:
    """Whether a column's header names what is spent or earned, as a row may elsewhere: 培训费, 其他收入; no total, no fund."""
    header = fact.column[-1] if fact.column else ""
    at = coordinates_of_words(header, Coordinates())
    of_all = at.spending is Spending.ALL and at.vintage is Vintage.ALL and at.fund in (Fund.ALL, Fund.OTHER)
    return of_all and says(header, "item_header") and not says(header, "total_header")


def _of_its_own(fact: Fact, at: int) -> Fact:
    """A cell without the unit that it stands under; the unit's own row is a total, of which the columns of items are rows."""
    if at == len(fact.row_path) and _names_an_item(fact):
        item = replace(fact.coordinates, level=Level.ITEM)
        return replace(fact, row=fact.column[-1], row_path=(), row_code="", coordinates=item)
    is_total = at == len(fact.row_path) or (at == len(fact.row_path) - 1 and _YEAR.fullmatch(label_key(fact.row)))
    at_its_level = replace(fact.coordinates, level=Level.TOTAL) if is_total else fact.coordinates
    return replace(fact, row_path=fact.row_path[at + 1 :], coordinates=at_its_level)
