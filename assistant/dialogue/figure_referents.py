"""The figures that a turn brought up, each with what computes it: what it came to, the sides of a comparison, a list's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.catalog import Catalog
from assistant.computing.figures import Figure
from assistant.computing.results import Result
from assistant.dialogue.checked_sides import difference_of, sides_of_check
from assistant.dialogue.focus import Focus
from assistant.plan import (
    Aggregate,
    Change,
    Check,
    CheckFinding,
    Combine,
    Compare,
    CostEstimate,
    Expression,
    Listing,
    Lookup,
    Members,
    PerUnit,
    Plan,
    Ranked,
    Ratio,
    Selector,
    Universe,
)
from ingest.numbers.quantities import Quantity

_FIRST, _A_TURN = 0xE000, 8


@dataclass(frozen=True, slots=True)
class FigureReferent:
    """A figure spoken of: how it is computed, what it came to, and the turn it belongs to."""

    mark: str
    expression: Expression
    turn: int
    value: Quantity | None = None
    label: str = ""

    @property
    def is_difference(self) -> bool:
        """Whether it is what a comparison came to, beside its sides."""
        return (ord(self.mark) - _FIRST) % _A_TURN == 0

    @property
    def selector(self) -> Selector | None:
        """The one figure of the documents behind it."""
        match self.expression:
            case Lookup(of=selector) | Change(of=selector):
                return selector
            case Ratio(numerator=Lookup(of=selector)):
                return selector
            case _:
                return None


def in_order_of_size(pair: tuple[FigureReferent, FigureReferent]) -> tuple[FigureReferent, FigureReferent]:
    """The larger before the smaller; as they are where that is unknown."""
    one, other = pair
    if one.value is None or other.value is None or one.value.number >= other.value.number:
        return pair
    return other, one


def is_mark(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff"


def figures_of(turn: Focus, catalog: Catalog) -> Iterator[FigureReferent]:
    """A turn's figures, the one it came to first; a comparison also has its two sides, a list its figures."""
    result = turn.result
    if isinstance(turn.plan, CheckFinding):
        yield from _of_check(turn, turn.plan, catalog)
    if result is None or result.missing is not None:
        return
    for place, (expression, value, label) in _in_focus(turn.plan, result):
        mark = chr(_FIRST + turn.depth % 200 * _A_TURN + place)
        yield FigureReferent(mark, expression, turn.depth, value, label)


def _of_check(turn: Focus, plan: CheckFinding, catalog: Catalog) -> Iterator[FigureReferent]:
    """The number that a check was asked for, then its sides."""
    sides = sides_of_check(plan, catalog)
    placed = list(enumerate(sides, start=1))
    if plan.ask == "difference" and sides:
        placed.insert(0, (0, difference_of(sides)))
    elif plan.ask == "actual":
        placed.reverse()
    for place, (expression, value, label) in placed:
        yield FigureReferent(chr(_FIRST + turn.depth % 200 * _A_TURN + place), expression, turn.depth, value, label)


_Stated = tuple[Expression, Quantity | None, str]


def _in_focus(plan: Plan, result: Result) -> list[tuple[int, _Stated]]:
    """A turn's figures with their places, the one in focus first."""
    match plan:
        case Compare(left=left, right=right, ask=ask):
            sides = list(enumerate(_sides(left, right, result), start=1))
            if ask == "which":
                won = [each for each in sides if each[1][2] == result.label]
                return [*won, *(each for each in sides if each not in won)]
            if result.value is not None and result.value.number < 0:
                left, right = right, left
            return [(0, (Combine("-", (left, right)), _size(result), result.label)), *sides]
        case Check(left=left, right=right):
            return list(enumerate(_sides(left, right, result), start=1))
        case Ratio(numerator=top, denominator=bottom):
            of_two = (
                _sides(top, bottom, result)
                if bottom is not None
                else [(top, _value(result, 0), _label(result, 0, top))]
            )
            return list(enumerate(of_two, start=1))
        case Listing(members=Members(universe=Universe.GIVEN, given=given)):
            listed = zip(given, result.members, strict=False)
            return list(enumerate(((each, m.quantity, m.label) for each, m in listed), start=1))[: _A_TURN - 1]
        case Listing(members=Members(universe=Universe.INDICATORS | Universe.ROWS)) if len(result.members) == 1:
            only = result.members[0]
            cells = tuple(cell.id for cell in only.figure.cells) if isinstance(only.figure, Figure) else ()
            return [(1, (Lookup(Selector(only.label, only.label, fact_ids=cells)), only.quantity, only.label))]
        case _:
            alone = _alone(plan, result)
            return [(1, alone)] if alone is not None else []


def _alone(plan: Plan, result: Result) -> _Stated | None:
    """The one figure that a plan came to."""
    match plan:
        case Ranked() if len(result.members) > 1:
            shown = tuple(c for c in plan.members.conditions if c.attribute != "excluded")
            return (
                Aggregate("sum", replace(plan.members, conditions=shown, labels=keys_of(result))),
                None,
                result.label,
            )
        case Ranked() if result.members and result.members[0].quantity is not None:
            return replace(plan, with_share=False), result.members[0].quantity, result.label
        case Lookup() | Aggregate() | Combine() | Change() | CostEstimate() | PerUnit() if result.value is not None:
            return plan, result.value, result.label
        case _:
            return None


def _sides(left: Expression, right: Expression, result: Result) -> list[_Stated]:
    return [(side, _value(result, place), _label(result, place, side)) for place, side in enumerate((left, right))]


def _value(result: Result, place: int) -> Quantity | None:
    return result.figures[place].quantity if len(result.figures) == 2 else None


def _label(result: Result, place: int, side: Expression) -> str:
    own = side.of.label if isinstance(side, Lookup) else side.members.words if isinstance(side, Ranked) else ""
    return result.figures[place].label if len(result.figures) == 2 else own or result.label


def _size(result: Result) -> Quantity | None:
    return Quantity(abs(result.value.number), result.value.unit) if result.value is not None else None


def keys_of(result: Result) -> tuple[str, ...]:
    return tuple(member.key for member in result.members)
