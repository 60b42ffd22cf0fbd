"""Text files: which lines become grids, with which places, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.readers import text
from ingest.source import Grid, Line, Source


def read(path: Path, content: str | bytes) -> Source:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return text.read(path, path.name, "0" * 64)


def shown(source: Source) -> list[object]:
    """Lines as text, grids as lists of rows."""
    return [
        block.text if isinstance(block, Line) else [[cell.text for cell in row] for row in block.rows]
        for block in source.blocks
    ]


TABLES = [
    ("tabs", "a.txt", "标题\n项目\t金额\n收入\t1.00\n\n支出\t2.00\n", [
        "标题", [["项目", "金额"], ["收入", "1.00"]], [["支出", "2.00"]]
    ]),
    ("short rows are filled up", "a.txt", "甲\t乙\t丙\n丁\t戊\n", [[["甲", "乙", "丙"], ["丁", "戊", ""]]]),
    ("pipes with rule", "a.md", "## 收支总表\n\n| 项目 | 金额 |\n|---|:--:|\n| 收入 | 1.00 |\n", [
        "收支总表", [["项目", "金额"], ["收入", "1.00"]]
    ]),
    ("pipes and breaks in cells", "a.md", "|甲<br>乙|丙\\|丁|\n|--|--|\n|1|2|\n", [[["甲\n乙", "丙|丁"], ["1", "2"]]]),
    ("empty cells stay", "a.md", "|甲||丙|\n|---|---|---|\n||乙||\n", [[["甲", "", "丙"], ["", "乙", ""]]]),
    ("csv", "a.csv", "收支总表\n项目,金额\n收入,\"1,389.97\"\n\n支出,2\n", [
        "收支总表", [["项目", "金额"], ["收入", "1,389.97"]], [["支出", "2"]]
    ]),
    ("csv with a line break in a cell", "a.csv", "项目,金额\n\"收\n入\",1\n", [[["项目", "金额"], ["收\n入", "1"]]]),
    ("windows line ends", "a.txt", "甲\t乙\r\n丙\t丁\r\n", [[["甲", "乙"], ["丙", "丁"]]]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "expected"), [t[1:] for t in TABLES], ids=[t[0] for t in TABLES])
def test_rows_become_grids(tmp_path: Path, name: str, content: str, expected: list[object]) -> None:
    assert shown(read(tmp_path / name, content)) == expected


def test_every_block_knows_its_lines(tmp_path: Path) -> None:
    source = read(tmp_path / "a.txt", "标题\n\n项目\t金额\n收入\t1.00\n")
    line, grid = source.blocks
    assert isinstance(line, Line) and line.place.lines == (1, 1)
    assert isinstance(grid, Grid) and [row[0].place.lines for row in grid.rows] == [(3, 3), (4, 4)]


def test_a_cell_over_two_lines_of_a_csv_has_both(tmp_path: Path) -> None:
    (grid,) = read(tmp_path / "a.csv", '项目,金额\n"收\n入",1\n').blocks
    assert isinstance(grid, Grid) and grid.rows[1][0].place.lines == (2, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_found_in_china(tmp_path: Path, encoding: str) -> None:
    assert shown(read(tmp_path / "a.txt", "部门预算公开：㎡".encode(encoding))) == ["部门预算公开：㎡"]


BAD = [
    ("empty", b"", "空文件"),
    ("blank", b" \n\t\n", "空文件"),
    ("a PDF", b"%PDF-1.7\n...", "PDF"),
    ("zeros", b"abc\x00\x00def", "二进制"),
    ("undecodable", bytes(range(0x80, 0xFF)) * 3, "编码"),
    ("control characters", "预算\x01\x02\x03\x04".encode(), "编码"),
]


@pytest.mark.parametrize(("content", "words"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read(tmp_path / "a.txt", content)


def test_a_huge_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(text.LARGEST_BYTES)
    with pytest.raises(ReadError, match="太大"):
        text.read(path, path.name, "")
