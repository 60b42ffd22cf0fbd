"""Reading side by side: results in order, errors kept with their task, dead workers survived."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.side_by_side import side_by_side

ROOT = Path(__file__).parents[2]


def work(task: str) -> str:
    """Reads, fails or dies as its name says."""
    if task == "fails":
        raise ReadError("坏文件。")
    if task == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    return task.upper()


def told_by(tasks: list[str], workers: int) -> list[str]:
    told = []
    for _, result in side_by_side(work, tasks, workers):
        try:
            told.append(result())
        except ReadError as error:
            told.append(str(error))
    return told


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2], ids=["one worker", "two workers"])
def test_results_in_order(workers: int) -> None:
    tasks = ["a", "fails", "b", "c"]
    assert told_by(tasks, workers) == ["A", "坏文件。", "B", "C"]


@pytest.mark.slow
def test_a_worker_that_dies_takes_no_other_document_with_it() -> None:
    told = told_by(["a", "dies", "b", "c"], 2)
    assert [told[0], told[2], told[3]] == ["A", "B", "C"]
    assert "被系统中止" in told[1]


@pytest.mark.slow
def test_a_script_without_a_guard_is_not_run_again() -> None:
    script = """
from ingest.side_by_side import side_by_side
from tests.ingest.test_side_by_side import work
print([result() for _, result in side_by_side(work, ["a", "b"], 2)])
"""
    ran = subprocess.run([sys.executable, "-"], input=script, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("['A', 'B']\n", "")
