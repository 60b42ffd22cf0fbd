"""A part that is switched off is off, is on again afterwards, and what it was worth is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eval.ablation import Part, ablation_of, without
from eval.cases import load_cases
from eval.running import run_cases

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.assistant import Assistant

CASES = """
- {id: typo, question: 泵占管理今年多少钱, number: 400 万元}
- {id: part, question: 泵站管理一年多少钱, number: 400 万元}
- {id: share, question: 征拆资金占总支出多少, number: 15.43 %}
- {id: total, question: 总支出是多少, number: 129589.59 万元}
"""
WORTH = {Part.DENSE: set(), Part.LEXICAL: {"typo", "part"}, Part.EXEMPLARS: {"share"}, Part.TYPOS: {"typo"}}


@pytest.mark.parametrize("part", Part)
def test_what_a_part_is_worth(part: Part, sample_assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "few.yaml").write_text(CASES, encoding="utf-8")
    cases = load_cases([tmp_path])
    with_all = run_cases(cases, sample_assistant)
    with without(part):
        without_it = run_cases(cases, sample_assistant)
    found = ablation_of(part, with_all, without_it)
    assert {key.partition("#")[0] for key in found.lost} == WORTH[part]
    assert run_cases(cases, sample_assistant).turns[0].outcome == with_all.turns[0].outcome
