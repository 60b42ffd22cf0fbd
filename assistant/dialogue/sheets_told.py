"""What a later turn asks of the sheets of projects told before: a field of several, who else filed that day, the last to file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.dialogue.referents import Referents
from assistant.plan import Condition, Decline, FieldLookup, Listing, Lookup, Members, Plan, Quote, Ranked, Universe
from assistant.plans.operands import project_of

_MOST = 6  # projects whose fields are told side by side
_FILING = ("filing_day", "filing_date")


class SheetsTold:
    """Plans of one turn, over one catalog; `plan_of` plans a text in the dialogue."""

    def __init__(self, text: str, referents: Referents, plan_of: Callable[[str], Plan | None]) -> None:
        self.text = text
        self.referents = referents
        self.plan_of = plan_of

    def plans(self) -> Iterator[Plan]:
        yield from self._of_several()
        yield from self._filed()

    def of_the_one_named(self, project: Project | None) -> Iterator[Plan]:
        """`风险评估那个` after a field was asked of no project: that project's."""
        before = self.referents.focus
        named = isinstance(before.plan, FieldLookup | Quote) and bool(before.plan.project)
        if project is None or named or not isinstance(before.plan, Decline | Quote | FieldLookup):
            return
        plan = self.plan_of(f"{project.name}的{before.question.text}")
        if isinstance(plan, FieldLookup) and plan.project == project.key:
            yield plan

    def _of_several(self) -> Iterator[Plan]:
        """`这两个项目归谁经办`, `经办是同一个人不`: the field of each project told."""
        said = cue("field_of_several").search(self.text)
        projects = self._projects(2 if says(self.text, "two_pointed") else 0) if said is not None else []
        if not 1 < len(projects) <= _MOST:
            return
        rest = cue("several_pointed").sub("", self.text)
        plans = [self.plan_of(f"{project.name}的{rest}") for project in projects]
        fields = [each.fields for each in plans if isinstance(each, FieldLookup) and not each.claimed]
        if len(fields) == len(projects) and len(set(fields)) == 1:
            keys = tuple(project.key for project in projects)
            yield FieldLookup(keys[0], fields[0], self.text, others=keys[1:])

    def _projects(self, number: int) -> list[Project]:
        """The projects of the set shown, else those told one a turn, in the order in which they were."""
        known = self.referents.catalog.project_by_key
        shown = [known[key][0] for key in self.referents.keys_shown if key in known]
        if len(shown) > 1 and number in (0, len(shown)):
            return shown
        told: dict[str, Project] = {}
        for turn in self.referents.turns:
            plan = turn.plan
            key = plan.project if isinstance(plan, FieldLookup) else ""
            own = (
                known[key][0] if key else project_of(plan, self.referents.catalog) if isinstance(plan, Lookup) else None
            )
            if own is not None:
                told.setdefault(own.key, own)
        return list(reversed(list(told.values())[:2])) if len(told) > 1 else []

    def _filed(self) -> Iterator[Plan]:
        """`那天报的是哪几个项目`, `最晚的是哪个` after the day of the first or the last to file."""
        before, result = self.referents.focus.plan, self.referents.focus.result
        told = isinstance(before, Ranked) and before.members.measure in _FILING
        if told and result is not None and result.members and cue("filed_that_day").fullmatch(self.text):
            keys = tuple(member.key for member in result.members)
            yield Listing(Members(Universe.PROJECTS, self.text, labels=keys))
        ranked = next((t.plan for t in self.referents.turns if isinstance(t.plan, Ranked)), None)
        if ranked is None or ranked.members.measure not in _FILING:
            return
        if (end := cue("filed_last_or_first").fullmatch(self.text)) is not None:
            kept = tuple(c for c in ranked.members.conditions if c != Condition("excluded", "="))
            members = replace(ranked.members, conditions=kept, labels=())
            yield replace(ranked, members=members, descending=says(end["end"], "latest_said"), first=1, count=1)
