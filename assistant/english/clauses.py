"""An English question clause by clause: who told it, what stands in brackets, what is asked of the same behind it.

Each sentence keeps an order of words of its own (assistant/english/sentences.py). What stands around a question is taught by example
lines: `reports`, `asides` and `behind` in vocabulary/exemplars_english.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.english.sentences import compiled, in_terms, normalise, to_chinese, wished_unit
from assistant.words import Rewriting, english_exemplars

_STOP = re.compile(r"(?<=[.?!;])\s+(?=\S)")
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:nos?|vs|approx|incl|excl|etc|e\.g|i\.e|co|ltd|st|mrs?|ms|dr|fig|tab|pp?)\.$", re.I
)
_BRACKETS = re.compile(r"(?P<table>\b(?:table|list|sheet) )?\( (?P<aside>[^()]+) \)")
_FIRST_CLAUSE = re.compile(r"(?P<aside>[^,]+) , (?P<rest>.+)")
_JOINT = re.compile(r" (?:[,:]|and|with) ")
_TABLE = "表"
_SHARE = re.compile(
    r"\b(?:share|proportion|percentage|percent|fraction|ratio)\b"
)  # what is behind may be of its part only
_COMMA = " , "
_CONFIRMED = "对不对"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a sentence asks, in normalised English, and in Chinese what is said in its brackets and asked behind it."""

    asked: str
    asides: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    told: bool = False


def chinese_of(raw: str) -> str:
    """An English question as the sentence a Chinese reader would ask."""
    unit = wished_unit(raw)
    read = [_read(normalise(sentence)) for sentence in _sentences(raw)]
    asked = [each for each in read if each.asked]
    if not asked:
        return to_chinese(normalise(raw), unit)
    behind = tuple(dict.fromkeys(clause for each in read for clause in each.behind))
    confirmed = _CONFIRMED in behind or any(each.told for each in asked)
    clauses = [clause for each in read for clause in each.asides]
    for number, each in enumerate(asked, 1):
        last = number == len(asked)
        clauses.append(to_chinese(f"{each.asked} , right" if confirmed and last else each.asked, unit))
    clauses += [clause for clause in behind if clause != _CONFIRMED]
    return ",".join(dict.fromkeys(filter(None, clauses)))


def asks_of_the_same(clause: str) -> bool:
    """Whether a clause only asks something more of what stands before it: `and by how much`, `is that right`."""
    return _as_a_whole(normalise(clause), english_exemplars().behind) is not None


def _sentences(raw: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(raw):
        if not _SHORTENED.search(raw[start : stop.start()]):
            yield raw[start : stop.start()]
            start = stop.end()
    yield raw[start:]


def _read(text: str) -> _Sentence:
    told = next((found.end() for found in _reported(text)), 0)
    text, asides = _without_asides(text[told:])
    text, behind = _without_behind(text)
    return _Sentence(text, asides, behind, told=told > 0 and not _asks(text))


def _reported(text: str) -> Iterator[re.Match[str]]:
    found = (pattern.match(text) for _, pattern in _rules(english_exemplars().reports))
    yield from sorted(filter(None, found), key=lambda match: -match.end())


def _asks(text: str) -> bool:
    return re.match(r"(?:what|how|which|who|when|where|why|is|are|was|were|does|do|did)\b", text) is not None


def _without_asides(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what only tells where and of which money it is asked, in brackets or as its first clause."""
    asides: list[str] = []
    first = _FIRST_CLAUSE.fullmatch(text)
    said = _as_a_whole(in_terms(first["aside"]), english_exemplars().asides) if first is not None else None
    if first is not None and said:
        asides.append(said)
        text = first["rest"]

    def taken(found: re.Match[str]) -> str:
        said = _as_a_whole(in_terms(found["aside"]), english_exemplars().asides)
        if said is None or (found["table"] and not said.startswith(_TABLE)):
            return found[0]  # 项目支出预算表(本年预算) is the name of a table
        asides.append(said)
        return found["table"] or ""

    return _BRACKETS.sub(taken, text).strip(" ,"), tuple(asides)


def _without_behind(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the clauses at its end that ask more of the same, and these in Chinese."""
    whole = _as_a_whole(text, english_exemplars().behind)
    if whole is not None:
        return "", (whole,)
    for joint in _JOINT.finditer(text):
        tail = text[joint.end() :]
        said = _as_a_whole(tail, english_exemplars().behind)
        if said is None and joint[0] == _COMMA and not _SHARE.search(text):
            said = _as_a_whole(in_terms(tail), english_exemplars().asides)
        if said is not None and joint.start():
            before, more = _without_behind(text[: joint.start()].strip(" ,:"))
            return before, (*more, said)
    return text, ()


def _as_a_whole(text: str, rules: tuple[Rewriting, ...]) -> str | None:
    """The Chinese of the example that a text is as a whole."""
    for chinese, pattern in _rules(rules):
        if (found := pattern.fullmatch(f"{text} ")) is not None:
            for name, value in found.groupdict().items():
                chinese = chinese.replace(f"{{{name}}}", (value or "").strip())
            return chinese
    return None


@cache
def _rules(rules: tuple[Rewriting, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return compiled(rules)
