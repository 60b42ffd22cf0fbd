"""Keeps made-up figures out of a text: every numeral must be a cited fact's, a recorded step's, or part of a quotation.

A figure agrees with a fact when the fact lies within the precision that the text writes (10.3万元 stands for 10.25 to
10.35); 元, 万元 and 亿元 are one unit. A figure written right after a cited name must be that name's own. Words of
direction (增加, 减少, 持平 …) are claims like figures. Years, dates, ordinals and list marks are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from assistant.answer import Answer, Step
from assistant.catalog import Catalog
from assistant.directions import Direction, directions_in, governing_direction
from ingest.digits import half_width
from ingest.facts import Fact, Role
from ingest.labels import bare_label, joined_label
from ingest.ledger import StoredFact
from ingest.numbers import Numeral, NumeralKind, find_numerals, to_base_unit
from ingest.quantities import Quantity
from ingest.units import UnitKind, unit_named

_CHANGES = (Role.CHANGE, Role.CHANGE_RATE)
_NO_CLAIMS = (NumeralKind.DATE, NumeralKind.MARK, NumeralKind.DOCUMENT)
_MEASURES = (NumeralKind.MONEY, NumeralKind.SHARE, NumeralKind.RATE, NumeralKind.MULTIPLE)
_TITLE = re.compile(r"《[^《》]*》")
_NUMBERED = re.compile(r"(?:表|附件|附表|图)\s*$")
_RIGHT_AFTER = re.compile(
    r"(?:的|预算|年度|金额|总额|数|合计|共计|共|为|是|有|约|达|安排|编制|列|[：:\s*（(]|20\d\d年)*"
)
_RESTATED = re.compile(r"[*\s]*[（(，,]\s*(?:即|合|折合|约)?\s*")
_CHINESE = re.compile(r"[一-鿿]{2}")


class Fault(StrEnum):
    FIGURE = "figure"  # no cited cell and no step holds it
    DIRECTION = "direction"  # the cited change goes the other way, or no change is cited
    SUBJECT = "subject"  # nothing named that the ledger knows
    YEAR = "year"  # of a year that the ledger does not hold


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A claim at text[start:end] that nothing supports; `reason` is a sentence for a reader."""

    printed: str
    start: int
    end: int
    fault: Fault
    reason: str


def check_text(
    text: str, facts: Iterable[StoredFact], steps: Sequence[Step] = (), quoted: Sequence[str] = ()
) -> tuple[Unsupported, ...]:
    """The claims of a text that these facts and steps do not support, in order; texts in `quoted` may be repeated."""
    grounds = Grounds(tuple(stored.fact for stored in facts), tuple(steps))
    quotations = spans_of(text, (*quoted, *grounds.sentences))
    claims = claims_in(text, (*quotations, *spans_of(text, grounds.names)), grounds)
    return tuple(_faults(text, claims, grounds, quotations))


def check_answer(answer: Answer, catalog: Catalog) -> tuple[Unsupported, ...]:
    """The claims of an answer's text that are in no citation and in no step; the length of its own list is no claim."""
    facts = [catalog.by_id[cited.fact_id] for cited in answer.citations if cited.fact_id in catalog.by_id]
    printed = [cited.printed for cited in answer.citations]
    names = [document.name for document in catalog.documents]
    checks = [part for stored in catalog.findings for part in _summary_parts(stored.finding.summary)]
    quoted = (answer.question, *printed, *answer.warnings, *names, *checks)
    found = check_text(answer.text, facts, answer.steps, quoted)
    return tuple(fault for fault in found if not _counts_items(fault, answer))


@dataclass(frozen=True, slots=True)
class Claim:
    """A numeral that claims something. `signed` is its quantity under the direction word that governs it."""

    numeral: Numeral
    quantity: Quantity
    direction: Direction | None
    subject: str = ""  # the name it stands right after


