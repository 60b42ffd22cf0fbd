"""What kind of question it is, by example: an example's fixed words are found in the question, its slots lie between them.

An example is a line of vocabulary/exemplars.yaml with slots ({A}, {S} …). Marks and words that carry nothing may stand
around the fixed words, and every way to lay an example over a question is tried; what the slots hold is left to
planning, which takes the first match whose slots it can understand. Teaching a phrasing is adding a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from assistant.words import Exemplars, exemplars, longest_first

_TOKEN = re.compile(r"\{(?P<slot>[A-Z])\}|(?P<fixed>\[?(?:<[a-z_]+>|[^{}<>\[\]]+)\]?)")
_FREE_SLOTS = "XYZ"  # words that do not matter, or none
_MOST_MATCHES = 24
_PARTICLES = ("了", "呢", " ", ",", "，", "、", ":")


@dataclass(frozen=True, slots=True)
class Match:
    """A way that an example fits: its kind, the slots' words, and how many characters its fixed words cover."""

    kind: str
    example: str
    slots: dict[str, str]
    covered: int

    @property
    def left_open(self) -> frozenset[str]:
        """The slots that a question of a dialogue leaves to what was spoken of."""
        return frozenset(re.findall(r"\{([A-W])\}", self.example)).difference(self.slots)


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


@dataclass(frozen=True, slots=True)
class _Fixed:
    """One of several small patterns; the longest word that one of them finds is meant."""

    patterns: tuple[str, ...]


_Part = _Slot | _Fixed


@dataclass(frozen=True, slots=True)
class _Line:
    """An example without alternatives: slots and fixed words in order."""

    kind: str
    example: str
    parts: tuple[_Part, ...]

    @property
    def fixed(self) -> frozenset[tuple[str, ...]]:
        return frozenset(part.patterns for part in self.parts if isinstance(part, _Fixed))


