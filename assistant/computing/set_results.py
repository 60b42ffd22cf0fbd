"""Results over the members of sets: lists, rankings, places, counts, sums, averages, medians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.computing.arithmetic import comparable, divided, percent, rounded, shown
from assistant.computing.figures import Figure, Missing
from assistant.computing.project_classes import ProjectClass
from assistant.computing.results import Computation, Result, nothing
from assistant.computing.sets import Member, Sets, without_duplicates
from assistant.plan import ALL_MEMBERS, Aggregate, Ambiguous, Condition, Listing, Members, Position, Ranked, Universe
from ingest.numbers.numbers import format_quantity
from ingest.numbers.quantities import Quantity, UnitMismatchError

_MOST_SHOWN = 30  # operands that a step spells out


class SetResults:
    """Computes what is asked of sets."""

    def __init__(self, sets: Sets) -> None:
        self.sets = sets

    def listing(self, plan: Listing) -> Result:
        """The members themselves; none is a result where the set is there and the conditions leave no member."""
        members = self.sets.members(plan.members)
        if members or self._is_empty(plan.members):
            classes = self._classes(plan.members)
            return Result(
                plan,
                members=tuple(members),
                steps=_counted(plan.members, members),
                cells=tuple(each.told for each in classes),
                notes=tuple(map(_inferred, classes)),
            )
        return nothing(plan, plan.members.words)

    def _classes(self, members: Members) -> list[ProjectClass]:
        """The classes that the projects of a set are picked by."""
        known = self.sets.catalog.project_classes
        return [known[c.text] for c in members.conditions if c.attribute == "class" and c.text in known]

    def ambiguous(self, plan: Ambiguous) -> Result:
        return Result(plan, members=tuple(self.sets.members(plan.members)))

    def aggregate(self, plan: Aggregate) -> Result:
        members = self.sets.members(plan.members)
        if plan.function == "count":
            members = without_duplicates(members)
            if not members and plan.members.universe is Universe.PARTS and not _is_bounded(plan.members):
                return nothing(plan, plan.members.words)  # nothing that is printed below it is of the kind meant
            value = Quantity(Decimal(len(members)), "个")
            none = () if members else (Computation("没有符合条件的", value),)
            amounts = [comparable(m.quantity) for m in members if m.quantity is not None] if plan.with_sum else []
            steps = aggregated(replace(plan, function="sum"), amounts)[0] if len(amounts) > 1 else none
            return Result(plan, value, plan.members.words, members=tuple(members), steps=steps)
        counted = [m for m in members if m.quantity is not None]
        if not counted:
            return nothing(plan, plan.members.words)
        missing = [m.label for m in members if m.quantity is None] if plan.members.wish.fund is None else []
        quantities = [comparable(m.quantity) for m in counted if m.quantity]
        notes = (f"{'、'.join(missing)}没有数值，未计入",) if missing else ()
        steps, value = aggregated(plan, quantities)
        steps = (*_counted(plan.members, counted), *steps)
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

    def ranked(self, plan: Ranked) -> Result:
        members = [m for m in self.sets.members(plan.members) if m.order is not None]
        if not members:
            return nothing(plan, plan.members.words)
        units = {comparable(m.quantity).unit for m in members if m.quantity is not None}
        if plan.members.universe is Universe.GIVEN and len(units) > 1:
            raise UnitMismatchError(f"单位不同，不能排序：{'、'.join(sorted(units))}")
        ordered = sorted(members, key=lambda m: m.order or Decimal(0), reverse=plan.descending)
        if plan.first > len(ordered):
            return Result(plan, missing=Missing("year_item", f"第{plan.first}名（一共只有{len(ordered)}个）"))
        chosen = ordered[plan.first - 1 : plan.first - 1 + plan.count]
        chosen += [m for m in ordered[plan.first - 1 + plan.count :] if plan.count == 1 and m.order == chosen[-1].order]
        value = chosen[0].quantity if len(chosen) == 1 else None
        steps: tuple[Computation, ...] = _counted(plan.members, chosen)
        classes = self._classes(plan.members)
        notes = tuple(map(_inferred, classes))
        notes += (f"一共只有{len(ordered)}个",) if len(ordered) < plan.first - 1 + plan.count < ALL_MEMBERS else ()
        if plan.with_share and len(chosen) == 1 and value is not None:
            whole = sum((m.quantity.number for m in members if m.quantity), Decimal(0))
            share = percent(value.number, whole)
            of_whole = f"{format_quantity(value)} ÷ {format_quantity(Quantity(whole, value.unit))}"
            added, _ = aggregated(Aggregate("sum", plan.members), [m.quantity for m in members if m.quantity])
            steps = (*added, Computation(f"{of_whole} = {rounded(share.number)}%", share))
            value = share
        return Result(
            plan,
            value,
            chosen[0].label,
            members=tuple(chosen),
            steps=steps,
            cells=tuple(each.told for each in classes),
            notes=notes,
            warnings=_warnings(chosen),
        )

    def total(self, ranked: Ranked, result: Result) -> Result:
        """Several ranked members as one operand: their sum."""
        quantities = [comparable(m.quantity) for m in result.members if m.quantity is not None]
        steps, value = aggregated(Aggregate("sum", ranked.members), quantities)
        return replace(result, value=value, label=f"前{len(quantities)}个合计", steps=steps)

    def _is_empty(self, members: Members) -> bool:
        """Whether the set is empty because no member meets the conditions, not because there is no such set."""
        return (
            bool(members.conditions)
            and not members.size
            and bool(self.sets.members(replace(members, conditions=scope_of(members))))
        )

    def position(self, plan: Position) -> Result:
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


def _is_bounded(members: Members) -> bool:
    """Whether members are told by how large they are."""
    return any(c.attribute == "amount" for c in members.conditions)


def scope_of(members: Members) -> tuple[Condition, ...]:
    """The conditions that tell where a set is printed, not which of its members are meant."""
    return tuple(c for c in members.conditions if c.attribute in ("table", "level", "table_kind"))


def aggregated(plan: Aggregate, quantities: list[Quantity]) -> tuple[tuple[Computation, ...], Quantity]:
    """The steps and the value of an aggregate; a cover's value is how many of the largest are needed."""
    total = quantities[0]
    for quantity in quantities[1:]:
        total = total + quantity
    printed = " + ".join(format_quantity(q) for q in quantities[:_MOST_SHOWN])
    more = " + …" if len(quantities) > _MOST_SHOWN else ""
    sum_step = Computation(f"{printed}{more} = {format_quantity(total)}", total)
    match plan.function:
        case "sum":
            return (sum_step,), total
        case "average":
            value = Quantity(divided(total.number, Decimal(len(quantities))), total.unit)
            step = Computation(f"{format_quantity(total)} ÷ {len(quantities)} = {shown(value)}", value)
            return (sum_step, step), value
        case "median":
            step = _median(sorted(quantities, key=lambda q: q.number))
            return (step,), step.result
        case _:
            steps = _running_shares(quantities, total, plan.share or Decimal(100))
            return (sum_step, *steps), Quantity(Decimal(len(steps)), "个")


