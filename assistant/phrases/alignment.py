"""Figures named side by side: what one leaves open is what its neighbour says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.phrases.coordinates import concept_of
from assistant.plan import Aggregate, Condition, Expression, Lookup, Universe, Wish
from ingest.facts import ONE_FUND, Fund, Side, Vintage

_INCOME = ("total_income", "current_income")


def in_one_fund(figures: Sequence[Expression]) -> tuple[Expression, ...]:
    """`一般公共预算当年收入加上结转`: a carry-over beside one fund is that fund's."""
    funds = {each.of.wish.fund for each in figures if isinstance(each, Lookup) and each.of.wish.fund in ONE_FUND}
    if len(funds) != 1:
        return tuple(figures)
    return tuple(_of_fund(each, next(iter(funds))) for each in figures)


def part_of_fund(part: Expression, whole: Expression) -> Expression:
    """`城乡社区支出占一般公共预算当年拨款多少`: a part of a fund is what stands in that fund, of the same year's money."""
    if not (isinstance(part, Lookup) and isinstance(whole, Lookup)):
        return part
    named = bool(part.of.row_keys or part.of.code) and not part.of.fact_ids
    if not named or whole.of.wish.fund not in ONE_FUND or part.of.wish.fund is not None:
        return part
    return _in(part, Wish(fund=whole.of.wish.fund, vintage=whole.of.wish.vintage))


def fund_within(part: Expression, whole: Expression) -> Expression:
    """`城乡社区支出中政府性基金占多少`: a fund beside a row of all funds is that row in the fund."""
    if not (isinstance(part, Lookup) and isinstance(whole, Lookup)):
        return part
    of_fund = part.of.wish.fund in ONE_FUND and part.of.concept == concept_of(Wish(fund=part.of.wish.fund))
    of_row = bool(whole.of.row_keys or whole.of.code) and not whole.of.fact_ids and whole.of.wish.fund is None
    if not of_fund or not of_row:
        return part
    label = f"{whole.of.label}（{part.of.label}）"
    return replace(whole, of=replace(whole.of, label=label, wish=replace(whole.of.wish, fund=part.of.wish.fund)))


def part_of_carry_over(part: Expression, whole: Expression) -> Expression:
    """`上年结转里一般公共预算占多少`: a fund beside all that was carried over is what was carried over of it."""
    if not (isinstance(part, Lookup) and isinstance(whole, Lookup)) or whole.of.concept != "carried_over":
        return part
    of_fund = part.of.wish.fund in ONE_FUND and part.of.concept == concept_of(Wish(fund=part.of.wish.fund))
    if not of_fund or whole.of.wish.fund is not None or part.of.wish.vintage not in (None, Vintage.CARRIED_OVER):
        return part
    return _of_fund(
        replace(whole, of=replace(whole.of, words=part.of.words, label=f"{part.of.label}的结转")), part.of.wish.fund
    )


def part_of_income(part: Expression, whole: Expression) -> Expression:
    """`收入里一般公共预算占多少`: a fund beside the whole income is this year's income from it: what is carried over is
    a part of the income by itself."""
    if not (isinstance(part, Lookup) and isinstance(whole, Lookup)) or whole.of.concept not in _INCOME:
        return part
    of_fund = part.of.wish.fund in ONE_FUND and part.of.concept == concept_of(Wish(fund=part.of.wish.fund))
    open_to_policy = part.of.wish.vintage is None and part.of.wish.side is None and not part.of.tables
    return _in(part, Wish(side=Side.INCOME, vintage=Vintage.CURRENT)) if of_fund and open_to_policy else part


def of_one_table(whole: Expression, part: Expression) -> Expression:
    """`表12里基金项目占全部项目合计多少`: all projects beside one or some of a table are those of that table."""
    if not isinstance(whole, Aggregate) or whole.members.universe is not Universe.PROJECTS or whole.members.size:
        return whole
    if any(c.attribute == "table" for c in whole.members.conditions):
        return whole
    table: tuple[Condition, ...] = ()
    if isinstance(part, Aggregate) and part.members.universe is Universe.PROJECTS:
        table = tuple(c for c in part.members.conditions if c.attribute == "table")
    elif isinstance(part, Lookup) and part.of.project:
        table = tuple(Condition("table", "=", f"{document}:{index}") for document, index in part.of.tables[:1])
    return replace(whole, members=replace(whole.members, conditions=(*table, *whole.members.conditions)))


def _of_fund(figure: Expression, fund: Fund | None) -> Expression:
    """A carry-over of no fund as the fund's own; any other figure as it is."""
    if not isinstance(figure, Lookup) or figure.of.concept != "carried_over" or figure.of.wish.fund is not None:
        return figure
    concept = concept_of(Wish(fund=fund))
    return _in(replace(figure, of=replace(figure.of, concept=concept or "", table_kinds=())), Wish(fund=fund))


def _in(figure: Expression, wish: Wish) -> Expression:
    if not isinstance(figure, Lookup):
        return figure
    return replace(figure, of=replace(figure.of, wish=figure.of.wish.with_defaults(wish)))
