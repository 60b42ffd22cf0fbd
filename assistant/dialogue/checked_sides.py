"""The two sides of a check that was told, as figures of their own: what a later turn can set against something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.catalog import Catalog
from assistant.plan import CheckFinding, Combine, Expression, Lookup, Selector
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import Quantity

Side = tuple[Expression, Quantity, str]


def sides_of_check(plan: CheckFinding, catalog: Catalog) -> list[Side]:
    """Expected and actual with what they were read from; [] where one of them is no printed figure and no sum of some."""
    if len(plan.findings) != 1 or not plan.expected:
        return []
    stored = catalog.findings[plan.findings[0]]
    facts = [catalog.by_id[i] for i in stored.fact_ids if i in catalog.by_id]
    expected, actual = stored.finding.expected, stored.finding.actual
    if expected is None or actual is None:
        return []
    sides = [_side(expected, facts, plan.expected), _side(actual, facts, plan.actual)]
    return [side for side in sides if side is not None] if None not in sides else []


def difference_of(sides: Sequence[Side]) -> Side:
    """By how much the larger side is above the smaller."""
    (one, first, _), (other, second, _) = sorted(sides, key=lambda side: -side[1].number)
    return Combine("-", (one, other)), first - second, ""


def _side(size: Quantity, facts: Sequence[StoredFact], label: str) -> Side | None:
    alone = [s for s in facts if s.fact.quantity is not None and _same(s.fact.quantity, size)]
    if alone:
        names = {label_key(s.fact.row) for s in alone}
        same = [s for s in alone if label_key(s.fact.row) == label_key(alone[0].fact.row)] if len(names) > 1 else alone
        return _told(same, label), size, label
    for parts in _groups(facts):
        sizes = [s.fact.quantity.number for s in parts if s.fact.quantity is not None]
        if len(sizes) == len(parts) > 1 and sum(sizes) == size.number:
            return Combine("+", tuple(_told([s], s.fact.row.rpartition(" / ")[2]) for s in parts)), size, label
    return None


def _groups(facts: Sequence[StoredFact]) -> Iterator[list[StoredFact]]:
    """The facts of one origin within a sheet, such as its cost targets."""
    fields = dict.fromkeys(s.fact.field for s in facts)
    for name in fields:
        yield [s for s in facts if s.fact.field == name]


def _same(one: Quantity, other: Quantity) -> bool:
    """Whether two are of one size, whatever bound they are."""
    return (one.number, one.unit) == (other.number, other.unit)


def _told(facts: Sequence[StoredFact], label: str) -> Lookup:
    return Lookup(Selector(label, label, fact_ids=tuple(s.id for s in facts)))
