"""Amounts of one text that are called alike: counted, added, listed, ranked; never a condition, a limit or a total with its parts."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "number", "told"),
    [
        ("炼科名下几笔补贴加起来有多少钱", "30560000", "2个"),
        ("政策兑现里写明贷款贴息的有几笔，合计多少元", "45018100", "3个"),
        ("政策兑现写明的各笔钱里，单笔最大的给了谁，多少", "200000000", "中电二所"),
        ("潇河新城酒店扶持分几个节点，总共多少钱", "106000000", "3个"),
        ("中电科总共要兑现几笔，加起来多少万", "55818100", "2个"),
    ],
)
def test_what_is_called_alike_is_one_set(question: str, number: str, told: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.value is not None and answer.value.number == number
    assert told in answer.text


def test_those_who_have_one_are_listed(sample_assistant: Assistant) -> None:
    items = sample_assistant.conversation().ask("政策兑现里有哪几家有贷款贴息").items
    assert [item.label for item in items] == ["炼科贷款贴息", "风华贷款贴息", "中电科贷款贴息"]


def test_the_printed_total_stands_for_its_parts_whatever_they_add_up_to(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("东方雨虹分几次兑现，合计多少")
    assert answer.value is not None and answer.value.number == "16000000"
    assert "4亿元" not in answer.text


@pytest.mark.parametrize(
    "question", ["潇河新城酒店是哪家公司投的", "炼科名下几笔罚款加起来多少", "猫粮有几笔，合计多少"]
)
def test_what_is_called_otherwise_is_none_of_them(question: str, sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask(question).value is None
