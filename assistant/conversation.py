"""A dialogue: each question is planned alone or from what was said before, computed, and put in words."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer, AnswerStatus
from assistant.answering import Answering
from assistant.catalog import Catalog
from assistant.computing import Computer
from assistant.english_answers import in_english
from assistant.followup import Focus, FollowUp
from assistant.linking import Linker
from assistant.passages import Passages
from assistant.plan import Audit, CheckFinding, Define, FieldLookup, Greeting, Placing, Plan, Quote, Why, describe
from assistant.planning import Planner
from assistant.premises import Premises
from assistant.question import Question, read_question
from assistant.results import Result
from assistant.romanized import Romanized
from assistant.telling import Telling
from ingest.errors import QuestionError


class Reader:
    """All parts over one catalog: linking, planning, computing, telling."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.linker = Linker(catalog)
        self.planner = Planner(catalog, self.linker)
        self.computer = Computer(catalog)
        self.answering = Answering(catalog)
        self.passages = Passages(catalog, self.linker)
        self.premises = Premises(catalog, self.planner.phrases)
        self.telling = Telling(catalog, self.linker, self.passages, self.answering, self.computer, self.premises)
        self.follow_up = FollowUp(catalog, self.planner)
        self.romanized = Romanized(catalog)


class Conversation:
    """Keeps the focus of a dialogue. `last_plan` is the last question's plan in printable form."""

    def __init__(self, reader: Callable[[], Reader]) -> None:
        self._reader = reader
        self._focus: Focus | None = None
        self.last_plan = ""

    def ask(self, text: str) -> Answer:
        """One answer. A question that cannot be taken is answered with its sentence, never raised."""
        started = time.perf_counter()
        answer = self._answer(text)
        return answer.model_copy(update={"elapsed_ms": round((time.perf_counter() - started) * 1000, 2)})

    def _answer(self, text: str) -> Answer:
        reader = self._reader()
        try:
            question = read_question(text)
        except QuestionError as error:
            self.last_plan = "refused"
            return Answer(question=text[:200], status=AnswerStatus.NOT_FOUND, text=str(error))
        if not reader.catalog.documents:
            self.last_plan = "nothing loaded"
            return reader.telling.nothing_loaded(question)
        if question.english:
            question = replace(question, text=reader.romanized.resolved(question.text))
        plan = reader.follow_up.plan(question, self._focus) if self._focus is not None else None
        if plan is None:
            plan = reader.planner.plan(question)
        self.last_plan = describe(plan)
        answer = reader.telling.corrected(question, self._tell(reader, question, plan))
        return answer.model_copy(update={"text": in_english(answer.text, question.unit)}) if question.english else answer

    def _tell(self, reader: Reader, question: Question, plan: Plan) -> Answer:
        if isinstance(plan, Greeting):
            return reader.telling.greeting(question)
        if isinstance(plan, Define | Quote | Why | FieldLookup | Audit | CheckFinding | Placing):
            answer = reader.telling.tell(question, plan)
            self._focus = Focus(question, plan, None, self._focus)
            return answer
        result = reader.computer.compute(plan)
        if not question.unit and self._focus is not None and question.text == self._focus.question.text:
            question = replace(question, unit=self._focus.question.unit)
        self._remember(question, plan, result)
        if result.missing is not None:
            return reader.telling.missing(question, result)
        return reader.answering.answer(question, result)

    def _remember(self, question: Question, plan: Plan, result: Result) -> None:
        if result.missing is None or self._focus is None:
            self._focus = Focus(question, plan, result, self._focus)
