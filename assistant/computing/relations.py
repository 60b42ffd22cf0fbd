"""Results that set figures against each other: sums and differences, shares of a whole, comparisons, checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.catalog import AS_PRINTED, Catalog, bare_name
from assistant.computing.arithmetic import comparable, full, percent, rounded, signed
from assistant.computing.figures import Figure, Figures, Missing
from assistant.computing.results import Computation, Result, gathered
from assistant.computing.set_results import scope_of
from assistant.plan import (
    Aggregate,
    Change,
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
    Wish,
    bare,
)
from ingest.facts import Level, Origin, Period, Side, Status
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import format_quantity, to_base_unit
from ingest.numbers.quantities import MULTIPLE, PERCENT, YUAN, Quantity, Relation, UnitMismatchError

_MOST_NAMED = 6
_TIMES = ("年", "次", "倍", "")
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
        if plan.operator == "×":
            return self._product(plan, parts)
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

    def _product(self, plan: Combine, parts: Sequence[Result]) -> Result:
        """An amount times a number of years or times; a number of things times what one of them costs."""
        amount, times = (part.value for part in parts)
        assert amount is not None and times is not None
        if "/" in amount.unit or "/" in times.unit:
            return self._priced(plan, parts)
        if times.unit not in _TIMES or amount.unit in _TIMES:
            raise UnitMismatchError(f"{amount.unit} × {times.unit}")
        value = Quantity(amount.number * times.number, amount.unit)
        step = Computation(
            f"{parts[0].label} {format_quantity(amount)} × {format_quantity(times)} = {format_quantity(value)}", value
        )
        label = f"{parts[0].label}×{format_quantity(times)}"
        return gathered(plan, value, label, parts, (*parts[0].steps, *parts[1].steps, step))

    def _priced(self, plan: Combine, parts: Sequence[Result]) -> Result:
        """A number of things times the price of one of that unit, whichever is named first."""
        number, price = sorted(parts, key=lambda part: part.value is not None and "/" in part.value.unit)
        assert number.value is not None and price.value is not None
        count, each = to_base_unit(number.value), to_base_unit(price.value)
        if each.unit != f"{YUAN}/{count.unit}":
            raise UnitMismatchError(f"{count.unit} × {each.unit}")
        value = Quantity(count.number * each.number, YUAN)
        shown = " × ".join(f"{part.label} {format_quantity(part.value)}" for part in parts if part.value is not None)
        step = Computation(f"{shown} = {format_quantity(value)}", value)
        label = "×".join(part.label for part in parts)
        return gathered(plan, value, label, parts, (*parts[0].steps, *parts[1].steps, step))

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
        numerator, denominator = _one_way(plan.numerator, plan.denominator)
        top = self.operand(numerator)
        if (lacking := _lacking(plan, (top,))) is not None:
            return lacking
        assert top.value is not None
        bottom = self.operand(denominator) if denominator is not None else self._whole_of(top)
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
        return self._all_spending(part)

    def _all_spending(self, part: Result) -> Result | None:
        """All expenditure, of which a kind of spending is a part wherever it is told."""
        of = part.plan.of if isinstance(part.plan, Lookup) else None
        if of is None or not of.concept or of.wish.spending is None or part.value is None:
            return None
        whole = self.figures.figure(
            Selector("支出总计", "支出总计", Wish(side=Side.EXPENDITURE), concept="total_expenditure")
        )
        if not isinstance(whole, Figure) or whole.quantity.number < part.value.number:
            return None
        return Result(part.plan, whole.quantity, whole.label, figures=(whole,))

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
        left, right = (_in_year(_in_period(self.operand(each))) for each in (plan.left, plan.right))
        if (lacking := _lacking(plan, (left, right))) is not None:
            return lacking
        assert left.value is not None and right.value is not None
        if _is_one_cell(left, right):
            return Result(plan, missing=Missing("ill_typed", f"{left.label}和{right.label}是同一个数"))
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
        left, right = _in_period(self.operand(plan.left)), _in_period(self.operand(plan.right))
        if (lacking := _lacking(plan, (left, right))) is not None:
            return lacking
        assert left.value is not None and right.value is not None
        if _is_one_cell(left, right):
            return Result(plan, missing=Missing("ill_typed", f"{left.label}和{right.label}是同一个数"))
        a, b = comparable(left.value), comparable(right.value)
        difference = a - b
        shares = isinstance(plan.left, Combine) and a.unit == PERCENT  # printed shares add up to what is said, or not
        short = _stops_short(left.value) and isinstance(plan.right, Literal)  # <100% is not 100%
        verdict = {
            "=": (a.number == b.number and not short) or (a.agrees_with(b) and not shares and not short),
            "≠": a.number != b.number or short,
            "≈": a.agrees_with(b) or abs(difference.number) * 20 <= abs(b.number),
            ">": a.number > b.number,
            "<": a.number < b.number,
            "≤": a.number <= b.number,
            "≥": a.number >= b.number,
        }[plan.relation]
        agree = a.agrees_with(b)
        sign = (
            "≠"
            if short and difference.number == 0
            else "="
            if difference.number == 0
            else "≈"
            if agree
            else ">"
            if difference.number > 0
            else "<"
        )
        apart = Quantity(abs(difference.number), difference.unit)
        gap = "" if difference.number == 0 or agree else f"，相差 {_readable(apart)}"
        step = Computation(f"{_side(plan.left, left, a)} {sign} {_side(plan.right, right, b)}{gap}", apart)
        result = gathered(plan, None, "", [left, right], (*left.steps, *right.steps, step))
        rounding = ("差额在四舍五入的范围内",) if shares and agree and difference.number else ()
        result = replace(result, notes=(*result.notes, *rounding, *self._mended((left, right))))
        value = (
            Quantity(abs(difference.number), difference.unit)
            if plan.ask_amount
            else left.value
            if plan.ask_left
            else None
        )
        if isinstance(plan.right, Literal) and not verdict and not isinstance(plan.left, Aggregate) and not shares:
            result = self._with_what_it_is(result, plan.right.quantity)
        return replace(result, verdict=verdict, value=value, label=f"{left.label}与{right.label}")

    def _mended(self, sides: Sequence[Result]) -> Iterator[str]:
        """What a side that was taken as misprinted is after the repair."""
        for figure in (side.figures[0] for side in sides if side.figures):
            cell = figure.primary
            if cell.fact.field == AS_PRINTED:
                same = (s for s in self.catalog.cells_of_table((cell.document_id, cell.fact.table_index or 0)))
                mended = [
                    s
                    for s in same
                    if s.fact.status is Status.REPAIRED
                    and s.fact.row == cell.fact.row
                    and s.fact.column == cell.fact.column
                ]
                for quantity in (s.fact.quantity for s in mended[:1]):
                    if quantity is not None:
                        yield f"《{cell.fact.table}》的数值与行名错位，还原后{cell.fact.row}为 {full(quantity)}"

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


def _one_way(left: Expression, right: Expression | None) -> tuple[Expression, Expression | None]:
    """Two changes of which one is spoken of as a fall, both as falls."""
    if isinstance(left, Change) and isinstance(right, Change) and left.fall is not right.fall:
        return replace(left, fall=True), replace(right, fall=True)
    return left, right


def _in_period(result: Result) -> Result:
    """A result that is called by its period where it is the whole one's: one project may stand on both sides."""
    cell = result.figures[0].primary if result.figures and isinstance(result.plan, Lookup) else None
    if cell is None or cell.fact.coordinates.period is not Period.WHOLE or "实施期" in result.label:
        return result
    return replace(result, label=f"{result.label}（实施期）")


