"""Numbers that a question states to have them confirmed: what the question without them comes to is held against them."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.question import read_question
from assistant.stated_numbers import stated_number
from ingest.quantities import YUAN, Quantity


@pytest.mark.parametrize(
    ("asked", "blank", "number", "unit", "relation"),
    [
        pytest.param("咱们管着5座泵站对吧", "咱们管着多少座泵站", 5, "座", "=", id="a count"),
        pytest.param(
            "保洁一年要300万，这也太贵了吧？", "保洁一年要多少元", 3000000, YUAN, "=", id="an opinion after it"
        ),
        pytest.param(
            "办公费占基本支出超过三成，是吗？", "办公费占基本支出百分之多少", 30, "%", ">", id="a bound of a share"
        ),
    ],
)
def test_the_number_is_asked_for(asked: str, blank: str, number: int, unit: str, relation: str) -> None:
    stated = stated_number(read_question(asked))
    assert stated is not None
    assert (stated.question.text, stated.quantity.number, stated.quantity.unit, stated.relation) == (
        blank, number, unit, relation,
    )  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("管着5座泵站，一共多少钱", id="asks for another number"),
        pytest.param("从5座加到8座，对吗", id="two numbers"),
        pytest.param("项目期是3年吗", id="years are told by the sheet"),
        pytest.param("项目支出129万全是新安排的，是吧", id="what all of it is"),
        pytest.param("管着5座泵站", id="nothing is asked"),
    ],
)
def test_other_questions_state_no_number(asked: str) -> None:
    assert stated_number(read_question(asked)) is None


@pytest.mark.parametrize(
    ("asked", "verdict", "told"),
    [
        pytest.param("咱们管着5座泵站对吧", False, "4个", id="座 and 个 count alike"),
        pytest.param("监控中心三年总共要投7500万，是吗？", True, "7,500", id="of the whole period"),
        pytest.param("抢险车一年养护要300万，这也太贵了吧？", False, "3.00万元", id="far off"),
    ],
)
def test_the_verdict(asked: str, verdict: bool, told: str, sample_assistant: Assistant) -> None:
    answer = sample_assistant.conversation().ask(asked)
    assert answer.verdict is verdict, answer.text
    assert told in answer.text


def test_the_quantity_has_no_relation_left() -> None:
    stated = stated_number(read_question("抽水约5万吨，对吗"))
    assert stated is not None
    assert stated.relation == "≈"
    assert stated.quantity == Quantity(
        stated.quantity.number, stated.quantity.unit, precision=stated.quantity.precision
    )
