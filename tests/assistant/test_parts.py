"""Two questions in one sentence: where it is cut, and what is told of both."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.parts import parts_of
from assistant.question import read_question


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("公车编制几辆、实有几辆？", ["公车编制几辆", "实有几辆"]),
        ("按单价上限算，四个泵站一共多少，超过预算没有", ["按单价上限算，四个泵站一共多少", "超过预算没有"]),
        ("3,000.00万元和预算一致吗？差多少？", ["3,000.00万元和预算一致吗", "差多少"]),
        ("哪个项目最大（按合计，不含结转的是多少）", ["哪个项目最大（按合计，不含结转的是多少）"]),
        ("道路、桥梁各花多少", ["道路、桥梁各花多少"]),
        ("总支出多少，两位小数", ["总支出多少，两位小数"]),
        (
            "What is the largest project and how much does it get?",
            ["What is the largest project", "how much does it get"],
        ),
    ],
)
def test_a_sentence_is_cut_where_each_side_asks(sentence: str, parts: list[str]) -> None:
    assert [part.raw for part in parts_of(read_question(sentence))] == parts


def test_both_parts_are_told(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("公务接待费今年比去年涨了吧，涨了多少？")
    assert answer.verdict is False
    assert answer.value is not None and answer.value.number == "0"


def test_money_is_the_value_of_a_sentence_that_asks_a_count_too(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("党建经费的项目期几年，实施期总额是多少元？")
    assert answer.value is not None and (answer.value.number, answer.value.unit) == ("400000", "元")
    assert "4年" in answer.text


def test_a_rank_with_its_amount_is_one_question(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("实施期资金规模排第一的项目叫什么，总额多少")
    assert answer.value is not None and answer.value.number == "1866000000"


def test_what_is_not_understood_of_one_part_is_not_passed_over(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("总支出是多少，门口那只猫几岁了")
    assert answer.value is None or "猫" in answer.text


def test_a_part_left_open_is_said_and_no_number_stands_for_both(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("抢险车保险一年交几次，上限多少")
    assert answer.value is None and "1次" in answer.text and "上限多少" in answer.text
