"""Keeps made-up figures out of a text: each must be a cited fact's, a recorded step's, or stand in a quotation.

`check_text` holds a text against what it cites, `check_answer` one of our own answers; `check_against_ledger` takes a
text that cites nothing, so there each figure must agree with a fact about the very thing it is said of. Words of
direction (增加, 减少, 持平 …) are claims like figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from assistant.answer import Answer, AnswerStatus, Step
from assistant.catalog import AS_PRINTED, Catalog
from assistant.checking.claims import Claim, Span, claims_in, has_direction, has_words, quantities_of, spans_of
from assistant.checking.subjects import Subject, Subjects
from assistant.questions.directions import Direction, directions_in
from ingest.facts import Fact, Origin, Role, Status
from ingest.labels import bare_label, joined_label
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import NumeralKind, find_numerals
from ingest.numbers.quantities import Quantity
from ingest.source import Place

_QUOTED = re.compile(r"“[^”]+”")
_CHANGES = (Role.CHANGE, Role.CHANGE_RATE)


class Fault(StrEnum):
    FIGURE = "figure"  # no cell and no step holds it
    DIRECTION = "direction"  # the change goes the other way, or no change is known
    SUBJECT = "subject"  # nothing is named that the ledger knows
    YEAR = "year"  # of a year that the ledger does not hold


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A claim at text[start:end] that nothing supports; `reason` is a sentence for a reader."""

    printed: str
    start: int
    end: int
    fault: Fault
    reason: str


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure of a text with the cell that supports it, or what is wrong with it."""

    printed: str
    start: int
    cell: StoredFact | None
    fault: Fault | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """Every figure of a text, in order."""

    figures: tuple[CheckedFigure, ...]
    catalog: Catalog

    @property
    def holds(self) -> bool:
        return all(figure.cell is not None for figure in self.figures)

    def as_text(self) -> str:
        """A line for each figure: ✓ with its cell, or ✗ with the reason."""
        return "\n".join(map(self._line, self.figures)) or "这段文字里没有要核对的数字。"

    def _line(self, figure: CheckedFigure) -> str:
        found = self._place(figure.cell) if figure.cell else figure.reason
        return f"{'✓' if figure.cell else '✗'} {figure.printed}：{found}"

    def as_json(self) -> list[dict[str, object]]:
        return [
            {
                "printed": figure.printed,
                "start": figure.start,
                "supported": figure.cell is not None,
                "cell": self._place(figure.cell) if figure.cell else None,
                "reason": figure.reason,
            }
            for figure in self.figures
        ]

    def _place(self, stored: StoredFact) -> str:
        fact, where = stored.fact, place_words(stored.fact.place)
        cell = " · ".join(part for part in (fact.table, fact.row, " / ".join(fact.column)) if part)
        doubt = "（存疑）" if fact.status is Status.DOUBTFUL else ""
        return f"{self.catalog.document_by_id[stored.document_id].name} {where}｜{cell}｜印作 {fact.printed}{doubt}"


def check_text(
    text: str, facts: Iterable[StoredFact], steps: Sequence[Step] = (), quoted: Sequence[str] = ()
) -> tuple[Unsupported, ...]:
    """The claims of a text that these facts and steps do not support; texts in `quoted` may be repeated."""
    grounds = Grounds([stored.fact for stored in facts], steps)
    quotations = spans_of(text, (*quoted, *grounds.sentences))
    claims = claims_in(text, quotations, spans_of(text, grounds.names), grounds.is_code)
    faults = [(claim, grounds.fault(claim, claims[number + 1 :])) for number, claim in enumerate(claims)]
    figures = [_unsupported(claim, fault) for claim, fault in faults if fault is not None]
    figures += _contradictory(claims)
    found = sorted([*figures, *_wrong_directions(text, claims, grounds, quotations)], key=lambda each: each.start)
    return tuple({(each.start, each.fault): each for each in reversed(found)}.values())[::-1]


def check_answer(answer: Answer, catalog: Catalog) -> tuple[Unsupported, ...]:
    """The claims of an answer's text that are in no citation and no step."""
    return AnswerGate(catalog).check(answer)


