"""Words that name nothing, by their part of speech."""

from __future__ import annotations

import pytest

from assistant.names.light_words import pieces_of


def _telling(text: str) -> list[str]:
    return [word for word, light in pieces_of(text) if not light]


@pytest.mark.parametrize("text", ["大概", "那边", "究竟", "打算"])
def test_adverbs_pronouns_and_verbs_of_every_day_are_light(text: str) -> None:
    assert _telling(text) == []


@pytest.mark.parametrize("text", ["隧道", "老坟", "利率"])
def test_nouns_tell_something(text: str) -> None:
    assert "".join(_telling(text)) == text


def test_numbers_in_digits_are_never_light() -> None:
    assert "2120399" in _telling("那个2120399")
