"""Performance sheets (绩效目标表) to facts: one a project, several in a part, or all projects in one grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ingest.facts import Fact, Passage, TableRecord
from ingest.labels import joined_label
from ingest.outline.outline import SheetPart
from ingest.prose.prose import text_to_facts
from ingest.sheets.blocks import blocks_to_facts, rows_to_blocks
from ingest.sheets.fields import (
    Entry,
    entries_to_passages,
    entries_with_periods,
    entry_to_fact,
    lost_periods,
    money_unit,
    row_to_entries,
)
from ingest.sheets.grids import SheetRow, aligned_grids
from ingest.sheets.indicator_rows import Half, header_to_halves
from ingest.sheets.indicators import SHEET_KIND, SheetContext, grid_to_indicators
from ingest.sheets.lists import header_to_list, list_to_facts
from ingest.sheets.texts import rows_to_texts
from ingest.sheets.words import field_of_label, is_departments
from ingest.source import Place
from ingest.tables.row_labels import split_code

_TITLE_END = re.compile(r"(?:项目支出|项目|专项资金)?绩效(?:目标(?:申报|情况|公开|批复|自评)?|自评价?|评价)表?.*$")
_YEAR = re.compile(r"^(?:20\d\d)?年?度?")
_SIGNATURE = ("handler", "contact", "phone", "filing_date", "person_in_charge", "remark")
_PROJECT_CODE = 10  # digits and letters; a shorter number may be part of the name
_CLOSING = ("remark", "conclusion", "problems", "improvements")  # texts below the indicators, from side to side


def sheet_to_facts(
    part: SheetPart, table_index: int, year: int | None
) -> tuple[TableRecord, tuple[Fact, ...], tuple[Passage, ...]]:
    """A sheet as printed, its fields and indicators as facts, and its long texts as passages."""
    grids = aligned_grids(part.grids)
    rows = [
        SheetRow(
            0, tuple("" if cell.covered else cell.text for cell in row), tuple(cell.covered for cell in row), number
        )
        for number, grid in enumerate(grids)
        for row in grid.rows
    ]
    rows = [replace(row, index=index) for index, row in enumerate(rows)]
    printed = rows
    rows = [row for row in _without_repeated_lead(rows) if not row.numbers_columns]
    places = [tuple(cell.place for cell in row) for grid in grids for row in grid.rows]
    sheet = SheetContext(part.title, "", table_index, year, [row.cells for row in printed], places, part.heading)
    record = TableRecord(
        title=part.title,
        kind=SHEET_KIND,
        number="",
        unit=part.unit,
        rows=tuple(row.cells for row in printed),
        places=tuple(_row_place(cells) for cells in places),
    )
    facts: list[Fact] = []
    passages: list[Passage] = []
    for block in _blocks(rows):
        more_facts, more_passages = _block_to_facts(block, part.unit, sheet)
        facts += more_facts
        passages += more_passages
    return record, tuple(facts), tuple(passages)


def _without_repeated_lead(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """The rows without those that a later page prints again at its top just as the first page does; where other fields
    follow them, another office's sheet of the same project begins, and they stay."""
    first = [row.cells for row in rows if row.grid == 0]
    kept: list[SheetRow] = []
    for grid, page in groupby(rows, key=lambda row: row.grid):
        here = list(page)
        again = 0
        while grid and again < min(len(first), len(here)) and here[again].cells == first[again]:
            again += 1
        kept += here[0 if _goes_on_with_fields(here[again:]) else again :]
    return kept


def _goes_on_with_fields(rows: Sequence[SheetRow]) -> bool:
    filled = [text for text in rows[0].cells if text.strip()] if rows else []
    return any(field_of_label(text) for text in filled[:1])


def _row_place(places: Sequence[Place]) -> Place:
    """The place of a whole row: its cells' rectangles joined."""
    if not places:
        return Place()
    boxes = [place.box for place in places if place.box]
    if not boxes:
        return places[0]
    left, top, right, bottom = zip(*boxes, strict=True)
    return replace(places[0], box=(min(left), min(top), max(right), max(bottom)))


