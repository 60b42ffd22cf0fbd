"""What kind of question it is, by example: the example whose fixed words cover most of the question comes first.

An example is a line of vocabulary/exemplars.yaml with slots ({A}, {S} …); what the slots hold is left to planning,
which takes the first match whose slots it can understand. Teaching a phrasing is adding a line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.words import Exemplars, exemplars, longest_first

_TOKEN = re.compile(r"\{(?P<slot>[A-Z])\}|<(?P<cls>[a-zA-Z_]+)>|(?P<open>\[)|(?P<close>\])|(?P<other>.)")


@dataclass(frozen=True, slots=True)
class Match:
    """An example that fits: its kind, the slots' words, and how many characters its fixed words cover."""

    kind: str
    example: str
    slots: dict[str, str]
    covered: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    example: str
    regex: re.Pattern[str]


def match_exemplars(text: str, vocabulary: Exemplars | None = None) -> list[Match]:
    """All examples that fit the whole text, best covered first; `text` is a normalised question without end marks."""
    found: list[Match] = []
    for pattern in _patterns(vocabulary or exemplars()):
        fitting = pattern.regex.fullmatch(text)
        if fitting is None:
            continue
        slots = {name: value for name, value in fitting.groupdict().items() if value}
        found.append(Match(pattern.kind, pattern.example, slots, len(text) - sum(map(len, slots.values()))))
    return sorted(found, key=lambda match: -match.covered - _PREFERRED.get(match.kind, 0))


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


def _patterns(vocabulary: Exemplars) -> tuple[_Pattern, ...]:
    return _compiled(id(vocabulary), vocabulary) if vocabulary is not exemplars() else _built_in()


@cache
def _built_in() -> tuple[_Pattern, ...]:
    return _compile_all(exemplars())


def _compiled(_identity: int, vocabulary: Exemplars) -> tuple[_Pattern, ...]:
    return _compile_all(vocabulary)


def _compile_all(vocabulary: Exemplars) -> tuple[_Pattern, ...]:
    classes = {
        name: "(?:" + "|".join(map(re.escape, longest_first(words))) + ")" for name, words in vocabulary.classes.items()
    }
    return tuple(
        _Pattern(kind, line, re.compile(_to_regex(line, classes)))
        for kind, lines in vocabulary.kinds.items()
        for line in lines
    )


def _to_regex(line: str, classes: dict[str, str]) -> str:
    parts: list[str] = []
    seen: set[str] = set()
    for token in _TOKEN.finditer(line):
        if slot := token["slot"]:
            free = slot in "XYZ"
            parts.append(f"(?P<{slot}>{'.*?' if free else '.+?'})" if slot not in seen else f"(?P={slot})")
            seen.add(slot)
        elif name := token["cls"]:
            parts.append(classes.get(name, ".*?"))
        elif token["open"]:
            parts.append("(?:")
        elif token["close"]:
            parts.append(")?")
        else:
            parts.append(token["other"].replace("+", r"\+").replace(".", r"\."))
    return "".join(parts)
