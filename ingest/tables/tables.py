"""Disclosure tables to facts: grids joined, headers resolved, every printed value with its labels and its place.

Structure and vocabulary decide, never a table's number. A cell gives exactly one fact or, where it is blank, none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.facts import (
    Absence,
    Coordinates,
    Fact,
    Level,
    Origin,
    Role,
    Side,
    Spending,
    Status,
    TableRecord,
    UnitSource,
    Vintage,
)
from ingest.labels import joined_label
from ingest.numbers.numbers import ParsedCell, parse_cell
from ingest.numbers.units import unit_named
from ingest.outline.outline import TablePart
from ingest.source import Place
from ingest.tables.columns import (
    Column,
    Kind,
    TableSide,
    classification_of,
    is_project_header,
    is_unit_header,
    table_columns,
    table_sides,
)
from ingest.tables.continuations import JoinedTable, Section, grids_to_sections
from ingest.tables.coordinates import TableMeaning, coordinates_of, coordinates_of_words, in_year_of_row, table_meaning
from ingest.tables.headers import header_paths
from ingest.tables.hierarchy import Standing, rows_to_standings
from ingest.tables.merged_cells import Slot, SlotRow
from ingest.tables.row_labels import RowLabel, RowReader, complete_codes, split_code, without_chance_codes
from ingest.tables.value_units import CellUnit, TableUnit, cell_unit, table_unit
from ingest.tables.words import is_organisation, is_total, table_words

_UNIT_CODE = re.compile(r"\d{3}|\d{6}")
_UNKNOWN_UNIT = "表中没有写明金额单位，按万元读出，可能不对。"
_MALFORMED = "单元格中的数字写法不规范，无法确定数值：{}"
_NO_LABEL = "这一行没有印出名称。"
_MISALIGNED = "续页的列与表头对不上，列名可能不对。"


@dataclass(frozen=True, slots=True)
class _Table:
    """What all facts of one table share."""

    part: TablePart
    index: int
    unit: TableUnit
    meaning: TableMeaning

    @property
    def about_projects(self) -> bool:
        return self.meaning.base.spending is Spending.PROJECT or "项目" in self.part.title


def table_to_facts(
    part: TablePart, table_index: int, year: int | None, document_unit: str = ""
) -> tuple[TableRecord, tuple[Fact, ...]]:
    """The table as printed (grids joined, repeated headers left out) and one fact for each value cell with something in
    it; `table_index` is the record's place among the document's tables, `year` the document's year,
    `document_unit` the unit of money to use where the table prints none."""
    joined = grids_to_sections(part.grids, part.title)
    printed = part.unit or joined.unit
    unit = table_unit((printed, UnitSource.TABLE), (document_unit, UnitSource.DOCUMENT))
    facts: list[Fact] = []
    rows: list[SlotRow] = []
    for section in joined.sections:
        paths = header_paths(section.header, section.telling, section.width)
        columns = table_columns(paths, section.body)
        values = [column.path for column in columns if column.kind is Kind.VALUE]
        table = _Table(part, table_index, unit, table_meaning(part.title, values, year))
        facts.extend(_section_facts(table, section, columns, len(rows) + len(section.header)))
        rows.extend((*section.header, *section.body))
    return _record(part, printed, rows, joined, facts), tuple(facts)


def _record(
    part: TablePart, unit: str, rows: Sequence[SlotRow], joined: JoinedTable, facts: Sequence[Fact]
) -> TableRecord:
    width = max(map(len, rows), default=0)
    notes = [*joined.notes, *(line.text for line in part.notes if table_words().notes.search(joined_label(line.text)))]
    return TableRecord(
        part.title,
        part.kind,
        part.number,
        unit,
        tuple((*(slot.text for slot in row), *[""] * (width - len(row))) for row in rows),
        tuple(_row_place(row) for row in rows),
        "\n".join(dict.fromkeys(notes)),
        empty=not facts,
    )


def _row_place(row: SlotRow) -> Place:
    """One place around all cells of a row."""
    places = [slot.place for slot in row]
    first = places[0]
    lines = [place.lines for place in places if place.lines]
    boxes = [place.box for place in places if place.box]
    return Place(
        first.page,
        (min(start for start, _ in lines), max(end for _, end in lines)) if lines else None,
        (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        if boxes
        else None,
        next((slot.place.cell for slot in row if not slot.blank), first.cell),
    )


def _section_facts(table: _Table, section: Section, columns: Sequence[Column], first_row: int) -> Iterator[Fact]:
    sides = table_sides(columns)
    by_row: dict[int, list[Fact]] = {}
    for number, side in enumerate(sides):
        reader = RowReader(side, sides[:number], section.telling and _merges_labels(side, section.body))
        labels = [reader.read(row) for row in section.body]
        complete_codes(labels)
        listing = table.about_projects or _is_listing(side, labels)
        if listing:
            without_chance_codes(labels)
        standings = _standings(side, labels, listing)
        current = _parts_of_current_total(labels)
        for offset, (row, label, standing) in enumerate(zip(section.body, labels, standings, strict=True)):
            found = _row_facts(table, side, row, label, standing, first_row + offset, columns)
            by_row.setdefault(offset, []).extend(_current(fact) if offset < current else fact for fact in found)
    for offset in sorted(by_row):
        for fact in by_row[offset]:
            yield fact if section.aligned else _doubtful(fact, _MISALIGNED)


def _merges_labels(side: TableSide, body: Sequence[SlotRow]) -> bool:
    """Whether any label reaches over several rows by a merged cell, so that a blank is no label left out."""
    columns = [column.index for column in side.labels]
    owners = [row[column].owner for row in body for column in columns]
    blank = any(row[column].blank and not row[column].owner_text.strip() for row in body for column in columns[:1])
    return not blank or len(columns) < 2 or len(set(owners)) < len(owners)


def _current(fact: Fact) -> Fact:
    if fact.coordinates.vintage is not Vintage.ALL:
        return fact
    return replace(fact, coordinates=replace(fact.coordinates, vintage=Vintage.CURRENT))


def _is_listing(side: TableSide, labels: Sequence[RowLabel]) -> bool:
    """Whether a side lists projects or offices."""
    return any(is_project_header(column.path) for column in side.labels) or any(
        is_organisation(label.label) for label in labels
    )


def _standings(side: TableSide, labels: Sequence[RowLabel], listing: bool) -> list[Standing]:
    """Rows that print neither label nor value on this side do not take part in its hierarchy."""
    present = [index for index, label in enumerate(labels) if label.label]
    economic = any((classification_of(column.path) or 0) > 0 for column in side.labels)
    found = rows_to_standings([labels[index] for index in present], economic, listing)
    standings = [Standing((), Level.UNKNOWN)] * len(labels)
    for index, standing in zip(present, found, strict=True):
        standings[index] = standing
    return standings


def _parts_of_current_total(labels: Sequence[RowLabel]) -> int:
    """How many rows from the top are parts of a 本年收入合计 below them, and so this year's money."""
    for index, label in enumerate(labels):
        said = coordinates_of_words(label.label)
        if label.is_total and said.side is Side.INCOME and said.vintage is Vintage.CURRENT:
            return index
    return 0


