"""Exact numbers with their units, and the only arithmetic allowed between them.

Money is kept in 元, shares in %, everything else in the unit the source counts in. Adding different units,
or a share to an amount, raises `UnitMismatchError` before a wrong figure can exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

YUAN = "元"
PERCENT = "%"
MULTIPLE = "倍"


class Relation(StrEnum):
    """How a printed number bounds the true value: `≤50万元` is AT_MOST, `约2500座` is ABOUT."""

    EXACTLY = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"
    LESS = "<"
    MORE = ">"
    ABOUT = "约"


class UnitMismatchError(ValueError):
    """Two quantities whose units do not fit the operation; the message names both."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact decimal in a canonical unit.

    `number` is in `unit`; `unit` is 元, %, 倍, a counting unit as the source prints it (个, 辆, 万度, 平方米 …),
    or a rate such as 元/度. `precision` is the size of the last printed digit in the same unit
    (20,000.00 万元 has 100 元), so that the printed number stands for number ± precision/2; 0 when it is exact.
    """

    number: Decimal
    unit: str
    relation: Relation = Relation.EXACTLY
    precision: Decimal = Decimal(0)

    def __add__(self, other: Quantity) -> Quantity:
        self._same_unit(other, "+")
        return Quantity(self.number + other.number, self.unit, precision=self.precision + other.precision)

    def __sub__(self, other: Quantity) -> Quantity:
        self._same_unit(other, "-")
        return Quantity(self.number - other.number, self.unit, precision=self.precision + other.precision)

    def ratio_to(self, other: Quantity) -> Decimal:
        """self / other as a plain number, 28 significant digits; units must agree, ZeroDivisionError if other is 0."""
        self._same_unit(other, "÷")
        with localcontext() as context:
            context.prec = 28
            if other.number == 0:
                raise ZeroDivisionError("除数为零")
            return self.number / other.number

    def agrees_with(self, other: Quantity) -> bool:
        """Whether both could print the same true value, each within half of its last printed digit."""
        return self.unit == other.unit and abs(self.number - other.number) * 2 <= self.precision + other.precision

    def _same_unit(self, other: Quantity, operator: str) -> None:
        if self.unit != other.unit:
            raise UnitMismatchError(f"单位不同，不能计算：{self.unit} {operator} {other.unit}")
