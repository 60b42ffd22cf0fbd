"""Words of a question that point at what was spoken of, put into marks that phrases understand (vocabulary/pointing.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import RootModel

from assistant.cues import cue, says
from assistant.dialogue.figure_referents import FigureReferent, in_order_of_size
from assistant.dialogue.referents import EXCESS, REST, SHOWN, TOPIC, Referents
from assistant.phrases.phrases import Phrases
from assistant.plan import Lookup
from assistant.questions.ordering import order_in
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import PERCENT, YUAN
from ingest.vocabulary_loading import load_vocabulary

_SOFT = frozenset({"rest", "pair", "counted"})  # words that a question which stands alone may say as well


class _Pointing(RootModel[dict[str, tuple[str, ...]]]):
    pass


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    words = load_vocabulary("pointing", _Pointing, "assistant").root
    return {kind: re.compile("|".join(patterns)) for kind, patterns in words.items()}


def points(text: str) -> bool:
    """Whether a text cannot be understood without what was said before."""
    return any(pattern.search(text) for kind, pattern in _kinds().items() if kind not in _SOFT)


def without_measure_words(text: str, phrases: Phrases) -> str:
    """A text without words that only end what is named right before them: `泵站那笔`."""
    for found in reversed(list(cue("of_the_one_named").finditer(text))):
        before = re.split(r"[,，占比跟和与]", text[: found.start()])[-1]
        if before and phrases.content_in(before):
            text = text[: found.start()] + text[found.end() :]
    return text


def pointed(text: str, referents: Referents) -> Iterator[str]:
    """The text with marks for what its words point at, in every way they can be meant, likeliest first."""
    known: set[str] = set()
    several = len(_kinds()["one"].findall(text)) > 1
    for by_name in (False,) if several else (False, True):
        marked = _marked(text, referents, by_name)
        if marked is not None and marked != text and marked not in known:
            known.add(marked)
            yield marked


def pointed_values(text: str, referents: Referents) -> Iterator[str]:
    """The text with the amount itself in the place of the word that points at it."""
    found, last = _kinds()["one"].search(text), referents.last
    if found is not None and last is not None and last.value is not None and last.value.unit == YUAN:
        yield f"{text[: found.start()]}{last.value.number:.2f}元{text[found.end() :]}"


def _marked(text: str, referents: Referents, by_name: bool) -> str | None:
    """The text with every pointing word replaced; None when one of them has nothing to point at."""
    for kind, pattern in _kinds().items():
        position = 0
        while (found := pattern.search(text, position)) is not None:
            put = _put(kind, found[0], (text[: found.start()], text[found.end() :]), referents, by_name)
            if put is None:
                return None
            text = text[: found.start()] + put + text[found.end() :]
            position = found.start() + len(put)
    return text


def _put(kind: str, words: str, around: tuple[str, str], referents: Referents, by_name: bool) -> str | None:
    """What stands in the place of a pointing word; `around` is the text before and after it."""
    (before, after), pair, last = around, referents.pair, referents.last
    if pair is not None and "倍" in after:
        pair = in_order_of_size(pair)
    match kind:
        case "manner":
            return None
        case "people":
            return "、".join(referents.people) or None
        case "counted":
            return _counted(words, referents)
        case "pair":
            return f"{pair[0].mark}和{pair[1].mark}" if pair is not None else None
        case "first" | "second" if referents.pair is not None:
            return referents.pair[kind == "second"].mark
        case "first" | "second":
            return None
        case "other":
            return referents.other.mark if referents.other is not None else None
        case "excess":
            return EXCESS if referents.excess is not None else None
        case "rest":
            if order_in(before) is not None:  # without the largest: the members shown, less that one
                return _several("", referents)
            return REST if referents.rest is not None or referents.remainder is not None else None
        case "shown":
            return _several(words, referents) or (
                _things(referents) if cue("they_themselves").fullmatch(words) else _named_next(after, referents)
            )
        case "thing" if referents.project is not None:
            return TOPIC if by_name else referents.project.name
        case _ if by_name:
            return referents.topic or None
        case "one" if "科目" in words and (subject := _subject(referents)) is not None:
            return subject.mark
        case "one" if words.startswith("它") and referents.set_against is not None:
            return referents.set_against.mark
        case _:
            return last.mark if last is not None else TOPIC if referents.project is not None else None


def _counted(words: str, referents: Referents) -> str | None:
    """As many of the last figures as are said, where all are of the thing that is named: `三个水厂`."""
    number = _number_in(words)
    figures = referents.newest(number) if number is not None else ()
    if referents.shown is not None and (not figures or number == referents.number_shown):
        return SHOWN
    thing = re.sub(r"^.*?[两二三四五六七八九十\d]+.", "", words)
    plain = thing in ("", "项目", "数字", "数", "金额", "费用", "经费")
    alike = all(thing in f.label + (f.selector.words if f.selector else "") for f in figures)
    return "和".join(figure.mark for figure in figures) if figures and (plain or alike) else None


def _number_in(words: str) -> int | None:
    said = re.search(r"[两二三四五六七八九十\d]+", words)
    number = as_number(said[0]) if said else None
    return int(number) if number is not None else None


def _things(referents: Referents) -> str | None:
    """What was counted last, or was to be bought, by its name."""
    last = referents.last
    counted = last is not None and last.value is not None and last.value.unit not in (YUAN, PERCENT, "")
    told = last is not None and (counted or says(last.label, "bought"))
    return cue("number_of").sub("", last.label) or None if told and last is not None else None


def _subject(referents: Referents) -> FigureReferent | None:
    """The figure of a subject told last."""
    told = (each for each in referents.figures if isinstance(each.expression, Lookup) and each.selector is not None)
    return next((each for each in told if each.selector and (each.selector.code or each.selector.row_keys)), None)


def _named_next(after: str, referents: Referents) -> str | None:
    """`这几个泵站`: nothing in the place of a pointing word, where what was counted last is named right behind it."""
    last = referents.last
    return "" if last is not None and len(after) > 1 and after[:2] in last.label else None


def _several(words: str, referents: Referents) -> str | None:
    """The set shown, else as many of the last figures as are said."""
    if referents.shown is not None:
        return SHOWN
    return "和".join(figure.mark for figure in referents.newest(_number_in(words) or 2)) or None
