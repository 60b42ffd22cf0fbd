"""All that is needed to answer over one catalog, and one reply from it: linked, planned, computed, put in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.answering import Answering
from assistant.catalog import Catalog
from assistant.computing import Computer
from assistant.followup import Focus, FollowUp
from assistant.linking import Linker
from assistant.meaning import Meaning
from assistant.passages import Passages
from assistant.plan import Audit, CheckFinding, Define, FieldLookup, Greeting, Placing, Plan, Quote, Why
from assistant.planning import Planner
from assistant.premises import Premises
from assistant.question import Question
from assistant.results import Result
from assistant.romanized import Romanized
from assistant.telling import Telling


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with the plan and result behind it, and what the dialogue is about after it."""

    answer: Answer
    plan: Plan
    result: Result | None
    focus: Focus | None


class Reader:
    """All parts over one catalog: linking, planning, computing, telling."""

    def __init__(self, catalog: Catalog, meaning: Meaning | None = None) -> None:
        self.catalog = catalog
        self.linker = Linker(catalog)
        self.planner = Planner(catalog, self.linker)
        self.computer = Computer(catalog)
        self.answering = Answering(catalog)
        self.passages = Passages(catalog, self.linker)
        self.premises = Premises(catalog, self.planner.phrases)
        self.telling = Telling(
            catalog, self.linker, self.passages, self.answering, self.computer, self.premises, meaning
        )
        self.follow_up = FollowUp(catalog, self.planner)
        self.romanized = Romanized(catalog)

    def reply(self, question: Question, focus: Focus | None = None, plan: Plan | None = None) -> Reply:
        """The reply to a question, alone or after what was said before; to a given plan when there is one."""
        if question.english:
            question = replace(question, text=self.romanized.resolved(question.text))
        if plan is None and focus is not None:
            plan = self.follow_up.plan(question, focus)
        if plan is None:
            plan = self.planner.plan(question)
        reply = self._told(question, plan, focus)
        return replace(reply, answer=self.telling.corrected(question, reply.answer))

    def _told(self, question: Question, plan: Plan, focus: Focus | None) -> Reply:
        if isinstance(plan, Greeting):
            return Reply(self.telling.greeting(question), plan, None, focus)
        if isinstance(plan, Define | Quote | Why | FieldLookup | Audit | CheckFinding | Placing):
            return Reply(self.telling.tell(question, plan), plan, None, Focus(question, plan, None, focus))
        result = self.computer.compute(plan)
        if not question.unit and focus is not None and question.text == focus.question.text:
            question = replace(question, unit=focus.question.unit)
        if result.missing is None or focus is None:
            focus = Focus(question, plan, result, focus)
        told = self.telling.missing if result.missing is not None else self.answering.answer
        return Reply(told(question, result), plan, result, focus)
