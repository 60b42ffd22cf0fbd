"""What English questions ask for and name, whatever their order of words."""

import pytest

from assistant.answer import AnswerStatus
from assistant.assistant import Assistant
from assistant.english.frame import frame_of
from assistant.questions.value_kinds import Value


@pytest.mark.parametrize(
    ("question", "value", "limit", "names"),
    [
        pytest.param(
            "within how many days is the investment plan passed on",
            Value.COUNT,
            "",
            {"投资", "计划", "转发"},
            id="a unit",
        ),
        pytest.param("the width of the red line, in metres", Value.COUNT, "", {"宽度"}, id="a unit at the end"),
        pytest.param("Per-ton ceiling for sewage pumping", Value.PRICE, "≤", {"抽排污"}, id="money for one"),
        pytest.param("at least how many reports are due?", Value.COUNT, "≥", {"报告"}, id="at least"),
        pytest.param("minimum attendance of trainees?", Value.OPEN, "≥", {"出勤率", "参训人员"}, id="a limit alone"),
        pytest.param("when does the heating season begin and end?", Value.WHEN, "", {"供暖时间"}, id="a time"),
        pytest.param("how often is the fee paid", Value.OFTEN, "", {"费用"}, id="how often"),
        pytest.param("which bridges are tested", Value.OPEN, "", {"哪几座桥", "检测"}, id="no kind"),
    ],
)
def test_kind_limit_and_names(question: str, value: Value, limit: str, names: set[str]) -> None:
    frame = frame_of(question)
    assert (frame.kind.value, frame.bound) == (value, limit)
    assert names <= set(frame.names)


def test_how_many_without_a_unit_counts_things_and_measures_nothing() -> None:
    units = frame_of("how many modules").kind.units
    assert {"个", "台"} <= units
    assert units.isdisjoint({"天", "吨", "平方米", "小时"})


@pytest.mark.parametrize(
    "question",
    [
        "how many times the other",
        "cap on A minus cap on B",
        "is the limit larger than the budget",
        "if the fee is at most 5",
    ],
)
def test_several_figures_are_no_single_one(question: str) -> None:
    assert frame_of(question).compares or not frame_of(question).measured


@pytest.mark.parametrize(
    ("question", "number"),
    [
        pytest.param("At least how many office devices are to be purchased?", 35, id="names in any order"),
        pytest.param("Insurance cost cap for the rescue truck", 8000, id="the one with that limit"),
        pytest.param("Electricity of both command posts (Qingxu + Xiaodian), in kWh?", 460000, id="two together"),
        pytest.param("how many trees are planted along the river?", None, id="nothing of that name"),
        pytest.param("How many kilometres of road were built in 2019?", None, id="another year"),
        pytest.param("How many days off do staff get?", None, id="people are no days"),
    ],
)
def test_names_lead_to_a_figure_of_the_kind(sample_assistant: Assistant, question: str, number: int | None) -> None:
    answer = sample_assistant.conversation().ask(question)
    assert (answer.status is AnswerStatus.NOT_FOUND) == (number is None)
    assert number is None or (answer.value is not None and answer.value.number == str(number))
