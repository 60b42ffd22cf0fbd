"""Whether what a plan came to can be what was asked: money for money, a number of things for how many, a share for a share;
two different figures for two names. A result that does not fit was the answer to another question.
"""

from __future__ import annotations

from assistant.answer import Value
from assistant.computing.results import Result
from assistant.cues import cue, says
from assistant.plan import Compare, Listing, Lookup, Plan, Quote, Ratio
from assistant.questions.asked import kinds_asked
from assistant.questions.value_kinds import Value as Asked
from assistant.questions.value_kinds import value_kind_of
from ingest.numbers.numbers import NumeralKind, find_numerals
from ingest.numbers.quantities import MULTIPLE, PERCENT, YUAN

_SHARES = (PERCENT, MULTIPLE)


def fits(text: str, value: Value | None, result: Result | None) -> bool:
    """Whether a value, and the result behind it, can answer a question's text."""
    part_above_whole = exceeds_its_whole(result) and says(text, "part_of_a_whole")
    listed = result is not None and isinstance(result.plan, Listing) and says(text, "which_ones")
    return (listed or _is_of_kind_asked(text, value)) and not _is_of_one_figure(result) and not part_above_whole


def _is_of_kind_asked(text: str, value: Value | None) -> bool:
    """False where a question says in words what kind of number it wants, and this is none of those it says."""
    if value is None or value.unit == "" or len(cue("one_number_asked").findall(text)) > 1:
        return True
    kind = value_kind_of(text)
    asked = {
        "money": says(text, "money_in_words"),
        "share": kind.value is Asked.SHARE or says(text, "share_in_words"),
        "count": (kind.value is Asked.COUNT and bool(kind.unit_said)) or says(text, "count_in_words"),
    }
    told = "money" if YUAN in value.unit else "share" if value.unit in _SHARES else "count"
    return not any(asked.values()) or asked[told]


def _is_of_one_figure(result: Result | None) -> bool:
    """A figure set against itself under another of its names."""
    if result is None or len(result.figures) != 2 or not _is_of_two_lookups(result.plan):
        return False
    left, right = result.figures
    one, other = ({cell.id for cell in figure.cells} for figure in (left, right))
    return (bool(one) and one == other) or (left.label == right.label and left.quantity == right.quantity)


def _is_of_two_lookups(plan: Plan) -> bool:
    match plan:
        case Ratio(numerator=Lookup(), denominator=Lookup()) | Compare(left=Lookup(), right=Lookup()):
            return True
        case _:
            return False


def quotes_no_count(text: str, plan: Plan, told: str) -> bool:
    """Whether words are quoted where a number of things is asked for in a unit that stands nowhere in them: 多少人."""
    kind = value_kind_of(text)
    if not isinstance(plan, Quote) or kind.value is not Asked.COUNT or not kind.unit_said or kinds_asked(text):
        return False
    counted = (n.quantity.unit for n in find_numerals(told) if n.kind is NumeralKind.COUNT and n.quantity is not None)
    return kind.units.isdisjoint(counted)


def exceeds_its_whole(result: Result | None) -> bool:
    """A share above 100 %."""
    if result is None or not isinstance(result.plan, Ratio) or result.value is None:
        return False
    return result.value.unit == PERCENT and result.value.number > 100
