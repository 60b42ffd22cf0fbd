"""English questions of several clauses: who told it, what stands in brackets, what is asked of the same behind it."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.english.clauses import asks_of_the_same
from assistant.question import read_question
from assistant.questions.parts import parts_of

_CHINESE = {
    "by how much": (
        "Which is higher, the printing cost or the postage, and by how much?",
        "印刷费和邮电费哪个更多,差多少",
    ),
    "a gap": ("Which costs more, postage or printing, and what is the gap?", "邮电费和印刷费哪个更多,差多少"),
    "a table in brackets": ("How many projects are there? (table 12)", "表12,项目有几个"),
    "money in brackets": ("What is project expenditure (current year)?", "本年预算,项目支出是多少"),
    "left out first": ("Excluding carry-over, what is total expenditure?", "不含上年结转的总支出是多少"),
    "left out last": ("What is the total expenditure, not counting money carried over?", "总支出是多少,不含上年结转"),
    "told by someone": ("Someone told me the training fee is 9,000 yuan. Is that right?", "培训费用是9000元,对不对"),
    "only told": ("I heard that the training fee is 9,000 yuan.", "培训费用是9000元,对不对"),
    "a bound": ("They say the canteen must feed at least 2,000 villagers. True?", "食堂feed至少2000个村民,对不对"),
    "a share as well": (
        "Does basic expenditure make up more than a third of total expenditure? Give the share.",
        "基本支出占总支出是否超过三分之一,占百分之几",
    ),
    "three quarters": (
        "Is basic expenditure over three quarters of total spending?",
        "基本支出占总支出是否超过四分之三",
    ),
    "half": ("What is half of the training fee?", "培训费用除以2是多少"),
    "two thirds": ("How much is two thirds of total income?", "总收入乘以2除以3是多少"),
    "spread": (
        "If the canteen budget were spread evenly over the year, how much would one quarter get?",
        "食堂预算平均每季度多少钱",
    ),
    "removed": ("If the canteen were left out, what would total expenditure be?", "总支出减去食堂是多少"),
    "a gloss": ("How much does Green Bamboo (翠竹) receive for acceptance?", "翠竹验收给多少钱"),
    "one word": ("Why?", "为什么"),
    "a part": ("And the general public budget part, in yuan?", "其中一般公共预算是多少"),
    "each year": ("What is that per year on average?", "平均每年多少"),
    "half of it": ("Half of that?", "它除以2是多少"),
    "number two": ("and number two?", "第2大的"),
    "times a year": ("How many times a year is the car's insurance paid?", "用车保险每年缴纳次数是多少"),
    "how much power": ("At most how much electricity may the canteen use?", "食堂用电量最多多少度"),
    "according to a table": ("How much is spent on printing according to table 6?", "表6的印刷费多少钱"),
    "set aside at all": ("Is there anything set aside for going abroad?", "有没有安排因公出国"),
    "a period claimed": (
        "Someone claims the canteen project runs for four years. Is that so?",
        "食堂项目的项目期是4年,对不对",
    ),
    "than before": ("Is that more than in 2022?", "它比2022年多"),
}


@pytest.mark.parametrize(("english", "chinese"), _CHINESE.values(), ids=_CHINESE.keys())
def test_clauses_are_put_in_chinese_by_themselves(english: str, chinese: str) -> None:
    assert read_question(english).text == chinese


@pytest.mark.parametrize("clause", ["and by how much?", "Is that correct?", "give the share"])
def test_what_asks_of_the_same(clause: str) -> None:
    assert asks_of_the_same(clause)
    assert not asks_of_the_same("and how wide is the road?")


def test_a_clause_of_the_same_is_no_question_of_its_own() -> None:
    assert len(parts_of(read_question("Which costs more, postage or printing, and by how much?"))) == 1
    assert len(parts_of(read_question("How long is the road, in km, and how wide is the red line?"))) == 2


def _asked(assistant: Assistant, *turns: str) -> Answer:
    conversation = assistant.conversation()
    return [conversation.ask(turn) for turn in turns][-1]


_NUMBERS = {
    "difference": (["Which costs more, postage or printing, and by how much?"], "22000"),
    "a list and its total": (["List the projects handled by Yun Liang and their total amount."], "762730000"),
    "half": (["What is half of the total budget?"], "647947950"),
    "half of it": (["What is the budget of the monitoring centre?", "Half of that?"], "12500000"),
    "a year": (
        ["What is the whole-period amount of the monitoring centre?", "What is that per year on average?"],
        "25000000",
    ),
    "part of a sum": (["What is the total of table 13?", "And the general public budget part?"], "20000000"),
    "share of a table": (
        ["What share of table 12 goes to land acquisition and demolition?"],
        "16.84083741400857905939544425",
    ),
    "at most": (
        [
            "What is the maximum power use of the pump stations?",
            "And the price cap per kWh?",
            "So what would it cost at most?",
        ],
        "1610000",
    ),
    "a rate": (["How much did the general public budget fall?", "In percent?"], "-37.45"),
    "times": (["How big is the procurement budget?", "So services are how many times works?"], "2.52212"),
}


@pytest.mark.parametrize(("turns", "number"), _NUMBERS.values(), ids=_NUMBERS.keys())
def test_numbers(sample_assistant: Assistant, turns: list[str], number: str) -> None:
    value = _asked(sample_assistant, *turns).value
    assert value is not None
    assert str(value.number) == number


def test_a_share_of_parts_asked_one_after_the_other_is_of_their_whole(sample_assistant: Assistant) -> None:
    turns = (
        "How much carry-over is there?",
        "How much of it is government fund?",
        "And the general public budget part?",
    )
    value = _asked(sample_assistant, *turns, "As a percentage?").value
    assert value is not None
    assert float(value.number) == pytest.approx(18.56, abs=0.01)


def test_hearsay_is_judged(sample_assistant: Assistant) -> None:
    told = "Someone told me the sanitation project must create jobs for at least 2,000 villagers. Is that right?"
    answer = _asked(sample_assistant, told)
    assert answer.verdict is False
    assert "1,123" in answer.text


def test_two_figures_that_as_many_words_tell_are_both_offered(sample_assistant: Assistant) -> None:
    answer = _asked(sample_assistant, "Roughly how many graves have to be moved under the land acquisition project?")
    assert answer.value is None
    assert all(number in answer.text for number in ("3,000", "2,500"))
