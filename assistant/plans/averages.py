"""Amounts spread over a number of things: `公车费摊到实有车辆，每辆多少`, `环卫预算除以清扫总面积`, `每村平均多少`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.exemplars import match_exemplars
from assistant.names.linking import Entry, Hint, Link, indicator_name
from assistant.names.segments import Word, WordKind
from assistant.phrases.hints import hint_of
from assistant.phrases.phrases import Phrases
from assistant.phrases.word_accounts import WordAccounts
from assistant.plan import Combine, Expression, Literal, Lookup, PerUnit, Plan, Selector
from assistant.plans.operands import Operands, project_of
from assistant.question import Question
from assistant.questions.value_kinds import counting_units
from ingest.facts import Period, Role
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import NumeralKind, find_numerals
from ingest.numbers.quantities import PERCENT, YUAN, Quantity
from ingest.numbers.units import to_base

_PARTS_OF_A_YEAR = {
    "月": Quantity(Decimal(12), "个月"),
    "季度": Quantity(Decimal(4), "个季度"),
    "季": Quantity(Decimal(4), "个季度"),
}
_AS_WELL = 0.15  # how much less of it another may explain and be meant as well
_SURE = 0.5  # the share of a counted thing's name that a figure must explain


class AveragePlans:
    """Plans of averages over one catalog."""

    def __init__(self, phrases: Phrases, operands: Operands) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.operands = operands
        self.accounts = WordAccounts(phrases)

    def per_unit(self, question: Question) -> Iterator[Plan]:
        """An amount over a count that is named, else over the count of what 每 names in the same project."""
        text = question.text
        if not says(text, "divided_among") or says(text, "pay_asked"):
            return
        if (plan := self._at_a_count(text)) is not None:
            yield plan
        if (plan := self._over_time(text)) is not None:
            yield plan
        places = self.phrases.printed.places(text)
        for match in match_exemplars(text, self.phrases.linker.exemplars, places):
            if match.kind == "spread_over" and (plan := self._spread(match.slots, text)) is not None:
                yield plan
        if (plan := self._of_project(text) or self._over_said(text) or self._for_each(text)) is not None:
            yield plan

    def _at_a_count(self, text: str) -> Plan | None:
        """`按1123人算,环卫预算摊到每人多少`: an amount over the number that is said first."""
        said = cue("at_a_count").fullmatch(text) or cue("spread_over_count").fullmatch(text)
        count = _count_said(said["B"]) if said is not None else None
        amount = self.operands.figure(said["A"]) if said is not None and count is not None else None
        return PerUnit(amount, count) if amount is not None and count is not None else None

    def _over_time(self, text: str) -> Plan | None:
        """`预算平均每月多少`: a year's amount over its months or quarters, a project's whole funding over its years."""
        found = cue("each_time").search(text)
        amount = self.operands.figure(cue("asking_tail").sub("", text.replace(found[0], "的", 1))) if found else None
        if found is None or not isinstance(amount, Lookup) or amount.of.fact_ids:
            return None
        whole = amount.of.wish.period is Period.WHOLE
        if found["unit"] != "年":
            return None if whole else PerUnit(amount, Literal(_PARTS_OF_A_YEAR[found["unit"]]))
        cells = self.catalog.period_cells(amount.of.project)
        if not cells:
            return None
        funding = Lookup(replace(amount.of, wish=replace(amount.of.wish, period=Period.WHOLE)))
        return PerUnit(funding, Lookup(Selector("项目期", "项目期", fact_ids=tuple(s.id for s in cells))))

    def _over_said(self, text: str) -> Plan | None:
        """`51个项目平均每个多少钱`: a project's budget over the number said, where its sheet prints that number."""
        said = [n.quantity for n in find_numerals(text) if n.quantity is not None]
        counts = [q for q in said if q.unit in counting_units() and q.number != 1]
        amounts = [q for q in said if q.unit in (YUAN, "")]
        project = self._project(text) if len(counts) == 1 else None
        if project is None or len(amounts) > 1 or not says(text, "for_each_of_them"):
            return None
        cells = [s for s in (*project.indicators, *project.prose) if s.fact.quantity == counts[0]]
        if not cells:
            return None
        printed = tuple(s.id for s in cells)
        number = Lookup(Selector(cells[0].fact.row, indicator_name(cells[0]), fact_ids=printed))
        amount: Expression = Lookup(Selector(project.name, project.name, project=project.key))
        return PerUnit(Literal(replace(amounts[0], unit=YUAN)) if amounts else amount, number)

    def _spread(self, slots: dict[str, str], text: str) -> Plan | None:
        amount = self.operands.figure(slots["A"])
        if amount is None:
            return None
        count = self._count(slots["B"], project_of(amount, self.catalog), hint_of(text))
        return PerUnit(amount, count) if count is not None else None

    def _for_each(self, text: str) -> Plan | None:
        """`公车费平摊到每辆公务车头上,一年多少`: what is said beside 每 is the amount, the number is that of the thing, be it
        said: `泵站4座,经费均摊每座多少`."""
        found = cue("for_each_unit").search(text)
        if found is None:
            return None
        said = [n.quantity for n in find_numerals(text) if n.kind is NumeralKind.COUNT and n.quantity is not None]
        counted = [q for q in said if q.unit == found["unit"] and q.number > 1]
        around = cue("dividing_words").sub(",", f"{text[: found.start()]},{text[found.end() :]}")
        for phrase in filter(None, around.split(",")):
            amount = self.phrases.expression(phrase) if not self.accounts.is_light(phrase) else None
            if isinstance(amount, Lookup) and self.accounts.explains(amount, phrase):
                project = project_of(amount, self.catalog)
                if not counted and not found["thing"]:
                    return None
                count = Literal(counted[0]) if counted else self._things(found["thing"], project)
                return PerUnit(amount, count) if count is not None else None
        return None

    def _things(self, thing: str, project: Project | None) -> Lookup | None:
        """The number of a thing, of the amount's project or of the whole department."""
        known = self.phrases.selector(f"{thing}数量") if project is None else None
        if known is not None and known.wish.role is Role.COUNT:
            return Lookup(known)
        return self._number_of(thing, project)

    def _count(self, phrase: str, project: Project | None, hint: Hint) -> Expression | None:
        """A number of things: given in the question, several added, one figure; `每个泵站` is the number of them."""
        if (given := _count_said(phrase)) is not None:
            return given
        thing = cue("each_thing").sub("", phrase)
        plain = cue("total_before").sub("", thing)
        if len(several := self.phrases.figures(cue("total_inside").sub(r"\g<noun>", plain))) > 1:
            return Combine("+", tuple(several)) if all(self._is_count(each) for each in several) else None
        if cue("counted_alike").fullmatch(plain):
            return None  # several that are not all found
        if thing != phrase:
            return self._number_of(thing, project)
        selector = self.phrases.selector(plain, hint if hint.units else None)
        if selector is not None and self.phrases.linker.is_one_of_many(plain, selector.fact_ids):
            return None  # of each of several places another one
        figure = Lookup(selector) if selector is not None else None
        return figure if figure is not None and self._is_count(figure) else self._number_of(plain, project)

    def _number_of(self, thing: str, project: Project | None) -> Lookup | None:
        """The count of a thing, in the amount's own project where it is of one."""
        if len(thing) < 2:
            return None
        fitting: list[Link] = []
        for link in self.phrases.linker.link(f"{thing}数量", hint_of(f"多少{thing}")):
            if link.coverage < _SURE:
                break
            named = link.entry.project == project.key if project is not None else thing in link.entry.core
            if named and any(map(_is_number_of_things, link.entry.facts)):
                fitting.append(link)
        nearly = fitting[0].coverage - _AS_WELL if fitting else 0.0
        alike = [_counted(e.entry) for e in fitting if e.coverage >= nearly and e.entry.units & fitting[0].entry.units]
        if not alike or not set.intersection(*({s.fact.quantity for s in facts} for facts in alike)):
            return None  # of each of several places another one
        return Lookup(Selector(thing, fitting[0].entry.label, fact_ids=tuple(s.id for s in alike[0])))

    def _is_count(self, figure: Lookup) -> bool:
        """Whether a figure is a number of things or a measure, and no money."""
        facts = [self.catalog.by_id[i] for i in figure.of.fact_ids if i in self.catalog.by_id]
        return figure.of.concept.endswith("_count") or any(_is_number_of_things(s) for s in facts)

    # ── without a count that is named ──────────────────────────────────────────────────────────────────────

    def _of_project(self, text: str) -> Plan | None:
        """`每村平均多少`, `平均每公里造价`: an amount over a count of the same project."""
        found = cue("per_unit").search(text)
        project = self._project(text) if found is not None else None
        if found is None or project is None:
            return None
        counts = [s for s in (*project.indicators, *project.prose) if _counts(s, found["unit"])]
        if len({s.fact.quantity for s in counts}) > 1:  # of several numbers of people, those that are named
            words = [w for w in self.phrases.content_in(text) if w.kind is not WordKind.UNKNOWN]
            counts = self._named_most(counts, words)
        if len({s.fact.quantity for s in counts}) != 1:
            return None  # of each of several places another one
        count = counts[0]
        named = Lookup(Selector(count.fact.row, indicator_name(count), fact_ids=(count.id,)))
        return PerUnit(_amount_said(text) or Lookup(Selector(project.name, project.name, project=project.key)), named)

    def _named_most(self, counts: list[StoredFact], words: list[Word]) -> list[StoredFact]:
        """Those whose names explain most of some words; [] where none explains any."""
        closest = self.phrases.closest
        said = [sum(closest.is_in(w, label_key(indicator_name(s))) * closest.weight(w) for w in words) for s in counts]
        return [s for s, weight in zip(counts, said, strict=True) if weight == max(said) > 0]

    def _project(self, text: str) -> Project | None:
        if (project := self.phrases.project_in(text)) is not None:
            return project
        key = next((link.entry.project for link in self.phrases.linker.link(text)[:1]), "")
        return self.catalog.project_by_key[key][0] if key else None


