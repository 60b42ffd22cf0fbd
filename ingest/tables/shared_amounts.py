"""The unit of a table that prints none, told by the amounts that the document prints elsewhere with their unit.

A long number that stands in two places of one document is one amount; three of them leave no doubt about the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ingest.facts import Fact, Origin, UnitSource
from ingest.numbers.numbers import convert_money
from ingest.numbers.quantities import YUAN

_UNITS = ("元", "千元", "万元", "亿元")
_FEWEST_SHARED = 3
_FEWEST_DIGITS = 4
_TIMES_AS_MANY = 5  # as in any other unit, where they agree by chance


def amounts_with_unit(facts: Iterable[Fact]) -> frozenset[Decimal]:
    """The long amounts in 元 of facts whose unit is printed."""
    told = (fact for fact in facts if fact.unit_source not in (UnitSource.ASSUMED, UnitSource.DOCUMENT))
    return frozenset(amount for fact in told if (amount := _amount(fact)) is not None)


def unit_told_by(known: frozenset[Decimal], table: Sequence[Fact], assumed: str) -> str:
    """The unit in which a table's facts, read as `assumed`, print at least three of the known amounts, and hardly any in
    another unit; "" where that tells no unit."""
    own = {amount for fact in table if fact.origin is Origin.TABLE and (amount := _amount(fact)) is not None}
    if not own:
        return ""
    shared = {unit: len({convert_money(amount, unit, assumed) for amount in own} & known) for unit in _UNITS}
    best = max(shared, key=lambda unit: shared[unit])
    by_chance = max(count for unit, count in shared.items() if unit != best)
    return best if shared[best] >= max(_FEWEST_SHARED, _TIMES_AS_MANY * by_chance) else ""


def _amount(fact: Fact) -> Decimal | None:
    """The fact's amount, if it is one of money with enough digits to be told from others."""
    if fact.quantity is None or fact.quantity.unit != YUAN:
        return None
    amount = abs(fact.quantity.number).normalize()
    return amount if len(amount.as_tuple().digits) >= _FEWEST_DIGITS else None
