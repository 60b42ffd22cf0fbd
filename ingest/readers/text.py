"""Text files: plain text with tab-separated tables, markdown with pipe tables, CSV, in the encodings found in China."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.errors import ReadError
from ingest.source import Block, Cell, Grid, Line, Place, Source

LARGEST_BYTES = 50_000_000

_BINARY_STARTS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "压缩包或 Office 文档",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"Rar!": "压缩包",
    b"\x1f\x8b": "压缩包",
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKDOWN_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKDOWN_MARKS = re.compile(r"^#{1,6}\s+|\*\*|^\s*>\s")
_UNREADABLE_SHARE = 200  # at most one character in 200 may be one that no text holds

_Row = tuple[int, int, list[str]]  # first line, last line, texts


def read(path: Path, name: str, sha256: str) -> Source:
    """Read a text file; ReadError says what is wrong with one that cannot be read."""
    data = path.read_bytes()
    if len(data) >= LARGEST_BYTES:
        raise ReadError(f"“{name}”太大（{len(data) / 1_000_000:.0f} MB），文本文件最大 50 MB。请拆分后再载入。")
    if not data.strip():
        raise ReadError(f"“{name}”是空文件，没有可读的内容。")
    text = decode(data, name)
    suffix = path.suffix.lower()
    blocks = _csv_blocks(text) if suffix in (".csv", ".tsv") else _text_blocks(text, suffix in (".md", ".markdown"))
    return Source(name, sha256, "text", tuple(blocks))


def decode(data: bytes, name: str) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, or GB18030; ReadError for binary data and undecodable bytes."""
    for start, kind in _BINARY_STARTS.items():
        if data.startswith(start):
            raise ReadError(f"“{name}”的内容是{kind}，不是文本。请改用正确的扩展名后再载入。")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in data:
        raise ReadError(f"“{name}”含有二进制数据，不是文本文件。")
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_readable(text):
            return text
    raise ReadError(f"“{name}”的文字编码无法识别（已试 UTF-8 与 GB18030）。请另存为 UTF-8 文本后再载入。")


def _is_readable(text: str) -> bool:
    odd = sum(1 for character in text if character not in "\t\r\n\f" and unicodedata.category(character) in _NO_TEXT)
    return odd * _UNREADABLE_SHARE <= len(text)


_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))


def _text_blocks(text: str, markdown: bool) -> Iterator[Block]:
    """Lines and grids of a plain text; adjoining rows of one kind make a grid, everything else ends it."""
    rows: list[_Row] = []
    kind = ""
    for number, printed in enumerate(_LINE_END.split(text), start=1):
        line_kind = _row_kind(printed)
        if line_kind == "rule" and kind == "pipes":
            continue
        if rows and line_kind != kind:
            yield _rows_to_grid(rows)
            rows = []
        kind = line_kind
        if kind in ("tabs", "pipes"):
            rows.append((number, number, _row_texts(printed, kind)))
        elif printed.strip():
            stripped = _MARKDOWN_MARKS.sub("", printed).strip() if markdown else printed.strip()
            if stripped:
                yield Line(stripped, Place(lines=(number, number)))
    if rows:
        yield _rows_to_grid(rows)


def _row_kind(printed: str) -> str:
    stripped = printed.strip()
    if not stripped:
        return ""
    if "|" in stripped and _MARKDOWN_RULE.fullmatch(stripped):
        return "rule"
    if (stripped.startswith("|") and stripped.count("|") > 1) or stripped.count("|") > 2:
        return "pipes"
    return "tabs" if "\t" in printed else "line"


def _row_texts(printed: str, kind: str) -> list[str]:
    if kind == "tabs":
        return [text.strip() for text in printed.split("\t")]
    inner = printed.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    texts = (text.strip().replace("\\|", "|").replace("**", "") for text in _UNESCAPED_PIPE.split(inner))
    return [_LINE_BREAK_TAG.sub("\n", text) for text in texts]


def _csv_blocks(text: str) -> Iterator[Block]:
    """The grids of a CSV file; a row without any text ends a grid, a row of one text alone is a line."""
    reader = csv.reader(_LINE_END.sub("\n", text).splitlines(keepends=True), delimiter=_delimiter(text))
    rows: list[_Row] = []
    last_line = 0
    for texts in _csv_rows(reader):
        first_line, last_line = last_line + 1, reader.line_num
        stripped = [cell.strip() for cell in texts]
        if any(stripped) and not (len(stripped) == 1 and not rows):
            rows.append((first_line, last_line, stripped))
            continue
        if rows:
            yield _rows_to_grid(rows)
            rows = []
        if any(stripped):
            yield Line(stripped[0], Place(lines=(first_line, last_line)))
    if rows:
        yield _rows_to_grid(rows)


def _csv_rows(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise ReadError(f"CSV 文件的格式有误：{error}。请检查引号和分隔符。") from error


def _delimiter(text: str) -> str:
    start = text[:20_000]
    return max(",\t;|", key=start.count)


def _rows_to_grid(rows: list[_Row]) -> Grid:
    """A rectangular grid; short rows are filled up with empty cells."""
    width = max(len(texts) for _, _, texts in rows)
    return Grid(
        tuple(
            tuple(Cell(text, Place(lines=(first, last))) for text in (*texts, *[""] * width)[:width])
            for first, last, texts in rows
        )
    )
