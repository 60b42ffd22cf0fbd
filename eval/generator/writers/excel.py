"""A workbook: a sheet for each table, with merged cells and typed numbers, and sheets of text between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from eval.generator.drawing import Block, Document, Drawing, Line, PageBreak, Printed
from eval.generator.writers.framed import lines_above, whole_rows


def write_excel(document: Document, path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(document.year, 1, 1)})  # not now: the same seed gives the same file
        money = book.add_format({"num_format": "#,##0.00"})
        for number, blocks in enumerate(_sheets(document.blocks), 1):
            sheet, row = book.add_worksheet(f"Sheet{number}"), 0
            for block in blocks:
                row = _write(sheet, row, block, money)


def _sheets(blocks: Sequence[Block]) -> list[list[Block]]:
    """Lines that follow each other share a sheet; each table has its own."""
    sheets: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, Line) and sheets and isinstance(sheets[-1][-1], Line):
            sheets[-1].append(block)
        elif not isinstance(block, PageBreak):
            sheets.append([block])
    return sheets


def _write(sheet: Any, row: int, block: Block, money: Any) -> int:
    """The next free row."""
    if isinstance(block, Line):
        sheet.write_string(row, 0, block.text)
        return row + 1
    assert isinstance(block, Drawing)
    for line in lines_above(block):
        sheet.write_string(row, 0, line)
        row += 1
    rows, _ = whole_rows(block)
    for offset, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell:
                _cell(sheet, row + offset, column, cell, money)
    end = row + len(rows)
    if block.look.note:
        sheet.write_string(end, 0, block.look.note)
    return end + 2


def _cell(sheet: Any, row: int, column: int, cell: Printed, money: Any) -> None:
    if cell.across > 1 or cell.down > 1:
        sheet.merge_range(row, column, row + cell.down - 1, column + cell.across - 1, "")
    plain = cell.text.replace(",", "")
    if cell.known and cell.known.unit == "元" and plain.lstrip("-").replace(".", "", 1).isdigit() and "." in plain:
        sheet.write_number(row, column, float(plain), money)
    else:
        sheet.write_string(row, column, cell.text)
