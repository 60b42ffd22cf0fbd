"""What is asked of a project's sheet in words: what money is for, how a target is set, whether a text breaks off."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant

TOLD = [
    ("抢险车那3万块都花在哪些地方", "燃油"),
    ("监控中心建好了都能看见些啥", "管廊"),
    ("花2500万建监控平台，官方说是为了什么", "智能互联"),
    ("党建经费的党员轮训频率指标怎么定的", "3个月1次"),
    ("绩效表里的可使用期限怎么定的", "≥5年"),
    ("党员多长时间轮训一次", "3个月1次"),
    ("清徐那边什么时候供暖", "2023年11月1日"),
    ("小牛线那2000万算省里的钱还是市县的钱", "市县（区）财政资金"),
    ("政策兑现这个项目有问题打哪个电话，找谁", "庞瑜"),
    ("电费多久交一次", "每月支付"),
    ("保密培训多久一次", "≥1次"),
    ("园区道路能用多久", "≥5年"),
    ("污水厂咨询是哪次会议定的", "第六次主任办公会"),
    ("小牛线西延从哪到哪", "滨河东路"),
    ("小牛线西延这条路有多长、多宽", "66米"),
    ("祭扫补贴那个项目，属性是经常性还是一次性，干几年？", "经常性"),
    ("要检查的是哪两座桥", "大运路潇河大桥"),
    ("环卫单位平时用哪几种方式去查", "随机抽查"),
    ("党员轮训要搞几次", "3个月1次"),
    ("外出学习考察目标定的到底是几次", "4次"),
    ("一般公共预算当年拨款降了三成七，那一节交代原因没有", "没有写明原因"),
    ("小牛线西延2000万的下达文号", "154号"),
    ("山西药茶项目今年预计给多少，最多给多少", "预计60万"),
    ("党建经费的成本指标及其上限", "授课费用标准"),
    ("党建经费的联系人是谁", "秦永秋"),
    ("征拆资金绩效表成本指标卡的上限", "≤20000万"),
    ("哪张绩效表的总体目标栏两边都是空白", "小牛线西延"),
    ("小牛线西延那笔是什么文件下达的", "154号"),
    ("泵站那400万是省里出的还是市县出的", "市县（区）财政资金"),
    ("围挡工程完工率为什么定成不到100%，说明里写原因了没有", "没有写明原因"),
]


@pytest.mark.parametrize(("question", "words"), TOLD)
def test_what_a_sheet_tells(question: str, words: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.status is AnswerStatus.ANSWERED and words in answer.text and answer.citations


PAID_BY = [("小牛线的钱是省级财政出的吧", False), ("环卫的钱是市县财政出的吗", True), ("泵站的钱是中央给的吗", False)]


@pytest.mark.parametrize(("question", "verdict"), PAID_BY)
def test_the_level_of_government_that_pays(question: str, verdict: bool, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.verdict is verdict and "市县（区）财政资金" in answer.text


def test_what_money_is_for_comes_with_the_cost_targets(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("抢险车的钱都花在哪些地方")
    assert "≤8000元/年" in answer.text and "保险" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "党校老师是哪个学校的",
        "专项债用在哪条路",
        "要拆的是哪两座桥",
        "档案管理制度文号是多少",
        "监控中心能抓到什么违章",
        "保密培训什么时候搞",
        "监控中心什么时候建好",
        "泵站在哪条路",
        "潇河新城酒店是哪家公司投的",
    ],
)
def test_a_sentence_that_only_shares_words_is_no_answer(question: str, sample_assistant: Assistant) -> None:
    assert sample_assistant.conversation().ask(question).status is AnswerStatus.NOT_FOUND


def test_two_times_are_both_told(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("泵站的电费和管理服务费分别多久付一次？")
    assert "每月支付" in answer.text and "按季度支付" in answer.text


BROKEN_OFF = [
    ("政策兑现的概况写完整了吗", False),
    ("政策兑现的概况有没有被截断", True),
    ("党建经费的立项依据写完整了吗", True),
]


@pytest.mark.parametrize(("question", "verdict"), BROKEN_OFF)
def test_whether_a_text_breaks_off(question: str, verdict: bool, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert answer.verdict is verdict
    assert ("被截断" in answer.text) is (verdict is ("截断" in question))


def test_whether_the_text_of_the_project_spoken_of_breaks_off(sample_assistant: Assistant) -> None:
    conversation = sample_assistant.conversation()
    conversation.ask("政策兑现今年多少钱")
    assert "被截断" in conversation.ask("这段概况写完整了吗").text


def test_a_number_behind_the_place_where_a_text_breaks_off_is_lost(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("中电二所一期打桩工程完成之后兑现多少元")
    assert answer.status is AnswerStatus.NOT_FOUND and "缺失" in answer.text and answer.value is None


def test_a_target_that_no_reason_is_given_for(sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask("真武路和北格街的围挡工程，完工目标为什么没写到100%？")
    assert "没有写明原因" in answer.text and "<100%" in answer.text
