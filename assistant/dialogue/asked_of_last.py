"""What a turn asks of the results before it, where every word of the turn is understood: of the set, of what is left of a
figure, of a part in other coordinates, of the years to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.cues import says
from assistant.dialogue.figure_referents import FigureReferent
from assistant.dialogue.members_shown import MembersShown
from assistant.dialogue.of_the_set import OfTheSet
from assistant.dialogue.part_coordinates import coordinates_of, in_coordinates
from assistant.dialogue.referents import Referents
from assistant.dialogue.remainders import Remainders
from assistant.dialogue.things_counted import ThingsCounted
from assistant.dialogue.turn_words import SaidTurn
from assistant.phrases.phrases import Phrases
from assistant.phrases.set_asked import number_said
from assistant.plan import (
    Aggregate,
    Change,
    Check,
    CheckFinding,
    Combine,
    Compare,
    Condition,
    FundedBy,
    Gap,
    Listing,
    Literal,
    Lookup,
    Members,
    PerUnit,
    Plan,
    Ranked,
    Ratio,
    Selector,
    Universe,
    Why,
    Wish,
    bare,
)
from assistant.questions.value_kinds import units_alike
from ingest.facts import Period, Spending, Vintage
from ingest.labels import bare_label, label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import PERCENT, Quantity

_OF_MONEY = (Universe.PROJECTS, Universe.SUBJECTS, Universe.ROWS, Universe.PARTS, Universe.GROUPS)
_SET_ASKED = {"of", "share", "shown", "sum", "money", "projects", "which"}
_SUM_ASKED = {"sum", "both", "shown", "money", "projects", "how_much", "this_year", "units"}
_OF_A_CHANGE = {"rate": "rate", "changed_by": "amount", "last_year": "last_year"}
_CHANGE_ASKED = {"rate", "changed_by", "last_year", "why", "moved", "this_year", "how_much", "money"}
_REMAINDER_ASKED = {"rest", "excess", "which", "members", "projects", "subjects", "money"}


class AskedOfLast:
    """Plans over one catalog; `said` is the turn word by word."""

    def __init__(self, text: str, said: SaidTurn, referents: Referents, phrases: Phrases, shown: MembersShown) -> None:
        self.text = text
        self.said = said
        self.referents = referents
        self.phrases = phrases
        self.shown = shown

    def plans(self) -> Iterator[Plan]:
        """Every reading of the turn; none where a word of it is not understood."""
        roles = self.said.roles
        if self.said.names:
            yield from self._of_named(roles)
        elif "mainly" in roles and roles <= {"mainly", "which", "projects", "money", "members"}:
            yield from self._mainly()
        elif {"rest", "sum"} <= roles and roles <= {"rest", "sum", "projects", "money", "how_much"}:
            yield from self._sum_of_rest()
        elif roles <= {"which", "members", "subjects", "projects"} and len(roles) > 1 and self._subject is not None:
            yield from self.behind_a_subject()
        elif roles == {"of", "sum", "share"}:
            yield from self._share_of_all(self.referents.last)
        elif roles == {"this_year", "of", "share"} and (last := self.referents.last) is not None:
            current = in_coordinates(last, Wish(vintage=Vintage.CURRENT), "当年")
            yield from (Ratio(part, last.expression, PERCENT) for part in current)
        elif "average_year" in roles and roles <= {"average_year", "money", "how_much"}:
            yield from self._of_each_year()
        elif "later_years" in roles:
            yield from self._later_years(roles)
        elif roles & {"rest", "excess"} and roles & {"which", "members"} and roles <= _REMAINDER_ASKED:
            yield from self._remainder()
        elif roles & {"rest"} and roles <= {"rest", "of", "share"} and "share" in roles:
            yield from self._share_of_rest()
        elif roles & {"largest", "smallest"} and "share" in roles and roles - {"largest", "smallest"} <= _SET_ASKED:
            yield from self._share_of_one(roles)
        elif (
            "sum" in roles
            and roles <= _SUM_ASKED
            and (not roles & {"how_much", "this_year", "units"} or roles & {"both", "shown"} or self._adds_the_list)
        ):
            yield from self._sum(roles)
        elif "members" in roles and roles <= {"members", "projects"}:
            yield from self._members()
            yield from self._things_counted()
        elif "difference" in roles and roles <= {"difference", "both"}:
            yield from self._difference()
        elif "count" in roles and roles <= {"count", "projects"}:
            yield from self._count_of_last()
            base = self.referents.set_last_spoken_of if "projects" in roles else None
            if base is not None and base.universe is Universe.PROJECTS:
                yield Aggregate("count", base)
        elif roles & {"rate", "changed_by", "last_year", "why"} and roles <= _CHANGE_ASKED:
            yield from self._change(roles)

    def _mainly(self) -> Iterator[Plan]:
        """`主要是哪笔`: the largest of the projects that the last figure's money is for."""
        if (behind := self.shown.projects_behind()) is not None:
            yield Ranked(behind)

    def _of_each_year(self) -> Iterator[Plan]:
        """`平均每年多少` after a project's money of its whole period."""
        last, project = self.referents.last, self.referents.project
        years = self.referents.years_of(project) if project is not None else None
        whole = last is not None and last.selector is not None and last.selector.wish.period is Period.WHOLE
        if last is not None and whole and years is not None:
            yield PerUnit(last.expression, Literal(Quantity(Decimal(years), "年")))

    def _change(self, roles: frozenset[str]) -> Iterator[Plan]:
        """`同比增长率`, `所以上年是`, `为啥降这么多`: of what the last figure is of, against last year."""
        last, before = self.referents.last, self.referents.focus.plan
        of = before.of if isinstance(before, Change) else last.selector if last is not None else None
        asked = [ask for role, ask in _OF_A_CHANGE.items() if role in roles]
        if of is None or (roles & {"moved", "why"} and not isinstance(before, Change)):
            return
        if "why" in roles and not asked:
            yield Why(f"{of.label}{self.text}", of)
        elif len(asked) == 1 and "why" not in roles:
            yield Change(of, asked[0])

    # ── the set spoken of ──────────────────────────────────────────────────────────────────────────────────

    def _share_of_one(self, roles: frozenset[str]) -> Iterator[Plan]:
        """`最大的一个占多少`: of the set spoken of, or of those shown of it."""
        members = self.referents.shown if "shown" in roles else self.referents.base
        if members is not None and members.universe in _OF_MONEY:
            yield Ranked(members, descending="largest" in roles, with_share=True)

    def _sum(self, roles: frozenset[str]) -> Iterator[Plan]:
        """`两边加一起`, `一共多少预算`: the set spoken of, else the last two figures."""
        said = self.said.first("shown")
        number = number_said(said.value, 0) if said is not None and said.value else 0
        told = self.referents.newest(number) if number not in (0, self.referents.number_shown) else ()
        if (counted := self.said.first("units")) is not None and "both" in roles:
            told = self.referents.newest_of(units_alike(counted.value), 2)
        if told and _are_alike(told):
            yield Combine("+", tuple(each.expression for each in told))
        if (all_of_one := self.referents.with_the_one_left_out) is not None and roles & {"both", "shown"}:
            yield Aggregate("sum", all_of_one)
        members = self.referents.set_last_spoken_of
        if "both" not in roles and members is not None and members.universe in _OF_MONEY:
            yield Aggregate("sum", members)
        pair = self.referents.pair
        if pair is not None and "both" in roles and _are_alike(pair):
            yield Combine("+", tuple(each.expression for each in pair))
        elif pair is not None and self.referents.together is not None and _are_alike(pair):
            yield self.referents.together

    @property
    def _adds_the_list(self) -> bool:
        """Whether it is asked what those just listed add up to, by a word that says adding: `今年预算加总多少`."""
        listed = isinstance(self.referents.focus.plan, Listing) and self.referents.shown is not None
        return listed and says(self.text, "added_up_by_name")

    def _members(self) -> Iterator[Plan]:
        """`由哪几个项目组成`, `list`: the members shown, else the projects that a figure's money is for."""
        if self.referents.listed is not None:
            yield Listing(self.referents.listed)
        elif (behind := self.shown.projects_behind()) is not None:
            yield Listing(behind)

    def _difference(self) -> Iterator[Plan]:
        """`差多少`, `俩差多少`: of the two sides of what was checked, of the two that were added up, else of the last two figures."""
        before, pair = self.referents.focus.plan, self.referents.pair
        if isinstance(before, CheckFinding):
            yield replace(before, ask="difference")
        elif isinstance(before, Combine) and before.operator == "+" and len(before.operands) == 2:
            yield Compare(*before.operands)
        elif self.referents.last is not None and pair is not None and _are_alike(pair):
            yield Compare(pair[0].expression, pair[1].expression)

    def _things_counted(self) -> Iterator[Plan]:
        """`具体是哪三个` after their number."""
        said = self.said.first("members")
        number = number_said(said.value, 0) if said is not None and said.value else None
        counted = ThingsCounted(self.referents.catalog, self.referents)
        yield from counted.plans(self.text, number or None)

    # ── what is left ───────────────────────────────────────────────────────────────────────────────────────

    def _remainder(self) -> Iterator[Plan]:
        """`剩下的是哪个科目`, `多出来的那部分是什么`: projects or rows of that amount, else the kind of money that it is."""
        roles = self.said.roles
        size = self.referents.excess_size if "excess" in roles else self.referents.remainder_size
        pair = self.referents.pair
        if (more := self._members_of_one_only()) is not None and "excess" in roles:
            yield more
        if "rest" in roles and "subjects" not in roles:
            yield from self._projects_of_rest()
        if size is None or size.number <= 0 or (self.referents.base is not None and "rest" in roles):
            return
        remainders = Remainders(self.referents.catalog)
        if "subjects" not in roles and remainders.has_project(size):
            amount = Condition("amount", "=", quantity=size)
            yield Listing(Members(Universe.PROJECTS, self.text, (amount,)))
        whole = self.referents.whole
        if "projects" not in roles and whole is not None and whole.selector is not None:
            rows = remainders.rows(whole.selector, size)
            found = tuple(Lookup(Selector(s.fact.row, _called(s), fact_ids=(s.id,))) for s in rows)
            if found:
                yield found[0] if len(found) == 1 else Listing(Members(Universe.GIVEN, self.text, given=found))
        if pair is not None and all(isinstance(each.expression, Lookup) for each in pair):
            left, right = (each.expression for each in pair)
            assert isinstance(left, Lookup) and isinstance(right, Lookup)
            yield Gap(left, right)

    def _members_of_one_only(self) -> Listing | None:
        """`多出来的是哪两个` after two sets of projects that are not of one size: those that only one of them has."""
        before, result = self.referents.focus.plan, self.referents.focus.result
        sides = [before.left, before.right] if isinstance(before, Check | Compare) else []
        counted = [s for s in sides if isinstance(s, Aggregate) and s.members.universe is Universe.PROJECTS]
        if len(counted) != 2 or result is None:
            return None
        keys = [member.key for member in result.members]
        alone = tuple(key for key in dict.fromkeys(keys) if keys.count(key) == 1)
        return Listing(Members(Universe.PROJECTS, "多出来的项目", labels=alone)) if alone else None

    def _projects_of_rest(self) -> Iterator[Plan]:
        """`剩下的是哪几个项目` after a subject's money and its basic part: the projects that the subject pays for."""
        match self.referents.last.expression if self.referents.last is not None else None:
            case Combine(operator="-", operands=(Lookup() as whole, Lookup(of=part))) if (
                part.wish.spending is Spending.BASIC and (code := self._code_of(whole))
            ):
                yield FundedBy(code=code)

    def _sum_of_rest(self) -> Iterator[Plan]:
        """`剩下的一共多少`: of the set without those shown, else of a figure without its parts."""
        rest = self.referents.rest
        if rest is not None and rest.universe in _OF_MONEY:
            yield Aggregate("sum", rest)
        elif self.referents.remainder is not None:
            yield self.referents.remainder

    def behind_a_subject(self) -> Iterator[Plan]:
        """`是什么科目`, `对应哪个项目` after the figure of a subject."""
        roles, subject = self.said.roles, self._subject
        asked = roles <= {"which", "members", "subjects", "projects"} and len(roles) > 1 and not self.said.names
        if asked and subject is not None:
            yield subject if "subjects" in roles else FundedBy(code=self._code_of(subject))

    @property
    def _subject(self) -> Lookup | None:
        """The figure of a subject told last."""
        plan = self.referents.focus.plan
        return plan if isinstance(plan, Lookup) and self._code_of(plan) else None

    def _code_of(self, figure: Lookup) -> str:
        """The code of a subject, or the one that its name has."""
        if figure.of.code or not figure.of.row_keys:
            return figure.of.code
        codes = self.referents.catalog.codes.items()
        named = [code for code, cells in codes if label_key(bare_label(cells[0].fact.row)) in figure.of.row_keys]
        return named[0] if len(named) == 1 else ""

    def _share_of_all(self, part: FigureReferent | None) -> Iterator[Plan]:
        """`占总额的百分之几`: of the sum just told, else of the larger total spoken of, else of what its own table adds up to."""
        told, whole = self.referents.sum_told, self.referents.whole
        if part is None:
            return
        if told is not None and bare(told) != bare(part.expression):
            yield Ratio(part.expression, told, PERCENT)
        elif part.mark and whole is not None and whole.mark != part.mark and whole.turn < part.turn:
            yield Ratio(part.expression, whole.expression, PERCENT)
        yield Ratio(part.expression, None, PERCENT)

    def _share_of_rest(self) -> Iterator[Plan]:
        whole, rest = self.referents.whole, self.referents.remainder
        if whole is not None and rest is not None:
            yield Ratio(rest, whole.expression, PERCENT)

    # ── a part in coordinates ──────────────────────────────────────────────────────────────────────────────

    def _of_named(self, roles: frozenset[str]) -> Iterator[Plan]:
        """`一般公共预算那块占比`, `里面基本支出占多少钱`: the figure spoken of in the coordinates that are named."""
        if roles == {"of", "sum", "share"}:
            part, whole = self.said.names_around("of")
            own = self.phrases.selector(part) if part and not whole else None
            if own is not None:
                yield from self._share_of_all(FigureReferent("", Lookup(own), -1))
        elif "share" in roles and roles <= {"of", "share"}:
            part, whole = self.said.names_around("of" if "of" in roles else "share")
            if part and not whole:
                yield from OfTheSet(self.text, self.referents, self.phrases).share_of_whole(part)
            if says(self.text, "among_them") and not whole:
                yield from self._row_of_a_fund(part)
            yield from self._part_of_whole(part, whole)
        elif roles <= {"which", "members", "projects"} and "projects" in roles and len(self.said.names) == 1:
            yield from self._carried_over_projects(self.said.names[0])
        elif roles <= {"money", "how_much"} and says(self.text, "among_them") and len(self.said.names) == 1:
            wish, last = coordinates_of(self.said.names[0], self.phrases), self.referents.last
            if wish is not None and last is not None:
                yield from in_coordinates(last, wish, self.said.names[0])

    def _carried_over_projects(self, name: str) -> Iterator[Plan]:
        """`结转的那笔是哪个项目` after a figure without and with what was carried over: the projects of just that much."""
        wish, size = coordinates_of(name.strip("的"), self.phrases), self.referents.excess_size
        pair = self.referents.pair or ()
        told = {each.selector.wish.vintage for each in pair if each.selector is not None}
        if wish != Wish(vintage=Vintage.CARRIED_OVER) or size is None or told != {Vintage.CURRENT, Vintage.ALL}:
            return
        conditions = (Condition("vintage", "=", Vintage.CARRIED_OVER.value), Condition("amount", "=", quantity=size))
        yield Listing(Members(Universe.PROJECTS, self.text, conditions))

    def _part_of_whole(self, part: str, whole: str) -> Iterator[Plan]:
        wish = coordinates_of(part, self.phrases)
        if wish is None:
            return
        for figure in self._wholes():
            if whole and not self._is_called(figure, whole):
                continue
            yield from (Ratio(found, figure.expression, PERCENT) for found in in_coordinates(figure, wish, part))

    def _row_of_a_fund(self, name: str) -> Iterator[Plan]:
        """`其中某科目占比` after the money of one fund: the row's money of that fund."""
        last, row = self.referents.last, self.phrases.selector(name)
        whole = last.selector.wish if last is not None and last.selector is not None else Wish()
        if last is not None and row is not None and (row.row_keys or row.code) and whole.fund is not None:
            wish = row.wish.with_defaults(Wish(fund=whole.fund, vintage=whole.vintage))
            yield Ratio(Lookup(replace(row, wish=wish)), last.expression, PERCENT)

    def _wholes(self) -> Iterator[FigureReferent]:
        """The total spoken of, then the figures spoken of before, newest first."""
        if self.referents.whole is not None:
            yield self.referents.whole
        yield from self.referents.figures

    def _is_called(self, figure: FigureReferent, name: str) -> bool:
        wish, rest = self.phrases.wish_in(name)
        own = figure.selector.wish if figure.selector is not None else Wish()
        said = [(asked, has) for asked, has in zip(wish.parts, own.parts, strict=True) if asked is not None]
        words = [word.text for word in self.phrases.content_in(rest)]
        known = label_key(figure.label + (figure.selector.words if figure.selector is not None else ""))
        return all(asked is has for asked, has in said) and all(word in known for word in words)

    # ── the same thing ─────────────────────────────────────────────────────────────────────────────────────

    def _count_of_last(self) -> Iterator[Plan]:
        """`几个项目` after the money of a group that a sentence counts as well: the number told of it there."""
        last = self.referents.last
        facts = self.referents.facts_of(last) if last is not None else []
        for stored in facts:
            told = (
                s
                for s in self.referents.catalog.facts
                if s.document_id == stored.document_id and s.fact.sentence == stored.fact.sentence
            )
            counts = [
                s
                for s in told
                if s.fact.sentence
                and s.fact.row == stored.fact.row
                and s.fact.quantity
                and s.fact.quantity.unit == "个"
            ]
            if len({s.fact.quantity.number for s in counts if s.fact.quantity}) == 1:
                ids = tuple(s.id for s in counts)
                yield Lookup(Selector(self.text, stored.fact.row, fact_ids=ids))
                return

    def _later_years(self, roles: frozenset[str]) -> Iterator[Plan]:
        """`后两年平均每年还要多少`: the whole period's money without this year's, over the years that are left."""
        project, said = self.referents.project, self.said.first("later_years")
        if project is None or said is None or not roles <= {"later_years", "average_year", "money", "sum", "rest"}:
            return
        years = self.referents.years_of(project)
        number = number_said(said.value, 0)
        if years is None or years < 2 or number not in (0, years - 1):
            return
        year = Lookup(Selector(project.name, f"{project.name}年度预算", project=project.key))
        whole = Lookup(
            Selector(project.name, f"{project.name}实施期总额", Wish(period=Period.WHOLE), project=project.key)
        )
        left = Combine("-", (whole, year))
        yield PerUnit(left, Literal(Quantity(Decimal(years - 1), "年"))) if "average_year" in roles else left


def _are_alike(told: Sequence[FigureReferent]) -> bool:
    units = {each.value.unit for each in told if each.value is not None}
    return len(units) == 1 and not any("/" in unit or unit == PERCENT for unit in units)


def _called(stored: StoredFact) -> str:
    """A row as it is named, with its code."""
    return f"{stored.fact.row_code} {stored.fact.row}".strip()
