"""Exact arithmetic of plans: Decimal only, in comparable units, and how the operands of a step are printed."""

from __future__ import annotations

from decimal import Decimal, localcontext

from ingest.numbers.numbers import format_number, format_quantity, to_base_unit
from ingest.numbers.quantities import PERCENT, YUAN, Quantity

_DIGITS = 28


def comparable(quantity: Quantity) -> Quantity:
    """In a unit that can be added and compared: base units; an amount per year is the year's amount."""
    if quantity.unit == f"{YUAN}/年":
        return Quantity(quantity.number, YUAN, precision=quantity.precision)
    return quantity if quantity.unit in (YUAN, PERCENT) else to_base_unit(quantity)


def percent(part: Decimal, whole: Decimal) -> Quantity:
    return Quantity(divided(part * 100, whole), PERCENT)


def divided(a: Decimal, b: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        return a / b


def signed(quantity: Quantity) -> str:
    return f"({format_quantity(quantity)})" if quantity.number < 0 else format_quantity(quantity)


def full(quantity: Quantity) -> str:
    """An amount in 万元 and, when large, in 亿元 and 元 as well, so that it can be found in any unit."""
    if quantity.unit != YUAN or abs(quantity.number) < 10_000:
        return format_quantity(quantity)
    exact = f"{format_quantity(quantity, '亿元')}，" if abs(quantity.number) >= 100_000_000 else ""
    return f"{format_quantity(quantity)}（{exact}{format_quantity(quantity, YUAN)}）"


def rounded(number: Decimal, places: int = 2) -> str:
    if number != 0 and abs(number) < Decimal("0.1") and places < 4:
        places = 4
    return (
        format_number(number, places).rstrip("0").rstrip(".")
        if "." in format_number(number, places)
        else format_number(number, places)
    )


def shown(quantity: Quantity) -> str:
    exact = quantity.number == quantity.number.quantize(Decimal("0.0001"))
    return format_quantity(quantity) if exact else format_quantity(quantity, places=2)
