"""Questions made ready, and questions that are none: each is told in a sentence and none raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant
from assistant.checking.gate import check_answer
from assistant.plans.years import seen_from
from assistant.question import LONGEST, read_question
from ingest.errors import QuestionError


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("请问总支出是多少？", "总支出是多少", id="politeness and end mark"),
        pytest.param("  总 支出\u3000是多少 ", "总支出是多少", id="spaces"),
        pytest.param("“三公”经费多少", "三公经费多少", id="quotation marks"),
        pytest.param("总支出是多少\u200b\x00", "总支出是多少", id="control characters"),
        pytest.param("２１２０８０１是多少", "2120801是多少", id="full width"),
        pytest.param("总支出是多少!!!", "总支出是多少", id="many end marks"),
    ],
)
def test_normalised(raw: str, text: str) -> None:
    question = read_question(raw)
    assert (question.text, question.raw) == (text, raw)


@pytest.mark.parametrize(
    ("raw", "unit"),
    [("换算成亿元", "亿元"), ("总支出多少万元", ""), ("总支出是多少亿", "亿元"), ("以元为单位", "元"), ("总支出", "")],
)
def test_unit_wishes(raw: str, unit: str) -> None:
    assert read_question(raw).unit in (unit, unit or "万元")


@pytest.mark.parametrize(
    ("raw", "years"),
    [
        ("2023年总支出", (2023,)),
        ("2022年和2023年", (2022, 2023)),
        ("2000万的项目", ()),
        ("总支出", ()),
        ("2023", (2023,)),
    ],
)
def test_years(raw: str, years: tuple[int, ...]) -> None:
    assert read_question(raw).years == years


@pytest.mark.parametrize(
    ("raw", "english"),
    [("what is the total expenditure", True), ("总支出是多少", False), ("GDP是多少", False), ("OK", False)],
)
def test_language(raw: str, english: bool) -> None:
    assert read_question(raw).english is english


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        pytest.param("", "没有输入问题", id="empty"),
        pytest.param(" \n\t\u3000", "没有输入问题", id="blank"),
        pytest.param("\x00\x01\u200b", "没有输入问题", id="only control characters"),
        pytest.param("钱" * 10_000, "问题太长（10000 字）", id="10,000 characters"),
        pytest.param("钱" * (LONGEST + 1), "问题太长", id="one too many"),
    ],
)
def test_refused(raw: str, told: str, sample_assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match=told):
        read_question(raw)
    answer = sample_assistant.conversation().ask(raw)
    assert answer.status is AnswerStatus.NOT_FOUND and told in answer.text
    assert len(answer.question) <= 200


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("общие расходы?", id="Russian"),
        pytest.param("총지출은 얼마입니까", id="Korean"),
        pytest.param("支出の総額はいくらですか", id="Japanese"),
        pytest.param("كم إجمالي النفقات", id="Arabic"),
        pytest.param("quelle est la dépense totale", id="French"),
        pytest.param("💰💰💰", id="emoji"),
        pytest.param("。？！，", id="punctuation"),
        pytest.param("((((((((((", id="brackets"),
        pytest.param("'; DROP TABLE fact; --", id="SQL"),
        pytest.param("<script>alert(1)</script>", id="HTML"),
        pytest.param("{A}占{B}<share>[x]", id="our own notation"),
        pytest.param("a" * LONGEST, id="one long word"),
        pytest.param("和" * LONGEST, id="one character again and again"),
        pytest.param("总支出" * 160, id="a name again and again"),
        pytest.param("1" * LONGEST, id="digits"),
        pytest.param("占" * 200 + "多少" * 140, id="words of questions without names"),
    ],
)
def test_odd_questions_are_answered_in_words(raw: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(raw)
    assert answer.text
    assert check_answer(answer, sample_assistant.catalog()) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_answered(sample_assistant: Assistant, raw: str) -> None:
    answer = sample_assistant.conversation().ask(raw)
    assert answer.text and answer.public()["status"] in ("answered", "clarify", "not_found")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("收入比2025年少了多少", "收入比上年少了多少", id="against the year before"),
        pytest.param("收入比2025年预算数少了多少", "收入比上年少了多少", id="its budget"),
        pytest.param("收入比2024年少了多少", "收入比2024年少了多少", id="another year"),
    ],
)
def test_the_year_before_by_its_number(text: str, seen: str) -> None:
    assert seen_from(2026, read_question(text)).text == seen


def test_the_end_of_the_year_before_is_when_things_are_counted() -> None:
    assert seen_from(2026, read_question("2025年底有几辆车")).years == ()
    assert seen_from(2026, read_question("2025年有几辆车")).years == (2025,)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("换成亿元，保留两位小数", 2, id="said"),
        pytest.param("to 3 decimal places, please", 3, id="in English"),
        pytest.param("换成亿元", None, id="not said"),
    ],
)
def test_wished_decimal_places(text: str, places: int | None) -> None:
    assert read_question(f"支出总计多少，{text}").places == places


def test_three_public_expenses_in_quotes_measure_no_way() -> None:
    assert read_question("“三公”里接待费多少").text.startswith("三公经费里")
