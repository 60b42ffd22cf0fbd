"""Makes up a department's budget: the same number and seed give the same one, other numbers other departments."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal

from eval.generator.budget import Amount, Budget, Indicator, Item, Project, ThreePublic
from eval.generator.words import Named, Office, Section, words

_STEP = 37  # shares no factor with the number of pairs of place and office, so that all of them come before any returns
_FIRST_YEAR = 2024
_FUND_SECTION = "21208"
# Basic expenditure that is booked apart from the office's own section, and the economic item it consists of.
_BOOKED_APART = {"20805": "30108", "21011": "30110", "22102": "30113"}
_RUNNING, _RECEPTION = "30231", "30217"
Economic = tuple[str, str, Amount]


def made_up_budget(number: int, seed: int, projects: int = 8, carry_over: bool = True) -> Budget:
    chance = random.Random(f"{seed}/{number}")
    place, office, year = _who(number)
    department, section = f"{place}{office.name}", words().sections[office.section_code]
    own = tuple(_projects(chance, department, section, projects, carry_over))
    personnel = tuple((code, name, chance.randint(300, 90_000)) for code, name in words().personnel)
    operating = tuple((code, name, chance.randint(20, 9_000)) for code, name in words().operating)
    costs = {code: amount for code, _, amount in operating}
    public = ThreePublic(
        chance.choice([0, chance.randint(100, 5_000)]),
        chance.choice([0, chance.randint(1_000, 4_000)]),
        costs[_RUNNING],
        costs[_RECEPTION],
    )
    procured = (chance.randint(100, 9_000), chance.randint(100, 90_000), chance.randint(100, 90_000))
    items = tuple(sorted(_items(chance, section, own, [*personnel, *operating]), key=lambda item: item.code))
    code = str(100 + number % 800)
    return Budget(department, code, year, items, own, personnel, operating, public, procured)


def _who(number: int) -> tuple[str, Office, int]:
    places, offices = words().places, words().offices
    pairs = len(places) * len(offices)
    pair = number * _STEP % pairs
    return places[pair % len(places)], offices[pair // len(places)], _FIRST_YEAR + number // pairs


def _projects(
    chance: random.Random, department: str, section: Section, count: int, carry_over: bool
) -> Iterator[Project]:
    names = chance.sample([f"{thing}{work}" for thing in words().things for work in words().works], count)
    for position, name in enumerate(names):
        is_fund = count > 2 and position == count - 1
        booked = words().sections[_FUND_SECTION] if is_fund else section
        work, people, amount = f"{name}工作", words().people, chance.randint(50, 300_000)
        yield Project(
            name=name,
            item=booked.projects[position % 2],
            amount=amount,
            carried_over=chance.randint(50, 50_000) if carry_over and position % 4 == 1 else 0,
            is_fund=is_fund,
            years=chance.randint(1, 5),
            nature=chance.choice(words().natures),
            handler=chance.choice(people.family) + chance.choice(people.given),
            goal=chance.choice(words().goals).format(work=work),
            overview=chance.choice(words().overviews).format(department=department),
            indicators=tuple(_indicators(chance, amount)),
        )


def _indicators(chance: random.Random, amount: Amount) -> Iterator[Indicator]:
    """One or two of each kind, in the order of the kinds."""
    by_kind: dict[tuple[str, str], list[tuple[str, str, int, int]]] = {}
    for first, second, name, target, low, high in words().indicators:
        by_kind.setdefault((first, second), []).append((name, target, low, high))
    for levels, choices in by_kind.items():
        taken = sorted(chance.sample(range(len(choices)), chance.randint(1, min(2, len(choices)))))
        for name, target, low, high in (choices[index] for index in taken):
            number, unit = chance.randint(low, high), target.partition("}")[2]
            exact = Decimal(amount) * 100 if unit == "万元" else Decimal(number)
            printed = target.format(n=number, amount=f"{Decimal(amount) / 100:.2f}")
            yield Indicator(levels, name, printed, exact, "元" if unit == "万元" else unit)


def _items(
    chance: random.Random, section: Section, projects: Sequence[Project], economic: Sequence[Economic]
) -> Iterator[Item]:
    costs = {code: amount for code, _, amount in economic}
    apart = sum(costs[code] for code in _BOOKED_APART.values())
    yield _basic_item(chance, section.basic, sum(costs.values()) - apart)
    for code, cost in _BOOKED_APART.items():
        yield _basic_item(chance, words().sections[code].basic, costs[cost])
    booked: dict[Named, list[Project]] = {}
    for project in projects:
        booked.setdefault(project.item, []).append(project)
    for (code, name), those in booked.items():
        amount = sum(project.amount for project in those)
        carried = sum(project.carried_over for project in those)
        yield Item(code, name, 0, amount, carried, _last_year(chance, amount), those[0].is_fund)


def _basic_item(chance: random.Random, item: tuple[str, ...], amount: Amount) -> Item:
    return Item(item[0], item[1], amount, 0, 0, _last_year(chance, amount), False)


def _last_year(chance: random.Random, amount: Amount) -> Amount:
    """Some other amount of the same size: a change of zero would need other words in the explanation."""
    return max(amount * chance.randint(80, 120) // 100 + chance.randint(1, 9), 1)
