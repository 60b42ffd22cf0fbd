"""Plain text as it comes out of OCR: paragraphs apart by empty lines, cells apart by tabs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eval.generator.drawing import Document, Drawing, Line
from eval.generator.writers.framed import lines_above, whole_rows


def write_text(document: Document, path: Path) -> None:
    path.write_text("\n".join(_lines(document)) + "\n", encoding="utf-8")


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Line):
            yield from (block.text, "")
        elif isinstance(block, Drawing):
            for line in lines_above(block):
                yield from (line, "")
            rows, _ = whole_rows(block)
            yield from ("\t".join(cell.text if cell else "" for cell in row) for row in rows)
            yield from ("", block.look.note, "") if block.look.note else ("",)
