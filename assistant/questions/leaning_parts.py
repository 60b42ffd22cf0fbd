"""What a later question of a sentence asks of what the one before it found: `差多少度，前者是后者几倍`, `…多少元，够不够五千用`.

Its forms are in vocabulary/leaning.yaml; each stands for the whole question, so that no word of it is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from pydantic import RootModel

from assistant.computing.arithmetic import comparable
from assistant.computing.computing import Computer
from assistant.cues import says
from assistant.dialogue.figure_referents import figures_of
from assistant.dialogue.focus import Focus
from assistant.dialogue.part_coordinates import coordinates_of, in_coordinates
from assistant.names.spelling import has_in_order
from assistant.phrases.phrases import Phrases
from assistant.phrases.prose_groups import printed_total
from assistant.plan import (
    Aggregate,
    Change,
    Check,
    Combine,
    Compare,
    Expression,
    Listing,
    Literal,
    Lookup,
    Members,
    PerUnit,
    Plan,
    Ranked,
    Ratio,
    Selector,
    Universe,
    Why,
    selectors_in,
)
from assistant.plans.operands import project_of
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import NumeralKind, find_numerals
from ingest.numbers.quantities import MULTIPLE, PERCENT, YUAN, Quantity
from ingest.vocabulary_loading import load_vocabulary

_Pair = tuple[Expression, Expression]
Asked = Callable[[str], Plan | None]  # the plan of a name asked for by itself
_AGAINST = {"enough": "≤", "exceeds": ">", "above": ">", "below": "<", "equals": "="}
_COUNTED = "个"
_TELLING_NAME = 4  # characters of a name that tells one table from the others
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


class _Forms(RootModel[dict[str, tuple[str, ...]]]):
    pass


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    words = load_vocabulary("leaning", _Forms, "assistant").root
    return {form: re.compile("|".join(patterns)) for form, patterns in words.items()}


@dataclass(frozen=True, slots=True)
class LeaningParts:
    """Plans of questions that lean on the one before; `asked` plans a name that they bring along."""

    phrases: Phrases
    computer: Computer
    asked: Asked

    def plans(self, text: str, before: Focus) -> Iterator[Plan]:
        """Every reading of a question wholly made of what was found before it and what it names itself."""
        if before.result is None or before.result.missing is not None:
            return
        text = _forms()["opener"].sub("", text)
        if (pair := _pair_of(before.plan)) is not None:
            yield from self._of_two(text, pair, before)
        if (said := _forms()["of_it"].fullmatch(text)) is not None:
            yield from self._share(said["X"], before)
        one = next((each.expression for each in figures_of(before, self.phrases.catalog)), None)
        if isinstance(before.plan, Check | Change):
            one = next((Lookup(each) for each in selectors_in(before.plan)), None)
        if one is not None:
            yield from self._of_one(text, one, before)
        if isinstance(before.plan, Ranked) and before.plan.count == 1:
            yield from self._of_the_first(text, before.plan, before)
        yield from self._of_things(text, before)

    # ── two figures ────────────────────────────────────────────────────────────────────────────────────────

    def _of_two(self, text: str, pair: _Pair, before: Focus) -> Iterator[Plan]:
        """`前者是后者几倍`, `哪处多`, `大多少`."""
        if (said := _forms()["multiple"].fullmatch(text)) is not None:
            one, other = self._named_sides(said["one"], said["other"], pair)
            yield Ratio(one, other, MULTIPLE)
        elif _forms()["which"].fullmatch(text):
            yield Compare(*pair, "which")
        elif _forms()["apart"].fullmatch(text):
            yield Compare(*pair)

    def _named_sides(self, one: str | None, other: str | None, pair: _Pair) -> _Pair:
        first, second = self._side(one or "", pair), self._side(other or "", pair)
        if first is None and second is None:
            return pair
        if first is None:
            first = pair[1] if second == pair[0] else pair[0]
        if second is None:
            second = pair[1] if first == pair[0] else pair[0]
        return first, second

    def _side(self, word: str, pair: _Pair) -> Expression | None:
        """The side of a pair that is called the first, the second, the larger or the smaller."""
        if not word:
            return None
        for name, place in (("first", 0), ("second", 1)):
            if _forms()[name].search(word):
                return pair[place]
        large = bool(_forms()["larger"].search(word))
        return self._by_size(pair, large) if large or _forms()["smaller"].search(word) else None

    def _by_size(self, pair: _Pair, large: bool) -> Expression | None:
        values = [self.computer.operand(each).value for each in pair]
        if values[0] is None or values[1] is None:
            return None
        first = comparable(values[0]).number >= comparable(values[1]).number
        return pair[0] if first is large else pair[1]

    def _share(self, name: str, before: Focus) -> Iterator[Plan]:
        """`哪个小，占支出的百分之几`: of the one that was asked for, in its own table where that is called so."""
        if not isinstance(before.plan, Compare) or before.plan.ask != "which":
            return
        pair = (before.plan.left, before.plan.right)
        part = self._by_size(pair, large=not _forms()["smaller"].search(before.question.text))
        result = self.computer.operand(part) if part is not None else None
        if part is None or result is None or not result.figures:
            return
        if isinstance(part, Lookup):
            for table in self._tables_called(name, result.figures[0].primary):
                yield Ratio(Lookup(replace(part.of, tables=(table,))), None, PERCENT)
        whole = self.phrases.selector(name)
        if whole is not None:
            yield Ratio(part, Lookup(whole), PERCENT)

    def _tables_called(self, name: str, cell: StoredFact) -> Iterator[tuple[int, int]]:
        """The tables whose title holds a name: that of a cell, then the others where the name tells one from another."""
        own = (cell.document_id, cell.fact.table_index or 0)
        others = self.phrases.catalog.tables if len(label_key(name)) >= _TELLING_NAME else ()
        for table in (own, *others):
            known = self.phrases.catalog.tables.get(table)
            if known is not None and has_in_order(label_key(known.title), label_key(name)):
                yield table

    def _of_the_first(self, text: str, first: Ranked, before: Focus) -> Iterator[Plan]:
        """`最大的是哪家，占合计的百分之几`, `比最少的多多少`: against all that it was the first of, against the last."""
        members = first.members
        if _forms()["other_end"].fullmatch(text):
            yield Compare(first, replace(first, descending=not first.descending))
        said = _forms()["of_all"].fullmatch(text)
        if said is None or members.universe is not Universe.GIVEN or before.result is None:
            return
        known = label_key(members.words)
        if all(label_key(word.text) in known for word in self.phrases.content_in(said["X"] or "")):
            yield Ratio(first, Aggregate("sum", members), PERCENT)

    # ── one figure ─────────────────────────────────────────────────────────────────────────────────────────

    def _of_one(self, text: str, one: Expression, before: Focus) -> Iterator[Plan]:
        """`够不够五千用`, `超没超3万`, `乘上单价是多少`, `今年是多少`."""
        if _forms()["same"].fullmatch(text) and not isinstance(before.plan, Lookup | Compare) and not _is_of_a_set(one):
            yield one
        for form, relation in _AGAINST.items():
            if (said := _forms()[form].fullmatch(text)) is not None:
                bound = self._bound(said["N"], one)
                if bound is not None:
                    yield Check(one, relation, bound)
        if (said := _forms()["times"].fullmatch(text)) is not None:
            more = self.asked(f"{said['X']}是多少")
            if isinstance(more, Lookup):
                yield Combine("×", (one, more))
        if (said := _forms()["within"].fullmatch(text)) is not None:
            yield from self._within(said["X"], before)
        if (said := _forms()["of_any"].fullmatch(text)) is not None and _is_money(one, self.computer):
            whole = self.phrases.selector(said["X"])
            if whole is not None:
                yield Ratio(one, Lookup(whole), PERCENT)
        if _forms()["when"].fullmatch(text) and isinstance(one, Lookup):
            yield from self._dated_beside(one)
        if _forms()["why"].fullmatch(text) and isinstance(before.plan, Change):
            yield Why(f"{before.plan.of.label}{text}", before.plan.of)
        if (said := _forms()["priced"].fullmatch(text)) is not None:
            price = _quantity(said["N"], YUAN)
            if price is not None and price.unit == YUAN:
                yield Combine("×", (one, Literal(Quantity(price.number, f"{YUAN}/{said['unit']}"))))

    def _within(self, name: str, before: Focus) -> Iterator[Plan]:
        """`A连结转多少，其中结转多少`: the figure before it in the coordinates that are named."""
        wish, figure = coordinates_of(name, self.phrases), next(figures_of(before, self.phrases.catalog), None)
        if wish is not None and figure is not None:
            yield from in_coordinates(figure, wish, name)

    def _dated_beside(self, one: Lookup) -> Iterator[Plan]:
        """`买多少台，什么时候前买完`: the date that the same sheet sets for what was counted."""
        facts = [self.phrases.catalog.by_id[i].fact for i in one.of.fact_ids]
        plan = self.asked(f"{_BRACKETS.sub('', one.of.label)}什么时候完成")
        if not facts or not isinstance(plan, Lookup):
            return
        dated = [self.phrases.catalog.by_id[i].fact for i in plan.of.fact_ids]
        if dated and all(fact.quantity is None and fact.project == facts[0].project for fact in dated):
            yield plan

    def _bound(self, said: str, one: Expression) -> Expression | None:
        """A number that is said, in the unit of the figure before it where it has none of its own; else what is named, be it
        only the budget of the same project."""
        unit = value.unit if (value := self.computer.operand(one).value) is not None else ""
        if find_numerals(said):
            quantity = _quantity(said, unit)
            return Literal(quantity) if quantity is not None else None
        project = project_of(one, self.phrases.catalog) if says(said, "its_budget") else None
        if project is not None:
            return Lookup(Selector(said, f"{project.name}年度预算", project=project.key))
        named = self.phrases.selector(said)
        return Lookup(named) if named is not None else None

    # ── several things ─────────────────────────────────────────────────────────────────────────────────────

    def _of_things(self, text: str, before: Focus) -> Iterator[Plan]:
        """`有几个，合计多少钱`: the money of what was counted or listed."""
        members = _members_of(before.plan)
        if _forms()["added"].fullmatch(text) and members is not None:
            total = self._printed_total(members)
            yield Lookup(total) if total is not None else Aggregate("sum", members)
        if _forms()["averaged"].fullmatch(text) and members is not None:
            yield Aggregate("average", members)
        if _forms()["amounts_each"].fullmatch(text) and isinstance(before.plan, Listing):
            yield from self._amounts_of_each(before.plan.members)
        if _forms()["each_shown"].fullmatch(text) and _shows_figures(before):
            yield before.plan
        if members is None and isinstance(before.plan, Lookup) and not before.plan.of.fact_ids:
            members = Members(Universe.PARTS, before.question.text, of=before.plan.of)
        if (said := _forms()["one_of_them"].fullmatch(text)) is not None and members is not None:
            yield Ranked(members, descending=bool(_forms()["larger"].search(said["how"])))
        if (said := _forms()["part_of_sum"].fullmatch(text)) is not None:
            yield from self._part_of_sum(said["X"], before.plan)
        amount = self._amount_beside(before)
        if amount is None:
            return
        if _forms()["averaged"].fullmatch(text) and isinstance(before.plan, Lookup):
            yield PerUnit(Lookup(amount), before.plan)
        if _forms()["added"].fullmatch(text):
            yield Lookup(amount)
        if (said := _forms()["of_it"].fullmatch(text)) is not None:
            whole = self.phrases.selector(said["X"])
            if whole is not None:
                yield Ratio(Lookup(amount), Lookup(whole), PERCENT)

    def _part_of_sum(self, name: str, plan: Plan) -> Iterator[Plan]:
        """`甲、乙之和，甲占百分之几`: the one operand of a sum that is called so, over the sum."""
        if not isinstance(plan, Combine) or plan.operator != "+":
            return
        named = [e for e in plan.operands if isinstance(e, Lookup) and label_key(name) in label_key(e.of.label)]
        if len(named) == 1:
            yield Ratio(named[0], plan, PERCENT)

    def _printed_total(self, members: Members) -> Selector | None:
        ids = [i for each in members.given if isinstance(each, Lookup) for i in each.of.fact_ids[:1]]
        facts = [self.phrases.catalog.by_id[i] for i in ids]
        return printed_total(self.phrases.catalog, facts) if facts else None

    def _amount_beside(self, before: Focus) -> Selector | None:
        """The money that a sentence tells of things beside their number; None unless it is one amount."""
        if not isinstance(before.plan, Lookup) or before.result is None or not before.result.figures:
            return None
        number = before.result.figures[0]
        return self._money_beside(number.primary) if number.quantity.unit == _COUNTED else None

    def _amounts_of_each(self, members: Members) -> Iterator[Plan]:
        """`甲类和乙类各几个，金额各多少`: the money beside each number, or each group's own."""
        if members.universe is Universe.GROUPS:
            yield Listing(replace(members, measure="amount"))
        ids = [each.of.fact_ids[:1] for each in members.given if isinstance(each, Lookup)]
        amounts = [self._money_beside(self.phrases.catalog.by_id[one]) for each in ids for one in each]
        given = tuple(Lookup(amount) for amount in amounts if amount is not None)
        if given and len(given) == len(members.given):
            yield Listing(replace(members, given=given))

    def _money_beside(self, number: StoredFact) -> Selector | None:
        fact = number.fact
        if not fact.sentence:
            return None
        beside = [
            s
            for s in self.phrases.catalog.facts
            if (s.document_id, s.fact.sentence, s.fact.row) == (number.document_id, fact.sentence, fact.row)
            and s.fact.quantity is not None
            and s.fact.quantity.unit == YUAN
        ]
        if len({s.fact.quantity.number for s in beside if s.fact.quantity is not None}) != 1:
            return None
        return Selector(fact.row, fact.row, fact_ids=tuple(s.id for s in beside))


