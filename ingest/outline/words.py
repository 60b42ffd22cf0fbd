"""What a single line of a disclosure says about structure: vocabulary/outline.yaml, checked, as questions to ask."""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from ingest.labels import joined_label
from ingest.vocabulary_loading import load_vocabulary

LONGEST_TITLE = 60
_SENTENCE = re.compile(r"[。；;！？?]")
_ATTACHMENT = re.compile(r"^附件[\d一二三四五六七八九十]{0,3}(?:-\d+)?[:：.、]")
_LEADERS = re.compile(r"[.．·…。\s-]*\d{0,3}\s*$")
_ORDINAL_IN_MARK = re.compile(r"[一二三四五六七八九十\d]+")


class OutlineWords(BaseModel):
    """The shape of vocabulary/outline.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    heading_marks: list[str]
    heading_ends: list[str]
    contents: list[str]
    glossary: list[str]
    number_words: list[str]
    title_ends: list[str]
    not_titles: str
    unit_labels: list[str]
    money_units: list[str]
    department_labels: list[str]
    caption_noise: list[str]
    noise: list[str]
    notes: list[str]
    empty_notes: list[str]
    budget: list[str]
    final_accounts: list[str]
    title_words: list[str]
    title_tail: str
    made_titles: dict[str, str]
    without_in_department: list[str]
    disclosure: list[str]
    notice_numbers: str
    notice_titles: str
    sheet_indicators: list[str]
    sheet_fields: list[str]
    sheet_labels_needed: int
    sheet_starts: list[str]


@cache
def outline_words() -> OutlineWords:
    return load_vocabulary("outline", OutlineWords)


def _longest_first(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _whole_line(key: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in getattr(outline_words(), key)))


@cache
def _marks() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in outline_words().heading_marks)


@cache
def _number() -> re.Pattern[str]:
    words = f"(?:{_longest_first(outline_words().number_words)})*"
    digits = r"\d{1,2}(?:[-—－.]\d{1,2})?(?:(?!\d)|(?=20\d\d年))"
    return re.compile(rf"{words}(?:表[-_]?(?:{digits}|[一二三四五六七八九十]{{1,3}}(?![级公]))|{digits}表)[:：.、]?")


@cache
def _unit_line() -> re.Pattern[str]:
    words = outline_words()
    return re.compile(
        rf"[(（]?(?:{_longest_first(words.unit_labels)})[:：][(（]?({_longest_first(words.money_units)})(?![\u4e00-\u9fff])[)）]?"
    )


@cache
def _department_line() -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first(outline_words().department_labels)})(?:[(（][^)）]{{1,6}}[)）])?[:：]")


def is_noise(text: str) -> bool:
    """Page numbers and rules, to be passed over."""
    return bool(_whole_line("noise").fullmatch(joined_label(text)))


def is_note(text: str) -> bool:
    """注：… or 本表无数据: a line that belongs to the table above it."""
    return bool(_whole_line("notes").match(joined_label(text)))


def says_empty(text: str) -> bool:
    """Whether a line tells that a table has no data."""
    return bool(_whole_line("empty_notes").search(joined_label(text)))


def is_caption_noise(text: str) -> bool:
    return bool(_whole_line("caption_noise").fullmatch(joined_label(text)))


def is_contents_mark(text: str) -> bool:
    return joined_label(text).strip(":：") in outline_words().contents


def is_glossary_heading(text: str) -> bool:
    return any(word in joined_label(text) for word in outline_words().glossary)


def heading_mark(text: str) -> tuple[int, str] | None:
    """The level (0 is 第一部分, then 2 for 一、 and so on; 1 is for headings without mark) and the mark itself."""
    joined = joined_label(text)
    for number, pattern in enumerate(_marks()):
        if match := pattern.match(joined):
            return (number + 1 if number else 0), match.group()
    return None


def mark_ordinal(mark: str) -> str:
    found = _ORDINAL_IN_MARK.search(mark)
    return found.group() if found else mark


def without_mark(text: str) -> str:
    mark = heading_mark(text)
    return joined_label(text)[len(mark[1]) :].lstrip(":：、") if mark else joined_label(text)


def unit_in(text: str) -> str:
    """The money unit that a line names as such: 单位：万元 → 万元; "" if none."""
    match = _unit_line().search(joined_label(text))
    return match.group(1) if match else ""


def department_in(text: str) -> str:
    """The organisation that a line names: 部门：某局  单位：万元 → 某局; "" if none."""
    joined = _unit_line().sub("", joined_label(text))
    match = _department_line().match(joined)
    return joined[match.end() :] if match else ""


def is_department_line(text: str) -> bool:
    """Whether a line is the label of an organisation, also when the name is left out."""
    return bool(_department_line().match(_unit_line().sub("", joined_label(text))))


def split_number(text: str) -> tuple[str, str]:
    """A table's printed number and the rest of the line: 预算01表收支总表 → 预算01表, 收支总表."""
    joined = joined_label(text)
    joined = _ATTACHMENT.sub("", _unit_line().sub("", joined)) or joined
    bracketed = re.search(rf"[(（]({_number().pattern})[)）]$", joined)
    if bracketed:
        return bracketed.group(1), joined
    match = _number().match(joined)
    if not match:
        return "", joined
    return match.group().rstrip(":：.、"), joined[match.end() :]


def is_title(text: str) -> bool:
    """Whether a line reads like a table's title: short, no sentence, ending in 表 before brackets."""
    words = outline_words()
    _, rest = split_number(text)
    rest = _unit_line().sub("", without_mark(rest))
    rest = re.sub(r"[(（][^()（）]*[)）]", "", rest).rstrip(":：()（）")
    if not 2 < len(rest) <= LONGEST_TITLE or _SENTENCE.search(rest) or re.search(words.not_titles, rest):
        return False
    return rest.endswith(tuple(words.title_ends))


def is_notice_number(text: str) -> bool:
    """Whether a line is the number of an official paper, such as 某财预(2025)1号."""
    return bool(re.fullmatch(outline_words().notice_numbers, joined_label(text)))


def is_notice_title(text: str) -> bool:
    """Whether a line ends the title of an official paper: 关于下达……的通知."""
    return bool(re.fullmatch(outline_words().notice_titles, joined_label(text)))


def contents_entry(text: str) -> tuple[str, bool]:
    """A contents line without leaders and page number, and whether it had them."""
    joined = joined_label(text)
    entry = _LEADERS.sub("", joined)
    return entry, entry != joined


def is_sentence(text: str) -> bool:
    return bool(_SENTENCE.search(text))
