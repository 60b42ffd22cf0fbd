"""The explanation's figures against each other: shares, changes with their rates, totals with their parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise

from ingest.facts import DocumentFacts, Fact, Grade, Level, Origin, Role
from ingest.numbers.quantities import PERCENT, Quantity
from ingest.prose.sentences import Figure, Part, Sentence, document_to_sentences
from ingest.tie_outs.equations import Equation, Outcome, equation_to_outcome
from ingest.tie_outs.rules import ProseRules, TieOutRules
from ingest.tie_outs.table_blocks import AS_PRINTED

_ENDS = re.compile(r"[；;。]")
_ITEM_ENDS = re.compile(r"[、；;]")
_SENTENCE_ENDS = re.compile(r"。(?![）)])")
_LIST_ITEM = re.compile(r"[；;。]")
_LIST_ENDS = re.compile(r"。(?![）)])|其中")
_LIST_MARK = re.compile(r"[（(]?(?<!\d)(?P<number>\d{1,2})[）).．、](?!\d)")
_CONFIRMED_BY = 2  # so many other shares of a list show what whole it divides


@dataclass(frozen=True, slots=True)
class _Told:
    """A share that is told of an amount, `part`, and the amounts that it may be a share of."""

    figure: Figure
    part: Figure
    about: str
    wholes: tuple[int, ...]


def document_to_prose_outcomes(document: DocumentFacts, rules: TieOutRules) -> list[Outcome]:
    """Every check inside the prose; figures against tables are in `ingest.tie_outs.prose_tables`."""
    words = rules.prose
    totals = table_totals(document)
    outcomes: list[Outcome] = []
    sentences = document_to_sentences(document, words)
    for sentence in sentences:
        outcomes.extend(_rates(sentence, words))
        outcomes.extend(_differences(sentence, document.facts, words))
        outcomes.extend(_sums(sentence, document.facts, words))
    for _, together in groupby(sentences, key=lambda sentence: sentence.heading):
        outcomes.extend(_shares(list(together), document.facts, totals))
    return outcomes


def table_totals(document: DocumentFacts) -> list[int]:
    """The totals of all tables: what a share may be a share of."""
    seen: dict[Decimal, int] = {}
    for index, fact in enumerate(document.facts):
        is_total = fact.coordinates.level is Level.TOTAL and fact.coordinates.role is Role.AMOUNT
        if fact.origin is Origin.TABLE and is_total and fact.quantity is not None and fact.field != AS_PRINTED:
            seen.setdefault(fact.quantity.number, index)
    return [index for number, index in seen.items() if number]


def _shares(sentences: Sequence[Sentence], facts: Sequence[Fact], totals: Sequence[int]) -> Iterator[Outcome]:
    """占…%: the amount before it, of an amount told earlier under the same heading or of a table's total.

    The shares of one list are shares of one whole: one that fails is told against the whole that the others confirm.
    Shares that make 100 % may be of what their own amounts add up to, which need not be printed.
    """
    told: list[_Told] = []
    earlier: list[Figure] = []
    for sentence in sentences:
        for figure in sentence.figures:
            amounts = sentence.amounts_before(figure)
            if figure.part is Part.SHARE and amounts and not _ENDS.search(sentence.text[amounts[0].end : figure.start]):
                part = amounts[0]
                own = [o.index for o in sentence.figures if o.start < part.start and _contains(o, part)]
                before = [o.index for o in earlier if _contains(o, part)]
                told.append(_Told(figure, part, _clause(sentence, part, figure), (*own, *before)))
        earlier.extend(figure for figure in sentence.figures if figure.part is Part.AMOUNT)
    confirmed: Counter[int] = Counter()
    failing: list[tuple[_Told, Mapping[int, Outcome | None]]] = []
    for share in told:
        ways = {whole: _share(share, (whole,), facts) for whole in (*share.wholes, *totals)}
        holding = [(whole, outcome) for whole, outcome in ways.items() if outcome is not None and outcome.holds]
        confirmed.update(whole for whole, _ in holding)
        if holding:
            yield holding[0][1]
        else:
            failing.append((share, ways))
    own_sum = _of_their_sum([share for share, _ in failing], facts)
    yield from own_sum
    for share, failed in () if own_sum else failing:
        yield from _against_confirmed(failed, share.wholes, confirmed)


def _of_their_sum(shares: Sequence[_Told], facts: Sequence[Fact]) -> list[Outcome]:
    """The shares as those of all their amounts together, if they make 100 % and every one holds so; else nothing."""
    percents = [share.figure.quantity for share in shares]
    whole = Quantity(Decimal(100), PERCENT, precision=sum((each.precision for each in percents), Decimal(0)))
    made = Quantity(sum((each.number for each in percents), Decimal(0)), PERCENT, precision=Decimal(0))
    if len(shares) < 2 or not made.agrees_with(whole):
        return []
    parts = tuple(share.part.index for share in shares)
    outcomes = [_share(share, parts, facts) for share in shares]
    held = [outcome for outcome in outcomes if outcome is not None and outcome.holds]
    return held if len(held) == len(shares) else []


def _contains(whole: Figure, part: Figure) -> bool:
    return whole.part is Part.AMOUNT and whole.quantity.number >= part.quantity.number


def _against_confirmed(
    ways: Mapping[int, Outcome | None], wholes: Sequence[int], confirmed: Counter[int]
) -> Iterator[Outcome]:
    """A failing share against the whole of the list it stands in, else against the first amount of its own sentence."""
    best = max(ways, key=lambda whole: confirmed[whole], default=None)
    if best is None or confirmed[best] < _CONFIRMED_BY:
        best = wholes[0] if wholes else None
    outcome = ways.get(best) if best is not None else None
    if outcome is not None:
        yield outcome


def _share(share: _Told, per: tuple[int, ...], facts: Sequence[Fact]) -> Outcome | None:
    equation = Equation("prose.share", f"“{share.about}”的占比", (share.figure.index,), (share.part.index,), per=per)
    return equation_to_outcome(equation, facts)


def _clause(sentence: Sentence, first: Figure, last: Figure) -> str:
    start = max(sentence.text.rfind(mark, 0, first.start) for mark in "。；;，,：:") + 1
    return sentence.text[start : last.end].strip()


def _rates(sentence: Sentence, words: ProseRules) -> Iterator[Outcome]:
    """A，比上年减少 C，下降 R%: R is C as a share of A + C; or 比上年 B 减少 C: of B."""
    for change, rate in _changes(sentence):
        amounts = sentence.amounts_before(change)
        if amounts and not change.falls and amounts[0].quantity.number == change.quantity.number:
            continue  # from nothing: no rate says by how much
        listed = _listed(sentence, amounts)
        together = [listed[:count] for count in range(2, len(listed) + 1)]
        ways = [*([amount] for amount in amounts[:3]), *together]
        outcomes = [o for amount in ways if (o := _rate(sentence, amount, change, rate, words))]
        holding = [outcome for outcome in outcomes if outcome.holds]
        if holding or len(listed) < 2:  # a change told after a list may be that of a whole told elsewhere
            yield from (holding or outcomes)[:1]


def _listed(sentence: Sentence, amounts: Sequence[Figure]) -> list[Figure]:
    """The nearest amounts, as far as they are items of one list: A 1万元、B 2万元；C 3万元."""
    listed = list(amounts[:1])
    for later, earlier in pairwise(amounts):
        between = sentence.text[earlier.end : later.start]
        if not _ITEM_ENDS.search(between) or _SENTENCE_ENDS.search(between):
            break
        listed.append(earlier)
    return listed


def _rate(
    sentence: Sentence, amounts: Sequence[Figure], change: Figure, rate: Figure, words: ProseRules
) -> Outcome | None:
    """The rate of a change in amounts that are told together."""
    amount = amounts[-1]
    printed = sum((each.quantity.number for each in amounts), Decimal(0))
    rounding = sum((each.quantity.precision for each in amounts), Decimal(0))
    number = abs(change.quantity.number)
    is_base = len(amounts) == 1 and re.search(words.base, amount.before) is not None
    base = printed if is_base else printed + (number if change.falls else -number)
    if base <= 0:
        return None
    precision = (change.quantity.precision + number / base * rounding) / base * 100
    right = Quantity(round(number / base * 100, 6), PERCENT, precision=precision)
    left = replace(rate.quantity, number=abs(rate.quantity.number))
    gap = abs(left.number - right.number) * 2
    grade = Grade.AGREES if gap <= left.precision else Grade.ROUNDING
    if gap > left.precision + right.precision:
        grade = Grade.DISAGREES
    about = f"“{_clause(sentence, amount, rate)}”的增减幅度"
    equation = Equation("prose.change", about, (rate.index,), (change.index, *(each.index for each in amounts)))
    return Outcome(equation, left, Quantity(round(right.number, 2), PERCENT, precision=precision), grade)


def _changes(sentence: Sentence) -> Iterator[tuple[Figure, Figure]]:
    """A change in money with the percentage told for it."""
    for change, rate in zip(sentence.figures, sentence.figures[1:], strict=False):
        if change.part is Part.CHANGE and rate.part is Part.RATE and change.falls == rate.falls:
            yield change, rate


def _differences(sentence: Sentence, facts: Sequence[Fact], words: ProseRules) -> Iterator[Outcome]:
    """A，比上年 B 增加 C: B and C make A, or A and C make B."""
    for change in sentence.figures:
        amounts = sentence.amounts_before(change)
        if change.part is not Part.CHANGE or change.falls is None or len(amounts) < 2:
            continue
        base, amount = amounts[:2]
        if not re.search(words.base, base.before) or change.quantity.number <= 0:
            continue
        smaller, larger = (amount, base) if change.falls else (base, amount)
        about = f"“{_clause(sentence, amount, change)}”的增减额"
        equation = Equation("prose.change", about, (smaller.index, change.index), (larger.index,))
        outcome = equation_to_outcome(equation, facts)
        if outcome is not None:
            yield outcome


def _sums(sentence: Sentence, facts: Sequence[Fact], words: ProseRules) -> Iterator[Outcome]:
    """总额 A，其中：a、b、c — checked where the list is complete or adds up."""
    for position, total in enumerate(sentence.figures[:-2]):
        if total.part not in (Part.AMOUNT, Part.COUNT) or re.search(words.measure, total.before):
            continue
        parts = _parts(sentence, position, words)
        if len(parts) < 2:
            continue
        about = f"“{_clause(sentence, total, total)}”与其后所列各项之和"
        added = tuple(part.index for part in parts)
        alike = [f for f in sentence.figures[: position + 1] if f.part is total.part]
        listed = _listed(sentence, alike[::-1])
        wholes = [(total.index,), *(tuple(each.index for each in listed[:n]) for n in range(2, len(listed) + 1))]
        equations = (Equation("prose.sum", about, added, whole) for whole in wholes)
        outcomes = [o for equation in equations if (o := equation_to_outcome(equation, facts)) is not None]
        holding = [outcome for outcome in outcomes if outcome.holds]
        complete = len(listed) == 1 and (_is_complete(total, parts, words) or _is_numbered(parts))
        if holding or complete:
            yield from (holding or outcomes)[:1]


def _parts(sentence: Sentence, position: int, words: ProseRules) -> list[Figure]:
    """The figures of the same kind that a list after a total names, up to the end of its sentence or the next 其中."""
    total = sentence.figures[position]
    parts: list[Figure] = []
    listing = False
    for figure in sentence.figures[position + 1 :]:
        if parts and _LIST_ENDS.search(figure.before):
            break
        if re.search(words.reason, _LIST_ITEM.split(sentence.text[total.end : figure.start])[-1]):
            continue
        listing = listing or re.search("|".join(words.of_which), figure.before) is not None
        if figure.part is not total.part or figure.quantity.unit != total.quantity.unit:
            continue
        if not listing:
            break
        inside = parts and _depth(sentence, figure) > _depth(sentence, parts[0])
        if not inside and not re.search(words.measure, figure.before):
            parts.append(figure)
    return parts


def _is_numbered(parts: Sequence[Figure]) -> bool:
    """Whether the parts of a list are numbered from the first to the last: （1）…；（2）…"""
    marks = [mark["number"] for part in parts for mark in [_LIST_MARK.search(part.before)] if mark is not None]
    return len(parts) > 2 and [int(mark) for mark in marks] == list(range(1, len(parts) + 1))


def _depth(sentence: Sentence, figure: Figure) -> int:
    """How many brackets are open before a figure: one in brackets is a part of the one before them."""
    before = sentence.text[: figure.start]
    return sum(map(before.count, "（(")) - sum(map(before.count, "）)"))


def _is_complete(total: Figure, parts: Sequence[Figure], words: ProseRules) -> bool:
    """Whether a list names all that there are of a kind; a total that is of the kind itself is no total of them."""
    told = "".join(_LIST_ENDS.split(part.before)[-1] for part in parts)
    whole = (names for names in words.complete if not any(name in total.before for name in names))
    if any(all(name in told for name in names) for names in whole):
        return True
    return len(parts) > 2 and any(name in parts[-1].before for name in words.closing)
