"""What was reached once is not lost: the cases of the sample document, and the shared questions where they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.cases import CASES, load_cases
from eval.floor import Floor, below, read_floor
from eval.running import run_cases

if TYPE_CHECKING:
    from assistant.assistant import Assistant

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "questions" / "sample-document.jsonl"
SAMPLE = frozenset(file.name for file in (ROOT / "eval" / "documents").iterdir())

pytestmark = pytest.mark.slow


def test_own_cases_stay_above_the_floor(sample_assistant: Assistant) -> None:
    cases = tuple(case for case in load_cases([CASES]) if not case.held_out)
    result = run_cases(cases, sample_assistant, SAMPLE)
    assert len(result.turns) > 250
    assert below(result, read_floor(ROOT / "eval" / "floor.yaml")) == ""


@pytest.mark.skipif(not SHARED.is_file(), reason="the shared questions are not beside the repository")
def test_shared_questions_stay_right(sample_assistant: Assistant) -> None:
    result = run_cases(load_cases([SHARED]), sample_assistant, SAMPLE)
    assert len(result.turns) > 60
    assert below(result, Floor(accuracy=0.98, wrong=0)) == ""
