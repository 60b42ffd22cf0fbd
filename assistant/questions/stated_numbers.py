"""A question that states a number and asks to have it confirmed, as the question that asks for this number.

`咱们管着5座泵站对吧` is answered by holding what `咱们管着多少座泵站` comes to against 5 座; `57.65万是公用经费吗` by what `公用经费多少元`
comes to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.catalog import Catalog
from assistant.computing.figures import Figure, Figures
from assistant.cues import cue, says
from assistant.plan import (
    Aggregate,
    Asserted,
    Change,
    Check,
    Claimed,
    Combine,
    CostEstimate,
    Literal,
    Lookup,
    PerUnit,
    Plan,
    Ratio,
)
from assistant.question import Question
from assistant.questions.statements import asks_yes_or_no, statement_of
from assistant.questions.value_kinds import SPANS, counting_units, units_alike
from assistant.words import longest_first, plain_words
from ingest.numbers.numbers import Numeral, NumeralKind, find_numerals
from ingest.numbers.quantities import MULTIPLE, PERCENT, YUAN, Quantity, Relation
from ingest.numbers.units import to_base

_STATED = frozenset({NumeralKind.MONEY, NumeralKind.SHARE, NumeralKind.MULTIPLE, NumeralKind.COUNT, NumeralKind.NUMBER})
_ASKED = {PERCENT: "百分之多少", MULTIPLE: "多少倍"}
_SAID_WITH = {  # how what is printed is claimed to stand to a number said with a relation
    Relation.MORE: ">",
    Relation.AT_LEAST: "≥",
    Relation.LESS: "<",
    Relation.AT_MOST: "≤",
    Relation.ABOUT: "≈",
}
_ANY_THING = "个"
_OF_MONEY = re.compile(r"[万亿千百]|\.\d")
_WITH_A_SCALE = re.compile(r"[万亿千百元]")


@dataclass(frozen=True, slots=True)
class Stated:
    """`question` asks for the number, `quantity` is what it is said to be, `relation` how it is said to stand to it.

    `bare` tells that no unit is said, so that the number may repeat a table's; `said_also` is what is said besides, so that
    all is only told to be wrong.
    """

    question: Question
    quantity: Quantity
    relation: str
    bare: bool = False
    said_also: str = ""

    def check(self, plan: Plan, catalog: Catalog) -> Check | Claimed | None:
        """What a plan of the number comes to against what is said; None for a plan of no number, or of another kind."""
        if not isinstance(plan, Lookup | Aggregate | Combine | Ratio | Change | PerUnit | CostEstimate):
            return None
        quantity = self.quantity
        if isinstance(plan, Change):
            plan = replace(plan, fall=says(self.question.text, "fell"))
        if isinstance(plan, Lookup) and plan.of.fact_ids:
            facts = (catalog.by_id[i].fact for i in plan.of.fact_ids if i in catalog.by_id)
            units = [f.quantity.unit for f in facts if f.quantity is not None]
            alike = next((unit for unit in units if _count_alike(unit, quantity.unit)), None)
            if alike is None:
                return None
            if to_base(alike)[0] != to_base(quantity.unit)[0]:
                quantity = replace(quantity, unit=alike)
        if self.bare:
            times = _scale(plan, quantity.number, catalog)
            quantity = replace(quantity, number=quantity.number * times, precision=quantity.precision * times)
        check = Check(plan, self.relation, Literal(quantity))
        return Claimed(check, Asserted.PART, self.said_also) if self.said_also else check

    def check_named(self, plan: Plan, catalog: Catalog) -> Check | Claimed | None:
        """The same of one figure that the question leads to with its number in it; none that may be of another kind."""
        if not isinstance(plan, Lookup) or not (plan.of.fact_ids or self.quantity.unit == YUAN) or self.bare:
            return None
        return self.check(plan, catalog) if f"{self.quantity.number:f}" not in plan.of.label else None


def stated_numbers(question: Question) -> Iterator[Stated]:
    """The number that a question states and asks to be confirmed, as it may be asked for; none where it asks for more."""
    if not asks_yes_or_no(question):
        return
    body = cue("all_of_hundred").sub("100%", statement_of(question))
    if cue("all_of_it").fullmatch(body):
        return  # what all of it is said to be is asked, not how much it is
    said, body = _numeral_meant(body)
    quantity = _amount(said) if said is not None else None
    if said is None or quantity is None:
        return
    before, relation = _related(body[: said.start])
    after, relation = _related_after(body[said.end :], relation)
    relation = _SAID_WITH.get(quantity.relation, relation)
    bare = said.kind is NumeralKind.NUMBER and not _WITH_A_SCALE.search(said.printed)
    quantity = replace(quantity, relation=Relation.EXACTLY)
    asked = _ASKED.get(quantity.unit) or f"多少{quantity.unit}"
    if says(after, "said_to_be_wrong"):
        after, relation = cue("said_to_be_wrong").sub("", after), "≠"
    others = (f"{before}多少{after}",) if quantity.unit == PERCENT else _of_what_it_is(before, asked, after)
    if after.startswith(",") and relation == "=":
        yield Stated(replace(question, text=f"{before}{asked}"), quantity, relation, bare, said_also=after)
    for text in (f"{before}{asked}{after}", *others):
        yield Stated(replace(question, text=text), quantity, relation, bare)


def _numeral_meant(body: str) -> tuple[Numeral | None, str]:
    """The numeral that is to be confirmed, and the text; of two, the last, where the first only says what it is a part of or
    is given again by it. Without that one then."""
    numerals = _stated_in(body)
    if len(numerals) == 2:
        first, last = numerals
        between = body[first.end : last.start]
        if says(between, "part_of_counted"):
            body = body[last.start :]
        elif "," in between and first.quantity is not None and _amount(first) == _amount(last):
            body = body[first.end :].lstrip(",")  # one amount, said of one thing and so of another
        elif says(between, "given_again"):
            body = cue("copula_before").sub("", body[: first.start]) + body[first.end :]
        numerals = _stated_in(body)
    return (numerals[0] if len(numerals) == 1 and numerals[0].upper is None else None), body


def _stated_in(body: str) -> Sequence[Numeral]:
    """The numerals of a text that state a figure: no table's number, no span of time."""
    tables = [found.span() for found in cue("table_number").finditer(body)]
    numerals = [n for n in find_numerals(body) if not any(start <= n.start < end for start, end in tables)]
    return [n for n in numerals if n.kind in _STATED and n.quantity is not None and n.quantity.unit not in SPANS]


