"""The figures that a text claims: every numeral but dates, ordinals, marks, document numbers and parts of quotations.

A claim stands for an interval: 10.3万元 for 10.25 to 10.35, 三成 for 25 % to 35 %. 元, 万元 and 亿元 are one unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.questions.directions import Direction, governing_direction
from ingest.facts import Fact
from ingest.numbers.digits import half_width
from ingest.numbers.numbers import Numeral, NumeralKind, find_numerals, to_base_unit
from ingest.numbers.quantities import PERCENT, YUAN, Quantity
from ingest.numbers.units import UnitKind, unit_named

Span = tuple[int, int]

_NO_CLAIMS = (NumeralKind.DATE, NumeralKind.MARK, NumeralKind.DOCUMENT)
_MEASURES = (NumeralKind.MONEY, NumeralKind.SHARE, NumeralKind.RATE, NumeralKind.MULTIPLE)
_TITLE = re.compile(r"《[^《》]*》")
_NUMBERED = re.compile(r"(?:表|附件|附表|图)\s*$")
_RIGHT_AFTER = re.compile(
    r"(?:的|预算|年度|金额|总额|数|合计|共计|共|为|是|有|约|达|安排|编制|列|[：:\s*（(]|20\d\d年)*"
)
_PRINTED_AT = re.compile(r"(?P<zh>第\d+[行页])印作\s*$|(?P<en>line|page) (?P<n>\d+): printed\s*$")
_PRINTED = re.compile(r"(?:印作|printed)[\s“]*$")
_ENGLISH_PLACE = re.compile(r"\b(?:lines?|pages?|No\.)\s*$", re.IGNORECASE)
_ENGLISH_MONEY = re.compile(r"\s*(?P<scale>hundred million|million|billion|ten thousand|thousand)?\s*(?:yuan|RMB)\b")
_SCALES = {"thousand": 10**3, "ten thousand": 10**4, "million": 10**6, "hundred million": 10**8, "billion": 10**9}
_OPERATOR = re.compile(r"[)）]* *([+×÷=≠])|[)）]* +([-−<>]) ")
_ANY_ONE = re.compile(r"[任何每某这那同另哪]$")
_LEADING_ZERO = re.compile(r"\D*0[\d,]")
_IN_BRACKETS = re.compile(r"[*\s]*[（(]\s*(?:即|合|折合|约)?\s*")
_NEXT_IN_BRACKETS = re.compile(r"\s*[，,、]\s*(?:即|合|折合|约)?\s*")
_WORDS = re.compile(r"[一-鿿]{2}|[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a numeral (a range has two) with what it is tied to.

    `direction` is the word that governs it, `name` the name and `place` (第12行) the place that it stands right after;
    `operator` is the sign after it where it stands in an expression (`a + b = c`), `restates` that it gives the figure before it in
    another unit (`400万元（4,000,000元）`). `as_printed` tells that a cell is said to print just these characters (`印作 ≤0.63`).
    """

    numeral: Numeral
    quantity: Quantity
    direction: Direction | None
    name: str = ""
    place: str = ""
    operator: str = ""
    restates: Claim | None = None
    as_printed: bool = False

    def is_in(self, fact: Fact) -> bool:
        """Whether a cell prints its very characters."""
        return half_width(self.numeral.printed).strip() in half_width(fact.printed)

    def fits(self, true: Quantity) -> bool:
        """Whether a true quantity lies within what is written, whatever the sign; direction is a claim of its own."""
        written, exact = self.quantity, true
        if written.unit != exact.unit:
            if {written.unit, exact.unit} & {YUAN, PERCENT} and written.unit:
                return False
            written, exact = to_base_unit(written), to_base_unit(exact)
            if not _same_unit(written.unit, exact.unit):
                return False
        above = abs(exact.number) - abs(written.number)
        return above == 0 or -written.precision <= above * 2 < written.precision

    def repeats(self, fact: Fact) -> bool:
        """Whether it repeats a cell as printed, without its unit: `印作 20,000.00`."""
        return self.quantity.unit == "" and half_width(self.numeral.printed).strip() == half_width(fact.printed).strip()

    def goes_as(self, signed: Quantity) -> bool:
        """Whether a change has the sign that is claimed of it."""
        if self.direction is None:
            return self.quantity.number >= 0 or signed.number < 0
        return has_direction(signed, -1 if self.quantity.number < 0 else self.direction.sign)


def has_direction(change: Quantity, sign: int) -> bool:
    return change.number * sign > 0 or change.number == sign == 0


def claims_in(
    text: str, quotations: Sequence[Span] = (), names: Sequence[Span] = (), is_code: Callable[[str], bool] = bool
) -> tuple[Claim, ...]:
    """The claims of a text, in order. Digits inside `quotations` and `names` are none; nor are codes that are known."""
    found: list[Claim] = []
    for plain in find_numerals(_without_bullets(text)):
        numeral = _in_english_money(text, plain)
        if _within(numeral, (*quotations, *names)) or not _is_claim(text, numeral, is_code):
            continue
        direction, restated = governing_direction(text, numeral), _restated(text, numeral, found)
        name = restated.name if restated else _name_before(text, numeral, names)
        place, operator = _place_before(text, numeral), _operator_after(text, numeral)
        said = _PRINTED.search(text[: numeral.start]) is not None
        found += [Claim(numeral, q, direction, name, place, operator, restated, said) for q in quantities_of(numeral)]
    return tuple(found)


