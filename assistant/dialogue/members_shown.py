"""What a turn asks of the members that were shown, or of those that a figure is for."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cues import cue, says
from assistant.dialogue.referents import Referents
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Combine,
    Condition,
    Listing,
    Lookup,
    Members,
    Plan,
    Ranked,
    Selector,
    Universe,
    Wish,
)
from assistant.questions.ordering import order_in
from ingest.facts import ONE_FUND, Vintage


class MembersShown:
    """Plans about the set spoken of, over one catalog."""

    def __init__(self, text: str, referents: Referents, phrases: Phrases) -> None:
        self.text = text
        self.referents = referents
        self.phrases = phrases

    def plans(self) -> Iterator[Plan]:
        """`那总共多少钱`, `哪个大一些`, `分别是多少` of those that were shown."""
        yield from self._with_the_other()
        yield from self._of_addends()
        shown = self.referents.shown
        if shown is not None and says(self.text, "whole_cost"):
            yield Aggregate("sum", shown)
        if cue("average_of_projects").fullmatch(self.text) and (classed := self.of_a_class()) is not None:
            yield Aggregate("average", classed)
        them = shown or self.referents.base
        if them is not None and cue("larger_of_them").fullmatch(self.text):
            yield Ranked(them, descending=not says(self.text, "smaller_of_them"))
        if them is not None and cue("each_of_them").fullmatch(self.text):
            yield Listing(them, "target" if them.universe is Universe.INDICATORS else "amount")
        for members in (shown, self.referents.base) if shown is not None else ():
            asked = self.phrases.asked_of_shown(self.text, members, self.referents.number_shown) if members else None
            if asked is not None:
                yield asked

    def _with_the_other(self) -> Iterator[Plan]:
        """`连泵站一共多少` after the others: all of them, or those shown and one more."""
        said, listed = cue("with_the_other").match(self.text), self.referents.listed
        if said is None or listed is None or listed.universe is not Universe.PROJECTS:
            return
        project, whole = self.phrases.project_in(said["X"]), self.referents.with_the_one_left_out
        if project is None:
            return
        if whole is not None and project.key in listed.labels:
            yield Aggregate("sum", whole)
        elif project.key not in self.referents.keys_shown:
            one = Lookup(Selector(said["X"], project.name, project=project.key))
            yield Combine("+", (Aggregate("sum", listed), one))

    def _of_addends(self) -> Iterator[Plan]:
        """`分几次给`, `哪次最多` after a sum: its addends counted, or the largest of them."""
        told = next((f.expression for f in self.referents.figures if isinstance(f.expression, Combine)), None)
        if told is None or told.operator != "+" or not all(isinstance(each, Lookup) for each in told.operands):
            return
        members = Members(Universe.GIVEN, self.text, given=told.operands)
        if cue("addends_counted").fullmatch(self.text):
            yield Aggregate("count", members)
        elif cue("largest_addend").fullmatch(self.text):
            yield Ranked(members, descending=not says(self.text, "smaller_of_them"))

    def of_one(self) -> str:
        """`第二名的经办人是谁`: what is asked of one of the projects shown, with its name; "" where none is meant."""
        order, shown = order_in(self.text), self.referents.shown_in_order
        if order is None or not shown or not cue("of_one_of_them").match(self.text):
            return ""
        descending, first, count, _ = order
        rest = cue("of_one_of_them").sub("", self.text)
        if count != 1 or first > len(shown) or not rest or self.phrases.project_in(rest) is not None:
            return ""
        return f"{shown[first - 1 if descending else -first].name}的{rest}"

    def behind_a_figure(self) -> Plan | None:
        """`涉及几个项目` after a figure of one fund or of the year before: those that the money is for."""
        if self.referents.base is not None or self.phrases.universe_in(self.text) is not Universe.PROJECTS:
            return None
        named, members = self.phrases.members(self.text), self.projects_behind()
        if members is None or (named is not None and named.conditions):
            return None
        return Aggregate("count", members) if says(self.text, "how_many") else Listing(members)

    def projects_behind(self) -> Members | None:
        """The projects that the last figure's money is for, where it is of one fund or of the year before."""
        last = self.referents.last
        wish = last.selector.wish if last is not None and last.selector is not None else Wish()
        vintage = wish.vintage if wish.vintage is Vintage.CARRIED_OVER else None
        said = (("vintage", vintage), ("fund", wish.fund if wish.fund in ONE_FUND else None))
        conditions = tuple(Condition(name, "=", value.value) for name, value in said if value is not None)
        return Members(Universe.PROJECTS, self.text, conditions) if conditions else self.of_a_class()

    def of_a_class(self) -> Members | None:
        """The projects of the class whose number or money a text told last."""
        last = self.referents.last
        if last is None or not self.referents.facts_of(last):
            return None
        named = self.phrases.set_question(f"{last.label}有哪些")
        members = named.members if isinstance(named, Listing) else None
        of_class = members is not None and any(c.attribute == "class" for c in members.conditions)
        return members if of_class else None
