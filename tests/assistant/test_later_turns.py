"""What later turns of a dialogue take from those before: differences, things counted, rows out of line, places, wholes."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant


def last(assistant: Assistant, dialogue: str) -> Answer:
    """The answer to the last of several questions, written `A / B / C`."""
    conversation = assistant.conversation()
    return [conversation.ask(turn) for turn in dialogue.split(" / ")][-1]


@pytest.mark.parametrize(
    ("dialogue", "number"),
    [
        pytest.param("监控中心今年多少 / 污水厂咨询呢 / 俩差多少", "17000000", id="the two told"),
        pytest.param("园区运行经费实施期总额是多少 / 年度金额乘4对得上吗 / 差多少", "62200", id="the sides of a check"),
        pytest.param(
            "政府采购服务预算多少 / 比货物多多少 / 是工程的几倍", "2.52212", id="what was set against another"
        ),
        pytest.param("政府采购工程预算多少 / 比货物多多少 / 货物占总额百分比", "0.39366", id="its own whole"),
        pytest.param("总支出多少 / 哪个项目花得最多 / 占总数的百分之几", "47.997682", id="the total told before"),
        pytest.param("一般公共预算当年拨款多少 / 政府性基金呢", "210500000", id="this year's as well"),
        pytest.param("今年安排的项目里钱最少的是哪个 / 第二少的呢 / 第三呢", "100000", id="the next place"),
        pytest.param("今年安排的项目里钱最少的是哪个 / 第二少的呢 / 第三呢 / 这三个加起来", "135000", id="three told"),
        pytest.param("张春翔经办几个项目 / 最大的是哪个 / 其他三个合计", "13030000", id="the sum of the others"),
        pytest.param("表6邮电费那行印的是多少 / 能直接用吗 / 那邮电费实际是多少元", "66000", id="a row out of line"),
        pytest.param("表1城乡社区支出多少 / 表5呢，写的多少", "718030000", id="the row in another table"),
        pytest.param("园区保密专项经费实施期总额多少 / 年度数？", "5000", id="one year of several"),
        pytest.param("城乡社区支出总共多少，含结转 / 里头结转的有多少", "20000000", id="a part of all the money"),
        pytest.param("一般公共预算当年拨款多少 / 其中城乡社区支出占比", "73.4432", id="the row's money of that fund"),
        pytest.param("每个泵站管理费封顶多少 / 四个加起来", "2420000", id="as many as there are"),
        pytest.param("其他运转类项目有几个 / 涉及多少钱", "13323200", id="the money beside a number"),
    ],
)
def test_a_later_turn_takes_what_it_leaves_out_from_before(
    sample_assistant: Assistant, dialogue: str, number: str
) -> None:
    answer = last(sample_assistant, dialogue)
    assert answer.value is not None
    assert answer.value.number.startswith(number)


@pytest.mark.parametrize(
    ("dialogue", "labels"),
    [
        pytest.param("内设机构有几个 / 具体是哪些", 9, id="the list that was counted"),
        pytest.param("他们单位有几辆公车 / 具体都是些啥车", 3, id="the kinds that a number is made of"),
        pytest.param("桥梁检测数量是几座 / 具体是哪两座", 2, id="the names in the project's sheet"),
        pytest.param("园区党建经费经办人是谁 / 他还经办哪些项目", 1, id="without the one spoken of"),
        pytest.param("2120399今年本年预算多少 / 含结转呢 / 差的那部分是哪个项目", 1, id="what the difference is for"),
    ],
)
def test_which_they_are(sample_assistant: Assistant, dialogue: str, labels: int) -> None:
    assert len(last(sample_assistant, dialogue).items) == labels


@pytest.mark.parametrize(
    ("dialogue", "text"),
    [
        pytest.param("园区党建经费经办人是谁 / 哪天填报的", "2023-01-16", id="a field of the project"),
        pytest.param("2120802今年多少 / 是什么科目", "土地开发支出", id="the name of a code"),
        pytest.param("2120802今年多少 / 对应哪个项目", "风险评估及测绘服务经费", id="the project of a code"),
        pytest.param("专项债资金项目多少钱 / 列在哪个科目编码", "2290402", id="the code of a project"),
        pytest.param("一般公共预算比上年减少多少 / 降幅复核下来对不对", "37.45", id="a change worked out anew"),
    ],
)
def test_what_is_told_of_it(sample_assistant: Assistant, dialogue: str, text: str) -> None:
    assert text in last(sample_assistant, dialogue).text


def test_nothing_is_added_up_where_nothing_was_told(sample_assistant: Assistant) -> None:
    assert last(sample_assistant, "炼科能兑现哪两笔，各多少 / 合计？").status is AnswerStatus.NOT_FOUND