def quantities_of(numeral: Numeral) -> tuple[Quantity, ...]:
    """A numeral's quantities, both ends of a range; a code of digits is a bare number, malformed digits fit nothing."""
    printed = numeral.printed.strip()
    if numeral.kind is NumeralKind.CODE:
        return (Quantity(Decimal(printed), ""),) if printed.isdigit() else ()
    if numeral.kind is NumeralKind.MALFORMED or _LEADING_ZERO.match(printed):
        return (Quantity(Decimal(0), printed),)
    return tuple(quantity for quantity in (numeral.quantity, numeral.upper) if quantity is not None)


def spans_of(text: str, parts: Iterable[str]) -> tuple[Span, ...]:
    """Where the parts stand in a text; only parts with words in them, so that no bare number is a quotation."""
    found = []
    for part in dict.fromkeys(part.strip() for part in parts):
        start = text.find(part) if _WORDS.search(part) or part.startswith("“") else -1
        while start >= 0:
            found.append((start, start + len(part)))
            start = text.find(part, start + 1)
    return tuple(found)


def has_words(text: str) -> bool:
    """Whether there are words in a text beside its figures and their units."""
    for numeral in reversed(find_numerals(text)):
        text = text[: numeral.start] + " " + text[numeral.end :]
    return _WORDS.search(text) is not None


def _is_claim(text: str, numeral: Numeral, is_code: Callable[[str], bool]) -> bool:
    if numeral.kind in _NO_CLAIMS:
        return False
    if numeral.kind is NumeralKind.CODE:
        return numeral.printed.strip().isdigit() and not is_code(numeral.printed.strip())
    if _ANY_ONE.search(text[: numeral.start]) and numeral.printed.startswith("一"):
        return False
    if _ENGLISH_PLACE.search(text[: numeral.start]):
        return False
    titles = [found.span() for found in _TITLE.finditer(text)]
    return numeral.kind in _MEASURES or not (_NUMBERED.search(text[: numeral.start]) or _within(numeral, titles))


def _name_before(text: str, numeral: Numeral, names: Sequence[Span]) -> str:
    """The name that a figure stands right after."""
    ended = [span for span in names if span[1] <= numeral.start]
    right_after = [span for span in ended if _RIGHT_AFTER.fullmatch(text[span[1] : numeral.start])]
    start, end = max(right_after, key=lambda span: (span[1], span[1] - span[0]), default=(0, 0))
    return text[start:end]


def _operator_after(text: str, numeral: Numeral) -> str:
    found = _OPERATOR.match(text, numeral.end)
    return (found[1] or found[2]).replace("−", "-") if found else ""


def _place_before(text: str, numeral: Numeral) -> str:
    """The line or page that a figure is said to be printed at: 第12行, 第3页."""
    found = _PRINTED_AT.search(text[: numeral.start])
    if found is None:
        return ""
    return found["zh"] or f"第{found['n']}{'行' if found['en'] == 'line' else '页'}"


def _in_english_money(text: str, numeral: Numeral) -> Numeral:
    """`25 million yuan` as the amount that it is."""
    found = _ENGLISH_MONEY.match(text, numeral.end)
    if found is None or numeral.kind is not NumeralKind.NUMBER or numeral.quantity is None:
        return numeral
    factor, printed = _SCALES.get(found["scale"] or "", 1), text[numeral.start : found.end()]
    precision = (numeral.quantity.precision or Decimal(1)) * factor
    quantity = Quantity(numeral.quantity.number * factor, YUAN, numeral.quantity.relation, precision)
    return replace(numeral, end=found.end(), printed=printed, kind=NumeralKind.MONEY, quantity=quantity)


def _restated(text: str, numeral: Numeral, before: Sequence[Claim]) -> Claim | None:
    """The figure that a figure in brackets right after it gives again."""
    if not before:
        return None
    last, between = before[-1], text[before[-1].numeral.end : numeral.start]
    if _IN_BRACKETS.fullmatch(between):
        return last
    return last.restates if last.restates and _NEXT_IN_BRACKETS.fullmatch(between) else None


def _without_bullets(text: str) -> str:
    """The text with bullets and colons that numerals could join to themselves made plain, at the same length."""
    return re.sub(r"(?m)^[-*>] ", "； ", text).replace("：", "；")


def _within(numeral: Numeral, spans: Iterable[Span]) -> bool:
    return any(first <= numeral.start and numeral.end <= last for first, last in spans)


def _same_unit(written: str, true: str) -> bool:
    """个 stands for any thing counted one by one; a bare number stands for any."""
    if written in (true, ""):
        return True
    generic = ("个", "项")
    pair = (unit_named(written), unit_named(true))
    discrete = all(unit is not None and unit.kind is UnitKind.COUNT and unit.discrete for unit in pair)
    return discrete and (written in generic or true in generic)
