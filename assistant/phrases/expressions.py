"""A phrase into a figure, looked up or computed: a number given, a change, sums and differences, totals of sets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.exemplars import match_exemplars
from assistant.names.linking import Linker
from assistant.names.segments import Word, WordKind, content_of
from assistant.phrases.alignment import in_one_fund
from assistant.phrases.lists import FigureLists, adjacent_concepts
from assistant.phrases.prose_groups import ProseGroups
from assistant.phrases.rankings import Rankings
from assistant.phrases.set_questions import SetQuestions
from assistant.phrases.stated import StatedNumbers
from assistant.phrases.trimming import amounts_in, trimmed
from assistant.plan import (
    Aggregate,
    Change,
    Combine,
    Condition,
    Expression,
    Literal,
    Lookup,
    Members,
    Ranked,
    Selector,
    Universe,
    Wish,
)
from assistant.questions.ordering import order_in
from ingest.facts import Level, Origin, Vintage
from ingest.labels import label_key
from ingest.numbers.numbers import NumeralKind, as_number
from ingest.numbers.quantities import YUAN, Quantity

_ALL = ("总", "全部", "整体", "总的", "总体")  # of all that is spent
_DEEPEST = 3  # sums inside sums
_PICKING_PROJECTS = ("handler", "period_years", "nature")
_THIS_YEAR = Condition("vintage", "=", Vintage.CURRENT.value)


class Expressions:
    """Finds figures of one catalog, simple or computed."""

    def __init__(
        self,
        catalog: Catalog,
        linker: Linker,
        lists: FigureLists,
        rankings: Rankings,
        groups: ProseGroups,
        stated: StatedNumbers,
        questions: SetQuestions,
    ) -> None:
        self.catalog = catalog
        self.linker = linker
        self.figures = lists.names
        self.lists = lists
        self.sets = rankings.sets
        self.rankings = rankings
        self.groups = groups
        self.stated = stated
        self.questions = questions

    def expression(self, phrase: str, depth: int = 0) -> Expression | None:
        """The figure a phrase stands for; None when it is not understood."""
        text = trimmed(phrase)
        if not text:
            return None
        simple: tuple[Callable[[str], Expression | None], ...] = (
            self.literal,
            self._amounts_of_a_text,
            self._change_amount,
            self._last_year,
            self._projects_of_this_year,
            self._exact,
            self._total,
        )
        computed: tuple[Callable[[str], Expression | None], ...] = (
            self.rankings.ranking,
            lambda text: self._product(text, depth),
            self._shares,
            lambda text: self._combined(text, depth),
            self._aggregate,
        )
        named: tuple[Callable[[str], Expression | None], ...] = (
            self._stated_number,
            self._listed_amounts,
            self._of_several_projects,
            self._cost_indicators,
            self.named,
        )
        for step in (*simple, *(computed if depth < _DEEPEST else ()), *named):
            if (found := step(text)) is not None:
                return found
        return None

    # ── numbers and names ──────────────────────────────────────────────────────────────────────────────────

    def literal(self, text: str) -> Literal | Lookup | None:
        """A number given in the question: `400万的预算` when the words around it name nothing; without a unit the cells
        that print it."""
        numerals = amounts_in(text)
        if len(numerals) != 1 or numerals[0].quantity is None:
            return None
        numeral, quantity = numerals[0], numerals[0].quantity
        if content_of(self.linker.words(text[: numeral.start] + text[numeral.end :])):
            return None
        if numeral.kind is NumeralKind.NUMBER:
            if re.search(r"[万亿]", numeral.printed):
                return Literal(Quantity(quantity.number, YUAN, precision=quantity.precision))
            return self.stated.bare(text, numeral)
        return Literal(quantity)

    def _total(self, text: str) -> Expression | None:
        """A total of a set; none that passes over a place in an order: 表中第二大的项目 is one of them."""
        found = self.questions.total(text)
        members = found.members if isinstance(found, Aggregate) else None
        ordered = members is not None and not (members.kept or members.skipped or members.trimmed or members.ends)
        return None if ordered and order_in(text) is not None else found

    def _exact(self, text: str) -> Expression | None:
        plain = self.figures.without_loaded_years(text)
        exact = self.figures.names.selector(plain)
        if exact is not None and not self.figures.names.is_a_name(plain):
            return self.named(text)
        return Lookup(replace(exact, words=text)) if exact is not None else None

    def _change_amount(self, text: str) -> Change | None:
        """`总预算的减少额`: a change as an operand."""
        found = cue("change_operand").fullmatch(text) or cue("change_told").fullmatch(text)
        if found is None:
            return None
        name = cue("pointing_back").sub("", found["A"])
        selector = self.figures.selector(name) if name not in _ALL else self.figures.selector("总支出")
        if selector is None or selector.fact_ids:
            return None
        told = text[len(found["A"]) :]
        return Change(selector, "rate" if says(told, "rate_noun") else "amount", fall=says(told, "fell"))

    def _last_year(self, text: str) -> Change | None:
        """`上年支出规模`, `总收入的上年数`: last year's figure as an operand."""
        found = cue("last_year_operand").fullmatch(cue("derive").sub("", text))
        selector = self.figures.selector(found["A"] or found["B"]) if found else None
        return Change(selector, "last_year") if selector is not None and self._may_change(selector) else None

    def _may_change(self, selector: Selector) -> bool:
        """Whether a figure is one that texts tell a change of: of a table, or of the prose and of no project."""
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids]
        return all(fact.origin is Origin.PROSE and not fact.project for fact in facts)

    def _stated_number(self, text: str) -> Lookup | None:
        """`概况中的14.8647亿元`: the prose figure of that very number, in the project named or about what is named."""
        numerals = amounts_in(text)
        if not numerals or numerals[0].quantity is None:
            return None
        before, after = text[: numerals[0].start], text[numerals[0].end :]
        words = [w for w in content_of(self.linker.words(before + after)) if w.kind is not WordKind.UNKNOWN]
        project = self.figures.projects.project_in(before)
        hits = [
            s
            for s in self.catalog.facts
            if s.fact.origin is Origin.PROSE
            and s.fact.project
            and s.fact.quantity is not None
            and s.fact.quantity.number == numerals[0].quantity.number
            and (
                label_key(s.fact.project) == project.key
                if project is not None
                else _is_about(s.fact.row + "".join(s.fact.row_path) + s.fact.sentence, words)
            )
        ]
        if not hits:
            return None
        fact = hits[0].fact
        project = project or self.catalog.project_by_key[label_key(fact.project)][0]
        label = f"{project.name}{fact.table}中“{fact.row}”" if fact.row else project.name
        return Lookup(Selector(text, label, fact_ids=tuple(s.id for s in hits)))

    # ── arithmetic in words ────────────────────────────────────────────────────────────────────────────────

    def _combined(self, text: str, depth: int) -> Combine | None:
        """`A加B`, `A和B两者合计`: only where both sides are figures and the whole is not itself a name."""
        if self.figures.names.is_a_name(text):
            return None
        if (listed := cue("listed_together").fullmatch(text)) is not None:
            names = cue("list_separator").sub("", listed["L"])
            figures = adjacent_concepts(names) or self.lists.figures(listed["L"])
            if len(figures) > 1:
                return Combine("+", tuple(figures))
        signed = cue("plus_or_minus").fullmatch(text)
        matched = signed or cue("both_together").fullmatch(text)
        if matched is None:
            return None
        left, right = self.expression(matched["A"], depth + 1), self.expression(matched["B"], depth + 1)
        if left is None or right is None:
            return None
        return Combine("-" if signed is not None and says(signed["op"], "minus") else "+", in_one_fund((left, right)))

    def _product(self, text: str, depth: int) -> Combine | None:
        """`年度资金乘以4年`, `年度资金×项目期`: an amount as many times as is said or as the project's period has years."""
        found = cue("times_years").fullmatch(text)
        amount = self.expression(found["A"], depth + 1) if found else None
        if found is None or amount is None:
            return None
        if found["period"]:
            years = self._years_of(amount)
            return Combine("×", (amount, years)) if years is not None else None
        number = as_number(found["n"])
        return Combine("×", (amount, Literal(Quantity(number, "年")))) if number is not None else None

    def _shares(self, text: str) -> Combine | None:
        """`收入说明里各项占比之和`: the shares of one whole that a section prints, added up."""
        found = cue("shares_together").fullmatch(text)
        shares = self.groups.shares(found["S"]) if found else ()
        return Combine("+", shares) if shares else None

    def _years_of(self, amount: Expression) -> Lookup | None:
        """The period that the sheet of a figure's project prints, in years."""
        key = amount.of.project if isinstance(amount, Lookup) else ""
        cells = self.catalog.period_cells(key)
        if not cells:
            return None
        name = self.catalog.project_by_key[key][0].name
        return Lookup(Selector("项目期", f"{name}项目期", fact_ids=tuple(s.id for s in cells)))

    def _aggregate(self, text: str) -> Aggregate | Combine | None:
        for match in match_exemplars(text, self.linker.exemplars):
            if match.kind in ("sum", "average", "median", "count") and "S" in match.slots:
                ranked = self.rankings.ranking(match.slots["S"])
                if ranked is not None and ranked.count > 1:
                    return Combine("+", (ranked,)) if match.kind == "sum" else of_ranked(match.kind, ranked)
                members = self.sets.members(match.slots["S"])
                if members is not None:
                    return Aggregate(match.kind, members)
                figures = self.lists.figures(match.slots["S"]) if match.kind == "sum" else []
                if figures:
                    return Combine("+", tuple(figures))
        return None

    def _amounts_of_a_text(self, text: str) -> Aggregate | None:
        members = self.groups.of_a_text(text) if says(text, "together_pointed") else None
        return Aggregate("sum", members) if members is not None else None

    def _listed_amounts(self, text: str) -> Aggregate | None:
        members = self.groups.prose_group(text)
        return Aggregate("sum", members) if members is not None else None

    # ── totals of sets ─────────────────────────────────────────────────────────────────────────────────────

    def _projects_of_this_year(self, text: str) -> Aggregate | None:
        said = cue("projects_of_this_year").fullmatch(text)
        return _sum_of_this_year() if said and self.catalog.projects else None

    def _of_several_projects(self, text: str) -> Aggregate | None:
        """`某人经办项目金额`: the sum over the projects that a person, a period or a nature picks out."""
        conditions, rest = self.sets.conditions.conditions_in(text)
        if not any(c.attribute in _PICKING_PROJECTS for c in conditions) or not says(rest, "project"):
            return None
        members = self.sets.members(text)
        return Aggregate("sum", members) if members is not None and members.universe is Universe.PROJECTS else None

    def _cost_indicators(self, text: str) -> Aggregate | None:
        """`某项目的成本指标`: the sum of its money targets, be it one."""
        found = cue("cost_indicators").fullmatch(text)
        project = self.figures.projects.project_in(found["P"]) if found else None
        if project is None:
            return None
        conditions = (
            Condition("project", "=", project.key),
            Condition("indicator_class", "=", "成本"),
            Condition("unit", "=", YUAN),
        )
        return Aggregate("sum", Members(Universe.INDICATORS, text, conditions))

    def named(self, text: str) -> Expression | None:
        """The figure named; a sum over projects where no cell prints what is named."""
        selector = self.figures.selector(text)
        if selector is None:
            return None
        selector = self.stated.named(selector, text)
        wish, tables = selector.wish, selector.tables
        if selector.concept == "project_expenditure" and wish.vintage is Vintage.CURRENT and not tables:
            fund = (Condition("fund", "=", wish.fund.value),) if wish.fund is not None else ()
            if self.catalog.projects:
                return _sum_of_this_year(fund)
        if tables and selector.concept and wish.fund is not None and self.figures.tables.is_of_projects(tables[0]):
            return Aggregate(
                "sum",
                Members(Universe.PROJECTS, selector.words, (_in_table(tables[0]),), Wish(fund=wish.fund)),
            )
        of_all = selector.concept == "project_expenditure" and tables and self.figures.tables.is_of_projects(tables[0])
        concept = "" if of_all else selector.concept  # all of a table of projects is its total
        names = (concept, selector.code, selector.row_keys, selector.project, selector.fact_ids)
        return self._table_total(selector) if tables and not any(names) else Lookup(selector)

    def _table_total(self, selector: Selector) -> Expression:
        """A table's printed total, or the sum of its projects where no total is printed."""
        cells = (s.fact for table in selector.tables for s in self.catalog.cells_of_table(table))
        printed = any(fact.coordinates.level is Level.TOTAL and fact.quantity is not None for fact in cells)
        if printed or not self.figures.tables.is_of_projects(selector.tables[0]):
            return Lookup(selector)
        return Aggregate("sum", Members(Universe.PROJECTS, selector.label, (_in_table(selector.tables[0]),)))


def of_ranked(function: str, ranked: Ranked) -> Aggregate:
    """`前三大项目平均`: an aggregate over the first of a ranking only."""
    return Aggregate(function, replace(ranked.members, kept=ranked.count, kept_largest=ranked.descending))


def _sum_of_this_year(more: tuple[Condition, ...] = ()) -> Aggregate:
    return Aggregate("sum", Members(Universe.PROJECTS, "本年预算项目支出", (_THIS_YEAR, *more)))


def _in_table(table: tuple[int, int]) -> Condition:
    return Condition("table", "=", f"{table[0]}:{table[1]}")


def _is_about(printed: str, words: Sequence[Word]) -> bool:
    key = label_key(printed)
    return bool(words) and all(any(reading in key for reading in word.readings) for word in words)
