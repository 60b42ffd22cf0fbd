"""The number of projects that the explanation names beside an amount, against the projects the document lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.facts import DocumentFacts, Fact, Finding, Grade, Origin
from ingest.numbers.quantities import YUAN, Quantity
from ingest.prose.sentences import Figure, Part, document_to_sentences
from ingest.tie_outs.equations import shown, value_of
from ingest.tie_outs.rules import TieOutRules
from ingest.tie_outs.sheet_sums import project_amounts


def document_to_scope_findings(document: DocumentFacts, rules: TieOutRules) -> Iterator[Finding]:
    """“项目16个，涉及…97708.94万元”: when the count is that of all listed projects, the amount must be theirs too."""
    projects = project_amounts(document)
    if not projects:
        return
    indexes = tuple(index for cells in projects.values() for index in cells)
    total = Quantity(sum((value_of(document.facts[i]) or Decimal(0) for i in indexes), Decimal(0)), YUAN)
    for sentence in document_to_sentences(document, rules.prose):
        for count, amount in zip(sentence.figures, sentence.figures[1:], strict=False):
            if _tells_projects(count, amount, rules) and count.quantity.number == len(projects):
                yield _finding(count, amount, total, indexes, document.facts)


def _tells_projects(count: Figure, amount: Figure, rules: TieOutRules) -> bool:
    words = "|".join(rules.sheets.project_count)
    return (
        count.part is Part.COUNT
        and re.search(words, f"{count.fact.row}{count.before}") is not None
        and amount.part is Part.AMOUNT
        and amount.quantity.unit == YUAN
    )


def _finding(count: Figure, amount: Figure, total: Quantity, indexes: Sequence[int], facts: Sequence[Fact]) -> Finding:
    holds = amount.quantity.number == total.number
    told = f"{count.fact.printed}项目"
    if holds:
        summary = f"文字说明“{told}，{amount.fact.printed}”与所列项目的个数和合计相符。"
    else:
        summary = f"文字说明称{told}涉及 {amount.fact.printed}，而所列 {told}合计 {shown(total)}，口径不同"
        summary += f"：{amount.fact.printed} 是{same}。" if (same := _printed_as(amount, facts)) else "。"
    return Finding(
        rule="prose.scope",
        grade=Grade.AGREES if holds else Grade.DISAGREES,
        summary=summary,
        table=amount.fact.table,
        expected=total,
        actual=amount.quantity,
        recomputation=f"{len(indexes)}项之和 = {shown(total)} {'=' if holds else '≠'} {amount.fact.printed}",
        fact_indexes=(count.index, amount.index, *indexes),
    )


def _printed_as(amount: Figure, facts: Sequence[Fact]) -> str:
    """Which table cell prints this amount, in words."""
    for fact in facts:
        if fact.origin is Origin.TABLE and fact.quantity and fact.quantity.number == amount.quantity.number:
            return f"《{fact.table}》「{fact.row}」{'/'.join(fact.column)}的数"
    return ""
