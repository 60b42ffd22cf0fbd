"""Records to ledger rows and back: every record that is stored comes out equal to what went in.

Reading is on the way of every question, so enums, label lists and coordinates are looked up instead of built again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from ingest.facts import (
    Absence,
    Coordinates,
    Fact,
    Finding,
    Fund,
    Grade,
    Level,
    Origin,
    Passage,
    Period,
    Role,
    Side,
    Spending,
    Status,
    TableRecord,
    UnitSource,
    Vintage,
)
from ingest.labels import label_key
from ingest.numbers.quantities import Quantity, Relation
from ingest.source import Place

Row = dict[str, Any]
_Kind = TypeVar("_Kind", bound=StrEnum)
_LARGEST = 2**63 - 1


def fact_to_row(fact: Fact) -> Row:
    """Everything of a fact but its id and document."""
    where = fact.coordinates
    return {
        "origin": fact.origin.value,
        "table": fact.table,
        "table_kind": fact.table_kind,
        "row": fact.row,
        "row_path": _dumped(fact.row_path),
        "row_code": fact.row_code,
        "column": _dumped(fact.column),
        "printed": fact.printed,
        **_quantity_to_row(fact.quantity),
        **_place_to_row(fact.place),
        "side": where.side.value,
        "fund": where.fund.value,
        "spending": where.spending.value,
        "vintage": where.vintage.value,
        "role": where.role.value,
        "level": where.level.value,
        "period": where.period.value,
        "year": where.year,
        "unit_source": fact.unit_source.value,
        "absence": None if fact.absence is None else fact.absence.value,
        "status": fact.status.value,
        "warnings": _dumped(fact.warnings),
        "project": fact.project,
        "field": fact.field,
        "sentence": fact.sentence,
        "table_index": fact.table_index,
        "row_index": fact.row_index,
        "column_index": fact.column_index,
        "row_key": label_key(fact.row),
        "project_key": label_key(fact.project),
    }


FACT_COLUMNS = (
    "id", "document_id", "origin", "table", "table_kind", "row", "row_path", "row_code", "column", "printed",
    "coefficient", "exponent", "digits", "unit", "relation", "precision_coefficient", "precision_exponent",
    "page", "first_line", "last_line", "box", "cell",
    "side", "fund", "spending", "vintage", "role", "level", "period", "year",
    "unit_source", "absence", "status", "warnings", "project", "field", "sentence",
    "table_index", "row_index", "column_index",
)  # fmt: skip


def row_to_fact(row: Sequence[Any]) -> Fact:
    """The fact in a row selected as FACT_COLUMNS."""
    (
        _, _, origin, table, table_kind, label, row_path, row_code, column, printed,
        coefficient, exponent, digits, unit, relation, precision_coefficient, precision_exponent,
        page, first_line, last_line, box, cell,
        side, fund, spending, vintage, role, level, period, year,
        unit_source, absence, status, warnings, project, field, sentence,
        table_index, row_index, column_index,
    ) = row  # fmt: skip
    quantity = None
    if unit is not None:
        number = _number(coefficient, exponent, digits)
        quantity = Quantity(number, unit, _RELATION[relation], _number(precision_coefficient, precision_exponent, None))
    return Fact(
        _ORIGIN[origin],
        table,
        table_kind,
        label,
        _texts(row_path),
        row_code,
        _texts(column),
        printed,
        quantity,
        _row_to_place(page, first_line, last_line, box, cell),
        _coordinates(side, fund, spending, vintage, role, level, period, year),
        _UNIT_SOURCE[unit_source],
        None if absence is None else _ABSENCE[absence],
        _STATUS[status],
        _texts(warnings),
        project,
        field,
        sentence,
        table_index,
        row_index,
        column_index,
    )


def table_to_row(table: TableRecord) -> Row:
    return {
        "title": table.title,
        "kind": table.kind,
        "number": table.number,
        "unit": table.unit,
        "note": table.note,
        "empty": int(table.empty),
        "ties_out": None if table.ties_out is None else int(table.ties_out),
        "rows": _dumped(table.rows),
        "places": _dumped([[p.page, *(p.lines or (None, None)), p.box, p.cell] for p in table.places]),
    }


def row_to_table(row: Row) -> TableRecord:
    places = (
        Place(page, None if first is None else (first, last), None if box is None else tuple(box), cell)
        for page, first, last, box, cell in json.loads(row["places"])
    )
    return TableRecord(
        row["title"],
        row["kind"],
        row["number"],
        row["unit"],
        tuple(tuple(cells) for cells in json.loads(row["rows"])),
        tuple(places),
        row["note"],
        bool(row["empty"]),
        None if row["ties_out"] is None else bool(row["ties_out"]),
    )


def passage_to_row(passage: Passage) -> Row:
    return {
        "heading": _dumped(passage.heading),
        "text": passage.text,
        **_place_to_row(passage.place),
        "term": passage.term,
        "project": passage.project,
        "field": passage.field,
        "truncated": int(passage.truncated),
    }


def row_to_passage(row: Row) -> Passage:
    place = _row_to_place(row["page"], row["first_line"], row["last_line"], row["box"], row["cell"])
    return Passage(
        _texts(row["heading"]), row["text"], place, row["term"], row["project"], row["field"], bool(row["truncated"])
    )


def finding_to_row(finding: Finding) -> Row:
    return {
        "rule": finding.rule,
        "grade": finding.grade.value,
        "summary": finding.summary,
        "table": finding.table,
        "expected": _quantity_to_text(finding.expected),
        "actual": _quantity_to_text(finding.actual),
        "recomputation": finding.recomputation,
        "fact_indexes": _dumped(finding.fact_indexes),
        "repair": finding.repair,
    }


def row_to_finding(row: Row) -> Finding:
    return Finding(
        row["rule"],
        Grade(row["grade"]),
        row["summary"],
        row["table"],
        _text_to_quantity(row["expected"]),
        _text_to_quantity(row["actual"]),
        row["recomputation"],
        tuple(json.loads(row["fact_indexes"])),
        row["repair"],
    )


def number_to_integers(number: Decimal) -> tuple[int | None, int, str | None]:
    """(coefficient, exponent, digits): number = coefficient × 10^exponent; digits where 64 bits are too few."""
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"不是有限的数：{number}")
    coefficient = int("".join(map(str, digits))) * (-1 if sign else 1)
    return (coefficient, exponent, None) if abs(coefficient) <= _LARGEST else (None, exponent, str(coefficient))


def _number(coefficient: int | None, exponent: int, digits: str | None) -> Decimal:
    if coefficient is None:
        return Decimal(f"{digits}E{exponent}")
    return _decimal(coefficient, exponent)


@lru_cache(maxsize=65536)
def _decimal(coefficient: int, exponent: int) -> Decimal:
    return Decimal(f"{coefficient}E{exponent}")


def _quantity_to_row(quantity: Quantity | None) -> Row:
    columns = ("coefficient", "exponent", "digits", "unit", "relation", "precision_coefficient", "precision_exponent")
    if quantity is None:
        return dict.fromkeys(columns)
    precision, precision_exponent, _ = number_to_integers(quantity.precision)
    number = number_to_integers(quantity.number)
    return dict(
        zip(columns, (*number, quantity.unit, quantity.relation.value, precision, precision_exponent), strict=True)
    )


def _quantity_to_text(quantity: Quantity | None) -> str:
    if quantity is None:
        return ""
    return _dumped([str(quantity.number), quantity.unit, quantity.relation.value, str(quantity.precision)])


def _text_to_quantity(text: str) -> Quantity | None:
    if not text:
        return None
    number, unit, relation, precision = json.loads(text)
    return Quantity(Decimal(number), unit, Relation(relation), Decimal(precision))


def _place_to_row(place: Place) -> Row:
    first, last = place.lines or (None, None)
    box = None if place.box is None else _dumped(place.box)
    return {"page": place.page, "first_line": first, "last_line": last, "box": box, "cell": place.cell}


def _row_to_place(page: int | None, first: int | None, last: int | None, box: str | None, cell: str | None) -> Place:
    lines = None if first is None or last is None else (first, last)
    return Place(page, lines, None if box is None else tuple(json.loads(box)), cell)


@lru_cache(maxsize=4096)
def _coordinates(
    side: str, fund: str, spending: str, vintage: str, role: str, level: str, period: str, year: int | None
) -> Coordinates:
    return Coordinates(
        Side(side), Fund(fund), Spending(spending), Vintage(vintage), Role(role), Level(level), Period(period), year
    )


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=16384)
def _texts(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _by_value(kind: type[_Kind]) -> dict[str, _Kind]:
    return {member.value: member for member in kind}


_ORIGIN = _by_value(Origin)
_STATUS = _by_value(Status)
_ABSENCE = _by_value(Absence)
_UNIT_SOURCE = _by_value(UnitSource)
_RELATION = _by_value(Relation)