class AnswerGate:
    """Checks answers over one catalog. Its labels, codes and findings may be named; the length of a list is no claim."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        facts = [stored.fact for stored in catalog.facts]
        labels = {name for fact in facts for name in names_of(fact) if any(map(str.isnumeric, name))}
        codes = {f"{fact.row_code} {name}" for fact in facts if fact.row_code for name in names_of(fact)}
        checks = [part for stored in catalog.findings for part in _summary_parts(stored.finding.summary)]
        self._quotable = (*labels, *codes, *checks, *(document.name for document in catalog.documents))

    def check(self, answer: Answer) -> tuple[Unsupported, ...]:
        """The claims of the text that are in no citation and no step; what a decline quotes of the question is none."""
        cited = [self.catalog.by_id[each.fact_id] for each in answer.citations if each.fact_id in self.catalog.by_id]
        printed = [each.printed for each in answer.citations if each.fact_id is None]
        echoed = _QUOTED.findall(answer.text) if answer.status is AnswerStatus.NOT_FOUND else ()
        warned = [line for line in answer.text.splitlines() if line.startswith("⚠") and _is_a_warning(line, answer)]
        quoted = (answer.question, *printed, *answer.warnings, *warned, *echoed, *self._quotable)
        found = check_text(answer.text, cited, answer.steps, quoted)
        return tuple(fault for fault in found if not _counts_items(fault, answer) and not _denies(fault, answer))


def check_against_ledger(text: str, catalog: Catalog) -> LedgerReport:
    """Each figure of a text with the cell about the same thing and year that supports it, or why none does."""
    return LedgerGate(catalog).check(text)


class LedgerGate:
    """Checks texts against all that a catalog holds."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._subjects = Subjects(catalog)
        self._everything = Grounds([stored.fact for stored in catalog.facts])

    def check(self, text: str) -> LedgerReport:
        figures: list[CheckedFigure] = []
        about, after = Subject(), 0
        names = spans_of(text, self._everything.names)
        for claim in claims_in(text, (), names, self._everything.is_code):
            at = claim.numeral
            if not figures or figures[-1].start != at.start:
                about = self._subjects.subject(text, at.start, at.end, after, about)
                after = at.end
            figures.append(_checked(claim, about, self.catalog))
        return LedgerReport(tuple(figures), self.catalog)