def _row_facts(
    table: _Table,
    side: TableSide,
    row: SlotRow,
    label: RowLabel,
    standing: Standing,
    row_index: int,
    columns: Sequence[Column],
) -> Iterator[Fact]:
    for column in side.values:
        slot = row[column.index]
        if slot.blank:
            continue
        fact = _fact(table, side, column, slot, label, standing, _unit_beside(row, columns))
        yield replace(fact, row_index=row_index, column_index=column.index)


def _unit_beside(row: SlotRow, columns: Sequence[Column]) -> str:
    """What a unit column (计量单位) prints in this row."""
    for column in columns:
        unit = joined_label(row[column.index].owner_text) if column.header and is_unit_header(column.header) else ""
        if column.kind is Kind.TEXT and unit_named(unit):
            return unit
    return ""


def _fact(
    table: _Table, side: TableSide, column: Column, slot: Slot, label: RowLabel, standing: Standing, counted_in: str
) -> Fact:
    if not label.label and not side.labels:
        label, standing = _header_as_row(column)
    labels = (*standing.path, label.label)
    coordinates = coordinates_of(table.meaning, column.path, labels, bool(label.code), standing.level)
    if label.of_year:
        coordinates = in_year_of_row(coordinates, label.label, table.meaning.year)
    row = "" if label.code or label.named_project else label.label
    unit = cell_unit(row, column.path, table.unit, coordinates.role, counted_in)
    parsed = parse_cell(slot.text, unit.printed) if column.kind is Kind.VALUE else ParsedCell(slot.text)
    fact = Fact(
        Origin.TABLE,
        table.part.title,
        table.part.kind,
        label.label,
        standing.path,
        label.code,
        column.path,
        slot.text.replace("\n", ""),
        parsed.quantity,
        slot.place,
        _role_of_cell(coordinates, parsed, column, unit),
        _unit_source(parsed, unit),
        Absence.DASH if parsed.absence is Absence.DASH else None,
        project=_project(table, label, standing),
        table_index=table.index,
    )
    return _judged(fact, parsed, unit)


