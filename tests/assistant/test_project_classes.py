"""Which projects a class has, where a text tells only their number and their sum."""

from __future__ import annotations

import pytest

from assistant.computing.computing import Computer
from assistant.names.linking import Linker
from assistant.phrases.phrases import Phrases
from assistant.plan import Listing, Ranked
from assistant.question import read_question
from tests.assistant.made_up import Department, small_department

_SENTENCE = "其中：甲类项目2个，涉及金额300万元"


def _with_class(number: str, amount: str) -> Department:
    made = small_department()
    made.said("甲类项目", number, _SENTENCE)
    made.said("甲类项目", amount, _SENTENCE)
    return made


@pytest.mark.parametrize(
    ("number", "amount", "keys"),
    [
        ("2个", "300万元", {"河道清淤", "路灯改造"}),
        ("3个", "900万元", {"路灯改造", "档案数字化", "绿地养护"}),
        ("2个", "500万元", set()),  # 100 + 400, 200 + 300
        ("2个", "350万元", set()),
    ],
)
def test_a_class_is_told_by_the_one_choice_that_comes_to_its_amount(number: str, amount: str, keys: set[str]) -> None:
    classes = _with_class(number, amount).catalog().project_classes
    assert {key for each in classes.values() for key in each.keys} == keys


def test_its_members_are_listed_and_said_to_be_found_so() -> None:
    catalog = _with_class("2个", "300万元").catalog()
    phrases = Phrases(catalog, Linker(catalog))
    listed, largest = (
        phrases.set_question(read_question(t).text) for t in ("甲类2个项目是哪几个", "甲类项目里最大的是哪个")
    )
    assert isinstance(listed, Listing) and isinstance(largest, Ranked)
    result = Computer(catalog).compute(listed)
    assert [member.label for member in result.members] == ["河道清淤", "路灯改造"]
    assert result.notes and "300万元" in result.notes[0].replace(".00", "")
    assert [member.label for member in Computer(catalog).compute(largest).members] == ["路灯改造"]


def test_how_many_it_has_is_what_is_printed() -> None:
    catalog = _with_class("2个", "300万元").catalog()
    assert Phrases(catalog, Linker(catalog)).set_question("甲类项目有几个") is None
