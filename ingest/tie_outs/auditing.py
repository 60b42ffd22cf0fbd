"""The audit of documents as a reader wants it: what does not fit, worst first, each with its two places."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.facts import DocumentFacts, Fact, Finding, Grade, Origin
from ingest.numbers.numbers import format_quantity
from ingest.numbers.quantities import Quantity
from ingest.source import Place
from ingest.tie_outs.rules import tie_out_rules

_SECTIONS = (("table", "表格"), ("sheet", "绩效表"), ("prose", "文字说明"))
_MINOR = ("sheet.lost_values", "sheet.project_name", "sheet.project_count")
_GRADES = {Grade.DISAGREES: "不符", Grade.ROUNDING: "四舍五入差", Grade.AGREES: "相符"}


@dataclass(frozen=True, slots=True)
class Report:
    """`text` for a person, `data` for a machine: plain lists and mappings, ready for JSON."""

    text: str
    data: Mapping[str, object]

    def as_json(self) -> str:
        return json.dumps(self.data, ensure_ascii=False, indent=2)


def report(documents: Sequence[DocumentFacts]) -> Report:
    """The audit of checked documents."""
    texts = [document_to_text(document.name, document.findings, document.facts) for document in documents]
    data = {"documents": [document_to_data(document.name, document.findings, document.facts) for document in documents]}
    return Report("\n\n".join(texts), data)


def summary_of(findings: Sequence[Finding]) -> str:
    """How many checks there were and how they came out, in one sentence."""
    counts = Counter(finding.grade for finding in findings)
    if not findings:
        return "没有可核对的勾稽关系。"
    told = [f"{counts[grade]} 项{name}" for grade, name in _GRADES.items() if counts[grade]]
    return f"共核对 {len(findings)} 项：{'，'.join(told)}。"


def document_to_text(name: str, findings: Sequence[Finding], facts: Sequence[Fact]) -> str:
    """The findings of one document that a reader should know, grouped by tables, sheets and prose."""
    lines = [f"《{name}》{summary_of(findings)}"]
    for section, title in _SECTIONS:
        told = [f for f in worst_first(findings) if f.grade is Grade.DISAGREES and section_of(f, facts) == section]
        if told:
            lines.append(f"\n{title}（{len(told)} 处不符）")
            for number, finding in enumerate(told, start=1):
                lines.extend(_finding_lines(number, finding, facts))
    rounding = sum(finding.grade is Grade.ROUNDING for finding in findings)
    if rounding:
        lines.append(f"\n另有 {rounding} 项只差在四舍五入。")
    return "\n".join(lines)


def _finding_lines(number: int, finding: Finding, facts: Sequence[Fact]) -> list[str]:
    lines = [f"{number}. {finding.summary}"]
    if finding.recomputation:
        lines.append(f"   算式：{finding.recomputation}")
    if finding.repair:
        lines.append(f"   {finding.repair}")
    if places := places_of(finding, facts):
        lines.append(f"   位置：{'；'.join(places[:4])}{'等' if len(places) > 4 else ''}")
    return lines


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    """Disagreements before rounding before agreement; repairs first, then by how far off they are."""
    order = {Grade.DISAGREES: 0, Grade.ROUNDING: 1, Grade.AGREES: 2}
    return sorted(findings, key=lambda f: (order[f.grade], not f.repair, f.rule in _MINOR, -_gap(f)))


def _gap(finding: Finding) -> float:
    expected, actual = finding.expected, finding.actual
    if expected is None or actual is None or expected.unit != actual.unit:
        return 0.0
    largest = max(abs(expected.number), abs(actual.number))
    return float(abs(expected.number - actual.number) / largest) if largest else 0.0


def section_of(finding: Finding, facts: Sequence[Fact]) -> str:
    """Where a finding belongs: prose if a prose figure is in it, else a sheet, else the tables."""
    if finding.rule.startswith(("sheet.", "prose.")):
        return finding.rule.split(".")[0]
    origins = {facts[index].origin for index in finding.fact_indexes}
    if Origin.PROSE in origins:
        return "prose"
    return "sheet" if Origin.SHEET in origins else "table"


def places_of(finding: Finding, facts: Sequence[Fact]) -> list[str]:
    """Where its figures stand in a reader's words: for each table its pages or its lines, runs of them as ranges."""
    tables: dict[str, list[Place]] = {}
    for index in finding.fact_indexes:
        tables.setdefault(_table_name(facts[index]), []).append(facts[index].place)
    return [f"{name}{'、'.join(_place_names(places))}" for name, places in tables.items()]


def _place_names(places: Sequence[Place]) -> list[str]:
    pages = sorted({place.page for place in places if place.page is not None})
    lines = sorted({line for place in places if place.lines for line in range(place.lines[0], place.lines[1] + 1)})
    cells = list(dict.fromkeys(place.cell for place in places if place.cell))
    return [*_ranges(pages, "页"), *(_ranges(lines, "行") if not pages else []), *cells[:4]]


def _ranges(numbers: Sequence[int], unit: str) -> list[str]:
    """3, 4, 5, 9 → 第3–5页, 第9页."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [f"第{run[0]}–{run[-1]}{unit}" if len(run) > 1 else f"第{run[0]}{unit}" for run in runs]


def _table_name(fact: Fact) -> str:
    return f"《{fact.table}》" if fact.table else ""


def document_to_data(name: str, findings: Sequence[Finding], facts: Sequence[Fact]) -> Mapping[str, object]:
    """One document's audit for JSON."""
    counts = Counter(finding.grade for finding in findings)
    return {
        "document": name,
        "summary": summary_of(findings),
        "counts": {grade.value: counts[grade] for grade in Grade},
        "findings": [_finding_to_data(finding, facts) for finding in worst_first(findings)],
    }


def _finding_to_data(finding: Finding, facts: Sequence[Fact]) -> Mapping[str, object]:
    return {
        "rule": finding.rule,
        "title": tie_out_rules().titles.get(finding.rule, finding.rule),
        "grade": finding.grade.value,
        "section": section_of(finding, facts),
        "summary": finding.summary,
        "table": finding.table,
        "expected": _figure(finding.expected),
        "actual": _figure(finding.actual),
        "recomputation": finding.recomputation,
        "repair": finding.repair,
        "cells": [_cell(facts[index]) for index in finding.fact_indexes],
    }


def _figure(quantity: Quantity | None) -> Mapping[str, str] | None:
    if quantity is None:
        return None
    return {"number": f"{quantity.number:f}", "unit": quantity.unit, "shown": format_quantity(quantity)}


def _cell(fact: Fact) -> Mapping[str, object]:
    lines = list(fact.place.lines) if fact.place.lines else None
    return {
        "table": fact.table,
        "row": fact.row,
        "column": " / ".join(fact.column),
        "printed": fact.printed,
        "page": fact.place.page,
        "lines": lines,
        "status": fact.status.value,
    }