class Grounds:
    """What may be claimed: cited facts, and steps with their operands."""

    def __init__(self, facts: Sequence[Fact], steps: Sequence[Step] = ()) -> None:
        self.facts = facts
        self._results = [Quantity(Decimal(step.result.number), step.result.unit) for step in steps]
        self._expressions = [step.expression for step in steps]

    @cached_property
    def sentences(self) -> list[str]:
        """Texts of the facts that may be repeated word for word."""
        texts = [text for f in self.facts for text in (f.sentence, f.table, *f.warnings)]
        printed = [f.printed for f in self.facts if f.quantity is None or has_words(f.printed)]
        return [*texts, *printed, *self._expressions]

    @cached_property
    def names(self) -> list[str]:
        return list(dict.fromkeys(name for fact in self.facts for name in names_of(fact)))

    @cached_property
    def _sequences(self) -> list[list[Claim]]:
        """The figures of each step, in order, each once."""
        claims = [claims_in(text, (), spans_of(text, self.names)) for text in self._expressions]
        return [_each_once(of_step) for of_step in claims]

    @cached_property
    def operands(self) -> list[Claim]:
        """The figures that the steps compute with; one that stands after a name is that name's."""
        return [claim for operands in self._sequences for claim in operands]

    def _operands_for(self, claim: Claim) -> list[Quantity]:
        """The operands that it writes. After a name: that name's, or a nameless one that is no other name's figure."""
        fitting = [operand for operand in self.operands if claim.fits(operand.quantity)]
        if claim.place:
            return []
        nameless = not claim.name or not self._holding(claim)
        return [o.quantity for o in fitting if nameless or o.name == claim.name]

    @property
    def changes(self) -> list[Quantity]:
        stated = [fact.quantity for fact in self.facts if fact.coordinates.role in _CHANGES]
        return [quantity for quantity in stated if quantity is not None] or self._results

    def is_code(self, printed: str) -> bool:
        return any(printed == fact.row_code or printed in fact.printed for fact in self.facts)

    def supporting(self, claim: Claim) -> list[Fact]:
        """The facts whose value it writes; right after a name or a place, only facts of that name, at that place."""
        facts = [fact for fact in self._holding(claim) if not claim.name or claim.name in names_of(fact)]
        return [fact for fact in facts if not claim.place or claim.place == place_words(fact.place)]

    def _holding(self, claim: Claim) -> list[Fact]:
        facts = [f for f in self.facts if (f.quantity and claim.fits(f.quantity)) or claim.repeats(f)]
        return [f for f in facts if claim.is_in(f)] if claim.as_printed else facts

    def _computes(self, claim: Claim, following: Sequence[Claim]) -> bool:
        """Whether some step computes with this figure and, next, with the one that follows it in the expression."""
        second = next((each for each in following if each.restates is None), None)
        pairs = (pair for operands in self._sequences for pair in pairwise(operands))
        alike = [(a, b) for a, b in pairs if a.operator == claim.operator and claim.fits(a.quantity)]
        return second is not None and any(second.fits(b.quantity) for _, b in alike)

    def fault(self, claim: Claim, following: Sequence[Claim] = ()) -> tuple[Fault, str] | None:
        """What is wrong with a claim; None when it is supported. An expression must be one of the steps'."""
        if claim.operator:
            return None if self._computes(claim, following) else (Fault.FIGURE, "这个算式不是计算步骤里的")
        cited = self.supporting(claim)
        results = [quantity for quantity in self._results if claim.fits(quantity) and not claim.place]
        operands = self._operands_for(claim)
        if not (cited or results or operands):
            whose = f"“{claim.name}”的" if claim.name else ""
            return Fault.FIGURE, f"没有引用到{whose}这个数，计算步骤里也没有"
        plain = claim.direction is None
        if any(fact.quantity is None for fact in cited):
            return None
        signed = [f.quantity for f in cited if f.quantity is not None and (plain or f.coordinates.role in _CHANGES)]
        signed += results + [quantity for quantity in operands if plain or quantity.number < 0]
        if any(claim.goes_as(quantity) for quantity in signed):
            return None
        word = claim.direction.word if claim.direction else "负数"
        return Fault.DIRECTION, f"“{word}”：{'增减方向与出处相反' if signed else '出处不是增减数'}"


def names_of(fact: Fact) -> tuple[str, ...]:
    """What a text may call a fact: its row's own label, its project, the labels it stands under."""
    own = joined_label(fact.row.rpartition(" / ")[2])
    names = (bare_label(own), own, joined_label(fact.project), *fact.row_path)
    return tuple(dict.fromkeys(name for name in names if has_words(name)))


def place_words(place: Place) -> str:
    return f"第{place.page}页" if place.page else f"第{place.lines[0]}行" if place.lines else place.cell or ""


