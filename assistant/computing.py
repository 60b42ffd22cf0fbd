"""A typed plan into an exact result. Decimal only; every operand stays with its cells, every operation leaves a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from assistant.catalog import Catalog
from assistant.changes import Changes
from assistant.estimates import Estimates
from assistant.figures import Figure, Figures, Missing, Stated
from assistant.plan import (
    Aggregate,
    Ambiguous,
    Change,
    Check,
    Combine,
    Compare,
    Condition,
    Consistent,
    CostEstimate,
    Decline,
    Expression,
    Listing,
    Literal,
    Lookup,
    Members,
    PerUnit,
    Plan,
    Position,
    Ranked,
    Ratio,
    Selector,
    Universe,
    describe,
)
from assistant.results import Computation, Result
from assistant.sets import Member, Sets, without_duplicates
from ingest.facts import Level, Origin, Period
from ingest.ledger import StoredFact
from ingest.numbers import format_number, format_quantity, to_base_unit
from ingest.quantities import MULTIPLE, PERCENT, YUAN, Quantity, UnitMismatchError

_DIGITS = 28


class Computer:
    """Runs plans over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.figures = Figures(catalog)
        self.sets = Sets(catalog, self.figures)
        self.estimates = Estimates(catalog)
        self.changes = Changes(catalog, self.figures)

    def compute(self, plan: Plan) -> Result:
        """The result of a plan of numbers; a unit clash becomes a declined result, never a figure.

        A number of the question is an operand and never an answer.
        """
        if isinstance(plan, Literal):
            return _nothing(plan, format_quantity(plan.quantity))
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
                return self._aggregate(plan)
            case Ranked():
                return self._ranked(plan)
            case Listing():
                members = self.sets.members(plan.members)
                return (
                    Result(plan, members=tuple(members), steps=_counted(plan.members, members))
                    if members or self._is_empty(plan.members)
                    else _nothing(plan, plan.members.words)
                )
            case Combine():
                return self._combine(plan)
            case Ratio():
                return self._ratio(plan)
            case Compare():
                return self._compare(plan)
            case Check():
                return self._check(plan)
            case Change():
                return self.changes.change(plan)
            case CostEstimate():
                return self._estimate(plan)
            case PerUnit():
                return self._per_unit(plan)
            case Position():
                return self._position(plan)
            case Consistent():
                return self._consistent(plan)
            case Ambiguous():
                return Result(plan, members=tuple(self.sets.members(plan.members)))
            case Literal():
                return Result(plan, plan.quantity, format_quantity(plan.quantity))
            case Decline():
                return Result(plan, missing=Missing(plan.reason, plan.detail))
            case _:
                raise TypeError(f"not a plan of numbers: {describe(plan)}")

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
            plan, first.quantity, first.label, figures=(first,), warnings=first.warnings, by_document=by_document
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

    def _aggregate(self, plan: Aggregate) -> Result:
        members = self.sets.members(plan.members)
        if plan.function == "count":
            members = without_duplicates(members)
            value = Quantity(Decimal(len(members)), "个")
            return Result(plan, value, plan.members.words, members=tuple(members))
        counted = [m for m in members if m.quantity is not None]
        if not counted:
            return _nothing(plan, plan.members.words)
        missing = [m.label for m in members if m.quantity is None] if plan.members.wish.fund is None else []
        quantities = [_comparable(m.quantity) for m in counted if m.quantity]
        notes = (f"{'、'.join(missing)}没有数值，未计入",) if missing else ()
        steps, value = _aggregate(plan, quantities)
        if plan.function == "cover":
            needed = int(value.number)
            order = sorted(counted, key=lambda m: -m.quantity.number if m.quantity else 0)
            counted = order[:needed]
        return Result(
            plan,
            value,
            plan.members.words,
            members=tuple(counted),
            steps=steps,
            notes=notes,
            warnings=_warnings(counted),
        )

    def _ranked(self, plan: Ranked) -> Result:
        members = [m for m in self.sets.members(plan.members) if m.quantity is not None]
        if not members:
            return _nothing(plan, plan.members.words)
        ordered = sorted(
            members, key=lambda m: m.quantity.number if m.quantity else Decimal(0), reverse=plan.descending
        )
        if plan.first > len(ordered):
            return Result(plan, missing=Missing("year_item", f"第{plan.first}名（一共只有{len(ordered)}个）"))
        chosen = ordered[plan.first - 1 : plan.first - 1 + plan.count]
        value = chosen[0].quantity if len(chosen) == 1 else None
        steps: tuple[Computation, ...] = _counted(plan.members, chosen)
        notes = (f"一共只有{len(ordered)}个",) if plan.first - 1 + plan.count > len(ordered) else ()
        if plan.with_share and len(chosen) == 1 and value is not None:
            whole = sum((m.quantity.number for m in members if m.quantity), Decimal(0))
            share = _percent(value.number, whole)
            steps = (
                Computation(
                    f"{format_quantity(value)} ÷ {format_quantity(Quantity(whole, value.unit))} = {_rounded(share.number)}%",
                    share,
                ),
            )
            value = share
        return Result(
            plan, value, chosen[0].label, members=tuple(chosen), steps=steps, notes=notes, warnings=_warnings(chosen)
        )

    def _is_empty(self, members: Members) -> bool:
        """Whether the set is empty because no member meets the conditions, not because there is no such set."""
        return bool(members.conditions) and bool(self.sets.members(replace(members, conditions=_scope(members))))

    def operand(self, expression: Expression) -> Result:
        """An expression's single figure, with what it is called; several ranked members count as their sum."""
        result = self._compute(expression)
        if result.value is not None or not isinstance(expression, Ranked) or len(result.members) < 2:
            return result
        quantities = [_comparable(m.quantity) for m in result.members if m.quantity is not None]
        steps, value = _aggregate(Aggregate("sum", expression.members), quantities)
        return replace(result, value=value, label=f"前{len(quantities)}个合计", steps=steps)

    def _consistent(self, plan: Consistent) -> Result:
        """All cells that claim to print one figure, and whether they do."""
        figure = self.figures.figure(plan.of)
        if isinstance(figure, Missing):
            return Result(plan, missing=figure)
        return Result(
            plan, label=figure.label, verdict=not figure.conflicts, figures=(figure,), warnings=figure.warnings
        )

    def _combine(self, plan: Combine) -> Result:
        parts = [self.operand(each) for each in plan.operands]
        for part in parts:
            if part.value is None:
                return Result(plan, missing=part.missing or Missing("not_computable", part.label), cells=part.cells)
        self._refuse_roll_up(plan, parts)
        quantities = [_comparable(part.value) for part in parts if part.value is not None]
        value = quantities[0]
        for quantity in quantities[1:]:
            value = value + quantity if plan.operator == "+" else value - quantity
        sign = f" {plan.operator} "
        text = sign.join(f"{part.label} {_signed(q)}" for part, q in zip(parts, quantities, strict=True))
        step = Computation(f"{text} = {format_quantity(value)}", value)
        return _gathered(
            plan, value, ("加" if plan.operator == "+" else "减").join(p.label for p in parts), parts, (step,)
        )

    def _refuse_roll_up(self, plan: Combine, parts: Sequence[Result]) -> None:
        """Adding a whole to its own part counts it twice: refused."""
        if plan.operator != "+":
            return
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

    def _ratio(self, plan: Ratio) -> Result:
        top = self.operand(plan.numerator)
        if top.value is None:
            return Result(plan, missing=top.missing or Missing("not_computable", top.label), cells=top.cells)
        bottom = self.operand(plan.denominator) if plan.denominator is not None else self._whole_of(top)
        if bottom is None or bottom.value is None:
            detail = (
                bottom.missing
                if bottom is not None and bottom.missing
                else Missing("not_computable", f"没有找到“{top.label}”所属的总额")
            )
            return Result(plan, missing=detail, cells=bottom.cells if bottom else ())
        a, b = _comparable(top.value), _comparable(bottom.value)
        ratio = a.ratio_to(b)
        if plan.unit == PERCENT:
            value = _percent(a.number, b.number)
            shown = f"{_rounded(value.number)}%"
        else:
            value = Quantity(ratio, MULTIPLE)
            shown = f"{_rounded(ratio, 4)}倍"
        step = Computation(f"{top.label} {format_quantity(a)} ÷ {bottom.label} {format_quantity(b)} = {shown}", value)
        joined = f"{top.label}占{bottom.label}" if plan.unit == PERCENT else f"{top.label}是{bottom.label}的"
        return _gathered(plan, value, joined, [top, bottom], (*top.steps, *bottom.steps, step))

    def _whole_of(self, part: Result) -> Result | None:
        """The total that a figure is a part of: its table's total in the same column, or the prose figure above it."""
        if part.members and len({m.key for m in part.members}) >= 1 and isinstance(part.plan, Ranked | Aggregate):
            members = part.plan.members
            return self._compute(Aggregate("sum", replace(members, conditions=_scope(members), labels=())))
        if not part.figures:
            return None
        for cell in part.figures[0].cells:
            if (whole := self._whole_cell(cell)) is not None:
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

    def _compare(self, plan: Compare) -> Result:
        left, right = self.operand(plan.left), self.operand(plan.right)
        for part in (left, right):
            if part.value is None:
                return Result(plan, missing=part.missing or Missing("not_computable", part.label), cells=part.cells)
        assert left.value is not None and right.value is not None
        a, b = _comparable(left.value), _comparable(right.value)
        value = a - b
        step = Computation(
            f"{left.label} {format_quantity(a)} - {right.label} {format_quantity(b)} = {format_quantity(value)}", value
        )
        if plan.ask == "difference" or value.number == 0:
            return _gathered(
                plan, value, f"{left.label}比{right.label}", [left, right], (*left.steps, *right.steps, step)
            )
        larger = left if value.number > 0 else right
        return _gathered(plan, larger.value, larger.label, [left, right], (*left.steps, *right.steps, step))

    def _check(self, plan: Check) -> Result:
        left, right = self.operand(plan.left), self.operand(plan.right)
        for part in (left, right):
            if part.value is None:
                return Result(plan, missing=part.missing or Missing("not_computable", part.label), cells=part.cells)
        assert left.value is not None and right.value is not None
        a, b = _comparable(left.value), _comparable(right.value)
        difference = a - b
        verdict = {"=": a.agrees_with(b) or a.number == b.number, ">": a.number > b.number, "<": a.number < b.number}[
            plan.relation
        ]
        sign = "=" if difference.number == 0 else ">" if difference.number > 0 else "<"
        gap = (
            ""
            if difference.number == 0
            else f"，相差 {format_quantity(Quantity(abs(difference.number), difference.unit))}"
        )
        step = Computation(
            f"{left.label} {_full(a)} {sign} {right.label} {_full(b)}{gap}",
            Quantity(abs(difference.number), difference.unit),
        )
        result = _gathered(plan, None, "", [left, right], (*left.steps, *right.steps, step))
        value = (
            Quantity(abs(difference.number), difference.unit)
            if plan.ask_amount
            else left.value
            if plan.ask_left
            else None
        )
        return replace(result, verdict=verdict, value=value, label=f"{left.label}与{right.label}")

    def _per_unit(self, plan: PerUnit) -> Result:
        amount, count = self.operand(plan.amount), self.figures.figure(plan.count)
        if amount.value is None:
            return Result(plan, missing=amount.missing or Missing("not_computable", amount.label), cells=amount.cells)
        if isinstance(count, Missing):
            return Result(plan, missing=count)
        value = Quantity(_divided(amount.value.number, count.quantity.number), amount.value.unit)
        step = Computation(
            f"{amount.label} {format_quantity(amount.value)} ÷ {count.label} {format_quantity(count.quantity)} = {_shown(value)}",
            value,
        )
        return _gathered(
            plan, value, f"{amount.label}按{count.label}平均", [amount, Result(plan, figures=(count,))], (step,)
        )

    def _position(self, plan: Position) -> Result:
        """The place of one member from the largest; equal amounts share a place."""
        members = [m for m in self.sets.members(plan.members) if m.quantity is not None]
        mine = next((m for m in members if m.key == plan.project), None)
        if mine is None or mine.quantity is None:
            return Result(plan, missing=Missing("year_item", plan.members.words))
        larger = sum(1 for m in members if m.quantity and m.quantity.number > mine.quantity.number)
        value = Quantity(Decimal(larger + 1), "名")
        step = Computation(
            f"{len(members)}个里有{larger}个大于 {mine.label} 的 {format_quantity(mine.quantity)}", value
        )
        return Result(plan, value, mine.label, members=(mine,), steps=(step,))

    def _estimate(self, plan: CostEstimate) -> Result:
        total = self.estimates.estimate(plan.words, plan.project)
        if isinstance(total, Missing):
            return Result(plan, missing=total)
        if plan.against is None:
            return Result(
                plan,
                total.value,
                total.label,
                steps=total.steps,
                cells=total.cells,
                warnings=total.warnings,
                notes=total.notes,
            )
        budget = self.operand(plan.against)
        if budget.value is None:
            return Result(
                plan,
                total.value,
                total.label,
                steps=total.steps,
                cells=total.cells,
                warnings=total.warnings,
                notes=total.notes,
            )
        gap = total.value - budget.value
        word = "超出" if gap.number > 0 else "低于" if gap.number < 0 else "等于"
        size = Quantity(abs(gap.number), gap.unit)
        steps = [
            *total.steps,
            Computation(
                f"测算 {format_quantity(total.value)} {word}预算 {format_quantity(budget.value)}"
                + (f" {format_quantity(size)}" if gap.number else ""),
                size,
            ),
        ]
        value, verdict = total.value, gap.number > 0
        if plan.ask == "excess":
            value = size
        elif plan.ask == "share":
            share = _percent(total.value.number, budget.value.number)
            steps.append(
                Computation(
                    f"{format_quantity(total.value)} ÷ {format_quantity(budget.value)} = {_rounded(share.number, 4)}%",
                    share,
                )
            )
        elif plan.ask == "share_only":
            value = _percent(total.value.number, budget.value.number)
            steps.append(
                Computation(
                    f"{format_quantity(total.value)} ÷ {format_quantity(budget.value)} = {_rounded(value.number, 4)}%",
                    value,
                )
            )
        return Result(
            plan,
            value,
            total.label,
            verdict,
            figures=budget.figures,
            steps=tuple(steps),
            cells=total.cells,
            warnings=(*total.warnings, *budget.warnings),
            notes=total.notes,
        )


