"""An assistant without one of its means does without it, and what that costs is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.means import ALL_MEANS, Means
from eval.ablation import ablation_of
from eval.cases import load_cases
from eval.records import RunResult
from eval.running import run_cases

CASES = """
- {id: part, question: 泵站管理一年多少钱, number: 400 万元}
- {id: share, question: 征拆资金占总支出多少, number: 15.43 %}
- {id: typo, question: 抢现车一年多少钱, number: 3 万元}
- {id: total, question: 总支出是多少, number: 129589.59 万元}
"""


@pytest.mark.parametrize(
    ("left_out", "lost"), [(Means.LEXICAL, "part#1"), (Means.EXEMPLARS, "share#1"), (Means.TYPOS, "typo#1")]
)
def test_what_one_of_the_means_is_worth(left_out: Means, lost: str, sample_ledger_home: Path, tmp_path: Path) -> None:
    (tmp_path / "few.yaml").write_text(CASES, encoding="utf-8")

    def run(means: frozenset[Means] = ALL_MEANS) -> RunResult:
        return run_cases(load_cases([tmp_path]), Assistant.open(sample_ledger_home, means))

    with_all = run()
    found = ablation_of(left_out, with_all, run(ALL_MEANS - {left_out}))
    assert lost in found.lost and "total#1" not in found.lost
    assert found.accuracy < 1
    assert ablation_of(left_out, with_all, run()).lost == ()


@pytest.mark.slow
def test_without_vectors_no_name_is_suggested_by_its_meaning(sample_home: Path) -> None:
    asked = "养狗一年要交多少"
    suggested = Assistant.open(sample_home).conversation().ask(asked).text
    plain = Assistant.open(sample_home, ALL_MEANS - {Means.DENSE}).conversation().ask(asked).text
    assert suggested.startswith(plain) and suggested != plain
