"""A tie-out as an equation between printed cells, how far it may honestly miss, and how it is told to a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.facts import Absence, Fact, Finding, Grade
from ingest.numbers.numbers import format_quantity
from ingest.numbers.quantities import PERCENT, YUAN, Quantity, Relation

_SHOWN_TERMS = 8
_SHARE_PLACES = 4
_SMALLEST_COIN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Equation:
    """The sum of the facts `left` should be the sum of the facts `right` (indexes into `DocumentFacts.facts`).

    `about` names it for a reader. With `at_most` the left side only must not exceed the right one. `soft` marks a check
    that points out something odd without making a printed figure doubtful. With `per` the right side is a share: the
    sum of `right` as a percentage of the sum of `per`.
    """

    rule: str
    about: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    at_most: bool = False
    soft: bool = False
    per: tuple[int, ...] = ()

    @property
    def facts(self) -> tuple[int, ...]:
        return self.left + self.right + self.per


@dataclass(frozen=True, slots=True)
class Outcome:
    """An equation's two sums and how they compare; `gap` is left − right."""

    equation: Equation
    left: Quantity
    right: Quantity
    grade: Grade

    @property
    def gap(self) -> Decimal:
        return self.left.number - self.right.number

    @property
    def holds(self) -> bool:
        return self.grade is not Grade.DISAGREES


def value_of(fact: Fact) -> Decimal | None:
    """A fact's number; a blank or a dash stands for zero, a lost value for nothing."""
    if fact.quantity is not None:
        return fact.quantity.number
    return Decimal(0) if fact.absence in (Absence.BLANK, Absence.DASH) else None


def is_filled(fact: Fact) -> bool:
    return fact.quantity is not None


def equation_to_outcome(equation: Equation, facts: Sequence[Fact]) -> Outcome | None:
    """Evaluate; None when a value is lost, units differ, nothing is printed on either side, or nothing to check against."""
    if not equation.right:
        return None
    left = _sum(equation.left, facts)
    right = _sum(equation.right, facts)
    if equation.per:
        right = _share(right, _sum(equation.per, facts))
    if left is None or right is None or not (left.unit or right.unit):
        return None
    left, right = replace(left, unit=left.unit or right.unit), replace(right, unit=right.unit or left.unit)
    if left.unit != right.unit:
        return None
    return Outcome(equation, left, right, _grade(equation, left, right))


def _sum(indexes: Sequence[int], facts: Sequence[Fact]) -> Quantity | None:
    """None if a value is lost or units differ; the unit is "" if every cell is blank."""
    members = [facts[index] for index in indexes]
    units = {fact.quantity.unit for fact in members if fact.quantity}
    values = [value_of(fact) for fact in members]
    if len(units) > 1 or any(value is None for value in values):
        return None
    number = sum((value for value in values if value), Decimal(0))
    precision = sum((_rounding(fact.quantity) for fact in members if fact.quantity), Decimal(0))
    return Quantity(number, units.pop() if units else "", precision=precision)


def _rounding(quantity: Quantity) -> Decimal:
    """What a printed figure may be rounded by; money printed to the 分 is exact."""
    return Decimal(0) if quantity.unit == YUAN and quantity.precision <= _SMALLEST_COIN else quantity.precision


def _is_rounded(one: Quantity, other: Quantity) -> bool:
    """Whether the coarser of two printed figures is the finer one rounded."""
    return abs(one.number - other.number) * 2 <= max(one.precision, other.precision)


def _is_even(quantity: Quantity) -> bool:
    """Whether a figure is printed with two zeros at its end, as amounts are that were set and not worked out."""
    return quantity.precision > 0 and quantity.number % (100 * quantity.precision) == 0


def _is_cut_off(one: Quantity, other: Quantity) -> bool:
    """Whether the coarser of two printed figures is the finer one without its last digits."""
    coarse, fine = (one, other) if one.precision > other.precision else (other, one)
    return 0 < abs(fine.number) - abs(coarse.number) < coarse.precision


