"""What a question does across documents: rank them, subtract one from another, add them up, pick those that meet a condition.

Read by the words of vocabulary/scope.yaml, from a question whose departments' names are already taken out; what is left
is the measure, which every document's own reader understands by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from assistant.documents.departments import scope_words
from assistant.documents.scope import MARKS, Scope
from assistant.plan import Condition
from assistant.questions.conditions import threshold
from assistant.questions.ordering import order_in
from assistant.words import longest_first

_HOW_MANY_OF_THEM = re.compile(
    rf"(?<![前后第])(?:这|那|全部|所有|上述)?(?:[两二三四五六七八九十几]|\d{{1,3}})(?:家(?:单位|部门)?|个(?:单位|部门|城市|市|机关|局)|座城市|个(?={MARKS}))"
)
_OF_ONE_DOCUMENT = re.compile(
    r"项目(?!支出|经费|资金)|科目|指标|分项|各项|经办|负责|构成|哪[一几]?[项类块笔张个](?!单位|部门|城市|市|局|地方)"
)
_CODE = re.compile(r"(?<!\d)(?:\d{7}|\d{5}|\d{3})(?!\d)")
_JOINTS = "和与跟同较是的,，、:：;-－—为在有对于了那呢吗"
_ENGLISH = re.compile(r"[a-z][a-z'’]*|[()/.]")


class Operation(StrEnum):
    EACH = "each"
    TOP = "top"
    DIFFERENCE = "difference"
    MULTIPLE = "multiple"
    VERDICT = "verdict"
    SUM = "sum"
    AVERAGE = "average"
    MEDIAN = "median"
    FILTER = "filter"
    COUNT = "count"
    POSITION = "position"
    SHARE = "share"
    DOCUMENTS = "documents"


OF_TWO = (Operation.DIFFERENCE, Operation.MULTIPLE, Operation.VERDICT)
ADDING = (Operation.SUM, Operation.AVERAGE, Operation.MEDIAN)


@dataclass(frozen=True, slots=True)
class Across:
    """An operation over documents. `measures` is one phrase for all, or one for each operand; "" where it is left open.
    `first` and `count` slice a ranking; `condition` keeps members (attribute amount, change or nothing)."""

    operation: Operation
    measures: tuple[str, ...] = ("",)
    descending: bool = True
    first: int = 1
    count: int = 1
    condition: Condition | None = None

    def measure_of(self, operand: int) -> str:
        return self.measures[operand] if operand < len(self.measures) else self.measures[0]

    def of(self, measures: tuple[str, ...]) -> Across:
        return replace(self, measures=measures)


def read_across(scope: Scope, leaning: bool = False) -> Across | None:
    """What a question does across the documents of its scope; None when it asks of each alone. A `leaning` question
    (`差多少`, `最少的呢`) may leave out whose figures it means."""
    text = re.sub(f"^那(?!家|个)|{_PLEASE}", "", scope.marked)
    cues = f"{text} {scope.question.original}"
    if _has("documents", cues):
        return Across(Operation.DOCUMENTS)
    if len(scope.named) >= 2:
        return _of_named(text, cues, scope)
    return _of_all(text, cues, scope, leaning)


_PLEASE = r"请问|帮我|麻烦"


def _of_named(text: str, cues: str, scope: Scope) -> Across:
    """`西安和长春哪家三公更多`, `A比B多多少`: the names are the operands."""
    yes_no = bool(re.search(r"吗|是否|是不是|有没有|么[?？]?$", scope.question.raw))
    if _has("multiple", cues):
        return Across(Operation.MULTIPLE, _measures(text, "multiple"))
    if _has("difference", cues) or re.search(rf"{MARKS}[^,]*[-－—−]{MARKS}", text):
        return Across(Operation.DIFFERENCE, _measures(text, "difference"))
    if found := re.search(rf"{MARKS}.*?(?:({_any('exceeds')})|({_any('below')})).*?{MARKS}", text):
        relation = ">" if found[1] else "<"
        return Across(Operation.VERDICT, _measures(text, "exceeds", "below"), condition=Condition("amount", relation))
    compared = re.search(rf"{MARKS}.*比.*{MARKS}", text)
    if compared and yes_no and not _has("which", cues):
        relation = "<" if re.search(rf"(?:{_any('less')})[一些点]*$", text) else ">"
        return Across(Operation.VERDICT, _measures(text, "exceeds", "below"), condition=Condition("amount", relation))
    if (
        found_all := _of_all(text, cues, scope, leaning=True)
    ) is not None and found_all.operation is not Operation.EACH:
        return found_all
    if _has("together_of_named", cues):
        return Across(Operation.SUM, (_measure(text, "together", "together_of_named"),))
    if compared:
        return Across(Operation.DIFFERENCE, _measures(text, "difference"))
    return Across(Operation.EACH, (_measure(text),))


def _of_all(text: str, cues: str, scope: Scope, leaning: bool) -> Across | None:
    """`各家机关运行经费排个名`, `哪些单位没有因公出国`: the members are the documents."""
    if _has("position", cues) and len(scope.named) == 1 and not _OF_ONE_DOCUMENT.search(text):
        return Across(Operation.POSITION, (_measure(text, "position"),))
    if len(scope.disclosures) < 2:
        return None
    who = _has("who", cues) and not any(word in cues for word in scope_words().who_else)
    counted = _HOW_MANY_OF_THEM.search(text)
    several = _has("which_several", cues) or _has("how_many", cues)
    which = _has("which", cues) or bool(who)
    plural = several or which or _has("each", cues) or bool(counted)
    order = order_in(_bare(text)) if not _HOW_MANY_OF_THEM.fullmatch(text) else None
    ranked = _has("rank", cues) or _has("rank_up", cues)
    if not plural and not leaning:
        if ranked and not _OF_ONE_DOCUMENT.search(text):
            return _ranking(text, cues, order)
        return (
            Across(Operation.SUM, (_measure(text, "together", "together_of_named"),))
            if _CODE.search(text) and _has("together", cues)
            else None
        )
    condition, rest = _condition(text, cues, superlative=order is not None and not ranked)
    if several or (which and condition is not None and order is None):
        if condition is None and not _measure(rest, "together_of_named"):
            return Across(Operation.DOCUMENTS)
        if condition is not None:
            return Across(
                Operation.COUNT if _has("how_many", cues) else Operation.FILTER, (_measure(rest),), condition=condition
            )
        return _ranking(text, cues, order) if order or ranked else Across(Operation.EACH, (_measure(text),))
    for operation, words in ((Operation.AVERAGE, "average"), (Operation.MEDIAN, "median"), (Operation.SUM, "together")):
        if _has(words, cues):
            return Across(operation, (_measure(text, words),))
    if ranked or which or order is not None:
        return _ranking(text, cues, order)
    if (counted or _has("each", cues)) and _has("together_of_named", cues) and not _has("listed", cues):
        return Across(Operation.SUM, (_measure(text, "together", "together_of_named"),))
    if leaning and _has("difference", cues):
        return Across(Operation.DIFFERENCE, (_measure(text, "difference"),))
    if leaning and _has("multiple", cues):
        return Across(Operation.MULTIPLE, (_measure(text, "multiple"),))
    return Across(Operation.EACH, (_measure(text),)) if plural else None


def _ranking(text: str, cues: str, order: tuple[bool, int, int, str] | None) -> Across:
    if order is not None:
        descending, first, count, _ = order
        if _has("rank_up", cues):
            descending = False
        return Across(Operation.TOP, (_measure(text),), descending, first, count)
    all_of_them = bool(_has("rank", cues) or _has("rank_up", cues))
    descending = (
        not _has("rank_up", cues)
        and not re.search(rf"(?:{_any('less')})(?:的|呢|些|一些|一点)*$", _bare(text))
        and not _english("less", cues)
    )
    return Across(Operation.TOP, (_measure(text),), descending, 1, 999 if all_of_them else 1)


def _condition(text: str, cues: str, superlative: bool) -> tuple[Condition | None, str]:
    """What members must meet, and the text without it."""
    amounts, rest = threshold(text)
    if amounts:
        return amounts[0], rest
    if superlative:
        return None, text
    for sign, words in ((">", "up"), ("<", "down"), ("=", "unchanged")):
        if word := _has(words, cues):
            without = text.replace(word, "")
            for last_year in longest_first(scope_words().against_last_year):
                without = without.replace(last_year, "")
            return Condition("change", sign), without
    if word := _has("nothing", cues):
        return Condition("nothing", "="), text.replace(word, "")
    if re.search(rf"(?:{_any('which_several')}|{_any('how_many')})(?:{_any('something')})", text):
        return Condition("nothing", "≠"), re.sub(rf"(?<=[位门家市局])(?:{_any('something')})", "", text)
    return None, text


# ── what is left as the measure ────────────────────────────────────────────────────────────────────────────


def _measures(text: str, *groups: str) -> tuple[str, ...]:
    """The measure of each of two operands: what stands after each name, or before both; the same where one has none."""
    pieces = re.split(f"({MARKS})", text)
    before = _measure(pieces[0], *groups)
    after = [_measure(piece, *groups) for piece in pieces[2::2]]
    first, second = (after[0] if after else ""), (after[-1] if len(after) > 1 else "")
    first = before + first
    if not first or not second or first == second:
        return (first or second,)
    return (first, second)


def _measure(text: str, *groups: str) -> str:
    """A text without the words that stand for documents or, by their groups, for the operation."""
    text = _bare(text)
    for word in longest_first(
        tuple(each for group in groups for each in getattr(scope_words(), group) if not each.isascii())
    ):
        text = text.replace(word, "") if len(word) > 1 else text.removesuffix(word)
    whole = bool(re.search("预算|花钱|花得|花的|总额", text))
    found = order_in(text)
    text = re.sub(r"的?是(?=有?几|有?多少|$)", "", found[3] if found is not None else text)
    parts = [_trimmed(part) for part in re.split(r"[,，]", text)]
    return "".join(parts) or ("总支出" if whole else "")


def _trimmed(text: str) -> str:
    """Without what stands around a measure and says nothing."""
    words = scope_words()
    edges = longest_first(tuple(w for w in (*words.around, *words.listed, *words.more, *words.less) if not w.isascii()))
    changed = True
    while changed:
        before = text
        text = text.strip(_JOINTS).removeprefix("更").removesuffix("更").removeprefix("比").removeprefix("按")
        text = text if text.endswith("占比") else text.removesuffix("比")
        for word in edges:
            text = text.removesuffix(word)
            text = text.removeprefix(word) if len(word) > 1 else text
        changed = text != before
    return text


def _bare(text: str) -> str:
    """Without marks, the words for documents, and English."""
    text = re.sub(r"(?<=[前后][一二两三四五六七八九十\d])家", "个", text)  # 前三家
    words = scope_words()
    for word in longest_first(
        (*words.each, *words.which, *words.which_several, *words.how_many, *words.who, *words.same_departments)
    ):
        text = text.replace(word, "") if not word.isascii() else text
    text = re.sub(MARKS, "", _HOW_MANY_OF_THEM.sub("", text))
    return _ENGLISH.sub("", text)


def _has(group: str, cues: str) -> str:
    """The longest word of a group that stands in the question, "" when none does."""
    found = _pattern(group).search(cues)
    return found[0] if found else ""


def _english(group: str, cues: str) -> bool:
    return any(
        word.isascii() and re.search(rf"(?<![a-z]){word}(?![a-z])", cues) for word in getattr(scope_words(), group)
    )


def _any(group: str) -> str:
    return "|".join(map(re.escape, longest_first(tuple(w for w in getattr(scope_words(), group) if not w.isascii()))))


@cache
def _pattern(group: str) -> re.Pattern[str]:
    return re.compile("|".join(_bounded(longest_first(getattr(scope_words(), group)))))


def _bounded(words: Iterable[str]) -> Iterable[str]:
    return (rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in words)
