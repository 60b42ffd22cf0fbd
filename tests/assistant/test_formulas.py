"""Terse formulas: what they say in words, and what they come to."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.question import read_question
from assistant.questions.formulas import formula_in_words


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("东厂房取暖面积/东厂房租赁面积×100", "东厂房取暖面积除以东厂房租赁面积百分比"),
        ("清淤面积 城东÷城西 倍 保留2位", "城东清淤面积是城西清淤面积的几倍"),
        ("清淤面积 城东 - 城西", "城东清淤面积和城西清淤面积相差多少"),
        ("公车运维费25万 / 实有车辆 = 元/辆", "公车运维费25万 / 实有车辆"),
        ("212 表1 当年安排", "表1的212当年安排"),
        ("diff 2120399 表3 vs 表5 元", "表3的2120399和表5的2120399相差多少"),
        ("征拆/迁坟多少钱", "征拆/迁坟多少钱"),
        ("单价多少元/吨", "单价多少元/吨"),
        ("道路养护费用单价上限（元/平方米）", "道路养护费用单价上限（元/平方米）"),
    ],
)
def test_a_formula_is_put_in_words(formula: str, words: str) -> None:
    assert formula_in_words(formula) == words


@pytest.mark.parametrize(
    ("said", "meant"), [("大于等于", "不低于"), ("小于或等于", "不超过"), ("低于或者等于", "不超过")]
)
def test_a_bound_with_its_end_is_no_equality(said: str, meant: str) -> None:
    assert read_question(f"金额{said}500万元的项目").text == f"金额{meant}500万元的项目"


@pytest.mark.parametrize(
    ("formula", "number", "unit"),
    [
        ("清扫面积 小店÷清徐 倍 保留2位", "1.6436", "倍"),
        ("清徐指挥部取暖面积/租赁面积×100", "92.2014", "%"),
        ("公车运维费25万 / 实有车辆 = 元/辆", "25000", "元"),
        ("专项债 8773万 ÷ 51 = 万元/个", "1720196.07", "元"),
        ("庞瑜项目÷表12合计 pct", "20.692", "%"),
        ("212 表1 当年安排 万元", "928530000", "元"),
        ("表12 max − min，结果用元", "621995000", "元"),
    ],
)
def test_a_formula_is_computed(formula: str, number: str, unit: str, sample_assistant: Assistant) -> None:
    value = sample_assistant.conversation().ask(formula).value
    assert value is not None and value.unit == unit
    assert value.number.startswith(number)
