"""What a question asks of a set that is known: its members, the first of an order, both ends of it, how many, their sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.cues import says
from assistant.phrases.set_scan import IDLE, Piece, Said
from assistant.plan import ALL_MEMBERS, Aggregate, Compare, Listing, Members, Plan, Ranked, Ratio, Universe
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import MULTIPLE

SUPERLATIVES = {
    "most": ("", True),
    "least": ("", False),
    "latest": ("filing_date", True),
    "earliest": ("filing_date", False),
    "longest": ("period", True),
    "shortest": ("period", False),
}
# roles that put members in an order, or pick some by their place in one
ORDERS = ("top", "bottom", "place", "place_up", "descending", "ascending", "order", *SUPERLATIVES)
# roles of what can be asked of members that were shown
OF_SHOWN = IDLE | {
    *ORDERS,
    "sum",
    "average",
    "median",
    "count",
    "share",
    "apart",
    "asks",
    "each",
    "amount",
    "counted",
    "projects",
}
_MEMBERS = ("projects", "sheets", "subjects")
_MEASURES = ("amount", "annual", "whole")
_FIELDS = ("handler", "person_in_charge", "period_years", "nature", "vintage", "fund")
_BETWEEN_ENDS = {"projects", "sheets", "subjects", "asks", "amount", "filed"}


def asked_of(said: Said, members: Members) -> Plan | None:
    """What is asked of a set of projects."""
    ends = said.all(*SUPERLATIVES)
    if len(ends) > 1:
        return _of_both_ends(said, members, ends)
    if len(said.all("place")) > 1:
        return _of_two_places(said, members)
    ordered = _order(said)
    function = _function(said, ordered is not None)
    if ordered is not None and ordered[2] == 1 and said.has("share"):
        function = ""  # 最大的占合计多少
    if ordered is not None:
        descending, first, count = ordered
        if function and count < ALL_MEMBERS:
            if function == "count" or first > 1:
                return None
            return Aggregate(function, replace(members, kept=count, kept_largest=descending))
        if function and function != "count":
            return None
        return Ranked(members, descending, first, count, with_share=said.has("share") and count == 1)
    if said.has("involved") and not members.conditions:
        return None  # of something that was not understood, or that was said before
    if function:
        both = function == "sum" and _counts_first(said)
        counted = Aggregate("count", members, with_sum=True) if both else Aggregate(function, members)
        return counted if not said.has("share") else None
    if _ends_in(said, *_MEASURES) and said.roles.isdisjoint(("share", "apart", "asks", "each")):
        return Aggregate("sum", members) if _of_fields_only(members) else None
    named = said.has("asks", "each") or _ends_in(said, *_MEMBERS) or says(said.text, "any_member")
    if said.has("share", "apart") or not named:
        return None
    of_parts = members.universe is Universe.PARTS and said.has("subjects", "level")
    return Listing(members) if members.conditions or of_parts else None


def _ends_in(said: Said, *roles: str) -> bool:
    """`项目期4年的项目`, `某人经办的年度金额`: what is asked for by naming it."""
    last = next((p for p in reversed(said.pieces) if p.role not in IDLE), None)
    return last is not None and last.role in roles


def _of_fields_only(members: Members) -> bool:
    """Whether members are told by what their sheets and tables say of them, not by how large they are."""
    return bool(members.conditions) and all(c.attribute in _FIELDS for c in members.conditions)


def _function(said: Said, in_order: bool) -> str:
    """The operation asked for; 合计 and 几个 say nothing more where another is."""
    for function in ("median", "average"):
        if said.has(function):
            return function
    if any(not _is_measure(said, p) for p in said.all("sum")):
        return "sum"
    return "count" if said.has("count") and not in_order else ""


def _counts_first(said: Said) -> bool:
    """`有几个,合计多少`: whether their number is asked for before what they add up to."""
    count = said.first("count")
    added = [p for p in said.all("sum") if not _is_measure(said, p)]
    return count is not None and says(said.text, "count_and_sum") and all(p.start >= count.end for p in added)


def _is_measure(said: Said, piece: Piece) -> bool:
    """`合计不到100万`, `按总计降序`: a total as the measure of each member."""
    after = said.beside(piece, 1)
    return after is not None and after.role in ("relation", "quantity", "over", *ORDERS)


def _order(said: Said) -> tuple[bool, int, int] | None:
    """Direction, first and count of a ranking."""
    up = said.has("ascending", "least", "earliest", "shortest", "bottom", "place_up")
    if (piece := said.first("place", "place_up")) is not None:
        return piece.role == "place" and not said.has("least", "ascending"), number_said(piece.value, 1), 1
    if (piece := said.first("top", "bottom")) is not None:
        down = piece.role == "top" and not said.has("ascending", "least", "earliest", "shortest")
        return down, 1, number_said(piece.value, 1)
    if (piece := said.first(*SUPERLATIVES)) is not None:
        counted = [p for p in said.all("counted") if p in (said.beside(piece, 1), said.beside(piece, -1))]
        number = int(counted[0].quantity.number) if counted and counted[0].quantity else 1
        return not up, 1, number
    if said.has("descending", "ascending", "order"):
        return not up, 1, ALL_MEMBERS
    return None


def _of_both_ends(said: Said, members: Members, ends: Sequence[Piece]) -> Plan | None:
    """`最大的和最小的差多少`, `最大值除以最小值`, `最早和最晚的分别是哪个`: the first and the last of one order, against each
    other or both."""
    measures = [SUPERLATIVES[piece.role] for piece in ends]
    between = [p.role for p in said.pieces if ends[0].end <= p.start < ends[-1].start and p.role not in IDLE]
    if len(ends) != 2 or measures[0][0] != measures[1][0] or measures[0][1] == measures[1][1]:
        return None
    if said.has("multiple"):
        large_first = measures[0][1]
        return Ratio(Ranked(members, large_first), Ranked(members, not large_first), MULTIPLE)
    if said.has("apart", "minus"):
        return Compare(Ranked(members, True), Ranked(members, False))
    if not said.has("asks") or said.has("sum", "average", "median", "share") or not {*between} <= _BETWEEN_ENDS:
        return None
    return Listing(replace(members, ends=True, kept_largest=measures[0][1]))


def _of_two_places(said: Said, members: Members) -> Plan | None:
    """`第三名和第四名差多少`."""
    places = [number_said(piece.value, 1) for piece in said.all("place")]
    if len(places) != 2 or not said.has("apart"):
        return None
    return Compare(Ranked(members, first=places[0]), Ranked(members, first=places[1]))


def asked_of_groups(said: Said, groups: Members) -> Plan | None:
    ordered = _order(said)
    if said.has("average", "median"):
        return Aggregate("average" if said.has("average") else "median", groups)
    if ordered is not None:
        return Ranked(groups, *ordered)
    own = any(c.attribute in ("members", "group") for c in groups.conditions)
    if said.has("count") and not said.has("each") and not said.has("projects"):
        return Aggregate("count", groups)
    return Listing(groups) if own or said.has("each", "asks") else None


def number_said(said: str, default: int) -> int:
    """A number in words; `default` where there is none."""
    value = as_number(said) if said else None
    return int(value) if value is not None else default
