"""The money a project's text lists, against its own totals and against the project's funding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ingest.facts import DocumentFacts, Fact, Finding, Grade, Passage, Period
from ingest.numbers.numbers import NumeralKind, find_numerals
from ingest.numbers.quantities import YUAN, Quantity
from ingest.tie_outs.equations import shown
from ingest.tie_outs.rules import SheetRules, TieOutRules
from ingest.tie_outs.sheet_sums import Sheet

_OVERVIEW = "overview"
_ITEM = re.compile(
    r"(?:(?<=^)|(?<=[。；;:：\s]))"
    r"(?:\d{1,2}\s*[.、．](?!\d)|[(（][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}、)"
)
_BEFORE = 8


@dataclass(frozen=True, slots=True)
class Payment:
    """An amount a text lists; `is_sum` when it sums up those before it in its item."""

    printed: str
    amount: Quantity
    is_sum: bool


def overview_to_findings(sheet: Sheet, document: DocumentFacts, rules: TieOutRules) -> Iterator[Finding]:
    """The checks of one project's overview."""
    for passage in document.passages:
        if passage.project == sheet.project and passage.field == _OVERVIEW:
            items = [payments for text in _items(passage.text) if (payments := _payments(text, rules.sheets))]
            for payments in items:
                yield from _listed_sum(sheet, payments, document)
            yield from _against_funding(sheet, items, passage, document)


