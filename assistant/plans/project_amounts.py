"""Plans of the projects that a stated amount is made of: all of one fund and origin that come to it, else the one set of as
many as are said; and whether a text that gives an amount of its projects counts them rightly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from math import comb

from assistant.computing.figures import FUND_LABELS, SPENDING_LABELS, Figure, Figures
from assistant.computing.sets import Member, Sets
from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import Aggregate, Check, CheckFinding, Condition, Listing, Members, Plan, Universe, Wish
from assistant.question import Question
from ingest.facts import ONE_FUND, Grade, Origin, Vintage
from ingest.labels import label_key
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import YUAN, Quantity

_TELLING = 5  # digits of an amount that is not come to by chance
_MOST_SETS = 5000  # that are tried: of more some come to anything
_PROJECTS = "projects"  # the kind of the tables whose rows are projects
_NAME = 3  # characters of a group's name


@dataclass(frozen=True, slots=True)
class _Pool:
    """Projects by conditions, each with its amount."""

    conditions: tuple[Condition, ...]
    members: Sequence[Member]

    def amounts(self) -> list[tuple[str, Decimal]]:
        return [(m.key, m.figure.quantity.number) for m in self.members if isinstance(m.figure, Figure)]


class ProjectAmounts:
    """Plans over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.sets = Sets(self.catalog, Figures(self.catalog))

    def made_of(self, question: Question) -> Plan | None:
        """`97708.94万元实际对应几个项目`, `这3个项目1332.32万元是哪三个`: the projects of an amount; with what was found of the
        sentence that states it, where it is asked whether that is right."""
        text = question.text
        if not says(text, "projects_of_amount"):
            return None
        told = self._told_group(text)
        amount, size = told if told is not None else (self._amount(text), _size_said(text))
        if amount is None:
            return None
        members = self._members(text, amount, size)
        if members is None:
            return None
        counted = says(text, "projects_counted")
        judged = says(text, "agreement_asked", "really_so") or says(question.raw, "claim_asked")
        finding = self._scope(amount) if counted else self._stating(amount)
        if finding is not None and judged:
            keys = tuple(m.key for m in self.sets.members(members))
            return CheckFinding(text, (finding,), ask="projects" if counted else "", projects=keys)
        return Aggregate("count", members) if counted else Listing(members)

    def counted_apart(self, question: Question) -> Plan | None:
        """`绩效项目16个,和表12的项目数一致吗`, `差的那两个是什么`: the sheets against the rows of a project table."""
        text = question.text
        tables = [t for t in self.phrases.tables_in(text)[0] if self.catalog.tables[t].kind == _PROJECTS]
        said = {int(as_number(found["n"] or found["m"]) or 0) for found in cue("projects_numbered").finditer(text)}
        if len(tables) != 1 or not said or self._amount(text) is not None:
            return None
        sheets = Members(Universe.PROJECTS, "绩效目标表的项目", (Condition("sheet", "="),))
        keys = [m.key for m in self.sets.members(sheets)]
        if len(keys) not in said:
            return None
        title, (document, index) = self.catalog.tables[tables[0]].title, tables[0]
        listed = Members(Universe.PROJECTS, f"{title}的项目", (Condition("table", "=", f"{document}:{index}"),))
        rows = {m.key for m in self.sets.members(listed)}
        if not rows:
            return None
        if says(text, "which_are_missing"):
            missing = tuple(key for key in keys if key not in rows)
            return Listing(Members(Universe.PROJECTS, text, labels=missing)) if missing else None
        if not says(text, "agreement_asked"):
            return None
        return Check(Aggregate("count", sheets), "=", Aggregate("count", listed))

    def column(self, question: Question) -> Plan | None:
        """`表12没有合计行,把一般公共预算那一列加总`: one fund of the projects of a table, against another table where one is named."""
        text = question.text
        if not says(text, "column_said") or not says(text, "parts_added", "plus_said", "total_said"):
            return None
        tables, rest = self.phrases.tables_in(text)
        listed = [t for t in tables if self.catalog.tables[t].kind == _PROJECTS]
        wish, _ = self.phrases.wish_in(rest)
        others = [t for t in tables if t not in listed]
        if len(listed) != 1 or wish.fund is None:
            return None
        (document, index), title = listed[0], self.catalog.tables[listed[0]].title
        conditions = Condition("table", "=", f"{document}:{index}"), Condition("fund", "=", wish.fund.value)
        members = Members(Universe.PROJECTS, f"{title}的{FUND_LABELS[wish.fund]}", conditions, Wish(fund=wish.fund))
        total = Aggregate("sum", members)
        if len(others) != 1 or not says(text, "agreement_asked"):
            return total if not others and not says(text, "agreement_asked") else None
        column = SPENDING_LABELS[wish.spending] if wish.spending is not None else "合计"
        whole = self.phrases.expression(f"{self.catalog.tables[others[0]].title}{column}")
        return Check(total, "=", whole, ask_left=True) if whole is not None else None

    def scoped(self, question: Question) -> CheckFinding | None:
        """`16个项目涉及X万元,口径对吗`: what was found of a sentence that gives the amount of its projects."""
        text = question.text
        amount = self._amount(text)
        if amount is None or not says(text, "projects_said"):
            return None
        judged = says(question.raw, "claim_asked") or says(text, "agreement_asked")
        scope = self._scope(amount) if judged and not says(text, "projects_of_amount") else None
        return CheckFinding(text, (scope,), says(text, "contradiction")) if scope is not None else None

    def _amount(self, text: str) -> Quantity | None:
        """The one amount of money that is said, however often."""
        said = [n for n in amounts_in(text) if n.quantity is not None and n.quantity.unit == YUAN]
        telling = {n.quantity.number: n for n in said if sum(c.isdigit() for c in n.printed) >= _TELLING}  # type: ignore[union-attr]
        return next(iter(telling.values())).quantity if len(telling) == 1 else None

    def _scope(self, amount: Quantity) -> int | None:
        """The finding of a sentence that states an amount of other projects than it counts."""
        for number, stored in enumerate(self.catalog.findings):
            finding = stored.finding
            stated = finding.actual is not None and finding.actual.number == amount.number
            if finding.rule == "prose.scope" and finding.grade is Grade.DISAGREES and stated:
                return number
        return None

    def _stating(self, amount: Quantity) -> int | None:
        """The finding of a sentence that sums up to something with the amount in it."""
        for number, stored in enumerate(self.catalog.findings):
            cells = (self.catalog.by_id[i].fact.quantity for i in stored.fact_ids if i in self.catalog.by_id)
            if stored.finding.rule == "prose.sum" and any(q and q.number == amount.number for q in cells):
                return number
        return None

    def _told_group(self, text: str) -> tuple[Quantity, int] | None:
        """The amount and the number of projects that a sentence tells of a group of them which is named."""
        key = label_key(text)
        for stored in self.catalog.facts:
            fact = stored.fact
            name = label_key(fact.row).removesuffix("项目")
            if fact.origin is not Origin.PROSE or fact.project or len(name) < _NAME or name not in key:
                continue
            told = [s.fact for s in self.catalog.prose.get(label_key(fact.row), []) if s.fact.sentence == fact.sentence]
            amounts = {f.quantity.number: f.quantity for f in told if f.quantity and f.quantity.unit == YUAN}
            counts = {int(f.quantity.number) for f in told if f.quantity and f.quantity.unit == "个"}
            if label_key(fact.row).endswith("项目") and len(amounts) == 1 and len(counts) == 1:
                return next(iter(amounts.values())), next(iter(counts))
        return None

    def _members(self, text: str, amount: Quantity, size: int) -> Members | None:
        pools = list(self._pools())
        for pool in pools:
            if sum(number for _, number in pool.amounts()) == amount.number:
                return Members(Universe.PROJECTS, text, pool.conditions)
        if size < 2:
            return None
        found = {keys for pool in pools for keys in _sets_of(pool.amounts(), size, amount.number)}
        return Members(Universe.PROJECTS, text, labels=next(iter(found))) if len(found) == 1 else None

    def _pools(self) -> Iterator[_Pool]:
        """The projects of each fund and origin, those of one origin before those of all."""
        everything = Members(Universe.PROJECTS)
        origins = [(Condition("vintage", "=", each.value),) for each in (Vintage.CURRENT, Vintage.CARRIED_OVER)]
        funds = [(), *((Condition("fund", "=", each.value),) for each in sorted(ONE_FUND))]
        for origin in (*origins, ()):
            for fund in funds:
                conditions = (*origin, *fund)
                members = self.sets.members(replace(everything, conditions=conditions))
                if len(members) > 1:
                    yield _Pool(conditions, members)


def _size_said(text: str) -> int:
    """How many projects an amount is said to be of; 0 where it is not said."""
    said = cue("projects_counted_as").search(text)
    return int(as_number(said["n"] or said["m"]) or 0) if said is not None else 0


def _sets_of(amounts: list[tuple[str, Decimal]], size: int, total: Decimal) -> Iterator[tuple[str, ...]]:
    """The sets of so many that come to a total; none where there are too many sets to tell anything."""
    if comb(len(amounts), size) > _MOST_SETS:
        return
    for chosen in combinations(amounts, size):
        if sum(number for _, number in chosen) == total:
            yield tuple(sorted(key for key, _ in chosen))
