"""The growth bench measures what it says: exponents, goals that can be missed, questions with right answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from eval.expectations import Listing, Number
from eval.generator.making_up import made_up_budget
from eval.growth.fitting import exponent
from eval.growth.questions import ACROSS, KINDS, cases_of
from eval.growth.records import STEPS, Answered, Asked, Growth, Ingested, Size, Spent
from eval.growth.report import goals, markdown
from eval.growth.wish import spread

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("true", [0.0, 1.0, 1.5])
def test_the_exponent_of_a_power_is_found(true: float) -> None:
    sizes = (1, 10, 100)
    assert exponent(sizes, [3 * size**true for size in sizes]) == pytest.approx(true)


def test_no_exponent_without_growth_to_fit() -> None:
    assert exponent([1], [1]) is None
    assert exponent([1, 2], [0, 1]) is None


def size(
    documents: int, power: float = 1.0, answer_ms: float = 5.0, chat_mb: float = 200.0, across_ms: float = 5.0
) -> Size:
    cost = documents**power
    asked = tuple(
        Asked(kind=kind, question="q", outcome="right", first_ms=ms, again_ms=ms)
        for kind, ms in (*dict.fromkeys(KINDS, answer_ms).items(), (ACROSS, across_ms))
    )
    ingested = Ingested(
        documents=documents, embedded=documents, facts=500 * documents, texts=100, memory_mb=700.0,
        seconds={step: cost for step in STEPS}, processor={step: cost for step in STEPS},
        ledger_bytes=int(1e6 * cost), vector_bytes=int(1e6 * cost),
        profile={"embedding": (Spent(function="encode", seconds=1.0),)},
    )  # fmt: skip
    answered = Answered(opening_ms=100.0, asked=asked, memory_mb=150.0)
    return Size(documents=documents, ingested=ingested, answered=answered, cold_start_ms=900.0, app_memory_mb=chat_mb)


MISSED = {
    "nothing": ([size(1), size(10), size(100)], []),
    "ingest and disk": ([size(1), size(10, 1.2), size(100, 1.2)], ["ingest", "disk"]),
    "answers": ([size(1), size(10), size(100, answer_ms=11.0)], ["p50"]),
    "over all": ([size(1), size(10), size(100, across_ms=11.0)], ["a question over all"]),
    "memory": ([size(1), size(10), size(100, chat_mb=1600.0)], ["the chat"]),
}


@pytest.mark.parametrize(("sizes", "missed"), MISSED.values(), ids=MISSED.keys())
def test_goals(sizes: list[Size], missed: list[str]) -> None:
    told = [words for words, holds in goals(sizes) if not holds]
    assert len(told) == len(missed)
    assert all(words.startswith(start) for words, start in zip(told, missed, strict=True))


def test_the_report_tells_costs_exponents_and_profiles() -> None:
    growth = Growth(commit="abc", started="2024", machine="m", sizes=(size(10), size(100)))
    report = markdown(growth)
    assert "| ingest (s) | 40.0 | 400 | 1.00 |" in report.replace("400.0", "400")
    assert "- 1.000 s encode" in report
    assert "| across | 5.0 / 5.0 (1 of 1 right) | 5.0 / 5.0 (1 of 1 right) |" in report


def test_ten_kinds_of_question_with_the_answers_of_the_budget() -> None:
    budget = made_up_budget(3, seed=1)
    cases = list(cases_of([budget]))
    assert [case.kind for case in cases] == list(KINDS) and len(KINDS) == 10
    total, rank = cases[0].turns[0].expected, cases[KINDS.index("rank")].turns[0].expected
    assert isinstance(total, Number) and total.figure.number == budget.total * 100
    assert isinstance(rank, Listing) and len(rank.labels) == 3


def test_documents_are_asked_about_evenly() -> None:
    assert spread(3, 10) == [0, 1, 2]
    assert spread(1000, 4) == [0, 250, 500, 750]


@pytest.mark.slow
def test_one_document_is_measured_from_end_to_end(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eval.growth", "--sizes", "1", "--embedded", "0", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    growth = Growth.model_validate_json((tmp_path / "growth.json").read_text(encoding="utf-8"))
    (measured,) = growth.sizes
    assert measured.ingested.facts > 300, done.stderr
    assert sum(asked.outcome == "right" for asked in measured.answered.asked) >= 8
    assert "## Goals" in done.stdout
