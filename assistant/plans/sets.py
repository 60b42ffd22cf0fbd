"""Plans over sets: lists, rankings, places in them, counts, sums and averages."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from assistant.catalog import Project
from assistant.computing.figures import Figures
from assistant.cues import cue, says
from assistant.names.linking import is_generic
from assistant.names.segments import WordKind
from assistant.phrases.coordinates import as_income
from assistant.phrases.expressions import of_ranked
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Asserted,
    Check,
    Claimed,
    Combine,
    Condition,
    Decline,
    Listing,
    Lookup,
    Members,
    Plan,
    Position,
    Ranked,
    Selector,
    Universe,
    Wish,
)
from assistant.plans.claims import SHARES
from assistant.plans.operands import Operands
from assistant.plans.printed import as_printed
from assistant.question import Question
from assistant.questions.ordering import order_in
from assistant.questions.value_kinds import ValueKind, value_kind_of
from assistant.words import longest_first, plain_words
from ingest.facts import Period
from ingest.labels import label_key
from ingest.numbers.numbers import NumeralKind, find_numerals
from ingest.numbers.quantities import PERCENT, Quantity

_SURE_OF_ONE = 0.6  # how sure the name of a sum's only figure must be
_SURE_OF_EACH = 0.85  # how sure the names of a bare list must be
_NARROWING = ("table", "vintage", "fund", "nature", "period_years")  # conditions that keep a set of projects one


class SetPlans:
    """Plans of sets over one catalog."""

    def __init__(self, phrases: Phrases, operands: Operands) -> None:
        self.phrases = phrases
        self.operands = operands
        self.figures = Figures(phrases.catalog)

    # ── by steps ───────────────────────────────────────────────────────────────────────────────────────────

    def explained(self, question: Question) -> Plan | None:
        """A question about projects or the rows of a table of which every word is understood; whether there are any, where that
        is asked."""
        text = question.text
        if (every := self._all_are_so(question)) is not None:
            return every
        plan = self._of_a_text(text) or self._sources(text) or self.phrases.set_question(text)
        any_asked = isinstance(plan, Listing) and says(question.said, "any_member")
        return Claimed(plan, Asserted.ANY, text) if any_asked and plan is not None else plan

    def _all_are_so(self, question: Question) -> Plan | None:
        """`每个项目都用一般公共预算吗`: whether those that are so are as many as there are."""
        said = cue("all_of_set").fullmatch(question.text)
        if said is None or not says(question.said, "claim_asked"):
            return None
        every = self.phrases.members(said["S"]) or Members(Universe.PROJECTS, said["S"])
        some = self.phrases.members(f"{said['rest'].removesuffix('的')}的{said['S']}")
        if some is None or some.universe is not Universe.PROJECTS or len(some.conditions) <= len(every.conditions):
            return None
        return Check(Aggregate("count", replace(some, size=0)), "=", Aggregate("count", every))

    def _sources(self, text: str) -> Plan | None:
        """`政府性基金收入从哪来`: the rows that an income is made up of."""
        found = cue("income_from_where").fullmatch(text)
        selector = self.phrases.selector(f"{found['A']}收入") if found else None
        if selector is None or selector.project or selector.fact_ids:
            return None
        return Listing(Members(Universe.PARTS, text, of=as_income(selector)))

    def _of_a_text(self, text: str) -> Plan | None:
        """All that a project's text lists, added up; the first or last of it."""
        listed = self.phrases.amounts_of_a_text(text)
        if listed is None:
            return None
        if (order := order_in(text)) is not None:
            descending, first, count, _ = order
            return Ranked(listed, descending, first, count)
        return Aggregate("sum", listed) if says(text, "together_pointed") else None

    def position(self, question: Question) -> Plan | None:
        """`X排第几`."""
        text = question.text
        found = cue("position").search(text)
        project = self.phrases.project_in(text) if found else None
        if found is None or project is None:
            return None
        rest = text.replace(found[0], "")
        within = cue("place_within").search(rest)
        members = self.phrases.members(within["set"]) if within else Members(Universe.PROJECTS, "项目")
        if members is None or members.universe is not Universe.PROJECTS:
            return None
        names = "".join(label_key(name) for name in project.names)
        said = self.phrases.content_in(rest.replace(within[0], "") if within else rest)
        if any(not any(r in names or is_generic(r) for r in word.readings) for word in said):
            return None
        kept = tuple(c for c in members.conditions if c.attribute in _NARROWING)
        return Position(project.key, Members(Universe.PROJECTS, "项目", kept, members.wish))

    def joint(self, question: Question) -> Plan | None:
        """Several figures that only together explain the question."""
        return self.phrases.joint(question.text)

    def several(self, question: Question) -> Plan | None:
        """`办公费、差旅费各是多少`: several figures asked for at once."""
        text = question.text
        bare = not says(text, "each_of")
        if (bare and "、" not in text) or order_in(text) is not None or says(text, "which_things"):
            return None
        stripped = cue("each_of_tail").sub("", text)
        if (measures := self._measures_of_one(stripped)) is not None:
            return measures
        figures = self.phrases.figures(stripped, distinct=False)
        if len(figures) < 2 or (bare and any(figure.of.confidence < _SURE_OF_EACH for figure in figures)):
            return None
        if any(says(figure.of.words, "asks_which") for figure in figures):
            return None  # two questions: 某科目叫什么、预算数多少
        if (counted := cue("each_counted").search(text)) is not None:
            figures = self._numbers_of(figures, counted["how"])
        if says(text, "as_it_stands"):
            figures = [as_printed(figure, self.figures) for figure in figures]
        owners = {figure.of.project for figure in figures if figure.of.wish.is_empty}
        if not figures:
            return None
        if len(owners) == 1 and "" not in owners:
            return Decline("not_split", figures[0].of.label)
        return Listing(Members(Universe.GIVEN, stripped, given=tuple(figures)))

    def _measures_of_one(self, text: str) -> Plan | None:
        """`甲项目实施期总额和年度资金`: one project's budget in each of the periods that are named."""
        project = self.phrases.project_in(text)
        parts = cue("between_measures").split(text) if project is not None else []
        periods = [_period_in(part) for part in parts]
        if project is None or None in periods or len(set(periods)) < 2 or not self._names_only(project, text):
            return None
        labels = {Period.WHOLE: f"{project.name}（实施期）", Period.ANNUAL: f"{project.name}（年度）"}
        figures = [
            Lookup(Selector(text, labels[period], Wish(period=period), project=project.key))
            for period in periods
            if period
        ]
        return Listing(Members(Universe.GIVEN, text, given=tuple(figures)))

    def _names_only(self, project: Project, text: str) -> bool:
        """Whether a text names a project and periods, and nothing else."""
        names = "".join(label_key(name) for name in project.names)
        for said in longest_first(tuple(chain.from_iterable(plain_words().wishes["period"].values()))):
            text = text.replace(said, ",")
        words = self.phrases.content_in(text)
        return all(any(reading in names or is_generic(reading) for reading in word.readings) for word in words)

    def _numbers_of(self, figures: list[Lookup], how: str) -> list[Lookup]:
        """The numbers of the things that figures are of, for `各几个`; none where one is not told in such a unit."""
        kind = value_kind_of(how)
        found: list[Lookup] = []
        for figure in figures:
            selector = figure.of if self._is_of(kind, figure.of) else self.phrases.selector(f"{figure.of.label}{how}")
            if selector is None or not self._is_of(kind, selector):
                return []
            found.append(Lookup(selector))
        return found

    def _is_of(self, kind: ValueKind, selector: Selector) -> bool:
        facts = [self.phrases.catalog.by_id[i] for i in selector.fact_ids]
        return bool(facts) and all(kind.fits(fact) for fact in facts)

    def listed(self, question: Question) -> Plan | None:
        """The first of several things that are named or pointed at, how many they are, or all of them."""
        text = question.text
        if (ranked := self.phrases.ranking(text)) is not None:
            return ranked
        members = self.phrases.members(text) if says(text, "asks_members") else None
        if members is None or not (members.conditions or members.labels or members.universe is Universe.PARTS):
            return None
        if says(text, "how_many") and members.universe is not Universe.PARTS:
            return Aggregate(_counted_or_added(text), members)
        return Listing(members)

    def _has_unknown(self, text: str) -> bool:
        return any(word.kind is WordKind.UNKNOWN for word in self.phrases.content_in(text))

    # ── by slots of examples ───────────────────────────────────────────────────────────────────────────────

    def sum(self, slots: dict[str, str], text: str) -> Plan | None:
        """A and B, or what S names: a list of figures, the first of a ranking, a set, a figure that is a sum itself."""
        if "A" in slots:
            return self._sum_of_two(slots)
        words = slots["S"]
        if (listed := self.phrases.prose_group(words)) is not None:
            return Aggregate("sum", listed)
        figures = self.phrases.figures(words)
        if len(figures) > 1:
            return Combine("+", tuple(figures))
        if (ranked := self.phrases.ranking(words)) is not None and ranked.count > 1:
            return Combine("+", (ranked,))
        members = self.phrases.members(words)
        if members is not None:
            return Aggregate("sum", members)
        figure = self.phrases.expression(words)
        if isinstance(figure, Lookup) and figure.of.fact_ids:
            unsure = figure.of.confidence < _SURE_OF_ONE  # one of several that are meant together
            return None if unsure or says(words, "several_things") else figure
        return figure

    def _sum_of_two(self, slots: dict[str, str]) -> Plan | None:
        """The sum of A and B; one figure where both name the same project's."""
        figures = self.phrases.figures(f"{slots['A']}和{slots['B']}")
        operands = tuple(figures) if len(figures) > 1 else self.operands.of(slots)
        if operands is None:
            return None
        owners = {each.of.project if isinstance(each, Lookup) and each.of.wish.is_empty else "" for each in operands}
        if len(owners) == 1 and "" not in owners:
            return operands[0]
        return Combine("+", operands)

    def aggregate(self, function: str, slots: dict[str, str]) -> Plan | None:
        """An average or a median of a set, or of the first of a ranking."""
        ranked = self.phrases.ranking(slots["S"]) if "S" in slots else None
        if ranked is not None and ranked.count > 1:
            return of_ranked(function, ranked)
        members = self.phrases.members(slots["S"]) if "S" in slots else None
        return Aggregate(function, members) if members is not None else None

    def count(self, slots: dict[str, str], text: str) -> Plan | None:
        if says(text, "which_kinds"):
            return None
        members = self.phrases.members(slots["S"]) or self.phrases.members(text)
        if members is None or members.universe is Universe.PARTS or self._has_unknown(slots["S"]):
            return None
        return Aggregate(_counted_or_added(text), members)

    def cover(self, slots: dict[str, str], text: str) -> Plan | None:
        """How many of the largest projects reach a share of the sum."""
        share = next((n.quantity for n in find_numerals(text) if n.kind is NumeralKind.SHARE and n.quantity), None)
        if share is None and (word := next((w for w in SHARES if w in text), None)):
            share = Quantity(SHARES[word], PERCENT)
        if share is None:
            return None
        tables, _ = self.phrases.tables_in(text)
        table = (Condition("table", "=", f"{document}:{index}") for document, index in tables[:1])
        conditions, _ = self.phrases.conditions_in(text)
        kept = (*table, *(c for c in conditions if c.attribute in ("vintage", "fund")))
        return Aggregate("cover", Members(Universe.PROJECTS, "项目", kept), share.number)


def _counted_or_added(text: str) -> str:
    """How many there are; together with what they add up to where that is asked for too, which tells their number."""
    return "sum" if says(text, "total_too") else "count"


def _period_in(text: str) -> Period | None:
    """The funding period that a text names, the longest of its words."""
    words = plain_words().wishes["period"]
    said = [(len(word), period) for period, names in words.items() for word in names if word in text]
    return Period(max(said)[1]) if said else None