def _scope(members: Members) -> tuple[Condition, ...]:
    return tuple(c for c in members.conditions if c.attribute in ("table", "level", "table_kind"))


def _aggregate(plan: Aggregate, quantities: list[Quantity]) -> tuple[tuple[Computation, ...], Quantity]:
    total = quantities[0]
    for quantity in quantities[1:]:
        total = total + quantity
    shown = " + ".join(format_quantity(q) for q in quantities[:30]) + (" + …" if len(quantities) > 30 else "")
    sum_step = Computation(f"{shown} = {format_quantity(total)}", total)
    if plan.function == "sum":
        return (sum_step,), total
    if plan.function == "average":
        value = Quantity(_divided(total.number, Decimal(len(quantities))), total.unit)
        return (sum_step, Computation(f"{format_quantity(total)} ÷ {len(quantities)} = {_shown(value)}", value)), value
    ordered = sorted(quantities, key=lambda q: q.number)
    if plan.function == "median":
        middle = len(ordered) // 2
        if len(ordered) % 2:
            return (
                Computation(
                    f"{len(ordered)}个数从小到大第{middle + 1}个是 {format_quantity(ordered[middle])}", ordered[middle]
                ),
            ), ordered[middle]
        value = Quantity((ordered[middle - 1].number + ordered[middle].number) / 2, total.unit)
        return (
            Computation(
                f"({format_quantity(ordered[middle - 1])} + {format_quantity(ordered[middle])}) ÷ 2 = {_shown(value)}",
                value,
            ),
        ), value
    share = plan.share or Decimal(100)
    running, needed = Decimal(0), 0
    steps = []
    for quantity in reversed(ordered):
        running += quantity.number
        needed += 1
        reached = _percent(running, total.number)
        steps.append(
            Computation(
                f"前{needed}个合计 {format_quantity(Quantity(running, total.unit))}，占 {_rounded(reached.number)}%",
                reached,
            )
        )
        if reached.number >= share:
            break
    return (sum_step, *steps), Quantity(Decimal(needed), "个")


