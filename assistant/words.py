"""The question side's vocabulary, checked when loaded: concepts, synonyms, exemplars, fields, reasons, plain words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, RootModel, model_validator

from assistant.plan import Wish
from ingest.facts import Fund, Level, Period, Role, Side, Spending, Vintage
from ingest.labels import label_key
from ingest.vocabulary_loading import load_vocabulary

_COORDINATES: dict[str, Any] = {
    "side": Side,
    "fund": Fund,
    "spending": Spending,
    "vintage": Vintage,
    "role": Role,
    "period": Period,
    "level": Level,
}


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Concept(_Entry):
    """A figure every disclosure knows. `rows` and `prose` are label keys once loaded."""

    key: str
    label: str
    english: str
    names: tuple[str, ...]
    rows: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    wish: dict[str, str] = {}
    total: bool = False
    fund_row: bool = False
    table_total_when: str = ""

    def wished(self) -> Wish:
        return wish_of(self.wish)

    @model_validator(mode="after")
    def _coordinates_exist(self) -> Concept:
        wish_of(self.wish)
        return self


class Synonym(_Entry):
    say: tuple[str, ...]
    means: tuple[str, ...]


class Translation(_Entry):
    en: tuple[str, ...]
    zh: str


class EnglishWords(_Entry):
    """How English is read: `terms` are put into Chinese before the order of words, plain `words` after it.

    `measured` units, `asks` and `limits` are the frames that tell what kind of value is asked for.
    """

    openers: tuple[str, ...]
    units: dict[str, str]
    spellings: dict[str, str]
    numbers: dict[str, str]
    ordinals: dict[str, str]
    fractions: dict[str, int]
    scales: dict[str, int]
    counted: dict[str, str]
    counters: dict[str, str]
    bounds: dict[str, tuple[str, ...]]
    polite: tuple[str, ...]
    tails: tuple[str, ...]
    small: tuple[str, ...]
    measured: dict[str, str]
    asks: tuple[Translation, ...]
    limits: tuple[Translation, ...]
    asked_in_words: dict[str, str]
    together: tuple[str, ...]
    compared: tuple[str, ...]
    light: tuple[str, ...]
    words: tuple[Translation, ...]
    terms: tuple[Translation, ...]


class Saying(_Entry):
    """A pattern of a question's words, and what is said instead (a template of the match)."""

    say: str
    means: str


class Rewriting(_Entry):
    """English examples with the Chinese sentence or phrase that they stand for."""

    zh: str
    en: tuple[str, ...]

    @model_validator(mode="after")
    def _slots_exist(self) -> Rewriting:
        for line in self.en:
            filled = {"U", *re.findall(r"\{([A-Z])\}", line)} | ({"N"} if "{O}" in line else set())
            if missing := set(re.findall(r"\{([A-Z])\}", self.zh)) - filled:
                raise ValueError(f"英文例句“{line}”没有中文“{self.zh}”里的 {'、'.join(sorted(missing))}")
        return self


class EnglishExemplars(_Entry):
    """Examples of whole questions and of phrases, and of what stands around a question: who told it (`reports`), where it is
    asked of (`asides`, in brackets), what is asked behind it (`behind`)."""

    classes: dict[str, tuple[str, ...]]
    reports: tuple[Rewriting, ...]
    asides: tuple[Rewriting, ...]
    behind: tuple[Rewriting, ...]
    sentences: tuple[Rewriting, ...]
    phrases: tuple[Rewriting, ...]

    @model_validator(mode="after")
    def _classes_exist(self) -> EnglishExemplars:
        rules = (*self.reports, *self.asides, *self.behind, *self.sentences, *self.phrases)
        for line in (line for rule in rules for line in rule.en):
            for name in re.findall(r"<([a-z_]+)>", line):
                if name not in self.classes:
                    raise ValueError(f"英文例句“{line}”用了没有定义的词类 <{name}>")
        return self


class EnglishAnswerWords(_Entry):
    """What answers say in English: whole `parts`, and `patterns` with what they become."""

    parts: dict[str, str]
    patterns: tuple[tuple[str, str], ...]


class SheetField(_Entry):
    key: str
    label: str
    english: str
    names: tuple[str, ...]


class Reason(_Entry):
    zh: str
    en: str


class FindingWords(_Entry):
    """Beginnings of rule keys, the words by which people mean their findings, and patterns of questions that these alone
    answer."""

    rules: tuple[str, ...]
    words: tuple[str, ...]
    asks: tuple[str, ...] = ()


class RelationSide(_Entry):
    """One side of a relation: what it is called, and lists of patterns of which each must have one in a question; `asked`
    are patterns that ask for this side's number.
    """

    label: str
    words: tuple[tuple[str, ...], ...]
    asked: tuple[str, ...] = ()


class RelationWords(_Entry):
    """Two figures that a sheet states and checks set against each other (`rules`), told by the words of both.

    `expected` and `actual` are the findings' own sides, `computed` names the one that is worked out; `period` tells that
    a number of years said must be the project's. Words of `never` stand in no question that means it, words of `several`
    only where it is asked of many sheets. `whole_document` tells that it is of no one project.
    """

    rules: tuple[str, ...]
    computed: str = ""
    period: bool = False
    expected: RelationSide
    actual: RelationSide
    never: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    whole_document: bool = False


