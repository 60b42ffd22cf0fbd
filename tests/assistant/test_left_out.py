"""What questions say and plans must not pass over: such a plan is not run."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant
from assistant.doubts.left_out import leaves_something_out
from assistant.plan import (
    Aggregate,
    Check,
    Combine,
    Expression,
    Literal,
    Lookup,
    Members,
    Plan,
    Selector,
    Universe,
    Wish,
)
from ingest.facts import Spending
from ingest.numbers.numbers import money
from tests.assistant.made_up import FUNCTIONAL, Department, small_department

TABLE = ((1, FUNCTIONAL),)
ROW = Lookup(Selector("教育", "教育支出", row_keys=("教育支出",)))


def _basic(words: str) -> Lookup:
    return Lookup(Selector(words, words, wish=Wish(spending=Spending.BASIC), row_keys=("教育支出",)))


@pytest.mark.parametrize(
    ("plan", "text"),
    [
        pytest.param(
            Aggregate("sum", Members(Universe.PARTS, "各行", of=Selector("表2", "合计", tables=TABLE))),
            "表2里农林水支出的各行合计",
            id="all rows for one that is named",
        ),
        pytest.param(_basic("教育支出"), "教育支出不在基本支出里的有多少", id="what is denied"),
        pytest.param(
            Check(ROW, "=", Literal(money(900, "万元"))), "教育支出一下子多了900万", id="a change for a level"
        ),
        pytest.param(
            Combine("+", (_basic("教育"), Lookup(Selector("项目支出", concept="project_expenditure")))),
            "教育支出的基本支出和项目支出一共多少",
            id="a row and all of a kind",
        ),
        pytest.param(
            Check(ROW, "=", Lookup(Selector("表2表3", tables=((1, 1), (1, 2))))),
            "教育支出跟表2表3对得上吗",
            id="a row against totals",
        ),
    ],
)
def test_passed_over(plan: Plan, text: str) -> None:
    assert leaves_something_out(plan, text, small_department().catalog())


@pytest.mark.parametrize(
    ("plan", "text"),
    [
        pytest.param(ROW, "教育支出有多少", id="a figure"),
        pytest.param(_basic("教育支出"), "教育支出在基本支出里的有多少", id="what is meant"),
        pytest.param(Check(ROW, "=", Literal(money(900, "万元"))), "教育支出是900万吗", id="a level"),
    ],
)
def test_left_alone(plan: Expression | Plan, text: str) -> None:
    assert not leaves_something_out(plan, text, small_department().catalog())


def test_things_are_not_told_for_money() -> None:
    made = Department()
    number = made.said("编报绩效目标的项目", "9个", "编报绩效目标的项目9个。")
    catalog = made.catalog()
    found = next(stored.id for stored in catalog.facts if stored.fact is number)
    plan = Lookup(Selector("项目", fact_ids=(found,)))
    assert leaves_something_out(plan, "编报绩效目标的项目涉及多少资金", catalog)
    assert not leaves_something_out(plan, "编报绩效目标的项目有多少个", catalog)


def test_what_follows_from_a_figure_is_not_confirmed(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("办公用房建筑总面积0平方米，是不是说这个单位没有办公场所？")
    assert answer.verdict is None or answer.status is not AnswerStatus.ANSWERED


def test_that_a_table_adds_up_does_not_tell_whether_two_figures_agree(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("绩效目标管理的项目资金和支出预算总表的项目支出合计一致吗")
    assert "各行之和" not in answer.text
