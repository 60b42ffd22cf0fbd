"""Every extracted cell with its provenance as CSV: the columns are a public contract."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path

from ingest.errors import LedgerError
from ingest.facts import Fact, Origin, Role
from ingest.ledger.ledger import FactFilter, Ledger, StoredDocument
from ingest.tie_outs.table_blocks import AS_PRINTED

COLUMNS = (
    "document", "year", "department", "table", "table_kind", "row", "row_path", "row_code", "column", "printed",
    "number", "unit", "page", "line", "status",
)  # fmt: skip
_SEPARATOR = " / "


def write_fact_lines(ledger: Ledger, document_ids: Collection[int], path: Path) -> int:
    """Write the facts of these documents; returns how many."""
    count = 0
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for line in fact_lines(ledger, document_ids):
                writer.writerow(line)
                count += 1
    except OSError as error:
        raise LedgerError(f"写不了 {path}（{error.strerror}）；请换一个位置。") from error
    return count


def fact_lines(ledger: Ledger, document_ids: Collection[int]) -> Iterator[tuple[object, ...]]:
    """A line for each non-empty value cell, and for each amount, share and count of the prose."""
    for document in ledger.documents():
        if document.id in document_ids:
            for stored in ledger.facts(FactFilter(document_ids=[document.id])):
                if _is_listed(stored.fact):
                    yield _line(document, stored.fact)


def plain_number(number: Decimal) -> str:
    """All digits, no exponent, no zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_listed(fact: Fact) -> bool:
    """Not what a repaired cell says where it is printed: each printed cell has one line."""
    if fact.field == AS_PRINTED:
        return False
    return fact.quantity is not None if fact.origin is Origin.PROSE else bool(fact.printed.strip())


def _line(document: StoredDocument, fact: Fact) -> tuple[object, ...]:
    quantity, place = None if fact.coordinates.role is Role.DATE else fact.quantity, fact.place
    return (
        document.name,
        document.year,
        document.department,
        fact.table,
        fact.table_kind,
        fact.row,
        _SEPARATOR.join(fact.row_path),
        fact.row_code,
        _SEPARATOR.join(fact.column),
        fact.printed,
        plain_number(quantity.number) if quantity else "",
        quantity.unit if quantity else "",
        place.page,
        place.lines[0] if place.lines and place.page is None else None,
        fact.status.value,
    )