def _share(part: Quantity | None, whole: Quantity | None) -> Quantity | None:
    """A percentage with what the rounding of part and whole may move it by."""
    if part is None or whole is None or part.unit != whole.unit or whole.number == 0:
        return None
    number = part.ratio_to(whole) * 100
    precision = (part.precision + abs(number) / 100 * whole.precision) / abs(whole.number) * 100
    return Quantity(round(number, _SHARE_PLACES), PERCENT, precision=precision)


def _grade(equation: Equation, left: Quantity, right: Quantity) -> Grade:
    if left.number == right.number or (equation.at_most and left.number < right.number):
        return Grade.AGREES
    if equation.per and abs(left.number - right.number) * 2 <= left.precision:
        return Grade.AGREES
    if equation.per and abs(left.number - right.number) < left.precision:
        return Grade.ROUNDING  # shares are cut off, or set so that they make 100 %
    if len(equation.left) == len(equation.right) == 1 and _is_rounded(left, right):
        return Grade.AGREES
    if len(equation.left) == len(equation.right) == 1 and _is_cut_off(left, right):
        return Grade.ROUNDING
    if len(equation.left) == len(equation.right) == 1 and not equation.per and (_is_even(left) or _is_even(right)):
        return Grade.DISAGREES  # printed with zeros at its end, a figure is no rounded one
    return Grade.ROUNDING if left.agrees_with(right) else Grade.DISAGREES


def outcome_to_finding(outcome: Outcome, facts: Sequence[Fact], summary: str = "") -> Finding:
    """The finding to store: both figures, both places, the recomputation in one line."""
    equation = outcome.equation
    return Finding(
        rule=equation.rule,
        grade=outcome.grade,
        summary=summary or _summary(outcome),
        table=facts[equation.facts[0]].table,
        expected=outcome.right,
        actual=outcome.left,
        recomputation=recomputation(outcome, facts),
        fact_indexes=equation.facts,
    )


def _summary(outcome: Outcome) -> str:
    about, at_most = outcome.equation.about, outcome.equation.at_most
    if outcome.grade is Grade.AGREES:
        return f"{about}：相符，{shown(outcome.left)}。"
    if outcome.grade is Grade.ROUNDING:
        return f"{about}：只差 {shown_gap(outcome)}，在四舍五入范围内。"
    if at_most:
        return f"{about}：{shown(outcome.left)}，超过 {shown(outcome.right)}，多 {shown_gap(outcome)}。"
    return f"{about}：{shown(outcome.left)} 与 {shown(outcome.right)} 不符，相差 {shown_gap(outcome)}。"


def recomputation(outcome: Outcome, facts: Sequence[Fact]) -> str:
    """Both sides in one line, e.g. `57.65 + 129,531.94 = 129,589.59万元；原印 129,589.59`."""
    sign = {Grade.AGREES: "=", Grade.ROUNDING: "≈", Grade.DISAGREES: "≠"}[outcome.grade]
    if outcome.equation.at_most:
        sign = "≤" if outcome.holds else ">"
    if outcome.equation.per:
        part, whole = (_sum(indexes, facts) for indexes in (outcome.equation.right, outcome.equation.per))
        ratio = f"{shown(part)} ÷ {shown(whole)}" if part and whole else ""
        return f"{ratio} = {shown(outcome.right)} {sign} {shown(outcome.left)}"
    left = _side(outcome.equation.left, outcome.left, facts)
    right = _side(outcome.equation.right, outcome.right, facts)
    return f"{left} {sign} {right}"


def _side(indexes: tuple[int, ...], total: Quantity, facts: Sequence[Fact]) -> str:
    printed = [shown(quantity) for index in indexes if (quantity := facts[index].quantity) and quantity.number != 0]
    if len(printed) < 2:
        return shown(total)
    terms = printed if len(printed) <= _SHOWN_TERMS else [*printed[:3], f"…（共{len(printed)}项）", printed[-1]]
    return f"{' + '.join(terms)} = {shown(total)}"


def shown(quantity: Quantity) -> str:
    """A figure as a reader expects it, without its relation sign."""
    return format_quantity(replace(quantity, relation=Relation.EXACTLY))


def shown_gap(outcome: Outcome) -> str:
    return shown(Quantity(abs(outcome.gap), outcome.left.unit))
