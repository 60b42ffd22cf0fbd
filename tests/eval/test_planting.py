"""Planted errors: the measure itself can fail, and the checks find most of what is planted in the sample."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.planting import Kind, Planted, PlantingReport, plant_errors, read_documents

SAMPLE = Path(__file__).parents[2] / "eval" / "documents" / "000_6a9881425d282efc.txt"


def test_a_report_counts_what_was_missed() -> None:
    found = Planted("a.txt", Kind.DIGIT, "1.00 → 2.00", True)
    report = PlantingReport((found, replace(found, found=False, what="3.00 → 4.00")))
    assert report.share_found * 2 == 1
    assert "missed: a.txt · digit · 3.00 → 4.00" in report.as_text()


@pytest.mark.slow
def test_errors_planted_in_the_sample_are_found() -> None:
    documents = list(read_documents([SAMPLE]))
    report = plant_errors(documents, 50, seed=3)
    assert len(report.planted) == 50
    assert {error.kind for error in report.planted} == set(Kind)
    assert report.share_found * 100 >= 94, report.as_text()
    assert report == plant_errors(documents, 50, seed=3)
