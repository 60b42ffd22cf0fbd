"""Department names in their parts: whose place, which body; and the short forms that people make of them.

A name is cut by structure (广州市 | 信访局); a short form is what keeps the order of the name's characters and its
ending (医疗保障局 → 医保局). Only what is neither is vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict, RootModel

from assistant.names.spelling import has_in_order
from assistant.words import longest_first
from ingest.vocabulary_loading import load_vocabulary

_REGION = re.compile(
    r"[一-鿿]{2,14}?(?:特别行政区|自治区|自治州|自治县|自治旗|开发区|示范区|高新区|保税区|新区|园区|地区|林区|[省市区县州盟旗])"
)
_SUFFIX = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|自治县|自治旗|地区|新区|[省市区县州盟旗])$")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_LONGEST_BODY = 20


class EnglishBody(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    en: tuple[str, ...]
    zh: str


class ScopeWords(BaseModel):
    """vocabulary/scope.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    heads: dict[str, tuple[str, ...]]
    certain_heads: tuple[str, ...]
    general_stems: tuple[str, ...]
    national: tuple[str, ...]
    also_called: dict[str, tuple[str, ...]]
    english_bodies: tuple[EnglishBody, ...]
    english_national: tuple[str, ...]
    same_department: tuple[str, ...]
    same_departments: tuple[str, ...]
    latest_year: tuple[str, ...]
    each: tuple[str, ...]
    which: tuple[str, ...]
    who: tuple[str, ...]
    who_else: tuple[str, ...]
    which_several: tuple[str, ...]
    how_many: tuple[str, ...]
    documents: tuple[str, ...]
    difference: tuple[str, ...]
    multiple: tuple[str, ...]
    together: tuple[str, ...]
    together_of_named: tuple[str, ...]
    average: tuple[str, ...]
    median: tuple[str, ...]
    listed: tuple[str, ...]
    position: tuple[str, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]
    rank: tuple[str, ...]
    rank_up: tuple[str, ...]
    exceeds: tuple[str, ...]
    below: tuple[str, ...]
    nothing: tuple[str, ...]
    something: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]
    unchanged: tuple[str, ...]
    against_last_year: tuple[str, ...]
    around: tuple[str, ...]
    whole_budget: tuple[str, ...]
    head_unit: tuple[str, ...]
    one_unit: tuple[str, ...]
    whole_department: tuple[str, ...]


class _Places(RootModel[dict[str, tuple[str, ...]]]):
    pass


@cache
def scope_words() -> ScopeWords:
    return load_vocabulary("scope", ScopeWords, "assistant")


@cache
def cities_by_province() -> dict[str, tuple[str, ...]]:
    return load_vocabulary("places", _Places, "assistant").root


@cache
def known_places() -> frozenset[str]:
    """Provinces and cities by their short names."""
    return frozenset(cities_by_province()) | {city for cities in cities_by_province().values() for city in cities}


@dataclass(frozen=True, slots=True)
class DepartmentName:
    """`regions` from large to small, as printed; `body` what is left; `national` when its place is the country."""

    full: str
    regions: tuple[str, ...]
    body: str
    national: bool = False

    @property
    def own_place(self) -> tuple[str, ...]:
        """The names of the smallest region."""
        if not self.regions:
            return ()
        region = self.regions[-1]
        zone = next(
            (
                end
                for end in ("开发区", "示范区", "高新区", "园区", "新区")
                if region.endswith(end) and len(region) > len(end) + 3
            ),
            "",
        )
        return (*_forms(region), region[:2] + zone) if zone else _forms(region)

    @property
    def places(self) -> frozenset[str]:
        """All region names by which it can be meant, with the province of its city."""
        found = {form for region in self.regions for form in _forms(region)} | set(self.own_place)
        for province, cities in cities_by_province().items():
            if found & set(cities):
                found.add(province)
        return frozenset(found)

    @property
    def head(self) -> str:
        return _head_of(self.body)

    @property
    def stem(self) -> str:
        """The body without its ending: 信访局 → 信访."""
        return self.body[: len(self.body) - len(self.head)] if self.head else self.body


@cache
def _head_of(body: str) -> str:
    return next((head for head in longest_first(tuple(scope_words().heads)) if body.endswith(head)), "")


@cache
def parse_department(printed: str) -> DepartmentName:
    """A department's printed name in its parts."""
    full = re.sub(r"\s+", "", _BRACKETS.sub("", printed))
    for word in scope_words().national:
        if full.startswith(word) and len(full) > len(word) + 1:
            return DepartmentName(full, (), full[len(word) :], national=True)
    regions: list[str] = []
    rest = full
    place = next((p for p in sorted(known_places(), key=len, reverse=True) if rest.startswith(p)), "")
    if place and not re.match(
        r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治州|地区|[省市区县州盟])", rest[len(place) :]
    ):
        regions.append(place)
        rest = rest[len(place) :]
    while (found := _REGION.match(rest)) and _is_region(found[0]) and len(rest) - found.end() >= 2:
        regions.append(found[0])
        rest = rest[found.end() :]
    return DepartmentName(full, tuple(regions), rest)


def _is_region(text: str) -> bool:
    return not re.search(r"[和与及]|城市$|社区$|局|厅|委|办|部门|市场", text)


def _forms(region: str) -> tuple[str, ...]:
    """广州市 → 广州市, 广州."""
    short = _SUFFIX.sub("", region)
    return (region, short) if len(short) >= 2 and short != region else (region,)


def is_short_for(text: str, name: DepartmentName, with_place: bool) -> bool:
    """Whether `text` is the body or a shortening of it: in the order of its characters, with its ending."""
    body, words = name.body, scope_words()
    if text in words.also_called.get(name.full, ()) or (
        text == body and (with_place or name.stem not in words.general_stems)
    ):
        return True
    ends = {name.head, *words.heads.get(name.head, ())} - {""} or {body[-1]}
    end = next((end for end in sorted(ends, key=len, reverse=True) if text.endswith(end)), "")
    if not end or len(text) < (2 if with_place else 3) or len(text) > len(body):
        return False
    front = text[: -len(end)]
    if not front or (front in words.general_stems and not with_place):
        return False
    return front[0] in name.stem[: 4 if with_place else 3] and has_in_order(name.stem, front)


def longest_body_at(
    text: str, start: int, names: Iterable[DepartmentName], with_place: bool
) -> tuple[int, list[DepartmentName]]:
    """How far a department's body or short form reaches from a position, and whose it is; (start, []) when none begins there."""
    best, whose = start, list[DepartmentName]()
    for name in names:
        if start and text[start - 1 : start + 2] in name.body:
            continue  # a name begins before it
        for end in range(min(len(text), start + _LONGEST_BODY), max(best - 1, start + 1), -1):
            if is_short_for(text[start:end], name, with_place):
                if end > best:
                    best, whose = end, []
                whose.append(name)
                break
    return best, whose
