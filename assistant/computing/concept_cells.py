"""The cells that print a figure known to every disclosure, under whatever name: as a row, as a column of the total row,
as a subject of the prose. `“三公”经费财政拨款预算总额` is the three public expenses: what stands around is taken off.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property

from pydantic import BaseModel, ConfigDict

from assistant.catalog import AS_PRINTED, Catalog
from assistant.words import Concept, longest_first
from ingest.facts import Fact, Level, Origin
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.vocabulary_loading import load_vocabulary

_SHORTEST = 3
_SHORT_BUT_TELLING = frozenset({"三公", "车辆"})


class _Qualifiers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    before: tuple[str, ...]
    after: tuple[str, ...]
    sums: tuple[str, ...]
    funds: tuple[str, ...]


@cache
def _qualifiers() -> _Qualifiers:
    return load_vocabulary("qualifiers", _Qualifiers, "assistant")


@cache
def core_of(label: str) -> str:
    """A label without its qualifiers: 机关运行经费预算数 → 机关运行."""
    core = label_key(label)
    before, after = longest_first(_qualifiers().before), longest_first(_qualifiers().after)
    changed = True
    while changed:
        whole = core
        beginning = next((word for word in before if core.startswith(word) and len(core) > len(word)), "")
        core = core.removeprefix(beginning)
        ending = next((word for word in after if core.endswith(word) and len(core) > len(word)), "")
        core = core.removesuffix(ending)
        changed = core != whole
    return core


class ConceptCells:
    """Cells by the core of the label that names them, over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def in_tables(self, concept: Concept) -> list[StoredFact]:
        """Cells of rows, and of the total row's columns, named after the concept, in the kinds of table where it stands."""
        kinds = tables_of(concept)
        return [s for core in cores_of(concept) for s in self._named.get(core, ()) if s.fact.table_kind in kinds]

    def in_prose(self, concept: Concept) -> list[StoredFact]:
        """Prose figures whose subject is the concept."""
        return [s for core in cores_of(concept) for s in self._told.get(core, ())]

    @cached_property
    def _named(self) -> dict[str, list[StoredFact]]:
        found: dict[str, list[StoredFact]] = defaultdict(list)
        for stored in self._catalog.facts:
            fact = stored.fact
            if fact.origin is not Origin.TABLE or fact.field == AS_PRINTED or fact.project:
                continue
            row = core_of(fact.row)
            found[row].append(stored)
            if fact.coordinates.level is Level.TOTAL and (column := _column_core(fact)) and column != row:
                found[column].append(stored)
        return found

    @cached_property
    def _told(self) -> dict[str, list[StoredFact]]:
        found: dict[str, list[StoredFact]] = defaultdict(list)
        for stored in self._catalog.facts:
            if stored.fact.origin is Origin.PROSE and not stored.fact.project:
                found[core_of(stored.fact.row)].append(stored)
        return found


_TOGETHER = ("three_public", "operating_expenses")  # printed in one table by some provinces


def tables_of(concept: Concept) -> frozenset[str]:
    """The kinds of table in which labels may name the concept."""
    return frozenset((*concept.tables, *_TOGETHER)) if concept.tables else frozenset()


def cores_of(concept: Concept) -> list[str]:
    """What the concept's own labels come down to; too short ones would fit anything."""
    labels = (*concept.rows, *concept.prose, concept.label) if concept.rows or concept.prose or concept.tables else ()
    cores = dict.fromkeys(map(core_of, labels))
    return [core for core in cores if len(core) >= _SHORTEST or core in _SHORT_BUT_TELLING]


def _column_core(fact: Fact) -> str:
    """The core of a column's name: its last header, or the one above when that only says 小计, or the fund in a table of
    three kinds of expense."""
    of_a_kind = fact.table_kind in _TOGETHER
    for header in reversed(fact.column):
        is_fund = of_a_kind and label_key(header) in _qualifiers().funds
        if label_key(header) not in _qualifiers().sums and not is_fund:
            return core_of(header)
    return ""
