"""From a phrase to what it names: projects, rows, codes, indicators, prose figures, concepts; by name and by typo.

Every name of the ledger is an entry. An entry's score is the share of the phrase's content that its labels explain,
weighted by how telling the words are; what it leaves unexplained counts against it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache

from assistant.catalog import AS_PRINTED, Catalog, Project
from assistant.cues import says
from assistant.means import ALL_MEANS, Means
from assistant.names.light_words import tagged
from assistant.names.meaning import Meaning
from assistant.names.segments import Word, WordKind, content_of, everyday_words, segment
from assistant.names.spelling import Speller
from assistant.words import Concept, concept_names, exemplars, field_names, plain_words
from ingest.facts import Role
from ingest.labels import bare_label, label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import Quantity


class EntryKind(StrEnum):
    PROJECT = "project"
    CONCEPT = "concept"
    ROW = "row"
    INDICATOR = "indicator"
    PROSE = "prose"


_REMEMBERED = 4096  # phrases
_COUNTED = re.compile(r"(?P<n>[两二三四五六七八九十])(?:个|座|条|家|处)(?P<things>[一-鿿]{2,4})")
_BEGINS_DATED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日[-—~至]")
_BOTH_DATES = re.compile(_BEGINS_DATED.pattern + r"\d{4}年")
_PRIOR = {
    EntryKind.PROJECT: 0.1,
    EntryKind.CONCEPT: 0.05,
    EntryKind.ROW: 0.03,
    EntryKind.INDICATOR: 0.0,
    EntryKind.PROSE: 0.0,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and what it stands for. `core` is its own key, `context` keys it stands under (project, level, heading)."""

    kind: EntryKind
    label: str
    core: str
    context: str = ""
    facts: tuple[StoredFact, ...] = field(default=(), compare=False)
    project: str = ""
    concept: Concept | None = field(default=None, compare=False)

    @property
    def units(self) -> set[str]:
        return {stored.fact.quantity.unit for stored in self.facts if stored.fact.quantity is not None}

    @property
    def quantities(self) -> set[Quantity]:
        return {stored.fact.quantity for stored in self.facts if stored.fact.quantity is not None}


