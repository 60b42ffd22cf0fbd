"""The pipeline's bookkeeping: names, what counts as unchanged, outcomes; on the sample and on its variations."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.home import Home
from ingest.ledger.ledger import Ledger
from ingest.pipeline import Outcome, Progress, file_to_facts, ingest, named_files, rebuild, remove

SAMPLE = Path(__file__).parents[2] / "eval" / "documents" / "000_6a9881425d282efc.txt"


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


@pytest.mark.parametrize(
    ("files", "asked", "expected"),
    [
        pytest.param(["a.txt"], ["a.txt"], {"a.txt"}, id="a file"),
        pytest.param(["a.txt", "deep/er/b.pdf", "c.exe", ".hidden.txt", ".git/d.txt"], ["."], {"a.txt", "b.pdf"},
                     id="a folder: what a reader takes"),
        pytest.param(["甲/预算.pdf", "乙/预算.pdf", "乙/决算.pdf"], ["."], {"甲/预算.pdf", "乙/预算.pdf", "决算.pdf"},
                     id="files alike are told apart by their folder"),
        pytest.param(["甲/预算.pdf", "乙/预算.pdf"], ["甲/预算.pdf", "乙/预算.pdf"], {"甲/预算.pdf", "乙/预算.pdf"},
                     id="also when named one by one"),
        pytest.param(["a.txt"], ["a.txt", ".", "a.txt"], {"a.txt"}, id="a file named twice is one"),
        pytest.param([], ["missing.txt"], {"missing.txt"}, id="a missing file is left to the reader"),
    ],
)  # fmt: skip
def test_names(files: list[str], asked: list[str], expected: set[str], tmp_path: Path) -> None:
    _touch(tmp_path, *files)
    assert {file.name for file in named_files([tmp_path / path for path in asked])} == expected


@pytest.mark.slow
def test_the_sample_from_file_to_ledger(tmp_path: Path) -> None:
    home, outcomes, steps = Home(tmp_path / "home"), list[Outcome](), list[Progress]()
    ingest([SAMPLE], home, outcomes.append, steps.append)
    ledger = Ledger.open(home)
    (document,) = ledger.documents()
    assert (document.name, document.year, document.kind) == (SAMPLE.name, 2023, "budget")
    assert ledger.document_facts(document.id) == file_to_facts(SAMPLE)
    assert [outcome.stored for outcome in outcomes] == [True]
    assert "13 张表 · 16 张绩效表" in outcomes[0].summary
    assert {step.step for step in steps} == {"读取", "向量"}
    assert steps[-1].done == steps[-1].total
    assert ledger.vector_tasks() == []

    generation = ledger.generation
    ingest([SAMPLE], home, outcomes.append, steps.append)
    assert outcomes[-1].unchanged
    assert ledger.generation == generation

    changed = tmp_path / SAMPLE.name
    shutil.copyfile(SAMPLE, changed)
    with changed.open("a", encoding="utf-8") as file:
        file.write("\n（更正）\n")
    ingest([changed], home, outcomes.append, steps.append)
    assert outcomes[-1].stored
    (again,) = ledger.documents()
    assert again.sha256 != document.sha256
    assert {stored.document_id for stored in ledger.facts()} == {again.id}

    rebuild(home, steps.append)
    assert ledger.vector_tasks() == []
    assert remove(SAMPLE.name, home)
    assert not remove(SAMPLE.name, home)
    assert (ledger.documents(), ledger.facts()) == ([], [])