def _median(ordered: list[Quantity]) -> Computation:
    middle = len(ordered) // 2
    upper = ordered[middle]
    if len(ordered) % 2:
        return Computation(f"{len(ordered)}个数从小到大第{middle + 1}个是 {format_quantity(upper)}", upper)
    lower = ordered[middle - 1]
    value = Quantity((lower.number + upper.number) / 2, upper.unit)
    return Computation(f"({format_quantity(lower)} + {format_quantity(upper)}) ÷ 2 = {shown(value)}", value)


def _running_shares(quantities: list[Quantity], total: Quantity, share: Decimal) -> list[Computation]:
    """The sum of the largest, one more at a time, until it reaches `share` % of the total."""
    running = Decimal(0)
    steps: list[Computation] = []
    for quantity in sorted(quantities, key=lambda q: -q.number):
        running += quantity.number
        reached = percent(running, total.number)
        amount = format_quantity(Quantity(running, total.unit))
        steps.append(Computation(f"前{len(steps) + 1}个合计 {amount}，占 {rounded(reached.number)}%", reached))
        if reached.number >= share:
            break
    return steps


def _counted(wanted: Members, members: Sequence[Member]) -> tuple[Computation, ...]:
    """How many projects, or how much money, each group has: printed nowhere, so it is a step."""
    if wanted.universe not in (Universe.PEOPLE, Universe.GROUPS):
        return ()
    counted = [(member, member.quantity) for member in members if member.quantity is not None]
    return tuple(Computation(_of_group(wanted, member, quantity), quantity) for member, quantity in counted)


def _of_group(wanted: Members, member: Member, quantity: Quantity) -> str:
    if wanted.measure != "amount":
        return f"{member.label}的项目共 {format_quantity(quantity)}"
    parts = [c.fact.quantity for c in member.figure.cells if c.fact.quantity is not None]
    return f"{member.label}：{' + '.join(map(format_quantity, parts))} = {format_quantity(quantity)}"


def _warnings(members: Sequence[Member]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for m in members if isinstance(m.figure, Figure) for w in m.figure.warnings))


def _inferred(of: ProjectClass) -> str:
    """That the projects of a class are told by what they come to, not by a list."""
    return f"原文没有逐项列出{of.name}项目；只有这{len(of.keys)}个项目之和等于所印的{of.told.fact.printed}"
