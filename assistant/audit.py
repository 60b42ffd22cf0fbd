"""What does not tie out, as JSON and as lines that a person can read in a minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from assistant.fact_lines import plain_number
from ingest.facts import Grade
from ingest.ledger import FactFilter, Ledger, StoredDocument, StoredFact, StoredFinding
from ingest.quantities import Quantity

Audit = dict[str, Any]  # the JSON of `mingzhang audit --json`
_GRADES = {Grade.DISAGREES: "对不上", Grade.ROUNDING: "相差在进位以内", Grade.AGREES: "相符"}


def audit(ledger: Ledger, document_ids: Collection[int]) -> list[Audit]:
    """For each document its counts and every finding, the worst first, with the cells involved."""
    return [_document(ledger, document) for document in ledger.documents() if document.id in document_ids]


def audit_to_text(audits: Sequence[Audit]) -> str:
    """A summary of each document, then what disagrees."""
    return "\n".join(line for found in audits for line in _text(found)) or "账本里还没有文件。"


def _document(ledger: Ledger, document: StoredDocument) -> Audit:
    findings = ledger.findings([document.id])
    cited = sorted({fact_id for found in findings for fact_id in found.fact_ids})
    facts = {stored.id: stored for stored in ledger.facts(FactFilter(ids=cited))}
    tables = ledger.tables(document.id)
    order = list(_GRADES)
    return {
        "document": document.name,
        "department": document.department,
        "year": document.year,
        "tables": {
            "total": len(tables),
            "tie_out": sum(table.ties_out is True for table in tables),
            "disagree": sum(table.ties_out is False for table in tables),
            "unchecked": sum(table.ties_out is None for table in tables),
        },
        "grades": Counter(found.finding.grade.value for found in findings),
        "findings": [
            _finding(found, facts) for found in sorted(findings, key=lambda found: order.index(found.finding.grade))
        ],
    }


def _finding(found: StoredFinding, facts: Mapping[int, StoredFact]) -> Audit:
    finding = found.finding
    return {
        "rule": finding.rule,
        "grade": finding.grade.value,
        "summary": finding.summary,
        "table": finding.table,
        "expected": _value(finding.expected),
        "actual": _value(finding.actual),
        "recomputation": finding.recomputation,
        "repair": finding.repair,
        "cells": [_cell(facts[fact_id]) for fact_id in found.fact_ids if fact_id in facts],
    }


def _value(quantity: Quantity | None) -> dict[str, str] | None:
    return {"number": plain_number(quantity.number), "unit": quantity.unit} if quantity else None


def _cell(stored: StoredFact) -> Audit:
    fact = stored.fact
    lines = list(fact.place.lines) if fact.place.lines else None
    column = " / ".join(fact.column)
    return {
        "page": fact.place.page,
        "lines": lines,
        "table": fact.table,
        "row": fact.row,
        "column": column,
        "printed": fact.printed,
    }


def _text(found: Audit) -> Iterator[str]:
    tables, grades = found["tables"], found["grades"]
    counted = "，".join(f"{_GRADES[grade]} {grades[grade.value]} 处" for grade in _GRADES if grades[grade.value])
    held = f"{tables['total']} 张表，{tables['tie_out']} 张全部勾稽相符"
    yield f"{found['document']}：{held}；{counted or '没有可核对的关系'}。"
    wrong = [finding for finding in found["findings"] if finding["grade"] == Grade.DISAGREES.value]
    for number, finding in enumerate(wrong, 1):
        yield f"  {number}. {finding['summary']}"
        if finding["recomputation"] and finding["recomputation"] not in finding["summary"]:
            yield f"     {finding['recomputation']}"
        if finding["repair"]:
            yield f"     还原：{finding['repair']}"
