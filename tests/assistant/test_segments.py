"""A phrase cut into words that can name something and words that cannot."""

from __future__ import annotations

import pytest

from assistant.names.segments import WordKind, content_of, segment

PIECES = {"泵站", "泵站运行", "运行", "管理", "档案", "档案预", "环卫", "档案数字化"}


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        pytest.param("泵站运行多少钱", ["泵站运行 name", "多少钱 filler"], id="the longest piece"),
        pytest.param("请问 泵站", ["请问 filler", "泵站 name"], id="politeness, spaces"),
        pytest.param("扫大街多少钱", ["扫大街 plain", "多少钱 filler"], id="colloquial"),
        pytest.param("魑魅魍魉的泵站", ["魑魅魍魉 unknown", "的 filler", "泵站 name"], id="unknown before"),
        pytest.param("泵站魑", ["泵站 name", "魑 unknown"], id="unknown after"),
        pytest.param("档案预算", ["档案 name", "预算 filler"], id="the cut that leaves the least unknown"),
        pytest.param("", [], id="nothing"),
        pytest.param("“档案·数字化”", ["档案数字化 name"], id="punctuation"),
    ],
)
def test_segment(phrase: str, words: list[str]) -> None:
    assert [f"{word.text} {word.kind}" for word in segment(phrase, PIECES)] == words


def test_a_colloquial_word_stands_for_others() -> None:
    (word,) = segment("扫大街", PIECES)
    assert word.readings[0] == "扫大街" and "环卫" in word.readings


def test_content() -> None:
    kinds = {word.kind for word in content_of(segment("请问魑魅的泵站一共多少钱", PIECES))}
    assert kinds == {WordKind.UNKNOWN, WordKind.NAME}


@pytest.mark.parametrize("phrase", ["泵站运行多少钱", "魑魅魍魉的泵站", "档案预算一共多少", "请问扫大街"])
def test_nothing_is_lost(phrase: str) -> None:
    assert "".join(word.text for word in segment(phrase, PIECES)) == phrase
