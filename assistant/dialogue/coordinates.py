"""A turn that names only coordinates: another year's money, another period, another source, the figure of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.cues import cue, says
from assistant.dialogue.part_coordinates import in_coordinates
from assistant.dialogue.reading import Reading
from assistant.dialogue.referents import Referents
from assistant.dialogue.same_question import in_other_coordinates
from assistant.phrases.phrases import Phrases
from assistant.plan import Combine, FieldLookup, Lookup, Plan, Ratio, Selector, Wish
from assistant.question import Question
from ingest.facts import ONE_FUND, SHEET_FUNDS, Period, Side, Vintage
from ingest.numbers.numbers import as_number


class OtherCoordinates:
    """The coordinates that a turn names, and what was spoken of in them; `name` is the turn's words without those around it."""

    def __init__(self, question: Question, name: str, referents: Referents, phrases: Phrases) -> None:
        self.question = question
        self.name = name
        self.referents = referents
        self.phrases = phrases

    @property
    def wish(self) -> tuple[Wish, str]:
        """The coordinates, and what else is named."""
        last = self.referents.last.selector if self.referents.last is not None else None
        of_whole = last is not None and last.project and last.wish.period is Period.WHOLE
        if cue("current_alone").fullmatch(self.name):
            return (Wish(period=Period.ANNUAL) if of_whole else Wish(vintage=Vintage.CURRENT)), ""
        if last is not None and last.wish.period is Period.WHOLE and cue("one_year").fullmatch(self.name):
            return Wish(period=Period.ANNUAL), ""
        name = cue("project_pointed_at").sub("", self.name)
        years = cue("years_together").fullmatch(name)
        whole = (years is not None and self._is_whole_period(years["n"])) or self._goes_on_from_years
        wish, rest = self.phrases.wish_in("实施期" if whole else name)
        if says(name, "carried_over_too"):
            wish, rest = (
                replace(wish, vintage=Vintage.ALL),
                self.phrases.wish_in(cue("carried_over_too").sub("", name))[1],
            )
        return wish, cue("asks_again").sub("", rest)

    @property
    def _goes_on_from_years(self) -> bool:
        """`总共多少` after how many years a project takes."""
        before = self.referents.focus.plan
        return (
            isinstance(before, FieldLookup)
            and before.fields == ("period",)
            and (says(self.question.text, "whole_cost") or cue("bare_total").fullmatch(self.name) is not None)
        )

    def _is_whole_period(self, years: str) -> bool:
        """Whether the project spoken of takes so many years."""
        project, number = self.referents.project, as_number(years)
        return project is not None and number is not None and number == self.referents.years_of(project)

    @property
    def of_other_years(self) -> bool:
        """Whether more or fewer years are meant than the project spoken of takes."""
        years = cue("years_together").fullmatch(self.name) if not cue("one_year").fullmatch(self.name) else None
        return years is not None and self.referents.project is not None and not self._is_whole_period(years["n"])

    @property
    def alone(self) -> bool:
        """Whether nothing but coordinates is named: `含结转呢`, `三年加起来`, `其中省级财政资金`, `按预算表呢`."""
        wish, rest = self.wish
        of_sheet = wish.fund in SHEET_FUNDS and self.referents.project is not None
        only = wish.vintage or wish.period or of_sheet or says(self.name, "by_table")
        if says(rest, "change_asked", "which_project_asked") or cue("agrees_with").match(self.name):
            return False
        return bool(only) and wish.spending is None and wish.side is None and not self._names(rest)

    def _names(self, text: str) -> bool:
        return any(len(word.text) > 1 or word.kind.value != "unknown" for word in self.phrases.content_in(text))

    def _with_what_was_carried_over(self, wish: Wish, before: Plan) -> Iterator[Plan]:
        """`含结转呢` where no table prints it in these coordinates: a subject's money of all years, which is of one fund; this
        year's income and what was carried over."""
        if wish.vintage is not Vintage.ALL or not isinstance(before, Lookup) or before.of.project or before.of.fact_ids:
            return
        of = before.of
        if of.code and of.wish.fund in ONE_FUND:
            yield Lookup(replace(of, wish=replace(of.wish, fund=None, vintage=Vintage.ALL), tables=(), table_kinds=()))
        carried = self.phrases.selector("上年结转") if of.concept and of.wish.side is Side.INCOME else None
        if carried is not None and carried.concept and of.wish.fund is None and of.wish.vintage is Vintage.CURRENT:
            yield Combine("+", (before, Lookup(carried)))

    def readings(self) -> Iterator[Reading]:
        wish, _ = self.wish
        project = self.referents.project
        last = self.referents.last
        if last is not None and last.selector is not None and last.selector.concept and wish.vintage is Vintage.CURRENT:
            yield from (Reading(self.question, plan) for plan in in_coordinates(last, wish, self.name))
        if not self._goes_on_from_years and not says(self.question.text, "project_pointed_at"):
            for turn in self.referents.turns:
                if (plan := in_other_coordinates(wish, turn.plan)) is not None:
                    yield Reading(replace(turn.question, raw=self.question.raw, unit=self.question.unit), plan)
                    yield from (
                        Reading(self.question, each) for each in self._with_what_was_carried_over(wish, turn.plan)
                    )
                    if not isinstance(plan, Ratio):
                        return
        if project is not None and (wish.period is not Period.WHOLE or project.text("period")):
            yield Reading(self.question, Lookup(Selector(project.name, project.name, wish, project=project.key)))