@dataclass(frozen=True, slots=True)
class Link:
    """An entry found for a phrase: `score` 0–1, `coverage` the share of the phrase explained, `how` exact or part."""

    entry: Entry
    score: float
    coverage: float
    how: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What kind of value is asked for: units that fit, roles that fit; empty when open."""

    money: bool = False
    units: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    rate: bool = False
    dates: bool = False

    def fits(self, entry: Entry) -> float:
        """A bonus, or a malus, for an entry by its values."""
        if entry.kind in (EntryKind.PROJECT, EntryKind.CONCEPT):
            return -0.12 if self.units or self.dates else 0.0
        units = entry.units
        if self.dates:
            return 0.14 if any(_DATED.search(stored.fact.printed) for stored in entry.facts) else -0.12
        if self.units:
            return 0.14 if any(_same_kind_of_unit(unit, wished) for unit in units for wished in self.units) else -0.12
        if self.roles:
            return 0.08 if any(stored.fact.coordinates.role in self.roles for stored in entry.facts) else -0.1
        if self.rate:
            return 0.1 if any("/" in unit for unit in units) else 0.0
        if self.money:
            return 0.0 if "元" in units else (-0.12 if any(unit.startswith("元/") for unit in units) else -0.3)
        return 0.0


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A word of a phrase: its weight, and for each reading the pieces with their weights and their sum."""

    word: Word
    weight: float
    readings: tuple[tuple[str, tuple[tuple[str, float], ...], float], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A phrase as it is held against every entry: its key, its words that tell something, all their pieces."""

    key: str
    content: str
    words: tuple[_Weighed, ...]
    pieces: frozenset[str]


class Linker:
    """All entries of a catalog, with an index from two-character pieces; `meaning` knows which names mean alike."""

    def __init__(self, catalog: Catalog, meaning: Meaning | None = None, means: frozenset[Means] = ALL_MEANS) -> None:
        self.catalog = catalog
        self.means = means
        self.meaning = meaning if Means.DENSE in means else None
        self.exemplars = exemplars() if Means.EXEMPLARS in means else exemplars().model_copy(update={"kinds": {}})
        self.entries = _without_broken(list(_entries(catalog)))
        self._index: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            for piece in set(_bigrams(entry.core) + _bigrams(entry.context)):
                self._index[piece].append(number)
        self._total = max(len(self.entries), 2)
        self._weights: dict[str, float] = {}
        self._owned: dict[str, tuple[frozenset[str], float]] = {}
        # one question is read in many ways whose phrases are the same
        self._linked = lru_cache(_REMEMBERED)(self._linked)  # type: ignore[method-assign]
        self.words = lru_cache(_REMEMBERED)(self.words)  # type: ignore[method-assign]

    def link(self, phrase: str, hint: Hint | None = None, kinds: Iterable[EntryKind] | None = None) -> list[Link]:
        """Entries for a phrase, best first; empty when nothing of its content is known."""
        return self._linked(phrase, hint or Hint(), None if kinds is None else frozenset(kinds))

    def is_one_of_many(self, phrase: str, fact_ids: Collection[int]) -> bool:
        """Whether a phrase that led to some facts explains as well others with other values: 贴息 of three companies."""
        links = self.link(phrase) if fact_ids else []
        led = next((link for link in links if any(s.id in fact_ids for s in link.entry.facts)), None)
        if led is None:
            return False
        rivals = (link for link in links if link.entry.facts and link.coverage >= led.coverage)
        return any(link.entry.quantities.isdisjoint(led.entry.quantities) for link in rivals)

    def _linked(self, phrase: str, hint: Hint, kinds: frozenset[EntryKind] | None) -> list[Link]:
        words = content_of(self.words(phrase))
        if not words:
            return []
        allowed = set(kinds) if kinds is not None else set(EntryKind)
        asked = _Asked(
            label_key(phrase),
            "".join(word.text for word in words),
            tuple(self._weighed(word) for word in words),
            frozenset(piece for word in words for reading in word.readings for piece in _bigrams(reading)),
        )
        entries = (self.entries[number] for number in self._candidates(words))
        links = [link for entry in entries if entry.kind in allowed and (link := self._score(entry, asked, hint))]
        if Means.LEXICAL not in self.means:
            links = [link for link in links if link.how == "exact"]
        links.sort(key=lambda link: -link.score)
        return _project_first(links)

    def words(self, phrase: str) -> list[Word]:
        """The phrase cut into words, misspelt ones corrected."""
        phrase = self.as_printed(phrase)
        words = segment(phrase, self.pieces)
        for _ in range(3):
            if not any(word.kind is WordKind.UNKNOWN for word in words):
                break
            corrected = self._corrected(phrase, words)
            if corrected == label_key(phrase):
                break
            phrase, words = corrected, segment(corrected, self.pieces)
        return words

    def as_printed(self, phrase: str) -> str:
        """A phrase with what it counts as names print it: `两个县区` as 两县区."""
        return _COUNTED.sub(self._without_measure, phrase)

    def _without_measure(self, counted: re.Match[str]) -> str:
        number, things = counted["n"], counted["things"]
        named = any(number + things[:length] in self.pieces for length in range(2, len(things) + 1))
        return number + things if named else counted[0]

    @cached_property
    def pieces(self) -> frozenset[str]:
        """All parts of names, two to fourteen characters."""
        found: set[str] = set(concept_names())
        named = {entry.core for entry in self.entries if entry.kind is not EntryKind.CONCEPT}
        above = (
            label for entry in self.entries if entry.kind is EntryKind.PROSE for label in entry.facts[0].fact.row_path
        )
        for name in named.union(map(label_key, above)):
            for length in range(2, min(14, len(name)) + 1):
                found.update(name[start : start + length] for start in range(len(name) - length + 1))
        return frozenset(
            piece
            for piece in found
            if piece[0] not in _NEVER_FIRST and piece[-1] not in _NEVER_LAST and not _ONLY_A_NUMBER.fullmatch(piece)
        )

    @cached_property
    def _speller(self) -> Speller:
        names = [entry.core for entry in self.entries if entry.kind in (EntryKind.PROJECT, EntryKind.ROW)]
        names += [name for name in concept_names()]
        names += [entry.core for entry in self.entries if entry.kind is EntryKind.INDICATOR]
        return Speller([*names, *field_names()])

    def _corrected(self, phrase: str, words: list[Word]) -> str:
        """The phrase with one misspelt stretch mended; a stretch never reaches into a plain filler word."""
        key = label_key(phrase)
        if Means.TYPOS not in self.means:
            return key
        position = 0
        for number, word in enumerate(words):
            end = position + len(word.text)
            if word.kind is WordKind.UNKNOWN:
                left, right = words[max(number - 1, 0) : number], words[number + 1 : number + 2]
                for before in _reaches(left):
                    start = max(0, position - before)
                    for after in _reaches(right):
                        stretch = key[start : end + after]
                        if (
                            len(stretch) >= 2
                            and (mended := self._speller.correct(stretch, everyday_words())) != stretch
                        ):
                            return key[:start] + mended + key[end + after :]
            position = end
        return key

    def _candidates(self, words: Sequence[Word]) -> set[int]:
        found: set[int] = set()
        for word in words:
            for reading in word.readings:
                for piece in _bigrams(reading):
                    found.update(self._index.get(piece, ()))
        return found

    def _weight(self, piece: str) -> float:
        known = self._weights.get(piece)
        if known is None:
            known = self._weights[piece] = math.log(1 + self._total / (1 + len(self._index.get(piece, ()))))
        return known

    def _weighed(self, word: Word) -> _Weighed:
        """A word with the weights of its readings' pieces, worked out once for all entries."""
        readings = []
        for reading in word.readings:
            pieces = tuple((piece, self._weight(piece)) for piece in _bigrams(reading))
            if total := sum(weight for _, weight in pieces):
                readings.append((reading, pieces, total))
        return _Weighed(word, self._word_weight(word), tuple(readings))

    def _word_weight(self, word: Word) -> float:
        if word.kind is WordKind.UNKNOWN:
            return 1.2 if len(word.text) == 1 else 0.5 * self._weight("") * min(len(word.text) - 1, 2)
        readings = word.readings[1:] if word.kind is WordKind.PLAIN and word.means else word.readings[:1]
        return max((sum(map(self._weight, _bigrams(reading))) for reading in readings), default=0.0)

    @staticmethod
    def _explained(weighed: _Weighed, entry: Entry) -> float:
        """How much of a word an entry's labels explain, 0–1; what only the context explains counts a little less."""
        word, core, context = weighed.word, entry.core, entry.context
        if word.kind is WordKind.UNKNOWN and len(word.text) == 1:
            return 1.0 if word.text in core else 0.0
        best = 0.0
        for reading, pieces, total in weighed.readings:
            found = 0.0
            for piece, weight in pieces:
                if piece in core:
                    found += weight
                elif piece in context:
                    found += 0.85 * weight
            share = found / total
            if len(reading) > 3 and 0 < share < 1:
                share = 0.5 * share + 0.5 * _letters_covered(reading, core)
            best = max(best, share)
        return best

    @cached_property
    def telling_enough(self) -> float:
        """How telling words must be, together, to point at a project: as one piece that few names share."""
        return 0.55 * math.log(1 + self._project_total)

    @cached_property
    def _project_total(self) -> int:
        return max(len(self.catalog.projects), 2)

    def telling(self, reading: str, names: Sequence[str]) -> float:
        """How much a word in a project's name tells, by how few projects have it; 0 when the name lacks it."""
        if len(reading) < 2 or is_generic(reading) or not any(reading in name for name in names):
            return 0.0
        having = sum(any(reading in key for key in keys) for keys in self._project_keys)
        return math.log(1 + self._project_total / max(having, 1)) * (1 + 0.1 * len(reading))

    @cached_property
    def _project_keys(self) -> list[list[str]]:
        return [[label_key(name) for name in project.names] for project in self.catalog.projects.values()]

    def _own(self, core: str) -> tuple[frozenset[str], float]:
        """The pieces of an entry's own name and what they weigh together."""
        if core not in self._owned:
            pieces = frozenset(_bigrams(core))
            self._owned[core] = pieces, sum(map(self._weight, pieces)) or 1.0
        return self._owned[core]

    def _score(self, entry: Entry, asked: _Asked, hint: Hint) -> Link | None:
        total = sum(each.weight for each in asked.words) or 1.0
        coverage = sum(each.weight * self._explained(each, entry) for each in asked.words) / total
        if coverage < 0.25:
            return None
        own, own_weight = self._own(entry.core)
        precision = sum(self._weight(piece) for piece in own & asked.pieces) / own_weight
        if precision == 0.0:
            return None
        exact = entry.core in (asked.key, asked.content)
        named = len(entry.core) >= 3 and entry.core in asked.key
        score = (
            0.72 * coverage
            + 0.2 * precision
            + _PRIOR[entry.kind]
            + hint.fits(entry)
            + (0.12 if exact else 0.06 if named else 0.0)
        )
        return Link(entry, score, coverage, "exact" if exact or named else "part")


def _reaches(beside: Sequence[Word]) -> range:
    """How many characters of the word beside a misspelt stretch may belong to it, most first: none of a plain filler, nor of
    a name that is one word of the general language."""
    if not beside or beside[0].kind is WordKind.FILLER:
        return range(1)
    is_a_word = len(beside[0].text) > 1 and len(tagged(beside[0].text)) == 1
    return range(1) if is_a_word else range(2, -1, -1)


def _without_broken(entries: list[Entry]) -> list[Entry]:
    """Entries without those that print the beginning of another's dates under the beginning of its name."""
    dated = [e for e in entries if e.facts and all(_BEGINS_DATED.match(s.fact.printed) for s in e.facts)]
    whole = {(e.project, s.fact.printed): e.core for e in dated for s in e.facts if _BOTH_DATES.match(s.fact.printed)}
    broken = [e for e in dated if all(_is_begun(s.fact.printed, e, whole) for s in e.facts)]
    return [e for e in entries if not any(e is each for each in broken)]


def _is_begun(printed: str, entry: Entry, whole: dict[tuple[str, str], str]) -> bool:
    begun = _BEGINS_DATED.match(printed)
    if begun is None or _BOTH_DATES.match(printed):
        return False
    return any(
        project == entry.project and core.startswith(entry.core) and told.startswith(begun[0])
        for (project, told), core in whole.items()
    )


def _entries(catalog: Catalog) -> Iterable[Entry]:
    for project in catalog.projects.values():
        yield from _project_entries(project)
    for key, cells in catalog.rows.items():
        facts = tuple(cell for cell in cells if cell.fact.field != AS_PRINTED and not cell.fact.project)
        if key and facts:
            yield Entry(EntryKind.ROW, bare_label(facts[0].fact.row), key, _row_context(facts), facts)
    for key, cells in catalog.prose.items():
        if len(key) < 2:
            continue
        by_project: dict[tuple[str, tuple[str, ...]], list[StoredFact]] = defaultdict(list)
        for cell in cells:
            by_project[(cell.fact.project, cell.fact.row_path)].append(cell)
        for (name, path), facts_of in by_project.items():
            context = label_key(name) + "".join(map(label_key, path))
            if not name:
                context += label_key(facts_of[0].fact.table)
            row, core = bare_label(facts_of[0].fact.row), key
            if path and says(key, "listed_total"):  # the total of a list is what the list's subject comes to
                row, core = path[-1], label_key(path[-1])
            yield Entry(EntryKind.PROSE, row, core, context, tuple(facts_of), label_key(name))
    for name, concept in concept_names().items():
        yield Entry(EntryKind.CONCEPT, concept.label, name, concept=concept)


def _project_entries(project: Project) -> Iterable[Entry]:
    for name in project.names:
        yield Entry(EntryKind.PROJECT, project.name, label_key(name), project=project.key)
    indicators: dict[str, list[StoredFact]] = defaultdict(list)
    for stored in project.indicators:
        indicators[label_key(indicator_name(stored))].append(stored)
    for key, cells in indicators.items():
        if key:
            context = project.key + "".join(map(label_key, cells[0].fact.row_path))
            yield Entry(EntryKind.INDICATOR, indicator_name(cells[0]), key, context, tuple(cells), project.key)


def indicator_name(stored: StoredFact) -> str:
    """The level-3 name of an indicator fact, whose row reads `project / name`."""
    return stored.fact.row.rpartition(" / ")[2]


def _row_context(facts: Sequence[StoredFact]) -> str:
    paths = {label_key(label) for fact in facts for label in fact.fact.row_path}
    return "".join(sorted(paths))


def _bigrams(text: str) -> list[str]:
    return [text[start : start + 2] for start in range(len(text) - 1)] if len(text) > 1 else [text] if text else []


def _project_first(links: list[Link]) -> list[Link]:
    """A project that explains a phrase as well as a subject does comes first: people ask what things cost, not subjects."""
    if not links or links[0].entry.kind is not EntryKind.ROW or links[0].how == "exact":
        return links
    project = next(
        (link for link in links if link.entry.kind is EntryKind.PROJECT and link.coverage >= links[0].coverage - 0.02),
        None,
    )
    return links if project is None else [project, *(link for link in links if link is not project)]


def _letters_covered(reading: str, core: str) -> float:
    """The share of a word's characters that stand in two-character pieces of a name: 泵站管理 in 泵站运行管理经费 is whole."""
    covered = {i + j for i in range(len(reading) - 1) if reading[i : i + 2] in core for j in (0, 1)}
    return len(covered) / len(reading)


def _same_kind_of_unit(unit: str, wished: str) -> bool:
    plain = unit.lstrip("万亿千百")
    return unit == wished or plain == wished or plain.replace("平米", "平方米") == wished.replace("平米", "平方米")


_DATED = re.compile(r"\d\s*[年月日]|[每按]?(?:年|季度?|月|日)|及时")
_ONLY_A_NUMBER = re.compile(r"[\d年月日度]+")
_NEVER_FIRST = frozenset("个的及和与每内中各了性率费等之")
_NEVER_LAST = frozenset("的及和与每各之或")


def is_generic(word: str) -> bool:
    return word in plain_words().generic
