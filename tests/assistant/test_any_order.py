"""Computed questions in an order of words that no example has: the operation, and the figures its words part."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from assistant.assistant import Assistant
from assistant.names.printed_names import PrintedNames
from assistant.phrases.figure_chunks import chunks_of, operation_in
from ingest.numbers.quantities import YUAN


def _cut(text: str, names: Iterable[str] = ()) -> tuple[str, list[str]]:
    printed = PrintedNames(names)
    operation = operation_in(text, printed)
    return operation, [chunk.text for chunk in chunks_of(text, operation, printed)] if operation else []


@pytest.mark.parametrize(
    ("text", "operation", "phrases"),
    [
        ("邮电跟会议俩加一块儿多少", "sum", ["邮电", "会议俩"]),
        ("甲桥、乙桥、丙桥加起来是多少", "sum", ["甲桥", "乙桥", "丙桥", "是"]),
        ("修桥补助在全年收入里占比有多高", "share", ["修桥补助", "全年收入"]),
        ("第一期较第二期高出的百分比", "excess", ["第一期", "第二期"]),
        ("甲桥与乙桥2023年预算差额", "difference", ["甲桥", "乙桥2023年预算"]),
        ("甲桥、乙桥、丙桥三样合起来是修桥支出的百分之几", "share", ["甲桥、乙桥、丙桥三样合起来", "修桥支出"]),
        ("甲桥是多少", "", []),
    ],
)
def test_the_words_of_an_operation_part_its_figures(text: str, operation: str, phrases: list[str]) -> None:
    assert _cut(text) == (operation, phrases)


def test_words_within_other_words_and_names_part_nothing() -> None:
    assert _cut("差旅多少") == ("", [])  # 差
    assert _cut("修桥和铺路支出、会议费共多少", ["修桥和铺路支出"])[1] == ["修桥和铺路支出", "会议费"]


@pytest.mark.parametrize(
    ("question", "number", "unit"),
    [
        ("差旅、会议、培训三项加起来，基本支出里一共留了多少钱", "101500", YUAN),
        ("环卫、市政养护加泵站，园区一年日常运维这三块要花多少", "63000000", YUAN),
        ("风华这家企业，贴息和设备补贴加起来能拿多少", "32758100", YUAN),
        ("16张绩效表的实施期资金总额相加等于多少元", "3683764200", YUAN),
        ("市政配套六个多亿，在一般公共预算当年拨款里占多大分量", "63.62", "%"),
        ("办公费、印刷费、邮电费，三样合起来是基本支出的百分之几", "35.29", "%"),
        ("酒店扶持节点二较节点一高出的百分比", "33.33", "%"),
        ("征拆资金与政策兑现2023年预算差额（元，取绝对值）", "-45736200", YUAN),
    ],
)
def test_the_order_of_words_does_not_matter(question: str, number: str, unit: str, sample_assistant: Assistant) -> None:
    value = sample_assistant.conversation().ask(question).value
    assert value is not None and value.unit == unit
    assert value.number.removeprefix("-").startswith(number.removeprefix("-"))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("培训费、党校费和会议费加起来多少", id="one of three is not printed"),
        pytest.param("环卫、泵站、绿化这三块一年要花多少", id="one of them is a rate"),
        pytest.param("两片区清扫面积，小店占多大", id="several meant by one phrase"),
        pytest.param("去年的差旅费和会议费一共多少", id="of another year"),
        pytest.param("水费和电费加起来占公用经费几成", id="names that only resemble others"),
        pytest.param("环卫经费平均分到每平方米清扫面积上是多少", id="spread over one of several places"),
    ],
)
def test_nothing_is_computed_where_a_word_is_left_over(question: str, sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask(question).value is None


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("公车运行费平摊到每辆公务车头上，一年多少钱", "25000"),
        ("泵站4座，管理经费均摊每座多少万", "1000000"),
    ],
)
def test_amounts_are_spread_over_what_is_named_beside_each(
    question: str, number: str, sample_assistant: Assistant
) -> None:
    value = sample_assistant.conversation().ask(question).value
    assert value is not None and (value.number, value.unit) == (number, YUAN)
