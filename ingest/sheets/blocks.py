"""Small tables inside a performance sheet: annual tasks with their money, the department's funding by source.

Their header has no amounts and the rows below have amounts under it, unlike a field, whose amount stands right of its
label. They are read as tables are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.facts import Coordinates, Fact, Origin, Role, Vintage
from ingest.labels import joined_label
from ingest.numbers.numbers import parse_cell
from ingest.outline.outline import TablePart
from ingest.sheets.fields import money_unit
from ingest.sheets.grids import SheetRow
from ingest.sheets.indicator_rows import header_to_halves
from ingest.sheets.indicators import SHEET_KIND, SheetContext
from ingest.sheets.words import field_of_label, heads_block, is_grouping, is_value, sheet_words
from ingest.source import Cell, Grid
from ingest.tables.tables import table_to_facts
from ingest.tables.words import is_total

FIELD = "block"
_MOST_HEADER_ROWS = 3
_LONGEST_HEAD = 12


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a sheet that are a table: `header` many head the others, `columns` are theirs."""

    rows: tuple[SheetRow, ...]
    header: int
    columns: tuple[int, ...]


def rows_to_blocks(rows: Sequence[SheetRow]) -> tuple[list[Block], list[SheetRow]]:
    """The small tables among a sheet's rows, and the rows that are in none."""
    blocks: list[Block] = []
    rest: list[SheetRow] = []
    at = 0
    while at < len(rows):
        block = _block_at(rows, at)
        if block is None:
            rest.append(rows[at])
            at += 1
        else:
            blocks.append(block)
            at += len(block.rows)
    return blocks, rest


def _block_at(rows: Sequence[SheetRow], at: int) -> Block | None:
    for header in range(1, _MOST_HEADER_ROWS + 1):
        heads = rows[at : at + header]
        if len(heads) < header or not _is_header(heads[-1]):
            return None
        columns = _columns(heads)
        label = _label_column(rows[at + header :], columns)
        body = _body(rows[at + header :], columns, label)
        if len(columns) > 1 and body:
            named = {label} if label is not None else set()
            return Block(
                (*heads, *body), header, tuple(sorted({*_with_covered(columns, heads, rows[at].width), *named}))
            )
    return None


def _label_column(rows: Sequence[SheetRow], columns: Sequence[int]) -> int | None:
    """The column left of the headers that names the rows below by their field: 年度资金总额 | 50.00 | 48.00."""
    if not rows or not columns:
        return None
    left = [column for column in range(columns[0]) if rows[0].cells[column].strip()]
    return left[-1] if left and field_of_label(rows[0].cells[left[-1]]) else None


def _is_header(row: SheetRow) -> bool:
    """Whether a row holds headers of amounts, beside labels that only group, and nothing else."""
    texts = [text for text in row.cells if text.strip()]
    known = [heads_block(text) for text in texts]
    if header_to_halves(row.cells) or not any(known) or (len(texts) == 2 and not all(known)):
        return False
    if all(known[number] or is_grouping(text) or number in (0, len(texts) - 1) for number, text in enumerate(texts)):
        return True
    return sum(known) > 1 and sum(known) * 2 >= len(texts) and all(map(_may_head, texts))


def _may_head(text: str) -> bool:
    """Whether a text that is no known header may be one among others that are."""
    printed = joined_label(text)
    return len(printed) <= _LONGEST_HEAD and not re.search(r"\d{2}|[。；;:：]", printed) and not is_value(text)


def _columns(heads: Sequence[SheetRow]) -> list[int]:
    """The columns under headers; a label left of them that only groups the rows (年度预算申请) heads none."""
    found = {column for row in heads for column, text in enumerate(row.cells) if heads_block(text)}
    groups = {column for row in heads for column, text in enumerate(row.cells) if is_grouping(text)}
    own = found - groups
    if not own:
        return sorted(found)
    filled = {column for row in heads for column, text in enumerate(row.cells) if text.strip()}
    return sorted(column for column in filled if column >= min(own) and (column in found or column < max(own)))


def _with_covered(columns: Sequence[int], heads: Sequence[SheetRow], width: int) -> tuple[int, ...]:
    """The columns with those that a header merged over several columns covers."""
    found = list(columns)
    for row in heads:
        for column in columns:
            end = column + 1
            while heads_block(row.cells[column]) and end < width and not row.begins(end) and end not in found:
                found.append(end)
                end += 1
    return tuple(sorted(found))


