"""What stands to a name as the figure spoken of stands to the part of its own name that it replaces: `城东` after 城西泵站物业服务时间
is 城东泵站物业服务时间. The names have all but that in common, or stand in one sentence, and the values are of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.cues import cue
from assistant.names.closest import Closest
from assistant.names.linking import Entry
from assistant.names.segments import Word
from assistant.names.spelling import alike_at_ends
from assistant.plan import Selector, Wish
from assistant.questions.value_kinds import ValueKind, units_alike
from assistant.words import concept_by_key
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import YUAN

_IN_COMMON = 2  # characters that both names have beside the one that is said
_MUCH_IN_COMMON = 4  # and of a figure of another kind


class Counterparts:
    """Finds counterparts among the figures of one catalog."""

    def __init__(self, closest: Closest) -> None:
        self.closest = closest
        self.entries = closest.linker.entries

    def of(self, name: str, figure: Selector) -> Selector | None:
        """The figure that a name makes of another one, or that one itself where it is called so; None unless one value is."""
        told = tuple(self.closest.linker.catalog.by_id[i] for i in figure.fact_ids)
        plain = cue("pointed_at").sub("", name).strip("的")
        words = self.closest.content(name, ValueKind()) or self.closest.linker.words(plain)
        if figure.concept and not told and words:
            return self._concept(name, words, figure)
        if not told or not words:
            return None
        found = list(self._fitting(words, told))
        nearest = max((rank for rank, _, _ in found), default=None)
        best = [(entry, facts) for rank, entry, facts in found if rank == nearest]
        if not best or len({_value(s) for _, facts in best for s in facts}) != 1:
            return None
        entry = best[0][0]
        ids = tuple(s.id for _, alike in best for s in alike)
        return Selector(name, figure.label if set(ids) == set(figure.fact_ids) else entry.label, fact_ids=ids)

    def _concept(self, name: str, words: Sequence[Word], figure: Selector) -> Selector | None:
        """The figure known everywhere that a name makes of another one."""
        own, found = label_key(figure.label), []
        for each in concept_by_key().values():
            core = label_key(each.label)
            common = alike_at_ends(own, core)
            between = core[common[0] : len(core) - common[1]]
            if core != own and sum(common) >= _MUCH_IN_COMMON and self._is_said(between, words):
                found.append(each)
        if len(found) != 1:
            return None
        wish = found[0].wished().with_defaults(Wish(vintage=figure.wish.vintage))
        return Selector(name, found[0].label, wish, concept=found[0].key, table_kinds=found[0].tables)

    def _fitting(
        self, words: Sequence[Word], told: Sequence[StoredFact]
    ) -> Iterator[tuple[tuple[bool, bool, bool, int], Entry, tuple[StoredFact, ...]]]:
        """Entries that the words make of the figure told, with how near they are and their facts of its kind."""
        own = self._own_entry(told)
        if own is None:
            return
        above = {label_key(name) for name in told[0].fact.row_path}
        for entry in self.entries:
            if not entry.facts or not all(self.closest.is_in(word, entry.core) for word in words):
                continue
            facts = tuple(s for s in entry.facts if _is_alike(s, told[0]))
            common = alike_at_ends(own.core, entry.core)
            between = entry.core[common[0] : len(entry.core) - common[1]]
            replaced = sum(common) >= _IN_COMMON and self._is_said(between, words)
            beside = entry.project == own.project != "" and sum(common) >= _MUCH_IN_COMMON
            if facts and (entry is own or replaced or entry.core in above or _stand_together(facts[0], told[0])):
                near = entry.core in above, entry.project == own.project, sum(common) + _in_one_unit(facts[0], told[0])
                yield (True, *near), entry, facts
            elif not facts and replaced and beside:
                yield (False, False, True, sum(common)), entry, entry.facts

    def _own_entry(self, told: Sequence[StoredFact]) -> Entry | None:
        return next((e for e in self.entries if any(s.id == told[0].id for s in e.facts)), None)

    def _is_said(self, part: str, words: Sequence[Word]) -> bool:
        """Whether the words are all that a part of a name says."""
        said = {letter for word in words for reading in word.readings for letter in reading}
        return bool(part) and all(letter in said for letter in part)


def _stand_together(one: StoredFact, other: StoredFact) -> bool:
    """Whether a sentence tells of both under one heading."""
    a, b = one.fact, other.fact
    return a.sentence == b.sentence != "" and a.row_path == b.row_path and one.document_id == other.document_id


def _is_alike(one: StoredFact, other: StoredFact) -> bool:
    """Whether two values are of one kind: counted alike, priced alike, or both in words."""
    a, b = one.fact.quantity, other.fact.quantity
    if a is None or b is None:
        return a is b is None and bool(one.fact.printed)
    if YUAN in a.unit or YUAN in b.unit:
        return a.unit == b.unit
    return not units_alike(a.unit.partition("/")[0]).isdisjoint(units_alike(b.unit.partition("/")[0]))


def _in_one_unit(one: StoredFact, other: StoredFact) -> bool:
    a, b = one.fact.quantity, other.fact.quantity
    return a is not None and b is not None and a.unit == b.unit


def _value(stored: StoredFact) -> object:
    quantity = stored.fact.quantity
    return quantity.number if quantity is not None else stored.fact.printed
