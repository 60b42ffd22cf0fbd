"""What an English question asks for and what it names, without its order of words.

Examples know whole sentences; most questions are none of them. But each has a frame (how many days, at most, per ton,
when) that tells a kind of value, and names, whose Chinese words in any order lead to a figure of that kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.english.sentences import normalise, words_in
from assistant.questions.value_kinds import Value, ValueKind, counting_units, value_kind_of
from assistant.words import Translation, english_words, longest_first

_MONEY = re.compile(
    r"\b(?:how much|costs?|prices?|fees?|pay|pays|paid|rent|rates?|charges?|budget|budgeted|yuan|cap|ceiling|limit)\b"
)
_COUNTED = re.compile(r"\b(?:how many(?! (?:percent|yuan|years|weeks)\b)|(?:the )?(?:number|count) of)\b")
_ASKS_AGAIN = re.compile(r"\band (?:at |by |for )?(?:what|how (?:much|many|far|long|often)|when|who|which|why)\b")
_COST = re.compile(r"\b(?:costs?|prices?|paid|pays?|spends?|spent|money|yuan)\b")
_UNIT = (
    r"\b(?:how many(?! times (?:the|as|more|larger|bigger|greater|higher|over|is|are)\b)|at least|at most|number of|count of)"
    r" (?P<many>{units})"
    r"|(?:\(|, |expressed |\b)in (?P<told>{units})(?= ?(?:\)|,|$))|\( ?(?P<aside>{units}) ?\)"
)
_FOR_ONE = r"\b(?:per|for (?:each|every|one|a)|apiece|each) (?P<unit>{units})"
_PEOPLE = "人"


@dataclass(frozen=True, slots=True)
class Frame:
    """`kind` of value with the Chinese words that ask for it, `bound` (≤, ≥ or "") where a limit is asked for.

    `names` are what is left, in Chinese; `unknown` what no vocabulary has. `measured` tells that the unit was said,
    `together` that several figures are meant, `compares` that figures are set against others or asked one after the
    other, `costs` that money is meant.
    """

    kind: ValueKind
    asks: str
    bound: str
    names: tuple[str, ...]
    unknown: tuple[str, ...]
    measured: bool = False
    together: bool = False
    compares: bool = False
    costs: bool = False

    @property
    def sentence(self) -> str:
        """A Chinese question of the same names and kind."""
        return f"{','.join(self.names)}{',一共' if self.together else ','}{self.asks}"


@dataclass(frozen=True, slots=True)
class _Asked:
    asks: str
    kind: ValueKind
    rest: str
    measured: bool = False


def frame_of(raw: str) -> Frame:
    """The frame of an English question and the Chinese of what is left without it."""
    text = normalise(raw)
    asked = _asked_in(text)
    bounds, rest = _bounds_in(asked.rest)
    names, unknown = words_in(_light().sub(" ", _together().sub(" ", rest)))
    return Frame(
        asked.kind,
        asked.asks,
        "" if asked.asks in english_words().asked_in_words or not bounds else bounds[0],
        names,
        unknown,
        measured=asked.measured,
        together=_together().search(rest) is not None,
        compares=len(bounds) > 1 or any(each.search(rest) for each in (_compared(), _ASKS_AGAIN)),
        costs=_COST.search(text) is not None,
    )


def _asked_in(text: str) -> _Asked:
    """The kind of value, and the text without the words that told it."""
    words = english_words()
    if _MONEY.search(text) and (each := _for_one().search(text)):
        asks = f"每{words.measured[each['unit']]}多少钱"
        return _Asked(asks, value_kind_of(asks), _without(text, each), measured=True)
    if unit := _unit().search(text):
        said = next(filter(None, unit.groups()))
        asks = f"多少{words.measured[said]}"
        known = words_in(said)[0]
        named = known and words.measured[said] not in (*known, _PEOPLE)  # graves are more than 座
        things = said if unit["many"] and named else ""
        return _Asked(asks, value_kind_of(asks), _without(text, unit, things), measured=True)
    if many := _COUNTED.search(text):
        return _Asked("多少个", ValueKind(Value.COUNT, counting_units()), _without(text, many))
    for pattern, asks in _asks():
        if found := pattern.search(text):
            return _Asked(asks, _kind_asked(asks), _without(text, found))
    return _Asked("是多少", ValueKind(), text)


def _kind_asked(asks: str) -> ValueKind:
    if asks in english_words().asked_in_words:
        return ValueKind(Value(english_words().asked_in_words[asks]))
    return value_kind_of(asks)


def _bounds_in(text: str) -> tuple[list[str], str]:
    """Every limit that is asked for, and the text without them."""
    found: list[str] = []
    for pattern, bound in _limits():
        found += [bound for _ in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    return found, text


def _without(text: str, found: re.Match[str], things: str = "") -> str:
    return f"{text[: found.start()]} , {things} {text[found.end() :]}"


@cache
def _unit() -> re.Pattern[str]:
    return _with_units(_UNIT)


@cache
def _for_one() -> re.Pattern[str]:
    return _with_units(_FOR_ONE)


def _with_units(pattern: str) -> re.Pattern[str]:
    units = "|".join(map(re.escape, longest_first(tuple(english_words().measured))))
    return re.compile(pattern.replace("{units}", rf"(?:{units})\b"))


@cache
def _asks() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _patterns(english_words().asks)


@cache
def _limits() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _patterns(english_words().limits)


@cache
def _light() -> re.Pattern[str]:
    return _any_of(english_words().light)


@cache
def _compared() -> re.Pattern[str]:
    return _any_of(english_words().compared)


@cache
def _together() -> re.Pattern[str]:
    return _any_of(english_words().together)


def _patterns(entries: tuple[Translation, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_any_of(each.en), each.zh) for each in entries)


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, longest_first(phrases)))})(?![a-z])")
