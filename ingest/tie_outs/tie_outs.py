"""Checks a document against itself: every rule is run, what fails is told, what can be proved is mended.

A check that fails is an error of the document or of its reading. Both are worth a warning; neither is corrected
silently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.facts import DocumentFacts, Fact, Finding, Grade, Origin, Status, TableRecord
from ingest.tie_outs.comparisons import document_to_comparisons
from ingest.tie_outs.consistency import document_to_oddities
from ingest.tie_outs.doubts import outcomes_to_doubts
from ingest.tie_outs.equations import Outcome, outcome_to_finding
from ingest.tie_outs.prose_checks import document_to_prose_outcomes
from ingest.tie_outs.prose_tables import document_to_prose_table_outcomes
from ingest.tie_outs.repairs import Repair, block_to_repair, repair_to_facts
from ingest.tie_outs.rules import TieOutRules, tie_out_rules
from ingest.tie_outs.sheet_sums import document_to_sheet_outcomes
from ingest.tie_outs.table_blocks import Block, document_to_blocks
from ingest.tie_outs.table_changes import block_to_change_outcomes
from ingest.tie_outs.table_sums import block_to_outcomes


def check_document(document: DocumentFacts) -> DocumentFacts:
    """The document with its findings, the statuses of its facts and, for each table, whether it ties out."""
    rules = tie_out_rules()
    outcomes = _outcomes(document, rules)
    mended, repairs = _mend(document, outcomes, rules)
    if repairs:
        outcomes = _outcomes(mended, rules)
    facts = _with_doubts(mended.facts, outcomes)
    findings = [
        *repairs,
        *_outcome_findings([outcome for outcome in outcomes if not outcome.holds], facts),
        *document_to_oddities(replace(mended, facts=tuple(facts)), rules),
        *_outcome_findings([outcome for outcome in outcomes if outcome.holds], facts),
    ]
    tables = _with_ties_out(mended, outcomes, repairs, facts)
    return replace(mended, facts=tuple(facts), findings=tuple(findings), tables=tables)


def _outcomes(document: DocumentFacts, rules: TieOutRules) -> list[Outcome]:
    blocks = document_to_blocks(document)
    return _distinct(
        [
            *(outcome for block in blocks for outcome in _block_outcomes(block, blocks, document, rules)),
            *document_to_comparisons(document, blocks, rules),
            *document_to_sheet_outcomes(document, blocks, rules),
            *document_to_prose_outcomes(document, rules),
            *document_to_prose_table_outcomes(document, blocks, rules),
        ]
    )


def _block_outcomes(
    block: Block, blocks: Sequence[Block], document: DocumentFacts, rules: TieOutRules
) -> list[Outcome]:
    return [
        *block_to_outcomes(block, document.facts, rules, [other for other in blocks if other is not block]),
        *block_to_change_outcomes(block, document.facts),
    ]


def _distinct(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Each equation once, whichever rules arrive at it; one that says 0 = 0 is left out."""
    seen: dict[tuple[frozenset[int], frozenset[int], bool], Outcome] = {}
    for outcome in outcomes:
        if outcome.left.number == 0 == outcome.right.number:
            continue
        equation = outcome.equation
        left, right = frozenset(equation.left), frozenset(equation.right + equation.per)
        if (right, left, equation.at_most) not in seen:
            seen.setdefault((left, right, equation.at_most), outcome)
    return list(seen.values())


def _mend(
    document: DocumentFacts, outcomes: Sequence[Outcome], rules: TieOutRules
) -> tuple[DocumentFacts, list[Finding]]:
    """Repair the tables that one shift of values against labels mends completely; `outcomes` are the document's."""
    findings: list[Finding] = []
    failed = {i for o in outcomes if not o.holds and not o.equation.soft for i in o.equation.facts}
    for block in document_to_blocks(document):
        if failed.isdisjoint(index for line in block.lines for index in line.cells.values()):
            continue
        repair = block_to_repair(block, document.tables[block.table_index], document.facts, rules)
        if repair is None:
            continue
        proposed, finding = _apply(document, repair, rules)
        if _fits(proposed, repair, finding, rules):
            document = proposed
            findings.append(finding)
    return document, findings


