"""All that is needed to answer over one catalog, and one reply from it: linked, planned, computed, put in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer, AnswerStatus
from assistant.answering import Answering
from assistant.catalog import Catalog
from assistant.computing import Computer
from assistant.followup import Focus, FollowUp
from assistant.linking import Linker
from assistant.meaning import Meaning
from assistant.plan import (
    Audit,
    CheckFinding,
    Contained,
    Decline,
    Define,
    Enumerate,
    FieldLookup,
    Greeting,
    Placing,
    Plan,
    Quote,
    Why,
)
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
        self.premises = Premises(catalog, self.planner.phrases, self.computer)
        self.telling = Telling(
            catalog, self.linker, self.planner.passages, self.answering, self.computer, self.premises, meaning
        )
        self.follow_up = FollowUp(catalog, self.planner)
        self.romanized = Romanized(catalog)

    def reply(self, question: Question, focus: Focus | None = None, plan: Plan | None = None) -> Reply:
        """The reply to a question, alone or after what was said before; to a given plan when there is one."""
        if question.english:
            question = replace(question, text=self.romanized.resolved(question.text))
        if plan is None and focus is not None:
            plan = self.follow_up.plan(question, focus)
        reply = self._told(question, plan, focus) if plan is not None else self._first_told(question, focus)
        answer = self.telling.corrected(question, self.telling.existing(question, reply.plan, reply.answer))
        return replace(reply, answer=answer)

    def _first_told(self, question: Question, focus: Focus | None) -> Reply:
        """The first reading that answers, or that is declined for good; else why the likeliest does not."""
        first: Reply | None = None
        for plan in self.planner.plans(question):
            if first is not None and isinstance(plan, Quote) and not _misread(first):
                break
            reply = self._told(question, plan, focus)
            if reply.answer.status is not AnswerStatus.NOT_FOUND or _is_final(reply):
                return reply
            first = first or reply
        assert first is not None
        return first

    def _told(self, question: Question, plan: Plan, focus: Focus | None) -> Reply:
        if isinstance(plan, Greeting):
            return Reply(self.telling.greeting(question), plan, None, focus)
        if isinstance(
            plan, Define | Enumerate | Quote | Contained | Why | FieldLookup | Audit | CheckFinding | Placing
        ):
            return Reply(self.telling.tell(question, plan), plan, None, Focus(question, plan, None, focus))
        result = self.computer.compute(plan)
        if not question.unit and focus is not None and question.text == focus.question.text:
            question = replace(question, unit=focus.question.unit)
        if result.missing is None or focus is None:
            focus = Focus(question, plan, result, focus)
        told = self.telling.missing if result.missing is not None else self.answering.answer
        return Reply(told(question, result), plan, result, focus)


# What is missing though the question was understood: another reading would answer another question.
_FINAL = frozenset({"blank", "lost", "dash", "not_split", "no_amount"})
# What shows that the words were put together wrongly.
_MISREAD = frozenset({"ill_typed", "not_computable", "unknown"})


def _is_final(reply: Reply) -> bool:
    if isinstance(reply.plan, Decline):
        return reply.plan.reason != "unknown"
    return reply.result is None or (reply.result.missing is not None and reply.result.missing.reason in _FINAL)


def _misread(reply: Reply) -> bool:
    missing = reply.result.missing if reply.result is not None else None
    return missing is not None and missing.reason in _MISREAD
