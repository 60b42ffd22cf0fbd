"""Results within one project: an estimate against its budget, an amount per unit."""

from __future__ import annotations

from dataclasses import replace

from assistant.computing.arithmetic import comparable, divided, percent, rounded, shown
from assistant.computing.estimates import Estimates
from assistant.computing.figures import Figures, Missing
from assistant.computing.relations import Operand
from assistant.computing.results import Computation, Result, gathered
from assistant.plan import CostEstimate, PerUnit
from ingest.numbers.numbers import format_quantity
from ingest.numbers.quantities import Quantity, UnitMismatchError


class CostResults:
    """Computes costs; `operand` computes the amounts that they are held against."""

    def __init__(self, estimates: Estimates, figures: Figures, operand: Operand) -> None:
        self.estimates = estimates
        self.figures = figures
        self.operand = operand

    def per_unit(self, plan: PerUnit) -> Result:
        amount, count = self.operand(plan.amount), self.operand(plan.count)
        for part in (amount, count):
            if part.value is None:
                return Result(plan, missing=part.missing or Missing("not_computable", part.label), cells=part.cells)
        assert amount.value is not None and count.value is not None
        things = comparable(count.value)
        if things.unit == comparable(amount.value).unit:
            raise UnitMismatchError(f"{count.label}不是数量")
        value = Quantity(divided(amount.value.number, things.number), amount.value.unit)
        printed = " ÷ ".join(_named(part.label, part.value) for part in (amount, count) if part.value is not None)
        step = Computation(f"{printed} = {shown(value)}", value)
        steps = (*amount.steps, *count.steps, step)
        return gathered(plan, value, f"{amount.label}按{count.label}平均", [amount, count], steps)

    def estimate(self, plan: CostEstimate) -> Result:
        """Prices times quantities; against a budget also the gap or the share, whichever is asked for."""
        total = self.estimates.estimate(plan.words, plan.project)
        if isinstance(total, Missing):
            return Result(plan, missing=total)
        alone = Result(
            plan,
            total.value,
            total.label,
            steps=total.steps,
            cells=total.cells,
            warnings=total.warnings,
            notes=total.notes,
        )
        budget = self.operand(plan.against) if plan.against is not None else None
        if budget is None or budget.value is None:
            return alone
        gap = _gap(total.value, budget.value)
        value, steps = total.value, [*total.steps, gap]
        match plan.ask:
            case "excess":
                value = gap.result
            case "share":
                steps.append(_share(total.value, budget.value))
            case "share_only":
                steps.append(_share(total.value, budget.value))
                value = steps[-1].result
        return replace(
            alone,
            value=value,
            verdict=total.value.number > budget.value.number,
            figures=budget.figures,
            steps=tuple(steps),
            warnings=(*total.warnings, *budget.warnings),
        )


def _gap(total: Quantity, budget: Quantity) -> Computation:
    gap = total - budget
    size = Quantity(abs(gap.number), gap.unit)
    word = "超出" if gap.number > 0 else "低于" if gap.number < 0 else "等于"
    by = f" {format_quantity(size)}" if gap.number else ""
    return Computation(f"测算 {format_quantity(total)} {word}预算 {format_quantity(budget)}{by}", size)


def _share(total: Quantity, budget: Quantity) -> Computation:
    share = percent(total.number, budget.number)
    text = f"{format_quantity(total)} ÷ {format_quantity(budget)} = {rounded(share.number, 4)}%"
    return Computation(text, share)


def _named(label: str, quantity: Quantity) -> str:
    """An operand with its name; a number given has none."""
    printed = format_quantity(quantity)
    return printed if label == printed else f"{label} {printed}"
