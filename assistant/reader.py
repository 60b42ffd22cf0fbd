"""All that is needed to answer over one catalog, and one reply from it: linked, planned, computed, put in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from assistant.answer import Answer, AnswerStatus
from assistant.catalog import Catalog
from assistant.computing.computing import Computer
from assistant.computing.results import Result
from assistant.cues import says
from assistant.dialogue.focus import Focus
from assistant.dialogue.reading import Reading
from assistant.dialogue.turns import Turns
from assistant.doubts.fitting import exceeds_its_whole, fits, quotes_no_count
from assistant.doubts.premises import Premises
from assistant.english.romanized import Romanized
from assistant.means import ALL_MEANS, Means
from assistant.names.linking import Linker
from assistant.names.meaning import Meaning
from assistant.plan import (
    Change,
    Claimed,
    Contained,
    Decline,
    FieldLookup,
    Greeting,
    Lookup,
    Plan,
    Quote,
)
from assistant.planning import Planner
from assistant.plans.english_figures import EnglishFigures
from assistant.question import Question, read_question
from assistant.questions.leaning_parts import LeaningParts
from assistant.questions.parts import parts_of, share_a_place, share_a_project, told_together, with_open_parts
from assistant.questions.statements import asks_yes_or_no
from assistant.questions.value_kinds import value_kind_of
from assistant.telling.answering import Answering
from assistant.telling.claims import ClaimTelling
from assistant.telling.telling import Telling, Told
from assistant.units.units import Units


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with the plan and result behind it, and what the dialogue is about after it."""

    answer: Answer
    plan: Plan
    result: Result | None
    focus: Focus | None


