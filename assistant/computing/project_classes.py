"""Classes of projects of which a text tells only how many they are and what they come to: `甲类项目3个，涉及金额600万元`.

Which ones they are is told where exactly one choice of as many projects comes to exactly that amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.cues import says
from ingest.facts import Origin
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import YUAN, Quantity

if TYPE_CHECKING:
    from assistant.catalog import Project

_COUNTED = "个"
_MOST_CHOSEN = 4  # projects that are chosen, or left out, of all: more could be chosen in too many ways
_MOST_PROJECTS = 60


@dataclass(frozen=True, slots=True)
class ProjectClass:
    """A class with the keys of its projects, and the cell that prints what they come to."""

    name: str
    keys: frozenset[str]
    told: StoredFact


def project_classes(projects: Iterable[Project], facts: Iterable[StoredFact]) -> dict[str, ProjectClass]:
    """The classes that facts tell of and whose projects can be told, by name."""
    amounts = {p.key: _amount(p) for p in projects if p.rows}
    known = {key: amount for key, amount in amounts.items() if amount is not None}
    if len(known) < len(amounts) or len(known) > _MOST_PROJECTS:
        return {}
    found: dict[str, ProjectClass] = {}
    for name, number, told in _told(facts):
        total = told.fact.quantity
        choices = list(_choices(known, number, total.number)) if total is not None else []
        if len(choices) == 1:
            found[name] = ProjectClass(name, choices[0], told)
    return found


def _told(facts: Iterable[StoredFact]) -> Iterator[tuple[str, int, StoredFact]]:
    """Every class that a sentence counts and adds up, with the number and the cell of the sum."""
    beside: dict[tuple[int, str, str], list[tuple[Quantity, StoredFact]]] = defaultdict(list)
    for stored in facts:
        fact = stored.fact
        if fact.origin is Origin.PROSE and fact.quantity is not None and says(fact.row, "class_of_projects"):
            beside[(stored.document_id, fact.sentence, fact.row)].append((fact.quantity, stored))
    for (_, _, row), quantities in beside.items():
        counts = [quantity for quantity, _ in quantities if quantity.unit == _COUNTED]
        money = [stored for quantity, stored in quantities if quantity.unit == YUAN]
        if len(counts) == len(money) == 1:
            yield label_key(row).removesuffix("项目"), int(counts[0].number), money[0]


def _amount(project: Project) -> Decimal | None:
    quantity = next((s.fact.quantity for s in project.budget() if s.fact.quantity is not None), None)
    return quantity.number if quantity is not None else None


def _choices(amounts: dict[str, Decimal], number: int, total: Decimal) -> Iterator[frozenset[str]]:
    """The choices of a number of projects that come to a total; by those left out where these are fewer."""
    left_out = len(amounts) - number
    if 0 < number <= _MOST_CHOSEN:
        yield from _adding_up(tuple(amounts.items()), number, total)
    elif 0 < left_out <= _MOST_CHOSEN:
        for others in _adding_up(tuple(amounts.items()), left_out, sum(amounts.values(), Decimal(0)) - total):
            yield frozenset(amounts) - others


def _adding_up(items: Sequence[tuple[str, Decimal]], number: int, total: Decimal) -> Iterator[frozenset[str]]:
    if number == 0:
        if total == 0:
            yield frozenset()
        return
    for place, (key, amount) in enumerate(items):
        if amount <= total:
            for others in _adding_up(items[place + 1 :], number - 1, total - amount):
                yield others | {key}