def _in_year(result: Result) -> Result:
    """A figure that a change is told of, called by its year: both may stand beside each other."""
    year = {"last_year": "上年", "this_year": "今年"}.get(result.plan.ask) if isinstance(result.plan, Change) else None
    return replace(result, label=f"{year}{result.label}") if year else result


def _is_one_cell(left: Result, right: Result) -> bool:
    """Whether two names stand for the very cell: to set it against itself tells nothing."""
    if not (isinstance(left.plan, Lookup) and isinstance(right.plan, Lookup) and left.figures and right.figures):
        return False
    return bare(left.plan) != bare(right.plan) and left.figures[0].primary.id == right.figures[0].primary.id


def _side(expression: Expression, result: Result, quantity: Quantity) -> str:
    """One side of a check with what it is called; a number of the question by itself."""
    shown = _readable(quantity) if quantity.unit in (PERCENT, MULTIPLE) else full(quantity)
    if isinstance(expression, Literal):
        return shown
    if isinstance(expression, Change) and expression.ask not in ("last_year", "this_year"):
        return f"{result.label}比上年{'减少' if expression.fall else '增减'} {shown}"
    return f"{result.label} {shown}"


def _readable(quantity: Quantity) -> str:
    if quantity.unit not in (PERCENT, MULTIPLE):
        return format_quantity(quantity)
    relation = "" if quantity.relation is Relation.EXACTLY else quantity.relation.value
    return f"{relation}{rounded(quantity.number, 4)}{quantity.unit}"


def _stops_short(quantity: Quantity) -> bool:
    """Whether the number that is printed is one that is not reached, or passed."""
    return quantity.relation in (Relation.LESS, Relation.MORE)


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
