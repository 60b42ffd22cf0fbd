"""Word documents (.docx): paragraphs and tables in their order, read as a stream so that size costs no memory.

Automatic numbering is part of what a reader sees (一、 二、), and headings are found by it: it is counted here. The
order of paragraphs stands in for line numbers, which a Word document does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.errors import ReadError
from ingest.readers.merged_cells import MOST_ROWS, SpanningCell, grid_to_blocks, spanning_rows_to_grid
from ingest.readers.page_numbers import without_page_numbers
from ingest.readers.word_numbering import Numbering, read_numbering
from ingest.readers.zip_guard import checked_zip
from ingest.source import Block, Line, Place, Source

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HIDDEN = {"del", "moveFrom", "Fallback", "instrText", "delText"}
_COMPOUND = b"\xd0\xcf\x11\xe0"  # what an encrypted .docx or an old .doc begins with


def read(path: Path, name: str, sha256: str) -> Source:
    """The document's body."""
    with path.open("rb") as stream:
        if stream.read(4) == _COMPOUND:
            raise ReadError(f"“{name}”加了密码或是旧版 .doc 文件，无法直接读取；请另存为不加密的 .docx 后再试。")
    with checked_zip(path, name) as archive:
        members = set(archive.namelist())
        if "word/document.xml" not in members:
            raise ReadError(f"“{name}”里没有 Word 正文，不是 .docx 文件；请检查后再试。")
        try:
            numbering = read_numbering(
                archive.read("word/numbering.xml") if "word/numbering.xml" in members else b"",
                archive.read("word/styles.xml") if "word/styles.xml" in members else b"",
            )
            with archive.open("word/document.xml") as stream:
                blocks = tuple(_Body(name, numbering).blocks(stream))
        except (ElementTree.ParseError, OSError, EOFError) as error:
            raise ReadError(f"“{name}”的正文不完整（可能下载中断或已损坏），无法读取；请重新下载后再试。") from error
    return Source(name, sha256, "word", without_page_numbers(blocks))


@dataclass(slots=True)
class _Body:
    """Walks the body once; `line` counts the paragraphs, those in tables too."""

    name: str
    numbering: Numbering
    line: int = 0
    ancestors: list[Element] = field(default_factory=list)

    def blocks(self, stream: object) -> Iterator[Block]:
        rows = depth = 0
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):  # type: ignore[call-overload]
            tag = _name(element)
            if tag not in {"p", "tbl", "tr"}:
                continue
            if event == "start":
                depth += tag != "tr"
                rows = 0 if tag == "tbl" and depth == 1 else rows
                continue
            if tag == "tr":
                rows += 1
                if rows > MOST_ROWS:
                    raise ReadError(
                        f"“{self.name}”有一张表超过 {MOST_ROWS} 行，不像预算公开表；请删去多余的行或拆分文件后再试。"
                    )
                continue
            depth -= 1
            if depth == 0:
                yield from self._table(element) if tag == "tbl" else self._paragraph(element)
                element.clear()

    def _paragraph(self, element: Element) -> Iterator[Block]:
        self.line += 1
        mark = self.numbering.mark(element)
        for text in _text(element).split("\n"):
            if mark or text.strip():
                yield Line(f"{mark}{text.strip()}", Place(lines=(self.line, self.line)))
            mark = ""
        for box in _visible(element, "txbxContent"):
            for child in box:
                yield from self._table(child) if _name(child) == "tbl" else self._paragraph(child)

    def _table(self, element: Element) -> Iterator[Block]:
        rows: list[list[SpanningCell]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column → row and index of the cell that is being merged down
        for row in _children(element, "tr"):
            cells: list[SpanningCell] = []
            column = _skipped(row)
            if column:
                cells.append(SpanningCell("", Place(), columns=column))
            for cell in _children(row, "tc"):
                span, merge = _spans(cell)
                text, place = self._cell_text(cell)
                if merge == "continue" and column in open_cells:
                    top, index = open_cells[column]
                    merged = rows[top][index]
                    joined = "\n".join(filter(None, (merged.text, text)))
                    rows[top][index] = SpanningCell(joined, merged.place, len(rows) - top + 1, merged.columns)
                else:
                    cells.append(SpanningCell(text, place, columns=span))
                    open_cells.pop(column, None)
                    if merge == "restart":
                        open_cells[column] = (len(rows), len(cells) - 1)
                column += span
            rows.append(cells)
        grid = spanning_rows_to_grid(rows)
        if grid is not None:
            yield from grid_to_blocks(grid)

    def _cell_text(self, cell: Element) -> tuple[str, Place]:
        first = self.line + 1
        texts = []
        for paragraph in _visible(cell, "p"):
            self.line += 1
            texts.append(self.numbering.mark(paragraph) + _text(paragraph).strip())
        return "\n".join(filter(None, texts)), Place(lines=(first, max(first, self.line)))


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Children with this tag, also those inside content controls and insertions."""
    for child in element:
        if _name(child) == tag:
            yield child
        elif _name(child) in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            yield from _children(child, tag)


def _visible(element: Element, tag: str) -> Iterator[Element]:
    """All descendants with this tag, without deleted ones and without the second copy kept for older programs."""
    for child in element:
        if _name(child) not in _HIDDEN:
            if _name(child) == tag:
                yield child
            yield from _visible(child, tag)


def _spans(cell: Element) -> tuple[int, str]:
    """How many columns a cell covers, and `restart`, `continue` or nothing for merging down."""
    span, merge = 1, ""
    for part in next(_children(cell, "tcPr"), ()):
        if _name(part) == "gridSpan":
            span = max(1, int(_value(part) or 1))
        elif _name(part) == "vMerge":
            merge = _value(part) or "continue"
    return span, merge


def _skipped(row: Element) -> int:
    """How many grid columns a row leaves out before its first cell."""
    properties = next(_children(row, "trPr"), None)
    skipped = (part for part in (properties if properties is not None else ()) if _name(part) == "gridBefore")
    return sum(int(_value(part) or 0) for part in skipped)


def _text(element: Element) -> str:
    """A paragraph's visible text; what stands in a text box inside it is left to the caller."""
    parts: list[str] = []
    for child in element:
        tag = _name(child)
        if tag in _HIDDEN or tag == "txbxContent" or _is_hidden_run(child):
            continue
        if tag == "t":
            parts.append(child.text or "")
        elif tag in {"tab", "ptab"}:
            parts.append("  ")
        elif tag in {"br", "cr"}:
            parts.append("\n")
        elif tag == "noBreakHyphen":
            parts.append("-")
        elif tag not in {"pPr", "rPr"}:
            parts.append(_text(child))
    return "".join(parts)


def _is_hidden_run(run: Element) -> bool:
    if _name(run) != "r":
        return False
    properties = next((part for part in run if _name(part) == "rPr"), ())
    return any(_name(part) == "vanish" and _value(part) not in {"0", "false"} for part in properties)


def _value(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}val")), "")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
