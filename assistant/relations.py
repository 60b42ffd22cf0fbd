"""Results that set figures against each other: sums and differences, shares of a whole, comparisons, checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.arithmetic import comparable, full, percent, rounded, signed
from assistant.catalog import Catalog, bare_name
from assistant.figures import Figure, Figures, Missing
from assistant.plan import (
    Aggregate,
    Check,
    Combine,
    Compare,
    Condition,
    Expression,
    Literal,
    Lookup,
    Members,
    Plan,
    Ranked,
    Ratio,
    Selector,
    Universe,
)
from assistant.results import Computation, Result, gathered
from assistant.set_results import scope_of
from ingest.facts import Level, Origin
from ingest.ledger import StoredFact
from ingest.numbers import format_quantity
from ingest.quantities import MULTIPLE, PERCENT, YUAN, Quantity, UnitMismatchError

_MOST_NAMED = 6
Operand = Callable[[Expression], Result]


class Relations:
    """Combines and compares operands; `operand` computes each of them."""

    def __init__(self, catalog: Catalog, figures: Figures, operand: Operand) -> None:
        self.catalog = catalog
        self.figures = figures
        self.operand = operand

    def combine(self, plan: Combine) -> Result:
        parts = [self.operand(each) for each in plan.operands]
        if (lacking := _lacking(plan, parts)) is not None:
            return lacking
        self._refuse_roll_up(plan, parts)
        quantities = [comparable(part.value) for part in parts if part.value is not None]
        value = quantities[0]
        for quantity in quantities[1:]:
            value = value + quantity if plan.operator == "+" else value - quantity
        sign = f" {plan.operator} "
        text = sign.join(f"{part.label} {signed(q)}" for part, q in zip(parts, quantities, strict=True))
        step = Computation(f"{text} = {format_quantity(value)}", value)
        return gathered(
            plan, value, ("加" if plan.operator == "+" else "减").join(p.label for p in parts), parts, (step,)
        )

    def _refuse_roll_up(self, plan: Combine, parts: Sequence[Result]) -> None:
        """Adding a whole to its own part counts it twice, adding prices of one says nothing: refused."""
        if plan.operator != "+":
            return
        if any(part.value is not None and _is_price(part.value) for part in parts):
            raise UnitMismatchError("单价不能相加")
        cells = [part.figures[0].primary for part in parts if part.figures]
        for one in cells:
            for other in cells:
                if (
                    one.id == other.id
                    or one.fact.origin is not Origin.TABLE
                    or one.fact.table_index != other.fact.table_index
                ):
                    continue
                a, b = one.fact, other.fact
                nested = a.row_code and b.row_code.startswith(a.row_code) and a.row_code != b.row_code
                if a.column == b.column and (
                    nested or (a.coordinates.level is Level.TOTAL and b.coordinates.level is not Level.TOTAL)
                ):
                    raise UnitMismatchError(f"“{b.row}”已经包含在“{a.row}”里，相加会重复计算")

    def ratio(self, plan: Ratio) -> Result:
        top = self.operand(plan.numerator)
        if (lacking := _lacking(plan, (top,))) is not None:
            return lacking
        assert top.value is not None
        bottom = self.operand(plan.denominator) if plan.denominator is not None else self._whole_of(top)
        if bottom is None or bottom.value is None:
            detail = (
                bottom.missing
                if bottom is not None and bottom.missing
                else Missing("not_computable", f"没有找到“{top.label}”所属的总额")
            )
            return Result(plan, missing=detail, cells=bottom.cells if bottom else ())
        a, b = comparable(top.value), comparable(bottom.value)
        ratio = a.ratio_to(b)
        if plan.unit == PERCENT:
            value = percent(a.number, b.number)
            shown = f"{rounded(value.number)}%"
        else:
            value = Quantity(ratio, MULTIPLE)
            shown = f"{rounded(ratio, 4)}倍"
        step = Computation(f"{top.label} {format_quantity(a)} ÷ {bottom.label} {format_quantity(b)} = {shown}", value)
        joined = f"{top.label}占{bottom.label}" if plan.unit == PERCENT else f"{top.label}是{bottom.label}的"
        return gathered(plan, value, joined, [top, bottom], (*top.steps, *bottom.steps, step))

    def _whole_of(self, part: Result) -> Result | None:
        """The total that a figure is a part of: its table's total in the same column, or the prose figure above it."""
        if part.members and len({m.key for m in part.members}) >= 1 and isinstance(part.plan, Ranked | Aggregate):
            members = part.plan.members
            return self.operand(Aggregate("sum", replace(members, conditions=scope_of(members), labels=())))
        if isinstance(part.plan, Lookup) and part.plan.of.project and (scope := _project_scope(part.plan.of)):
            return self.operand(Aggregate("sum", Members(Universe.PROJECTS, "项目", scope)))
        if not part.figures:
            return None
        for cell in part.figures[0].cells:
            whole = self._whole_cell(cell)  # a whole that is smaller than its part is misprinted or another thing
            if whole is not None and whole.quantity.number >= part.figures[0].quantity.number:
                return Result(part.plan, whole.quantity, whole.label, figures=(whole,))
        return None

    def _whole_cell(self, cell: StoredFact) -> Figure | None:
        fact = cell.fact
        if fact.project and fact.origin is not Origin.PROSE:
            whole = self.figures.figure(Selector("项目支出", "项目支出", concept="project_expenditure"))
            return whole if isinstance(whole, Figure) else None
        if fact.origin is Origin.TABLE:
            for other in self.catalog.cells_of_table((cell.document_id, fact.table_index or 0)):
                at = other.fact.coordinates
                if (
                    at.level is Level.TOTAL
                    and other.fact.column == fact.column
                    and other.id != cell.id
                    and other.fact.quantity is not None
                ) and (
                    at.side is fact.coordinates.side and other.fact.quantity.number != 0 and other.fact.row != fact.row
                ):
                    return Figure(other.fact.row, other.fact.quantity, (other,))
            return None
        for label in reversed(fact.row_path):
            whole = self.figures.figure(
                Selector(
                    label,
                    label,
                    fact_ids=tuple(
                        s.id
                        for s in self.catalog.facts
                        if s.document_id == cell.document_id and s.fact.row == label and s.fact.table == fact.table
                    ),
                )
            )
            if isinstance(whole, Figure) and fact.quantity and whole.quantity.unit == fact.quantity.unit:
                return whole
        return None

    def compare(self, plan: Compare) -> Result:
        left, right = self.operand(plan.left), self.operand(plan.right)
        if (lacking := _lacking(plan, (left, right))) is not None:
            return lacking
        assert left.value is not None and right.value is not None
        a, b = comparable(left.value), comparable(right.value)
        value = a - b
        step = Computation(
            f"{left.label} {format_quantity(a)} - {right.label} {format_quantity(b)} = {format_quantity(value)}", value
        )
        if plan.ask == "difference" or value.number == 0:
            return gathered(
                plan, value, f"{left.label}比{right.label}", [left, right], (*left.steps, *right.steps, step)
            )
        larger = left if value.number > 0 else right
        return gathered(plan, larger.value, larger.label, [left, right], (*left.steps, *right.steps, step))

    def check(self, plan: Check) -> Result:
        left, right = self.operand(plan.left), self.operand(plan.right)
        if (lacking := _lacking(plan, (left, right))) is not None:
            return lacking
        assert left.value is not None and right.value is not None
        a, b = comparable(left.value), comparable(right.value)
        difference = a - b
        verdict = {
            "=": a.agrees_with(b) or a.number == b.number,
            "≈": a.agrees_with(b) or abs(difference.number) * 20 <= abs(b.number),
            ">": a.number > b.number,
            "<": a.number < b.number,
        }[plan.relation]
        sign = "=" if difference.number == 0 else ">" if difference.number > 0 else "<"
        gap = (
            ""
            if difference.number == 0
            else f"，相差 {format_quantity(Quantity(abs(difference.number), difference.unit))}"
        )
        step = Computation(
            f"{left.label} {full(a)} {sign} {right.label} {full(b)}{gap}",
            Quantity(abs(difference.number), difference.unit),
        )
        result = gathered(plan, None, "", [left, right], (*left.steps, *right.steps, step))
        value = (
            Quantity(abs(difference.number), difference.unit)
            if plan.ask_amount
            else left.value
            if plan.ask_left
            else None
        )
        if isinstance(plan.right, Literal) and not verdict:
            result = self._with_what_it_is(result, plan.right.quantity)
        return replace(result, verdict=verdict, value=value, label=f"{left.label}与{right.label}")

    def _with_what_it_is(self, result: Result, claimed: Quantity) -> Result:
        """A refused claim with what the claimed number is printed for, where it is printed at all."""
        cells: dict[str, StoredFact] = {}
        told_first = sorted(self.catalog.facts, key=lambda s: s.fact.origin is not Origin.PROSE)
        for stored in told_first if claimed.number else ():
            quantity = stored.fact.quantity
            if quantity is not None and (quantity.number, quantity.unit) == (claimed.number, claimed.unit):
                cells.setdefault(bare_name(stored), stored)
        named = list(cells.items())[:_MOST_NAMED]
        if not named:
            return result
        note = f"文件里印作 {format_quantity(claimed)} 的是：{'、'.join(name for name, _ in named)}"
        return replace(result, cells=(*result.cells, *(cell for _, cell in named)), notes=(*result.notes, note))


def _is_price(quantity: Quantity) -> bool:
    return "/" in quantity.unit and comparable(quantity).unit != YUAN


def _project_scope(selector: Selector) -> tuple[Condition, ...]:
    """The projects among which a project's figure was asked for: those of a table, of a fund, of this or last year's money."""
    wish = selector.wish
    named = (("vintage", wish.vintage), ("fund", wish.fund))
    table = tuple(Condition("table", "=", f"{document}:{index}") for document, index in selector.tables[:1])
    return (*table, *(Condition(name, "=", value.value) for name, value in named if value is not None))


def _lacking(plan: Plan, parts: Sequence[Result]) -> Result | None:
    """Why a plan cannot be computed: its first operand that has no value."""
    for part in parts:
        if part.value is None:
            return Result(plan, missing=part.missing or Missing("not_computable", part.label), cells=part.cells)
    return None
