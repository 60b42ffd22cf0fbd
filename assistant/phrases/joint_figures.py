"""Several figures that a question speaks of together, wherever their words stand: each is named by something of its own.

`城东跟城西一年总共抽多少吨水`: no figure explains both 城东 and 城西, two called alike explain every word. `贴息总共多少`: all
that stand in one list fit alike. What is to be done with them is said by the words of operations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from assistant.cues import says
from assistant.names.closest import TELLING, Closest, Near
from assistant.names.linking import Entry, EntryKind
from assistant.names.printed_names import PrintedNames
from assistant.names.segments import Word, WordKind
from assistant.plan import Aggregate, Combine, Compare, Lookup, Members, Plan, Ratio, Selector, Universe
from assistant.questions.value_kinds import value_kind_of
from assistant.words import exemplars, longest_first
from ingest.labels import label_key
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import MULTIPLE, PERCENT
from ingest.numbers.units import to_base

_MOST = 40  # figures that are tried
_LEAST = 0.3  # the share of a question that each of several must explain
_ENOUGH, _ENOUGH_ALIKE = 0.75, 0.7  # the share that they must explain together
_ITS_OWN = 0.5  # how much more of a word one must explain than the other, for the word to be its own
_WHOLE, _PIECE = 0.9, 3.0  # or the whole of it, by a piece of this weight: 甲 of 甲指挥部预计用电
_AS_WELL = 0.05  # how much less another pair may fit and still be meant as well
_ALIKE = 0.03  # how much less of a question a figure of a list may explain than the best
_SAID = re.compile(r"(?P<n>[两二三四五六七八九十\d]+)(?:个|处|样|边|片|地|笔|项|家|座|条|类|节点|者)")
_OPERATIONS = {  # what the classes of words of example questions ask for, one after the other; the more telling first
    "multiple": (("times",), ("divided", "times_sign")),
    "share": (("share",),),
    "which": (("which", "bigger"), ("which", "smaller"), ("which", "larger")),
    "difference": (("apart",), ("more", "howmuch"), ("beyond", "howmuch")),
    "average": (("average",),),
    "sum": (("sum",), ("plus",), ("all_counted",)),
}
_NOT_A_SUPERLATIVE = "(?<!最)"  # 最高几毛 asks for no difference
_JOINING = ("and", "divided", "than", "of", "bigger", "smaller", "larger", "two", "more", "minus", "which", "howmuch")


@dataclass(frozen=True, slots=True)
class _Named:
    """A figure with the share of each word that its own name, or what it stands under, explains."""

    near: Near
    own: tuple[float, ...]

    @property
    def units(self) -> frozenset[str]:
        return frozenset(_unit(q.unit) for s in self.near.facts if (q := s.fact.quantity) is not None)


class JointFigures:
    """Finds figures of one catalog that are meant together."""

    def __init__(self, closest: Closest, printed: PrintedNames) -> None:
        self.closest = closest
        self.printed = printed

    def plan(self, text: str, spoken_of: frozenset[int] = frozenset()) -> Plan | None:
        """What is to be done with several figures; None when the question does not speak of several, or says nothing to do.

        `spoken_of` are the ids of facts that a dialogue told of before: of pairs that fit alike, theirs is meant.
        """
        operation = operation_said(self.printed.without(text))
        if operation is None or (operation == "share" and says(text, "share_beyond")):
            return None
        kind = value_kind_of(text)
        words = [word for word in self.closest.content(text, kind) if not _is_of_operations(word)]
        ranked = [near for near in self.closest.ranked_by(words, text, kind) if _is_of_a_project(near.entry)]
        named = [self._named(near, words) for near in ranked[:_MOST]]
        said = _SAID.search(text)
        pair = self._pair(named, words, spoken_of) if said is None or as_number(said["n"]) == 2 else ()
        alike = self._alike(named, words, text, operation)
        found = alike if not pair or self._explains(alike, words) > self._explains(pair, words) else pair
        if len(found) < 2 or (operation == "share" and any(PERCENT in each.units for each in found)):
            return None
        if operation == "share" and found is alike:
            return self._part_of_all(found)
        ordered = sorted(found, key=lambda each: self._place(text, each, found, words))
        return _done(operation, [self._lookup(each, found) for each in ordered], text)

    def _named(self, near: Near, words: Sequence[Word]) -> _Named:
        name = near.entry.core + near.entry.context
        return _Named(near, tuple(self.closest.explained(word, name) for word in words))

    def _pair(self, named: Sequence[_Named], words: Sequence[Word], spoken_of: frozenset[int]) -> tuple[_Named, ...]:
        """The two that explain most together, each with a word of its own; () when they leave a telling one over, or
        when two of another unit do as well."""
        found: list[tuple[tuple[float, ...], tuple[_Named, _Named]]] = []
        weights = [self.closest.weight(word) for word in words]
        telling = [w >= TELLING and word.kind is not WordKind.UNKNOWN for w, word in zip(weights, words, strict=True)]
        total = sum(weights) or 1.0
        for one, other in combinations([each for each in named if each.near.covered >= _LEAST], 2):
            told = [w if tells else 0.0 for w, tells in zip(weights, telling, strict=True)]
            if not one.units & other.units or not (_has_own(one, other, told) and _has_own(other, one, told)):
                continue
            if self._is_of_another(one, other, words) or self._is_of_another(other, one, words):
                continue
            together = [max(a, b) for a, b in zip(one.own, other.own, strict=True)]
            if any(weight >= TELLING and share < _LEAST for weight, share in zip(weights, together, strict=True)):
                continue
            covered = sum(w * s for w, s in zip(weights, together, strict=True)) / total
            entries = one.near.entry, other.near.entry
            known = sum(not spoken_of.isdisjoint(s.id for s in entry.facts) for entry in entries) if spoken_of else 0
            rank = (
                covered
                + 0.1 * (entries[0].context == entries[1].context)
                + 0.1 * _called_alike(*entries)
                + 0.1 * known,
                float(entries[0].kind is entries[1].kind is EntryKind.INDICATOR),
            )
            if covered >= _ENOUGH:
                found.append((rank, (one, other)))
        if not found:
            return ()
        first, pair = max(found, key=lambda scored: scored[0])
        rivals = (each for rank, each in found if rank[0] > first[0] - _AS_WELL)
        return () if any(not each[0].units & pair[0].units for each in rivals) else pair

    def _is_of_another(self, one: _Named, other: _Named, words: Sequence[Word]) -> bool:
        """Whether a word tells what only one of two stands under, not what it is called: said of one, it is said of both,
        unless the other is told by what it stands under as well."""
        if one.near.entry.context == other.near.entry.context:
            return False
        alone = any(not self.closest.is_in(word, one.near.entry.core) for word in self._above(one, other, words))
        return alone and not self._above(other, one, words)

    def _above(self, one: _Named, other: _Named, words: Sequence[Word]) -> list[Word]:
        """The words of one's own that stand above it."""
        own = (w for w, a, b in zip(words, one.own, other.own, strict=True) if a - b >= _ITS_OWN)
        return [word for word in own if self.closest.is_in(word, one.near.entry.context)]

    def _alike(self, named: Sequence[_Named], words: Sequence[Word], text: str, operation: str) -> tuple[_Named, ...]:
        """All figures of one list that the words fit alike, as many as the question says; of a sum also all of them."""
        said = _SAID.search(text)
        number = as_number(said["n"]) if said else None
        counted = text[said.end() :] if said else ""
        kept = [number for number, word in enumerate(words) if not counted.startswith(word.text)]
        shares = {id(each): self._share(each.own, words, kept) for each in named}
        listed = sorted((each for each in named if not _is_total(each.near.entry)), key=lambda each: -shares[id(each)])
        if not listed or shares[id(listed[0])] < _ENOUGH_ALIKE:
            return ()
        first = listed[0]
        left = [words[i] for i in kept if first.own[i] < _LEAST]
        if any(self.closest.weight(word) >= TELLING for word in left):
            return ()
        found: dict[str, _Named] = {}
        for each in listed:
            entry, like = each.near.entry, first.near.entry
            of_list = entry.context == like.context and entry.kind is like.kind
            if of_list and shares[id(each)] >= shares[id(first)] - _ALIKE and each.units & first.units:
                found.setdefault(entry.core, each)
        whole_list = operation == "sum" and first.near.entry.kind is EntryKind.PROSE and number is None
        return tuple(found.values()) if whole_list or number == len(found) else ()

    def _part_of_all(self, found: Sequence[_Named]) -> Plan | None:
        """The one of several that a word of its own names, over all of them: 两片区清扫面积,城东占多少."""
        named = [each for each in found if all(_exceeds(each.own, other.own) for other in found if other is not each)]
        if len(named) != 1:
            return None
        whole = Combine("+", tuple(self._lookup(each, found) for each in found))
        return Ratio(self._lookup(named[0], found), whole, PERCENT)

    def _explains(self, found: Sequence[_Named], words: Sequence[Word]) -> float:
        """The share of the words that the names of some figures explain."""
        own = [max(shares) for shares in zip(*(each.own for each in found), strict=True)]
        return self._share(own, words, range(len(words))) if own else 0.0

    def _share(self, own: Sequence[float], words: Sequence[Word], kept: Sequence[int]) -> float:
        weights = {i: self.closest.weight(words[i]) for i in kept}
        return sum(weights[i] * own[i] for i in kept) / (sum(weights.values()) or 1.0)

    def _place(self, text: str, each: _Named, found: Sequence[_Named], words: Sequence[Word]) -> int:
        """Where the first word stands that is a figure's own."""
        others = [other for other in found if other is not each]
        own = [
            text.find(word.text)
            for number, word in enumerate(words)
            if all(each.own[number] - other.own[number] >= _ITS_OWN for other in others)
        ]
        return min((place for place in own if place >= 0), default=each.near.facts[0].id)

    def _lookup(self, each: _Named, found: Sequence[_Named]) -> Lookup:
        units = frozenset.intersection(*(other.units for other in found))
        facts = [s for s in each.near.facts if s.fact.quantity is not None and _unit(s.fact.quantity.unit) in units]
        label = each.near.entry.label
        return Lookup(Selector(label, label, fact_ids=tuple(s.id for s in facts), confidence=each.near.covered))


