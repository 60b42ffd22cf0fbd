"""Checks a document against itself: every rule is run, what fails is told, what can be proved is mended.

A check that fails is an error of the document or of its reading. Both are worth a warning; neither is corrected silently.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ingest.comparisons import document_to_comparisons
from ingest.consistency import document_to_oddities
from ingest.doubts import outcomes_to_doubts
from ingest.equations import Outcome, outcome_to_finding
from ingest.facts import DocumentFacts, Fact, Finding, Grade, Status, TableRecord
from ingest.prose_checks import document_to_prose_outcomes
from ingest.repairs import Repair, block_to_repair, repair_to_facts
from ingest.rules import TieOutRules, tie_out_rules
from ingest.sheet_sums import document_to_sheet_outcomes
from ingest.table_blocks import Block, document_to_blocks
from ingest.table_sums import block_to_outcomes

_PASSING = (Grade.AGREES, Grade.ROUNDING)


def check_document(document: DocumentFacts) -> DocumentFacts:
    """The document with its findings, the statuses of its facts and, for each table, whether it ties out."""
    rules = tie_out_rules()
    mended, repairs = _mend(document, rules)
    outcomes = _outcomes(mended, rules)
    facts = _with_doubts(mended.facts, outcomes)
    findings = [
        *repairs,
        *(outcome_to_finding(outcome, facts) for outcome in outcomes if not outcome.holds),
        *document_to_oddities(replace(mended, facts=tuple(facts)), rules),
        *_agreements([outcome for outcome in outcomes if outcome.holds], facts),
    ]
    tables = _with_ties_out(mended, outcomes, repairs, facts)
    return replace(mended, facts=tuple(facts), findings=tuple(findings), tables=tables)


def _outcomes(document: DocumentFacts, rules: TieOutRules) -> list[Outcome]:
    blocks = document_to_blocks(document)
    return _distinct(
        [
            *(outcome for block in blocks for outcome in block_to_outcomes(block, document.facts, rules)),
            *document_to_comparisons(document, blocks, rules),
            *document_to_sheet_outcomes(document, blocks, rules),
            *document_to_prose_outcomes(document, blocks, rules),
        ]
    )


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


def _mend(document: DocumentFacts, rules: TieOutRules) -> tuple[DocumentFacts, list[Finding]]:
    """Repair the tables that one shift of values against labels mends completely."""
    findings: list[Finding] = []
    failed = {i for o in _outcomes(document, rules) if not o.holds and not o.equation.soft for i in o.equation.facts}
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
        summary=f"《{title}》的数值与行名整体错开一行；按合计勾稽还原后，表内各项之和全部成立。",
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


def _agreements(outcomes: Sequence[Outcome], facts: Sequence[Fact]) -> list[Finding]:
    """One finding for a rule and row: the cells of its columns are proof together."""
    groups: dict[tuple[str, Grade, int | None, int | None], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        fact = facts[outcome.equation.right[0]]
        key = (outcome.equation.rule, outcome.grade, fact.table_index, fact.row_index)
        groups[key].append(outcome)
    findings = []
    for key, members in groups.items():
        first = outcome_to_finding(members[0], facts)
        if key[2] is None or len(members) == 1 or key[0] == "table.parts" and len(members) == 1:
            findings.extend(outcome_to_finding(outcome, facts) for outcome in members)
        else:
            indexes = dict.fromkeys(index for outcome in members for index in outcome.equation.facts)
            findings.append(replace(first, fact_indexes=tuple(indexes)))
    return findings


def _with_ties_out(
    document: DocumentFacts, outcomes: Sequence[Outcome], repairs: Sequence[Finding], facts: Sequence[Fact]
) -> tuple[TableRecord, ...]:
    held: Counter[int] = Counter()
    failed: Counter[int] = Counter()
    for outcome in outcomes:
        if outcome.equation.soft:
            continue
        for table in {facts[index].table_index for index in outcome.equation.facts} - {None}:
            (held if outcome.holds else failed)[table or 0] += 1
    broken = {facts[index].table_index for finding in repairs for index in finding.fact_indexes}
    return tuple(_tied(table, held[i], failed[i] + (i in broken)) for i, table in enumerate(document.tables))


def _tied(table: TableRecord, held: int, failed: int) -> TableRecord:
    return replace(table, ties_out=None if not held and not failed else not failed)


def findings_by_grade(findings: Iterable[Finding]) -> Mapping[Grade, list[Finding]]:
    """Findings sorted into their grades, worst first."""
    return {grade: [finding for finding in findings if finding.grade is grade] for grade in reversed(Grade)}
