"""What a question says and a plan leaves out, so that its figure would be one of something else: a name, a negation, a change."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.plan import (
    Aggregate,
    Check,
    CheckFinding,
    Claimed,
    Combine,
    Compare,
    Expression,
    Listing,
    Literal,
    Lookup,
    Plan,
    Ratio,
    Universe,
    selectors_in,
)
from assistant.questions.value_kinds import value_kind_of
from assistant.words import plain_words
from ingest.facts import Fact
from ingest.labels import label_key
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import YUAN

_SUMS = frozenset(("table.parts", "table.total"))  # what tells that a table's own rows add up
_WHOLES = ("project_expenditure", "basic_expenditure")  # all money of one kind of spending
_SHORTEST = 3  # characters of a printed name that is not said by chance


def leaves_something_out(plan: Plan, text: str, catalog: Catalog) -> bool:
    """Whether a plan passes over what a text says of the figure that is asked for."""
    plan = plan.of if isinstance(plan, Claimed) else plan
    return (
        any(_takes_all_for_one(each, text, catalog) for each in _sets_in(plan))
        or _counts_for_money(plan, text, catalog)
        or _takes_what_is_denied(plan, text)
        or _holds_a_change_against_a_level(plan, text)
        or _holds_amounts_for_numbers(plan, text, catalog)
        or _adds_a_row_to_its_whole_kind(plan)
        or _adds_fewer_than_said(plan, text)
        or _swallows_a_name(plan, catalog)
        or _holds_a_row_against_totals(plan)
        or _tells_of_sums_for_two(plan, text, catalog)
        or (isinstance(plan, Check) and says(text, "counted_really"))
        or (isinstance(plan, Lookup) and says(text, "left_vacant"))
    )


def _sets_in(plan: Plan | Expression | None) -> Iterator[Aggregate | Listing]:
    """The sets of a plan, within a comparison too."""
    match plan:
        case Aggregate() | Listing():
            yield plan
        case Check(left=one, right=other) | Compare(left=one, right=other) | Ratio(numerator=one, denominator=other):
            yield from _sets_in(one)
            yield from _sets_in(other)
        case Combine(operands=operands):
            for each in operands:
                yield from _sets_in(each)


def _takes_all_for_one(plan: Aggregate | Listing, text: str, catalog: Catalog) -> bool:
    """All rows of a table where one that it prints is named: 项目支出表里某项目的各行合计."""
    of = plan.members.of
    if plan.members.universe is not Universe.PARTS or of is None or not of.tables or of.row_keys or of.code:
        return False
    said = label_key(text)
    rows = {label_key(s.fact.row) for table in of.tables for s in catalog.cells_of_table(table)}
    return any(len(row) >= _SHORTEST and row in said for row in rows)


def _counts_for_money(plan: Plan, text: str, catalog: Catalog) -> bool:
    """A number of things where an amount of money is asked for in so many words: 涉及多少资金."""
    if not isinstance(plan, Lookup) or not says(text, "money_asked_by_name") or value_kind_of(text).is_told:
        return False
    units = {f.quantity.unit for f in _facts(plan, catalog) if f.quantity is not None}
    return bool(units) and not any(YUAN in unit for unit in units)


def _takes_what_is_denied(plan: Plan, text: str) -> bool:
    """The money of a kind where what is not of it is asked for: 不在基本支出里的有多少."""
    denied = cue("kind_denied").search(text)
    if denied is None:
        return False
    wishes = {
        name: words for dimension in ("spending", "fund") for name, words in plain_words().wishes[dimension].items()
    }
    names = {name for name, words in wishes.items() if any(word in denied["what"] for word in words)}
    return any({str(of.wish.spending), str(of.wish.fund)} & names for of in selectors_in(plan))


def _holds_a_change_against_a_level(plan: Plan, text: str) -> bool:
    """A claim that something rose or fell by so much, held against how much it is: 一下子多了5个亿."""
    if not isinstance(plan, Check) or not isinstance(plan.right, Literal) or not isinstance(plan.left, Lookup | Ratio):
        return False
    return says(text, "changed_by_so_much")


def _holds_amounts_for_numbers(plan: Plan, text: str, catalog: Catalog) -> bool:
    """Two amounts of money where numbers of rows or things are compared: 表10的项目行数和33个."""
    if not isinstance(plan, Check | Compare) or not says(text, "rows_counted"):
        return False
    facts = _facts(plan, catalog)
    return bool(facts) and all(fact.quantity is None or YUAN in fact.quantity.unit for fact in facts)


def _adds_a_row_to_its_whole_kind(plan: Expression | Plan) -> bool:
    """A row added to all money of a kind: 电费基本支出和项目支出 are two columns of the row."""
    if not isinstance(plan, Combine) or plan.operator != "+":
        return False
    named = [each.of for each in plan.operands if isinstance(each, Lookup)]
    rows = any((of.row_keys or of.code) and of.wish.spending is not None for of in named)
    return rows and any(of.concept in _WHOLES and not of.row_keys for of in named)


def _adds_fewer_than_said(plan: Plan, text: str) -> bool:
    """A sum of two where three are spoken of, one of which was not found: 培训费、讲课费和会议费三样一共."""
    said = cue("so_many_added").search(text)
    number = as_number(said["n"]) if said is not None else None
    if number is None or not isinstance(plan, Combine) or plan.operator != "+":
        return False
    return all(isinstance(each, Lookup) for each in plan.operands) and len(plan.operands) < number


def _swallows_a_name(plan: Plan, catalog: Catalog) -> bool:
    """A sum of which one figure was found by the words of two names: 会议费 for 讲课费和会议费."""
    if not isinstance(plan, Combine) or plan.operator != "+":
        return False
    for of in (each.of for each in plan.operands if isinstance(each, Lookup)):
        facts = (catalog.by_id[i].fact for i in of.fact_ids if i in catalog.by_id)
        known = "".join(map(label_key, (of.label, *of.row_keys, *(f.row + f.project for f in facts))))
        parts = [label_key(part) for part in cue("names_joined").split(of.words)]
        if len(parts) > 1 and any(_is_of_another(part, known) for part in parts):
            return True
    return False


def _is_of_another(name: str, known: str) -> bool:
    """Whether hardly a piece of a name stands in another."""
    pieces = [name[at : at + 2] for at in range(len(name) - 1)]
    return bool(pieces) and 2 * sum(piece in known for piece in pieces) <= len(pieces)


def _holds_a_row_against_totals(plan: Plan) -> bool:
    """A row held against the totals of several tables, where the row is meant in each of them."""
    if not isinstance(plan, Check | Compare):
        return False
    sides = [side.of for side in (plan.left, plan.right) if isinstance(side, Lookup)]
    totals = any(len(of.tables) > 1 and not (of.row_keys or of.code or of.concept or of.project) for of in sides)
    return totals and any(of.row_keys or of.code for of in sides)


def _tells_of_sums_for_two(plan: Plan, text: str, catalog: Catalog) -> bool:
    """That the rows of a table add up, where two figures are to agree and no sum is spoken of."""
    if not isinstance(plan, CheckFinding) or says(text, "sum_spoken_of") or not says(text, "two_to_agree"):
        return False
    rules = {catalog.findings[number].finding.rule for number in plan.findings}
    return bool(rules) and rules <= _SUMS


def _facts(plan: Plan, catalog: Catalog) -> list[Fact]:
    return [catalog.by_id[i].fact for s in selectors_in(plan) for i in s.fact_ids if i in catalog.by_id]
