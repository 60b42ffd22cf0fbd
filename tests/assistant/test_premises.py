"""What questions take for granted, set right with the figure; yes or no before what is asked for at all."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant

WRONG = [
    ("征拆资金的经办人李健是哪个科的", "闫海峰"),
    ("党建经费5年期一共多少钱", "4年"),
    ("人员经费占公用经费的一半，为什么这么高", "前提不符"),
    ("征拆资金那5个亿是怎么花的", "20,000.00万元"),
    ("泵站运行管理经费800万都干什么", "400"),
    ("30个项目里最大的是哪个", "16"),
    ("园区建了12个泵站，每个要花多少管理费", "4个"),
    ("抢险车有10辆，一年3万块怎么够用", "1辆"),
    ("一般公共预算当年拨款增长37.45%，钱花到哪里去了", "减少"),
    ("出国经费今年又加了，加了多少？", "持平"),
    ("今年公务用车购置给了25万，能买几辆？", "公务用车运行维护费"),
    ("环卫项目是一次性项目，明年还有吗", "经常性"),
]
RIGHT = [
    "征拆资金2个亿主要花在哪",
    "泵站运行管理经费400万都干什么",
    "16个项目里最大的是哪个",
    "党建经费4年期一共多少钱",
    "园区建了4个泵站，每个要花多少管理费",
    "一共3个保密项目，哪个最贵",
    "总支出129,589.59万元，其中项目支出多少",
    "公务接待费花了1.65万，接待了多少人",
]
VERDICTS = [
    ("抢险车是一次性项目吗", False),
    ("党建经费是3年期的吗", False),
    ("抢险车的经办人是张春翔吗", True),
    ("泵站的钱是政府性基金出的吧", False),
    ("有没有安排出国费", False),
    ("Is there a petition section among the departments?", False),
]


@pytest.mark.parametrize(("question", "words"), WRONG)
def test_a_wrong_premise_is_set_right(question: str, words: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.status is AnswerStatus.ANSWERED and "前提不符" in answer.text and words in answer.text


@pytest.mark.parametrize("question", RIGHT)
def test_a_right_premise_is_left_alone(question: str, sample_assistant: Assistant) -> None:
    assert "前提不符" not in sample_assistant.conversation().ask(question).text


@pytest.mark.parametrize(("question", "verdict"), VERDICTS)
def test_yes_or_no(question: str, verdict: bool, sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask(question).verdict is verdict


ENGLISH = [
    ("by when does office equipment have to be purchased", "2023年12月"),
    ("How is street cleaning assessed?", "100分"),
    ("Is the yearly hospitality budget larger than what the emergency rescue truck gets?", "1.65"),
    ("min number of function modules for the monitoring platform?", "3个"),
    ("How many graves have to be moved for the crane project?", "2,500"),
    ("When are the street cleaning fees paid?", "每月中旬"),
]


@pytest.mark.parametrize(("question", "words"), ENGLISH)
def test_english_asks_for_words_too(question: str, words: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.status is AnswerStatus.ANSWERED and words in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Which company built the monitoring centre?",
        "How much was actually spent last year?",
        "How many staff does the centre have?",
        "What coupon rate do the special bonds carry?",
        "征拆资金2022年花了多少",
    ],
)
def test_what_no_budget_tells_is_declined(question: str, sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask(question).status is AnswerStatus.NOT_FOUND
