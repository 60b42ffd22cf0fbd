"""Which cells of the ledger a plan can touch, where it means the same in every document: enough to compute it there.

`Figures.candidates` chooses among them; what is not fetched here cannot answer, so more is fetched rather than less.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assistant.catalog import Catalog
from assistant.computing.concept_cells import core_of, cores_of, tables_of
from assistant.computing.policy import AMOUNT_ROLES
from assistant.documents.scope import Disclosure
from assistant.names.name_index import NameIndex
from assistant.plan import Change, Combine, Lookup, Plan, Ratio, Selector, selectors_in
from assistant.words import concept_by_key
from ingest.facts import Level, Role, Side, Vintage
from ingest.labels import label_key
from ingest.ledger.ledger import FactFilter, Ledger, StoredFact

_CODED = re.compile(r"^(?:\d{3}|\d{5}|\d{7})(?=\D)")  # a subject code before a label
_COMPARED = (Role.CHANGE, Role.CHANGE_RATE, Role.LAST_YEAR)


def means_the_same(plan: Plan) -> bool:
    """Whether a plan means the same in any document: figures that every disclosure knows, codes and rows said in full."""
    match plan:
        case Lookup(of=of) | Change(of=of):
            return _is_said_in_full(of) and not (of.fact_ids or of.project or of.tables)
        case Ratio(numerator=numerator, denominator=denominator):
            return means_the_same(numerator) and (denominator is None or means_the_same(denominator))
        case Combine(operands=operands):
            return all(means_the_same(each) for each in operands)
        case _:
            return False


def _is_said_in_full(of: Selector) -> bool:
    """A code that only one document gives to the words, or a label that only resembles them, may be another thing elsewhere."""
    said = label_key(of.words)
    labels = (*of.row_keys, of.code) if of.code else of.row_keys
    return bool(of.concept or labels) and all(label in said for label in labels)


def names_rows(plan: Plan) -> bool:
    """Whether a plan names a row by its label alone, which another document may print in other words."""
    return any(of.row_keys and not (of.concept or of.code) for of in selectors_in(plan))


def is_portable(plan: Plan) -> bool:
    """Whether a plan can be computed in any document as it stands: nothing in it by a document's own label."""
    return means_the_same(plan) and not any(of.row_keys for of in selectors_in(plan))


def with_codes(plan: Plan, names: NameIndex) -> Plan | None:
    """A plan of rows as other documents print them, with a code in the label: [30113]住房公积金. None where none does."""
    if not isinstance(plan, Lookup | Change) or not names_rows(plan):
        return None
    keys = plan.of.row_keys
    coded = [name for key in keys for name in names.holding(key) if _CODED.sub("", name) == key != name]
    return replace(plan, of=replace(plan.of, row_keys=tuple(coded))) if coded else None


def small_catalogs(
    ledger: Ledger, names: NameIndex, plan: Plan, disclosures: Sequence[Disclosure]
) -> Iterator[tuple[Disclosure, Catalog]]:
    """For each disclosure a catalog of no more than the plan's cells."""
    ids = [document.id for each in disclosures for document in each.documents]
    of_document: dict[int, list[StoredFact]] = {number: [] for number in ids}
    for stored in ledger.facts(*_wanted(plan, names, ids)):
        of_document[stored.document_id].append(stored)
    for each in disclosures:
        facts = [stored for document in each.documents for stored in of_document[document.id]]
        yield each, Catalog(each.documents, sorted(facts, key=lambda stored: stored.id), (), {}, ())


def _wanted(plan: Plan, names: NameIndex, ids: Collection[int]) -> Iterator[FactFilter]:
    selectors = list(selectors_in(plan))
    if codes := {of.code for of in selectors if of.code}:
        yield FactFilter(ids, codes=codes)
    if keys := {key for of in selectors for key in _row_keys(of, names)}:
        yield FactFilter(ids, row_keys=keys)
    if isinstance(plan, Change):  # changes stand in other columns and in sentences
        yield FactFilter(ids, table_kinds=["prose"])
        yield FactFilter(ids, roles=_COMPARED)
    if isinstance(plan, Change) or (isinstance(plan, Ratio) and plan.denominator is None):
        yield FactFilter(ids, levels=[Level.TOTAL])
    else:
        yield from (each for of in selectors if of.concept for each in _totals(of, ids))


def _totals(of: Selector, ids: Collection[int]) -> Iterator[FactFilter]:
    """Cells of total rows: where the row stands for the concept, or a column in the tables of the concept is named after it."""
    concept, wish = concept_by_key()[of.concept], of.wish
    sides = None if wish.side is None else (wish.side, Side.NONE)
    roles = AMOUNT_ROLES if wish.role is None else (wish.role,)
    if concept.tables:
        yield FactFilter(ids, levels=[Level.TOTAL], table_kinds=tables_of(concept))
    if concept.total and (concept.fund_row or not concept.tables):
        yield FactFilter(ids, levels=[Level.TOTAL], sides=sides, roles=roles)
    if concept.table_total_when:
        yield FactFilter(ids, levels=[Level.TOTAL], vintages=[Vintage.CARRIED_OVER])


def _row_keys(of: Selector, names: NameIndex) -> Iterator[str]:
    """The keys of all labels that a selector stands for."""
    yield from of.row_keys
    if of.concept:
        concept = concept_by_key()[of.concept]
        yield from map(label_key, (*concept.rows, *concept.prose, concept.label, *concept.names))
        for core in cores_of(concept):
            yield from (key for key in names.holding(core) if core_of(key) == core)
