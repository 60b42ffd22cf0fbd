"""Exact arithmetic with its steps; what must not be added is refused in words."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.computing.computing import Computer
from assistant.computing.results import Result
from assistant.plan import (
    Aggregate,
    Check,
    Combine,
    Compare,
    Condition,
    Decline,
    Expression,
    Literal,
    Lookup,
    Members,
    Plan,
    Ranked,
    Ratio,
    Selector,
    Universe,
)
from ingest.numbers.quantities import MULTIPLE, PERCENT, YUAN, Quantity
from tests.assistant.made_up import Department, labels, small_department

PROJECTS = Members(Universe.PROJECTS, "项目")
COMPUTER = Computer(small_department().catalog())


def project(name: str) -> Lookup:
    return Lookup(Selector(name, name, project=name))


def row(name: str) -> Lookup:
    return Lookup(Selector(name, name, row_keys=(name,)))


def indicator(name: str) -> Lookup:
    found = next(s for s in COMPUTER.catalog.facts if s.fact.row.endswith(name))
    return Lookup(Selector(name, name, fact_ids=(found.id,)))


DREDGING, LAMPS, ARCHIVE, GREEN = map(project, ("河道清淤", "路灯改造", "档案数字化", "绿地养护"))
EXACT: list[tuple[Plan, str, str, str]] = [
    (DREDGING, "1000000", YUAN, "lookup"),
    (Combine("+", (DREDGING, LAMPS)), "3000000", YUAN, "sum of two"),
    (Combine("+", (DREDGING, LAMPS, ARCHIVE)), "6000000", YUAN, "sum of three"),
    (Combine("-", (DREDGING, LAMPS)), "-1000000", YUAN, "difference, negative"),
    (Aggregate("sum", PROJECTS), "10000000", YUAN, "sum of a set"),
    (Aggregate("average", PROJECTS), "2500000", YUAN, "average"),
    (Aggregate("median", PROJECTS), "2500000", YUAN, "median of an even number"),
    (Aggregate("median", Members(Universe.PROJECTS, labels=("河道清淤", "路灯改造", "绿地养护"))), "2000000", YUAN, "median of three"),
    (Aggregate("count", PROJECTS), "4", "个", "count"),
    (Aggregate("cover", PROJECTS, Decimal(70)), "2", "个", "how many make 70 %"),
    (Aggregate("cover", PROJECTS, Decimal("70.01")), "3", "个", "how many make a little more"),
    (Ratio(DREDGING, GREEN, PERCENT), "25", PERCENT, "share"),
    (Ratio(GREEN, DREDGING, MULTIPLE), "4", MULTIPLE, "multiple"),
    (Ratio(Combine("+", (DREDGING, LAMPS)), ARCHIVE, PERCENT), "100", PERCENT, "share of a sum"),
    (Ratio(DREDGING, Aggregate("sum", PROJECTS), PERCENT), "10", PERCENT, "share of a set"),
    (Compare(GREEN, DREDGING, "difference"), "3000000", YUAN, "comparison"),
    (Compare(DREDGING, GREEN, "which"), "4000000", YUAN, "the larger"),
    (Ranked(PROJECTS, first=2), "3000000", YUAN, "the second largest"),
    (Ranked(PROJECTS, descending=False), "1000000", YUAN, "the smallest"),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "number", "unit"), [case[:3] for case in EXACT], ids=[case[3] for case in EXACT])
def test_exact(plan: Plan, number: str, unit: str) -> None:
    result = COMPUTER.compute(plan)
    assert result.value is not None, result.missing
    assert (result.value.number, result.value.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    "plan", [case[0] for case in EXACT if not isinstance(case[0], Lookup | Ranked)], ids=lambda plan: type(plan).__name__
)  # fmt: skip
def test_what_is_computed_leaves_a_step_or_a_complete_list(plan: Plan) -> None:
    result = COMPUTER.compute(plan)
    assert result.all_cells
    assert result.steps or len(result.members) == 4


def test_thirds_are_exact_to_28_digits() -> None:
    result = COMPUTER.compute(Ratio(DREDGING, ARCHIVE, PERCENT))
    assert result.value is not None
    assert abs(result.value.number * 3 - 100) < Decimal("1e-24")
    assert "33.33%" in result.steps[-1].expression


@pytest.mark.parametrize(
    ("left", "relation", "right", "verdict"),
    [
        pytest.param(DREDGING, "=", DREDGING, True, id="equal"),
        pytest.param(DREDGING, "=", LAMPS, False, id="not equal"),
        pytest.param(LAMPS, ">", DREDGING, True, id="exceeds"),
        pytest.param(DREDGING, ">", DREDGING, False, id="equal does not exceed"),
        pytest.param(DREDGING, "<", LAMPS, True, id="below"),
        pytest.param(Combine("+", (DREDGING, LAMPS)), "=", ARCHIVE, True, id="a sum"),
        pytest.param(DREDGING, ">", Literal(Quantity(Decimal(900_000), YUAN)), True, id="a figure of the question"),
    ],
)
def test_check(left: Expression, relation: str, right: Expression, verdict: bool) -> None:
    result = COMPUTER.compute(Check(left, relation, right))
    assert result.verdict is verdict and result.steps


def declined(plan: Plan, computer: Computer = COMPUTER) -> tuple[str, str]:
    result = computer.compute(plan)
    assert result.value is None and result.missing is not None, result
    return result.missing.reason, result.missing.detail


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        pytest.param(Combine("+", (row("教育支出"), row("普通教育"))), "重复计算", id="a class and its section"),
        pytest.param(Combine("+", (row("普通教育"), row("教育支出"))), "重复计算", id="a section and its class"),
        pytest.param(
            Combine("+", (Lookup(Selector("合计", tables=((1, 1),))), row("教育支出"))),
            "重复计算",
            id="a total and its part",
        ),
    ],
)
def test_a_roll_up_is_never_added_to_its_part(plan: Plan, told: str) -> None:
    reason, detail = declined(plan)
    assert reason == "ill_typed" and told in detail


def test_a_roll_up_may_be_compared_with_its_part_and_added_to_another() -> None:
    assert COMPUTER.compute(Ratio(row("普通教育"), row("教育支出"), PERCENT)).value == Quantity(Decimal(100), PERCENT)
    both = COMPUTER.compute(Combine("+", (row("教育支出"), row("农林水支出")))).value
    assert both is not None and both.number == 12_000_000


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(Combine("+", (DREDGING, indicator("清淤河道长度"))), id="money and length"),
        pytest.param(Combine("-", (DREDGING, indicator("居民满意度"))), id="money and share"),
        pytest.param(Ratio(DREDGING, indicator("改造路灯数量"), PERCENT), id="share of a count"),
        pytest.param(Compare(indicator("清淤河道长度"), indicator("改造路灯数量")), id="length and count"),
        pytest.param(Check(DREDGING, ">", indicator("居民满意度")), id="check"),
        pytest.param(Aggregate("sum", Members(Universe.INDICATORS, "指标")), id="a set of several units"),
    ],
)
def test_different_units_are_declined(plan: Plan) -> None:
    reason, detail = declined(plan)
    assert reason == "ill_typed" and "单位不同" in detail


def test_a_division_by_zero_is_declined() -> None:
    made = Department()
    made.cell("甲费", "1.00")
    made.cell("乙费", "0.00")
    assert declined(Ratio(row("甲费"), row("乙费"), PERCENT), Computer(made.catalog())) == (
        "not_computable",
        "除数为零",
    )


def test_what_is_missing_is_told_and_not_computed_with() -> None:
    reason, detail = declined(Combine("+", (DREDGING, project("航母"))))
    assert (reason, detail) == ("unknown", "航母")
    assert declined(Decline("year", "2024年")) == ("year", "2024年")


def test_a_number_of_the_question_is_no_answer() -> None:
    assert declined(Literal(Quantity(Decimal(5), YUAN))) == ("unknown", "5元")


def test_how_many_projects_a_person_has_is_a_step() -> None:
    result = COMPUTER.compute(Ranked(Members(Universe.PEOPLE, "经办人")))
    assert [(step.expression, step.result.number) for step in result.steps] == [("甲某的项目共 2个", 2)]


def test_a_rank_beyond_the_set() -> None:
    reason, detail = declined(Ranked(PROJECTS, first=5))
    assert reason == "year_item" and "一共只有4个" in detail
    more = COMPUTER.compute(Ranked(PROJECTS, count=9))
    assert len(more.members) == 4 and more.notes == ("一共只有4个",)


def ranked(result: Result) -> list[Decimal]:
    return [member.quantity.number for member in result.members if member.quantity]


amounts = st.lists(st.integers(0, 10**9), min_size=1, max_size=9)


@given(amounts)
def test_sets_of_any_amounts(numbers: list[int]) -> None:
    """Sum, average, median, order and cover of amounts in 分, against plain arithmetic."""
    made = Department()
    for position, number in enumerate(numbers):
        made.project(f"第{'甲乙丙丁戊己庚辛壬'[position]}号工程", f"{Decimal(number) / 1_000_000:.6f}")
    computer = Computer(made.catalog())
    exact = sorted(Decimal(number) / 100 for number in numbers)
    total = computer.compute(Aggregate("sum", PROJECTS)).value
    average = computer.compute(Aggregate("average", PROJECTS)).value
    median = computer.compute(Aggregate("median", PROJECTS)).value
    assert total and average and median
    assert total.number == sum(exact)
    assert abs(average.number * len(exact) - sum(exact)) < Decimal("1e-12")
    assert median.number == (exact[(len(exact) - 1) // 2] + exact[len(exact) // 2]) / 2
    order = ranked(computer.compute(Ranked(PROJECTS, count=99)))
    assert order == exact[::-1] and all(a >= b for a, b in pairwise(order))
    if sum(exact):
        cover = computer.compute(Aggregate("cover", PROJECTS, Decimal(90))).value
        assert cover is not None
        needed = next(n for n in range(1, len(exact) + 1) if sum(exact[-n:]) * 100 >= sum(exact) * 90)
        assert cover.number == needed


def test_a_filtered_set_is_computed_over_its_members_only() -> None:
    large = Members(
        Universe.PROJECTS, conditions=(Condition("amount", ">", quantity=Quantity(Decimal(2_000_000), YUAN)),)
    )
    result = COMPUTER.compute(Aggregate("sum", large))
    assert labels(result.members) == ["档案数字化", "绿地养护"]
    assert result.value is not None and result.value.number == 7_000_000
