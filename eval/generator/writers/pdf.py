"""A PDF with ruled tables that run over pages, their headers repeated or not, and page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from eval.generator.drawing import Document, Drawing, Line, Printed
from eval.generator.writers.framed import lines_above, whole_rows

_FONT = "STSong-Light"  # one that every PDF viewer brings, so that no font file is needed
_MARGIN, _SIZE = 36, 8


def write_pdf(document: Document, path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    width, height = landscape(A4)
    paper = SimpleDocTemplate(
        str(path),
        pagesize=(width, height),
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        invariant=True,
    )
    paper.build(list(_flowables(document, width - 2 * _MARGIN - 12)), onFirstPage=_numbered, onLaterPages=_numbered)


def _numbered(canvas: Any, paper: Any) -> None:
    canvas.setFont(_FONT, _SIZE)
    canvas.drawCentredString(paper.pagesize[0] / 2, 20, f"- {canvas.getPageNumber()} -")


def _flowables(document: Document, width: float) -> Iterator[Flowable]:
    words, centred = _style(False), _style(True)
    for block in document.blocks:
        if isinstance(block, Line):
            yield Paragraph(escape(block.text), centred if block.centred else words)
        elif isinstance(block, Drawing):
            for line in lines_above(block):
                yield Paragraph(escape(line), centred if line == block.title else words)
            yield _table(block, width)
            yield Paragraph(escape(block.look.note), words) if block.look.note else Spacer(1, 10)


def _style(centred: bool, size: float = 10.5) -> ParagraphStyle:
    return ParagraphStyle(
        f"{centred} {size}",
        fontName=_FONT,
        fontSize=size,
        leading=size * 1.5,
        wordWrap="CJK",
        alignment=TA_CENTER if centred else TA_LEFT,
    )


def _table(drawing: Drawing, width: float) -> Table:
    rows, header = whole_rows(drawing)
    style = _style(False, _SIZE)
    texts = [[_content(cell, style) for cell in row] for row in rows]
    spans = [
        ("SPAN", (left, top), (left + cell.across - 1, top + cell.down - 1))
        for top, row in enumerate(rows)
        for left, cell in enumerate(row)
        if cell and (cell.across > 1 or cell.down > 1)
    ]
    look: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.5, black),
        ("FONT", (0, 0), (-1, -1), _FONT, _SIZE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    return Table(texts, _widths(rows, width), repeatRows=header, style=[*look, *spans])


def _content(cell: Printed | None, style: ParagraphStyle) -> str | Paragraph:
    """Words may wrap, figures may not."""
    if cell is None or not cell.text:
        return ""
    is_figure = cell.text.replace(",", "").replace(".", "").lstrip("-").isdigit()
    return cell.text if is_figure else Paragraph(escape(cell.text), style)


def _widths(rows: tuple[tuple[Printed | None, ...], ...], width: float) -> list[float]:
    """By the longest text of each column, within limits."""
    longest = [
        max((min(len(cell.text), 24) for cell in column if cell and cell.across == 1), default=4)
        for column in zip(*rows, strict=True)
    ]
    needed = [max(size, 5) for size in longest]
    return [width * size / sum(needed) for size in needed]
