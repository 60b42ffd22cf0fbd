"""Which things they are that a turn before counted: `具体是哪些`, `哪三个`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.catalog import Catalog
from assistant.dialogue.referents import Referents
from assistant.plan import Enumerate, Listing, Lookup, Members, Plan, Selector, Universe
from assistant.plans.operands import project_of
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact


class ThingsCounted:
    """Plans of what was counted last, over one catalog."""

    def __init__(self, catalog: Catalog, referents: Referents) -> None:
        self.catalog = catalog
        self.referents = referents

    def plans(self, text: str, number: int | None = None) -> Iterator[Plan]:
        """The names of the list that was counted; the kinds that a number is made of; the list of a sheet with so many names.

        `number` is how many the turn says there are."""
        before, last = self.referents.focus.plan, self.referents.last
        if isinstance(before, Enumerate):
            yield Enumerate(before.words, before.position)
        if last is None or last.value is None or number not in (None, int(last.value.number)):
            return
        told = self.referents.facts_of(last)
        for stored in told:
            if parts := self._kinds(stored):
                given = tuple(Lookup(Selector(s.fact.row, s.fact.row, fact_ids=(s.id,))) for s in parts)
                yield Listing(Members(Universe.GIVEN, last.label, given=given))
                return
        own = project_of(last.expression, self.catalog)
        position = self._list(own.name, last.label, last.value.number) if own is not None and told else None
        if position is not None:
            yield Enumerate(text, position)

    def _kinds(self, whole: StoredFact) -> list[StoredFact]:
        """What stands behind a number in its sentence, in its unit, where that adds up to it."""
        if not whole.fact.sentence or whole.fact.quantity is None:
            return []
        unit, size = whole.fact.quantity.unit, whole.fact.quantity.number
        sentence = (whole.document_id, whole.fact.sentence)
        parts = [
            s
            for s in self.catalog.facts
            if (s.document_id, s.fact.sentence) == sentence and s.id > whole.id and _in_unit(s, unit)
        ]
        amounts = (s.fact.quantity.number for s in parts if s.fact.quantity is not None)
        return parts if len(parts) > 1 and sum(amounts) == size else []

    def _list(self, project: str, label: str, size: Decimal) -> int | None:
        """The one list of a project's sheet that has so many names and tells of what was counted."""
        key = label_key(label)
        found: dict[frozenset[str], int] = {}
        for position, each in enumerate(self.catalog.enumerations):
            own = each.passage.passage.project == project and len(each.entries) == size and not each.open_ended
            if own and any(key[i : i + 2] in each.sentence for i in range(len(key) - 1)):
                found.setdefault(frozenset(label_key(entry.label) for entry in each.entries), position)
        return next(iter(found.values())) if len(found) == 1 else None


def _in_unit(stored: StoredFact, unit: str) -> bool:
    quantity = stored.fact.quantity
    return quantity is not None and quantity.unit == unit and quantity.number > 0