def _items(text: str) -> list[str]:
    """The numbered items of a text."""
    starts = [0, *(match.start() for match in _ITEM.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(starts) if end > start]


def _payments(text: str, words: SheetRules) -> list[Payment]:
    """The amounts of an item that are paid: no conditions (达4亿), no unit prices (每座约13500元)."""
    payments = []
    for start, end, printed, amount in money_in(text):
        before, after = text[max(0, start - _BEFORE) : start], text[end : end + 3]
        clause = re.split(r"[,，;；。:：(（]", before)[-1]
        if any(re.search(rf"{word}[到至约为了]?$", clause) for word in words.threshold_before):
            continue
        is_unit_price = any(re.search(f"{word}约?$", clause) for word in words.unit_price_before)
        if is_unit_price or after.startswith(words.threshold_after):
            continue
        payments.append(Payment(printed, amount, any(word in clause for word in words.sum_words)))
    return payments


def money_in(text: str) -> list[tuple[int, int, str, Quantity]]:
    """Every amount of money in a text: start, end, as printed, amount; `1600万` in a text about money is one."""
    amounts = []
    for numeral in find_numerals(text):
        quantity = numeral.quantity
        if quantity is None:
            continue
        is_bare = numeral.kind is NumeralKind.NUMBER and re.search(r"[万亿]$", numeral.printed.strip()) is not None
        if numeral.kind is NumeralKind.MONEY or is_bare:
            amount = Quantity(quantity.number, YUAN, quantity.relation, quantity.precision)
            amounts.append((numeral.start, numeral.end, numeral.printed, amount))
    return amounts


def _listed_sum(sheet: Sheet, payments: Sequence[Payment], document: DocumentFacts) -> Iterator[Finding]:
    """Payments of one item and the sum that closes them."""
    parts: list[Payment] = []
    for payment in payments:
        if payment.is_sum and len(parts) > 1:
            yield _sum_finding(sheet, parts, payment, document)
            parts = []
        elif not payment.is_sum:
            parts.append(payment)


def _sum_finding(sheet: Sheet, parts: Sequence[Payment], total: Payment, document: DocumentFacts) -> Finding:
    number = sum((part.amount.number for part in parts), Decimal(0))
    amount = Quantity(number, YUAN)
    holds = amount.number == total.amount.number
    listed = "、".join(part.printed for part in parts)
    sums = f"{' + '.join(part.printed for part in parts)} = {shown(amount)} {'=' if holds else '≠'} {total.printed}"
    indexes = _facts_of(sheet, [*parts, total], document)
    told = "相符" if holds else f"不符，差 {shown(Quantity(abs(number - total.amount.number), YUAN))}"
    return Finding(
        rule="sheet.listed_payments",
        grade=Grade.AGREES if holds else Grade.DISAGREES,
        summary=f"「{sheet.project}」概况中{_subject(document, indexes)}列出的 {listed} "
        f"与其合计 {total.printed} {told}。",
        table=sheet.facts[sheet.indexes[0]].table,
        expected=amount,
        actual=total.amount,
        recomputation=sums,
        fact_indexes=indexes,
    )


def _subject(document: DocumentFacts, indexes: Sequence[int]) -> str:
    """What the listed payments are for, as most of their facts are headed, in brackets; "" when nothing heads them."""
    heads = Counter(document.facts[index].row_path[-1] for index in indexes if document.facts[index].row_path)
    return f"“{heads.most_common(1)[0][0]}”" if heads else ""


def _facts_of(sheet: Sheet, payments: Sequence[Payment], document: DocumentFacts) -> tuple[int, ...]:
    """The facts of the project's text that print these amounts."""
    wanted = {(payment.amount.number, payment.printed.strip()) for payment in payments}
    numbers = {number for number, _ in wanted}
    return tuple(i for i, fact in enumerate(document.facts) if _is_text_of(fact, sheet) and _number(fact) in numbers)


def _is_text_of(fact: Fact, sheet: Sheet) -> bool:
    return fact.project == sheet.project and bool(fact.sentence)


def _number(fact: Fact) -> Decimal | None:
    return fact.quantity.number if fact.quantity else None


def _against_funding(
    sheet: Sheet, items: Sequence[Sequence[Payment]], passage: Passage, document: DocumentFacts
) -> Iterator[Finding]:
    """A single amount above the whole period's funding, or listed payments above the year's."""
    counted = [payment for payments in items for payment in _without_summed(payments)]
    whole = _funding(sheet, Period.WHOLE) or _funding(sheet, Period.ANNUAL) or _funding(sheet, Period.NONE)
    annual = _funding(sheet, Period.ANNUAL) or _funding(sheet, Period.NONE)
    for payment in counted:
        if whole is not None and payment.amount.number > whole[1].number > 0:
            yield _exceeds(sheet, [payment], whole, "实施期资金总额", document, passage.truncated)
    total = sum((payment.amount.number for payment in counted), Decimal(0))
    single = whole is not None and any(payment.amount.number > whole[1].number for payment in counted)
    if annual is not None and len(counted) > 1 and not single and total > annual[1].number > 0:
        yield _exceeds(sheet, counted, annual, "年度资金总额", document, passage.truncated)


def _without_summed(payments: Sequence[Payment]) -> list[Payment]:
    """An item's payments, each once: a closing sum stands for those before it."""
    counted: list[Payment] = []
    for payment in payments:
        counted = [payment] if payment.is_sum else [*counted, payment]
    return counted


def _funding(sheet: Sheet, period: Period) -> tuple[int, Quantity] | None:
    index = sheet.total(period)
    quantity = sheet.facts[index].quantity if index is not None else None
    return (index, quantity) if index is not None and quantity is not None else None


def _exceeds(
    sheet: Sheet,
    payments: Sequence[Payment],
    funding: tuple[int, Quantity],
    name: str,
    document: DocumentFacts,
    truncated: bool,
) -> Finding:
    total = Quantity(sum((payment.amount.number for payment in payments), Decimal(0)), YUAN)
    terms = " + ".join(payment.printed for payment in payments)
    what = f"概况中的 {terms}" if len(payments) == 1 else f"概况可见的 {len(payments)} 笔款项合计 {shown(total)}"
    cut = "（原文概况未印全）" if truncated and len(payments) > 1 else ""
    return Finding(
        rule="sheet.payments_and_funding",
        grade=Grade.DISAGREES,
        summary=f"「{sheet.project}」{what}{cut}，超过{name} {shown(funding[1])}。",
        table=sheet.facts[sheet.indexes[0]].table,
        expected=funding[1],
        actual=total,
        recomputation=f"{terms} = {shown(total)} > {shown(funding[1])}".replace(f"{terms} = {terms}", terms),
        fact_indexes=(*_facts_of(sheet, payments, document), funding[0]),
    )