@dataclass(frozen=True, slots=True)
class Grounds:
    """What may be claimed: the cited facts and the steps with their operands."""

    facts: tuple[Fact, ...]
    steps: tuple[Step, ...] = ()
    results: tuple[Quantity, ...] = field(init=False)
    operands: tuple[Quantity, ...] = field(init=False)

    def __post_init__(self) -> None:
        results = tuple(Quantity(Decimal(step.result.number), step.result.unit) for step in self.steps)
        operands = tuple(q for step in self.steps for n in find_numerals(step.expression) for q in _quantities(n))
        object.__setattr__(self, "results", results)
        object.__setattr__(self, "operands", operands)

    @property
    def sentences(self) -> Iterator[str]:
        """Texts of the facts that may be repeated word for word."""
        for fact in self.facts:
            yield from (fact.sentence, *fact.warnings, fact.table)
            if _CHINESE.search(fact.printed):
                yield fact.printed

    @property
    def names(self) -> Iterator[str]:
        for fact in self.facts:
            yield from names_of(fact)

    def about(self, subject: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if subject in names_of(fact))


def names_of(fact: Fact) -> tuple[str, ...]:
    """What a text may call a fact: its row's own label, its project, the labels it stands under."""
    own = bare_label(fact.row.rpartition(" / ")[2])
    names = (own, joined_label(fact.row.rpartition(" / ")[2]), joined_label(fact.project), *fact.row_path)
    return tuple(dict.fromkeys(name for name in names if _CHINESE.search(name)))


def claims_in(text: str, exempt: Sequence[tuple[int, int]], grounds: Grounds | None = None) -> tuple[Claim, ...]:
    """The numerals that claim a figure: no dates, marks, document numbers, table numbers, nor parts of `exempt`."""
    found: list[Claim] = []
    names = spans_of(text, grounds.names) if grounds else ()
    for numeral in find_numerals(_without_bullets(text)):
        if not _is_claim(text, numeral, exempt, grounds):
            continue
        quantities = _quantities(numeral) or (Quantity(Decimal(0), "malformed"),)
        subject = _subject(text, numeral, names, found)
        for quantity in quantities:
            found.append(Claim(numeral, quantity, governing_direction(text, numeral), subject))
    return tuple(found)


def supports(claim: Claim, true: Quantity) -> bool:
    """Whether a true quantity lies within what the claim writes, whatever the sign; direction is checked apart."""
    written, exact = to_base_unit(claim.quantity), to_base_unit(true)
    if not _same_unit(written.unit, exact.unit):
        return False
    above = abs(exact.number) - abs(written.number)
    return above == 0 or -written.precision <= above * 2 < written.precision


def prints(claim: Claim, fact: Fact) -> bool:
    """Whether the claim repeats a cell as printed, without its unit: `印作 20,000.00`."""
    return claim.quantity.unit == "" and half_width(claim.numeral.printed).strip() == half_width(fact.printed).strip()


def goes_the_same_way(claim: Claim, signed: Quantity) -> bool:
    if claim.direction is None:
        return claim.quantity.number >= 0 or signed.number < 0
    return agrees_in_direction(signed, -1 if claim.quantity.number < 0 else claim.direction.sign)


def agrees_in_direction(change: Quantity, sign: int) -> bool:
    return change.number * sign > 0 or change.number == sign == 0


