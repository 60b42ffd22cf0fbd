"""Figures that are called alike but for one word: 东片区清扫面积 and 西片区清扫面积.

Who has named one of them names the other by that word alone: `东片区清扫面积是西片区的几倍`.
"""

from __future__ import annotations

from assistant.names.linking import Linker
from assistant.names.spelling import alike_at_ends
from assistant.plan import Selector
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact

_SHORTEST = 2


class Parallels:
    """Finds figures of one catalog that differ from another in one word of their names."""

    def __init__(self, linker: Linker) -> None:
        self._told = [entry for entry in linker.entries if entry.facts and len(entry.core) > _SHORTEST]

    def beside(self, one: Selector, word: str) -> Selector | None:
        """The figure called as `one`, with `word` in the place of another word; None unless there is just one."""
        key, own = label_key(word), label_key(one.label)
        if len(key) < _SHORTEST or key in own:
            return None
        near = [entry for entry in self._told if _takes_the_place(own, entry.core, key)]
        asked = set(one.fact_ids)
        units = {_unit_of(stored) for entry in self._told for stored in entry.facts if stored.id in asked} - {""}
        fitting = [entry for entry in near if entry.units & units]
        if len({entry.core for entry in fitting}) != 1:
            return None
        ids = tuple(stored.id for entry in fitting for stored in entry.facts if _unit_of(stored) in units)
        return Selector(word, fitting[0].label, fact_ids=ids)

    def all_beside(self, one: Selector, kind: str) -> tuple[Selector, ...]:
        """The figures called as `one` but for the name before a word for what it is of: 西片区清扫面积 by 片区."""
        key, own = label_key(kind), label_key(one.label)
        asked = set(one.fact_ids)
        units = {_unit_of(stored) for entry in self._told for stored in entry.facts if stored.id in asked} - {""}
        found: dict[str, Selector] = {}
        for entry in self._told:
            start, end = alike_at_ends(own, entry.core)
            mine, theirs = own[start : len(own) - end], entry.core[start : len(entry.core) - end]
            behind = own[len(own) - end :]
            if mine and theirs and len(own) - len(mine) > len(key) and behind.startswith(key) and entry.units & units:
                ids = tuple(stored.id for stored in entry.facts if _unit_of(stored) in units)
                found.setdefault(entry.core, Selector(theirs, entry.label, fact_ids=ids))
        return tuple(found.values())


def _unit_of(stored: StoredFact) -> str:
    return stored.fact.quantity.unit if stored.fact.quantity is not None else ""


def _takes_the_place(own: str, other: str, word: str) -> bool:
    """Whether two names are one but for a stretch which, in the other, is the word or stands in it or around it."""
    start, end = alike_at_ends(own, other)
    mine, theirs = own[start : len(own) - end], other[start : len(other) - end]
    return bool(mine and theirs) and len(mine) < len(own) and (theirs in word or word in theirs) and word in other
