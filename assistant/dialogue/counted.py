"""What a turn asks of things that were counted before: the price of one, what all of them cost, an amount over their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.catalog import Catalog, Project
from assistant.computing.estimates import Estimates
from assistant.computing.figures import Missing
from assistant.cues import cue, says
from assistant.dialogue.figure_referents import FigureReferent
from assistant.dialogue.referents import Referents
from assistant.names.linking import indicator_name, is_generic
from assistant.phrases.set_asked import number_said
from assistant.plan import CostEstimate, Expression, Literal, Lookup, PerUnit, Plan, Selector
from assistant.plans.operands import project_of
from assistant.questions.value_kinds import units_alike
from ingest.facts import Origin, Period
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import PERCENT, YUAN, Quantity

_ANY = "个"  # counts whatever there is
_NO_THINGS = (YUAN, PERCENT, "年", "")


class Counted:
    """Plans about the things last counted, over one catalog."""

    def __init__(self, catalog: Catalog, referents: Referents) -> None:
        self.catalog = catalog
        self.referents = referents
        self.estimates = Estimates(catalog)

    def plans(self, text: str) -> Iterator[Plan]:
        """`每座多少钱`, `一共要多少钱`, `平均每个多少` after a number of things, or after the price of one."""
        if (one := cue("price_of_one").fullmatch(text)) is not None:
            yield from self._price(text, one["unit"] or one["unit1"] or "")
        if cue("money_of_counted").fullmatch(text):
            yield from self._printed_beside()
        if says(text, "whole_cost") or cue("counted_together").fullmatch(text):
            yield from self._cost(text)
        if (each := cue("average_of_counted").fullmatch(text)) is not None:
            unit = each["unit"] or each["one"] or ""
            averages = self._average(unit, each["noun"] or "", text, number_said(each["n"] or "", 0))
            yield from averages if self._money_is_told else ()
            if not _is_amount(self.referents.last):
                yield from self._price(text, unit)
            yield from averages

    def _price(self, text: str, unit: str) -> Iterator[Plan]:
        """The one price that belongs to what was counted last."""
        count = self._newest(_is_count)
        if count is None or (unit and not _counted_in(count, unit)):
            return
        prices = {label_key(_name(price)): price for price, things in self._pairs_of(count) if _is(count, things, self)}
        if len(prices) == 1:
            price = next(iter(prices.values()))
            yield Lookup(Selector(text, _name(price), fact_ids=(price.id,)))

    def _printed_beside(self) -> Iterator[Plan]:
        """The amount that is printed of what was counted last, beside its number: 13个项目，金额128,199.62万元."""
        count = self._newest(_is_count)
        counted = [s.fact for s in self.referents.facts_of(count)] if count is not None else []
        beside = [
            stored
            for fact in counted[:1]
            for stored in self.catalog.prose.get(label_key(fact.row), ())
            if (stored.fact.table, stored.fact.project, stored.fact.row_path)
            == (fact.table, fact.project, fact.row_path)
            and stored.fact.quantity is not None
            and stored.fact.quantity.unit == YUAN
        ]
        if count is not None and len({s.fact.quantity for s in beside}) == 1:
            ids = tuple(s.id for s in beside)
            yield Lookup(Selector(counted[0].row, counted[0].row, fact_ids=ids))

    def _cost(self, text: str) -> Iterator[Plan]:
        """Price times number, where the last figure is one of the two."""
        last = self.referents.last
        if last is None:
            return
        capped = says(text, "at_most_asked")
        for price, things in self._pairs_of(last):
            priced = any(_is(figure, price, self) for figure in self.referents.figures)
            if _is(last, price, self) or (
                _is(last, things, self) and (priced or capped or things.fact.origin is Origin.PROSE)
            ):
                plan = CostEstimate(f"{_name(things)}、{_name(price)}", label_key(things.fact.project))
                if self._is_of(plan, {price.id, things.id}):
                    yield plan

    def _is_of(self, plan: CostEstimate, cells: set[int]) -> bool:
        """Whether an estimate multiplies these two cells and nothing else."""
        found = self.estimates.estimate(plan.words, plan.project)
        return not isinstance(found, Missing) and {cell.id for cell in found.cells} == cells

    def _average(self, unit: str, noun: str, text: str, number: int) -> Iterator[Plan]:
        """The money and the number last spoken of, of which one was told last; where only one of them was, the budget of the
        things' project, or the number that the money's project tells in the unit that is said."""
        last = self.referents.last
        if last is None or not (self._is_printed_count(last) or _is_amount(last)):
            return
        count = self._whole_of_counts(unit)
        things: Expression | None = count.expression if count is not None else self._own_count(last, unit, noun)
        if number and (count is None or count.value is None or count.value.number != number):
            things = Literal(Quantity(Decimal(number), "个")) if _is_amount(last) else None
        project = project_of(things, self.catalog) if things is not None else None
        of_any = isinstance(things, Literal)
        money = self._newest(lambda each: _is_amount(each) and (of_any or self._belongs(each, project)))
        amount: Expression | None = money.expression if money is not None else None
        if amount is None and project is not None and count is not None and _is_named_after(project, count):
            amount = Lookup(Selector(project.name, project.name, project=project.key))
        if things is not None and amount is not None and last.expression in (things, amount):
            yield PerUnit(_of_this_year(amount) if says(text, "current_said") else amount, things)

    def _whole_of_counts(self, unit: str) -> FigureReferent | None:
        """The number last told in a unit; of those that one sentence tells the largest, whose parts the others are."""
        counts = [f for f in self.referents.figures if self._is_printed_count(f) and (not unit or _counted_in(f, unit))]
        where = [{s.fact.sentence for s in self.referents.facts_of(each)} - {""} for each in counts]
        beside = [each for each, told in zip(counts, where, strict=True) if told & where[0]] or counts[:1]
        return max(beside, key=lambda each: each.value.number if each.value is not None else 0, default=None)

    @property
    def _money_is_told(self) -> bool:
        """Whether the money spent on what was counted last was told."""
        count = self._newest(_is_count)
        projects = (project_of(each.expression, self.catalog) for each in self.referents.figures if _is_amount(each))
        return count is not None and any(p is not None and _is_named_after(p, count) for p in projects)

    def _own_count(self, money: FigureReferent, unit: str, noun: str) -> Lookup | None:
        """The one number of such things that the project of an amount tells."""
        project, said = project_of(money.expression, self.catalog), noun or unit
        if project is None or not said or said == _ANY:
            return None
        told = (s for s in (*project.indicators, *project.prose) if s.fact.quantity is not None and said in _name(s))
        units = units_alike(unit or _ANY)
        fitting = [s for s in told if s.fact.quantity is not None and s.fact.quantity.unit in units]
        ids = tuple(s.id for s in fitting)
        alike = len({s.fact.quantity.number for s in fitting if s.fact.quantity is not None}) == 1
        return Lookup(Selector(said, _name(fitting[0]), fact_ids=ids)) if alike else None

    @staticmethod
    def _is_printed_count(figure: FigureReferent) -> bool:
        return isinstance(figure.expression, Lookup) and _is_count(figure)

    def _belongs(self, money: FigureReferent, project: Project | None) -> bool:
        """Whether an amount is not of another project than the things are."""
        own = project_of(money.expression, self.catalog)
        return own is project if project is not None else own is None

    def _newest(self, fits: Callable[[FigureReferent], bool]) -> FigureReferent | None:
        return next((figure for figure in self.referents.figures if fits(figure)), None)

    def _pairs_of(self, figure: FigureReferent) -> list[tuple[StoredFact, StoredFact]]:
        project = project_of(figure.expression, self.catalog)
        return list(self.estimates.partners(project.key)) if project is not None else []


def _is(figure: FigureReferent, cell: StoredFact, of: Counted) -> bool:
    """Whether a figure was read from a cell, or from one that prints the same under the same name."""
    known = {(label_key(_name(each)), each.fact.printed, each.fact.origin) for each in of.referents.facts_of(figure)}
    return (label_key(_name(cell)), cell.fact.printed, cell.fact.origin) in known


def _is_count(figure: FigureReferent) -> bool:
    return figure.value is not None and figure.value.unit not in _NO_THINGS and "/" not in figure.value.unit


def _is_named_after(project: Project, things: FigureReferent) -> bool:
    """Whether a project is called by what was counted, so that its money is spent on that."""
    name = label_key(things.label)
    return any(name[i : i + 2] in project.key and not is_generic(name[i : i + 2]) for i in range(len(name) - 1))


def _is_amount(figure: FigureReferent | None) -> bool:
    return figure is not None and figure.value is not None and figure.value.unit == YUAN


def _of_this_year(amount: Expression) -> Expression:
    """A project's money of a year, where it was told of the whole period."""
    if isinstance(amount, Lookup) and amount.of.wish.period is Period.WHOLE:
        return replace(amount, of=replace(amount.of, wish=replace(amount.of.wish, period=None)))
    return amount


def _counted_in(figure: FigureReferent, unit: str) -> bool:
    """Whether things are counted in a unit; 个 stands for any."""
    assert figure.value is not None
    return unit == _ANY or figure.value.unit in units_alike(unit) or unit in figure.label


def _name(stored: StoredFact) -> str:
    return indicator_name(stored) if stored.fact.field == "indicator" else stored.fact.row
