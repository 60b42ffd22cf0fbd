"""Plants errors in documents that tied out and counts how many of them the checks find.

An error is planted in the facts as read, as a misprint or a misreading would put it there: a digit changed, a row
dropped, an amount ×10⁴ or ÷10⁴, a total broken, a figure of the explanation changed. It is found when a check fails
that did not fail before and that points at the changed figure (a dropped row: at its table).

    python -m eval.planting FILE... [--count 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from ingest.facts import DocumentFacts, Fact, Finding, Grade, Level, Origin, Role
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import PERCENT, YUAN
from ingest.outline.outline import source_to_outline
from ingest.pipeline import outline_to_facts
from ingest.reading import read_source
from ingest.tie_outs.tie_outs import check_document

_AMOUNTS = (Role.AMOUNT, Role.LAST_YEAR, Role.EXECUTED)
_TEN_THOUSAND = Decimal(10_000)


class Kind(StrEnum):
    DIGIT = "digit"
    DROPPED_ROW = "dropped row"
    SCALE = "times or by 10000"
    TOTAL = "total"
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class Planted:
    """One error and whether it was found; `what` tells it in words."""

    document: str
    kind: Kind
    what: str
    found: bool


@dataclass(frozen=True, slots=True)
class PlantingReport:
    planted: tuple[Planted, ...]

    @property
    def share_found(self) -> Decimal:
        return Decimal(sum(error.found for error in self.planted)) / max(len(self.planted), 1)

    def as_text(self) -> str:
        counts = Counter(error.kind for error in self.planted)
        found = Counter(error.kind for error in self.planted if error.found)
        lines = [f"{kind.value:>18}: {found[kind]} / {counts[kind]}" for kind in Kind if counts[kind]]
        missed = [f"  missed: {e.document} · {e.kind.value} · {e.what}" for e in self.planted if not e.found]
        return "\n".join([*lines, f"{'all':>18}: {self.share_found:.1%}", *missed])


@dataclass(frozen=True, slots=True)
class _Change:
    """A changed document, the facts that a finding must point at, and the change in words."""

    document: DocumentFacts
    points_at: Callable[[Finding, DocumentFacts], bool]
    what: str


def plant_errors(documents: Sequence[DocumentFacts], count: int, seed: int) -> PlantingReport:
    """`documents` as read and not yet checked; the same seed plants the same errors."""
    chance = random.Random(seed)
    baselines = [check_document(document) for document in documents]
    kinds = list(Kind)
    planted: list[Planted] = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        able = [i for i, checked in enumerate(baselines) if _targets(checked, kind)]
        if able:
            index = chance.choice(able)
            planted.append(_plant(documents[index], baselines[index], kind, chance))
    return PlantingReport(tuple(planted))


def _plant(document: DocumentFacts, checked: DocumentFacts, kind: Kind, chance: random.Random) -> Planted:
    target = chance.choice(_targets(checked, kind))
    change = _dropped(document, target) if kind is Kind.DROPPED_ROW else _changed(document, target, kind, chance)
    known = {(finding.rule, finding.summary) for finding in checked.findings if finding.grade is Grade.DISAGREES}
    after = check_document(change.document)
    found = any(
        finding.grade is Grade.DISAGREES
        and (finding.rule, finding.summary) not in known
        and change.points_at(finding, after)
        for finding in after.findings
    )
    return Planted(document.name, kind, change.what, found)


def _targets(checked: DocumentFacts, kind: Kind) -> list[int]:
    """Where an error can be planted in what tied out: tables whose sums hold, figures of prose that agreed."""
    agreed = {index for f in checked.findings if f.grade is not Grade.DISAGREES for index in f.fact_indexes}
    able = [index for index, fact in enumerate(checked.facts) if _is_target(fact, checked, kind)]
    return [index for index in able if index in agreed] if kind is Kind.PROSE else able


def prose_checked(documents: Sequence[DocumentFacts]) -> Decimal:
    """The share of the explanations' amounts, shares and changes that any check covers."""
    checked = [check_document(document) for document in documents]
    told = [(d, i) for d in checked for i, fact in enumerate(d.facts) if _is_target(fact, d, Kind.PROSE)]
    covered = {id(d): {i for finding in d.findings for i in finding.fact_indexes} for d in checked}
    return Decimal(sum(i in covered[id(d)] for d, i in told)) / max(len(told), 1)