def _comparable(quantity: Quantity) -> Quantity:
    """In a unit that can be added and compared: base units; an amount per year is the year's amount."""
    if quantity.unit == f"{YUAN}/年":
        return Quantity(quantity.number, YUAN, precision=quantity.precision)
    return quantity if quantity.unit in (YUAN, PERCENT) else to_base_unit(quantity)


def _percent(part: Decimal, whole: Decimal) -> Quantity:
    return Quantity(_divided(part * 100, whole), PERCENT)


def _divided(a: Decimal, b: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        return a / b


def _signed(quantity: Quantity) -> str:
    return f"({format_quantity(quantity)})" if quantity.number < 0 else format_quantity(quantity)


def _full(quantity: Quantity) -> str:
    """An amount in 万元 and, when large, in 亿元 and 元 as well, so that it can be found in any unit."""
    if quantity.unit != YUAN or abs(quantity.number) < 10_000:
        return format_quantity(quantity)
    exact = f"{format_quantity(quantity, '亿元')}，" if abs(quantity.number) >= 100_000_000 else ""
    return f"{format_quantity(quantity)}（{exact}{format_quantity(quantity, YUAN)}）"


def _rounded(number: Decimal, places: int = 2) -> str:
    if number != 0 and abs(number) < Decimal("0.1") and places < 4:
        places = 4
    return (
        format_number(number, places).rstrip("0").rstrip(".")
        if "." in format_number(number, places)
        else format_number(number, places)
    )


def _shown(quantity: Quantity) -> str:
    exact = quantity.number == quantity.number.quantize(Decimal("0.0001"))
    return format_quantity(quantity) if exact else format_quantity(quantity, places=2)


def _gathered(
    plan: Plan, value: Quantity | None, label: str, parts: Sequence[Result], steps: tuple[Computation, ...]
) -> Result:
    return Result(
        plan,
        value,
        label,
        figures=tuple(figure for part in parts for figure in part.figures),
        members=tuple(member for part in parts for member in part.members),
        cells=tuple(cell for part in parts for cell in part.cells),
        steps=steps,
        warnings=tuple(dict.fromkeys(w for part in parts for w in part.warnings)),
        notes=tuple(dict.fromkeys(n for part in parts for n in part.notes)),
    )


def _counted(wanted: Members, members: Sequence[Member]) -> tuple[Computation, ...]:
    """How many projects each person has: a count is printed nowhere, so it is a step."""
    if wanted.universe is not Universe.PEOPLE:
        return ()
    counted = [(member.label, member.quantity) for member in members if member.quantity is not None]
    return tuple(Computation(f"{label}的项目共 {format_quantity(quantity)}", quantity) for label, quantity in counted)


def _warnings(members: Sequence[Member]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for m in members if isinstance(m.figure, Figure) for w in m.figure.warnings))


def _nothing(plan: Plan, words: str) -> Result:
    return Result(plan, missing=Missing("unknown", words))
