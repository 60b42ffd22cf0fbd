"""Real disclosures: no character of a page is lost, and the pages of the oddest layouts read as they look."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

from ingest.readers import excel, pdf, word
from ingest.readers.text_lines import _plain
from ingest.source import Grid, Source
from tests.ingest.readers.shown import rows

AMOUNT = re.compile(r"-?[\d,]+\.\d+")
DOCUMENTS = Path(__file__).parents[3] / "../shared/documents"
pytestmark = pytest.mark.skipif(not DOCUMENTS.exists(), reason="the folder shared/documents is absent")
PDF_FILES = sorted(path.name for path in DOCUMENTS.glob("*.pdf") if path.name != "scanned.pdf")


@cache
def source(name: str) -> Source:
    reader = {".pdf": pdf, ".xlsx": excel, ".docx": word}[Path(name).suffix]
    return reader.read(DOCUMENTS / name, name, "0" * 64)


def grids(name: str, page: int) -> list[list[str]]:
    blocks = (block for block in source(name).blocks if isinstance(block, Grid))
    return [rows(grid) for grid in blocks if grid.rows[0][0].place.page == page]


@pytest.mark.slow
@pytest.mark.parametrize("name", PDF_FILES)
def test_no_character_of_a_page_is_lost(name: str) -> None:
    """The edges, where page numbers and running heads stand, are left out here, and what is drawn off the page."""
    kept: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for block in source(name).blocks:
        cells = [cell for row in block.rows for cell in row] if isinstance(block, Grid) else [block]
        for cell in cells:
            kept[cell.place.page].update("".join(cell.text.split()))
    with pdfplumber.open(DOCUMENTS / name) as document:
        for page in document.pages:
            middle = (char for char in page.chars if 0.13 * page.height < char["top"] < 0.85 * page.height)
            shown_there = "".join(char["text"] for char in middle if 0 <= char["x0"] <= page.width)
            lost = Counter("".join(_plain(shown_there).split())) - kept[page.page_number]
            assert not lost, f"page {page.page_number}"


def test_reading_a_page_gives_the_same_again() -> None:
    name = "gz-xinfang-2026.pdf"
    assert pdf.read(DOCUMENTS / name, name, "0" * 64) == source(name)


SHAPES = {
    "title and unit above, header of two levels": ("bj-yibaoju-2026.pdf", 3, [(37, 9)]),
    "code in three columns": ("sh-putuo-shangwuwei-2025.pdf", 10, [(17, 9)]),
    "rules drawn as mitred paths": ("gz-xinfang-2026.pdf", 8, [(20, 8)]),
    "continuation of one row": ("wuxi-xinfang-2025.pdf", 17, [(1, 7)]),
    "header of four levels": ("xian-xinfang-2026.pdf", 32, [(7, 29)]),
    "cell backgrounds beside rules": ("changchun-xinfang-2026.pdf", 10, [(21, 13)]),
    "rules and rectangles both": ("js-zhengxie-2019.pdf", 9, [(4, 9)]),
    "rules in pieces around every cell": ("quanzhou-gov-office-2026.pdf", 13, [(3, 12)]),
    "boxed paragraphs are no table": ("central-xinfang-2026.pdf", 33, []),
    "boxed table of contents is no table": ("sh-putuo-shangwuwei-2025.pdf", 2, []),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "page", "shapes"), SHAPES.values(), ids=SHAPES)
def test_shape(name: str, page: int, shapes: list[tuple[int, int]]) -> None:
    assert [(len(grid), grid[0].count(" | ") + 1) for grid in grids(name, page)] == shapes


GOLDEN_ROWS = {
    "six decimals": (
        "bj-yibaoju-2026.pdf",
        3,
        4,
        "2050803-培训支出 | 50502-商品和服务支出 | 30216-培训费 | 1.960000 | 1.960000 |  |  |  | ",
    ),
    "covered header cells": (
        "js-zhengxie-2019.pdf",
        9,
        2,
        "< | < | < | 小计 | 公务用车/购置费 | 公务用车/运行维护/费 | < | < | <",
    ),
    "numbers wrapped in narrow cells": (
        "changchun-xinfang-2026.pdf",
        10,
        5,
        "总计： | < | 1682.76 | 1682.76 | 1208.20 | 997.20 | 211.00 | 474.56 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00",
    ),
    "negative and percent": (
        "central-xinfang-2026.pdf",
        10,
        3,
        "201 | 一般公共服务支出 | 33,586.67 | 10,044.47 | 13,144.37 | 6,668.44 | 6,475.93 | 13,144.37 | -20,442.30"
        " | -60.86% | 3,099.90 | 30.86%",
    ),
    "three code columns": (
        "sh-putuo-shangwuwei-2025.pdf",
        10,
        5,
        "201 | 13 | 01 | 行政运行 | 9,389,913.00 | 9,389,913.00 |  |  | ",
    ),
    "three blocks side by side": (
        "xian-xinfang-2026.pdf",
        19,
        3,
        "1、财政拨款 | 28,384,234.71 | 1、一般公共服务支出 | 22,669,300.94 | 1、人员经费和公用经费支出 | 19,328,114.71"
        " | 1、机关工资福利支出 | 17,103,265.51",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "page", "index", "row"), GOLDEN_ROWS.values(), ids=GOLDEN_ROWS)
def test_row(name: str, page: int, index: int, row: str) -> None:
    assert grids(name, page)[0][index] == row


@pytest.mark.parametrize(
    ("same", "as_pdf"),
    [
        ("changchun-xinfang-2026.xlsx", "changchun-xinfang-2026.pdf"),
        ("central-xinfang-2026.docx", "central-xinfang-2026.pdf"),
    ],
)
def test_the_same_amounts_in_another_format(same: str, as_pdf: str) -> None:
    assert amounts(source(same)) == amounts(source(as_pdf))


def amounts(read: Source) -> Counter[Decimal]:
    """Every amount with decimals in the grids."""
    found = (cell.text for block in read.blocks if isinstance(block, Grid) for row in block.rows for cell in row)
    return Counter(Decimal(text.replace(",", "")) for text in found if AMOUNT.fullmatch(text))
