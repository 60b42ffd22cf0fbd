"""The one number parser of the project: printed cells and prose to exact quantities, and quantities back to print.

Cells are read strictly here, running text in `ingest.numbers.numerals`; both on the digits of `ingest.numbers.digits` and the units of
`ingest.numbers.units`. What could be read in two ways is told as malformed and never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ingest.facts import Absence
from ingest.numbers.digits import chinese_to_decimal, digits_to_decimal, half_width, last_digit_size
from ingest.numbers.numerals import Numeral, NumeralKind, find_numerals
from ingest.numbers.quantities import PERCENT, YUAN, Quantity, Relation, UnitMismatchError
from ingest.numbers.units import Unit, UnitKind, to_base, unit_named, unit_words

__all__ = [
    "Numeral",
    "NumeralKind",
    "ParsedCell",
    "as_number",
    "convert_money",
    "find_numerals",
    "format_number",
    "format_quantity",
    "money",
    "number_in",
    "parse_cell",
    "to_base_unit",
]

_MEASURES = (NumeralKind.MONEY, NumeralKind.SHARE, NumeralKind.MULTIPLE, NumeralKind.COUNT, NumeralKind.RATE)
_LOOKS_LIKE_A_NUMBER = re.compile(r"[\d,，.\s]*\d[\d,，.\s]*")


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """What a cell holds: a quantity, an absence, a malformed number, or else text.

    `own_unit` tells that the cell itself prints the unit, so that the table's unit was not used.
    """

    printed: str
    quantity: Quantity | None = None
    absence: Absence | None = None
    malformed: bool = False
    own_unit: bool = False

    @property
    def is_number(self) -> bool:
        return self.quantity is not None

    @property
    def is_text(self) -> bool:
        return self.quantity is None and self.absence is None and not self.malformed


def parse_cell(text: str, unit: str = "") -> ParsedCell:
    """Read a table cell; a bare number is in `unit` (the table's, as printed: 万元, 元, %, 辆, or "")."""
    stripped = half_width(text).strip()
    if not stripped:
        return ParsedCell(text, absence=Absence.BLANK)
    if stripped in unit_words().dashes or text.strip() in unit_words().dashes:
        return ParsedCell(text, absence=Absence.DASH)
    negative, digits = _without_sign(stripped)
    number = digits_to_decimal(digits)
    if number is not None:
        return ParsedCell(text, _in_unit(-number if negative else number, last_digit_size(digits), unit))
    if _LOOKS_LIKE_A_NUMBER.fullmatch(digits):
        return ParsedCell(text, malformed=True)
    return _cell_with_own_unit(text, negative, digits)


def _without_sign(text: str) -> tuple[bool, str]:
    """Whether a cell's number is negative, (1.20) and △1.20 included, and the text without the sign."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    for mark in unit_words().negative_marks:
        if text.startswith(mark) and len(text) > len(mark):
            return True, text[len(mark) :].strip()
    return False, text.removeprefix("+").removeprefix("¥").removeprefix("￥").strip()


def _cell_with_own_unit(text: str, negative: bool, unsigned: str) -> ParsedCell:
    numerals = find_numerals(unsigned)
    if len(numerals) != 1 or (numerals[0].start, numerals[0].end) != (0, len(unsigned)) or numerals[0].upper:
        return ParsedCell(text)
    numeral = numerals[0]
    if numeral.kind is NumeralKind.MALFORMED:
        return ParsedCell(text, malformed=True)
    if numeral.kind not in _MEASURES or numeral.quantity is None:
        return ParsedCell(text)
    found = numeral.quantity
    number = -found.number if negative else found.number
    return ParsedCell(text, Quantity(number, found.unit, found.relation, found.precision), own_unit=True)


def _in_unit(number: Decimal, size: Decimal, printed_unit: str) -> Quantity:
    meaning = unit_named(printed_unit) or Unit(printed_unit.strip(), Decimal(1), UnitKind.COUNT)
    exact = size == 1 and (number == 0 or meaning.kind is UnitKind.COUNT)
    return Quantity(
        number * meaning.factor, meaning.canonical, precision=Decimal(0) if exact else size * meaning.factor
    )


def as_number(printed: str) -> Decimal | None:
    """A printed number without unit, Arabic or Chinese digits; None if it is none or its form is doubtful."""
    negative, digits = _without_sign(half_width(printed).strip())
    number = digits_to_decimal(digits)
    if number is None:
        number = chinese_to_decimal(digits)
    return -number if negative and number is not None else number


def money(number: Decimal | int | str, unit: str = YUAN) -> Quantity:
    """An exact amount in 元 from a number in 元, 万元, 亿元 …"""
    return Quantity(Decimal(number) * _money_factor(unit), YUAN)


def convert_money(number: Decimal, from_unit: str, to_unit: str) -> Decimal:
    """The same amount in another money unit, exactly."""
    return number * _money_factor(from_unit) / _money_factor(to_unit)


def number_in(quantity: Quantity, unit: str) -> Decimal:
    """A quantity's number in a printed unit: 500000 元 in 万元 is 50. UnitMismatchError where they do not fit."""
    meaning = unit_named(unit) or Unit(unit, Decimal(1), UnitKind.COUNT)
    if meaning.canonical == quantity.unit:
        return quantity.number / meaning.factor
    base, factor = to_base(quantity.unit)
    wanted, wanted_factor = to_base(meaning.canonical)
    if base != wanted:
        raise UnitMismatchError(f"单位不同，不能换算：{quantity.unit} → {unit}")
    return quantity.number * factor / (wanted_factor * meaning.factor)


def to_base_unit(quantity: Quantity) -> Quantity:
    """The quantity in its base unit in one spelling: 230 万度 → 2300000 度, 平米 → 平方米."""
    unit, factor = to_base(quantity.unit)
    return Quantity(quantity.number * factor, unit, quantity.relation, quantity.precision * factor)


def _money_factor(unit: str) -> Decimal:
    meaning = unit_named(unit)
    if meaning is None or meaning.kind is not UnitKind.MONEY:
        raise UnitMismatchError(f"“{unit}”不是金额单位")
    return meaning.factor


def format_number(number: Decimal, places: int | None = None, least_places: int = 0) -> str:
    """Thousands separators, exact; `places` rounds half up, `least_places` pads with zeros."""
    if places is not None:
        return f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,f}"
    plain = f"{number:f}"
    fraction = plain.partition(".")[2].rstrip("0")
    return f"{number.quantize(Decimal(1).scaleb(-max(len(fraction), least_places))):,f}"


def format_quantity(quantity: Quantity, unit: str | None = None, places: int | None = None) -> str:
    """As a person would write it: 1,234.50万元, 4,000,000元, 44.5%, ≤50.00万元; `unit` asks for a unit.

    Exact unless `places` is given. Without `unit`, amounts of 10,000元 and more are written in 万元.
    """
    if unit is None:
        large = quantity.unit == YUAN and abs(quantity.number) >= 10_000
        unit = "万元" if large else quantity.unit
    number = number_in(quantity, unit)
    is_large_money = (meaning := unit_named(unit)) is not None and meaning.kind is UnitKind.MONEY and meaning.factor > 1
    least = 2 if is_large_money or (quantity.unit == YUAN and number != number.to_integral_value()) else 0
    relation = "" if quantity.relation is Relation.EXACTLY else str(quantity.relation)
    return f"{relation}{format_number(number, places, least)}{PERCENT if unit == PERCENT else unit}"
