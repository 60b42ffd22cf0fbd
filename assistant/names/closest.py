"""The printed figure that is closest to a question, among those of the kind of value it asks for.

Names and questions seldom share whole words: `迁个祖坟` is 迁坟, `几毛一度` a price for one 度. So words count by their
pieces and characters, by how few names have them, in the name, in the clause the figure stands in and in what it stands
under; nearness in meaning only adds to that. What the figure does not explain counts against it, and a figure is only
taken when no other with another value comes near.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.names.light_words import pieces_of
from assistant.names.linking import Entry, EntryKind, Linker
from assistant.names.segments import Word, WordKind, content_of, everyday_words
from assistant.questions.value_kinds import Value, ValueKind
from assistant.words import plain_words
from ingest.facts import Origin
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import find_numerals

_REMEMBERED = 64  # questions
_IN_CLAUSE, _IN_CONTEXT, _IN_CHARACTERS = 0.9, 0.8, 0.7  # how much less a word tells that is not in the name itself
_UNSEEN = 2.0  # the weight of a character that no name has
TELLING = 2.0  # the weight from which on a word must not stay unexplained
_CLAUSE = re.compile(r"[。；;！？\n]")
_LIST_BEHIND = re.compile(r"[：:（(].*")
_NAME_ENDS = re.compile(r"(?=$|[庄民户数量费度、，,。；;：:（(）) ])")
_MEASURED = re.compile(r"多(?P<noun>[长宽高远])$")
_HEAD = 12  # characters of a clause that tell what it is about
_COUNTED = 0.1  # what a name adds that ends in the number asked for: 次数 for 几次
_IN_ITS_UNIT = 0.13  # what it adds that a figure is counted in the very unit asked for: 辆 rather than 台
_CLEARLY, _COVERED_ALIKE = 0.12, 0.06  # by how much the nearest must lead another value
_HARDLY_LESS = 0.01  # a share less by this fits alike, whatever is nearer in meaning
_NEARER = 0.7  # by how many standard deviations the nearest in words must be nearer in meaning to lead all the same
_SURE_TO_ASK = 0.9  # the share that several must explain before it is asked back which
_ONLY_ONE = 0.1  # how much less is enough where all values of the kind are one
_ALL_BUT_ONE, _FAR_AHEAD = 0.8, 0.25  # when one word that no name has may stay unexplained
_ALL_NAMES = 0.75  # the share of a question's names that tells a figure of a rare kind, whatever else was said
_ENOUGH = {
    Value.PRICE: 0.55,
    Value.COUNT: 0.6,
    Value.SHARE: 0.7,
    Value.DATE: 0.7,
    Value.WHEN: 0.7,
    Value.OFTEN: 0.6,
    Value.SPAN: 0.7,
    Value.MONEY: 0.7,
    Value.OPEN: 0.8,
}
_ORDINAL = re.compile(r"第(?P<n>[一二三四五六七八九十]|\d{1,2})")
_ORDINAL_WORDS = re.compile(_ORDINAL.pattern + "(?:个|笔|次|项|条|步|期|阶段|档|批)?")
_NAMED = 0.3  # the share of a word that stands in a name it is said for
_NUMBERED = re.compile(r"[一二三四五六七八九十]|\d+")


@dataclass(frozen=True, slots=True)
class Near:
    """An entry with its facts of the kind asked for; `covered` is the share of the question that it explains, 0–1.

    `unexplained` are the telling words that it leaves over.
    """

    entry: Entry
    facts: tuple[StoredFact, ...]
    score: float
    covered: float
    unexplained: tuple[str, ...]
    names_what_is_counted: bool = True
    named: float = 0.0  # the share that it explains of the words that some name has
    is_called_so: bool = (
        True  # whether its name, or what it stands under, has a word of the question, not only its clause
    )

    @property
    def values(self) -> frozenset[object]:
        return frozenset(s.fact.quantity.number if s.fact.quantity else s.fact.printed for s in self.facts)


class Closest:
    """Ranks the figures of one catalog by nearness to questions."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        # readings of one question ask for the same figures again
        self.ranked = lru_cache(_REMEMBERED)(self.ranked)  # type: ignore[method-assign]

    def ranked(self, text: str, kind: ValueKind, project: str = "") -> list[Near]:
        """Figures of the kind, nearest first, of one project only when it is given."""
        return self.ranked_by(self.content(text, kind), text, kind, project)

    def ranked_by(self, words: Sequence[Word], text: str, kind: ValueKind, project: str = "") -> list[Near]:
        """Figures of the kind, nearest to some words of a text first."""
        if sum(len(word.text) for word in words) < 2 and kind.value is not Value.COUNT:
            return []
        weights = [self._weight(word) for word in words]
        total = sum(weights) or 1.0
        ordinals = {found["n"] for found in _ORDINAL.finditer(text)}
        head, of_projects = self._head(text, kind), self._counts_projects(text, kind)
        found = []
        for entry in self._candidates(words):
            if (project and entry.project != project) or _is_another_one(entry, ordinals) or _is_across(entry, kind):
                continue
            facts = tuple(
                s
                for s in entry.facts
                if kind.fits(s) and s.fact.printed not in text and not self._is_condition(s, entry)
            )
            if not facts:
                continue
            around = self._around(entry)
            shares = [self._explained(word, entry.core, *around) for word in words]
            covered = sum(w * s for w, s in zip(weights, shares, strict=True)) / total
            left = tuple(
                w.text for w, weight, s in zip(words, weights, shares, strict=True) if weight >= TELLING and s < 0.3
            )
            score = covered + self._own(entry, words)
            score += _COUNTED if kind.value is Value.COUNT and any(f"{u}数" in entry.core for u in kind.units) else 0.0
            score += _IN_ITS_UNIT if kind.unit_said and all(_unit_of(s) == kind.unit_said for s in facts) else 0.0
            above = "" if kind.value is Value.COUNT else around[1]
            named = all(self._is_counted(word, entry.core, f"{above}，{around[0]}") for word in head)
            named = named and (not of_projects or says(f"{entry.core}，{around[0]}", "project"))
            if kind.value is Value.MONEY:  # what is only spoken of beside an amount is not what it is for
                named = named and any(self.is_in(word, f"{entry.core}，{_heads_of(facts)}") for word in words)
            names = [
                (w, s) for word, w, s in zip(words, weights, shares, strict=True) if word.kind is not WordKind.UNKNOWN
            ]
            share_of_names = sum(w * s for w, s in names) / (sum(w for w, _ in names) or 1.0)
            called = any(self._explained(word, entry.core + entry.context, "", "") >= _NAMED for word in words)
            found.append(Near(entry, facts, score, covered, left, named, share_of_names, called))
        return sorted(found, key=lambda each: -each.score)

    def chosen(self, text: str, kind: ValueKind, project: str = "") -> list[Near]:
        """The one figure that is meant, or several that fit alike with other values; none when nothing is near enough."""
        ranked = self.ranked(text, kind, project)
        if not ranked or not self._is_near_enough(first := ranked[0], kind, _values_of(ranked) <= first.values):
            return []
        rivals = self._not_farther(text, first, [each for each in ranked[1:] if _is_rival(each, first)])
        if first.unexplained and any(
            e.score > first.score - _FAR_AHEAD and not e.values & first.values for e in ranked
        ):
            return []
        if not rivals:
            return [first]
        if first.covered <= _SURE_TO_ASK or not all(self._is_near_enough(each, kind) for each in rivals):
            return []
        alike = (e for e in ranked[1:] if e.values <= first.values and _is_as_near(e, first))
        return [first, *rivals, *(e for e in alike if e.entry.context == first.entry.context)]

    def asks_for_both(self, text: str, kind: ValueKind) -> bool:
        """Whether two of one kind are asked for together: 两边, and 两个片区 where two figures are of a 片区."""
        cores = self._alike(self.ranked(text, kind))
        named = (found["what"] for found in cue("two_of_a_kind").finditer(text))
        return says(text, "both_said") or (
            len(cores) == 2 and any(all(what in core for core in cores) for what in named)
        )

    def _alike(self, ranked: Sequence[Near]) -> dict[str, Near]:
        """The figures of one project that come first in a ranking, by their names."""
        first = ranked[0] if ranked else None
        if first is None or not first.entry.project:
            return {}
        near = (e for e in reversed(ranked) if e.entry.project == first.entry.project and _is_as_near(e, first))
        return {each.entry.core: each for each in near}

    def sharing(self, text: str, kind: ValueKind, both: bool) -> list[Near]:
        """Figures of one project that take up the question's names between them, each one of its own (甲片区加乙片区), or
        `both` that there are; none where a telling word is in none of them."""
        alike = self._alike(self.ranked(text, kind))
        words = self.content(text, kind)
        said = [{word.text for word in words if self.is_in(word, core)} for core in alike]
        each_its_own = all(own - set().union(*(e for e in said if e is not own)) for own in said)
        names = "，".join(f"{core}，{'，'.join(self._around(each.entry))}" for core, each in alike.items())
        of_one = len({each.entry.project for each in alike.values()}) == 1
        if len(alike) < 2 or not (each_its_own or (both and len(alike) == 2)) or not of_one:
            return []
        return list(alike.values()) if self.covered(words, names, "", "") >= _ENOUGH[kind.value] else []

    def limit_of(self, text: str, kind: ValueKind, fact_ids: Sequence[int]) -> Near | None:
        """The limit of a figure that is told with an amount too, where a limit is asked for: 上限 under its name."""
        if not says(text, "limit_asked"):
            return None
        ranked = self.ranked(text, kind)
        told = next((each.entry for each in ranked if not set(fact_ids).isdisjoint(s.id for s in each.facts)), None)
        if told is None or says(told.core, "limit_name"):
            return None
        under = (e for e in ranked if e.entry.project == told.project and told.core in e.entry.context)
        return next((each for each in under if says(each.entry.core, "limit_name")), None)

    def only_one(self, text: str, kind: ValueKind, project: Project) -> Near | None:
        """The one value of a rare kind that a project has, when the question names nothing else: `东环路修好了跑多快`."""
        entries = [e for e in self._entries if e.project == project.key and any(map(kind.fits, e.facts))]
        names = "".join(map(label_key, project.names))
        words = [w for w in self.content(text, kind) if w.kind is not WordKind.UNKNOWN]
        rare = kind.is_rare or (kind.value is Value.PRICE and bool(kind.units))
        near = [Near(entry, tuple(filter(kind.fits, entry.facts)), 1.0, 1.0, ()) for entry in entries]
        if not rare or len({each.values for each in near}) != 1 or (kind.is_rare and len(near) != 1):
            return None
        return near[0] if all(self.is_in(word, names + near[0].entry.core) for word in words) else None

    def _not_farther(self, text: str, first: Near, rivals: list[Near]) -> list[Near]:
        """Of figures that the words fit alike, those that are not farther in meaning than the one they fit best."""
        behind = [each for each in rivals if each.covered <= first.covered - _HARDLY_LESS]
        if not behind or self.linker.meaning is None:
            return rivals
        near = self.linker.meaning.nearness(text)
        own = near.get(first.entry.label)
        farther = [e for e in behind if own is not None and near.get(e.entry.label, own) <= own - _NEARER]
        return [each for each in rivals if each not in farther]

    def _is_near_enough(self, near: Near, kind: ValueKind, only_one: bool = False) -> bool:
        if kind.value is Value.MONEY and not near.is_called_so:
            return False
        if kind.is_rare and near.named >= _ALL_NAMES and near.names_what_is_counted:
            return True
        if near.unexplained and not (
            kind.is_narrow and near.covered >= _ALL_BUT_ONE and not any(map(self._is_of_a_name, near.unexplained))
        ):
            return False
        enough = _ENOUGH[kind.value] - (_ONLY_ONE if only_one and kind.is_narrow else 0.0)
        return near.covered >= enough and near.names_what_is_counted

    def _is_of_a_name(self, word: str) -> bool:
        return any(piece.kind is not WordKind.UNKNOWN for piece in content_of(self.linker.words(word)))

    def content(self, text: str, kind: ValueKind) -> list[Word]:
        """The words of a question that can name something; frames of speech and the words that told the kind left out."""
        if any(words in text for words in kind.words):
            text = cue("counting_verb").sub("", text)
        for words in kind.words:
            noun = _MEASURED.search(words)
            if words not in everyday_words():  # 跑多快 means 时速
                text = text.replace(words, noun["noun"] if noun else ",")
        text = cue("together").sub(",", text)
        text = _ORDINAL_WORDS.sub("", cue("source_said").sub("", cue("pointed_at").sub("", text)))
        found: list[Word] = []
        for word in content_of(self.linker.words(text)):
            if kind.value is Value.PRICE and says(word.text, "price_itself"):
                continue
            if word.kind is not WordKind.UNKNOWN:
                found += [word] if word.text not in plain_words().frames else []
                continue
            found += [Word(part, WordKind.UNKNOWN) for part, light in pieces_of(word.text) if not light]
        return found

    def _is_counted(self, word: Word, core: str, clause: str) -> bool:
        """Whether a word behind `几个` names what an entry counts; a single character does where a name ends."""
        if len(word.text) > 1 or word.means:
            return self._explained(word, core, _LIST_BEHIND.sub("", clause), "") >= 0.5
        return any(re.search(word.text + _NAME_ENDS.pattern, text) for text in (core, clause))

    def doubts(self, text: str, kind: ValueKind, fact_ids: Sequence[int]) -> bool:
        """Whether a figure leaves out what is counted: 摄像头 of `装了多少个摄像头`."""
        asked = set(fact_ids)
        return any(not e.names_what_is_counted for e in self.ranked(text, kind) if asked & {s.id for s in e.facts})

    def covered(self, words: Sequence[Word], name: str, clause: str, context: str, with_gaps: bool = False) -> float:
        """The share of the words that a name and what surrounds it explain; none when a telling one is left over."""
        weights = [self._weight(word) for word in words]
        shares = [self._explained(word, name, clause, context) for word in words]
        if with_gaps:
            shares = [max(s, self._characters(w.text, name, "", "")) for w, s in zip(words, shares, strict=True)]
        if not with_gaps and any(w >= TELLING and s < 0.3 for w, s in zip(weights, shares, strict=True)):
            return 0.0
        return sum(w * s for w, s in zip(weights, shares, strict=True)) / (sum(weights) or 1.0)

    def explained(self, word: Word, name: str) -> float:
        """How much of a word stands in a name, 0–1."""
        return self._explained(word, name, "", "")

    def weight(self, word: Word) -> float:
        """How much a word tells, by how few names have it."""
        return self._weight(word)

    def is_in(self, word: Word, name: str) -> bool:
        """Whether a word stands for a part of a name."""
        return self._explained(word, name, "", "") >= 0.5

    @staticmethod
    def _counts_projects(text: str, kind: ValueKind) -> bool:
        """Whether projects are counted, which are no name of anything else."""
        tails = (text.partition(asked)[2] for asked in kind.words[:1] if kind.value is Value.COUNT)
        return any(says(tail[:2], "project") for tail in tails)

    def _head(self, text: str, kind: ValueKind) -> list[Word]:
        """What is counted: the first name behind `多少个`."""
        for asked in kind.words[:1] if kind.value is Value.COUNT else ("多少",):
            tail = text.partition(asked)[2] if asked.startswith(("多少", "几")) else ""
            if tail and tail[0] not in "的," and not cue("unit_said").match(tail):
                head = self.content(tail, kind)[:1]
                return [] if any(word.text in meant for word in head for meant in _meant_by(kind.units)) else head
        return []

    def _own(self, entry: Entry, words: Sequence[Word]) -> float:
        """A little for a name of which much was said."""
        said = {c for word in words for reading in word.readings for c in reading}
        weights = {c: self._char_weight(c) for c in set(entry.core)}
        return 0.12 * sum(w for c, w in weights.items() if c in said) / (sum(weights.values()) or 1.0)

    def _explained(self, word: Word, core: str, clause: str, context: str) -> float:
        if word.kind is WordKind.UNKNOWN:
            return self._characters(word.text, core, clause, context)
        return max(self._pieces(reading, core, clause, context) for reading in word.readings)

    def _pieces(self, reading: str, core: str, clause: str, context: str) -> float:
        if len(reading) == 1:
            return self._characters(reading, core, clause, context)
        pieces = [reading[i : i + 2] for i in range(len(reading) - 1)]
        weights = [self.linker._weight(piece) for piece in pieces]
        whole = sum(weights) or 1.0
        share = sum(w * _place_of(p, core, clause, context) for w, p in zip(weights, pieces, strict=True)) / whole
        return max(share, _IN_CHARACTERS * self._characters(reading, core, clause, context))

    def _characters(self, text: str, core: str, clause: str, context: str) -> float:
        weights = [self._char_weight(c) for c in text]
        return sum(w * _place_of(c, core, clause, context) for w, c in zip(weights, text, strict=True)) / sum(weights)

    def _weight(self, word: Word) -> float:
        if word.kind is WordKind.UNKNOWN:
            return 1.2 if len(word.text) == 1 else 0.5 * math.log(1 + self._total) * min(len(word.text) - 1, 2)
        return self.linker._word_weight(word)

    def _char_weight(self, character: str) -> float:
        having = self._characters_of_names.get(character, 0)
        return math.log(1 + self._total / (1 + having)) if having else _UNSEEN

    @cached_property
    def _total(self) -> int:
        return max(len(self._entries), 2)

    @cached_property
    def _entries(self) -> list[Entry]:
        return [e for e in self.linker.entries if e.kind in (EntryKind.INDICATOR, EntryKind.PROSE, EntryKind.ROW)]

    @cached_property
    def _characters_of_names(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for entry in self._entries:
            for character in set(entry.core):
                found[character] += 1
        return found

    def _candidates(self, words: Sequence[Word]) -> Iterable[Entry]:
        said = {c for word in words for reading in word.readings for c in reading}
        return (entry for entry in self._entries if not said.isdisjoint(self._searched(entry)))

    def _searched(self, entry: Entry) -> str:
        """What must have a character of a question before an entry is tried: its name and clause, in texts its list too."""
        clause, above = self._around(entry)
        return entry.core + clause + (above if entry.kind is EntryKind.PROSE else "")

    def _is_condition(self, stored: StoredFact, entry: Entry) -> bool:
        """Whether a value stands in the name of another figure: 达到10000万元以上 is what has to be reached."""
        printed = label_key(stored.fact.printed)
        return any(printed in core and core != entry.core for core in self._names_under[entry.context])

    @cached_property
    def _names_under(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for entry in self._entries:
            if entry.kind is EntryKind.PROSE:
                found[entry.context].append(entry.core)
        return found

    def _around(self, entry: Entry) -> tuple[str, str]:
        """The clause that an entry's prose figures stand in, and the names it stands under."""
        return self._surroundings[(entry.core, entry.context)]

    @cached_property
    def _surroundings(self) -> dict[tuple[str, str], tuple[str, str]]:
        found = {}
        for entry in self._entries:
            clauses = (
                {clause for s in entry.facts for clause in _clauses_of(s)} if entry.kind is EntryKind.PROSE else ()
            )
            units = "".join(_meant_by(entry.units))
            found[(entry.core, entry.context)] = ("，".join(clauses), entry.context + units)
        return found


def _values_of(ranked: Sequence[Near]) -> frozenset[object]:
    return frozenset(value for each in ranked for value in each.values)


def _is_rival(other: Near, first: Near) -> bool:
    """Whether another figure with another value fits about as well."""
    return _is_as_near(other, first) and not other.values & first.values


def _is_as_near(other: Near, first: Near) -> bool:
    return other.score > first.score - _CLEARLY and other.covered > first.covered - _COVERED_ALIKE


def _clauses_of(stored: StoredFact) -> Iterable[str]:
    """What a sentence says around a figure: from the figure before it, with the list behind it."""
    fact = stored.fact
    if fact.origin is not Origin.PROSE or not fact.printed:
        return
    for clause in _CLAUSE.split(fact.sentence):
        before, found, behind = clause.partition(fact.printed)
        if found:
            figures = find_numerals(before)
            listed = _LIST_BEHIND.match(behind)
            yield before[figures[-1].end if figures else 0 :] + (listed[0] if listed else "")


def _unit_of(stored: StoredFact) -> str:
    return stored.fact.quantity.unit if stored.fact.quantity is not None else ""


def _heads_of(facts: Iterable[StoredFact]) -> str:
    """What the clauses that print some figures begin with."""
    clauses = (clause for s in facts for clause in _CLAUSE.split(s.fact.sentence) if s.fact.printed in clause)
    return "，".join(label_key(clause)[:_HEAD] for clause in clauses)


def _place_of(piece: str, core: str, clause: str, context: str) -> float:
    return 1.0 if piece in core else _IN_CLAUSE if piece in clause else _IN_CONTEXT if piece in context else 0.0


def _meant_by(units: Iterable[str]) -> list[str]:
    return [words for unit in units for words in plain_words().units_mean.get(unit.split("/")[-1], ())]


def _is_another_one(entry: Entry, ordinals: set[str]) -> bool:
    """Whether an entry is numbered and not by an ordinal that was said: 节点一 for `第二个节点`."""
    numbers = set(_NUMBERED.findall(entry.core)) if ordinals else set()
    return bool(numbers) and not numbers & ordinals


def _is_across(entry: Entry, kind: ValueKind) -> bool:
    """Whether an entry is another dimension than the one asked for: a length for `多宽`."""
    asked = {found["noun"] for words in kind.words if (found := _MEASURED.search(words))}
    told = {noun for noun in "长宽高" if noun in entry.core}
    return bool(asked and told) and not asked & told
