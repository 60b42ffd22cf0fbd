"""What the difference of two printed figures of one thing is: money carried over, money of another fund, or both."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from assistant.catalog import AS_PRINTED, Catalog, bare_name
from assistant.computing.figures import FUND_LABELS, SPENDING_LABELS, Figure, Figures, Missing
from assistant.computing.funding import Funding
from assistant.computing.results import Computation, Result
from assistant.plan import Gap
from ingest.facts import ONE_FUND, Coordinates, Fund, Level, Origin, Role, Spending, Status, Vintage
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import format_quantity
from ingest.numbers.quantities import YUAN

_MOST_PARTS = 3
_WHOLE_FUNDS = (Fund.ALL, Fund.FISCAL)
_Kind = tuple[Fund, Vintage, Spending]
_SPENT = {Spending.ALL: (Spending.BASIC, Spending.PROJECT), Spending.BASIC: (Spending.PERSONNEL, Spending.OPERATING)}


class Gaps:
    """Explains differences over one catalog."""

    def __init__(self, catalog: Catalog, figures: Figures) -> None:
        self.catalog = catalog
        self.figures = figures
        self.funding = Funding(catalog)

    def gap(self, plan: Gap) -> Result:
        """The difference and the cells that add up to it; missing where none do."""
        found = [self.figures.figure(side.of) for side in (plan.left, plan.right)]
        for each in found:
            if isinstance(each, Missing):
                return Result(plan, missing=each)
        left, right = sorted((f for f in found if isinstance(f, Figure)), key=lambda f: -f.quantity.number)
        difference = left.quantity - right.quantity
        parts = self._made_of(left, right) if difference.number and difference.unit == YUAN else None
        if parts is None:
            return Result(plan, missing=Missing("not_computable", f"{left.label}的差额没有可对应的数"))
        step = Computation(
            f"{format_quantity(left.quantity)} - {format_quantity(right.quantity)} = {format_quantity(difference)}",
            difference,
        )
        steps = [step]
        if len(parts) > 1:
            terms = " + ".join(
                f"{_told(s, right.primary)} {format_quantity(s.fact.quantity)}" for s in parts if s.fact.quantity
            )
            steps.append(Computation(f"{terms} = {format_quantity(difference)}", difference))
        return Result(
            plan,
            difference,
            "加".join(_told(each, right.primary) + self._paid_for(each) for each in parts),
            verdict=False if plan.judged else None,
            figures=(left, right),
            cells=parts,
            steps=tuple(steps),
        )

    def _parts(self, whole: Figure, part: Figure) -> tuple[StoredFact, ...] | None:
        """As few cells as add up to the difference, each of money that the whole holds and the part does not."""
        difference = (whole.quantity - part.quantity).number
        kinds: dict[_Kind, list[StoredFact]] = {}
        for stored in self._beside(whole.primary, part.primary):
            at = stored.fact.coordinates
            kinds.setdefault((at.fund, at.vintage, at.spending), []).append(stored)
        choices = [cells for kind, cells in kinds.items()]
        for count in range(1, _MOST_PARTS + 1):
            for chosen in combinations(choices, count):
                if count > 1 and _overlap([cells[0].fact.coordinates for cells in chosen]):
                    continue
                for cells in _products(chosen):
                    if sum(s.fact.quantity.number for s in cells if s.fact.quantity) == difference:
                        return cells
        return None

    def _made_of(self, whole: Figure, part: Figure) -> tuple[StoredFact, ...] | None:
        """Beside a project the other projects of its subject; else money that the part leaves out."""
        if part.primary.fact.project:
            return self._other_projects(whole.primary, part.primary, (whole.quantity - part.quantity).number)
        return self._parts(whole, part)

    def _other_projects(
        self, whole: StoredFact, part: StoredFact, difference: Decimal
    ) -> tuple[StoredFact, ...] | None:
        """The other projects that a subject pays for, where the part is one of them."""
        key = label_key(part.fact.project)
        for funded in self.funding.of_project(key) if key and whole.fact.row_code else ():
            others = tuple(c for p, c in zip(funded.projects, funded.parts, strict=True) if p.key != key)
            came_to = sum(s.fact.quantity.number for s in others if s.fact.quantity)
            if others and funded.code.startswith(whole.fact.row_code) and came_to == difference:
                return others
        return None

    def _paid_for(self, part: StoredFact) -> str:
        """The projects that carried-over money is for: all of its fund, where they come to just that much."""
        at, amount = part.fact.coordinates, part.fact.quantity
        if at.vintage is not Vintage.CARRIED_OVER or part.fact.project or amount is None:
            return ""
        rows = [
            (project, s)
            for project in self.catalog.projects.values()
            for s in project.rows
            if s.fact.quantity is not None
            and s.fact.coordinates.vintage is Vintage.CARRIED_OVER
            and self.catalog.together(s, part)
        ]
        for fund in dict.fromkeys((at.fund, *(s.fact.coordinates.fund for _, s in rows))):
            held = [(p.name, s) for p, s in rows if s.fact.coordinates.fund is fund and s.fact.quantity.number]  # type: ignore[union-attr]
            if held and sum(s.fact.quantity.number for _, s in held if s.fact.quantity) == amount.number:
                return f"（项目：{'、'.join(dict.fromkeys(name for name, _ in held))}）"
        return ""

    def _beside(self, whole: StoredFact, part: StoredFact) -> Iterator[StoredFact]:
        """Cells about the same thing whose money the whole can hold and the part cannot."""
        inner, outer = part.fact.coordinates, whole.fact.coordinates
        alike = [s for s in self.catalog.facts if self._usable(s, whole) and _same_thing(s, part)]
        for stored in sorted(alike, key=lambda s: s.fact.origin is not Origin.TABLE):
            at = stored.fact.coordinates
            carried = at.vintage is Vintage.CARRIED_OVER and inner.vintage is Vintage.CURRENT
            other_fund = at.fund is not inner.fund and at.fund not in _WHOLE_FUNDS and inner.fund not in _WHOLE_FUNDS
            other_fund = other_fund or (inner.fund is Fund.FISCAL and at.fund not in (*_WHOLE_FUNDS, *ONE_FUND))
            kinds = _SPENT.get(outer.spending, ())
            other_spending = inner.spending in kinds and at.spending in kinds and at.spending is not inner.spending
            if other_spending and (at.fund, at.vintage) == (inner.fund, inner.vintage):
                yield stored
            held = outer.fund in _WHOLE_FUNDS or at.fund in (*_WHOLE_FUNDS, outer.fund)
            if held and (carried or (other_fund and outer.fund in _WHOLE_FUNDS)):
                yield stored

    def _usable(self, stored: StoredFact, whole: StoredFact) -> bool:
        fact = stored.fact
        return (
            fact.quantity is not None
            and fact.quantity.unit == YUAN
            and fact.quantity.number > 0
            and fact.coordinates.role is Role.AMOUNT
            and fact.field != AS_PRINTED
            and fact.status is not Status.DOUBTFUL
            and self.catalog.together(stored, whole)
        )


def _same_thing(stored: StoredFact, part: StoredFact) -> bool:
    """Whether a cell is of the part's row, or, beside a total, a total or a row that is named by its fund."""
    one, other = stored.fact, part.fact
    if other.coordinates.level is Level.TOTAL or (other.origin is Origin.PROSE and not other.row_code):
        whole = one.coordinates.level is Level.TOTAL or label_key(bare_name(stored)) in _NAMES_OF_FUNDS
        return whole or label_key(bare_name(stored)) == label_key(bare_name(part))
    if other.row_code or one.row_code:
        return one.row_code == other.row_code or label_key(bare_name(stored)) == label_key(bare_name(part))
    return label_key(bare_name(stored)) == label_key(bare_name(part))


