"""Workbooks (.xlsx, .xls and, without formats, .ods): each visible sheet's name, captions and table, with addresses.

Formulas are never calculated; a formula whose result was not saved with the file is named in the notes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import python_calamine

from ingest.errors import ReadError
from ingest.readers.cell_formats import SheetFormats, shown_number, workbook_formats
from ingest.readers.merged_cells import check_size, grid_to_blocks
from ingest.source import Block, Cell, Grid, Line, Place, Source

_DEFAULT_NAME = re.compile(r"(?i)(?:sheet|工作表)\s*\d*")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
_Range = tuple[tuple[int, int], tuple[int, int]]
_Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read(path: Path, name: str, sha256: str) -> Source:
    """All visible sheets in order."""
    formats = workbook_formats(path, name)
    blocks: list[Block] = []
    notes: list[str] = []
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as workbook:
            for meta in workbook.sheets_metadata:
                if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                    notes.append(f"工作表“{meta.name}”是隐藏的，没有读入。")
                    continue
                sheet = formats.get(meta.name, SheetFormats())
                blocks.extend(_sheet_blocks(workbook.get_sheet_by_name(meta.name), sheet))
                notes.extend(_formula_notes(meta.name, sheet.uncalculated))
    except python_calamine.PasswordError as error:
        raise ReadError(f"“{name}”加了密码，无法读取；请用表格软件打开后另存为不加密的文件再导入。") from error
    except python_calamine.CalamineError as error:
        raise ReadError(f"“{name}”不是完整的工作簿（可能下载中断或已损坏），无法读取；请重新下载后再试。") from error
    return Source(name, sha256, "excel", tuple(blocks), tuple(notes))


def _formula_notes(sheet: str, addresses: Sequence[str]) -> Iterator[str]:
    if addresses:
        shown = "、".join(addresses[:5]) + ("等" if len(addresses) > 5 else "")
        yield (
            f"工作表“{sheet}”有 {len(addresses)} 个公式（{shown}）没有保存计算结果，这些单元格读作空白；"
            "请用表格软件打开并保存一次后再导入。"
        )


def _sheet_blocks(sheet: python_calamine.CalamineSheet, formats: SheetFormats) -> Iterator[Block]:
    if not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
        yield Line(sheet.name.strip(), Place(cell=f"{sheet.name}!A1"))
    check_size(sheet.total_height, sheet.total_width, f"工作表“{sheet.name}”")
    values = sheet.to_python(skip_empty_area=False)
    rows = _cells(sheet.name, values, sheet.merged_cell_ranges or [], formats)
    for part in _tables(rows):
        yield from grid_to_blocks(part)


def _cells(
    sheet: str, values: Sequence[Sequence[_Value]], merged: Sequence[_Range], formats: SheetFormats
) -> list[tuple[Cell, ...]]:
    """The sheet's rows; a cell that a merged one covers has that one's address."""
    anchors = {
        (row, column): (top, left)
        for (top, left), (bottom, right) in merged
        for row in range(top, min(bottom + 1, len(values)))
        for column in range(left, min(right + 1, len(values[0])))
    }
    rows = []
    for row, row_values in enumerate(values):
        cells = []
        for column, value in enumerate(row_values):
            anchor = anchors.get((row, column), (row, column))
            address = f"{_column_name(anchor[1])}{anchor[0] + 1}"
            hidden = anchor != (row, column)
            text = "" if hidden else _text(value, formats.formats.get(address, ""))
            cells.append(Cell(text, Place(cell=f"{sheet}!{address}"), hidden))
        rows.append(tuple(cells))
    return rows


def _text(value: _Value, number_format: str) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return shown_number(value, number_format)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return value.strip() if isinstance(value, str) else str(value)


def _column_name(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _tables(rows: Sequence[tuple[Cell, ...]]) -> Iterator[Grid]:
    """The sheet's rows divided where an empty row is followed by a caption and a header, without empty edges."""
    part: list[tuple[Cell, ...]] = []
    for index, row in enumerate(rows):
        if part and not _texts(rows[index - 1]) and _begins_table(rows[index : index + 6]):
            yield from _trimmed(part)
            part = []
        part.append(row)
    yield from _trimmed(part)


def _begins_table(rows: Sequence[tuple[Cell, ...]]) -> bool:
    """Whether a row of a single text is followed, after other captions at most, by several texts without a number."""
    if len(_texts(rows[0])) != 1:
        return False
    header = next((texts for row in rows if len(texts := _texts(row)) > 1 and "：" not in texts[0]), [])
    return len(header) > 1 and not any(_NUMBER.fullmatch(text) for text in header)


def _trimmed(rows: list[tuple[Cell, ...]]) -> Iterator[Grid]:
    while rows and not _texts(rows[-1]) and not any(cell.covered for cell in rows[-1]):
        rows.pop()
    width = max((column + 1 for row in rows for column, cell in enumerate(row) if cell.text or cell.covered), default=0)
    if width:
        yield Grid(tuple(row[:width] for row in rows))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row if cell.text]
