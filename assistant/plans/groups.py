"""Amounts of one text that are called alike: `甲公司名下几笔补贴加起来`, `写明贷款贴息的有几笔`, `乙公司哪次兑现最多`.

Who or what they are called after stands in each one's name or in the list that it is part of. Conditions (`投资达到4亿`),
limits and the total that is printed with its parts are no further payments: none of them is counted or added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from assistant.cues import cue, says
from assistant.names.segments import Word, WordKind
from assistant.phrases.phrases import Phrases
from assistant.phrases.prose_groups import is_total, printed_total
from assistant.plan import Aggregate, Listing, Lookup, Members, Plan, Ranked, Selector, Universe
from assistant.question import Question
from ingest.facts import Origin, Role
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import YUAN, Relation

_SAID = 0.9  # the share of a word that a name must have
_PLAIN = (Relation.EXACTLY, Relation.ABOUT)


class GroupPlans:
    """Reads questions about amounts that a project's text lists, over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.texts = self._texts()

    def grouped(self, question: Question) -> Iterator[Plan]:
        """What is asked of the amounts that the rest of a question names."""
        text = question.text
        if not says(text, "group_asked"):
            return
        found = self._named(cue("group_words").sub(",", text))
        if len(found) < 2:
            return
        members = Members(Universe.GIVEN, text, given=tuple(map(self._lookup, found)))
        order = cue("group_order").search(text)
        if order is not None:
            yield Ranked(members, descending=order["least"] is None)
        elif says(text, "group_added"):
            total = printed_total(self.catalog, found)
            yield Lookup(total) if total is not None else Aggregate("sum", members)
        elif says(text, "group_counted"):
            yield Aggregate("count", members)
        elif says(text, "group_listed"):
            yield Listing(members)

    def _texts(self) -> list[list[StoredFact]]:
        """The amounts of each project's text."""
        found: dict[tuple[int, str, str], list[StoredFact]] = defaultdict(list)
        for stored in self.catalog.facts:
            fact, quantity = stored.fact, stored.fact.quantity
            amount = fact.coordinates.role is Role.AMOUNT and quantity is not None and quantity.unit == YUAN
            if fact.origin is Origin.PROSE and fact.project and amount:
                found[(stored.document_id, fact.project, fact.field)].append(stored)
        return list(found.values())

    def _named(self, text: str) -> list[StoredFact]:
        """The amounts of the one text that all words name; nothing where several texts have some."""
        words = [w for w in self.phrases.content_in(text) if w.kind is not WordKind.UNKNOWN or len(w.text) > 1]
        telling = [w for w in words if not cue("group_noun").fullmatch(w.text)]
        groups = []
        for facts in self.texts:
            project = label_key(facts[0].fact.project)
            own = [w for w in telling if not _is_in(w, project)]
            of_project = len(own) < len(telling) and not own
            nouns = [w for w in words if w not in telling] if own else []
            strict = self._payments([s for s in facts if all(self._names(w, s) for w in (*own, *nouns))])
            loose = self._payments([s for s in facts if all(self._names(w, s) for w in own)])
            chosen = strict if len(strict) > 1 and nouns else loose
            if len(chosen) > 1 and (own or of_project):
                groups.append(chosen)
        return groups[0] if len(groups) == 1 else []

    def _names(self, word: Word, stored: StoredFact) -> bool:
        name = label_key(stored.fact.row) + "，" + "，".join(map(label_key, stored.fact.row_path))
        return any(reading in name for reading in word.readings) or self.phrases.closest.explained(word, name) >= _SAID

    def _payments(self, facts: Sequence[StoredFact]) -> list[StoredFact]:
        """Without limits, conditions and totals whose parts are there."""
        rows = [label_key(s.fact.row) for s in facts]
        kept = []
        for stored in facts:
            quantity, printed = stored.fact.quantity, label_key(stored.fact.printed)
            is_condition = any(printed in row for row in rows)
            if quantity is None or quantity.relation not in _PLAIN or is_condition:
                continue
            kept.append(stored)
        lists = {s.fact.row_path for s in kept if s.fact.row_path and not is_total(s)}
        return [s for s in kept if not (is_total(s) and s.fact.row_path in lists)]

    def _lookup(self, stored: StoredFact) -> Lookup:
        """An amount, called by its list as well where its own name does not tell it."""
        row, path = stored.fact.row, stored.fact.row_path[-1:]
        own = not path or label_key(path[0])[:2] in label_key(row)
        label = row if own else f"{path[0]}{'' if is_total(stored) else ' '}{row}"
        return Lookup(Selector(label, label, fact_ids=(stored.id,)))


def _is_in(word: Word, name: str) -> bool:
    return any(reading in name for reading in word.readings)
