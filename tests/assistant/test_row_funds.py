"""The column of a row that a fund has, counts with sums, the part that changed most, costs named by a word, what is left out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.computing.computing import Computer
from assistant.computing.results import Result
from assistant.names.linking import Linker
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, Change, Check, Combine, Compare, Decline, Listing, Lookup, Plan, Ratio
from assistant.planning import Planner
from assistant.plans.part_changes import PartChanges
from assistant.plans.row_funds import RowFunds
from assistant.question import read_question
from ingest.facts import Fund, Level, Period, Role, Side, Vintage
from tests.assistant.made_up import BALANCE, FUNCTIONAL, Department, labels, small_department


def _department() -> Department:
    made = small_department()
    for fund, column, printed in (
        (Fund.ALL, ("总计",), "80.00"),
        (Fund.FISCAL, ("财政拨款", "小计"), "50.00"),
        (Fund.GENERAL_PUBLIC, ("财政拨款", "一般公共预算"), "60.00"),
        (Fund.OTHER, ("捐赠收入",), "30.00"),
    ):
        made.cell("林木养护", printed, BALANCE, row_code="2130299", fund=fund, column=column, row_index=900)
    for name, this_year, last_year in (
        ("合计", "30.00", "36.00"),
        ("差旅费", "10.00", "15.00"),
        ("水费", "20.00", "21.00"),
    ):
        level = Level.TOTAL if name == "合计" else Level.ITEM
        index = len(made.facts)
        made.cell(name, this_year, BALANCE, level=level, row_index=index, row_path=("杂项",) if name != "合计" else ())
        made.cell(name, last_year, BALANCE, level=level, row_index=index, role=Role.LAST_YEAR, column=("上年",))
    made.cell("电费", "5.00", BALANCE, side=Side.EXPENDITURE)
    return made


CATALOG = _department().catalog()
PHRASES = Phrases(CATALOG, Linker(CATALOG))
FUNDS = RowFunds(PHRASES)
COMPUTER = Computer(CATALOG)


def _result(plan: Plan | None) -> Result:
    assert plan is not None
    return COMPUTER.compute(plan)


def _number(plan: Plan | None) -> Decimal | None:
    value = _result(plan).value
    return value.number if value is not None else None


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("2130299这个科目里有多少是靠捐赠收入安排的", 300000),
        ("林木养护里，用捐赠收入安排的是多少", 300000),
        ("林木养护中有多少是由财政拨款安排的", 600000),
    ],
)
def test_the_column_of_a_fund(asked: str, number: int) -> None:
    plan = FUNDS.arranged(read_question(asked))
    assert isinstance(plan, Lookup) and _number(plan) == number


def test_a_fund_that_no_column_has() -> None:
    plan = FUNDS.arranged(read_question("林木养护里有多少是靠政府性基金安排的"))
    assert isinstance(plan, Decline) and plan.reason == "not_split"


def test_the_treasury_of_a_project() -> None:
    assert _number(FUNDS.arranged(read_question("路灯改造那个项目，财政自己掏了多少"))) == 2000000


def test_two_columns_of_a_row() -> None:
    plan = FUNDS.columns_agree(read_question("表3某单位林木养护那行，财政拨款小计和一般公共预算两栏一致吗？"))
    assert isinstance(plan, Check) and _result(plan).verdict is False


def test_all_funds_against_one() -> None:
    plan = FUNDS.with_all_funds(read_question("林木养护全口径比一般公共预算口径多多少"))
    assert isinstance(plan, Compare) and _number(plan) == 200000


def test_the_funds_that_a_row_stands_in() -> None:
    plan = FUNDS.placed(read_question("林木养护这60万列在哪一类预算"))
    assert isinstance(plan, Listing)
    assert labels(_result(plan).members) == ["林木养护（一般公共预算）"]
    assert FUNDS.placed(read_question("林木养护列在哪张表")) is None


def test_the_projects_in_a_column() -> None:
    plan = PHRASES.set_question("列在政府性基金栏的项目清单")
    assert isinstance(plan, Listing) and labels(COMPUTER.compute(plan).members) == ["路灯改造"]


@pytest.mark.parametrize("asked", ["林木养护里有多少树", "林木养护比一般公共预算多多少"])
def test_no_fund(asked: str) -> None:
    question = read_question(asked)
    assert FUNDS.arranged(question) is None and FUNDS.with_all_funds(question) is None


def test_a_fund_said_again_measures_the_projects() -> None:
    plan = PHRASES.set_question("含政府性基金的项目清单及各自政府性基金金额")
    assert isinstance(plan, Listing) and plan.members.wish.fund is Fund.GOVERNMENT_FUNDS
    assert labels(COMPUTER.compute(plan).members) == ["路灯改造"]


def test_the_number_first_and_then_the_sum() -> None:
    plan = PHRASES.set_question(read_question("甲某经办的项目有几个，合计多少万元").text)
    assert isinstance(plan, Aggregate) and plan.with_sum
    result = _result(plan)
    assert result.value is not None and result.value.number == 2
    assert result.steps[0].result.number == 4000000


def test_the_part_that_fell_most() -> None:
    made = Department()
    for name, this_year, last_year in (
        ("文体活动", "30.00", "36.00"),
        ("差旅费", "10.00", "15.00"),
        ("印刷费", "20.00", "21.00"),
    ):
        index, path = len(made.facts), () if name == "文体活动" else ("文体活动",)
        made.cell(
            name, this_year, FUNCTIONAL, row_index=index, row_path=path, level=Level.ITEM if path else Level.CLASS
        )
        made.cell(name, last_year, FUNCTIONAL, row_index=index, row_path=path, role=Role.LAST_YEAR, column=("上年",))
    catalog = made.catalog()
    parts = PartChanges(Phrases(catalog, Linker(catalog)))
    plan = parts.changed_most(read_question("文体活动里哪一块降得最多，降了多少"))
    assert isinstance(plan, Change) and plan.of.label == "差旅费"
    value = Computer(catalog).compute(plan).value
    assert value is not None and abs(value.number) == 50000
    assert parts.changed_most(read_question("文体活动里哪一块涨得最多")) is None


def test_costs_named_by_a_word() -> None:
    assert [each.of.label for each in PHRASES.figures("水、电")] == ["水费", "电费"]
    plan = PHRASES.expression("水、电两项合计")
    assert isinstance(plan, Combine) and _number(plan) == 250000


def test_what_is_carried_over_is_a_part_of_the_year() -> None:
    made = small_department()
    made.sheet("绿地养护", "年度资金总额", "4,000,000", "funding_total", Period.ANNUAL)
    carried = made.sheet("绿地养护", "上年结转", "500,000", "funding_carried_over", Period.ANNUAL)
    object.__setattr__(carried.coordinates, "vintage", Vintage.CARRIED_OVER)
    project = next(p for p in made.catalog().projects.values() if p.name == "绿地养护")
    assert [s.fact.row for s in project.funding(Period.ANNUAL)] == ["绿地养护 / 年度资金总额"]


@pytest.mark.parametrize(
    "asked", ["路灯改造管多少个点", "局长一年年薪拿多少", "把基建刨掉，林木养护是涨还是跌，百分之几"]
)
def test_nothing_is_told(asked: str) -> None:
    plan = Planner(CATALOG, Linker(CATALOG)).plan(read_question(asked))
    assert not isinstance(plan, Ratio | Change | Lookup)


def test_a_description_before_a_name_and_hearsay() -> None:
    assert read_question("卖票收上来的事业收入占总收入多少").text.startswith("事业收入")
