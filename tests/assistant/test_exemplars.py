"""Kinds of question by example; a new phrasing is taught by a line."""

from __future__ import annotations

import re

import pytest

from assistant.assistant import Assistant
from assistant.exemplars import match_exemplars
from assistant.names.linking import Linker
from assistant.plan import Plan, Ratio
from assistant.planning import Planner
from assistant.question import read_question
from assistant.words import Exemplars, exemplars
from tests.assistant.made_up import small_department

NEW_LINE = "花在{B}上的每一百块里{A}拿走几块"
NEW_QUESTION = "花在项目支出上的每一百块里绿地养护拿走几块"


@pytest.mark.parametrize(
    ("text", "kind", "slots"),
    [
        pytest.param("绿地养护占项目支出几成", "share", {"A": "绿地养护", "B": "项目支出"}, id="share"),
        pytest.param("绿地养护是河道清淤的几倍", "multiple", {"A": "绿地养护", "B": "河道清淤"}, id="multiple"),
        pytest.param("绿地养护比河道清淤多多少", "difference", {"A": "绿地养护", "B": "河道清淤"}, id="difference"),
        pytest.param("总支出比上年减少了多少", "change", {"A": "总支出"}, id="change"),
        pytest.param("上年的总支出是多少", "last_year", {"A": "总支出"}, id="last year"),
        pytest.param("总支出超过了总收入吗", "check_exceed", {"A": "总支出", "B": "总收入"}, id="exceed"),
        pytest.param("什么是上年结转", "define", {"P": "上年结转"}, id="definition"),
        pytest.param("绿地养护归谁管", "who", {"P": "绿地养护"}, id="who"),
    ],
)
def test_the_best_example(text: str, kind: str, slots: dict[str, str]) -> None:
    assert slots in [match.slots for match in match_exemplars(text) if match.kind == kind]


def test_examples_that_cover_more_come_first() -> None:
    matches = match_exemplars("绿地养护比上年增加了多少")
    assert matches[0].kind == "change"


def instance(line: str, vocabulary: Exemplars) -> str:
    """A question made of an example: slots filled, each class by a word of it, what may be missing left out."""
    text = re.sub(r"\{[A-Z]\}", "甲乙丙", re.sub(r"\[[^\[\]]*\]", "", line))
    return re.sub(r"<(\w+)>", lambda found: plain_word(vocabulary.classes[found[1]]), text)


def plain_word(patterns: tuple[str, ...]) -> str:
    """The first word of a class that is no pattern, else what its first pattern may stand for."""
    plain = (word for word in patterns if re.fullmatch(r"[\w一-鿿]+", word))
    return next(plain, None) or SPELT[patterns[0]]


SPELT = {
    exemplars().classes["bigger"][0]: "更大",
    exemplars().classes["smaller"][0]: "更小",
    exemplars().classes["howmuch"][0]: "多少",
    exemplars().classes["share"][0]: "几成",
    exemplars().classes["more"][0]: "多",
    exemplars().classes["larger"][0]: "更多",
    exemplars().classes["count"][0]: "有几个",
    exemplars().classes["projects"][0]: "哪些项目",
    exemplars().classes["whatis"][0]: "什么是",
    exemplars().classes["wrong_place"][0]: "的地方",
}


@pytest.mark.parametrize("kind", sorted(exemplars().kinds))
def test_every_example_matches_what_it_is_an_example_of(kind: str) -> None:
    vocabulary = exemplars()
    for line in vocabulary.kinds[kind]:
        question = instance(line, vocabulary)
        assert any(match.kind == kind for match in match_exemplars(question)), question


def test_words_that_carry_nothing_may_stand_anywhere() -> None:
    match = match_exemplars("绿地养护,到底占了项目支出的几成呢")[0]
    assert (match.kind, match.slots) == ("share", {"A": "绿地养护", "B": "项目支出"})


def test_no_fixed_word_cuts_a_printed_name() -> None:
    text = "增减挂钩指标多少"
    assert "rest" in {match.kind for match in match_exemplars(text)}
    assert "rest" not in {match.kind for match in match_exemplars(text, names=((0, 6),))}


def planned(question: str, examples: Exemplars) -> Plan | None:
    catalog = small_department().catalog()
    return Planner(catalog, Linker(catalog), examples).try_plan(read_question(question))


def test_a_new_phrasing_is_taught_by_a_line() -> None:
    known = exemplars()
    taught = known.model_copy(update={"kinds": {**known.kinds, "share": (*known.kinds["share"], NEW_LINE)}})
    assert not isinstance(planned(NEW_QUESTION, known), Ratio)
    plan = planned(NEW_QUESTION, taught)
    assert isinstance(plan, Ratio) and plan.unit == "%"


def test_other_examples_do_not_change_the_built_in_ones(sample_assistant: Assistant) -> None:
    taught = Exemplars(classes={}, kinds={"share": (NEW_LINE,)})
    assert [match.example for match in match_exemplars(NEW_QUESTION, taught)] == [NEW_LINE]
    assert NEW_LINE not in {match.example for match in match_exemplars(NEW_QUESTION)}
