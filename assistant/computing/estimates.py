"""Unit prices times the quantities they belong to: what the targets of a project would cost at their caps.

A price in 元/度 takes a quantity in 度 of the same project whose name shares most with its own; a price of “每个X … 元/年”
takes the number of X. Which pairs count is decided by the question's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.catalog import Catalog
from assistant.computing.figures import Missing
from assistant.computing.results import Computation
from assistant.cues import says
from assistant.names.linking import indicator_name
from assistant.names.segments import WordKind, content_of, segment
from ingest.facts import Origin, Period, Status
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import NumeralKind, find_numerals, format_quantity, to_base_unit
from ingest.numbers.quantities import YUAN, Quantity, Relation
from ingest.numbers.units import to_base

_TIMES = ("年", "次", "月", "天", "日", "小时")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The sum of price × quantity with its steps and cells; `value` in 元."""

    value: Quantity
    label: str
    steps: tuple[Computation, ...]
    cells: tuple[StoredFact, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A price and what it is multiplied by: a cell's count, or the number given in the question (`given`)."""

    price: StoredFact
    count: StoredFact | None
    given: Quantity | None = None

    @property
    def names(self) -> str:
        return label_key(_name(self.price)) + (label_key(_name(self.count)) if self.count else "")

    @property
    def number(self) -> Decimal:
        quantity = self.given or (self.count.fact.quantity if self.count else None)
        assert quantity is not None
        return to_base_unit(quantity).number

    @property
    def cost(self) -> Quantity:
        price = self.price.fact.quantity
        assert price is not None
        _, factor = to_base(price.unit.partition("/")[2].split("/")[0])
        return Quantity(price.number / factor * self.number if factor != 1 else price.number * self.number, YUAN)

    @property
    def shown(self) -> str:
        left = (
            f"{_name(self.count)} {_plain(self.count)}"
            if self.count and not self.given
            else format_quantity(self.given)
            if self.given
            else ""
        )
        return f"{left} × {_name(self.price)} {_plain(self.price)}"


class Estimates:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def estimate(self, words: str, project: str = "") -> Estimate | Missing:
        """Price times quantity for the pairs that the words name, inside one project when one is given; where a project
        has no such pair, the sum of its cost caps."""
        pairs = [pair for each in self._projects(project) for pair in _pairs(each, words)]
        asked = self._relevant(words, pairs, project)
        by_price = says(words, "by_unit_price")
        if project and not asked and not by_price and (caps := self._caps(project)) is not None:
            return caps
        if not asked or self._names_something_else(words, asked, project):
            return Missing("not_computable", "没有找到单价与数量相配的数据")
        total = asked[0].cost
        for pair in asked[1:]:
            total = total + pair.cost
        steps = [Computation(f"{pair.shown} = {format_quantity(pair.cost)}", pair.cost) for pair in asked]
        if len(asked) > 1:
            steps.append(
                Computation(" + ".join(format_quantity(p.cost) for p in asked) + f" = {format_quantity(total)}", total)
            )
        cells = tuple(cell for p in asked for cell in (*([p.count] if p.count else []), p.price))
        bounded = any(cell.fact.quantity and cell.fact.quantity.relation is not Relation.EXACTLY for cell in cells)
        notes = ("按上限或目标值名义测算，不代表实际支出",) if bounded else ()
        label = "、".join(dict.fromkeys(cell.fact.project for cell in cells))
        return Estimate(total, f"{label}（单价×数量）", tuple(steps), cells, (), notes)

    def partners(self, project: str) -> Iterable[tuple[StoredFact, StoredFact]]:
        """Each price of a project with the count that it belongs to."""
        for facts in self._projects(project):
            yield from ((pair.price, pair.count) for pair in _pairs(facts) if pair.count is not None)

    def _caps(self, project: str) -> Estimate | None:
        """The sum of a project's cost caps in money, each once."""
        cells = [
            s
            for facts in self._projects(project)
            for s in _once(f for f in facts if f.fact.field == "indicator" and f.fact.quantity is not None)
            if s.fact.quantity
            and s.fact.quantity.unit in (YUAN, f"{YUAN}/年")
            and any("成本" in label for label in s.fact.row_path)
        ]
        if not cells:
            return None
        amounts = [Quantity(s.fact.quantity.number, YUAN) for s in cells if s.fact.quantity]
        total = amounts[0]
        for amount in amounts[1:]:
            total = total + amount
        step = Computation(
            " + ".join(f"{_name(s)} {format_quantity(a)}" for s, a in zip(cells, amounts, strict=True))
            + f" = {format_quantity(total)}",
            total,
        )
        return Estimate(
            total,
            f"{cells[0].fact.project}（成本上限合计）",
            (step,),
            tuple(cells),
            (),
            ("成本上限之和，不代表实际支出",),
        )

    def _names_something_else(self, words: str, asked: Sequence[_Pair], project: str) -> bool:
        """Whether the words name what no price or quantity taken has: another place, an area; or prices of several projects."""
        owners = {label_key(cell.fact.project) for pair in asked for cell in (pair.price, pair.count) if cell}
        facts = [fact for key in owners for each in self._projects(key) for fact in each]
        pieces = {
            name[start : start + length]
            for name in {label_key(_name(fact)) for fact in facts}
            for length in range(2, 7)
            for start in range(len(name) - length + 1)
        }
        if len(owners) > 1:
            return True
        taken = "".join((project, *owners, *(pair.names for pair in asked)))
        said = [
            w for w in content_of(segment(words, pieces)) if w.kind is WordKind.NAME and w.text not in _OF_ANY_PRICE
        ]
        return any(not any(_mostly_in(reading, taken) for reading in word.readings) for word in said)

    def _projects(self, key: str) -> Iterable[list[StoredFact]]:
        for project in self.catalog.projects.values():
            if key and project.key != key:
                continue
            yield [*project.indicators, *project.prose]

    def _relevant(self, words: str, pairs: Sequence[_Pair], project: str) -> list[_Pair]:
        """The pairs that the words name: those whose named words are not a mere part of another pair's."""
        named: list[tuple[frozenset[int], _Pair]] = []
        for names in ([label_key(_name(pair.price)) for pair in pairs], [pair.names for pair in pairs]):
            pieces = {
                name[start : start + length]
                for name in names
                for length in range(2, 7)
                for start in range(len(name) - length + 1)
            }
            readings = [word.readings for word in content_of(segment(words, pieces))]
            common = _never_telling(names, project)
            named = [(self._named(readings, name, common), pair) for name, pair in zip(names, pairs, strict=True)]
            if any(hits for hits, _ in named):
                break
        if not any(hits for hits, _ in named):
            return list(pairs) if project else []
        return [pair for hits, pair in named if hits and not any(hits < other for other, _ in named)]

    @staticmethod
    def _named(readings: Sequence[tuple[str, ...]], names: str, never_telling: Callable[[str], bool]) -> frozenset[int]:
        """Which of the words stand in a pair's names, but for those that tell no pair from another."""
        return frozenset(
            number
            for number, options in enumerate(readings)
            if options[0] not in _OF_ANY_PRICE
            and any(len(option) > 1 and option in names and not never_telling(option) for option in options)
        )


def _mostly_in(word: str, names: str) -> bool:
    """Whether a word stands in some names, but for words of any price and one of its pieces where it has several."""
    for each in _OF_ANY_PRICE:
        word = word.replace(each, "")
    pieces = [word[i : i + 2] for i in range(len(word) - 1)]
    return sum(piece not in names for piece in pieces) <= (len(pieces) > 2)


def _never_telling(names: Sequence[str], project: str) -> Callable[[str], bool]:
    """Whether a word is of every price, or of the project's own name and of no pair more than of another."""

    def never(word: str) -> bool:
        everywhere = all(word in name for name in names)
        return word in _OF_ANY_PRICE or (word in project and (everywhere or not any(word in name for name in names)))

    return never


_OF_ANY_PRICE = ("单价", "上限", "成本", "费用", "单位", "数量", "总量", "预计", "合计", "面积")


def _pairs(facts: Sequence[StoredFact], words: str = "") -> list[_Pair]:
    """Prices of some facts with their quantities; a number of the same unit in the question takes the quantity's place."""
    given = [n.quantity for n in find_numerals(words) if n.kind is NumeralKind.COUNT and n.quantity is not None]
    usable = list(_once(s for s in facts if s.fact.quantity is not None and s.fact.status is not Status.DOUBTFUL))
    prices = [s for s in usable if s.fact.quantity and s.fact.quantity.unit.startswith("元/")]
    counts = [
        s for s in usable if s.fact.quantity and "元" not in s.fact.quantity.unit and "/" not in s.fact.quantity.unit
    ]
    found = []
    for price in prices:
        fitting = [count for count in counts if _fits(price, count)]
        mine = next(
            (q for q in given if price.fact.quantity and to_base(q.unit)[0] == _per(price.fact.quantity.unit)), None
        )
        if (
            mine is not None
            and price.fact.origin is not Origin.PROSE
            and _per(price.fact.quantity.unit if price.fact.quantity else "") not in _TIMES
        ):
            found.append(
                _Pair(price, max(fitting, key=lambda count: _shared(price, count, fitting)) if fitting else None, mine)
            )
        elif fitting:
            best = max(fitting, key=lambda count: (_shared(price, count, fitting), -count.id))
            if _shared(price, best, fitting) > 0 or len(fitting) == 1:
                found.append(_Pair(price, best))
    return found


def _fits(price: StoredFact, count: StoredFact) -> bool:
    rate, quantity = price.fact.quantity, count.fact.quantity
    assert rate is not None and quantity is not None
    if price.fact.origin is not Origin.PROSE and count.fact.origin is Origin.PROSE:
        return False
    if price.fact.origin is Origin.PROSE:
        return (
            count.fact.origin is Origin.PROSE
            and count.fact.row == price.fact.row
            and _per(rate.unit) == to_base(quantity.unit)[0]
        )
    per = _per(rate.unit)
    if per in _TIMES:
        name = label_key(_name(price))
        thing = name.removeprefix("每")[1:]
        return (
            name.startswith("每")
            and len(thing) > 1
            and to_base(quantity.unit)[0] == name[1]
            and thing[:2] in label_key(_name(count))
        )
    return to_base(quantity.unit)[0] == per


def _per(unit: str) -> str:
    return to_base(unit.partition("/")[2].split("/")[0])[0]


def _once(facts: Iterable[StoredFact]) -> Iterable[StoredFact]:
    seen: set[tuple[str, str, str]] = set()
    for stored in sorted(facts, key=lambda s: s.fact.coordinates.period is not Period.ANNUAL):
        identity = (stored.fact.origin.value, label_key(_name(stored)), stored.fact.printed)
        if identity not in seen:
            seen.add(identity)
            yield stored


def _shared(price: StoredFact, count: StoredFact, rivals: Sequence[StoredFact]) -> int:
    """How many two-character pieces both names share; those that begin the name and tell it from its rivals count most."""
    mine = _pieces(_name(count))
    common = set.intersection(*(_pieces(_name(rival)) for rival in rivals)) if len(rivals) > 1 else set()
    shared = _pieces(_name(price)) & mine
    first = label_key(_name(price))[:2] == label_key(_name(count))[:2]
    return len(shared) + 2 * len(shared - common) + 3 * first


def _pieces(name: str) -> set[str]:
    key = label_key(name)
    return {key[i : i + 2] for i in range(len(key) - 1)}


def _name(stored: StoredFact) -> str:
    return indicator_name(stored) if stored.fact.field == "indicator" else stored.fact.row


def _plain(stored: StoredFact) -> str:
    quantity = stored.fact.quantity
    assert quantity is not None
    return (
        format_quantity(Quantity(quantity.number, quantity.unit))
        if quantity.unit.startswith("元")
        else stored.fact.printed.lstrip("≤≥<>=约")
    )