_NAMES_OF_FUNDS = frozenset(
    label_key(name) for name in (*FUND_LABELS.values(), *SPENDING_LABELS.values(), "上年结转") if name
)


def _overlap(coordinates: list[Coordinates]) -> bool:
    """Whether one kind of money holds another."""
    return any(
        a.vintage is b.vintage and (a.fund in _WHOLE_FUNDS or b.fund in _WHOLE_FUNDS)
        for a, b in combinations(coordinates, 2)
    )


def _products(chosen: tuple[list[StoredFact], ...]) -> Iterator[tuple[StoredFact, ...]]:
    """One cell of each kind, every amount once."""
    if not chosen:
        yield ()
        return
    amounts = {s.fact.quantity.number: s for s in reversed(chosen[0]) if s.fact.quantity is not None}
    for stored in amounts.values():
        for rest in _products(chosen[1:]):
            yield (stored, *rest)


def _told(stored: StoredFact, part: StoredFact) -> str:
    """What kind of money a cell is, beside the part that leaves it out."""
    at, fact = stored.fact.coordinates, stored.fact
    if fact.project:
        return fact.project
    spending = SPENDING_LABELS.get(at.spending, "")
    if spending and at.spending is not part.fact.coordinates.spending and at.fund is part.fact.coordinates.fund:
        return spending
    vintage = "上年结转" if at.vintage is Vintage.CARRIED_OVER else ""
    fund = FUND_LABELS[at.fund]
    if at.fund is Fund.OTHER:
        fund = fact.column[-1] if at.level is Level.TOTAL and fact.column else bare_name(stored)
    name = f"（{fund}）" if vintage and fund else fund
    return f"{bare_name(stored)}的{vintage}{name}" if fact.row_code else f"{vintage}{name}" or bare_name(stored)
