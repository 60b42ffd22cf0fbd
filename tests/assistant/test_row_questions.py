"""Questions about the rows of a table: level, side, column, below a row; a word that nothing knows leaves them to others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.computing.figures import Figure, Figures
from assistant.computing.sets import Sets
from assistant.names.linking import Linker
from assistant.phrases.phrases import Phrases
from assistant.plan import Combine, Listing, Ranked, Universe
from assistant.plans.vacancies import VacancyPlans
from assistant.question import read_question
from ingest.facts import Level, Role
from tests.assistant.made_up import Department, labels, small_department

CATALOG = small_department().catalog()
PHRASES = Phrases(CATALOG, Linker(CATALOG))
SETS = Sets(CATALOG, Figures(CATALOG))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("表2的类级科目有哪些", ["教育支出", "农林水支出"]),
        ("表2有哪些款级科目", ["普通教育"]),
        ("表2里三位科目有哪些", ["教育支出", "农林水支出"]),
    ],
)
def test_rows_of_a_level(asked: str, expected: list[str]) -> None:
    plan = PHRASES.set_question(read_question(asked).text)
    assert isinstance(plan, Listing) and plan.members.universe is Universe.ROWS
    assert labels(SETS.members(plan.members)) == expected


def test_the_smallest_row() -> None:
    plan = PHRASES.set_question(read_question("表2类级科目里金额最小的是哪个").text)
    assert isinstance(plan, Ranked) and not plan.descending


@pytest.mark.parametrize("asked", ["表2里海外科目有哪些", "表1的科目有哪些", "类级科目最大的是哪个"])
def test_no_rows(asked: str) -> None:
    assert PHRASES.set_question(read_question(asked).text) is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("教育支出（205）下的款级科目有哪些", ["普通教育"]),
        ("205下面有哪些科目", ["普通教育"]),
        ("工资福利支出有哪些款级科目", ["奖金", "伙食费"]),
        ("工资福利支出（表2）金额前一的款级科目", ["奖金"]),
        ("工资福利支出下面不到50万元的款级科目", ["伙食费"]),
    ],
)
def test_what_stands_below_a_row(asked: str, expected: list[str]) -> None:
    made = Department()
    made.cell("教育支出", "900.00", row_code="205", level=Level.CLASS)
    made.cell("普通教育", "900.00", row_code="20502", row_path=("教育支出",), level=Level.SECTION)
    made.cell("工资福利支出", "90.00", level=Level.CLASS)
    for name, printed in (("奖金", "60.00"), ("伙食费", "30.00")):
        made.cell(name, printed, level=Level.ITEM, row_path=("工资福利支出",))
    catalog = made.catalog()
    plan = Phrases(catalog, Linker(catalog)).set_question(read_question(asked).text)
    assert isinstance(plan, Listing | Ranked)
    members = labels(Sets(catalog, Figures(catalog)).members(plan.members))
    assert members[: plan.count if isinstance(plan, Ranked) else None] == expected


@pytest.mark.parametrize("asked", ["201类下面的款级科目", "299下面有哪些科目"])
def test_nothing_stands_below_a_code_that_is_not_printed(asked: str) -> None:
    assert PHRASES.set_question(read_question(asked).text) is None


def test_parts_without_the_one_that_is_left_out() -> None:
    left = PHRASES.set_question(read_question("除了教育支出，表2的类级科目里最大的是哪个").text)
    assert isinstance(left, Ranked)
    assert labels(SETS.members(left.members)) == ["农林水支出"]


def test_rows_told_by_their_codes_and_by_their_amount(sample_assistant: Assistant) -> None:
    ask = sample_assistant.conversation().ask
    assert "资源勘探" in ask("表3类级科目（201、212、215）从大到小排，第二的是哪个").text
    assert "城乡社区环境卫生" in ask("哪个科目正好5000万").text
    assert [item.label for item in ask("哪些科目有上年结转").items] == ["城乡社区支出", "其他支出"]
    assert "办公费" in ask("公用经费57.65万里，除了养车，花得最多的是哪一项").text


def test_an_amount_under_its_name(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("工程采购2500万，正好和哪个项目的预算一样大")
    assert [item.label for item in answer.items] == ["园区监控中心(二级平台)"]


def test_a_row_in_two_tables_by_their_titles(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("城乡社区支出在支出总表和一般公共预算支出表里差多少")
    assert answer.value is not None
    assert Decimal(answer.value.number) == Decimal("230500000")


def test_the_code_of_a_row(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("行政运行的科目编码是多少")
    assert "2010301" in answer.text
    assert answer.citations


def test_one_kind_of_spending_is_not_all_of_a_table(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("表5里一般公共预算的项目支出合计数")
    assert answer.value is not None
    assert Decimal(answer.value.number) == Decimal("977089400")


def test_two_names_each_in_its_own_table(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("表3的基本支出和表6的公用经费对得上吗")
    assert answer.verdict is True


def test_vacant_posts_are_the_authorised_less_those_there_are() -> None:
    made = Department()
    told = "编制人数100人；实有人数85人。"
    made.said("编制人数", "100人", told, Role.COUNT)
    made.said("实有人数", "85人", told, Role.COUNT)
    plan = VacancyPlans(Phrases(made.catalog(), Linker(made.catalog()))).vacant(read_question("编制还空多少人"))
    assert isinstance(plan, Combine)
    assert plan.operator == "-"


def test_vehicles_to_be_bought_are_none_that_there_are() -> None:
    made = Department()
    told = "共有车辆9辆。预算安排购置车辆2辆。"
    made.said("车辆", "9辆", told, Role.COUNT)
    made.said("预算安排购置车辆", "2辆", told, Role.COUNT)
    catalog = made.catalog()
    phrases = Phrases(catalog, Linker(catalog))
    selector = phrases.selector("打算买几辆新的")
    figure = Figures(catalog).figure(selector) if selector is not None else None
    assert isinstance(figure, Figure)
    assert figure.quantity.number == 2
