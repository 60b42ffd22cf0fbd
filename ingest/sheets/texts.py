"""Texts of a performance sheet that stand below their headers: what was aimed at, and beside it what came of it.

Other fields stand right of their label; here a row prints the two headers (预期目标 | 实际完成情况) and the next row the texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.labels import joined_label, label_key
from ingest.sheets.fields import Entry
from ingest.sheets.grids import SheetRow
from ingest.sheets.words import field_of_label, is_grouping, sheet_words, text_of_head

_YEAR = re.compile(r"(20\d\d)年?度?")


@dataclass(frozen=True, slots=True)
class _Head:
    """A row of headers: each head's column with its field; the column that prints a year for each row, if one does."""

    fields: dict[int, str]
    year: int | None


def rows_to_texts(rows: Sequence[SheetRow]) -> tuple[list[Entry], list[SheetRow]]:
    """The texts below headers, and the rows that are neither."""
    entries: list[Entry] = []
    rest: list[SheetRow] = []
    at = 0
    while at < len(rows):
        head = _head(rows[at])
        body = _body(rows[at + 1 :], head) if head else []
        if head is None or not body:
            rest.append(rows[at])
            at += 1
            continue
        entries += _entries(rows[at], head, body)
        at += 1 + len(body)
    return entries, rest


def _head(row: SheetRow) -> _Head | None:
    """What a row heads, if it holds two heads or more and besides them only the labels of the group they are in."""
    filled = [column for column, text in enumerate(row.cells) if text.strip()]
    year = next((column for column in filled if label_key(row.cells[column]) in _years()), None)
    fields: dict[int, str] = {}
    for column in reversed(filled):  # the group's label may be called like a head: the heads are the last ones
        field = text_of_head(row.cells[column]) if column != year else ""
        if field and field not in fields.values():
            fields[column] = field
    others = [column for column in filled if column not in fields and column != year]
    if len(fields) < 2 or any(column > min(fields) for column in others):
        return None
    if not all(_is_group(row.cells[column]) for column in others):
        return None
    return _Head(fields, year)


def _years() -> frozenset[str]:
    return frozenset(map(label_key, sheet_words().text_years))


def _is_group(text: str) -> bool:
    return is_grouping(text) or bool(field_of_label(text) or text_of_head(text))


def _body(rows: Sequence[SheetRow], head: _Head) -> list[SheetRow]:
    """The row below with the texts, and those that go on with it: further years, or the rest after a page break."""
    body: list[SheetRow] = []
    for row in rows:
        filled = [column for column, text in enumerate(row.cells) if text.strip() and row.begins(column)]
        texts = [column for column in filled if column in head.fields]
        if not texts or any(_is_label(row.cells[column]) for column in filled):
            break
        goes_on = row.grid != body[-1].grid if body else True
        if body and not goes_on and not _year_of(row, head):
            break
        if set(filled) - set(texts) - {head.year}:
            break
        body.append(row)
    return body


def _is_label(text: str) -> bool:
    return bool(field_of_label(text)) or is_grouping(text)


def _year_of(row: SheetRow, head: _Head) -> str:
    match = _YEAR.match(joined_label(row.cells[head.year])) if head.year is not None else None
    return match[1] if match else ""


def _entries(row: SheetRow, head: _Head, body: Sequence[SheetRow]) -> list[Entry]:
    """One entry a head and year; without years all rows of the body are one text."""
    found: dict[tuple[str, int], Entry] = {}
    for below in body:
        year = _year_of(below, head)
        for column, field in sorted(head.fields.items()):
            text = below.cells[column].strip()
            if not text:
                continue
            if before := found.get((year, column)):
                found[year, column] = replace(before, text=before.text + text)
                continue
            label = joined_label(row.cells[column])
            period = sheet_words().fields[field].period
            found[year, column] = Entry(
                field, f"{year}年{label}" if year else label, text, below.index, column, column, period=period
            )
    return list(found.values())
