"""A part that is switched off is off, is on again afterwards, and what it was worth is counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.exemplars import match_exemplars
from assistant.names.spelling import Speller
from assistant.plans import examples
from eval.ablation import Part, ablation_of, without
from eval.cases import load_cases
from eval.records import RunResult
from eval.running import run_cases

CASES = """
- {id: part, question: 泵站管理一年多少钱, number: 400 万元}
- {id: share, question: 征拆资金占总支出多少, number: 15.43 %}
- {id: total, question: 总支出是多少, number: 129589.59 万元}
"""


@pytest.mark.parametrize(
    ("part", "works"),
    [
        (Part.TYPOS, lambda: Speller(["泵站管理"]).correct("泵占") == "泵站"),
        (Part.EXEMPLARS, lambda: bool(examples.match_exemplars("甲占乙多少"))),
    ],
    ids=["typos", "exemplars"],
)
def test_a_part_is_off_for_a_while(part: Part, works: Callable[[], bool]) -> None:
    assert works()
    with without(part):
        assert not works()
    assert works()
    assert examples.match_exemplars is match_exemplars


@pytest.mark.parametrize(("part", "lost"), [(Part.LEXICAL, "part#1"), (Part.EXEMPLARS, "share#1")])
def test_what_a_part_is_worth(part: Part, lost: str, sample_ledger_home: Path, tmp_path: Path) -> None:
    (tmp_path / "few.yaml").write_text(CASES, encoding="utf-8")

    def run() -> RunResult:
        return run_cases(load_cases([tmp_path]), Assistant.open(sample_ledger_home))

    with_all = run()
    with without(part):
        found = ablation_of(part, with_all, run())
    assert lost in found.lost and "total#1" not in found.lost
    assert found.accuracy < 1
    assert ablation_of(part, with_all, run()).lost == ()
