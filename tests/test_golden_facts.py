"""Real disclosures read as `mingzhang facts --csv` prints them, against figures checked by eye on the rendered page.

A golden file holds a digest of every figure of its pages' tables and sheets, with its names and unit, so a page must
print these lines and no others. Digests, because the documents' own text is not part of the repository.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from assistant.fact_lines import write_fact_lines
from ingest.home import Home, writer_lock
from ingest.ledger import Ledger
from ingest.pipeline import file_to_facts

ROOT = Path(__file__).parents[1]
DOCUMENTS = ROOT / "../shared/documents"
GOLDEN = ROOT / "tests/golden"
NAMES = (
    "bj-yibaoju-2026",
    "central-xinfang-2026",
    "sh-putuo-shangwuwei-2025",
    "wuxi-xinfang-2025",
    "xian-xinfang-2026",
)
COLUMNS = ("table", "row", "row_path", "row_code", "column", "number", "unit", "page")
LEAST_CELLS = 200

Line = tuple[str, ...]


def _golden(name: str) -> Counter[tuple[str, str]]:
    """Page and digest of each line."""
    lines = (GOLDEN / f"{name}.sha256").read_text(encoding="utf-8").splitlines()
    return Counter((page, digest) for page, digest in map(str.split, lines))


def _digest(line: Line) -> tuple[str, str]:
    return line[-1], hashlib.sha256("\x1f".join(line).encode()).hexdigest()[:16]


def _printed(name: str, folder: Path) -> list[Line]:
    """The lines with a figure of tables and sheets, as the command writes them."""
    home = Home.at(folder / "home")
    with writer_lock(home, "tests"):
        ledger = Ledger.open(home, readonly=False)
        document = ledger.store(file_to_facts(DOCUMENTS / f"{name}.pdf"))
        write_fact_lines(ledger, [document], folder / "facts.csv")
        ledger.close()
    with (folder / "facts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [tuple(row[column] for column in COLUMNS) for row in rows if row["number"] and row["table_kind"] != "prose"]


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the folder of real disclosures is not beside the repository")
@pytest.mark.parametrize("name", NAMES)
def test_figures_of_real_pages(name: str, tmp_path: Path) -> None:
    golden = _golden(name)
    assert golden.total() >= LEAST_CELLS
    pages = {page for page, _ in golden}
    lines = [line for line in _printed(name, tmp_path) if line[-1] in pages]
    printed = {_digest(line): line for line in lines}
    read = Counter(_digest(line) for line in lines)
    missing, unexpected = golden - read, read - golden
    assert (sorted(missing), [printed[digest] for digest in unexpected]) == ([], [])


def test_a_repaired_cell_has_one_line(sample_ledger_home: Path, tmp_path: Path) -> None:
    ledger = Ledger.open(Home.at(sample_ledger_home))
    count = write_fact_lines(ledger, [document.id for document in ledger.documents()], tmp_path / "facts.csv")
    ledger.close()
    with (tmp_path / "facts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    table = [row for row in rows if row["table"] == "2023年一般公共预算安排基本支出分经济科目表（不含上年结转）"]
    assert {row["status"] for row in table} == {"repaired"}
    assert len({(row["row"], row["column"]) for row in table}) == len(table) == 24
