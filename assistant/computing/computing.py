"""A typed plan into an exact result. Decimal only; every operand stays with its cells, every operation leaves a step."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import AS_PRINTED, Catalog
from assistant.computing.changes import Changes
from assistant.computing.cost_results import CostResults
from assistant.computing.estimates import Estimates
from assistant.computing.figures import Figure, Figures, Missing, Stated
from assistant.computing.gaps import Gaps
from assistant.computing.relations import Relations
from assistant.computing.results import Computation, Result, nothing
from assistant.computing.set_results import SetResults
from assistant.computing.sets import Sets
from assistant.plan import (
    Aggregate,
    Ambiguous,
    Change,
    Check,
    Combine,
    Compare,
    Consistent,
    CostEstimate,
    Decline,
    Expression,
    Gap,
    Listing,
    Literal,
    Lookup,
    PerUnit,
    Plan,
    Position,
    Ranked,
    Ratio,
    Selector,
    describe,
)
from ingest.facts import Period, Status
from ingest.numbers.numbers import format_quantity
from ingest.numbers.quantities import UnitMismatchError


class Computer:
    """Runs plans over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.figures = Figures(catalog)
        self.sets = SetResults(Sets(catalog, self.figures))
        self.relations = Relations(catalog, self.figures, self.operand)
        self.costs = CostResults(Estimates(catalog), self.figures, self.operand)
        self.changes = Changes(catalog, self.figures)
        self.gaps = Gaps(catalog, self.figures)

    def compute(self, plan: Plan) -> Result:
        """The result of a plan of numbers; a unit clash becomes a declined result, never a figure.

        A number of the question is an operand and never an answer.
        """
        if isinstance(plan, Literal):
            return nothing(plan, format_quantity(plan.quantity))
        try:
            return self._compute(plan)
        except UnitMismatchError as error:
            return Result(plan, missing=Missing("ill_typed", str(error)))
        except ZeroDivisionError:
            return Result(plan, missing=Missing("not_computable", "除数为零"))

    def _compute(self, plan: Plan) -> Result:
        match plan:
            case Lookup():
                return self._lookup(plan)
            case Aggregate():
                return self.sets.aggregate(plan)
            case Ranked():
                return self.sets.ranked(plan)
            case Listing():
                return self.sets.listing(plan)
            case Combine():
                return self.relations.combine(plan)
            case Ratio():
                return self.relations.ratio(plan)
            case Compare():
                return self.relations.compare(plan)
            case Check():
                return self.relations.check(plan)
            case Change():
                return self.changes.change(plan)
            case CostEstimate():
                return self.costs.estimate(plan)
            case PerUnit():
                return self.costs.per_unit(plan)
            case Position():
                return self.sets.position(plan)
            case Consistent():
                return self._consistent(plan)
            case Gap():
                return self.gaps.gap(plan)
            case Ambiguous():
                return self.sets.ambiguous(plan)
            case Literal():
                return Result(plan, plan.quantity, format_quantity(plan.quantity))
            case Decline():
                return Result(plan, missing=Missing(plan.reason, plan.detail))
            case _:
                raise TypeError(f"not a plan of numbers: {describe(plan)}")

    def operand(self, expression: Expression) -> Result:
        """An expression's single figure, with what it is called; several ranked members count as their sum."""
        result = self._compute(expression)
        if result.value is not None or not isinstance(expression, Ranked) or len(result.members) < 2:
            return result
        return self.sets.total(expression, result)

    def _lookup(self, plan: Lookup) -> Result:
        found = self.figures.by_document(plan.of)
        figures = [each for each in found if isinstance(each, Figure)]
        stated = next((each for each in found if isinstance(each, Stated)), None)
        if not figures and stated is not None:
            return Result(plan, label=stated.label, stated=stated, warnings=stated.warnings)
        if not figures:
            missing = self.figures.figure(plan.of)
            assert isinstance(missing, Missing)
            return Result(plan, missing=missing, cells=missing.cells)
        first = self._with_whole_period(plan.of, figures[0])
        by_document = tuple((each.primary.document_id, each) for each in figures) if len(figures) > 1 else ()
        return Result(
            plan,
            first.quantity,
            first.label,
            figures=(first,),
            steps=_added(first),
            warnings=first.warnings,
            by_document=by_document,
        )

    def _with_whole_period(self, selector: Selector, figure: Figure) -> Figure:
        """A project's yearly budget names its whole-period funding as the other reading."""
        if not selector.project or not selector.wish.is_empty:
            return figure
        project = self.catalog.projects.get((figure.primary.document_id, selector.project))
        whole = project.funding(Period.WHOLE)[:1] if project is not None else []
        if not whole or whole[0].fact.quantity is None or whole[0].fact.quantity.number == figure.quantity.number:
            return figure
        return replace(figure, others=(*figure.others, whole[0]))

    def _consistent(self, plan: Consistent) -> Result:
        """All cells that claim to print one figure, and whether they do."""
        figure = self.figures.figure(plan.of)
        if isinstance(figure, Missing):
            return Result(plan, missing=figure)
        cells = self.figures.candidates(plan.of)
        misprints = tuple(s for s in cells if s.fact.field == AS_PRINTED and s.fact.quantity is not None)
        mended = tuple(s for s in cells if s.fact.status is Status.REPAIRED) if misprints else ()
        tables = dict.fromkeys(s.fact.table for s in misprints)
        return Result(
            plan,
            figure.quantity if plan.trusted else None,
            figure.label,
            verdict=None if plan.trusted else not (figure.conflicts or misprints),
            figures=(figure,),
            cells=(*misprints, *mended),
            warnings=figure.warnings,
            notes=tuple(f"《{table}》的数值与行名错位（错行），所印的不是此行的数" for table in tables),
        )


def _added(figure: Figure) -> tuple[Computation, ...]:
    """How rows of one name come to a figure."""
    if not figure.parts:
        return ()
    amounts = [s.fact.quantity for s in figure.parts if s.fact.quantity is not None]
    shown = " + ".join(format_quantity(each) for each in amounts)
    return (Computation(f"{shown} = {format_quantity(figure.quantity)}", figure.quantity),)
