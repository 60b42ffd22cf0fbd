"""A made-up department's budget whose sums agree. Amounts are whole hundreds of yuan: 1234 is 12.34 万元."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from eval.generator.words import Named

Amount = int


@dataclass(frozen=True, slots=True)
class Indicator:
    """`number` and `unit` as a reader should take the target: money in 元, the rest in its own unit."""

    levels: tuple[str, str]
    name: str
    target: str
    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Project:
    name: str
    item: Named
    amount: Amount  # of this year's money
    carried_over: Amount
    is_fund: bool  # paid from government-managed funds
    years: int
    nature: str
    handler: str
    goal: str
    overview: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """What one functional item costs this year, from which money, and last year."""

    code: str
    name: str
    basic: Amount
    project: Amount
    carried_over: Amount
    last_year: Amount
    is_fund: bool

    @property
    def current(self) -> Amount:
        return self.basic + self.project


@dataclass(frozen=True, slots=True)
class ThreePublic:
    abroad: Amount
    purchase: Amount
    running: Amount
    reception: Amount

    @property
    def vehicles(self) -> Amount:
        return self.purchase + self.running

    @property
    def total(self) -> Amount:
        return self.abroad + self.vehicles + self.reception


@dataclass(frozen=True, slots=True)
class Budget:
    """`personnel` and `operating` are economic items: code, name, amount; `procurement` goods, works, services."""

    department: str
    code: str
    year: int
    items: tuple[Item, ...]
    projects: tuple[Project, ...]
    personnel: tuple[tuple[str, str, Amount], ...]
    operating: tuple[tuple[str, str, Amount], ...]
    three_public: ThreePublic
    procurement: tuple[Amount, Amount, Amount]

    def general(self) -> Budget:
        """The part paid from the general public budget."""
        return self._only(False)

    def funds(self) -> Budget:
        """The part paid from government-managed funds."""
        return self._only(True)

    def _only(self, is_fund: bool) -> Budget:
        items = tuple(item for item in self.items if item.is_fund is is_fund)
        return Budget(
            self.department,
            self.code,
            self.year,
            items,
            tuple(project for project in self.projects if project.is_fund is is_fund),
            () if is_fund else self.personnel,
            () if is_fund else self.operating,
            self.three_public,
            self.procurement,
        )

    @property
    def basic(self) -> Amount:
        return sum(item.basic for item in self.items)

    @property
    def project(self) -> Amount:
        return sum(item.project for item in self.items)

    @property
    def current(self) -> Amount:
        return self.basic + self.project

    @property
    def carried_over(self) -> Amount:
        return sum(item.carried_over for item in self.items)

    @property
    def total(self) -> Amount:
        return self.current + self.carried_over

    @property
    def last_year(self) -> Amount:
        return sum(item.last_year for item in self.items)

    @property
    def people_cost(self) -> Amount:
        return sum(amount for _, _, amount in self.personnel)

    @property
    def office_cost(self) -> Amount:
        return sum(amount for _, _, amount in self.operating)


def share(part: Amount, whole: Amount) -> Decimal:
    """In percent with two decimals, as budgets print it."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else Decimal("0.00")
