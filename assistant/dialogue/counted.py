"""What a turn asks of things that were counted before: the price of one, what all of them cost, an amount over their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.dialogue.figure_referents import FigureReferent
from assistant.dialogue.referents import Referents
from assistant.estimates import Estimates
from assistant.figures import Missing
from assistant.linking import indicator_name
from assistant.plan import CostEstimate, Expression, Lookup, PerUnit, Plan, Selector
from assistant.plans.operands import project_of
from ingest.facts import Origin
from ingest.labels import label_key
from ingest.ledger import StoredFact
from ingest.quantities import PERCENT, YUAN
from ingest.units import to_base

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
            yield from self._price(text, one["unit"] or "")
        if cue("money_of_counted").fullmatch(text):
            yield from self._printed_beside()
        if says(text, "whole_cost") or cue("counted_together").fullmatch(text):
            yield from self._cost()
        if (each := cue("average_of_counted").fullmatch(text)) is not None:
            yield from self._price(text, each["unit"] or "")
            yield from self._average(each["unit"] or "")

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

    def _cost(self) -> Iterator[Plan]:
        """Price times number, where the last figure is one of the two."""
        last = self.referents.last
        if last is None:
            return
        for price, things in self._pairs_of(last):
            priced = any(_is(figure, price, self) for figure in self.referents.figures)
            if _is(last, price, self) or (_is(last, things, self) and (priced or things.fact.origin is Origin.PROSE)):
                plan = CostEstimate(f"{_name(things)}、{_name(price)}", label_key(things.fact.project))
                if self._is_of(plan, {price.id, things.id}):
                    yield plan

    def _is_of(self, plan: CostEstimate, cells: set[int]) -> bool:
        """Whether an estimate multiplies these two cells and nothing else."""
        found = self.estimates.estimate(plan.words, plan.project)
        return not isinstance(found, Missing) and {cell.id for cell in found.cells} == cells

    def _average(self, unit: str) -> Iterator[Plan]:
        """The money last spoken of, of what the things belong to, else the budget of their project, over their number."""
        count = self.referents.last
        printed = count is not None and isinstance(count.expression, Lookup) and _is_count(count)
        if count is None or not printed or (unit and not _counted_in(count, unit)):
            return
        project = project_of(count.expression, self.catalog)
        money = self._newest(lambda each: self._is_money_of(each, project.key if project is not None else ""))
        amount: Expression | None = money.expression if money is not None else None
        if amount is None and project is not None:
            amount = Lookup(Selector(project.name, project.name, project=project.key))
        if amount is not None:
            yield PerUnit(amount, count.expression)

    def _is_money_of(self, figure: FigureReferent, project: str) -> bool:
        if figure.value is None or figure.value.unit != YUAN:
            return False
        own = project_of(figure.expression, self.catalog)
        return not project or (own is not None and own.key == project)

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


def _counted_in(figure: FigureReferent, unit: str) -> bool:
    """Whether things are counted in a unit; 个 stands for any."""
    assert figure.value is not None
    return unit == "个" or to_base(unit)[0] == to_base(figure.value.unit)[0]


def _name(stored: StoredFact) -> str:
    return indicator_name(stored) if stored.fact.field == "indicator" else stored.fact.row
