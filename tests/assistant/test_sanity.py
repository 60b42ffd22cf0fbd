"""What must not be answered with a figure beside the one asked for."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("基本支出里人员经费安排了多少", "0"),
        ("风险评估及测绘服务经费，实施期里市县(区)财政资金填了多少", "1500000"),
        ("小牛线西延建设工程绩效表里省级财政资金填了多少", "0"),
        ("保密专项经费今年给了几个钱", "5000"),
    ],
)
def test_the_part_that_is_named_is_the_answer(question: str, number: str, sample_assistant: Assistant) -> None:
    value = sample_assistant.conversation().ask(question).value
    assert value is not None and (value.number, value.unit) == (number, "元")


@pytest.mark.parametrize(
    "question",
    [
        "我家房子要是拆了能赔多少钱",
        "征拆资金去年安排了多少",
        "园区监控中心一共装多少个摄像头",
        "政策兑现项目在一期工程验收以后还要付多少",
        "园区党建经费什么时候花完",
        "电费一年要多少钱",
    ],
)
def test_a_projects_budget_is_no_answer_to_something_else(question: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.status is not AnswerStatus.ANSWERED or answer.value is None


def test_the_name_of_one_fund_beside_the_words_of_another_is_no_figure(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("征拆资金占政府性基金支出几个百分点，一般公共预算有没有给它钱")
    assert answer.value is None
