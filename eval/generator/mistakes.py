"""Plants errors in a drawing: one digit of an amount changed, in a table or in the explanation, and known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from eval.generator.drawing import Block, Document, Drawing, Known, Line, plain


@dataclass(frozen=True, slots=True)
class Mistake:
    """The fact as it should be, and as the document now states it."""

    right: Known
    printed: Known


def with_mistakes(document: Document, count: int, seed: int) -> tuple[Document, tuple[Mistake, ...]]:
    """The document with `count` amounts misprinted, each in another place."""
    chance = random.Random(f"{seed}/{document.title}")
    places = [
        (at, fact)
        for at, block in enumerate(document.blocks)
        if isinstance(block, Line | Drawing)
        for fact in block.known
        if fact.unit == "元" and fact.number.lstrip("-").strip("0")
    ]
    blocks, mistakes = list(document.blocks), []
    for at, fact in chance.sample(places, count):
        wrong = _misprinted(fact, chance)
        blocks[at] = _changed(blocks[at], fact, wrong)
        mistakes.append(Mistake(fact, wrong))
    return replace(document, blocks=tuple(blocks)), tuple(mistakes)


def _misprinted(fact: Known, chance: random.Random) -> Known:
    """Another first digit after the first: large enough that no rounding hides it."""
    digits = [index for index, mark in enumerate(fact.printed) if mark.isdigit()]
    at = digits[min(1, len(digits) - 1)]
    other = chance.choice([digit for digit in "123456789" if digit != fact.printed[at]])
    printed = fact.printed[:at] + other + fact.printed[at + 1 :]
    number = Decimal(fact.number) / _number(fact.printed) * _number(printed)  # the first quotient is a power of ten
    return replace(fact, printed=printed, number=plain(number))


def _number(printed: str) -> Decimal:
    return Decimal("".join(mark for mark in printed if mark.isdigit() or mark == "."))


def _changed(block: Block, old: Known, new: Known) -> Block:
    if isinstance(block, Line):
        known: Sequence[Known] = [new if fact is old else fact for fact in block.known]
        return replace(block, text=block.text.replace(old.printed, new.printed, 1), known=tuple(known))
    assert isinstance(block, Drawing)
    rows = tuple(
        tuple(replace(cell, text=new.printed, known=new) if cell and cell.known is old else cell for cell in row)
        for row in block.rows
    )
    return replace(block, rows=rows)