class AskedKind(_Entry):
    """A kind of words that questions ask for: how it is asked, what its answer holds, where a sheet tells it.

    `apart` is what a cell's own text must hold to answer it; where it is empty no cell does. `by_field` tells that a
    field of a sheet as a whole tells it, so that naming the project is enough.
    """

    key: str
    by_field: bool = False
    asks: tuple[str, ...]
    holds: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


class Topic(_Entry):
    """What a disclosure tells of the department: words of the section's heading, and what people ask."""

    headings: tuple[str, ...]
    names: tuple[str, ...]


class Absent(_Entry):
    """Words of what documents do not hold, `unless` others stand beside; kinds of document that hold it after all."""

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()


class Exemplars(_Entry):
    """`classes`: word classes; `kinds`: example questions by kind, most specific kinds first; `leaning`: those that are
    asked only after others, with a slot left open."""

    classes: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    leaning: dict[str, tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _classes_exist(self) -> Exemplars:
        for kind, lines in (*self.kinds.items(), *self.leaning.items()):
            for line in lines:
                for name in re.findall(r"<([a-z_]+)>", line):
                    if name not in self.classes:
                        raise ValueError(f"{kind} 的例句“{line}”用了没有定义的词类 <{name}>")
        return self


class PlainWords(_Entry):
    fillers: tuple[str, ...]
    generic: tuple[str, ...]
    frames: tuple[str, ...]
    usual: dict[str, tuple[str, ...]]
    counted_alike: tuple[tuple[str, ...], ...]
    units_mean: dict[str, tuple[str, ...]]
    measures: dict[str, tuple[str, ...]]
    polite: tuple[str, ...]
    tails: tuple[str, ...]
    common_units: frozenset[str]
    wishes: dict[str, dict[str, tuple[str, ...]]]
    universes: dict[str, tuple[str, ...]]
    rank: dict[str, tuple[str, ...]]
    relations: dict[str, tuple[str, ...]]
    nature: dict[str, tuple[str, ...]]
    negation: tuple[str, ...]
    absent: dict[str, Absent]


class _Concepts(RootModel[tuple[Concept, ...]]):
    pass


class _Synonyms(RootModel[tuple[Synonym, ...]]):
    pass


class _Fields(RootModel[tuple[SheetField, ...]]):
    pass


class _RelationWords(RootModel[tuple[RelationWords, ...]]):
    pass


class _FindingWords(RootModel[tuple[FindingWords, ...]]):
    pass


class _Topics(RootModel[tuple[Topic, ...]]):
    pass


class _AskedKinds(RootModel[tuple[AskedKind, ...]]):
    pass


class _Reasons(RootModel[dict[str, Reason]]):
    pass


def wish_of(coordinates: dict[str, str]) -> Wish:
    """A wish from words of the data; ValueError names a coordinate that does not exist."""
    return Wish(**{name: _COORDINATES[name](value) for name, value in coordinates.items()})


@cache
def concepts() -> tuple[Concept, ...]:
    return load_vocabulary("concepts", _Concepts, "assistant").root


@cache
def concept_by_key() -> dict[str, Concept]:
    return {concept.key: concept for concept in concepts()}


@cache
def concept_names() -> dict[str, Concept]:
    """Concepts by every name, reduced for comparing."""
    return {label_key(name): concept for concept in concepts() for name in (*concept.names, concept.label)}


@cache
def synonyms() -> tuple[Synonym, ...]:
    return load_vocabulary("synonyms", _Synonyms, "assistant").root


@cache
def english_words() -> EnglishWords:
    return load_vocabulary("english", EnglishWords, "assistant")


@cache
def english_exemplars() -> EnglishExemplars:
    return load_vocabulary("exemplars_english", EnglishExemplars, "assistant")


@cache
def english_answer_words() -> EnglishAnswerWords:
    return load_vocabulary("answers_english", EnglishAnswerWords, "assistant")


@cache
def sheet_fields() -> tuple[SheetField, ...]:
    return load_vocabulary("fields", _Fields, "assistant").root


@cache
def field_by_key() -> dict[str, SheetField]:
    return {entry.key: entry for entry in sheet_fields()}


@cache
def field_names() -> frozenset[str]:
    """What the fields of sheets are called, reduced for comparing."""
    return frozenset(label_key(name) for entry in sheet_fields() for name in entry.names)


@cache
def reasons() -> dict[str, Reason]:
    return load_vocabulary("reasons", _Reasons, "assistant").root


@cache
def asked_kinds() -> dict[str, AskedKind]:
    """The kinds of words that questions ask for, by key."""
    return {kind.key: kind for kind in load_vocabulary("asked", _AskedKinds, "assistant").root}


@cache
def topics() -> tuple[Topic, ...]:
    return load_vocabulary("topics", _Topics, "assistant").root


@cache
def finding_words() -> tuple[FindingWords, ...]:
    return load_vocabulary("findings", _FindingWords, "assistant").root


@cache
def relation_words() -> tuple[RelationWords, ...]:
    return load_vocabulary("relations", _RelationWords, "assistant").root


@cache
def exemplars() -> Exemplars:
    return load_vocabulary("exemplars", Exemplars, "assistant")


@cache
def plain_words() -> PlainWords:
    return load_vocabulary("words", PlainWords, "assistant")


def longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))
