"""The wording of table headers, titles and rows: vocabulary/headers.yaml, checked and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pydantic import BaseModel, ConfigDict, model_validator

from ingest.facts import Fund, Role, Side, Spending, Vintage
from ingest.labels import bare_label, joined_label, label_key
from ingest.vocabulary_loading import load_vocabulary

_BRACKETS = re.compile(r"[（(\[【][^（()）\]】]*[)）\]】]")


class Meaning(BaseModel):
    """What some words say about a number; a word without any coordinate only hides shorter words inside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...]
    side: Side | None = None
    fund: Fund | None = None
    spending: Spending | None = None
    vintage: Vintage | None = None
    role: Role | None = None


class HeaderWords(BaseModel):
    """The shape of vocabulary/headers.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title_rows: list[str]
    unit_lines: list[str]
    department_lines: str
    dates: str
    notes: str
    label_headers: list[str]
    secondary_headers: list[str]
    code_headers: list[str]
    code_levels: list[str]
    year_headers: list[str]
    index_headers: list[str]
    text_headers: list[str]
    project_headers: list[str]
    classifications: list[list[str]]
    subject_headers: list[str]
    office_headers: list[str]
    totals: list[str]
    of_which: str
    plain_headers: str
    organisations: list[str]
    organisation_suffixes: str
    counts: dict[str, str]
    bracketed_units: list[str]
    count_units: list[str]
    meanings: list[Meaning]
    title_meanings: list[Meaning]
    sideless_titles: list[str]
    budgeted: list[str]

    @model_validator(mode="after")
    def _each_word_means_one_thing(self) -> HeaderWords:
        words = [word for meaning in self.meanings for word in meaning.words]
        if repeated := {word for word in words if words.count(word) > 1}:
            raise ValueError(f"“{'、'.join(sorted(repeated))}”有两种含义")
        return self


@dataclass(frozen=True, slots=True)
class TableWords:
    """The vocabulary compiled: whole-label sets by `label_key`, patterns over labels without spaces."""

    titles: re.Pattern[str]
    units: re.Pattern[str]
    departments: re.Pattern[str]
    dates: re.Pattern[str]
    notes: re.Pattern[str]
    of_which: re.Pattern[str]
    plain_headers: re.Pattern[str]
    labels: frozenset[str]
    secondary: frozenset[str]
    codes: frozenset[str]
    code_levels: frozenset[str]
    years: frozenset[str]
    indexes: frozenset[str]
    texts: frozenset[str]
    projects: frozenset[str]
    classifications: tuple[tuple[str, ...], ...]
    subjects: tuple[str, ...]
    offices: frozenset[str]
    totals: frozenset[str]
    organisations: tuple[str, ...]
    organisation_suffixes: re.Pattern[str]
    counts: dict[str, str]
    bracketed_units: frozenset[str]
    count_units: frozenset[str]


@cache
def header_words() -> HeaderWords:
    return load_vocabulary("headers", HeaderWords)


@cache
def table_words() -> TableWords:
    words = header_words()
    return TableWords(
        titles=re.compile("|".join(f"(?:{pattern})" for pattern in words.title_rows)),
        units=re.compile("|".join(words.unit_lines)),
        departments=re.compile(words.department_lines),
        dates=re.compile(words.dates),
        notes=re.compile(words.notes),
        of_which=re.compile(words.of_which),
        plain_headers=re.compile(words.plain_headers),
        labels=_keys(words.label_headers),
        secondary=_keys(words.secondary_headers),
        codes=_keys(words.code_headers),
        code_levels=_keys(words.code_levels),
        years=_keys(words.year_headers),
        indexes=_keys(words.index_headers),
        texts=_keys(words.text_headers),
        projects=_keys(words.project_headers),
        classifications=tuple(tuple(names) for names in words.classifications),
        subjects=tuple(words.subject_headers),
        offices=_keys(words.office_headers),
        totals=_keys(words.totals),
        organisations=tuple(words.organisations),
        organisation_suffixes=re.compile(words.organisation_suffixes),
        counts={label_key(word): unit for word, unit in words.counts.items()},
        bracketed_units=frozenset(words.bracketed_units),
        count_units=_keys(words.count_units),
    )


def _keys(labels: list[str]) -> frozenset[str]:
    return frozenset(map(label_key, labels))


@lru_cache(maxsize=4096)
def header_key(label: str) -> str:
    """A header reduced for comparing, what stands in brackets dropped: `功能分类（按大类）` → `功能分类`."""
    return label_key(_BRACKETS.sub("", joined_label(label))) or label_key(label)


def names_one_of(label: str, names: frozenset[str]) -> bool:
    """Whether a header is one of the names, or ends with one of two characters or more (`功能分类科目` names 科目)."""
    key, whole = header_key(label), label_key(label)
    return key in names or whole in names or any(len(name) > 1 and key.endswith(name) for name in names)


def is_total(label: str) -> bool:
    """Whether a label says that its row or column adds up others; `一、本年收入` with a list mark heads its parts."""
    joined = joined_label(label).rstrip(":：")
    if joined.endswith(("合计", "总计", "小计")):
        return True
    return bare_label(joined) == joined and label_key(joined) in table_words().totals


def is_partial_total(label: str) -> bool:
    """Whether a total adds up a part of the table only: 小计 and names with it, 当年收入小计 and the like aside."""
    return joined_label(label).endswith("小计") and label_key(label) not in table_words().totals - {"小计"}


def is_organisation(label: str) -> bool:
    """Whether a label ends as names of offices do, `（本级）` and the like aside."""
    words = table_words()
    return words.organisation_suffixes.sub("", bare_label(label)).endswith(words.organisations)