def _body(rows: Sequence[SheetRow], columns: Sequence[int], label: int | None) -> list[SheetRow]:
    """The rows below with an amount under a header; a source of funding without any among them stays with them."""
    body: list[SheetRow] = []
    for row in rows:
        if row.grid != rows[0].grid or header_to_halves(row.cells):
            break
        if not (_has_amount(row, columns, label) or (body and _is_empty_source(row, columns, label))):
            break
        body.append(row)
    return body


def _is_empty_source(row: SheetRow, columns: Sequence[int], label: int | None) -> bool:
    """Whether a row names a source of funding under the fields above it, and prints blanks and dashes only."""
    if label is None or not _is_source(row.cells[label]):
        return False
    return all(parse_cell(row.cells[column]).absence is not None for column in columns)


def _has_amount(row: SheetRow, columns: Sequence[int], label: int | None) -> bool:
    filled = [column for column, text in enumerate(row.cells) if text.strip()]
    amounts = [column for column in filled if parse_cell(row.cells[column]).is_number]
    labels = [column for column in filled if heads_block(row.cells[column]) and column not in (*columns, label)]
    return any(column in columns for column in amounts) and not labels


def blocks_to_facts(blocks: Sequence[Block], unit: str, sheet: SheetContext) -> Iterator[Fact]:
    """Every value of the blocks; the row is the project's name and the block's own row."""
    for block in blocks:
        printed = next((found for row in block.rows[: block.header] if (found := money_unit(row.cells))), "")
        part = TablePart(
            sheet.title, SHEET_KIND, "", printed or _header_unit(block) or unit, (), (_grid(block, sheet),), ()
        )
        facts = table_to_facts(part, sheet.table_index, sheet.year)[1]
        sources = any(_is_source(fact.row) for fact in facts)
        for fact in _below_their_totals(facts):
            row = block.rows[fact.row_index] if fact.row_index is not None else block.rows[0]
            column = block.columns[fact.column_index] if fact.column_index is not None else block.columns[0]
            yield replace(
                fact,
                origin=Origin.SHEET,
                row=sheet.label(fact.row),
                coordinates=_coordinates(fact),
                project=sheet.project,
                field=_field(fact, row, column, sources),
                row_index=row.index,
                column_index=column,
            )


def _below_their_totals(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The facts of a block's table; sources that go on with a list that 其中 begins lie under the same total."""
    above: tuple[str, ...] = ()
    for fact in facts:
        words = sheet_words().fields.get(field_of_label(fact.row))
        if words is None or words.kind != "money" or words.total:
            above = ()
        elif fact.row_path:
            above = fact.row_path
        yield replace(fact, row_path=above) if above else fact


def _is_source(label: str) -> bool:
    field = field_of_label(label)
    return bool(field) and sheet_words().fields[field].kind == "money"


def _field(fact: Fact, row: SheetRow, column: int, sources: bool) -> str:
    """The field that the row is a line of, for its first amount; what else stands beside it is part of the block.

    `sources`: the rows are sources of money, so that a total among them is the sheet's total funding."""
    key = field_of_label(fact.row) or ("funding_total" if sources and is_total(fact.row) else "")
    first = next((number for number, text in enumerate(row.cells) if parse_cell(text).is_number), None)
    is_first = first == column and fact.coordinates.role is not Role.EXECUTED
    return ("funding_total" if sheet_words().fields[key].total else key) if key and is_first else FIELD


def _coordinates(fact: Fact) -> Coordinates:
    """What the table says of the amount; of which money a source is, its field says better."""
    words = sheet_words().fields.get(field_of_label(fact.row))
    if fact.quantity is None:
        return Coordinates(role=Role.TEXT)
    if words is None or words.kind != "money":
        return fact.coordinates
    vintage = Vintage.CARRIED_OVER if words.carried_over else Vintage.ALL
    return replace(fact.coordinates, fund=words.fund, vintage=vintage)


def _header_unit(block: Block) -> str:
    for row in block.rows[: block.header]:
        for text in row.cells:
            if "万元" in joined_label(text):
                return "万元"
    return ""


def _grid(block: Block, sheet: SheetContext) -> Grid:
    return Grid(
        tuple(
            tuple(
                Cell(row.cells[column], sheet.place(row.index, column), covered=not row.begins(column))
                for column in block.columns
            )
            for row in block.rows
        )
    )
