"""What was reached once is not lost: the cases of the sample document, and the shared questions where they are."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.cases import CASES, load_cases
from eval.floor import Floor, below, falls, floor_from, read_floor
from eval.running import run_cases
from ingest.vocabulary_loading import VocabularyError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

ROOT = Path(__file__).parents[2]
FLOOR = ROOT / "eval" / "floor.yaml"
SHARED = ROOT.parent / "shared" / "questions" / "sample-document.jsonl"
SAMPLE = frozenset(file.name for file in (ROOT / "eval" / "documents").iterdir())


@pytest.mark.slow
def test_own_cases_stay_above_the_floor(sample_assistant: Assistant) -> None:
    cases = tuple(case for case in load_cases([CASES]) if not case.held_out)
    result = run_cases(cases, sample_assistant, SAMPLE)
    assert len(result.turns) > 250
    assert below(result, read_floor(FLOOR)) == ""


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_file(), reason="the shared questions are not beside the repository")
def test_shared_questions_stay_right(sample_assistant: Assistant) -> None:
    result = run_cases(load_cases([SHARED]), sample_assistant, SAMPLE)
    assert len(result.turns) > 60
    assert below(result, Floor(accuracy=0.98)) == ""


LOWERED = {
    "the same": (Floor(accuracy=0.9, known_wrong=("a#1",)), ""),
    "higher": (Floor(accuracy=0.95), ""),
    "lower": (Floor(accuracy=0.8, known_wrong=("a#1",)), "降到 80.0%"),
    "another wrong one": (Floor(accuracy=0.9, known_wrong=("b#1",)), "新容许答错 b#1"),
}


@pytest.mark.parametrize(("after", "words"), LOWERED.values(), ids=LOWERED.keys())
def test_a_floor_that_falls_is_noticed(after: Floor, words: str) -> None:
    told = falls(Floor(accuracy=0.9, known_wrong=("a#1",)), after)
    assert (words in told) if words else told == ""


def test_the_floor_has_never_fallen() -> None:
    """Every version of the file that git knows, and the one at hand."""
    versions = [*_committed(FLOOR), FLOOR.read_text(encoding="utf-8")]
    floors = [floor for text in versions if (floor := _floor_or_none(text)) is not None]
    assert floors
    assert [words for before, after in pairwise(floors) if (words := falls(before, after))] == []


def _committed(path: Path) -> list[str]:
    """The oldest first; none outside a repository."""
    name = str(path.relative_to(ROOT))
    commits = _git("log", "--reverse", "--format=%H", "--", name).split()
    return [_git("show", f"{commit}:{name}") for commit in commits]


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False).stdout


def _floor_or_none(text: str) -> Floor | None:
    try:
        return floor_from(text)
    except VocabularyError:
        return None  # a version before the file had its present form
