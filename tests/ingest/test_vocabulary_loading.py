"""Vocabulary files: contradictions are refused with the file's name and the entry."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from ingest.numbers.units import UnitWords
from ingest.outline.titles import TableKinds
from ingest.outline.words import OutlineWords
from ingest.vocabulary_loading import VocabularyError, load_vocabulary, parse_vocabulary


class Words(BaseModel):
    words: list[str]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("words: [a]\nwords: [b]\n", "重复定义了“words”"),
        ("words: [a", "不是有效的 YAML"),
        ("words: 3\n", "words"),
        ("other: [a]\n", "words"),
    ],
    ids=["repeated key", "broken", "wrong type", "missing"],
)
def test_a_slip_is_told_in_words(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        parse_vocabulary(text, Words, "words")


def test_a_missing_file_is_told() -> None:
    with pytest.raises(VocabularyError, match=r"none\.yaml"):
        load_vocabulary("none", Words)


@pytest.mark.parametrize(("name", "model"), [("units", UnitWords), ("outline", OutlineWords), ("tables", TableKinds)])
def test_our_vocabulary_is_sound_and_read_once(name: str, model: type[BaseModel]) -> None:
    assert load_vocabulary(name, model) is load_vocabulary(name, model)


@pytest.mark.parametrize(
    ("change", "message"),
    [("discrete:\n  [个,", "discrete:\n  [元,"), ('"≤": ["≤",', '"≤": ["≥",')],
    ids=["a unit twice", "a word with two meanings"],
)
def test_contradictions_in_units_are_refused(change: str, message: str) -> None:
    text = (Path(__file__).parents[2] / "ingest/vocabulary/units.yaml").read_text(encoding="utf-8")
    assert change in text
    with pytest.raises(VocabularyError, match=r"出现了两次|两种含义"):
        parse_vocabulary(text.replace(change, message), UnitWords, "units")
