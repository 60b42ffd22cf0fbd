"""Words that sound or look like a piece of a name are mended; right words and others are left alone."""

from __future__ import annotations

import pytest

from assistant.names.spelling import Speller, sounds

SPELLER = Speller(["泵站运行管理", "抢险车运行", "路灯改造", "档案数字化", "河道清淤", "新建城中村", "成人教育"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("泵占", "泵站", id="same sound, another character"),
        pytest.param("抢现车", "抢险车", id="same sound in three characters"),
        pytest.param("路登改造", "路灯改造", id="first tone instead of another"),
        pytest.param("当案数字化", "档案数字化", id="front"),
        pytest.param("河道清泥", "河道清泥", id="another sound"),
        pytest.param("河道情淤", "河道清淤", id="in the middle"),
        pytest.param("泵站", "泵站", id="right already"),
        pytest.param("食堂", "食堂", id="nothing alike"),
        pytest.param("建成", "建成", id="a word of the dictionary"),
        pytest.param("pump", "pump", id="ASCII"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_correct(typed: str, meant: str) -> None:
    assert SPELLER.correct(typed) == meant


def test_two_candidates_are_none() -> None:
    assert Speller(["常治", "昌治"]).correct("场治") == "场治"


@pytest.mark.parametrize(
    ("one", "other"),
    [("站", "占"), ("市", "四"), ("诊", "怎"), ("兵", "宾"), ("慈", "迟"), ("泵", "奔")],
    ids=lambda word: word,
)
def test_sounds_that_are_confused_are_equal(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(("one", "other"), [("水", "火"), ("天", "地"), ("路", "灯")], ids=lambda word: word)
def test_other_sounds_are_not(one: str, other: str) -> None:
    assert sounds(one) != sounds(other)
