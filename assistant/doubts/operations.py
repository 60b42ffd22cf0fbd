"""Whether a plan does what a question asks: each word that asks for an operation must be accounted for by the plan.

A lookup that answers “除 A 以外还有多少” with A, or a ranking that answers “加起来多少” with one member, is wrong however
well its names fit. Words inside the names that the plan found do not count.
"""

from __future__ import annotations

import re
from functools import cache

from pydantic import RootModel

from assistant.cues import cue, says
from assistant.plan import (
    Aggregate,
    Ambiguous,
    Change,
    Check,
    Combine,
    Compare,
    CostEstimate,
    Listing,
    Literal,
    Lookup,
    Members,
    PerUnit,
    Plan,
    Position,
    Ranked,
    Ratio,
    Selector,
    Universe,
    selectors_in,
)  # fmt: skip
from ingest.facts import Period, Role, Vintage
from ingest.vocabulary_loading import load_vocabulary

# an English word that no vocabulary knows may hold what is asked for
_UNTRANSLATED = re.compile(r"(?<![a-z])(?!(?:count|total)(?![a-z]))[a-z]{4,}")


_ARITHMETIC = {"-": ("except", "compare", "left"), "×": ("times",)}


_COMPARED = (
    "whole",
    "period_years",
    "amount",
    "target",
    "indicator",
)  # what members are told by, equal to something or not


class _Operations(RootModel[dict[str, tuple[str, ...]]]):
    pass


@cache
def _families() -> dict[str, re.Pattern[str]]:
    words = load_vocabulary("operations", _Operations, "assistant").root
    return {family: re.compile("|".join(patterns)) for family, patterns in words.items()}


def unaccounted(plan: Plan, text: str) -> tuple[str, ...]:
    """The families of operations that the text asks for and the plan does not do; none for plans that answer in words."""
    done = _done(plan)
    if done is None:
        return ()
    rest = text
    for name in sorted(_names(plan), key=len, reverse=True):
        rest = rest.replace(name, "")
    if any(selector.wish.period is Period.WHOLE for selector in selectors_in(plan)):
        rest = cue("years_together").sub("", rest)  # all years of a project are its whole period
    if isinstance(plan, Lookup) and plan.of.fact_ids and says(text, "set_how"):
        done = {*done, "manner"}  # how an indicator is set: its value
    untranslated = ("untranslated",) if _UNTRANSLATED.search(rest) else ()
    labels = "".join(_names(plan))
    return untranslated + tuple(
        family
        for family, pattern in _families().items()
        if family not in done and (found := pattern.search(rest)) and not (family == "attribute" and found[0] in labels)
    )


def _done(plan: Plan) -> set[str] | None:
    """What a plan does, by family; None for plans that are not measured by this."""
    match plan:
        case Lookup(of=selector):
            return _of_selector(selector)
        case Ambiguous(members=members):
            return _of_members(members)
        case Listing(members=members):
            return {"each", "exceed", *_of_members(members)}
        case Aggregate(function=function, members=members):
            ranked = {"rank"} if members.kept or members.skipped or function == "cover" else set()
            sums = {"sum"} if function in ("sum", "cover") else set()
            share = {"ratio", "exceed"} if function == "cover" else {"exceed"}
            return {function, *ranked, *sums, *share, *_of_members(members)}
        case Ranked(members=members, with_share=with_share):
            return {"each", "rank", "compare", *({"ratio"} if with_share else set()), *_of_members(members)}
        case Ratio(numerator=top, denominator=bottom):
            return {"ratio", "sum", "check"} | (_done(top) or set()) | ((_done(bottom) or set()) if bottom else set())
        case Combine(operands=operands, operator=operator):
            done = {"sum", *_ARITHMETIC.get(operator, ())}
            return done.union(*((_done(each) or set()) for each in operands))
        case Compare(left=left, right=right):
            return (
                {"each", "compare", "rank", "check", "exceed", "ratio"}
                | (_done(left) or set())
                | (_done(right) or set())
            )
        case Check(left=left, right=right):
            return {"each", "check", "exceed", "compare", "sum"} | (_done(left) or set()) | (_done(right) or set())
        case Change():
            rate = {"ratio"} if plan.ask == "rate" else set()
            rank = {"rank"} if plan.most else set()
            return {"each", "change", "check", "compare", *rate, *rank, *_of_selector(plan.of)}
        case PerUnit():
            return {"average", "sum", "ratio", *(_done(plan.amount) or set())}
        case Position(members=members):
            return {"rank", *_of_members(members)}
        case CostEstimate() | Literal():
            return {family for family in _families() if family != "manner"}
        case _:
            return None


def _of_selector(selector: Selector) -> set[str]:
    share = {"ratio"} if selector.wish.role is Role.SHARE else set()
    return {"except", *share} if selector.wish.vintage is Vintage.CURRENT else share


def _of_members(members: Members) -> set[str]:
    done = {"times"}  # what is multiplied tells which members
    if (
        members.skipped
        or members.labels
        or any(c.relation == "≠" or c.text == Vintage.CURRENT for c in members.conditions)
    ):
        done |= {"except", "left"}
    if members.labels:
        done.add("compare")  # what one place has and another lacks
    if any(c.attribute == "amount" for c in members.conditions):
        done.add("exceed")
    if any(c.attribute == "average" for c in members.conditions):
        done |= {"average", "exceed"}
    if any(c.attribute in _COMPARED and c.relation in "=≠" for c in members.conditions):
        done.add("check")
    if members.universe is Universe.GROUPS:
        done |= {"attribute", "each", "sum"}
    if members.universe is Universe.TABLES:
        done.add("attribute")
    if members.trimmed:
        done |= {"except", "rank"}
    if members.remaining:
        done |= {"except", "compare", "sum", "left"}
    for each in members.given:
        done |= _done(each) or set()
    return done | (_of_selector(members.of) if members.of is not None else set())


def _names(plan: Plan) -> set[str]:
    """The labels that a plan found, wherever in it."""
    found = {name for selector in selectors_in(plan) for name in (selector.label, *selector.row_keys)}
    return {name for name in found if len(name) > 1}
