"""What each figure of a free text is about, so that a chance match with another thing's figure is no support.

Names are those that the ledger prints (rows, projects, indicators, prose subjects) and the concepts of the vocabulary.
A figure is about the names that stand before it since the last figure, else after it in its clause, else about what
the figure before it was about; year and department are those told last before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.catalog import AS_PRINTED, Catalog
from assistant.computing.figures import Figures
from assistant.computing.policy import IMPOSSIBLE, cost
from assistant.plan import Selector
from assistant.words import Concept, concepts, plain_words
from ingest.facts import Role, Status
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import NumeralKind, find_numerals

_SENTENCE = re.compile(r"[。；;！？\n]")
_CLAUSE = re.compile(r"[。；;！？\n，]|,(?!\d)")
_LONGEST = 60
_SAME_FIGURE = 2.5  # in the policy's costs: another kind of table is 3, one fund of several 3, the carry-over 4
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Subject:
    """The names that a figure is about, as the text writes them, with the facts that all of them fit."""

    names: tuple[str, ...] = ()
    facts: tuple[StoredFact, ...] = ()
    year: int | None = None


class Subjects:
    """Finds what the figures of a text are about, in one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._figures = Figures(catalog)
        self._names: dict[str, set[int]] = defaultdict(set)
        for stored in catalog.facts:
            if stored.fact.quantity is not None and stored.fact.field != AS_PRINTED:
                for key in name_keys(stored):
                    self._names[key].add(stored.id)
        for concept in concepts():
            self._add_concept(concept)

    def subject(self, text: str, start: int, end: int, after: int, before: Subject) -> Subject:
        """What the figure at text[start:end] is about; `after` is where the figure before it ends."""
        names = self.names_in(text[max(after, _last(_SENTENCE, text, start)) : start])
        names = names or self.names_in(text[end : _next(_CLAUSE, text, end)])
        if not names and _last(_SENTENCE, text, start) <= after:
            names = list(before.names)
        year = _year_before(text, start)
        return Subject(tuple(names), tuple(self._facts(names, year, text[:start])), year)

    def names_in(self, stretch: str) -> list[str]:
        """The longest known names in a stretch of text, in order; words that name nothing by themselves are none."""
        key = label_key(stretch)
        found: list[str] = []
        position = 0
        while position < len(key):
            longest = min(_LONGEST, len(key) - position)
            length = next((n for n in range(longest, 1, -1) if key[position : position + n] in self._names), 0)
            if length:
                found.append(key[position : position + length])
            position += length or 1
        return found

    def _facts(self, names: Sequence[str], year: int | None, before: str) -> Iterable[StoredFact]:
        """Facts that fit all names, or the last of them where no fact fits all; of the year and department told."""
        if not names:
            return
        fitting = set.intersection(*(self._names[name] for name in names)) or self._names[names[-1]]
        documents = self._documents(before)
        for number in sorted(fitting):
            stored = self.catalog.by_id[number]
            if stored.document_id in documents and (year is None or self._of_year(stored, year)):
                yield stored

    def _documents(self, before: str) -> Collection[int]:
        """The documents of the departments that the text names; all when it names none."""
        key = label_key(before)
        named = {d.id for d in self.catalog.documents if d.department and label_key(d.department) in key}
        return named or set(self.catalog.document_by_id)

    def _of_year(self, stored: StoredFact, year: int) -> bool:
        own = self.catalog.document_by_id[stored.document_id].year
        return year in (own, stored.fact.coordinates.year) or (
            own is not None and year == own - 1 and stored.fact.coordinates.role is Role.LAST_YEAR
        )

    def _add_concept(self, concept: Concept) -> None:
        """A concept's names mean the cells that answer by the policy, no part of them (one fund, the carry-over)."""
        selector = Selector(concept.label, wish=concept.wished(), concept=concept.key, table_kinds=concept.tables)
        cells = [stored for stored in self._figures.candidates(selector) if stored.fact.quantity is not None]
        prices = {stored.id: _price(stored, selector) for stored in cells}
        best: dict[int, float] = defaultdict(lambda: IMPOSSIBLE)
        for stored in cells:
            best[stored.document_id] = min(best[stored.document_id], prices[stored.id])
        fitting = {s.id for s in cells if prices[s.id] < min(IMPOSSIBLE, best[s.document_id] + _SAME_FIGURE)}
        for name in (concept.label, *concept.names):
            if fitting and _tells(label_key(name)):
                self._names[label_key(name)] |= fitting


def name_keys(stored: StoredFact) -> set[str]:
    """What a text may call a fact: its row's own label, its project, the labels it stands under, its code."""
    fact = stored.fact
    labels = (fact.row.rpartition(" / ")[2], fact.project, *fact.row_path, fact.row_code)
    return {key for key in map(label_key, labels) if _tells(key)}


def _tells(key: str) -> bool:
    words = plain_words()
    return len(key) > 1 and key not in words.generic and key not in words.fillers


def _price(stored: StoredFact, selector: Selector) -> float:
    """How far a cell is from what a concept means, whatever its role and status."""
    wish = replace(selector.wish, role=stored.fact.coordinates.role)
    return cost(replace(stored.fact, status=Status.OK), replace(selector, wish=wish))


def _year_before(text: str, start: int) -> int | None:
    """The year told last before a figure in its sentence."""
    sentence = text[_last(_SENTENCE, text, start) : start]
    dates = [n for n in find_numerals(sentence) if n.kind is NumeralKind.DATE and _YEAR.match(n.printed)]
    return int(dates[-1].printed[:4]) if dates else None


def _last(pattern: re.Pattern[str], text: str, end: int) -> int:
    return max((found.end() for found in pattern.finditer(text, 0, end)), default=0)


def _next(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else len(text)
