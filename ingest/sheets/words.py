"""What the labels of performance sheets mean: vocabulary/sheets.yaml, checked and indexed.

Recognising what a cell is (field label, level of indicators, target, name) lets a row be read whose cells OCR moved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict, model_validator

from ingest.facts import Fund, Period
from ingest.labels import joined_label, label_key
from ingest.numbers.digits import half_width
from ingest.numbers.units import unit_named
from ingest.vocabulary_loading import load_vocabulary


class FieldWords(BaseModel):
    """One field: `kind` is text, long, money or date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    labels: list[str]
    fund: Fund = Fund.ALL
    period: Period = Period.NONE
    total: bool = False
    carried_over: bool = False


class LevelWords(BaseModel):
    """One level of indicators; tier 1 groups tier 2. `evidence` are words in a name that speak for the level."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tier: int
    names: list[str]
    parents: list[str] = []
    also_tier1: bool = False
    decisive: bool = False
    evidence: list[str] = []
    evidence_values: list[str] = []
    evidence_units: list[str] = []


class SheetWords(BaseModel):
    """The shape of vocabulary/sheets.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: dict[str, FieldWords]
    text_heads: dict[str, list[str]]
    text_years: list[str]
    grouping: list[str]
    columns: dict[str, list[str]]
    lone_names: list[str]
    sum_rows: list[str]
    departments: list[str]
    block_headers: list[str]
    levels: dict[str, LevelWords]
    satisfaction_level: str
    value_words: list[str]
    value_forms: list[str]
    value_number_prefixes: list[str]
    value_number_suffixes: list[str]

    @model_validator(mode="after")
    def _no_label_twice(self) -> SheetWords:
        seen: dict[str, str] = {}
        for key, words in self.fields.items():
            for label in words.labels:
                if (other := seen.setdefault(label_key(label), key)) != key:
                    raise ValueError(f"“{label}”同时属于 {other} 和 {key}")
        for key in self.text_heads:
            if key not in self.fields:
                raise ValueError(f"text_heads 的 {key} 不是 fields 里的项")
        for key, level in self.levels.items():
            for parent in level.parents:
                if parent not in self.levels:
                    raise ValueError(f"{key} 的上级 {parent} 未定义")
        return self


@dataclass(frozen=True, slots=True)
class LevelLabel:
    """A cell that names a level: its key, its full name, and whether the cell prints that name completely."""

    key: str
    name: str
    complete: bool


@cache
def sheet_words() -> SheetWords:
    return load_vocabulary("sheets", SheetWords)


@cache
def _fields_by_label() -> dict[str, str]:
    return {label_key(label): key for key, words in sheet_words().fields.items() for label in words.labels}


@cache
def _columns_by_label() -> dict[str, str]:
    return {label_key(label): key for key, labels in sheet_words().columns.items() for label in labels}


@cache
def _grouping() -> frozenset[str]:
    return frozenset(filter(None, map(label_key, sheet_words().grouping)))


_BRACKETED = re.compile(r"[（(【\[][^（()）】\]]*[）)】\]]$")
_POINTS = re.compile(r"[（(]\d+(?:\.\d+)?分?[）)]$")  # 产出指标（50分）
_MARK = re.compile(r"^(?:其中[:：]?|[①-⑳])|^\d[.、]")


def _without_unit(text: str) -> str:
    """`项目资金(万元)` → 项目资金; a bracket inside a label (市县(区)财政资金) stays."""
    return _BRACKETED.sub("", joined_label(text).rstrip(":："))


def field_of_label(text: str) -> str:
    """The field a cell is the label of, "" if it is none: `其中: 中央财政资金` → funding_central."""
    if not text or len(text) > 40:
        return ""
    fields = _fields_by_label()
    bare = _MARK.sub("", joined_label(text))
    return fields.get(label_key(bare), "") or fields.get(label_key(_without_unit(bare)), "")


@cache
def _text_heads() -> dict[str, str]:
    return {label_key(label): key for key, labels in sheet_words().text_heads.items() for label in labels}


def text_of_head(text: str) -> str:
    """The field whose text stands below a header, "" if it heads none: 预期目标 → annual_goal."""
    return _text_heads().get(label_key(text), "") or _text_heads().get(label_key(_without_unit(text)), "")