def _blocks(rows: Sequence[SheetRow]) -> list[list[SheetRow]]:
    """The rows of each sheet; a row that begins with 项目名称 and goes on with a name opens the next."""
    blocks: list[list[SheetRow]] = [[]]
    for row in rows:
        filled = [text for text in row.cells if text.strip()]
        if len(filled) >= 2 and field_of_label(filled[0]) == "project" and not header_to_list(row.cells):
            named = any(field_of_label(text) == "project" for earlier in blocks[-1] for text in earlier.cells)
            if named:
                blocks.append([])
        blocks[-1].append(row)
    return [block for block in blocks if block]


def _block_to_facts(rows: Sequence[SheetRow], unit: str, sheet: SheetContext) -> tuple[list[Fact], list[Passage]]:
    for at, row in enumerate(rows):
        if header := header_to_list(row.cells, *(below.cells for below in rows[at + 1 : at + 3])):
            return list_to_facts(rows[at:], header, unit, sheet)
    return _single_sheet(rows, unit, sheet)


def _single_sheet(rows: Sequence[SheetRow], unit: str, sheet: SheetContext) -> tuple[list[Fact], list[Passage]]:
    halves: tuple[Half, ...] = ()
    texts, rows = rows_to_texts(rows)
    blocks, rows = rows_to_blocks(rows)
    grid: list[tuple[int, tuple[str, ...]]] = []
    entries: list[Entry] = []
    for row in rows:
        if not any(text.strip(" -—|:") for text in row.cells):
            continue
        if found := header_to_halves(row.cells):
            halves = halves or found
            continue
        here = row_to_entries(row.index, row.cells, row.width)
        if not halves:
            entries += here
            unit = money_unit(row.cells) or unit
            continue
        if closing := _closing(row, here):
            entries.append(closing)
            continue
        signature = [entry for entry in here if entry.field in _SIGNATURE]
        entries += [replace(e, text="", column=e.label_column) if _is_indicator_row(row) else e for e in signature]
        if not signature or _is_indicator_row(row):
            grid.append((row.index, _without_labels(row.cells)))
    told = {entry.field for entry in texts}
    entries = [*(entry for entry in entries_with_periods(entries) if entry.text or entry.field not in told), *texts]
    project = _project_name(entries)
    lead = _lead(joined_label(sheet.title))
    sheet = replace(sheet, project=project or ("" if is_departments(sheet.title) else lead), lead=lead)
    lost = lost_periods(entries)
    facts = [entry_to_fact(entry, unit, lost, sheet) for entry in entries]
    facts += blocks_to_facts(blocks, unit, sheet)
    passages = entries_to_passages(entries, sheet)
    for passage in passages:
        facts += text_to_facts(
            passage.text, passage.place, passage.heading, passage.project, passage.field, sheet.year, table=sheet.title
        )
    if halves:
        facts += grid_to_indicators(grid, halves, sheet)
    return facts, passages


def _lead(title: str) -> str:
    """What a title says before it says that it is a sheet's; the title where that is no more than a year."""
    lead = _TITLE_END.sub("", title)
    return lead if _YEAR.sub("", lead) else title


def _closing(row: SheetRow, entries: Sequence[Entry]) -> Entry | None:
    """The text that a row is all about, below the indicators: 存在问题 | 无。"""
    filled = [text for text in row.cells if text.strip()]
    if len(filled) != 2 or len(entries) != 1 or field_of_label(filled[0]) not in _CLOSING:
        return None
    return entries[0]


def _is_indicator_row(row: SheetRow) -> bool:
    """A signature label that OCR put into an indicator's row does not make the row a signature."""
    filled = [text for text in row.cells if text.strip()]
    labels = sum(1 for text in filled if field_of_label(text) in _SIGNATURE)
    return labels == 1 and len(filled) >= 4 and not any(":" in text or "：" in text for text in filled[1:])


def _without_labels(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if field_of_label(text) in _SIGNATURE else text for text in cells)


def _project_name(entries: Sequence[Entry]) -> str:
    """The project that a sheet is about, without the code that some print before its name."""
    name = next((entry.text for entry in entries if entry.field == "project" and entry.text), "")
    code, rest = split_code(name)
    return rest if len(code) >= _PROJECT_CODE else joined_label(name)
