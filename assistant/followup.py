"""A question that leans on the one before: what it names replaces the old, what it leaves out is inherited."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.catalog import Catalog, Project
from assistant.cues import cue, says
from assistant.ordering import order_in
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Audit,
    Change,
    Combine,
    Compare,
    Condition,
    Decline,
    Expression,
    FieldLookup,
    Listing,
    Literal,
    Lookup,
    Members,
    Plan,
    Quote,
    Ranked,
    Ratio,
    Selector,
    Universe,
    Wish,
)
from assistant.planning import Planner
from assistant.plans.operands import project_of
from assistant.plans.sheets import people_asked
from assistant.question import Question
from assistant.results import Result
from assistant.segments import WordKind, content_of
from assistant.words import longest_first, plain_words, sheet_fields
from ingest.facts import Period, Vintage
from ingest.quantities import MULTIPLE, PERCENT


@dataclass(frozen=True, slots=True)
class Focus:
    """What the dialogue is about: the last question, its plan and result, and the one before."""

    question: Question
    plan: Plan
    result: Result | None
    before: Focus | None = None


class FollowUp:
    """Plans what cannot be planned alone."""

    def __init__(self, catalog: Catalog, planner: Planner) -> None:
        self.catalog = catalog
        self.planner = planner
        self.phrases: Phrases = planner.phrases

    def plan(self, question: Question, focus: Focus | None) -> Plan | None:
        """A plan that uses the focus, or None when the question stands on its own."""
        if focus is None:
            return None
        text = _without_opener(question.text)
        steps: tuple[Callable[[Question, str, Focus], Plan | None], ...] = (
            self._other_unit,
            self._another_year,
            self._reasonable,
            self._more_by,
            self._listed_again,
            self._rest_of_set,
            self._over_members,
            self._both,
            self._with_carry_over,
            self._rank_again,
            self._whole_period,
            self._share,
            self._against_before,
            self._field,
            self._change,
            self._by_table,
            self._same_for_another,
        )
        if not self._leans(question, text, focus):
            return None
        for step in steps:
            if (plan := step(question, text, focus)) is not None:
                return plan
        return self._replaced(question, text, focus)

    # ── does it lean ───────────────────────────────────────────────────────────────────────────────────────

    def _leans(self, question: Question, text: str, focus: Focus) -> bool:
        """A pronoun, an opener, or nothing in it that names anything."""
        if question.raw.rstrip("?？ ").endswith("呢") and len(text) <= 16 and not says(text, "question_word"):
            return True
        if self._pronoun(question.text) or question.text.startswith(("那", "还", "再", "其中")) or len(text) <= 4:
            return True
        if cue("other_unit").match(text) or cue("rest_of_set").match(text):
            return True
        if cue("english_leaning").match(question.original):
            return True
        undated = re.sub(r"(?:19|20)\d{2}年?度?", "", text)
        named = [w for w in content_of(self.planner.linker.words(undated)) if w.kind is not WordKind.UNKNOWN]
        if not named or not content_of(self.planner.linker.words(self.phrases.wish_in(undated)[1])):
            return True
        if says(text, "share_again") and says(text, "short_share_question"):
            return True
        if cue("carry_over_opener").match(text):
            return True
        return (
            says(text, "shown_before")
            or (
                isinstance(focus.plan, Ranked | Listing)
                and bool(cue("members_opener").match(text))
                and not self.phrases.universe_in(text)
            )
            or (len(text) <= 8 and self._only_field(text))
            or bool(
                cue("rank_opener").match(text)
                and len(text) <= 10
                and isinstance(focus.plan, Lookup)
                and self.phrases.ranking(text) is not None
                and self.phrases.universe_in(text) is None
            )
        )

    @staticmethod
    def _pronoun(text: str) -> bool:
        pronouns = (word for word in plain_words().followup["pronouns"] if len(word) > 1)
        return any(word in text for word in pronouns) or says(text, "short_pronoun")

    @staticmethod
    def _only_field(text: str) -> bool:
        return any(
            text.startswith(name) or text.endswith(name)
            for entry in sheet_fields()
            for name in entry.names
            if len(name) >= 2
        )

    # ── kinds of follow-up ─────────────────────────────────────────────────────────────────────────────────

    def _other_unit(self, question: Question, text: str, focus: Focus) -> Plan | None:
        return focus.plan if cue("other_unit").match(text) and focus.result is not None else None

    def _another_year(self, question: Question, text: str, focus: Focus) -> Plan | None:
        named = [w for w in content_of(self.planner.linker.words(re.sub(r"\d{4}年?度?", "", text)))]
        last = says(text, "year_before")
        if not question.years and not (last and not named):
            return None
        if named and not self._pronoun(text):
            return None
        selector = _selector(focus.plan)
        others = [y for y in question.years if y not in self.catalog.years]
        if (last or any(y + 1 in self.catalog.years for y in others)) and selector is not None:
            if says(text, "compared"):
                return Change(selector, "rate" if says(text, "rate") else "amount")
            return Change(selector, "last_year")
        return Decline("year", f"{others[0]}年") if others else None

    def _reasonable(self, question: Question, text: str, focus: Focus) -> Plan | None:
        if not says(text, "reasonable") or focus.result is None or len(text) > 16:
            return None
        tables = {(c.document_id, c.fact.table_index) for c in focus.result.all_cells if c.fact.table_index is not None}
        selector = _selector(focus.plan)
        project = selector.project if selector is not None else ""
        return Audit(text, project, tuple((d, i) for d, i in tables if i is not None))

    def _more_by(self, question: Question, text: str, focus: Focus) -> Plan | None:
        """`多多少` after which is larger."""
        if isinstance(focus.plan, Compare) and cue("more_by").fullmatch(text):
            return replace(focus.plan, ask="difference")
        return None

    def _listed_again(self, question: Question, text: str, focus: Focus) -> Plan | None:
        """`都是哪些` after how many."""
        if isinstance(focus.plan, Aggregate | Ranked | Listing) and cue("listed_again").fullmatch(text):
            return Listing(focus.plan.members)
        return None

    def _both(self, question: Question, text: str, focus: Focus) -> Plan | None:
        """`加一块儿`: the last two figures together."""
        if not cue("both_again").fullmatch(text):
            return None
        mine, other = self._expression(focus), self._expression(focus.before) if focus.before is not None else None
        return Combine("+", (other, mine)) if mine is not None and other is not None else None

    def _rest_of_set(self, question: Question, text: str, focus: Focus) -> Plan | None:
        """`剔除后其余项目平均`: the set of before without the members of before."""
        base = next((f for f in _chain(focus) if isinstance(f.plan, Ranked | Listing | Aggregate)), None)
        if base is None or base.result is None or not says(text, "rest_of_set"):
            return None
        members = base.plan.members  # type: ignore[union-attr]
        named = [m.key for m in base.result.members]
        if (top := order_in(text.split(",")[0].split("，")[0])) is not None and len(named) > 1:
            ordered = sorted(
                (m for m in base.result.members if m.quantity),
                key=lambda m: m.quantity.number if m.quantity else 0,
                reverse=top[0],
            )
            named = [m.key for m in ordered[: top[2]]]
        rest = replace(members, labels=tuple(named), conditions=(*members.conditions, Condition("excluded", "=")))
        rest = replace(rest, conditions=tuple(c for c in rest.conditions if c.attribute != "amount"))
        function = _average_in(text) or (
            "count" if says(text, "counted_things") else "sum" if says(text, "sum_of_rest") else ""
        )
        if function:
            return Aggregate(function, rest)
        if (order := self.phrases.ranking(text + "项目")) is not None:
            return Ranked(rest, order.descending, order.first, order.count)
        return Listing(rest)

    def _over_members(self, question: Question, text: str, focus: Focus) -> Plan | None:
        """`合计多少`, `平均呢`: over the members just shown."""
        if (
            focus.result is None
            or len(focus.result.members) < 2
            or not isinstance(focus.plan, Ranked | Listing | Aggregate)
        ):
            return None
        if self._names_something_new(text):
            return None
        members = focus.plan.members
        shown = (
            replace(members, labels=tuple(m.key for m in focus.result.members))
            if members.universe is Universe.PROJECTS
            else members
        )
        said = text + question.original
        function = _average_in(said) or ("sum" if says(said, "sum_of_shown") else "")
        if function and not says(text, "share_again"):
            return Aggregate(function, shown)
        if says(said, "count_of_shown") and len(text) < 8:
            return Aggregate("count", shown)
        return None

    def _with_carry_over(self, question: Question, text: str, focus: Focus) -> Plan | None:
        selector = _selector(focus.plan)
        wish, rest = self.phrases.wish_in(text)
        if wish.vintage is None or content_of(self.planner.linker.words(rest)):
            return None
        if isinstance(focus.plan, Ranked | Listing | Aggregate):
            members = focus.plan.members
            kept = tuple(c for c in members.conditions if c.attribute not in ("vintage", "table"))
            if wish.vintage is not Vintage.ALL:
                kept = (*kept, Condition("vintage", "=", wish.vintage.value))
            return replace(focus.plan, members=replace(members, conditions=kept, labels=()))
        if selector is None:
            return None
        return Lookup(replace(selector, wish=replace(selector.wish, vintage=wish.vintage), tables=()))

    def _rank_again(self, question: Question, text: str, focus: Focus) -> Plan | None:
        found = order_in(text)
        if found is None:
            return None
        selector = _selector(focus.plan)
        base_set = next((f.plan for f in _chain(focus) if isinstance(f.plan, Ranked | Listing | Aggregate)), None)
        if (
            not content_of(self.planner.linker.words(found[3]))
            and base_set is None
            and selector is not None
            and not selector.project
        ):
            return Ranked(Members(Universe.PARTS, text, of=selector), found[0], found[1], found[2])
        order = self.phrases.ranking(text) or self.phrases.ranking(text + "项目")
        if order is None:
            return None
        base = next((f.plan for f in _chain(focus) if isinstance(f.plan, Ranked | Listing | Aggregate)), None)
        if base is not None and (self.phrases.universe_in(text) in (None, base.members.universe)):
            extra, _ = self.phrases.conditions_in(text)
            members = replace(base.members, labels=(), conditions=(*base.members.conditions, *extra))
            first, count = order.first, order.count
            return Ranked(members, order.descending, first, count)
        if order.members.universe is Universe.GIVEN:
            return order
        selector = _selector(focus.plan)
        if selector is not None and not selector.project and self.phrases.universe_in(text) is None:
            return Ranked(Members(Universe.PARTS, text, of=selector), order.descending, order.first, order.count)
        return None

    def _whole_period(self, question: Question, text: str, focus: Focus) -> Plan | None:
        selector = _selector(focus.plan)
        project = self._project(focus)
        if not says(text, "whole_period_again") or project is None:
            return None
        base = (
            selector
            if selector is not None and selector.project
            else Selector(project.name, project.name, project=project.key)
        )
        return Lookup(replace(base, wish=replace(base.wish, period=Period.WHOLE), tables=()))

    def _share(self, question: Question, text: str, focus: Focus) -> Plan | None:
        if not says(text, "share_again") and not says(question.original, "english_share"):
            return None
        mine = self._expression(focus)
        if mine is None:
            return None
        part = cue("share_of_part").fullmatch(text)
        if (
            part is not None
            and not says(part["A"], "pointing")
            and (named := self.phrases.expression(part["A"])) is not None
        ):
            return Ratio(named, self._largest(focus) or mine, PERCENT)
        target = cue("share_of_whole").search(text)
        phrase = target["B"] if target else ""
        if phrase and not cue("whole_left_open").fullmatch(phrase):
            whole = self.phrases.expression(phrase)
            if whole is not None:
                return Ratio(mine, whole, PERCENT)
        if focus.before is not None and (
            self._pronoun(focus.question.text)
            or says(focus.question.text, "among_them")
            or says(focus.question.original, "english_of_it")
        ):
            whole = self._expression(focus.before)
            if whole is not None:
                return Ratio(mine, whole, PERCENT)
        if isinstance(focus.plan, Lookup) and focus.before is not None and says(text, "among_them"):
            whole = self._expression(focus.before)
            return Ratio(mine, whole, PERCENT) if whole is not None else None
        return Ratio(mine, None, PERCENT)

    def _largest(self, focus: Focus) -> Expression | None:
        """The largest of the last figures: the whole that the others are parts of."""
        known = [
            (each.result.value, each)
            for each in _chain(focus)
            if each.result is not None and each.result.value is not None
        ]
        same = [(value.number, each) for value, each in known if value.unit == known[0][0].unit] if known else []
        return self._expression(max(same, key=lambda pair: pair[0])[1]) if same else None

    def _against_before(self, question: Question, text: str, focus: Focus) -> Plan | None:
        """`和刚才那个差多少`, `两者差多少`, `两个加起来`."""
        mine = self._expression(focus)
        other = self._expression(focus.before) if focus.before is not None else None
        if mine is None:
            return None
        if says(text, "two_of_them") and other is not None:
            if says(text, "apart"):
                return Compare(other, mine, "difference")
            if says(text, "added"):
                return Combine("+", (other, mine))
            if says(text, "which_of_two"):
                return Compare(other, mine, "which")
            if says(text, "times"):
                return Ratio(other, mine, MULTIPLE)
        compared = cue("compared_with").search(text)
        if compared and says(text, "how_far"):
            phrase = compared["B"]
            if cue("figure_before").fullmatch(phrase):
                rest = text.replace(compared[0], "")
                new = self.phrases.expression(cue("difference_tail").sub("", rest)) if len(rest) > 3 else None
                target = new or mine
                base = mine if new is not None else other
                return Compare(target, base, "difference") if base is not None else None
            new = self.phrases.expression(phrase)
            if new is not None:
                return Compare(mine, new, "which" if says(text, "which_one") else "difference")
        if (found := cue("added_to").search(text)) and (new := self.phrases.expression(found["B"])) is not None:
            return Combine("+", (mine, new))
        return None

    def _field(self, question: Question, text: str, focus: Focus) -> Plan | None:
        project = self._project(focus)
        if project is None or self._another_project(text, project):
            return None
        if says(text, "person_again"):
            return FieldLookup(project.key, people_asked(text), text)
        hits = [(len(name), entry.key) for entry in sheet_fields() for name in entry.names if name in text]
        if hits and not says(text, "asks_amount"):
            return FieldLookup(project.key, (max(hits)[1],), text)
        if says(text, "indicator", "satisfaction"):
            members = self.phrases.members(text if says(text, "indicator") else text + "指标")
            if members is not None and members.universe is Universe.INDICATORS:
                conditions = (
                    *(c for c in members.conditions if c.attribute != "project"),
                    Condition("project", "=", project.key),
                )
                return Listing(replace(members, conditions=conditions), "target")
        if says(text, "why_again"):
            return Quote(text, project.key, ("necessity", "basis", "overview"))
        return None

    def _change(self, question: Question, text: str, focus: Focus) -> Plan | None:
        selector = _selector(focus.plan)
        if selector is None:
            return None
        if says(text, "change_again"):
            return Change(selector, "rate" if says(text, "change_rate_again") else "amount")
        if says(text, "why_again"):
            return Quote(f"{selector.label}{text}", selector.project)
        return None

    def _by_table(self, question: Question, text: str, focus: Focus) -> Plan | None:
        project = self._project(focus)
        if project is not None and says(text, "by_table") and not self._another_project(text, project):
            return Lookup(Selector(project.name, project.name, project=project.key))
        return None

    def _same_for_another(self, question: Question, text: str, focus: Focus) -> Plan | None:
        """`那保密经费呢`: the same question of something else."""
        phrase = cue("same_again_tail").sub("", text)
        if isinstance(focus.plan, FieldLookup):
            project = self.phrases.project_in(phrase)
            return replace(focus.plan, project=project.key, words=text) if project is not None else None
        selector = self.phrases.selector(phrase)
        if selector is None:
            return None
        old = _selector(focus.plan)
        if isinstance(focus.plan, Lookup) and old is not None:
            return Lookup(
                replace(
                    selector,
                    wish=selector.wish.with_defaults(
                        Wish(
                            period=old.wish.period if selector.project else None,
                            fund=old.wish.fund if not selector.concept else None,
                        )
                    ),
                )
            )
        if isinstance(focus.plan, Change):
            return replace(focus.plan, of=selector)
        if isinstance(focus.plan, Ratio):
            return replace(focus.plan, numerator=Lookup(selector))
        return None

    def _replaced(self, question: Question, text: str, focus: Focus) -> Plan | None:
        """Pronouns put back: `它的立项依据` reads as the project's."""
        name = ""
        project = self._project(focus)
        selector = _selector(focus.plan)
        if project is not None:
            name = project.name
        elif selector is not None:
            name = selector.label
        if not name or not self._pronoun(text):
            return None
        restored = text
        for word in longest_first(plain_words().followup["pronouns"]):
            if word in restored:
                restored = restored.replace(word, name, 1)
                break
        return self.planner.try_plan(replace(question, text=restored))

    # ── what is in focus ───────────────────────────────────────────────────────────────────────────────────

    def _project(self, focus: Focus) -> Project | None:
        for each in _chain(focus):
            if isinstance(each.plan, FieldLookup | Quote) and each.plan.project:
                return self.catalog.project_by_key[each.plan.project][0]
            if isinstance(each.plan, Lookup) and (project := project_of(each.plan, self.catalog)) is not None:
                return project
            if (
                each.result is not None
                and len(each.result.members) == 1
                and each.result.members[0].key in self.catalog.project_by_key
            ):
                return self.catalog.project_by_key[each.result.members[0].key][0]
            if (
                each.result is not None
                and isinstance(each.plan, Ranked)
                and each.result.members
                and each.result.members[0].key in self.catalog.project_by_key
            ):
                return self.catalog.project_by_key[each.result.members[0].key][0]
            if isinstance(each.plan, Ratio) and (project := project_of(each.plan.numerator, self.catalog)) is not None:
                return project
            if isinstance(each.plan, Lookup | Aggregate | Ratio | Listing):
                return None
        return None

    def _another_project(self, text: str, current: Project) -> bool:
        found = self.phrases.project_in(text)
        return found is not None and found.key != current.key

    def _names_something_new(self, text: str) -> bool:
        return any(
            w.kind is WordKind.NAME and len(w.text) > 2 and not says(w.text, "arithmetic_word")
            for w in content_of(self.planner.linker.words(text))
        )

    def _expression(self, focus: Focus | None) -> Expression | None:
        """The last figure as an operand: its own plan where that yields one figure."""
        if focus is None:
            return None
        plan = focus.plan
        if isinstance(plan, Ranked) and plan.count > 1 and focus.result is not None:
            return (
                Aggregate("sum", replace(plan.members, labels=tuple(m.key for m in focus.result.members)))
                if plan.members.universe is Universe.PROJECTS
                else None
            )
        if isinstance(plan, Lookup | Aggregate | Ranked | Combine | Ratio | Literal):
            if isinstance(plan, Ratio):
                return plan.numerator
            return replace(plan, with_share=False) if isinstance(plan, Ranked) else plan
        return None


def _average_in(text: str) -> str:
    """The kind of average that a text asks for; "" for none."""
    return "average" if says(text, "average") else "median" if says(text, "median") else ""


def _selector(plan: Plan) -> Selector | None:
    if isinstance(plan, Lookup | Change):
        return plan.of
    if isinstance(plan, Ratio) and isinstance(plan.numerator, Lookup):
        return plan.numerator.of
    return None


def _chain(focus: Focus) -> list[Focus]:
    found: list[Focus] = []
    each: Focus | None = focus
    while each is not None and len(found) < 6:
        found.append(each)
        each = each.before
    return found


def _without_opener(text: str) -> str:
    for word in longest_first(plain_words().followup["openers"]):
        if text.startswith(word) and len(text) > len(word) + 1 and not text.startswith("那个"):
            return text[len(word) :].lstrip(",，")
    return text
