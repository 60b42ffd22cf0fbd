"""A question into a typed plan: kinds by example, slots by linking, the policy for what is left open.

The order tells what is more specific than what: greetings; other years; what no budget holds; audits; fields of a
sheet; computed questions by example; sets and ranks; a single figure; a passage. What none of them understands is declined.
A question may have several readings: they come in that order, and the first that can be computed answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from assistant.catalog import Catalog
from assistant.cues import says
from assistant.doubts.sanity import makes_sense
from assistant.names.linking import Linker, is_generic
from assistant.names.segments import WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Audit,
    Check,
    CheckFinding,
    Consistent,
    Contained,
    Decline,
    FieldLookup,
    Placing,
    Plan,
    Quote,
    Unexplained,
    selectors_in,
)
from assistant.plans.absences import AbsencePlans
from assistant.plans.any_order import AnyOrder
from assistant.plans.averages import AveragePlans
from assistant.plans.checks import CheckPlans
from assistant.plans.claims import ClaimPlans
from assistant.plans.codes import CodePlans
from assistant.plans.comparisons import ComparisonPlans
from assistant.plans.enumerations import EnumerationPlans
from assistant.plans.estimates import EstimatePlans
from assistant.plans.examples import ExamplePlans, Fill
from assistant.plans.filled_tables import FilledTables
from assistant.plans.findings import FindingPlans
from assistant.plans.gaps import GapPlans
from assistant.plans.groups import GroupPlans
from assistant.plans.indicators import IndicatorPlans
from assistant.plans.operands import Operands
from assistant.plans.part_changes import PartChanges
from assistant.plans.places import PlacePlans
from assistant.plans.printed import PrintedPlans
from assistant.plans.project_amounts import ProjectAmounts
from assistant.plans.relations_of_all import RelationsOfAll
from assistant.plans.row_funds import RowFunds
from assistant.plans.same_amounts import SameAmounts
from assistant.plans.sets import SetPlans
from assistant.plans.shares import SharePlans
from assistant.plans.sheet_relations import SheetRelations
from assistant.plans.sheets import SheetPlans
from assistant.plans.sheets_searched import SheetsSearched
from assistant.plans.single import SinglePlans
from assistant.plans.stakes import StakePlans
from assistant.plans.sums import SumPlans
from assistant.plans.texts import TextPlans
from assistant.plans.vacancies import VacancyPlans
from assistant.plans.years import YearPlans, seen_from
from assistant.question import Question
from assistant.questions.assertions import Assertions
from assistant.questions.framing import Framing
from assistant.questions.stated_numbers import Stated, stated_numbers
from assistant.questions.value_kinds import ValueKind
from assistant.texts.passages import Passages
from assistant.units.guard import passes_over_unit
from assistant.units.units import Units
from assistant.words import Exemplars

_SHORTEST_NAME = 3  # characters of a printed name that is not said by chance
_MANY = 3  # clauses of a question
_OF_ANOTHER_YEAR = "other_year"  # what is asked of another year is not told by any reading that passes the year over

_CHECKING = (Audit, Check, CheckFinding, Consistent, Contained, FieldLookup, Unexplained)  # plans that judge

Step = Callable[[Question], Iterable[Plan | None] | Plan | None]


class Planner:
    """Plans questions over one catalog; `examples` are other example questions than the built-in ones.

    In a dialogue `phrases` may point at what was spoken of, and `fill` says what a slot left open can mean.
    """

    def __init__(
        self,
        catalog: Catalog,
        linker: Linker,
        examples: Exemplars | None = None,
        phrases: Phrases | None = None,
        passages: Passages | None = None,
        fill: Fill | None = None,
        units: Units | None = None,
    ) -> None:
        self.catalog = catalog
        self.units = units
        self.linker = linker
        self.phrases = phrases or Phrases(catalog, linker)
        self.passages = passages or Passages(catalog, linker)
        self._framing = Framing(self.phrases)
        self._places = PlacePlans(self.phrases)
        self._assertions = Assertions(self.phrases)
        self._gaps = GapPlans(self.phrases, self._places)
        self._amounts = ProjectAmounts(self.phrases)
        self._same_amounts = SameAmounts(self.phrases)
        self._row_funds = RowFunds(self.phrases)
        self._part_changes = PartChanges(self.phrases)
        self._sets = SetPlans(self.phrases, Operands(self.phrases)).explained
        self._steps = _steps(self.phrases, self.passages, examples, fill)

    def plan(self, question: Question) -> Plan:
        """The plan of a question that stands on its own; `Decline` when it is not understood."""
        return next(self.plans(question))

    def try_plan(self, question: Question) -> Plan | None:
        """The first plan that does every operation the question asks for."""
        return next(self._sensible(question), None)

    def plans(self, question: Question) -> Iterator[Plan]:
        """Every reading of a question, the likeliest first; last that it is not understood."""
        yield from self._sensible(question)
        yield Decline("unknown", question.raw.strip() if question.english else question.text)

    def _sensible(self, question: Question) -> Iterator[Plan]:
        question = seen_from(max(self.catalog.years, default=None), question)
        known: set[Plan] = set()
        amounts = self._amounts
        first = (
            self._gaps.explained,
            amounts.column,
            self._part_changes.changed_most,
            self._row_funds.arranged,
            self._row_funds.placed,
            self._row_funds.columns_agree,
            self._row_funds.with_all_funds,
            self._places.compared,
            amounts.made_of,
            self._same_amounts.asked,
            amounts.counted_apart,
            self._sets,
        )
        of_places = (step(question) for step in first)
        read = self._confirming(question, self._read(question))
        asserted = self._asserted(question)
        for plan in chain(of_places, asserted, self._framed(question), read):
            if plan is None or plan in known or not makes_sense(plan, question.text, self.catalog):
                continue
            if self.units is None or not passes_over_unit(plan, question.text, self.units, self.catalog):
                known.add(plan)
                yield plan
        yield from self._asked_in_a_clause(question)

    def _confirming(self, question: Question, plans: Iterator[Plan]) -> Iterator[Plan]:
        """Plans, of a question that states a number first those that check something, then what the number comes to."""
        stated = list(stated_numbers(question))
        if not stated:
            yield from plans
            return
        others: list[Plan] = []
        for plan in plans:
            if isinstance(plan, _CHECKING) or (isinstance(plan, Placing) and _judges(plan, question)):
                yield plan
            else:
                others.append(plan)
        for each in stated:
            yield from self._checks(each)
        for plan in others:
            yield stated[0].check_named(plan, self.catalog) or plan

    def _checks(self, stated: Stated) -> Iterator[Plan]:
        """What the number stated comes to against it, until it is asked for in another way."""
        asked = stated.question
        for plan in self._read(asked):
            if not makes_sense(plan, asked.text, self.catalog):
                continue
            check = stated.check(plan, self.catalog)
            if check is not None:
                yield check
            elif not isinstance(plan, Decline | Quote):
                return

    def _asserted(self, question: Question) -> Iterator[Plan]:
        """Plans that tell whether what the question asserts is so."""
        for assertion in self._assertions.of(question):
            asked = assertion.question
            plans = (plan for plan in self._read(asked) if makes_sense(plan, asked.text, self.catalog))
            yield from filter(None, map(assertion.held, plans))

    def _framed(self, question: Question) -> Iterator[Plan]:
        """Plans of figures for what is asked without what is said around it, in the coordinates said there."""
        frame = self._framing.frame(question.text)
        if frame is not None:
            for plan in self._read(replace(question, text=frame.core)):
                if isinstance(plan, Decline):
                    return
                if next(selectors_in(plan), None) is not None:
                    yield frame.of(plan)

    def _asked_in_a_clause(self, question: Question) -> Iterator[Plan]:
        """Plans of figures for the clauses that ask and name something, where all others are only said around them."""
        clauses = question.text.split(",")
        asks = [number for number, clause in enumerate(clauses) if says(clause, "asks_part")]
        asking = [number for number in asks if not says(clauses[number], "narrated")] or asks
        if not asking or len(clauses) < 2:
            return
        last = asking[-1]
        for first in range(asking[0], -1, -1):
            core = ",".join(clauses[first : last + 1])
            around = (*clauses[:first], *clauses[last + 1 :])
            if not self._names_something(core):
                continue
            if around and all(self._is_aside(clause, len(clauses)) for clause in around):
                for plan in self._read(replace(question, text=core)):
                    if not isinstance(plan, Decline | Quote) and makes_sense(plan, core, self.catalog):
                        yield plan
            return

    def _is_aside(self, clause: str, clauses: int) -> bool:
        """Whether a clause only tells of who asks and why, or names nothing that documents print; one of many may hold a
        word of a name by chance."""
        if says(clause, "topic_clause", "leaves_out"):
            return False
        told_of_oneself = says(clause, "narrated") and not any(letter.isdecimal() for letter in clause)
        named = self._tells_something(clause) or (clauses < _MANY and self._names_something(clause))
        return told_of_oneself or not named

    def _names_something(self, text: str) -> bool:
        """Whether a text has a name that is no word of every budget."""
        content = self.phrases.closest.content(text, ValueKind())
        words = (word for word in content if word.kind is not WordKind.UNKNOWN and len(word.text) > 1)
        return any(not is_generic(word.text) for word in words)

    def _tells_something(self, clause: str) -> bool:
        """Whether a clause holds a number, a table, a coordinate or a name that stands in the documents as a whole."""
        wish, _ = self.phrases.wish_in(clause)
        tables, _ = self.phrases.tables_in(clause)
        numbers = any(letter.isdecimal() for letter in clause)
        named = any(end - start >= _SHORTEST_NAME for start, end in self.phrases.printed.places(clause))
        return numbers or bool(tables) or not wish.is_empty or named

    def _read(self, question: Question) -> Iterator[Plan]:
        """Every plan that a step finds."""
        for step in self._steps:
            found = step(question)
            plans = (each for each in (found if isinstance(found, Iterable) else (found,)) if each is not None)
            for plan in plans:
                yield plan
                if step.__name__ == _OF_ANOTHER_YEAR:
                    return


def _judges(plan: Placing, question: Question) -> bool:
    """Whether it is asked if a purse pays, or which of two does: a number beside it only tells which money is meant."""
    return plan.claimed is not None or plan.fund is not None or says(question.text, "one_or_other")


def _steps(phrases: Phrases, passages: Passages, examples: Exemplars | None, fill: Fill | None) -> tuple[Step, ...]:
    """The families' steps, the more specific before the more general."""
    operands = Operands(phrases)
    texts, sheets, absences = TextPlans(phrases, passages), SheetPlans(phrases), AbsencePlans(phrases, passages)
    checks, estimates, claims = CheckPlans(phrases), EstimatePlans(phrases), ClaimPlans(phrases, operands)
    lists, indicators = EnumerationPlans(phrases), IndicatorPlans(phrases)
    averages, printed, findings = AveragePlans(phrases, operands), PrintedPlans(phrases), FindingPlans(phrases)
    sets, single = SetPlans(phrases, operands), SinglePlans(phrases)
    comparisons = ComparisonPlans(phrases, operands)
    by_example = ExamplePlans(phrases, comparisons, sets, sheets, texts, examples, fill)
    years = YearPlans(phrases, by_example, absences)
    return (
        texts.greeting,
        CodePlans(phrases).code,
        CodePlans(phrases).name,
        VacancyPlans(phrases).vacant,
        FilledTables(phrases).asked,
        SheetsSearched(phrases).saying,
        SheetsSearched(phrases).one_sided,
        years.other_year,
        years.change_of_the_rest,
        years.two_years,
        StakePlans(phrases).length,
        printed.trusted,
        printed.restored,
        printed.summed,
        averages.per_unit,
        absences.absent,
        GroupPlans(phrases).grouped,
        ProjectAmounts(phrases).scoped,
        RelationsOfAll(phrases).asked,
        sets.explained,
        lists.listed,
        findings.told_twice,
        SheetRelations(phrases).related,
        findings.named_kind,
        SharePlans(phrases).added,
        SumPlans(phrases, operands).ties,
        checks.audit,
        sheets.funded,
        estimates.remaining,
        sheets.cut_off,
        texts.cut_short,
        indicators.unexplained,
        indicators.kinds_counted,
        indicators.set_as,
        sheets.uses,
        estimates.combined,
        sheets.field,
        single.told_of,
        texts.contained,
        texts.topic,
        texts.meaning,
        indicators.timed,
        texts.told,
        texts.project_of,
        texts.enumerated,
        lists.alike,
        texts.things_listed,
        sheets.placing,
        estimates.estimate,
        sheets.indicators,
        findings.listed_payments,
        sets.position,
        checks.agreement,
        findings.recomputed,
        claims.claim,
        by_example.plans,
        findings.parts_and_whole,
        years.year_before,
        sets.joint,
        sets.several,
        sets.listed,
        single.single,
        AnyOrder(phrases, comparisons).computed,
        texts.definition,
        texts.quote,
    )