def operation_said(text: str) -> str | None:
    """The operation that a text asks for, the most telling of those its words say; None where there is none."""
    return next((name for name, ways in _OPERATIONS.items() if any(_in_order(way).search(text) for way in ways)), None)


def _is_of_operations(word: Word) -> bool:
    """Whether a word that no name has only says what is to be done."""
    return word.kind is WordKind.UNKNOWN and not _operation_words().sub("", word.text)


def _done(operation: str, figures: Sequence[Lookup], text: str) -> Plan | None:
    two = len(figures) == 2
    match operation:
        case "sum":
            return Combine("+", tuple(figures))
        case "average":
            return Aggregate("average", Members(Universe.GIVEN, text, given=tuple(figures)))
        case "multiple" if two:
            return Ratio(figures[0], figures[1], MULTIPLE)
        case "share" if two:
            return Ratio(figures[0], figures[1], PERCENT)
        case "which" if two:
            return Compare(figures[0], figures[1], "which")
        case "difference" if two:
            return Compare(figures[0], figures[1])
        case _:
            return None


def _is_of_a_project(entry: Entry) -> bool:
    return bool(entry.project) and entry.kind in (EntryKind.INDICATOR, EntryKind.PROSE)


def _is_total(entry: Entry) -> bool:
    """Whether an entry is the total of a list, not one of its parts."""
    return says(entry.core, "listed_total") or label_key("".join(entry.facts[0].fact.row_path[-1:])) == entry.core


