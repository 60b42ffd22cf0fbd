"""Figures that only together explain a question, wherever their words stand."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant
from assistant.phrases.joint_figures import operation_said


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("小店跟清徐一年总共抽多少吨污水", "112444", "吨"),
        ("起重机和潇河治理一共迁多少坟", "5500", "座"),
        ("两个指挥部用水量合计多少吨", "74000", "吨"),
        ("清扫面积小店除以清徐是几倍", "1.64", "倍"),
        ("风华能从政策兑现里拿多少，贴息和设备补贴都算上", "32758100", "元"),
    ],
)
def test_each_is_named_by_something_of_its_own(
    question: str, number: str, unit: str, sample_assistant: Assistant
) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.value is not None and answer.value.unit == unit
    assert answer.value.number.startswith(number)
    assert len(answer.citations) >= 2


def test_all_that_one_list_prints_is_added_without_its_own_total(sample_assistant: Assistant) -> None:
    value = sample_assistant.conversation().ask("潇河新城酒店总共要扶持多少钱").value
    assert value is not None and (value.number, value.unit) == ("106000000", "元")


def test_two_of_several_kinds_are_not_guessed(sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask("小店比清徐多多少").status is not AnswerStatus.ANSWERED


def test_of_several_kinds_the_one_spoken_of_is_meant(sample_assistant: Assistant) -> None:
    talk = sample_assistant.conversation()
    talk.ask("小店扫的面积")
    talk.ask("清徐的呢")
    value = talk.ask("小店比清徐多多少").value
    assert value is not None and (value.number, value.unit) == ("1289900", "平方米")


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("甲和乙一共多少", "sum"),
        ("甲占乙几成", "share"),
        ("甲是乙的几倍", "multiple"),
        ("甲比乙多多少", "difference"),
        ("甲和乙哪个更大", "which"),
        ("甲是多少", None),
    ],
)
def test_operations_are_told_by_their_words(text: str, operation: str | None) -> None:
    assert operation_said(text) == operation


def test_what_one_stands_under_is_said_of_both(sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask("保密的讲课费和资料费上限加一块儿多少元").value is None


def test_by_how_many_per_cent_is_no_share(sample_assistant: Assistant) -> None:
    value = sample_assistant.conversation().ask("酒店扶持节点二较节点一高出的百分比").value
    assert value is not None and value.number.startswith("33.3")
