"""The sample document through the real path: a golden question or more of each kind, with figures from the document.

Every answer passes the gate: each number of its text stands in a citation or in a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant
from assistant.checking.gate import check_answer


def ask(assistant: Assistant, *turns: str) -> Answer:
    """The last turn's answer; every turn's answer is held against the gate."""
    conversation = assistant.conversation()
    answers = [conversation.ask(turn) for turn in turns]
    for answer in answers:
        assert check_answer(answer, assistant.catalog()) == (), answer.text
    return answers[-1]


@dataclass(frozen=True)
class Golden:
    """`number` in the canonical unit; `tolerance` for shares, which are exact to 28 digits in the answer."""

    kind: str
    question: str
    number: str
    unit: str = "元"
    tolerance: str = "0"


NUMBERS = [
    Golden("lookup", "公务接待费多少钱", "16500"),
    Golden("lookup by code", "2120801", "210000000"),
    Golden("lookup by part of a name", "党建花多少", "100000"),
    Golden("lookup in plain words", "扫大街一年花多少钱", "50000000"),
    Golden("lookup with a typo", "泵占运行管理多少钱", "4000000"),
    Golden("lookup with another typo", "抢现车一年多少钱", "30000"),
    Golden("a subject", "城乡社区支出多少", "948530000"),
    Golden("the total, carry-over included", "总支出是多少", "1295895900"),
    Golden("unit", "总支出是多少亿元", "1295895900"),
    Golden("sum", "三年期的项目实施期加起来多少", "3522798600"),
    Golden("average", "平均每个项目多少钱", "80957462.5"),
    Golden("median", "项目预算的中位数", "11609100"),
    Golden("count", "超过1000万的项目有几个", "8", "个"),
    Golden("how many cover", "累计到90%需要几个项目", "5", "个"),
    Golden("rank", "实施期总额最大的项目", "1866000000"),
    Golden("share", "公务用车购置及运行费占三公经费几成", "93.8086", "%", "0.0001"),
    Golden("difference", "征拆资金比泵站运行管理经费多多少", "196000000"),
    Golden("change", "一般公共预算比上年减少了多少", "585458600"),
    Golden("price times quantity", "按单价上限算，4个泵站的管理费加电费一共多少，超过400万的预算没有", "4030000"),
    Golden("an indicator", "检查一座桥最多花多少钱", "500000"),
    Golden("prose", "小店片区面积多少", "329.38", "万平米"),
    Golden("English", "how much for the monitoring centre", "25000000"),
]  # fmt: skip


@pytest.mark.parametrize("golden", NUMBERS, ids=lambda golden: golden.kind)
def test_numbers(golden: Golden, sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, golden.question)
    assert answer.value is not None, answer.text
    assert answer.value.unit in (golden.unit, f"{golden.unit}/座")
    assert abs(Decimal(answer.value.number) - Decimal(golden.number)) <= Decimal(golden.tolerance)
    assert answer.status is AnswerStatus.ANSWERED and answer.citations


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        pytest.param("金额最大的三个项目是哪些", ["市政基础设施配套", "政策兑现", "征拆资金"], id="rank"),
        pytest.param(
            "哪些项目是政府性基金出的",
            ["风险评估及测绘服务经费", "两县区补贴及社会事务协调费", "征拆资金", "专项债资金项目"],
            id="filter",
        ),
        pytest.param("抢险车运行的时效指标有哪些", ["车辆维修及时性", "防汛等应急事件处置", "保险缴纳及时性"], id="indicators"),
        pytest.param(
            "张春翔经办的项目有哪些",
            ["泵站运行管理经费", "抢险车运行", "市政设施维护费用", "园区道路环卫及企业应急抽排污"],
            id="a person's",
        ),
    ],
)  # fmt: skip
def test_lists(question: str, labels: list[str], sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, question)
    assert [item.label for item in answer.items] == labels
    assert len(answer.citations) >= len(labels)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        pytest.param("总支出和总收入一致吗", True, id="equal"),
        pytest.param("支出总计超过收入总计了吗", False, id="does not exceed"),
        pytest.param("征拆资金大于泵站运行管理经费吗", True, id="exceeds"),
    ],
)
def test_verdicts(question: str, verdict: bool, sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, question)
    assert answer.verdict is verdict and answer.steps


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("什么是上年结转", "以前年度", id="definition"),
        pytest.param("泵站运行管理经费的立项依据是什么", "泵站", id="a field"),
        pytest.param("征拆资金的经办人是谁", "经办人", id="a person"),
        pytest.param("为什么预算减少了", "其他城乡社区公共设施支出", id="why"),
    ],
)
def test_texts(question: str, told: str, sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, question)
    assert answer.status is AnswerStatus.ANSWERED and answer.citations
    assert told in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("2024年的总支出是多少", "没有2024年的数据", id="another year"),
        pytest.param("中标公司是哪家", "没有中标单位", id="what no budget holds"),
        pytest.param("人均支出多少", "无法计算人均", id="not computable"),
        pytest.param("泵站运行管理经费的负责人是谁", "空白", id="left blank"),
        pytest.param("社会保障和就业支出多少", "空白", id="a blank row"),
        pytest.param("社会福利支出多少", "没有找到", id="not in the document"),
        pytest.param("航空母舰花了多少钱", "没有找到", id="nonsense"),
        pytest.param("总支出折合多少美元", "没有汇率", id="currency"),
        pytest.param("实际执行了多少", "没有执行数", id="execution"),
    ],
)
def test_declining_has_its_reason_and_no_figure(question: str, told: str, sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, question)
    assert answer.status is AnswerStatus.NOT_FOUND and told in answer.text
    assert (answer.value, answer.verdict, answer.items) == (None, None, ())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("为什么三公经费增加了", "前提不符：“三公”经费比上年持平", id="direction"),
        pytest.param("为什么取消了办公设备购置", "前提不符：办公设备购置安排了 5,000元", id="what is there"),
        pytest.param("30个项目里最小的是哪个", "一共只有16个项目，不是30个", id="how many"),
    ],
)
def test_wrong_premises_are_set_right(question: str, told: str, sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, question)
    assert told in answer.text and answer.status is AnswerStatus.ANSWERED
    assert answer.citations or answer.steps


def test_a_repaired_cell_warns(sample_assistant: Assistant) -> None:
    """Table 6 is shifted by one row: 办公费 is printed as 57.15 and 印刷费 as 9.35."""
    answer = ask(sample_assistant, "办公费多少")
    assert answer.value is not None and answer.value.number == "93500"
    assert any("57.15" in warning and "错开一行" in warning for warning in answer.warnings)
    assert "⚠" in answer.text


def test_a_doubtful_cell_warns(sample_assistant: Assistant) -> None:
    doubtful = [s for s in sample_assistant.catalog().facts if s.fact.status.value != "ok"]
    answers = [
        ask(sample_assistant, question) for question in ("印刷费是多少", "有哪些成本指标", "征拆资金年度资金总额")
    ]
    used = {cited.fact_id for answer in answers if not answer.warnings for cited in answer.citations}
    assert doubtful and used.isdisjoint({stored.id for stored in doubtful})


def test_what_is_wrong_here(sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, "这份文件哪里对不上")
    assert any("错位" in item.label for item in answer.items) and len(answer.items) > 10
    assert answer.citations and answer.steps


def test_other_readings_are_named_and_cited(sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, "征拆资金多少钱")
    assert "另有口径" in answer.text and "60,000.00万元" in answer.text
    assert "600,000,000" in [cited.printed.replace(" ", "") for cited in answer.citations]


def test_a_greeting_names_what_is_loaded(sample_assistant: Assistant) -> None:
    answer = ask(sample_assistant, "你好")
    assert "2023年预算" in answer.text and answer.value is None


def test_examples_offered_are_answered(sample_assistant: Assistant) -> None:
    questions = sample_assistant.example_questions()
    assert len(questions) >= 5
    for question in questions:
        answer = ask(sample_assistant, question)
        assert answer.status is AnswerStatus.ANSWERED and answer.citations, question


def test_only_the_documents_chosen(sample_assistant: Assistant) -> None:
    name = sample_assistant.catalog().documents[0].name
    chosen = sample_assistant.conversation([name, "没有.txt"]).ask("总支出是多少")
    assert chosen.value is not None and {cited.document for cited in chosen.citations} == {name}


def test_answers_are_the_same_twice(sample_assistant: Assistant) -> None:
    one, other = (ask(sample_assistant, "总支出是多少").public() for _ in range(2))
    assert {**one, "elapsed_ms": 0} == {**other, "elapsed_ms": 0}


def test_a_field_named_alone_is_the_spoken_of_projects(sample_assistant: Assistant) -> None:
    talk = sample_assistant.conversation()
    assert "元" not in talk.ask("经办人呢").text.split("\n")[0]
    talk.ask("泵站运行管理经费今年多少钱")
    assert "张春翔" in talk.ask("经办人呢").text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        pytest.param("张春翔经办项目的2023年预算合计多少元", "63030000", id="the document's own year narrows nothing"),
        pytest.param("16张绩效表中项目期为3年的项目有几个", "11", id="a size said of the whole set"),
        pytest.param("表5城乡社区支出合计多少万元", "718030000", id="a row's total is the row"),
    ],
)
def test_sets_and_rows(sample_assistant: Assistant, question: str, number: str) -> None:
    answer = ask(sample_assistant, question)
    assert answer.value is not None and answer.value.number == number
    assert "前提不符" not in answer.text