def _has_own(one: _Named, other: _Named, told: Sequence[float]) -> bool:
    """Whether a telling word, or a telling piece of one, names the one and not the other."""
    return any(
        weight > 0 and (a - b >= _ITS_OWN or (a >= _WHOLE and (a - b) * weight >= _PIECE))
        for a, b, weight in zip(one.own, other.own, told, strict=True)
    )


def _exceeds(own: Sequence[float], other: Sequence[float]) -> bool:
    return any(a - b >= _ITS_OWN for a, b in zip(own, other, strict=True))


def _called_alike(one: Entry, other: Entry) -> bool:
    """Whether two names end alike: 甲片区清扫面积, 乙片区清扫面积."""
    return one.core[-2:] == other.core[-2:]


def _unit(unit: str) -> str:
    return to_base(unit)[0].partition("/")[0] if unit.endswith("/年") else to_base(unit)[0]


@cache
def _operation_words() -> re.Pattern[str]:
    classes = {name for ways in _OPERATIONS.values() for way in ways for name in way} | set(_JOINING)
    return re.compile("|".join(_of_class(name) for name in sorted(classes)))


@cache
def _in_order(classes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_NOT_A_SUPERLATIVE + "".join(map(_of_class, classes)))


def _of_class(name: str) -> str:
    return f"(?:{'|'.join(longest_first(exemplars().classes[name]))})"
