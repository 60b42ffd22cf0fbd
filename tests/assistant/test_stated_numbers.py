"""Numbers that a question states to have them confirmed: what the question without them comes to is held against them."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.question import read_question
from assistant.questions.stated_numbers import Stated, stated_numbers
from ingest.numbers.quantities import YUAN, Quantity


def first_stated(asked: str) -> Stated | None:
    return next(stated_numbers(read_question(asked)), None)


@pytest.mark.parametrize(
    ("asked", "blank", "number", "unit", "relation"),
    [
        pytest.param("咱们管着5座泵站对吧", "咱们管着多少座泵站", 5, "座", "=", id="a count"),
        pytest.param(
            "保洁一年要300万，这也太贵了吧？", "保洁一年要多少元", 3000000, YUAN, "=", id="an opinion after it"
        ),
        pytest.param(
            "要带动300个以上农户就业，是这个数吗？", "要带动多少个农户就业", 300, "个", "≥", id="a bound behind it"
        ),
        pytest.param("至少带动300个农户就业吧", "带动多少个农户就业", 300, "个", "≥", id="a bound before it"),
        pytest.param("绿化要求百分百完工，对不对", "绿化要求百分之多少完工", 100, "%", "=", id="all of it"),
        pytest.param(
            "12辆公车里有3辆是领导坐的，对吗", "多少辆是领导坐的", 3, "辆", "=", id="a part of what is counted"
        ),
        pytest.param("预算是20,000.00，折合20亿，对吗", "预算,折合多少元", 2000000000, YUAN, "=", id="given again"),
        pytest.param("办公费57万是不是印错了", "办公费多少元", 570000, YUAN, "≠", id="said to be wrong"),
        pytest.param(
            "山西某企业奖励最高能到200万？", "山西某企业奖励最高能到多少元", 2000000, YUAN, "=", id="only a mark"
        ),
        pytest.param(
            "办公费占基本支出超过三成，是吗？", "办公费占基本支出百分之多少", 30, "%", ">", id="a bound of a share"
        ),
    ],
)
def test_the_number_is_asked_for(asked: str, blank: str, number: int, unit: str, relation: str) -> None:
    stated = first_stated(asked)
    assert stated is not None
    assert (stated.question.text, stated.quantity.number, stated.quantity.unit, stated.relation) == (
        blank, number, unit, relation,
    )  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("管着5座泵站，一共多少钱", id="asks for another number"),
        pytest.param("从5座加到8座，对吗", id="two numbers"),
        pytest.param("项目期是3年吗", id="years are told by the sheet"),
        pytest.param("项目支出129万全是新安排的，是吧", id="what all of it is"),
        pytest.param("管着5座泵站", id="nothing is asked"),
    ],
)
def test_other_questions_state_no_number(asked: str) -> None:
    assert first_stated(asked) is None


@pytest.mark.parametrize(
    ("asked", "verdict", "told"),
    [
        pytest.param("咱们管着5座泵站对吧", False, "4个", id="座 and 个 count alike"),
        pytest.param("监控中心三年总共要投7500万，是吗？", True, "7,500", id="of the whole period"),
        pytest.param("57.65万是公用经费吗", True, "57.65", id="what an amount is"),
        pytest.param("资本性支出25万元，是打算买车吧？", False, "5,000元", id="the first of two things said is wrong"),
        pytest.param("真武路和北格街那个围挡今年要求全干完吗", False, "<100%", id="a target that is not reached"),
        pytest.param("收入说明里一般公共预算占75.44%，对不对", True, "75.44%", id="a share as the prose prints it"),
        pytest.param(
            "表11机关运行经费填的57.65万元没错吧？", False, "无机关运行经费", id="a text tells that there is none"
        ),
        pytest.param("政策兑现24573.62万，没填错吧", True, "24,573.62", id="that nothing is wrong"),
        pytest.param("抢险车一年养护要300万，这也太贵了吧？", False, "3.00万元", id="far off"),
    ],
)
def test_the_verdict(asked: str, verdict: bool, told: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(asked)
    assert answer.verdict is verdict, answer.text
    assert told in answer.text


def test_the_quantity_has_no_relation_left() -> None:
    stated = first_stated("抽水约5万吨，对吗")
    assert stated is not None
    assert stated.relation == "≈"
    assert stated.quantity == Quantity(
        stated.quantity.number, stated.quantity.unit, precision=stated.quantity.precision
    )
