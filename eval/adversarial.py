"""Attacks on the number gate: figures made up about things the ledger knows, and right answers with one digit changed.

The claims and the changes are made here with the judges' own reading of figures, not with the gate's.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from assistant.answer import Answer
from assistant.catalog import Catalog
from assistant.checking.gate import AnswerGate, LedgerGate
from eval.figures import figures_in
from eval.records import Attack
from ingest.facts import Origin
from ingest.numbers.quantities import YUAN

_SAID = (
    "{year}年{name}为{figure}。",
    "{year}年，{name}预算数是{figure}。",
    "{year}年安排{name}{figure}，全部用于当年。",
)
_SHORTEST = 6  # characters of a name that is one thing's


def invented_claims(catalog: Catalog, count: int, seed: int = 1) -> list[str]:
    """Sentences that give a thing the ledger names an amount that nothing of that name has, at any precision."""
    chance = random.Random(seed)
    own: dict[str, set[Decimal]] = {}
    for stored in catalog.facts:
        fact, quantity = stored.fact, stored.fact.quantity
        for name in (fact.project, fact.row, *fact.row_path) if quantity else ():
            own.setdefault(name.rpartition(" / ")[2], set()).add(abs(quantity.number) if quantity else Decimal(0))
    names = sorted(name for name in own if len(name) >= _SHORTEST and not any(map(str.isdigit, name)))
    years = sorted({document.year for document in catalog.documents if document.year})
    claims: list[str] = []
    while len(claims) < count:
        name, amount = chance.choice(names), Decimal(chance.randint(1, 10**9))
        if not any(abs(amount - other) < 10_000 for other in own[name]):
            figure = f"{amount / 10_000:,.2f}万元" if chance.random() < 0.5 else f"{amount:,}元"
            claims.append(chance.choice(_SAID).format(year=chance.choice(years), name=name, figure=figure))
    return claims


def attack_with_inventions(catalog: Catalog, count: int, seed: int = 1) -> Attack:
    """How many invented claims the gate supports: none should pass."""
    gate = LedgerGate(catalog)
    claims = invented_claims(catalog, count, seed)
    return Attack(kind="invented figures", tried=len(claims), passed=tuple(c for c in claims if gate.check(c).holds))


def mutations(text: str) -> Iterator[str]:
    """The text with one digit of one amount, share or multiple changed, in every way."""
    for _, start in figures_in(text):
        end = start
        while end < len(text) and text[end] in "0123456789,.-−":
            end += 1
        for at in (place for place in range(start, end) if text[place].isdigit()):
            yield from (text[:at] + digit + text[at + 1 :] for digit in "0123456789" if digit != text[at])


def attack_with_mutations(catalog: Catalog, answers: Iterable[Answer], count: int, seed: int = 1) -> Attack:
    """How many changed answers the gate lets through; an answer that it stops unchanged is no test of it."""
    gate, chance = AnswerGate(catalog), random.Random(seed)
    plain = [a.model_copy(update={"text": unicodedata.normalize("NFKC", a.text)}) for a in answers if a.citations]
    changed = [(answer, text) for answer in plain if not gate.check(answer) for text in mutations(answer.text)]
    tried = chance.sample(changed, min(count, len(changed)))
    passed = tuple(text for answer, text in tried if not gate.check(answer.model_copy(update={"text": text})))
    return Attack(kind="one-digit mutations", tried=len(tried), passed=passed)


def false_alarms(catalog: Catalog, answers: Sequence[Answer]) -> Attack:
    """Right answers that the gate would stop: what its strictness costs."""
    gate = AnswerGate(catalog)
    stopped = tuple(answer.question for answer in answers if gate.check(answer))
    return Attack(kind="right answers stopped", tried=len(answers), passed=stopped)


def amounts_said(catalog: Catalog, count: int, seed: int = 1) -> list[str]:
    """The other side: amounts of table cells said of their own row, which the gate should support."""
    facts = [s.fact for s in catalog.facts if s.fact.origin is Origin.TABLE and s.fact.quantity]
    named = [fact for fact in facts if len(fact.row) >= _SHORTEST and fact.quantity and fact.quantity.unit == YUAN]
    year = next(document.year for document in catalog.documents if document.year)
    chosen = random.Random(seed).sample(named, min(count, len(named)))
    return [f"{year}年{f.row}为{f.quantity.number if f.quantity else 0:f}元。" for f in chosen]
