"""What the words of budget prose mean: vocabulary/prose.yaml, checked, and subjects cleaned with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pydantic import BaseModel, ConfigDict, model_validator

from ingest.facts import Role
from ingest.labels import bare_label
from ingest.vocabulary_loading import load_vocabulary


class ProseWords(BaseModel):
    """The shape of vocabulary/prose.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rises: list[str]
    falls: list[str]
    change_fillers: list[str]
    comparisons: list[str]
    comparison_marks: list[str]
    same: list[str]
    shares: list[str]
    openers: list[str]
    opening_verbs: list[str]
    opening_subjects: list[str]
    generic_subjects: list[str]
    totals: list[str]
    payment_verbs: list[str]
    last_year: list[str]
    executed: list[str]
    leading: list[str]
    kept: list[str]
    trailing: list[str]
    kept_ends: list[str]
    too_little: list[str]
    subject_after: list[str]
    status_words: list[str]
    ordinal_units: list[str]
    setting_words: list[str]
    empty_wholes: list[str]
    head_ends: list[str]
    headless: list[str]
    each: list[str]
    thresholds: list[str]
    money_words: list[str]
    definition_marks: list[str]
    columns: dict[Role, str]

    @model_validator(mode="after")
    def _no_word_both_ways(self) -> ProseWords:
        if both := set(self.rises) & set(self.falls):
            raise ValueError(f"“{'、'.join(sorted(both))}”既是增又是减")
        return self


@cache
def prose_words() -> ProseWords:
    return load_vocabulary("prose", ProseWords)


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


@cache
def comparison_pattern() -> re.Pattern[str]:
    """比上年, 与2022年, 较2024年度 …"""
    words = prose_words()
    return re.compile(any_of(words.comparisons) + "|" + any_of(words.comparison_marks) + r"\s*(?:20\d\d|上|去)\s*年")


@cache
def change_pattern() -> re.Pattern[str]:
    """A change word right before a figure, with nothing but filler between; group `falls` is set for a decrease."""
    words = prose_words()
    filler = any_of(words.change_fillers)
    return re.compile(f"(?:(?P<falls>{any_of(words.falls)})|(?P<rises>{any_of(words.rises)})){filler}*$")


@cache
def same_pattern() -> re.Pattern[str]:
    """与上年预算数相同, 与2022年持平, 较上年无变化."""
    return re.compile(f"(?:{comparison_pattern().pattern})[^，,。；;：:]{{0,12}}?{any_of(prose_words().same)}")


@cache
def share_pattern() -> re.Pattern[str]:
    """占, 占比, 占部门支出总额的, 占本年支出: group `whole` or `bare` names the whole if it stands between."""
    words = any_of(prose_words().shares)
    return re.compile(
        f"(?:{words}(?:(?P<whole>[^，,。；;：:占]{{2,24}}?)(?:的比重为|的比例为|的比重|的比例|的))?"
        r"|占(?P<bare>(?![比所到约为])[^，,。；;：:占的\d]{2,24}?))[约为是：:]*$"
    )


@cache
def opener_pattern() -> re.Pattern[str]:
    """其中：, 主要包括 … at the beginning of a clause."""
    return re.compile(rf"\s*(?P<whole>[^，,。；;：:]{{0,14}}?){any_of(prose_words().openers)}\s*[:：]?")


@cache
def opening_verb_pattern() -> re.Pattern[str]:
    """收入为…, 支出包括…: a whole named by its own word."""
    words = prose_words()
    return re.compile(
        rf"\s*(?P<whole>{any_of(words.opening_subjects)}){any_of(words.opening_verbs)}(?=[\u4e00-\u9fff])"
    )


_DATE = re.compile(r"(?:截[至止]+)?(?:(?:19|20)\d\d\s*年度?(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号]|份|底)?)?)")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile("^" + any_of(prose_words().leading))


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(any_of(prose_words().trailing) + "$")


def clean_subject(text: str, department: str = "") -> str:
    """The words that name what a figure is about: dates, the department, verbs and connectives around them dropped."""
    subject = re.sub(r"\s+", "", text)
    if department:
        subject = subject.replace(department, "")
    if date := _DATE.match(subject.strip(_MARKS)):
        subject = subject.strip(_MARKS)[date.end() :]
    for word in prose_words().subject_after:
        before, found, after = subject.rpartition(word)
        if found and len(_trimmed(after)) >= 2:
            subject = after
        elif found and not _trimmed(after):
            subject = before or subject
    subject = _trimmed(subject)
    if date := _DATE.match(subject):
        subject = _trimmed(subject[date.end() :])
    return _trimmed(_YEAR_END.sub("", subject)) or subject


_YEAR_END = re.compile(r"(?:19|20)\d\d\s*年度?(?:年初|当年)?(?:预算|执行|决算|支出|安排)?(?:预算)?(?:数|金额)?$")
_PAIRS = ("（）", "()", "“”", "《》")
_OPENING = "（(“《["
_CLOSING = "）)”》]"
_MARKS = " \t\u3000、，,。；;：:．.①②③④⑤⑥⑦⑧⑨—-\"'"


def _trimmed(subject: str) -> str:
    """Edges dropped for as long as something is left to drop; balanced quotes and brackets stay."""
    before = None
    while before != subject:
        before = subject
        subject = subject.strip(_MARKS).lstrip(_CLOSING).rstrip(_OPENING)
        if not all(subject.count(pair[0]) == subject.count(pair[1]) for pair in _PAIRS):
            subject = subject.lstrip(_OPENING) if subject[:1] in _OPENING else subject
        subject = _trim_words(subject)
    return subject


def _trim_words(subject: str) -> str:
    words = prose_words()
    if match := _leading().match(subject):
        rest = subject[match.end() :]
        removable = len(rest) != 1 and not subject.startswith(tuple(words.kept))
        if removable:
            return rest
    match = _trailing().search(subject)
    if not match or subject in words.status_words or subject.endswith(tuple(words.kept_ends)):
        return subject
    rest = subject[: match.start()]
    return subject if rest in words.too_little else rest


def side_said(words: str) -> str:
    """收入 or 支出 where a sentence begins with it alone: the side of the whole balance, no part of the list before."""
    found = re.fullmatch(r"(?:.*[。；;])?\s*(收入|支出)\s*", words)
    return found[1] if found is not None else ""


def is_generic(subject: str) -> bool:
    """Whether a subject names nothing and only points back: 金额, 涉及资金, a single character such as 比."""
    return len(subject) < 2 or subject in prose_words().generic_subjects


def title_subject(text: str, department: str = "") -> str:
    """What a title names: （一）公务接待费. Empty where it announces a text only: 情况, 说明."""
    subject = clean_subject(bare_label(text), department)
    return "" if is_generic(subject) or subject.endswith(tuple(prose_words().empty_wholes)) else subject
