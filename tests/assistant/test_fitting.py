"""A result must be of the kind that was asked for, in the coordinates that were said."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerStatus, Value
from assistant.assistant import Assistant
from assistant.doubts.fitting import fits, quotes_no_count
from assistant.plan import Quote


@pytest.mark.parametrize(
    ("text", "number", "unit", "fitting"),
    [
        ("桥有多少座", "2", "座", True),
        ("桥有多少座", "500000", "元", False),
        ("环卫多少钱", "50000000", "元", True),
        ("环卫多少钱", "100", "%", False),
        ("甲占乙百分之几", "12.5", "%", True),
        ("甲占乙百分之几", "12.5", "元", False),
        ("有几个，多少钱", "12", "个", True),
        ("环卫的预算呢", "50000000", "元", True),
    ],
)
def test_money_for_money_and_things_for_how_many(text: str, number: str, unit: str, fitting: bool) -> None:
    assert fits(text, Value(number=number, unit=unit), None) is fitting


@pytest.mark.parametrize(
    ("text", "told", "lacking"),
    [
        pytest.param("各科室多少人", "内设机构9个：综合科、企业服务科。", True, id="no people are told"),
        pytest.param("各科室多少人", "综合科5人，企业服务科4人。", False, id="people are told"),
        pytest.param("由哪几种收入构成", "包括事业收入和其他收入。", False, id="names are asked for"),
    ],
)
def test_words_that_tell_no_number_of_what_is_counted(text: str, told: str, lacking: bool) -> None:
    assert quotes_no_count(text, Quote(text), told) is lacking


@pytest.mark.parametrize(
    ("question", "number"),
    [
        pytest.param("药茶项目最多奖多少钱", "1000000", id="a limit of its own"),
        pytest.param("药茶项目给多少钱", "600000", id="what is expected"),
    ],
)
def test_a_limit_only_where_one_is_asked_for(question: str, number: str, sample_assistant: Assistant) -> None:
    value = sample_assistant.conversation().ask(question).value
    assert value is not None and value.number == number


def test_a_text_answers_whatever_is_asked() -> None:
    assert fits("桥有多少座", None, None)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("上年结转中一般公共预算占几成（%）", "18.56"),
        ("上年结转中政府性基金所占比重（%）", "81.43"),
    ],
)
def test_a_funds_part_of_the_carry_over_was_carried_over(
    question: str, number: str, sample_assistant: Assistant
) -> None:
    value = sample_assistant.conversation().ask(question).value
    assert value is not None and value.unit == "%" and value.number.startswith(number)


@pytest.mark.parametrize(
    "question",
    [
        "一般公共服务支出在一般公共预算当年拨款里占比有多小",
        "小牛线西延：中央财政资金",
        "清徐指挥部取暖面积/租赁面积×100",
    ],
)
def test_no_other_figure_takes_the_place_of_what_was_said(question: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.value is None or answer.value.number.startswith(("0", "1.42", "92.2"))


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("管泵站那钱三年总共拨多少", "12000000"),
        ("那去年总预算到底是多少，帮我反推一下", "2406564500"),
        ("总预算降了一半，去年到底是多少", "2406564500"),
        ("唉一打雷我就怕村里又淹了，地下室泡了半米，电视都坏了。就问一句，管泵站那钱三年总共拨多少", "12000000"),
        ("基本支出里培训费安排了几块钱", "5500"),
    ],
)
def test_periods_years_and_clauses(question: str, number: str, sample_assistant: Assistant) -> None:
    value = sample_assistant.conversation().ask(question).value
    assert value is not None and (value.number, value.unit) == (number, "元")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("听人说你们有9辆执法车，是9辆吧", False),
        ("听人说你们有7辆执法车，是7辆吧", True),
        ("祭扫补贴涉及50个村对吗", False),
    ],
)
def test_a_number_that_is_stated_is_checked(question: str, verdict: bool, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.status is AnswerStatus.ANSWERED and answer.verdict is verdict


def test_a_price_without_a_quantity_of_its_own_makes_no_product(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("小店指挥部的电费上限（用电量×单价）是多少元？")
    assert answer.status is AnswerStatus.NOT_FOUND


def test_the_total_of_a_part_contradicts_no_total_of_all(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("一般公共预算总共多少")
    assert answer.value is not None and answer.value.number == "997665900"
    assert not any("三公" in warning for warning in answer.warnings)


def test_a_clause_before_a_target_is_no_whole_of_it(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("真武路北格街的围挡，完工率目标是不是100%")
    assert answer.verdict is not True and "占" not in answer.text.partition("\n")[0]