def _counts(stored: StoredFact, unit: str) -> bool:
    """Whether a fact is a number of such units."""
    quantity = stored.fact.quantity
    if quantity is None or unit not in stored.fact.row + quantity.unit:
        return False
    return to_base(quantity.unit)[0] in (to_base(unit)[0], "个")


def _counted(entry: Entry) -> list[StoredFact]:
    return [s for s in entry.facts if _is_number_of_things(s)]


def _is_number_of_things(stored: StoredFact) -> bool:
    quantity = stored.fact.quantity
    return quantity is not None and not quantity.unit.startswith(YUAN) and quantity.unit not in (PERCENT, "")


def _count_said(text: str) -> Literal | None:
    """A number of things given in a phrase: `51个项目`."""
    if text.isdecimal() and int(text) > 1:
        return Literal(Quantity(Decimal(text), "个"))
    counts = [n.quantity for n in find_numerals(text) if n.kind is NumeralKind.COUNT and n.quantity is not None]
    found = counts[0] if len(counts) == 1 else None
    return Literal(Quantity(found.number, found.unit)) if found is not None and found.number > 2 else None


def _amount_said(text: str) -> Expression | None:
    """The first amount of money in a question."""
    kinds = (NumeralKind.MONEY, NumeralKind.NUMBER)
    for numeral in find_numerals(text):
        if numeral.kind in kinds and numeral.quantity and re.search("[万亿元]", numeral.printed):
            return Literal(Quantity(numeral.quantity.number, YUAN))
    return None
