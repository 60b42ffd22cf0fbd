"""Web pages: tables with their spans as grids, every other block of text as lines, positioned blocks by position.

A page without a declared encoding is read as what it decodes to without errors: UTF-8 or GB18030.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from ingest.errors import ReadError
from ingest.readers.merged_cells import SpanningCell, check_size, grid_to_blocks, spanning_rows_to_grid
from ingest.readers.page_numbers import without_page_numbers
from ingest.source import Block, Line, Place, Source

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u3000]+")
_SKIPPED = {"script", "style", "head", "noscript", "template", "nav", "select", "button", "svg", "iframe", "object"}
_INLINE = {"a", "abbr", "b", "big", "bdo", "cite", "code", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "q"}
_INLINE |= {"s", "samp", "small", "span", "strong", "sub", "sup", "u", "var"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_POSITION = re.compile(r"(?:^|;)\s*(left|top)\s*:\s*(-?\d+(?:\.\d+)?)\s*(?:px|pt)?\s*(?=;|$)", re.IGNORECASE)
_FEWEST_POSITIONED = 5
_SAME_LINE = 4.0
_ARCHIVES = {".mht", ".mhtml"}
_MOST_BYTES = 60_000_000


def read(path: Path, name: str, sha256: str) -> Source:
    """The page's visible text and tables."""
    if path.stat().st_size > _MOST_BYTES:
        raise ReadError(f"“{name}”有 {path.stat().st_size // 1_000_000} MB，不像一份公开网页；请只保存正文后再试。")
    content = path.read_bytes()
    text = decoded(_archived_page(content) if Path(name).suffix.lower() in _ARCHIVES else content, name)
    try:
        root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (ParserError, ValueError) as error:
        raise ReadError(f"“{name}”是空的网页，没有可读的内容；请重新保存后再试。") from error
    walk = _Walk()
    walk.element(root)
    walk.end_line()
    return Source(name, sha256, "web", without_page_numbers(walk.blocks))


def _archived_page(content: bytes) -> bytes:
    """The page inside a web archive (.mht), which is a mail message."""
    for part in message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    return content


def decoded(content: bytes, name: str) -> str:
    """The text by its byte order mark, its declaration, or the first encoding that fits without an error."""
    declared = _DECLARED.search(content[:4096])
    candidates = ["utf-8-sig", "gb18030", "big5"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates.insert(0, "utf-16")
    if declared:
        candidates.insert(0, _known_encoding(declared[1].decode("ascii")))
    for encoding in candidates:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    text = content.decode(candidates[0] or "gb18030", errors="replace")
    if text.count("\ufffd") * 100 > len(text):
        raise ReadError(f"“{name}”的文字编码无法识别（不是 UTF-8、GB18030 或 Big5）；请另存为 UTF-8 后再试。")
    return text


def _known_encoding(declared: str) -> str:
    """GB2312 is declared by pages that use the larger GB18030."""
    return "gb18030" if declared.lower() in {"gb2312", "gbk", "gb_2312-80", "x-gbk"} else declared


@dataclass(slots=True)
class _Walk:
    """Walks the page once and collects blocks; `line` counts the lines that are shown."""

    blocks: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    line: int = 0

    def element(self, element: HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or _is_hidden(element):
            return
        if element.tag == "table":
            self.end_line()
            self._table(element)
        elif element.tag == "br":
            self.end_line()
        elif positioned := _positioned(element):
            self.end_line()
            for text in positioned:
                self._add_line(text)
        else:
            self._children(element)

    def _children(self, element: HtmlElement) -> None:
        inline = element.tag in _INLINE
        if not inline:
            self.end_line()
        self.text.append(element.text or "")
        for child in element:
            self.element(child)
            self.text.append(child.tail or "")
        if not inline:
            self.end_line()

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.text)).strip()
        self.text.clear()
        if text:
            self._add_line(text)

    def _add_line(self, text: str) -> None:
        self.line += 1
        self.blocks.append(Line(text, Place(lines=(self.line, self.line))))

    def _table(self, table: HtmlElement) -> None:
        rows = list(_rows(table))
        if _is_layout(rows):
            for row in rows:
                for cell in row:
                    self._children(cell)
            return
        check_size(len(rows), max((len(row) for row in rows), default=0), "网页中有一张表")
        for caption in table.iterchildren("caption"):
            self._children(caption)
        spanning = []
        for row in rows:
            self.line += 1
            place = Place(lines=(self.line, self.line))
            spanning.append([SpanningCell(_cell_text(cell), place, *_spans(cell)) for cell in row])
        grid = spanning_rows_to_grid(spanning)
        if grid is not None:
            self.blocks.extend(grid_to_blocks(grid))


def _rows(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    for child in table:
        if child.tag == "tr" and not _is_hidden(child):
            yield [cell for cell in child if cell.tag in ("td", "th") and not _is_hidden(cell)]
        elif child.tag in ("thead", "tbody", "tfoot", "form"):
            yield from _rows(child)


def _is_layout(rows: list[list[HtmlElement]]) -> bool:
    """Whether a table only arranges the page: it holds other tables, or is a single cell."""
    return any(cell.find(".//table") is not None for row in rows for cell in row) or sum(map(len, rows)) <= 1


def _spans(cell: HtmlElement) -> tuple[int, int]:
    def span(attribute: str) -> int:
        digits = re.match(r"\s*(\d{1,4})", cell.get(attribute) or "")
        return max(1, int(digits[1])) if digits else 1

    return span("rowspan"), span("colspan")


def _cell_text(cell: HtmlElement) -> str:
    walk = _Walk()
    walk._children(cell)
    return "\n".join(block.text for block in walk.blocks if isinstance(block, Line))


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _positioned(element: HtmlElement) -> list[str]:
    """The texts of blocks that are placed by left and top, line by line; empty if the element arranges none."""
    placed: list[tuple[float, float, str]] = []
    for child in element:
        position = {key.lower(): float(value) for key, value in _POSITION.findall(child.get("style") or "")}
        if "left" in position and "top" in position:
            text = _SPACE.sub(" ", child.text_content()).strip()
            if text:
                placed.append((position["top"], position["left"], text))
    if len(placed) < _FEWEST_POSITIONED:
        return []
    lines: list[list[tuple[float, float, str]]] = []
    for item in sorted(placed):
        if lines and item[0] - lines[-1][0][0] <= _SAME_LINE:
            lines[-1].append(item)
        else:
            lines.append([item])
    return ["  ".join(text for _, _, text in sorted(line, key=lambda item: item[1])) for line in lines]
