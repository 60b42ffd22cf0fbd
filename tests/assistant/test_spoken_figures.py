"""What later turns name only by what sets it apart among things spoken of: figures by size, turn or coordinates, sheets, sums."""

from __future__ import annotations

from functools import cache

import pytest

from assistant.answer import Answer
from assistant.question import read_question
from assistant.reader import Reader, Reply
from tests.assistant.made_up import Department, small_department


def _department() -> Department:
    made = small_department()
    made.indicator("路灯改造", "东区预计用水量", "≤300吨")
    made.indicator("路灯改造", "西区预计用水量", "≤200吨")
    made.indicator("路灯改造", "东区预计用电量", "≤500度")
    made.indicator("路灯改造", "西区预计用电量", "≤100度")
    sentence = "全县共12个站，其中北乡3个，南乡8站。"
    made.said("北乡", "3个", sentence, project="河道清淤")
    made.said("南乡", "8站", sentence, project="河道清淤")
    return made


@cache
def _reader() -> Reader:
    return Reader(_department().catalog())


def last(dialogue: str) -> Answer:
    """The answer to the last of several questions, written `A / B / C`."""
    reply: Reply | None = None
    for turn in dialogue.split(" / "):
        reply = _reader().reply(read_question(turn), reply.focus if reply is not None else None)
    assert reply is not None
    return reply.answer


@pytest.mark.parametrize(
    ("dialogue", "number"),
    [
        pytest.param("路灯改造多少钱 / 绿地养护呢 / 前面那个是后面的几倍", "0.5", id="by turn"),
        pytest.param("路灯改造多少钱 / 绿地养护呢 / 小的那个占大的那个的几成", "50", id="by size"),
        pytest.param("甲某经办哪些项目 / 其中最大的比其余的之和多多少", "2000000", id="the largest and the others"),
        pytest.param("甲某经办几个项目 / 最大的是哪个 / 其他的合计 / 这个占他名下总额的%", "25", id="all of the set"),
        pytest.param("河道清淤今年多少钱 / 实施期总额呢 / 年度预算占实施期总额的比例", "33.3", id="by coordinates"),
        pytest.param("甲某经办哪些项目 / 合计多少 / 实施期合计呢", "3000000", id="a sum of whole periods"),
        pytest.param("东区、西区预计用水量合计多少吨 / 用电呢，合计多少度", "600", id="counterparts added up"),
        pytest.param("东区、西区预计用水量合计多少吨 / 分几笔给", "2", id="addends"),
        pytest.param("河道清淤三年一共多少钱 / 光今年的", "1000000", id="this year of three"),
    ],
)
def test_a_figure_is_found_among_those_spoken_of(dialogue: str, number: str) -> None:
    answer = last(dialogue)
    assert answer.value is not None
    assert answer.value.number.startswith(number)


@pytest.mark.parametrize(
    ("dialogue", "text"),
    [
        pytest.param("河道清淤今年多少 / 绩效表是谁填的", "甲某", id="the sheet of the project spoken of"),
        pytest.param("河道清淤多少钱 / 路灯改造呢 / 这两个项目归谁经办", "乙某", id="a field of both"),
        pytest.param("河道清淤的经办人是谁 / 他还管别的项目吗，哪些", "档案数字化", id="what else one handles"),
    ],
)
def test_sheets_told_before(dialogue: str, text: str) -> None:
    assert text in last(dialogue).text


@pytest.mark.parametrize(
    ("dialogue", "verdict"),
    [
        pytest.param("河道清淤多少钱 / 路灯改造呢 / 经办是同一个人不", False, id="two handlers"),
        pytest.param("河道清淤多少钱 / 档案数字化呢 / 经办是同一个人不", True, id="one handler"),
    ],
)
def test_whether_a_field_is_the_same_in_both(dialogue: str, verdict: bool) -> None:
    assert last(dialogue).verdict is verdict


@pytest.mark.parametrize(
    "dialogue",
    [
        pytest.param("路灯改造多少钱 / 大的那个占小的那个的几成", id="one figure told"),
        pytest.param("路灯改造多少钱 / 这些站一年要多少钱", id="nothing counted"),
        pytest.param("东区预计用水量多少 / 分几笔给", id="no sum told"),
    ],
)
def test_nothing_is_taken_for_what_was_not_told(dialogue: str) -> None:
    assert last(dialogue).value is None
