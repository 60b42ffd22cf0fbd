"""What the units of budget documents mean: vocabulary/units.yaml, checked and indexed for the number parser."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict, model_validator

from ingest.numbers.quantities import MULTIPLE, PERCENT, YUAN, Relation
from ingest.vocabulary_loading import load_vocabulary


class UnitKind(StrEnum):
    MONEY = "money"
    SHARE = "share"
    MULTIPLE = "multiple"
    COUNT = "count"
    RATE = "rate"


class UnitWords(BaseModel):
    """The shape of vocabulary/units.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    multipliers: dict[str, int]
    money: list[str]
    shares: dict[str, Decimal]
    multiples: list[str]
    discrete: list[str]
    periods: list[str]
    measured: list[str]
    canonical: dict[str, str]
    not_units: list[str]
    not_numerals: list[str]
    session_words: list[str]
    relation_before: dict[Relation, list[str]]
    relation_after: dict[Relation, list[str]]
    about_inside: list[str]
    dashes: list[str]
    negative_marks: list[str]

    @model_validator(mode="after")
    def _each_unit_once(self) -> UnitWords:
        seen: set[str] = set()
        for unit in (*self.money, *self.shares, *self.multiples, *self.discrete, *self.periods, *self.measured):
            if unit in seen:
                raise ValueError(f"单位“{unit}”出现了两次")
            seen.add(unit)
        before: set[str] = set()
        for words in self.relation_before.values():
            if repeated := before.intersection(words):
                raise ValueError(f"“{'、'.join(sorted(repeated))}”有两种含义")
            before.update(words)
        return self


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit understood: quantities carry `canonical`, printed numbers are multiplied by `factor`."""

    canonical: str
    factor: Decimal
    kind: UnitKind
    discrete: bool = False  # counted one by one
    exact: bool = False  # a whole number of it is no rounded one


@cache
def unit_words() -> UnitWords:
    return load_vocabulary("units", UnitWords)


@cache
def unit_named(printed: str) -> Unit | None:
    """What a printed unit means, None if it is none: `万元` → 元 ×10000, `万元/座` → 元/座 ×10000, `万度` → 万度 ×1."""
    words = unit_words()
    name = "".join(printed.split()).replace("／", "/").replace("％", "%")
    base, factor = _without_multiplier(name)
    if base in words.money or name in words.money:
        return Unit(YUAN, factor, UnitKind.MONEY)
    if name in words.shares:
        return Unit(PERCENT, words.shares[name], UnitKind.SHARE)
    if name in words.multiples:
        return Unit(MULTIPLE, Decimal(1), UnitKind.MULTIPLE)
    for candidate in (name, base):
        if candidate in words.discrete:
            return Unit(name, Decimal(1), UnitKind.COUNT, discrete=candidate == name, exact=candidate == name)
        if candidate in words.periods or candidate in words.measured:
            return Unit(name, Decimal(1), UnitKind.COUNT, exact=candidate == name and name in words.periods)
    numerator, slash, denominator = name.replace("·", "/").partition("/")
    if slash and denominator and (top := unit_named(numerator)) and top.kind in (UnitKind.MONEY, UnitKind.COUNT):
        return Unit(f"{top.canonical}/{denominator}", top.factor, UnitKind.RATE)
    return None


def to_base(unit: str) -> tuple[str, Decimal]:
    """A counting unit's base, in one spelling, and its factor: `万度` → 度 ×10⁴, `平米` → 平方米 ×1."""
    words = unit_words()
    numerator, slash, denominator = unit.partition("/")
    if slash and unit not in words.canonical:
        top, factor = to_base(numerator)
        bottom = "/".join(words.canonical.get(part, part) for part in denominator.split("/"))
        return f"{top}/{bottom}", factor
    if unit in words.canonical:
        return words.canonical[unit], Decimal(1)
    base, factor = _without_multiplier(unit)
    if not base or unit in (*words.discrete, *words.periods, *words.measured):
        return unit, Decimal(1)
    return words.canonical.get(base, base), factor


def _without_multiplier(unit: str) -> tuple[str, Decimal]:
    multipliers = unit_words().multipliers
    factor = Decimal(1)
    while len(unit) > 1 and unit[0] in multipliers:
        factor *= multipliers[unit[0]]
        unit = unit[1:]
    return unit, factor
