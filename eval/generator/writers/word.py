"""A Word document with headings and tables whose cells are merged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx

from eval.generator.drawing import Document, Drawing, Line
from eval.generator.writers.framed import lines_above, whole_rows


def write_word(document: Document, path: Path) -> None:
    paper = docx.Document()
    for block in document.blocks:
        if isinstance(block, Line):
            paper.add_paragraph(block.text, style=f"Heading {block.heading}" if block.heading else None)
        elif isinstance(block, Drawing):
            for line in lines_above(block):
                paper.add_paragraph(line)
            _table(paper, block)
            paper.add_paragraph(block.look.note)
    paper.save(str(path))


def _table(paper: Any, drawing: Drawing) -> None:
    rows, _ = whole_rows(drawing)
    table = paper.add_table(len(rows), len(rows[0]), style="Table Grid")
    places = [list(row.cells) for row in table.rows]
    for top, row in enumerate(rows):
        for left, cell in enumerate(row):
            if cell is None:
                continue
            place = places[top][left]
            if cell.across > 1 or cell.down > 1:
                place = place.merge(places[top + cell.down - 1][left + cell.across - 1])
            place.text = cell.text