def _apply(document: DocumentFacts, repair: Repair, rules: TieOutRules) -> tuple[DocumentFacts, Finding]:
    replaced, added = repair_to_facts(repair, document.facts, rules)
    first = len(document.facts)
    facts = tuple(replaced.get(index, fact) for index, fact in enumerate(document.facts)) + tuple(added)
    title = repair.block.title
    moves = [f"{fact.row} {fact.printed}" for fact in added if fact.quantity is not None]
    finding = Finding(
        rule="repair.shifted_rows",
        grade=Grade.DISAGREES,
        summary=f"《{title}》的数值与行名整体错位（错开一行）；按合计勾稽还原后，表内各项之和全部成立。",
        table=title,
        recomputation="；".join(repair.proofs),
        fact_indexes=(*replaced, *range(first, len(facts))),
        repair=f"还原后：{'，'.join(dict.fromkeys(moves))}。证明：{'；'.join(repair.proofs)}。",
    )
    return replace(document, facts=facts), finding


def _fits(document: DocumentFacts, repair: Repair, finding: Finding, rules: TieOutRules) -> bool:
    """Whether no check fails that the mended facts take part in."""
    mended = set(finding.fact_indexes)
    return all(
        outcome.holds or outcome.equation.soft or mended.isdisjoint(outcome.equation.facts)
        for outcome in _outcomes(document, rules)
    )


def _with_doubts(facts: Sequence[Fact], outcomes: Sequence[Outcome]) -> list[Fact]:
    checked = list(facts)
    for index, failures in outcomes_to_doubts(outcomes, facts).items():
        fact = checked[index]
        warnings = [outcome_to_finding(outcome, facts).summary for outcome in failures[:3]]
        new = [warning for warning in dict.fromkeys(warnings) if warning not in fact.warnings]
        checked[index] = replace(fact, status=Status.DOUBTFUL, warnings=(*fact.warnings, *new))
    return checked


def _outcome_findings(outcomes: Sequence[Outcome], facts: Sequence[Fact]) -> list[Finding]:
    """One finding for a rule and row: the cells of its columns are proof, or fail by the same amount, together."""
    groups: dict[tuple[object, ...], list[Outcome]] = defaultdict(list)
    for number, outcome in enumerate(outcomes):
        fact = facts[outcome.equation.right[0]]
        is_table = fact.origin is Origin.TABLE and facts[outcome.equation.facts[0]].origin is Origin.TABLE
        place = (fact.table_index, fact.row_index) if is_table else (number,)
        gap = None if outcome.holds else outcome.gap
        groups[(outcome.equation.rule, outcome.grade, gap, *place)].append(outcome)
    findings = []
    for members in groups.values():
        first = outcome_to_finding(members[0], facts)
        indexes = dict.fromkeys(index for outcome in members for index in outcome.equation.facts)
        findings.append(replace(first, fact_indexes=tuple(indexes)))
    return findings


def _with_ties_out(
    document: DocumentFacts, outcomes: Sequence[Outcome], repairs: Sequence[Finding], facts: Sequence[Fact]
) -> tuple[TableRecord, ...]:
    """A table ties out when a sum of its own was checked, all hold, and no check makes a figure of it doubtful."""
    held: set[int | None] = set()
    failed: set[int | None] = {facts[index].table_index for finding in repairs for index in finding.fact_indexes}
    for outcome in outcomes:
        members = [facts[index] for index in outcome.equation.facts]
        tables = {fact.table_index for fact in members}
        if outcome.holds and len(tables) == 1:
            held |= tables
        elif not outcome.holds and not outcome.equation.soft:
            failed |= tables if len(tables) == 1 else set()
            failed |= {fact.table_index for fact in members if fact.status is Status.DOUBTFUL}
    return tuple(
        replace(table, ties_out=False if number in failed else True if number in held else None)
        for number, table in enumerate(document.tables)
    )