def _project(table: _Table, label: RowLabel, standing: Standing) -> str:
    """The project that a row of a project table is about; totals, groups and units are none."""
    if not table.about_projects or not label.named_project or standing.level is not Level.ITEM or _is_unit(label):
        return ""
    return split_code(label.label)[1]


def _is_unit(label: RowLabel) -> bool:
    """Whether a row names an office by its code: 116001 某市财政局."""
    return bool(_UNIT_CODE.fullmatch(label.code)) and is_organisation(label.label)


def _role_of_cell(coordinates: Coordinates, parsed: ParsedCell, column: Column, unit: CellUnit) -> Coordinates:
    if parsed.is_text or column.kind is not Kind.VALUE:
        return replace(coordinates, role=Role.TEXT)
    if unit.counts and coordinates.role is Role.AMOUNT:
        return replace(coordinates, role=Role.COUNT)
    return coordinates


def _unit_source(parsed: ParsedCell, unit: CellUnit) -> UnitSource:
    if parsed.quantity is None:
        return UnitSource.NONE
    return UnitSource.CELL if parsed.own_unit else unit.source


def _judged(fact: Fact, parsed: ParsedCell, unit: CellUnit) -> Fact:
    if not fact.row:
        fact = _doubtful(fact, _NO_LABEL)
    if parsed.malformed:
        return _doubtful(fact, _MALFORMED.format(fact.printed))
    if parsed.quantity is not None and not parsed.own_unit and unit.source is UnitSource.ASSUMED:
        return _doubtful(fact, _UNKNOWN_UNIT)
    return fact


def _doubtful(fact: Fact, warning: str) -> Fact:
    return replace(fact, status=Status.DOUBTFUL, warnings=(*fact.warnings, warning))


def _header_as_row(column: Column) -> tuple[RowLabel, Standing]:
    """In a table whose header is its row, the header that names the value: 公务用车购置及运行费 for its 小计 too."""
    path = column.path
    last = len(path) - 1
    while last > 0 and is_total(path[last]):
        last -= 1
    if last < 0:
        return RowLabel(""), Standing((), Level.UNKNOWN)
    if last == 0 and len(path) > 1 and _names_nothing(path[0]):
        last = 1
    above = tuple(header for header in path[:last] if not _names_nothing(header))
    if is_total(path[-1]) and last < len(path) - 1:
        level = Level.CLASS
    else:
        level = Level.TOTAL if is_total(path[last]) and not above else Level.ITEM
    return RowLabel(path[last]), Standing(above, level)


def _names_nothing(header: str) -> bool:
    """A header such as 2026年预算数, which heads all columns and names none."""
    return bool(table_words().plain_headers.match(header))