def _of_what_it_is(before: str, asked: str, after: str) -> Iterator[str]:
    """The questions for what a number is said to be: `57.65万是发工资的`."""
    what = cue("predicate").sub("", after.lstrip(",")).rstrip("的钱")
    if what and not says(what, "newly_arranged") and cue("predicate").match(after.lstrip(",")):
        if before:
            yield f"{cue('pointing_at_amount').sub('', before)}{what}{asked}"
        yield f"{what}{asked}"


def _amount(numeral: Numeral) -> Quantity | None:
    """A number said as money, as a share, as a multiple or with a counting unit; None for one that may be anything."""
    quantity = numeral.quantity
    if quantity is None or numeral.kind is not NumeralKind.NUMBER:
        return quantity
    return replace(quantity, unit=YUAN) if _OF_MONEY.search(numeral.printed) else None


def _scale(plan: Plan, said: Decimal, catalog: Catalog) -> Decimal:
    """How many 元 one is where a figure is printed: a number said without a unit repeats the table's."""
    found = Figures(catalog).figure(plan.of) if isinstance(plan, Lookup) else None
    if not isinstance(found, Figure):
        return Decimal(1)
    printed = [n.quantity for cell in found.cells for n in find_numerals(cell.fact.printed)[:1]]
    bare = [q.number for q in printed if q is not None and q.unit == "" and q.number]
    shown = said if said in bare else next(iter(bare), found.quantity.number)
    return found.quantity.number / shown if shown else Decimal(1)


def _related(before: str) -> tuple[str, str]:
    """What stands before a number without the word that relates it, and the relation; = when none is said."""
    for sign, words in plain_words().relations.items():
        for word in longest_first(words):
            if before.endswith(word):
                return before.removesuffix(word), sign
    bound = cue("bound_before").search(before)
    if bound is not None:
        return before[: bound.start()] + before[bound.end() :], "≤" if says(bound[0], "most_said") else "≥"
    about = cue("about_before").search(before)
    return (before[: about.start()], "≈") if about is not None else (before, "=")


def _related_after(after: str, relation: str) -> tuple[str, str]:
    """The same of what stands after a number: 以上, 左右."""
    for sign, words in plain_words().relations.items():
        for word in longest_first(words):
            if word.endswith(("上", "下", "内")) and after.startswith(word):
                return after.removeprefix(word), sign
    about = cue("about_after").match(after)
    return (after[about.end() :], "≈") if about is not None else (after, relation)


def _count_alike(one: str, other: str) -> bool:
    """Whether two units measure the same, or count the same things: 座 and 个."""
    counted = other == _ANY_THING and to_base(one)[0] in counting_units()
    return counted or one in units_alike(other) or to_base(one)[0] == to_base(other)[0]