def spans_of(text: str, parts: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the parts stand in a text; parts of one character are none."""
    return tuple(
        (found.start(), found.end())
        for part in dict.fromkeys(part.strip() for part in parts)
        if len(part) > 1 and _CHINESE.search(part)
        for found in re.finditer(re.escape(part), text)
    )


def _faults(
    text: str, claims: Sequence[Claim], grounds: Grounds, quotations: Sequence[tuple[int, int]]
) -> Iterator[Unsupported]:
    for claim in claims:
        if (fault := figure_fault(claim, grounds)) is not None:
            at = claim.numeral
            yield Unsupported(at.printed, at.start, at.end, *fault)
    for direction in directions_in(text):
        if _within(direction.start, direction.end, quotations) or _governs_a_claim(direction, claims):
            continue
        changes = _changes(grounds)
        if not any(agrees_in_direction(change, direction.sign) for change in changes):
            why = f"“{direction.word}”：{'引用的增减方向相反' if changes else '没有引用任何增减数'}"
            yield Unsupported(direction.word, direction.start, direction.end, Fault.DIRECTION, why)


def figure_fault(claim: Claim, grounds: Grounds) -> tuple[Fault, str] | None:
    """What is wrong with a claim, None when a fact about its subject or a step supports it."""
    facts = grounds.about(claim.subject) if claim.subject else grounds.facts
    cited = [f for f in facts if f.quantity is not None and (supports(claim, f.quantity) or prints(claim, f))]
    results = [q for q in grounds.results if supports(claim, q)]
    operands = [q for q in grounds.operands if supports(claim, q)]
    if not (cited or results or operands):
        whose = f"“{claim.subject}”的" if claim.subject else ""
        return Fault.FIGURE, f"“{claim.numeral.printed}”不是引用的{whose}数，也不是计算步骤里的数"
    if claim.direction is None and claim.quantity.number >= 0:
        return None
    plain = claim.direction is None
    signed = [f.quantity for f in cited if f.quantity is not None and (plain or f.coordinates.role in _CHANGES)]
    signed += results + [q for q in operands if plain or q.number < 0]
    if any(goes_the_same_way(claim, quantity) for quantity in signed):
        return None
    word = claim.direction.word if claim.direction else claim.numeral.printed
    why = "引用的增减方向相反" if signed else "引用的不是增减数"
    return Fault.DIRECTION, f"“{word} {claim.numeral.printed}”：{why}"


def _changes(grounds: Grounds) -> list[Quantity]:
    stated = [f.quantity for f in grounds.facts if f.coordinates.role in _CHANGES and f.quantity is not None]
    return stated + list(grounds.results)


def _governs_a_claim(direction: Direction, claims: Sequence[Claim]) -> bool:
    """Whether the direction governs a figure: then it is checked there."""
    return any(claim.direction is not None and claim.direction.start == direction.start for claim in claims)


def _is_claim(text: str, numeral: Numeral, exempt: Sequence[tuple[int, int]], grounds: Grounds | None) -> bool:
    if numeral.kind in _NO_CLAIMS or _within(numeral.start, numeral.end, exempt):
        return False
    if numeral.kind is NumeralKind.CODE:
        return numeral.printed.strip().isdigit() and not (grounds and _is_known_code(numeral.printed, grounds))
    if numeral.kind in _MEASURES:
        return True
    return not (_NUMBERED.search(text[: numeral.start]) or _in_title(text, numeral))


def _without_bullets(text: str) -> str:
    """The text with bullets and colons that numerals could join to themselves made plain, at the same length."""
    return re.sub(r"(?m)^[-*] ", "； ", text).replace("：", "；")


def _summary_parts(summary: str) -> tuple[str, str]:
    """A finding's sentence, whole and after its table's title, before which an answer may set the table's number."""
    return summary, summary.partition("》")[2]


def _is_known_code(printed: str, grounds: Grounds) -> bool:
    return any(printed == fact.row_code or printed in fact.printed for fact in grounds.facts)


def _in_title(text: str, numeral: Numeral) -> bool:
    return _within(numeral.start, numeral.end, [found.span() for found in _TITLE.finditer(text)])


def _within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _subject(text: str, numeral: Numeral, names: Sequence[tuple[int, int]], before: Sequence[Claim]) -> str:
    """The cited name that a figure stands right after; the same figure in another unit, in brackets, shares it."""
    if before and _RESTATED.fullmatch(text[before[-1].numeral.end : numeral.start]):
        return before[-1].subject
    before_it = [span for span in names if span[1] <= numeral.start]
    ends = [span for span in before_it if _RIGHT_AFTER.fullmatch(text[span[1] : numeral.start])]
    if not ends:
        return ""
    start, end = max(ends, key=lambda span: (span[1], span[1] - span[0]))
    return text[start:end]


def _quantities(numeral: Numeral) -> tuple[Quantity, ...]:
    """A numeral's quantities, both ends of a range; digits in a code count as a bare number."""
    if numeral.kind is NumeralKind.CODE and numeral.printed.strip().isdigit():
        return (Quantity(Decimal(numeral.printed.strip()), ""),)
    return tuple(q for q in (numeral.quantity, numeral.upper) if q is not None)


def _same_unit(written: str, true: str) -> bool:
    """个 stands for any thing counted one by one; a bare number stands for any."""
    if written == true or written == "":
        return True
    generic = ("个", "项")
    pair = (unit_named(written), unit_named(true))
    discrete = all(unit is not None and unit.kind is UnitKind.COUNT and unit.discrete for unit in pair)
    return discrete and (written in generic or true in generic)


def _counts_items(fault: Unsupported, answer: Answer) -> bool:
    quantities = [q for numeral in find_numerals(fault.printed) for q in _quantities(numeral)]
    return len(quantities) == 1 and Quantity(Decimal(len(answer.items)), quantities[0].unit) == quantities[0]
