"""What leans on the question before: units, shares, other things, sets, fields; and what does not."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant
from assistant.checking.gate import check_answer


def last(assistant: Assistant, dialogue: str) -> Answer:
    """The answer to the last of several questions, written `A / B / C`."""
    conversation = assistant.conversation()
    answers = [conversation.ask(turn) for turn in dialogue.split(" / ")]
    assert all(check_answer(answer, assistant.catalog()) == () for answer in answers)
    return answers[-1]


@pytest.mark.parametrize(
    ("dialogue", "number", "unit"),
    [
        pytest.param("总支出是多少 / 换算成亿元", "1295895900", "元", id="another unit"),
        pytest.param("扫大街一年花多少钱 / 三年加起来呢", "150000000", "元", id="the whole period"),
        pytest.param("泵站运行管理经费多少钱 / 那征拆资金呢", "200000000", "元", id="another thing"),
        pytest.param("泵站运行管理经费多少钱 / 那征拆资金呢 / 两个差多少", "196000000", "元", id="the two before"),
        pytest.param("金额最大的三个项目是哪些 / 合计多少", "1067736200", "元", id="over the members shown"),
        pytest.param("金额最大的三个项目是哪些 / 第二大的呢", "245736200", "元", id="another rank"),
        pytest.param("金额最大的项目是哪个 / 第二大的呢", "245736200", "元", id="the next rank"),
        pytest.param("平均每个项目多少钱 / 中位数呢", "11609100", "元", id="another function"),
        pytest.param("一般公共预算比上年减少了多少 / 上年是多少", "1563124500", "元", id="last year"),
        pytest.param("征拆资金多少 / 比政策兑现少多少", "45736200", "元", id="the left side left open"),
        pytest.param("政策兑现多少 / 园区运行经费呢 / 前者减去后者", "232518000", "元", id="the former and the latter"),
        pytest.param("公务用车运行维护费多少 / 公务接待费多少 / 两者合计", "266500", "元", id="both"),
        pytest.param("泵站有几个 / 这个项目今年预算多少", "4000000", "元", id="the project of an indicator"),
        pytest.param("潇河治理要迁多少座坟 / 那总共得多少钱", "40500000", "元", id="all that was counted"),
        pytest.param("专项债项目数量是多少 / 平均每个多少元", "1720196.078431372549019607843", "元", id="over a count"),
        pytest.param("小牛线西延多长 / 花多少钱", "20000000", "元", id="the project's money, not all money"),
        pytest.param("炼科贷款贴息多少 / 加上风华的呢 / 再加上中电科的呢", "45018100", "元", id="a sum that goes on"),
        pytest.param("泵站今年拨了多少 / 加上抢险车运行呢 / 合计占征拆资金多少", "2.015", "%", id="the sum itself"),
        pytest.param("保险费上限多少 / 燃油和维修保养呢 / 质保金呢 / 三项加起来", "40000", "元", id="three together"),
        pytest.param("市政基础设施配套多少 / 其中中央财政资金多少", "0", "元", id="a source of funding"),
        pytest.param("园区监控中心今年多少钱 / 几年的项目", "3", "年", id="the years of the project"),
        pytest.param("征拆资金多少 / 占项目支出多少 / 三年一共呢", "600000000", "元", id="no share above the whole"),
        pytest.param("两县区征拆预付款是多少 / 是今年拨款的几倍", "7.43235", "倍", id="the project's own budget"),
        pytest.param("金额最大的三个项目是哪些 / 那总共多少钱", "1067736200", "元", id="all that are shown"),
        pytest.param(
            "宣传资料购置费用上限多少 / 讲课费呢", "2000", "元/次", id="the same project's own, not another's"
        ),
        pytest.param("政策兑现今年多少钱 / 一共几年 / 总的多少", "737208600", "元", id="the whole after its years"),
        pytest.param("结转资金一共多少 / 涉及几个项目", "2", "个", id="the projects that money is for"),
        pytest.param("项目期4年的有几个 / sum 元", "13323200", "元", id="a query goes on"),
        pytest.param(
            "项目期4年的有几个 / 最大的占几成",
            "99.21190104479404347303951003",
            "%",
            id="the share of the largest shown",
        ),
        pytest.param("起重机项目迁多少座坟 / So how much in total?", "33750000", "元", id="English"),
        pytest.param(
            "What is the budget of 政策兑现? / Does that exceed 征拆资金? / By how much?",
            "45736200",
            "元",
            id="by how much",
        ),
        pytest.param(
            "秦永秋经办几个项目 / 最大的占多少", "95.23809523809523809523809524", "%", id="one's share of the set"
        ),
        pytest.param("秦永秋经办几个项目 / 总共多少预算", "105000", "元", id="the money of those counted"),
        pytest.param("市政设施维护费用实施期多少 / 本年度的呢", "9000000", "元", id="a year of the whole period"),
        pytest.param("市政设施维护费用实施期多少 / 后面两年一共要多少", "18000000", "元", id="the years to come"),
        pytest.param("一般公共服务支出多少 / 其中基本支出占多少钱", "576500", "元", id="money of a part, no share"),
        pytest.param(
            "上年结转多少 / 政府性基金那块占比", "81.43506915436739998143506915", "%", id="a part in other coordinates"
        ),
        pytest.param("特定目标类项目金额多少 / 几个项目", "13", "个", id="the number told beside an amount"),
        pytest.param("小店指挥部预计用电多少度 / 用水呢", "37000", "吨", id="the same place's other measure"),
        pytest.param("园区党建今年多少 / 请党校老师授课呢", "30000", "元", id="the cost of what is counted elsewhere"),
        pytest.param("桥梁检测几座 / 一度电最多几毛钱", "0.6", "元/度", id="the only price of its unit"),
        pytest.param("征拆资金占项目支出多少 / 那政策兑现呢", "18.9710892927257941168795897", "%", id="same share"),
        pytest.param(
            "征拆资金多少 / 占项目支出多少", "15.44020725699005202886639388", "%", id="share of what is named"
        ),
    ],
)
def test_numbers(dialogue: str, number: str, unit: str, sample_assistant: Assistant) -> None:
    answer = last(sample_assistant, dialogue)
    assert answer.value is not None, answer.text
    assert (answer.value.number, answer.value.unit) == (number, unit)


def test_a_unit_asked_for_is_shown(sample_assistant: Assistant) -> None:
    assert "12.958959亿元" in last(sample_assistant, "总支出是多少 / 换算成亿元").text.splitlines()[0]


@pytest.mark.parametrize(
    ("dialogue", "told"),
    [
        pytest.param("扫大街一年花多少钱 / 它归谁管", "经办人", id="who"),
        pytest.param("专项债资金项目多少钱 / 是今年的钱还是结转", "属上年结转", id="where its money stands"),
        pytest.param("金额最大的三个项目是哪些 / 第二名的经办人是谁", "庞瑜", id="one of those shown"),
        pytest.param("征拆资金多少 / 经办人是谁", "经办人", id="a field"),
        pytest.param("泵站运行管理经费多少钱 / 它的立项依据呢", "立项依据", id="a pronoun"),
    ],
)
def test_texts(dialogue: str, told: str, sample_assistant: Assistant) -> None:
    answer = last(sample_assistant, dialogue)
    assert answer.status is AnswerStatus.ANSWERED and told in answer.text


@pytest.mark.parametrize("question", ["总支出是多少", "公务接待费多少钱", "哪些项目是政府性基金出的"])
def test_a_question_that_stands_alone_is_answered_alike_in_a_dialogue(
    question: str, sample_assistant: Assistant
) -> None:
    alone = last(sample_assistant, question)
    later = last(sample_assistant, f"泵站运行管理经费多少钱 / {question}")
    assert (alone.value, alone.items) == (later.value, later.items)


@pytest.mark.parametrize("opening", ["换算成亿元", "它归谁管", "那第二大的呢", "两个差多少", "占其中多少"])
def test_nothing_to_lean_on(opening: str, sample_assistant: Assistant) -> None:
    answer = last(sample_assistant, opening)
    assert answer.value is None and answer.status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    "dialogue",
    [
        pytest.param("中标公司是谁 / 占总支出的百分之几", id="no figure before"),
        pytest.param("总支出是多少 / 比它多多少", id="against itself"),
        pytest.param("总支出是多少 / 照这个频率一年几次", id="a manner no figure tells"),
    ],
)
def test_what_cannot_be_meant_is_not_answered(dialogue: str, sample_assistant: Assistant) -> None:
    assert last(sample_assistant, dialogue).value is None


def test_dialogues_do_not_share_their_focus(sample_assistant: Assistant) -> None:
    one, other = sample_assistant.conversation(), sample_assistant.conversation()
    one.ask("总支出是多少")
    other.ask("公务接待费多少钱")
    value = one.ask("换算成亿元").value
    assert value is not None and value.number == "1295895900"


def test_a_change_as_a_rate(sample_assistant: Assistant) -> None:
    answer = last(sample_assistant, "一般公共预算比上年减少了多少 / 减少了百分之几")
    assert answer.value is not None and answer.value.unit == "%"


@pytest.mark.parametrize(
    "dialogue",
    [
        pytest.param("一共有几座泵站 / 每座的设计使用寿命几年 / 那总共多少钱", id="the whole of what was not found"),
        pytest.param("保密经费多少钱 / 三年一共多少", id="three years of a project of four"),
    ],
)
def test_what_is_not_said_is_not_told(dialogue: str, sample_assistant: Assistant) -> None:
    assert last(sample_assistant, dialogue).value is None
