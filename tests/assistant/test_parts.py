"""Two questions in one sentence: where it is cut, and what is told of both."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.question import read_question
from assistant.questions.parts import parts_of


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("公车编制几辆、实有几辆？", ["公车编制几辆", "实有几辆"]),
        ("按单价上限算，四个泵站一共多少，超过预算没有", ["按单价上限算，四个泵站一共多少", "超过预算没有"]),
        ("3,000.00万元和预算一致吗？差多少？", ["3,000.00万元和预算一致吗", "差多少"]),
        ("哪个项目最大（按合计，不含结转的是多少）", ["哪个项目最大（按合计，不含结转的是多少）"]),
        ("道路、桥梁各花多少", ["道路、桥梁各花多少"]),
        ("总支出多少，两位小数", ["总支出多少，两位小数"]),
        ("总支出多大，说成多少亿", ["总支出多大，说成多少亿"]),
        ("甲站、乙站用量之和；甲站占百分之几", ["甲站、乙站用量之和", "甲站占百分之几"]),
        ("甲、乙两处用量之和，是多少", ["甲、乙两处用量之和，是多少"]),
        ("总预算少了多少、为啥少的", ["总预算少了多少", "为啥少的"]),
        ("总预算瘦了多少，金额和幅度都要", ["总预算瘦了多少钱", "总预算瘦了百分之几"]),
        ("当年拨款减少的幅度和金额都给我", ["当年拨款减少多少钱", "当年拨款减少百分之几"]),
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


@pytest.mark.parametrize(
    ("sentence", "number", "unit", "told"),
    [
        ("清徐指挥部和小店指挥部预计用电差多少度，前者是后者几倍", "300000", "度", "4.75倍"),
        ("清徐指挥部租了多少平米，乘上租金单价上限是多少钱", "45180.1", "元", "5,719"),
        ("小店和清徐指挥部的物业水电保障人数一共多少人，哪边多", "240", "人", "更多"),
        ("城乡社区支出和其他支出哪个大，大的是小的几倍", "10.81", "倍", "城乡社区支出更多"),
        ("两座桥检测费上限合计多少钱，够不够100万用", "1000000", "元", "是，够"),
        ("其他运转类的项目有几个，占项目支出总额百分之几", "1.028", "%", "3个"),
        ("项目期4年的有几个项目，年度资金合计多少", "13323200", "元", "3个"),
        ("三公经费是不是和2022年一样，今年是多少", "266500", "元", "是，两者一致"),
        ("特定目标类项目多少个，平均一个多少钱", "98615092.3", "元", "13个"),
        ("办公设备计划买多少台，什么时候前买完", "35", "台", "2023年12月"),
        ("小店、清徐两指挥部预计用电量上限之和；小店占百分之几", "460000", "度", "17.39%"),
        ("总预算比去年少了多少、为啥少的", "1110668600", "元", "其他城乡社区公共设施支出预算批复减少"),
        ("一般公共服务支出分成哪两款、大的那款是多少", "13323200", "元", "商贸事务"),
        ("征地拆迁补偿和土地开发哪个小，占基金支出的百分之几", "0.2375", "%", "土地开发支出更少"),
        ("专项债资金项目的项目期几年，总额多少", "87730000", "元", "1年"),
        ("三公经费合计多少，哪项最多", "266500", "元", "公务用车运行维护费"),
        ("其他城乡社区公共设施支出连结转有多少，其中结转多少", "688030000", "元", "2,000.00"),
        ("城乡社区支出一共多少，其中政府性基金多少", "948530000", "元", "21,050.00"),
        ("城乡社区支出和其他支出谁大 大多少", "860800000", "元", "城乡社区支出"),
        ("张春翔经办的项目合计多少，最大的是哪个", "63030000", "元", "园区道路环卫及企业应急抽排"),
        ("政策兑现里的贷款贴息加起来多少钱，哪家领得最多", "45018100", "元", "中电科"),
    ],
)
def test_a_later_part_is_asked_of_what_was_found_before_it(
    sentence: str, number: str, unit: str, told: str, sample_assistant: Assistant
) -> None:
    answer = sample_assistant.conversation().ask(sentence)
    assert answer.value is not None and answer.value.unit == unit
    assert answer.value.number.startswith(number)
    assert told in answer.text


def test_a_price_is_only_multiplied_by_what_it_is_for(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("临聘人员有多少人，乘上租金单价上限是多少钱")
    assert answer.value is None or answer.value.unit != "元"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("其他运转类和特定目标类项目各几个，金额各多少", ["3个", "13个", "1,332.32万元", "128,199.62万元"]),
        ("炼科能兑现哪两笔，各多少", ["1,256.00万元", "1,800.00万元"]),
        ("支出总表项级科目共有几个？金额最小的是哪个编码", ["8个", "2120802"]),
    ],
)
def test_each_of_several_is_told(sentence: str, told: list[str], sample_assistant: Assistant) -> None:
    text = sample_assistant.conversation().ask(sentence).text
    assert [words for words in told if words not in text] == []
