"""The judges' own arithmetic: whether what stands after `=` in a step follows from what stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from eval.expectations import Figure
from eval.figures import in_base_unit

_RELATION = re.compile(r"[=＝≠<>]")
_OPERATOR = re.compile(r"\s*([+＋×÷−-])\s*")
_OPERAND = re.compile(r"[≤≥<>约]?\s*([\d,]+(?:\.\d+)?)\s*(\S*)")


def computed(expression: str) -> Iterator[Figure]:
    """The figures after the first `=`, as far as they are the value of what stands before it; the rest is not."""
    left, equals, right = expression.partition("=")
    value = value_of(left) if equals else None
    if value is None:
        return
    match = _OPERAND.match(_RELATION.split(right)[0].strip())
    if match is None:
        return
    figure = Figure(Decimal(match[1].replace(",", "")), match[2])
    number = in_base_unit(figure.number, figure.unit)[0]
    exponent = figure.number.as_tuple().exponent
    last_digit = in_base_unit(Decimal(10) ** (exponent if isinstance(exponent, int) else 0), figure.unit)[0]
    if any(abs(value * scale - number) * 2 <= last_digit for scale in (1, 100)):  # a quotient may be told in percent
        yield figure


def value_of(left: str) -> Decimal | None:
    """The value of sums of products of figures, amounts in yuan; None for anything else."""
    pieces = _OPERATOR.split(left.strip())
    operands = [_operand(piece) for piece in pieces[::2]]
    if any(operand is None for operand in operands):
        return None
    numbers = [operand for operand in operands if operand is not None]
    total, product, sign = Decimal(0), numbers[0], 1
    for operator, number in zip(pieces[1::2], numbers[1:], strict=True):
        if operator == "×":
            product *= number
        elif operator == "÷":
            if number == 0:
                return None
            product /= number
        else:
            total, product, sign = total + sign * product, number, 1 if operator in "+＋" else -1
    return total + sign * product


def _operand(text: str) -> Decimal | None:
    match = _OPERAND.fullmatch(text.strip())
    return in_base_unit(Decimal(match[1].replace(",", "")), match[2])[0] if match else None