def _checked(claim: Claim, about: Subject, catalog: Catalog) -> CheckedFigure:
    at = claim.numeral
    if not about.names:
        return CheckedFigure(at.printed, at.start, None, Fault.SUBJECT, "没有说明是哪一项的数，或账本里没有这一项")
    if not about.facts and about.year is not None and about.year not in catalog.years:
        return CheckedFigure(at.printed, at.start, None, Fault.YEAR, f"账本里没有{about.year}年的数据")
    usable = [stored for stored in about.facts if stored.fact.field != AS_PRINTED]
    grounds = Grounds([stored.fact for stored in usable])
    nameless = Claim(claim.numeral, claim.quantity, claim.direction)
    if (fault := grounds.fault(nameless)) is not None:
        kind, reason = fault
        if kind is Fault.FIGURE:
            reason = f"账本里“{'、'.join(about.names)}”没有这个数"
        return CheckedFigure(at.printed, at.start, None, kind, reason)
    supporting = grounds.supporting(nameless)
    return CheckedFigure(at.printed, at.start, min((s for s in usable if s.fact in supporting), key=_preference))


def _preference(stored: StoredFact) -> tuple[bool, int, int]:
    return stored.fact.status is Status.DOUBTFUL, list(Origin).index(stored.fact.origin), stored.id


def _each_once(claims: Sequence[Claim]) -> list[Claim]:
    """Figures without their restatements in other units; the operator stands after the last of them."""
    found: list[Claim] = []
    for claim in claims:
        if claim.restates is None:
            found.append(claim)
        elif found and claim.operator:
            found[-1] = replace(found[-1], operator=claim.operator)
    return found


def _unsupported(claim: Claim, fault: tuple[Fault, str]) -> Unsupported:
    at = claim.numeral
    return Unsupported(at.printed, at.start, at.end, *fault)


def _contradictory(claims: Sequence[Claim]) -> Iterator[Unsupported]:
    """Both figures where one is given again in another unit as something else."""
    for claim in claims:
        first = claim.restates
        if first is None or "" in (first.quantity.unit, claim.quantity.unit):
            continue
        if not first.fits(claim.quantity) and not claim.fits(first.quantity):
            reason = f"“{first.numeral.printed}”与“{claim.numeral.printed}”不是同一个数"
            yield from (_unsupported(each, (Fault.FIGURE, reason)) for each in (first, claim))


def _wrong_directions(
    text: str, claims: Sequence[Claim], grounds: Grounds, quotations: Sequence[Span]
) -> Iterator[Unsupported]:
    """Words of direction that govern no figure and that no cited change bears out."""
    governing = {claim.direction.start for claim in claims if claim.direction is not None}
    for each in directions_in(text):
        quoted = any(first <= each.start and each.end <= last for first, last in quotations)
        if not quoted and each.start not in governing and not _borne_out(each, grounds):
            why = "增减方向与出处相反" if grounds.changes else "没有引用任何增减数"
            yield Unsupported(each.word, each.start, each.end, Fault.DIRECTION, f"“{each.word}”：{why}")


def _borne_out(direction: Direction, grounds: Grounds) -> bool:
    return any(has_direction(change, direction.sign) for change in grounds.changes)


def _summary_parts(summary: str) -> tuple[str, str]:
    """A finding's sentence, whole and after its table's title, before which an answer may set the table's number."""
    return summary, summary.partition("》")[2]


def _is_a_warning(line: str, answer: Answer) -> bool:
    """Whether a line holds the figures of one of the answer's warnings; an English answer changes its punctuation."""
    figures = [numeral.printed for numeral in find_numerals(line)]
    return any(figures == [numeral.printed for numeral in find_numerals(warning)] for warning in answer.warnings)


def _denies(fault: Unsupported, answer: Answer) -> bool:
    """Whether the figure is the question's own, said to be wrong: `只有16个项目，不是30个`."""
    return fault.printed in answer.question and answer.text[: fault.start].endswith(("不是", "并非", "not "))


def _counts_items(fault: Unsupported, answer: Answer) -> bool:
    (numeral, *others) = find_numerals(fault.printed) or (None,)
    if numeral is None or others or numeral.kind not in (NumeralKind.COUNT, NumeralKind.NUMBER):
        return False
    return any(q.number == len(answer.items) > 0 and q.precision == 0 for q in quantities_of(numeral))
