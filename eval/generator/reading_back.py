"""Holds what a document was generated with against what was read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from eval.generator.drawing import Document, Known, plain
from ingest.facts import DocumentFacts, Fact, Origin, Role


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Facts that were not read as they are, facts read that are none, and how many there are."""

    known: int
    missing: tuple[Known, ...]
    extra: tuple[Known, ...]
    wrong_head: str = ""  # department or year read otherwise

    @property
    def is_exact(self) -> bool:
        return not (self.missing or self.extra or self.wrong_head)

    def as_text(self) -> str:
        lines = [f"{self.known - len(self.missing)} of {self.known} read back exactly {self.wrong_head}"]
        lines += [f"- {_line(fact)}" for fact in self.missing[:20]]
        return "\n".join(lines + [f"+ {_line(fact)}" for fact in self.extra[:20]])


def read_back(document: Document, read: DocumentFacts) -> ReadBack:
    known, found = Counter(map(_comparable, document.known)), Counter(map(_comparable, _facts(read)))
    head = (read.department, read.year)
    wrong = "" if head == (document.department, document.year) else f"head read as {head}"
    return ReadBack(known.total(), tuple((known - found).elements()), tuple((found - known).elements()), wrong)


def _facts(read: DocumentFacts) -> Iterable[Known]:
    for fact in read.facts:
        told = fact.origin is Origin.PROSE
        if told and (fact.quantity is None or fact.coordinates.role is Role.DATE):
            continue
        if fact.printed.strip():
            yield _known(fact, told)


def _known(fact: Fact, told: bool) -> Known:
    number = plain(fact.quantity.number) if fact.quantity else ""
    unit = fact.quantity.unit if fact.quantity else ""
    if told:
        return Known(fact.table, number=number, unit=unit)
    return Known(fact.table, fact.row, fact.row_path, fact.row_code, fact.column, number, unit, fact.printed)


def _comparable(fact: Known) -> Known:
    """Figures of the explanation by number and unit; texts, not numbers, also by what is printed."""
    number = plain(Decimal(fact.number)) if fact.number else ""
    printed = "" if fact.number else _bare(fact.printed)
    return replace(fact, number=number, printed=printed, row=_bare(fact.row), table=_bare(fact.table))


def _bare(text: str) -> str:
    return "".join(text.split())


def _line(fact: Known) -> str:
    path = "".join(f"{label} > " for label in fact.path)
    value = f"{fact.number} {fact.unit}".strip() or f"“{fact.printed}”"
    return f"{fact.table} | {path}{fact.row} | {fact.code} | {' / '.join(fact.column)} | {value}"
