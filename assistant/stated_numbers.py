"""A question that states a number and asks to have it confirmed, as the question that asks for this number.

`咱们管着5座泵站对吧` is answered by holding what `咱们管着多少座泵站` comes to against 5 座.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.plan import Aggregate, Change, Check, Combine, CostEstimate, Literal, Lookup, PerUnit, Plan, Ratio
from assistant.question import Question
from assistant.value_kinds import SPANS, units_alike
from assistant.words import longest_first, plain_words
from ingest.numbers import Numeral, NumeralKind, find_numerals
from ingest.quantities import MULTIPLE, PERCENT, YUAN, Quantity, Relation
from ingest.units import to_base

_STATED = frozenset({NumeralKind.MONEY, NumeralKind.SHARE, NumeralKind.MULTIPLE, NumeralKind.COUNT, NumeralKind.NUMBER})
_ASKED = {PERCENT: "百分之多少", MULTIPLE: "多少倍"}
SAID_WITH = {  # how what is printed is claimed to stand to a number said with a relation
    Relation.MORE: ">",
    Relation.AT_LEAST: ">",
    Relation.LESS: "<",
    Relation.AT_MOST: "<",
    Relation.ABOUT: "≈",
}
STRICT = {"≥": ">", "≤": "<"}  # the signs of a check that words of relations stand for
_OF_MONEY = re.compile(r"[万亿千百]|\.\d")


@dataclass(frozen=True, slots=True)
class Stated:
    """`question` asks for the number, `quantity` is what it is said to be, `relation` how it is said to stand to it."""

    question: Question
    quantity: Quantity
    relation: str

    def check(self, plan: Plan, catalog: Catalog) -> Check | None:
        """What a plan of the number comes to against what is said; None for a plan of no number, or of another kind."""
        if not isinstance(plan, Lookup | Aggregate | Combine | Ratio | Change | PerUnit | CostEstimate):
            return None
        quantity = self.quantity
        if isinstance(plan, Lookup) and plan.of.fact_ids:
            facts = (catalog.by_id[i].fact for i in plan.of.fact_ids if i in catalog.by_id)
            units = [f.quantity.unit for f in facts if f.quantity is not None]
            alike = next((unit for unit in units if _count_alike(unit, quantity.unit)), None)
            if alike is None:
                return None
            if to_base(alike)[0] != to_base(quantity.unit)[0]:
                quantity = replace(quantity, unit=alike)
        return Check(plan, self.relation, Literal(quantity))


def stated_number(question: Question) -> Stated | None:
    """The one number that a question states and asks to be confirmed; None where it asks for more, or states several."""
    if not says(question.said, "claim_asked") or says(question.text, "asks_besides"):
        return None
    body = cue("statement_tail").sub("", cue("claim_opener").sub("", question.text))
    tables = [found.span() for found in cue("table_number").finditer(body)]
    numerals = [n for n in find_numerals(body) if not any(start <= n.start < end for start, end in tables)]
    stated = [n for n in numerals if n.kind in _STATED and n.quantity is not None and n.quantity.unit not in SPANS]
    if len(stated) != 1 or stated[0].quantity is None or stated[0].upper is not None:
        return None
    said, quantity = stated[0], _amount(stated[0])
    if quantity is None:
        return None
    if cue("all_of_it").fullmatch(body):
        return None  # what all of it is said to be is asked, not how much it is
    before, relation = _related(body[: said.start])
    asked = _ASKED.get(quantity.unit) or f"多少{quantity.unit}"
    text = f"{before}{asked}{body[said.end :]}"
    relation = SAID_WITH.get(quantity.relation, relation)
    return Stated(replace(question, text=text), replace(quantity, relation=Relation.EXACTLY), relation)


def _amount(numeral: Numeral) -> Quantity | None:
    """A number said as money, as a share, as a multiple or with a counting unit; None for one that may be anything."""
    quantity = numeral.quantity
    if quantity is None or numeral.kind is not NumeralKind.NUMBER:
        return quantity
    return replace(quantity, unit=YUAN) if _OF_MONEY.search(numeral.printed) else None


def _related(before: str) -> tuple[str, str]:
    """What stands before a number without the word that relates it, and the relation; = when none is said."""
    for sign, words in plain_words().relations.items():
        for word in longest_first(words):
            if before.endswith(word):
                return before.removesuffix(word), STRICT.get(sign, sign)
    return before, "="


def _count_alike(one: str, other: str) -> bool:
    """Whether two units measure the same, or count the same things: 座 and 个."""
    return one in units_alike(other) or to_base(one)[0] == to_base(other)[0]
