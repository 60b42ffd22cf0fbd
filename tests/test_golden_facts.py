"""Real disclosures read as `mingzhang facts --csv` prints them, against figures checked by eye on the rendered page.

A golden file holds a digest of every figure of its pages' tables and sheets, with its names and unit, so a page must
print these lines and no others. A `typed` golden file was made without the program: digests of cells typed from images
of the pages, blank ones too. Digests, because the documents' own text is not part of the repository.
"""

from __future__ import annotations

import csv
import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.fact_lines import write_fact_lines
from ingest.home import Home, writer_lock
from ingest.ledger.ledger import Ledger
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


def _typed(name: str) -> tuple[Counter[str], set[str]]:
    """The digests of the typed figures, and of the places of the cells that are blank on the page."""
    figures: Counter[str] = Counter()
    blanks: set[str] = set()
    for kind, digest in map(str.split, (GOLDEN / f"{name}.typed.sha256").read_text(encoding="utf-8").splitlines()):
        if kind == "blank":
            blanks.add(digest)
        else:
            figures[digest] += 1
    return figures, blanks


def _typed_digests(line: Line) -> Iterator[str]:
    """Of the figure and of its place, under each name of its row: who types a cell takes one of them, or leaves out the
    name of a table's only row."""
    table, row, path, code, column, number, unit, page = line
    for name in sorted({_squeezed(name) for name in ("", row, *row.split(" / "), *path.split(" / "))}):
        place = (page, _squeezed(table), name, code, _squeezed(column))
        yield _hash((*place, "", ""))
        yield _hash((*place, number, unit))


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _digest(line: Line) -> tuple[str, str]:
    return line[-1], _hash(line)


def _hash(line: Line) -> str:
    return hashlib.sha256("\x1f".join(line).encode()).hexdigest()[:16]


@pytest.fixture(scope="module", params=NAMES)
def real_page_lines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Line]]:
    """A document's name and its lines with a figure."""
    if not DOCUMENTS.is_dir():
        pytest.skip("the folder of real disclosures is not beside the repository")
    name = str(request.param)
    return name, _printed(name, tmp_path_factory.mktemp(name))


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


def test_figures_of_real_pages(real_page_lines: tuple[str, list[Line]]) -> None:
    name, lines = real_page_lines
    golden = _golden(name)
    assert golden.total() >= LEAST_CELLS
    pages = {page for page, _ in golden}
    lines = [line for line in lines if line[-1] in pages]
    printed = {_digest(line): line for line in lines}
    read = Counter(_digest(line) for line in lines)
    missing, unexpected = golden - read, read - golden
    assert (sorted(missing), [printed[digest] for digest in unexpected]) == ([], [])


def test_cells_typed_from_the_page(real_page_lines: tuple[str, list[Line]]) -> None:
    name, lines = real_page_lines
    figures, blanks = _typed(name)
    assert figures.total() + len(blanks) >= LEAST_CELLS
    read = Counter(digest for line in lines for digest in _typed_digests(line))
    not_blank = [line for line in lines if blanks.intersection(_typed_digests(line))]
    assert (figures - read, not_blank) == (Counter(), [])


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
