"""What kind of value a question asks for, and whether a printed value is of it: people, metres, days, money, money for one.

Among thousands of values few are counted in `人` or priced by `度`; knowing the kind leaves so few that much fewer words
need to fit before one of them is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.cues import cue, says
from assistant.words import plain_words
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import PERCENT, YUAN
from ingest.numbers.units import UnitKind, to_base, unit_named


class Value(StrEnum):
    OPEN = "open"
    MONEY = "money"
    PRICE = "price"  # money for one of something
    COUNT = "count"
    SHARE = "share"
    DATE = "date"
    WHEN = "when"  # a date or a time in words
    OFTEN = "often"
    SPAN = "span"  # how long


_PERSON = "人"
_EACH = re.compile(r"每|单位|标准|单价|人均")
SPANS = ("年", "月", "个月", "季度", "周", "日", "天", "工作日", "小时")  # units of time
_MEASURED = ("度", "吨", "平方米", "公里")  # and what is counted alike
_TIMED = re.compile(
    r"[每按半](?:个)?(?:年|季|月|周|日|天)|\d\s*(?:个)?(?:年|月|季|周|日|天|小时)|季度|[月年]底|之前|以前"
)
_OFTEN = re.compile(r"每|按(?:年|季|月|周)|半年|季度|\d\s*(?:个)?(?:年|月|周|日|天)\s*\d*\s*次")
_DATED = re.compile(r"\d\s*[年月日]|[每按]?(?:年|季度?|月|日)|及时")


@dataclass(frozen=True, slots=True)
class ValueKind:
    """`units` are base units that fit: of a count the ones it may be counted in, of a price what it is for (may be empty).

    `words` are the question's words that told the kind, `unit_said` the unit among them.
    """

    value: Value = Value.OPEN
    units: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    unit_said: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether few values of a document are of this kind."""
        return self.value in (Value.PRICE, Value.COUNT)

    @property
    def is_rare(self) -> bool:
        """Whether hardly any other value of a document is of this kind: hours, tons, graves, but not pieces or times."""
        common = plain_words().common_units
        told = self.unit_said not in common if self.unit_said else self.units.isdisjoint(common)
        return self.value is Value.COUNT and bool(self.units) and told

    @property
    def is_told(self) -> bool:
        """Whether the question tells the kind."""
        return self.value not in (Value.OPEN, Value.MONEY)

    def fits(self, stored: StoredFact) -> bool:
        """Whether a printed value is of the kind asked for."""
        quantity = stored.fact.quantity
        if self.value is Value.DATE:
            return quantity is None and bool(_DATED.search(stored.fact.printed))
        if self.value is Value.OFTEN:
            return bool(_OFTEN.search(stored.fact.printed)) and (quantity is None or YUAN not in quantity.unit)
        if self.value is Value.WHEN or (self.value is Value.SPAN and quantity is None):
            return quantity is None and bool(_TIMED.search(stored.fact.printed))
        if quantity is None:
            return False
        unit = to_base(quantity.unit)[0] if quantity.unit else ""
        match self.value:
            case Value.MONEY:
                return unit == YUAN or unit == f"{YUAN}/年"
            case Value.SPAN:
                return quantity.unit in SPANS
            case Value.SHARE:
                return unit == PERCENT
            case Value.COUNT:
                return unit.partition("/")[0] in self.units or unit in self.units
            case Value.PRICE:
                top, slash, bottom = unit.partition("/")
                if top != YUAN:
                    return False
                named = bool(_EACH.search(stored.fact.row))
                if not slash or not self.units:
                    return named if not slash else bottom != "年"
                of_each = named and any(each in stored.fact.row for each in self.units)
                return of_each or bool(self.units & set(bottom.split("/")))
        return True


def value_kind_of(text: str) -> ValueKind:
    """The kind of value that a question asks for; open when it does not tell."""
    for read in (_price, _share, _date, _measure, _count):
        if (kind := read(text)) is not None:
            return kind
    return ValueKind(Value.MONEY) if says(text, "asks_any_money") else ValueKind()


def _share(text: str) -> ValueKind | None:
    found = cue("asks_percentage").search(text)
    return ValueKind(Value.SHARE, words=(found[0],)) if found else None


def _price(text: str) -> ValueKind | None:
    found = cue("for_one").search(text)
    if found is None and says(text, "asks_unit_price"):
        return ValueKind(Value.PRICE)
    unit = _unit_at_start(found["unit"]) if found is not None else ""  # 度 of 度电
    priced = says(text, "asks_any_money") or (says(text, "limit_asked") and unit in _MEASURED)
    if found is None or not priced:
        return None
    nouns = tuple(noun[0] for noun in cue("paid_noun").finditer(text))
    return ValueKind(Value.PRICE, units_alike(unit) if unit else frozenset(), (found[0], *nouns))


def _count(text: str) -> ValueKind | None:
    for found in cue("counted_unit").finditer(text):
        for length in range(len(found["unit"]), 0, -1):
            name = found["unit"][:length]
            unit = unit_named(name)
            if unit is not None and unit.kind is UnitKind.COUNT:
                more = found["unit"][length:]
                said = found[0][: -len(more)] if more else found[0]
                if name == "个" and (longer := _unit_at_start(more)):
                    whole = len(longer) > 1 or longer == _PERSON
                    units = units_alike(longer) | (frozenset() if whole else frozenset((name,)))
                    return ValueKind(Value.COUNT, units, (said + longer if whole else said,), longer)
                persons = units_alike(_PERSON) if name == "个" else frozenset()
                return ValueKind(Value.COUNT, units_alike(name) | persons, (said,), name)
    return None


@cache
def counting_units() -> frozenset[str]:
    """All units that count things, which is what `how many` asks for without naming one; none that measure."""
    groups = (group for group in plain_words().counted_alike if not set(group) & {*SPANS, *_MEASURED})
    return frozenset(to_base(unit)[0] for group in groups for unit in group)


def _unit_at_start(text: str) -> str:
    """The unit that a text begins with: 小时 after 几个, 村 after 多少个."""
    return next((text[:n] for n in range(min(len(text), 3), 0, -1) if unit_named(text[:n]) is not None), "")


def _measure(text: str) -> ValueKind | None:
    """`多长`, `多大面积`, `多久`: measured without its unit being said."""
    for words, units in plain_words().measures.items():
        if found := re.search(words, text):
            said = found["asked"] if "asked" in found.groupdict() else found[0]
            return ValueKind(Value.COUNT, frozenset(to_base(unit)[0] for unit in units), (said,))
    return None


def _date(text: str) -> ValueKind | None:
    return ValueKind(Value.DATE) if says(text, "date") else None


def units_alike(name: str) -> frozenset[str]:
    """Units that count the same things: 人 and 名, 天 and 日; whatever is counted by 个."""
    base = to_base(name)[0]
    found = {base, name}
    for group in plain_words().counted_alike:
        if base in group or name in group:
            found |= {to_base(unit)[0] for unit in group} | set(group)
    return frozenset(found)