def _pair_of(plan: Plan) -> _Pair | None:
    """The two figures that a plan sets against each other or adds up."""
    match plan:
        case Compare(left=left, right=right) | Ratio(numerator=left, denominator=right) if right is not None:
            return left, right
        case Combine(operator="+", operands=(left, right)):
            return left, right
        case Aggregate(members=Members(universe=Universe.GIVEN, given=(left, right))):
            return left, right
        case _:
            return None


def _is_of_a_set(one: Expression) -> bool:
    """Whether an expression is of several members, or of groups of them whose amount is not the one of what was named."""
    return isinstance(one, Aggregate) or (isinstance(one, Ranked) and one.members.universe is Universe.GROUPS)


def _members_of(plan: Plan) -> Members | None:
    """The set that a plan counts, adds up or lists, measured by money."""
    match plan:
        case (
            Aggregate(members=Members(universe=Universe.GROUPS, measure="count") as members)
            | Listing(members=Members(universe=Universe.GROUPS, measure="count") as members)
        ):
            return replace(members, measure="amount")
        case Aggregate(function="count" | "sum", members=members) | Listing(members=members):
            return members
        case Combine(operator="+", operands=operands):
            return Members(Universe.GIVEN, given=operands)
        case Ranked(members=members, count=count) if count > 1:
            return members
        case _:
            return None


def _shows_figures(before: Focus) -> bool:
    """Whether what was told is a list with a figure for each."""
    members = before.result.members if before.result is not None else ()
    listed = isinstance(before.plan, Listing) or (isinstance(before.plan, Ranked) and before.plan.count > 1)
    return listed and bool(members) and all(member.quantity is not None for member in members)


def _is_money(one: Expression, computer: Computer) -> bool:
    value = computer.operand(one).value
    return value is not None and value.unit == YUAN


def _quantity(said: str, unit: str) -> Quantity | None:
    """The one number that a text is; a bare one in a given unit."""
    numerals = find_numerals(said)
    if len(numerals) != 1 or numerals[0].quantity is None or numerals[0].end - numerals[0].start < len(said.strip()):
        return None
    quantity = numerals[0].quantity
    if numerals[0].kind is NumeralKind.NUMBER and not quantity.unit:
        return replace(quantity, unit=unit)
    return quantity
