"""What was told last, of something else that a turn names: its counterpart, another value of the set's condition, another
project's field or finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.dialogue.pointed_phrases import PointedPhrases
from assistant.dialogue.reading import Reading
from assistant.plan import (
    Aggregate,
    Check,
    CheckFinding,
    Combine,
    Decline,
    FieldLookup,
    Listing,
    Lookup,
    Plan,
    Ranked,
    Selector,
    Universe,
)
from assistant.question import Question
from ingest.facts import Vintage
from ingest.labels import label_key

_SETS = Listing | Aggregate | Ranked


class OfAnother:
    """Readings of a turn over one catalog; `plan_of` plans a text in the dialogue."""

    def __init__(
        self, question: Question, text: str, phrases: PointedPhrases, plan_of: Callable[[str], Plan | None]
    ) -> None:
        self.question = question
        self.text = text
        self.phrases = phrases
        self.plan_of = plan_of
        self.referents = phrases.referents
        self.focus = phrases.referents.focus
        self.catalog = phrases.catalog

    def counterpart(self, name: str) -> Iterator[Reading]:
        """`城东呢` after a figure of 城西: the one of the same name but for that."""
        last = self.referents.last
        if isinstance(self.focus.plan, Combine) and (added := self._added_up(name, self.focus.plan)) is not None:
            yield Reading(self.question, added)
        if last is None or last.selector is None or not isinstance(self.focus.plan, Lookup):
            return
        found = self.phrases.counterparts.of(name, last.selector)
        same = found is not None and not set(found.fact_ids).isdisjoint(last.selector.fact_ids)
        if found is not None and not same:
            yield Reading(replace(self.question, text=f"{found.label}是多少"), Lookup(found))

    def _added_up(self, name: str, before: Combine) -> Combine | None:
        """`用电呢` after two amounts of water added up: the counterpart of each, added up."""
        name = cue("sum_again_tail").sub("", name)
        own = [each.of for each in before.operands if isinstance(each, Lookup) and each.of.fact_ids]
        if before.operator != "+" or len(own) != len(before.operands):
            return None
        others = [self.phrases.counterparts.of(name, of) for of in own]
        found = [other for other in others if other is not None]
        told = {other.fact_ids for other in found}
        new = all(set(other.fact_ids).isdisjoint(of.fact_ids) for other, of in zip(found, own, strict=False))
        return Combine("+", tuple(map(Lookup, found))) if len(told) == len(own) == len(found) and new else None

    def with_another_value(self) -> Iterator[Reading]:
        """`1年的呢`, `3年的有几个` after the projects of 4 years: the set told by another value of the same kind."""
        said = cue("value_of_members").match(self.text)
        turn = next((t for t in self.referents.turns if isinstance(t.plan, _SETS)), None)
        before = cue("value_of_members").search(turn.question.text) if turn is not None else None
        if said is None or turn is None or before is None or before["unit"] != said["unit"]:
            return
        asked = turn.question.text
        rest = self.text[said.end() :].removeprefix("的").removesuffix("呢")
        text = asked[: before.start()] + (self.text if rest else said[0] + asked[before.end() :])
        plan = self.plan_of(text)
        if isinstance(plan, _SETS) and plan.members.conditions:
            yield Reading(replace(self.question, text=text), plan, word_by_word=True)

    def narrowed(self) -> Iterator[Reading]:
        """`其中政府性基金的有几个` after a set of projects: those of it that meet one more condition."""
        said, before = cue("narrowed_set").fullmatch(self.question.text), self.focus.plan
        if said is None or not isinstance(before, _SETS) or before.members.universe is not Universe.PROJECTS:
            return
        plan = self.plan_of(f"{said['X']}的项目有{said['asks']}")
        if not isinstance(plan, Listing | Aggregate):
            return
        narrower = plan.members
        if narrower.universe is not Universe.PROJECTS or not narrower.conditions:
            return
        told = {condition.attribute for condition in narrower.conditions}
        kept = tuple(c for c in before.members.conditions if c.attribute not in told)
        labels = narrower.labels or before.members.labels
        members = replace(narrower, conditions=(*kept, *narrower.conditions), labels=labels)
        yield Reading(self.question, replace(plan, members=members), word_by_word=True)

    def within_project(self) -> Iterator[Reading]:
        """`其中财政拨款多少` after a project or the largest of some: the part of its own money, never of all."""
        said = cue("within_last").match(self.question.text)
        project = self._project_spoken_of() if said is not None else None
        if said is None or project is None:
            return
        wish, rest = self.phrases.wish_in(self.question.text[said.end() :])
        if wish.vintage is None and says(rest, "carried_over"):
            wish, rest = replace(wish, vintage=Vintage.CARRIED_OVER), cue("carried_over").sub("", rest)
        rest = cue("asked_of_a_part").sub("", rest)
        if (wish.fund is None and wish.vintage is None) or self.phrases.content_in(rest):
            return
        own = Lookup(Selector(self.question.text, project.name, wish, project=project.key), self.question.unit)
        yield Reading(self.question, own)
        yield Reading(self.question, Decline("not_split", f"{project.name}{self.question.text}"))

    def _project_spoken_of(self) -> Project | None:
        """The project that was asked for by its name, or found as the first of its set."""
        plan = self.focus.plan
        named = isinstance(plan, Lookup) and bool(plan.of.project) and not plan.of.fact_ids
        found = isinstance(plan, Ranked) and plan.count == 1 and plan.members.universe is Universe.PROJECTS
        return self.referents.project if named or found else None

    def alike(self) -> Iterator[Reading]:
        """`供暖面积也是这么大吗`, `乙项目也是同一天填的吧`: what was told last, set against the same of something else."""
        said, before = cue("alike_too").match(self.text), self.focus.plan
        if said is None:
            return
        if isinstance(before, FieldLookup):
            yield from self._same_field(said["X"], before)
        elif (found := self._other_figure(said["X"])) is not None and (last := self.referents.last) is not None:
            facts = [self.catalog.by_id[i].fact for i in found.fact_ids]
            in_words = facts != [] and all(fact.quantity is None for fact in facts)
            check = Check(last.expression, "=", Lookup(found), ask_amount=True)
            yield Reading(self.question, Lookup(found) if in_words else check)

    def _same_field(self, name: str, before: FieldLookup) -> Iterator[Reading]:
        other = self.phrases.project_in(name)
        if other is None or not before.project or len(before.fields) != 1:
            return
        told = self.catalog.project_by_key[before.project][0].text(before.fields[0])
        dated = cue("date_printed").match(told)
        if told:
            claimed = dated[0] if dated is not None else told
            yield Reading(self.question, replace(before, project=other.key, claimed=claimed))

    def _other_figure(self, name: str) -> Selector | None:
        """The figure that a name stands for beside the last one."""
        last = self.referents.last
        if last is None or last.selector is None or last.value is None:
            return None
        found = self.phrases.counterparts.of(name, last.selector) or self.phrases.selector(name)
        same = found is not None and found.fact_ids != () and set(found.fact_ids) == set(last.selector.fact_ids)
        return None if same else found

    def checked(self, name: str) -> Iterator[Reading]:
        """`乙项目呢，一致吗`: what was found of one project, found of another as well."""
        before, project = self.focus.plan, self.phrases.project_in(name)
        if not isinstance(before, CheckFinding) or project is None:
            return
        rule = self.catalog.findings[before.findings[0]].finding.rule
        for number, stored in enumerate(self.catalog.findings):
            own = [self.catalog.by_id[i].fact.project for i in stored.fact_ids if i in self.catalog.by_id]
            if stored.finding.rule == rule and number not in before.findings and project.key in map(label_key, own):
                yield Reading(self.question, replace(before, findings=(number,), words=self.text))
                return
