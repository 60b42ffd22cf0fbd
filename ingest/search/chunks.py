"""What is searched by meaning: a chunk for each passage, sheet and table, which says in its own text where it belongs.

There is never a chunk for a table's row: no amount is found by a vector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.facts import Passage, TableRecord
from ingest.labels import joined_label

PATH_SEPARATOR = " / "
_LONGEST = 400
_LONGEST_LABEL = 40  # longer cells are texts, and have their own passages
_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]*")
_AMOUNT = re.compile(r"[\d,.，．%％\s+-]*")


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What every chunk of a document says about where it belongs."""

    document_id: int
    name: str
    department: str
    year: int | None

    def line(self, *parts: str) -> str:
        year = f"{self.year}年" if self.year else ""
        return " ".join(part for part in (self.department, year, *parts) if part)


@dataclass(frozen=True, slots=True)
class Chunk:
    """`position` is the passage's place in the ledger, or the table's; `part` counts the pieces of a long one.

    `kind` is passage, sheet or table.
    """

    document_id: int
    document: str
    kind: str
    position: int
    part: int
    text: str

    @property
    def id(self) -> str:
        return f"{self.document_id}-{self.kind}-{self.position}-{self.part}"


def document_to_chunks(
    context: DocumentContext, tables: list[TableRecord], passages: list[tuple[int, Passage]]
) -> Iterator[Chunk]:
    """All chunks of a document; `passages` with their positions."""
    for position, passage in passages:
        where = context.line(*passage.heading, passage.project, passage.term)
        yield from _pieces(context, "passage", position, where, _sentences(passage.text))
    for index, table in enumerate(tables):
        kind = "sheet" if table.kind == "performance_sheet" else "table"
        unit = f"单位：{table.unit}" if table.unit else ""
        where = context.line(table.title, unit, table.note)
        yield from _pieces(context, kind, index, where, [f"{label}；" for label in _labels(table)])


def _pieces(context: DocumentContext, kind: str, position: int, where: str, texts: list[str]) -> Iterator[Chunk]:
    for part, body in enumerate(_packed(texts)):
        yield Chunk(context.document_id, context.name, kind, position, part, f"{where}\n{body}".strip())


def _packed(texts: list[str]) -> Iterator[str]:
    """Join sentences up to the longest size; one that is longer alone is cut."""
    body = ""
    for text in texts or [""]:
        for start in range(0, len(text) or 1, _LONGEST):
            piece = text[start : start + _LONGEST]
            if body and len(body) + len(piece) > _LONGEST:
                yield body
                body = ""
            body += piece
    yield body


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text) or [text]


def _labels(table: TableRecord) -> list[str]:
    """The distinct labels of a table, row by row, without its figures and long texts."""
    cells = (joined_label(cell) for row in table.rows for cell in row)
    words = (cell for cell in cells if 0 < len(cell) <= _LONGEST_LABEL and not _AMOUNT.fullmatch(cell))
    return list(dict.fromkeys(words))
