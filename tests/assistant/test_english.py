"""Questions in English: put into Chinese order by example, answered in English with the source's own names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant
from assistant.english.answers import in_english
from assistant.english.sentences import is_english, normalise, to_chinese, wished_unit
from assistant.question import read_question
from assistant.words import EnglishExemplars, Rewriting


def _asked(assistant: Assistant, *turns: str) -> Answer:
    conversation = assistant.conversation()
    return [conversation.ask(turn) for turn in turns][-1]


# ── sentences ──────────────────────────────────────────────────────────────────────────────────────────────────

_SENTENCES = {
    "share": ("What share of total expenditure is project expenditure?", "项目支出占总支出的百分之几"),
    "share_turned": ("What is basic expenditure as a percentage of the total budget?", "基本支出占总支出的百分之几"),
    "multiple": ("How many times larger is total income than basic expenditure?", "总收入是基本支出的几倍"),
    "difference": (
        "How much more does the procurement of services cost than works?",
        "政府采购服务比政府采购工程多多少",
    ),
    "between": ("What is the difference between income and expenditure?", "收入和支出相差多少"),
    "which": ("Which is larger, training expenses or meeting expenses?", "培训费和会议费哪个更多"),
    "exceeds": ("Is basic expenditure more than 10 million yuan?", "基本支出是否超过1000万元"),
    "below": ("Is the total budget below 2 billion yuan?", "总支出是否低于20亿元"),
    "agrees": ("Does total income agree with total expenditure?", "总收入和总支出是否一致"),
    "sum": ("What do printing and postage add up to?", "印刷费和邮电费合计多少"),
    "average": ("What is the average budget of all projects?", "项目平均每个多少"),
    "land": (
        "How much revenue from the transfer of state-owned land use rights is budgeted?",
        "国有土地使用权出让收入多少钱",
    ),
    "belongs": (
        "Of the money carried over from last year, how much belongs to the general public budget?",
        "上年结转里一般公共预算多少钱",
    ),
    "at_the_cap": (
        "If both bridges are inspected at the maximum unit price, what would the bridge inspections cost?",
        "桥梁检测按单价上限一共多少钱",
    ),
    "per_vehicle": ("What is the running-cost budget per vehicle, on average?", "公务用车运行维护费平均每辆多少钱"),
    "count": ("How many projects have a budget below 100,000 yuan?", "低于100000元的项目有几个"),
    "counted_things": ("How many official vehicles are there?", "公务用车有多少辆"),
    "second": ("Which is the second largest project this year?", "第2大的项目是哪个"),
    "top": ("What are the three largest projects?", "项目金额最大的3个有哪些"),
    "threshold": ("list all projects above 10 million yuan", "超过1000万元的项目有哪些"),
    "this_year": ("list this year's projects above 10 million yuan", "本年安排的超过1000万元的项目有哪些"),
    "funded": ("Which projects are funded by government-managed funds?", "政府性基金安排的项目有哪些"),
    "fell": ("By how much did the total budget fall compared with last year?", "总支出比上年减少了多少"),
    "rate": ("By what percentage did total income increase?", "总收入比上年增加了百分之几"),
    "last_year": ("What was last year's total expenditure?", "上年总支出是多少"),
    "why": ("Why did the three public expenses fall?", "三公经费为什么减少了"),
    "handler": ("Who handles the Party building project?", "党建项目的经办人是谁"),
    "field": ("What is the legal basis for the Party building project?", "党建项目的立项依据是什么"),
    "term": ('What does "carried over from last year" mean?', "什么是上年结转"),
    "chinese_term": ("What does 单位资金 mean in this document?", "什么是单位资金"),
    "wrong": ("Are there any errors in the document?", "这份文件有哪些对不上的地方"),
    "wrong_in_table": ("What is wrong with table 6?", "表6有哪些对不上的地方"),
    "code": ("How much is subject 2120801?", "科目2120801是多少"),
    "year": ("What was the total budget in 2022?", "2022年总支出是多少"),
    "not_there": ("What was the audited outturn for 2022?", "2022年决算是多少"),
    "next": ("and the second largest?", "第2大的"),
    "two": ("What is the difference between the two?", "两者差多少"),
    "of_it": ("how much of it is basic expenditure", "其中基本支出是多少"),
    "confirmed": ("The Party building fund is 100,000 yuan, right?", "党建是100000元,对不对"),
    "confirmed_count": ("There are 12 official cars, isn't that so?", "公务用车有12辆,对不对"),
    "length": ("How long is the road, in kilometres?", "道路有多长"),
    "year_as_last": ("Did training expenses change from 2022?", "培训费比2022年有变化"),
    "share_behind": ("Three public expenses: what percentage is official reception?", "公务接待费占三公经费的百分之几"),
    "glossed": ("How much is the interest subsidy for CETC (中电科)?", "中电科贴息是多少"),
    "targets": ("How many projects come with performance targets?", "实行绩效目标管理的项目有几个"),
    "unit_only": ("in ten thousand yuan", "换算成万元"),
    "dollars": ("How much is that in US dollars?", "换算成美元是多少"),
}


@pytest.mark.parametrize(("english", "chinese"), _SENTENCES.values(), ids=_SENTENCES.keys())
def test_a_question_is_put_in_chinese_order(english: str, chinese: str) -> None:
    assert read_question(english).text == chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("10 million yuan", "1000万元"),
        ("RMB 5,000", "5000元"),
        ("2.3 million kWh", "230万度"),
        ("1.5 billion yuan", "15亿元"),
        ("300,000 yuan", "300000元"),
        ("95 percent", "95%"),
    ],
)
def test_figures_are_written_as_chinese_prints_them(english: str, chinese: str) -> None:
    assert normalise(english) == chinese


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("total revenue in million yuan", "百万元"),
        ("How much is it in 10,000 yuan?", "万元"),
        ("total budget (in hundred million yuan)", "亿元"),
        ("total budget in yuan", "元"),
        ("Which projects cost more than 10 million yuan?", ""),
    ],
)
def test_the_wished_unit(question: str, unit: str) -> None:
    assert wished_unit(question) == unit


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("What does 一般公共预算财政拨款支出预算表 show?", True),
        ("total expenditure", True),
        ("GDP是多少", False),
        ("总支出是多少", False),
    ],
)
def test_which_language(text: str, english: bool) -> None:
    assert is_english(text) is english


def test_what_is_unknown_stays_and_is_not_dropped() -> None:
    assert to_chinese(normalise("How much is the submarine programme?")) == "submarine项目是多少"


def _exemplars(sentence: Rewriting) -> EnglishExemplars:
    return EnglishExemplars(classes={}, reports=(), asides=(), behind=(), sentences=(sentence,), phrases=())


def test_an_example_needs_the_slots_of_its_chinese() -> None:
    with pytest.raises(ValidationError, match="没有中文"):
        Rewriting(zh="{A}占{B}", en=("what share is {A}",))
    with pytest.raises(ValidationError, match="没有定义的词类 <times>"):
        _exemplars(Rewriting(zh="{A}", en=("<times> {A}",)))


# ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────

_FIGURES = {
    "total": (["How big is the total expenditure budget for 2023?"], "1295895900", "元"),
    "count": (["How many projects have a budget below 100,000 yuan this year?"], "2", "个"),
    "second": (["Which is the second largest project this year?"], "245736200", "元"),
    "difference": (["How much more does the procurement of services cost than works?"], "38053000", "元"),
    "fell": (["By what percentage did the general public budget fall compared with last year?"], "-37.45", "%"),
    "code": (["What is the budget for land acquisition and demolition compensation, code 2120801?"], "210000000", "元"),
    "vehicles": (["How many of the official cars are law-enforcement vehicles?"], "7", "辆"),
    "unit": (["total revenue budget in million yuan"], "1295895900", "元"),
    "indicators": (
        ["What is the combined maximum of the three cost indicators for the emergency vehicle?"],
        "40000",
        "元",
    ),
    "dialogue": (
        ["How much is the monitoring centre?", "and the pump stations?", "What is the difference between the two?"],
        "21000000",
        "元",
    ),
    "shown": (["What are the top three projects?", "how much is that in total"], "1067736200", "元"),
}


@pytest.mark.parametrize(("turns", "number", "unit"), _FIGURES.values(), ids=_FIGURES.keys())
def test_figures(sample_assistant: Assistant, turns: list[str], number: str, unit: str) -> None:
    answer = _asked(sample_assistant, *turns)
    assert answer.value is not None, answer.text
    assert (Decimal(answer.value.number), answer.value.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is the pump station budget bigger than the municipal maintenance budget?", False),
        ("Does total income equal total expenditure?", True),
        ("Do the three public expenses exceed 300,000 yuan?", False),
        ("The Party-building fund is 100,000 yuan a year, right?", True),
        ("The center has 12 official vehicles, correct?", False),
        ("The center will buy two new official cars this year, right?", False),
        ("The monitoring centre costs more than the pump stations, right?", True),
        ("Did the official reception budget go up compared with 2022?", False),
        ("Did the total budget fall?", True),
    ],
)
def test_yes_or_no(sample_assistant: Assistant, question: str, verdict: bool) -> None:
    assert _asked(sample_assistant, question).verdict is verdict


def test_names_spelt_in_pinyin(sample_assistant: Assistant) -> None:
    answer = _asked(sample_assistant, "Which projects does Qin Yongqiu handle?")
    assert {item.label for item in answer.items} == {"园区保密专项经费", "园区党建经费"}


@pytest.mark.parametrize(
    "question",
    [
        "How much is the submarine programme?",
        "Which company won the street cleaning contract?",
        "How many employees does the department have?",
        "How much of the budget has actually been spent?",
        "What is the budget for 2031?",
    ],
)
def test_declined_in_english(sample_assistant: Assistant, question: str) -> None:
    answer = _asked(sample_assistant, question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.value is None
    assert answer.text.startswith("**Cannot be answered**: ")


def test_an_answer_in_english_names_the_source_in_chinese(sample_assistant: Assistant) -> None:
    text = _asked(sample_assistant, "What is total expenditure?").text
    assert text.startswith("**1,295.8959 million yuan (1,295,895,900 yuan, 129,589.59万元)**")
    assert "total expenditure (支出总计) · 2023 budget · including carry-over" in text


def test_the_wished_unit_leads(sample_assistant: Assistant) -> None:
    text = _asked(sample_assistant, "What is total expenditure?", "in ten thousand yuan").text
    assert text.startswith("**129,589.59万元 (129,589.59 ten thousand yuan, 1,295,895,900 yuan)**")


def test_quotations_stay_as_printed() -> None:
    quoted = "> 本年预算57.65万元（576,500元），比上年减少。"
    assert in_english(quoted) == quoted
    assert in_english("依据：表1第3行印作 57.65") == "Source: 表1, line 3: printed 57.65"
    basis = "1.通知（2019）48号； 2.保障（A）。"
    assert in_english(f"basis：{basis}", printed=[basis]) == f"basis: {basis}"


def test_a_greeting_in_english(sample_assistant: Assistant) -> None:
    assert "Mingzhang" in _asked(sample_assistant, "Hello! What can you do?").text