class _Laid:
    """A question with the places of every fixed word that was looked for."""

    def __init__(self, text: str, noise: Sequence[str], names: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self._names = names
        self._spans: dict[tuple[str, ...], dict[int, tuple[int, ...]]] = {}
        skipped = _compiled(f"(?:{'|'.join(noise)})*")
        self._past = [self._past_noise(skipped, start) for start in range(len(text) + 1)]
        words = "|".join([*(word for word in noise if len(word) > 1 and "\\" not in word), *_PARTICLES])
        asks = "|".join(longest_first(exemplars().classes["isit"]))
        self._around = _compiled(f"^(?:{asks}|{words}|的)+|(?:{asks}|{words}|[的是有还])+$")

    def spans(self, patterns: tuple[str, ...]) -> dict[int, tuple[int, ...]]:
        """Where one of some patterns stands: its starts, each with its end; not inside a longer printed name."""
        if patterns not in self._spans:
            any_of_them = _compiled("|".join(f"(?:{pattern})" for pattern in patterns))
            ends = {}
            for start in range(len(self.text)):
                if any_of_them.match(self.text, start) is None:
                    continue
                hits = (_compiled(pattern).match(self.text, start) for pattern in patterns)
                end = max(hit.end() for hit in hits if hit)
                if end > start and not self._in_a_name(start, end):
                    ends[start] = end
            inside = {s for s, e in ends.items() if any(o < s and e < ends[o] for o in ends)}
            self._spans[patterns] = {start: (end,) for start, end in ends.items() if start not in inside}
        return self._spans[patterns]

    def reaches(self, start: int, place: int) -> bool:
        """Whether nothing but noise stands from `start` to `place`."""
        return start <= place <= self._past[start]

    def is_noise(self, start: int, end: int) -> bool:
        return end <= self._past[start]

    def trimmed(self, start: int, end: int) -> str:
        """The text of a slot without the words around it that carry nothing."""
        return self._around.sub("", self.text[start:end])

    def only_asks(self, words: str) -> bool:
        """Whether a slot would hold nothing but `how much`."""
        return any(_compiled(pattern).fullmatch(words) for pattern in exemplars().classes["howmuch"])

    def _in_a_name(self, start: int, end: int) -> bool:
        return any(first <= start and end <= last and (end - start) < (last - first) for first, last in self._names)

    def _past_noise(self, noise: re.Pattern[str], start: int) -> int:
        found = noise.match(self.text, start)
        return found.end() if found else start


def match_exemplars(
    text: str, vocabulary: Exemplars | None = None, names: Sequence[tuple[int, int]] = (), leaning: bool = False
) -> list[Match]:
    """All ways to lay examples over the whole text, best covered first.

    `text` is a normalised question without end marks; `names` are the places of printed names in it, which no fixed
    word may cut. In a `leaning` question slots may be left open.
    """
    known = vocabulary or exemplars()
    if not known.kinds:
        return []
    laid = _Laid(text, _noise(known), names)
    found: dict[tuple[str, tuple[tuple[str, str], ...], frozenset[str]], Match] = {}
    for line in (*_lines(known), *(_leaning_lines() if leaning else ())):
        if not all(laid.spans(patterns) for patterns in line.fixed):
            continue
        for count, (slots, covered) in enumerate(_ways(laid, line.parts, 0, {}, 0, leaning)):
            if count >= _MOST_MATCHES:
                break
            match = Match(line.kind, line.example, slots, covered)
            if "B" in slots and line.example in known.leaning.get(line.kind, ()):
                continue  # where such a line ends in {B}, that is what was spoken of
            key = (line.kind, tuple(sorted(slots.items())), match.left_open)
            if key not in found or found[key].covered < covered:
                found[key] = match
    return sorted(found.values(), key=lambda match: -match.covered - _PREFERRED.get(match.kind, 0))


def _ways(
    laid: _Laid, parts: Sequence[_Part], at: int, slots: dict[str, str], covered: int, leaning: bool
) -> Iterator[tuple[dict[str, str], int]]:
    """Every way to lay the parts over the text from `at` to its end, with the slots filled."""
    if not parts:
        if laid.is_noise(at, len(laid.text)):
            yield dict(slots), covered
        return
    first, rest = parts[0], parts[1:]
    if isinstance(first, _Fixed):
        for start, ends in laid.spans(first.patterns).items():
            if laid.reaches(at, start):
                for end in ends:
                    yield from _ways(laid, rest, end, slots, covered + end - start, leaning)
        return
    for end in _slot_ends(laid, first, rest, at, leaning):
        words = laid.trimmed(at, end)
        if first.name not in _FREE_SLOTS and laid.only_asks(words):
            continue
        if (words or leaning or first.name in _FREE_SLOTS) and slots.get(first.name, words) == words:
            yield from _ways(laid, rest, end, {**slots, **({first.name: words} if words else {})}, covered, leaning)


def _slot_ends(laid: _Laid, slot: _Slot, rest: Sequence[_Part], at: int, leaning: bool) -> Iterator[int]:
    """Where a slot that begins at `at` may end: before the next fixed word, or at the end of the text."""
    shortest = at if leaning or slot.name in _FREE_SLOTS else at + 1
    if not rest:
        yield len(laid.text)
    elif isinstance(rest[0], _Fixed):
        yield from (start for start in laid.spans(rest[0].patterns) if start >= shortest)
    else:
        yield from range(shortest, len(laid.text))


# Kinds whose fixed words tell more than their length: a sum's 合计 also ends questions of these kinds.
_PREFERRED = {
    "last_year_rest": 4,
    "check_exceed_total": 3,
    "compare_both": 3,
    "last_year": 2,
    "change": 2,
    "check_equal": 2,
    "check_exceed": 2,
    "check_below": 2,
    "share": 2,
    "multiple": 2,
    "cover": 3,
    "difference": 1,
}


def _lines(vocabulary: Exemplars) -> tuple[_Line, ...]:
    return _built_in() if vocabulary is exemplars() else _compile_all(vocabulary)


@cache
def _built_in() -> tuple[_Line, ...]:
    return _compile_all(exemplars())


@cache
def _leaning_lines() -> tuple[_Line, ...]:
    """Lines of dialogues only, of which at least one slot is always left open."""
    return _compile_all(exemplars(), exemplars().leaning)


def _compile_all(vocabulary: Exemplars, kinds: Mapping[str, Sequence[str]] | None = None) -> tuple[_Line, ...]:
    return tuple(
        _Line(kind, line, parts)
        for kind, lines in (kinds or vocabulary.kinds).items()
        for line in lines
        for parts in dict.fromkeys(_readings(line, vocabulary))
    )


def _readings(line: str, vocabulary: Exemplars) -> Iterator[tuple[_Part, ...]]:
    """The line with every choice made: what stands in brackets may be missing."""
    choices: list[tuple[tuple[_Part, ...], ...]] = []
    for token in _TOKEN.finditer(line):
        if token["slot"]:
            choices.append(((_Slot(token["slot"]),),))
            continue
        words = token["fixed"].strip("[]")
        part = _Fixed(_of_class(vocabulary, words[1:-1]) if words.startswith("<") else (re.escape(words),))
        choices.append(((part,), ()) if token["fixed"].startswith("[") else ((part,),))
    for chosen in product(*choices):
        yield tuple(part for parts in chosen for part in parts)


def _of_class(vocabulary: Exemplars, name: str) -> tuple[str, ...]:
    return vocabulary.classes.get(name, exemplars().classes.get(name, ()))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _noise(vocabulary: Exemplars) -> tuple[str, ...]:
    return longest_first(vocabulary.classes.get("noise", exemplars().classes["noise"]))