class Reader:
    """All parts over one catalog: linking, planning, computing, telling. `units` are those that the same disclosure lists."""

    def __init__(
        self,
        catalog: Catalog,
        meaning: Meaning | None = None,
        units: Units | None = None,
        means: frozenset[Means] = ALL_MEANS,
    ) -> None:
        self.catalog = catalog
        self.units = units or Units(catalog)
        self.linker = Linker(catalog, meaning, means)
        self.planner = Planner(catalog, self.linker, units=self.units)
        self.computer = Computer(catalog)
        self.answering = Answering(catalog)
        self.premises = Premises(catalog, self.planner.phrases, self.computer)
        self.telling = Telling(
            catalog,
            self.linker,
            self.planner.passages,
            self.answering,
            self.computer,
            self.premises,
            self.linker.meaning,
        )
        self.claims = ClaimTelling(self.planner.phrases, self.computer)
        self.turns = Turns(self.planner)
        self.leaning = LeaningParts(self.planner.phrases, self.computer, self._asked_alone)
        self.romanized = Romanized(catalog)
        self.english = EnglishFigures(self.planner.phrases, self.romanized)

    def reply(self, question: Question, focus: Focus | None = None, plan: Plan | None = None) -> Reply:
        """The reply to a question, alone or after what was said before; to a given plan when there is one."""
        question = self._resolved(question)
        reply = (
            self._told(Reading(question, plan), question, focus)
            if plan is not None
            else self._understood(question, focus)
        )
        reply = replace(reply, answer=self._same_as_before(question, focus, reply))
        answer = self.telling.with_its_entry(question, reply.plan, reply.answer)
        answer = self.telling.corrected(question, self.telling.existing(question, reply.plan, answer))
        return replace(reply, answer=answer)

    def _resolved(self, question: Question) -> Question:
        """An English question with what is spelt in pinyin as the name it is."""
        return replace(question, text=self.romanized.resolved(question.text)) if question.english else question

    def _same_as_before(self, question: Question, focus: Focus | None, reply: Reply) -> Answer:
        """The answer with whether it is what the turn before was answered with, where that is asked."""
        if focus is None or reply.plan == focus.plan or not says(question.said, "same_as_before"):
            return reply.answer
        if reply.answer.verdict is not None or not asks_yes_or_no(question):
            return reply.answer
        before = self._told(Reading(focus.question, focus.plan), focus.question, focus.before)
        return self.claims.like_before(question, reply.answer, before.answer)

    def _readings(self, question: Question, focus: Focus | None) -> Iterator[Reading]:
        if focus is not None:
            readings = self.turns.readings(question, focus)
        else:
            readings = (Reading(question, plan) for plan in self.planner.plans(question))
        return self._of_english(question, readings, focus) if question.english else readings

    def _of_english(self, question: Question, readings: Iterator[Reading], focus: Focus | None) -> Iterator[Reading]:
        """With the figure that the frame of an English question leads to: first where it is sure, else before vague words."""
        leans = focus is not None and says(question.original, "english_pointing")
        if not leans:
            yield from (Reading(question, plan) for plan in self.english.plans(question, sure_only=True))
        for reading in readings:
            if not leans and isinstance(reading.plan, Quote | Decline):
                yield from (Reading(question, plan) for plan in self.english.plans(question))
            if leans or not self.english.contradicts(question, reading.plan):
                yield reading

    def _understood(self, question: Question, focus: Focus | None) -> Reply:
        """The reply to a question; to each of two in one sentence, where that tells more than one reading of the whole."""
        whole = self._first_told(question, focus)
        parts = tuple(map(self._resolved, parts_of(question)))
        if len(parts) < 2:
            return whole
        replies, led = self._in_turn(parts, focus)
        answered = all(reply.answer.status is AnswerStatus.ANSWERED for reply in replies)
        if answered and all(led):
            return _together(question, parts, replies)
        closest = self.planner.phrases.closest
        leaning = [not closest.content(part.text, value_kind_of(part.text)) for part in parts[1:]]
        if all(leaning) and not self._is_of_one_thing(whole):
            return whole
        for before, reply, leans, by_form in zip(replies, replies[1:], leaning, led, strict=False):
            strays = leans and not by_form and reply.answer.status is AnswerStatus.ANSWERED
            if strays and not self._of_one_place(before, reply):
                return whole
        vague = any(isinstance(reply.plan, Quote) and not reply.plan.kind for reply in replies)
        if vague or not answered:
            answers = [reply.answer for reply in replies]
            return whole if vague else replace(whole, answer=with_open_parts(whole.answer, parts, answers))
        return _together(question, parts, replies)

    def _in_turn(self, parts: Sequence[Question], focus: Focus | None) -> tuple[list[Reply], list[bool]]:
        """The replies to a sentence's questions one after the other, and of each later one whether it is made of what the one
        before found."""
        replies, led = [self._first_told(parts[0], focus)], []
        for part in parts[1:]:
            reply = self._made_of(replies[-1], part)
            led.append(reply is not None)
            replies.append(reply or self._first_told(part, replies[-1].focus))
        return replies, led

    def _made_of(self, before: Reply, part: Question) -> Reply | None:
        if before.answer.status is not AnswerStatus.ANSWERED or before.focus is None:
            return None
        plans = self.leaning.plans(part.text, before.focus)
        told = (self._told(Reading(part, plan), part, before.focus) for plan in plans)
        reply = next((each for each in told if each.answer.status is AnswerStatus.ANSWERED), None)
        return None if reply is None or exceeds_its_whole(reply.result) else reply

    def _of_one_place(self, one: Reply, other: Reply) -> bool:
        return share_a_place(one.answer, other.answer) or share_a_project(one.plan, other.plan, self.catalog)

    def _asked_alone(self, text: str) -> Plan | None:
        return self.planner.try_plan(read_question(text))

    @staticmethod
    def _is_of_one_thing(reply: Reply) -> bool:
        """Whether a reply tells one thing only, so that a second question in the sentence is still open."""
        return isinstance(reply.plan, Lookup | FieldLookup | Quote | Decline | Change)

    def _first_told(self, question: Question, focus: Focus | None) -> Reply:
        """The first reading that answers, or that is declined for good; else why the likeliest does not."""
        first: Reply | None = None
        for reading in islice(self._readings(question, focus), _MOST_READINGS):
            if first is not None and isinstance(reading.plan, Quote) and not _misread(first):
                break
            reply = self._told(reading, question, focus)
            if focus is not None and exceeds_its_whole(reply.result) and self.planner.try_plan(question) != reply.plan:
                continue
            if reply.answer.status is AnswerStatus.ANSWERED and not fits(
                question.text, reply.answer.value, reply.result
            ):
                continue
            if quotes_no_count(question.text, reply.plan, reply.answer.text):
                continue
            if reply.answer.status is not AnswerStatus.NOT_FOUND or _is_final(reply):
                return reply
            first = first or reply
        return first or self._told(Reading(question, Decline("unknown", question.raw.strip())), question, focus)

    def _told(self, reading: Reading, question: Question, focus: Focus | None) -> Reply:
        """The reply to a question as it is read; the dialogue goes on with what was read."""
        plan, question = reading.plan, replace(question, unit=question.unit or reading.question.unit)
        if isinstance(plan, Claimed):
            inner = self._told(Reading(reading.question, plan.of), question, focus)
            judged = self.claims.judged(question, plan, inner.answer, inner.result)
            if judged is not None:
                return replace(inner, answer=judged, plan=plan)
            return self._told(Reading(question, Decline("unknown", question.raw.strip())), question, focus)
        if isinstance(plan, Greeting):
            return Reply(self.telling.greeting(question), plan, None, focus)
        if isinstance(plan, Told):
            answer = self.telling.tell(question, plan)
            rows = tuple(citation.row for citation in answer.citations)
            return Reply(answer, plan, None, Focus(reading.question, plan, None, focus, rows))
        result = self.computer.compute(plan)
        focus = Focus(reading.question, plan, result, focus)
        told = self.telling.missing if result.missing is not None else self.answering.answer
        return Reply(told(question, result), plan, result, focus)


def _together(question: Question, parts: Sequence[Question], replies: Sequence[Reply]) -> Reply:
    return replace(replies[-1], answer=told_together(question, parts, [reply.answer for reply in replies]))


_MOST_READINGS = 16  # of a question; what none of them answers is not understood
# What is missing though the question was understood: another reading would answer another question.
_FINAL = frozenset({"blank", "lost", "dash", "not_split", "no_amount"})
# What shows that the words were put together wrongly.
_MISREAD = frozenset({"ill_typed", "not_computable", "unknown"})


def _is_final(reply: Reply) -> bool:
    if isinstance(reply.plan, Decline):
        return reply.plan.reason != "unknown"
    return reply.result is None or (reply.result.missing is not None and reply.result.missing.reason in _FINAL)


def _misread(reply: Reply) -> bool:
    if isinstance(reply.plan, Contained):
        return True  # another text may tell
    missing = reply.result.missing if reply.result is not None else None
    return missing is not None and missing.reason in _MISREAD