def _is_target(fact: Fact, checked: DocumentFacts, kind: Kind) -> bool:
    if fact.quantity is None or fact.quantity.number == 0 or as_number(_number_of(fact)) is None:
        return False
    if kind is Kind.PROSE:
        told = fact.quantity.unit in (YUAN, PERCENT) and fact.coordinates.role not in (Role.DATE, Role.UNIT_PRICE)
        return fact.origin is Origin.PROSE and not fact.project and told
    if fact.origin is not Origin.TABLE or fact.table_index is None or fact.quantity.unit != YUAN:
        return False
    if checked.tables[fact.table_index].ties_out is not True or fact.coordinates.role not in _AMOUNTS:
        return False
    if kind is Kind.TOTAL:
        return fact.coordinates.level is Level.TOTAL
    return fact.coordinates.level is Level.ITEM and not (kind is Kind.DROPPED_ROW and fact.row in fact.column)


def _number_of(fact: Fact) -> str:
    """The digits of a printed figure without its unit."""
    kept = [mark for mark in fact.printed if mark.isdigit() or mark in ".,-"]
    return "".join(kept).replace(",", "")


def _changed(document: DocumentFacts, target: int, kind: Kind, chance: random.Random) -> _Change:
    fact = document.facts[target]
    printed = _scaled(fact, chance) if kind is Kind.SCALE else _other_digit(fact, chance)
    old, new = as_number(_number_of(fact)), as_number(printed)
    assert fact.quantity is not None and old and new is not None
    quantity = replace(fact.quantity, number=fact.quantity.number * new / old)
    text = fact.printed.replace(_printed_number(fact.printed), printed) if kind is Kind.PROSE else printed
    changed = replace(fact, printed=text, quantity=quantity, sentence=_sentence_with(document, target, text))
    facts = tuple(_same_sentence(f, fact, changed) if i != target else changed for i, f in enumerate(document.facts))
    what = f"{fact.table} / {fact.row}: {fact.printed} → {text}"
    return _Change(replace(document, facts=facts), lambda finding, _: target in finding.fact_indexes, what)


def _sentence_with(document: DocumentFacts, target: int, text: str) -> str:
    """The target's sentence with its own figure replaced, not an equal one before it."""
    fact = document.facts[target]
    before = sum(
        f.sentence == fact.sentence and f.table == fact.table and f.printed == fact.printed
        for f in document.facts[:target]
    )
    parts = fact.sentence.split(fact.printed)
    at = min(before + 1, len(parts) - 1)
    return fact.printed.join(parts[:at]) + text + fact.printed.join(parts[at:]) if at else fact.sentence


def _same_sentence(fact: Fact, old: Fact, new: Fact) -> Fact:
    """The other figures of a changed sentence stand in the changed sentence."""
    is_beside = bool(old.sentence) and fact.sentence == old.sentence and fact.table == old.table
    return replace(fact, sentence=new.sentence) if is_beside else fact


def _printed_number(printed: str) -> str:
    digits = [i for i, mark in enumerate(printed) if mark.isdigit()]
    return printed[digits[0] : digits[-1] + 1]


def _other_digit(fact: Fact, chance: random.Random) -> str:
    """One digit of the number replaced by another; the first never by 0."""
    number = _number_of(fact)
    positions = [i for i, mark in enumerate(number) if mark.isdigit()]
    at = chance.choice(positions)
    allowed = [digit for digit in "123456789" + ("0" if at != positions[0] else "") if digit != number[at]]
    return number[:at] + chance.choice(allowed) + number[at + 1 :]


def _scaled(fact: Fact, chance: random.Random) -> str:
    number = as_number(_number_of(fact)) or Decimal(0)
    return f"{number * _TEN_THOUSAND if chance.random() < 0.5 else number / _TEN_THOUSAND:f}"


def _dropped(document: DocumentFacts, target: int) -> _Change:
    fact = document.facts[target]
    kept = tuple(f for f in document.facts if not _is_beside(f, fact))
    what = f"{fact.table} / {fact.row}: the row with {fact.printed} left out"

    def points_at(finding: Finding, after: DocumentFacts) -> bool:
        return any(after.facts[index].table_index == fact.table_index for index in finding.fact_indexes)

    return _Change(replace(document, facts=kept), points_at, what)


def _is_beside(fact: Fact, other: Fact) -> bool:
    place = (fact.table_index, fact.row_index, fact.row)
    return fact.origin is Origin.TABLE and place == (other.table_index, other.row_index, other.row)


def read_documents(paths: Sequence[Path]) -> Iterator[DocumentFacts]:
    """Files as read, before any check."""
    for path in paths:
        source = read_source(path)
        yield outline_to_facts(source, source_to_outline(source), path.name)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Plant errors and count how many the checks find.")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    documents = list(read_documents(options.paths))
    print(plant_errors(documents, options.count, options.seed).as_text())
    print(f"figures of the explanations that a check covers: {prose_checked(documents):.1%}")


if __name__ == "__main__":
    main()
