"""Cues: every pattern compiles, every cue the code asks for exists, and none is left that no code asks for."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from assistant import cues
from assistant.cues import cue, says, whole
from ingest.vocabulary_loading import VocabularyError, parse_vocabulary

PACKAGE = Path(cues.__file__).parent
WRITTEN = PACKAGE / "vocabulary/cues.yaml"
NAMES = set(yaml.safe_load(WRITTEN.read_text(encoding="utf-8")))


def cues_asked_for(module: Path) -> set[str]:
    """The names in calls of `cue("…")`, `says(text, "…")`, `whole(text, "…")` and `without(text, "…")`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("cue", "says", "whole", "without")
        ):
            named = node.args if node.func.id == "cue" else node.args[1:]
            found |= {each.value for each in named if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    return found


def test_the_code_asks_for_every_cue_and_no_other() -> None:
    assert set().union(*map(cues_asked_for, PACKAGE.rglob("*.py"))) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_empty_text_tells_nothing(name: str) -> None:
    assert cue(name).search("") is None


def test_a_broken_pattern_is_told_with_its_cue() -> None:
    with pytest.raises(VocabularyError, match=re.escape("estimate")):
        parse_vocabulary("estimate: ['(单价']", cues._Cues, "cues")


def test_the_cue_that_says_it_all() -> None:
    found = whole("合计", "carried_over", "any_total")
    assert found is not None and found[0] == "合计"
    assert whole("合计数额", "any_total") is None


def test_any_of_several_cues() -> None:
    assert says("上年收入", "carried_over", "income")
    assert not says("上年收入", "carried_over", "expenditure")
