"""How a layout prints amounts, shares and zeros, with the value that a reader must take from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from eval.generator.budget import Amount
from eval.generator.drawing import plain

_UNITS = {"元": 1, "万元": 10_000}


@dataclass(frozen=True, slots=True)
class Figure:
    """Nothing printed is no fact; a number of "" is a text."""

    printed: str
    number: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """`zero` is what stands for nothing: empty, 0.00, …"""

    unit: str = "万元"
    zero: str = ""

    def money(self, amount: Amount) -> Figure:
        if amount == 0:
            return Figure(self.zero, "0" if self.zero else "", "元" if self.zero else "")
        yuan = Decimal(amount) * 100
        return Figure(f"{yuan / _UNITS[self.unit]:,.2f}", plain(yuan), "元")


def in_words(amount: Amount) -> Figure:
    """An amount of the explanation, with its unit."""
    return Figure(f"{Decimal(amount) / 100:.2f}万元", plain(Decimal(amount) * 100), "元")


def percent(value: Decimal, sign: str = "%") -> Figure:
    return Figure(f"{value:.2f}{sign}", plain(value), "%")


def words(text: str) -> Figure:
    """A cell of text in a place where facts stand."""
    return Figure(text)
