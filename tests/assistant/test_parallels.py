"""Two figures called alike but for one word, and signs of arithmetic between figures."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.question import read_question


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("清徐指挥部用电量上限是小店指挥部的几倍", "4.75"),
        ("清徐片区的清扫面积比小店少多少", "1289900"),
        ("小店片区清扫面积比清徐大多少", "1289900"),
        ("小店片区清扫面积 − 清徐片区清扫面积，换算成平方米", "1289900"),
        ("园区保密专项经费年度金额 / 计划培训人数", "62.5"),
    ],
)
def test_the_other_is_named_by_its_own_word(question: str, number: str, sample_assistant: Assistant) -> None:
    value = sample_assistant.conversation().ask(question).value
    assert value is not None and value.number == number


def test_another_unit_is_no_parallel(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("小店指挥部用水量比用电量少多少")
    assert answer.value is None


def test_a_division_is_never_answered_by_one_side(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("表8：征地和拆迁补偿支出 / 合计，百分比四位小数")
    assert answer.value is not None and answer.value.unit == "%"
    assert answer.value.number.startswith("99.7624")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("三公经费 / 基本支出", "三公经费除以基本支出"),
        ("收入−支出", "收入减去支出"),
        ("单价25.07元/平方米", "单价25.07元/平方米"),
        ("表12：最大的项目", "表12的最大的项目"),
    ],
)
def test_signs_between_figures_are_words(raw: str, text: str) -> None:
    assert read_question(raw).text == text