def column_of_label(text: str) -> str:
    """Which column of the indicator grid a header cell heads, "" if none."""
    if not text or len(text) > 40:
        return ""
    columns = _columns_by_label()
    return columns.get(label_key(text), "") or columns.get(label_key(_without_unit(text)), "")


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(map(label_key, getattr(sheet_words(), name)))


def is_sum_row(text: str) -> bool:
    """Whether a row of the indicator grid only adds up the scores above it."""
    return label_key(text) in _keys("sum_rows")


def is_departments(title: str) -> bool:
    """Whether a sheet's title says that it is for all spending of the department, not for a project."""
    return any(word in joined_label(title) for word in sheet_words().departments)


def is_lone_name(text: str) -> bool:
    """Whether a header heads the indicators' names where no other header does: 绩效指标 | 指标值."""
    return label_key(text) in _keys("lone_names")


def heads_block(text: str) -> bool:
    """Whether a label heads a column of amounts inside a sheet: 任务名称 | 主要内容 | 预算金额（万元）."""
    return label_key(_without_unit(text)) in _keys("block_headers") or label_key(text) in _keys("block_headers")


def is_grouping(text: str) -> bool:
    if joined_label(text).strip(":：") in sheet_words().grouping:
        return True
    return label_key(text) in _grouping() or label_key(_without_unit(text)) in _grouping()


@cache
def level_of_label(text: str) -> LevelLabel | None:
    """The level a cell names, also where OCR cut it (可持续影响指, 持续影响指标, 经济效益); None if it names none."""
    printed = _POINTS.sub("", joined_label(text))
    if not printed or len(printed) > 20:
        return None
    for key, level in sheet_words().levels.items():
        if printed in level.names:
            return LevelLabel(key, printed, True)
    if len(printed) < 4:
        return None
    for key, level in sheet_words().levels.items():
        full = level.names[0]
        if len(full) - len(printed) <= 4 and (full.startswith(printed) or full.endswith(printed)):
            return LevelLabel(key, full, False)
    return None


def is_label_fragment(text: str) -> bool:
    """The torn-off end of a level's name: 标, 指标."""
    return joined_label(text) in ("标", "指标", "指")


_TEX = re.compile(r"\\(?:geq?|leq?|ge|le)(?:slant|q)?|[$\\{}]")
_RELATION = re.compile(r"^[≤≥<>=≦≧⩽⩾＜＞＝≈约~]+")
_FILLING = re.compile(r"[\s\-—–~～至到/、,，;；:：()（）。.]+")


@cache
def _value_forms() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in sheet_words().value_forms))


@cache
def is_value(text: str) -> bool:
    """Whether a cell has the form of a target: a number with its unit (≥95%, 3个月1次), dates, or a word like 及时."""
    joined = joined_label(half_width(_TEX.sub("", text)))
    if not joined:
        return False
    if joined in sheet_words().value_words or _value_forms().fullmatch(joined):
        return True
    return _is_numeric_value(joined)


def _is_numeric_value(joined: str) -> bool:
    words = sheet_words()
    before, *pieces = re.split(r"\d[\d,]*(?:\.\d+)?", _RELATION.sub("", joined))
    if not pieces:
        return False
    while prefix := next((word for word in words.value_number_prefixes if before.startswith(word)), ""):
        before = before[len(prefix) :]
    return not _RELATION.sub("", before) and all(_is_tail(piece) for piece in pieces)


def _is_tail(piece: str) -> bool:
    words = sheet_words()
    text = _FILLING.sub("", piece) if not piece.strip().startswith("/") else piece
    for mark in "≤≥<>=":
        text = text.replace(mark, "")
    if text in words.value_number_suffixes or not text or unit_named(text):
        return True
    if unit_named(piece.rstrip("。；;、,，")):
        return True
    return any(text.endswith(end) and _is_tail(text[: -len(end)]) for end in words.value_number_suffixes)


def looks_cut(text: str) -> bool:
    """Whether a long text breaks off: it ends without a closing mark, or on a mark that promises more."""
    return not re.search(r"[。！？!?；;.”’」』）)】\]]\s*$", text.strip())
