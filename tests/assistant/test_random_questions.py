"""A thousand questions put together at random: none raises, none shows a number without a citation or a step.

How long they take is measured in the bench.
"""

from __future__ import annotations

from itertools import islice

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant
from assistant.checking.gate import AnswerGate
from eval.random_questions import in_dialogues

HOW_MANY = 1000


@pytest.fixture(scope="module")
def asked(sample_assistant: Assistant) -> list[tuple[str, Answer]]:
    return list(islice(in_dialogues(sample_assistant, seed=2023), HOW_MANY))


def test_every_question_is_answered_with_words(asked: list[tuple[str, Answer]]) -> None:
    assert len(asked) == HOW_MANY
    assert [question for question, answer in asked if not answer.text.strip()] == []


def test_no_number_without_citation_or_step(asked: list[tuple[str, Answer]], sample_assistant: Assistant) -> None:
    gate = AnswerGate(sample_assistant.catalog())
    shown = [(question, gate.check(answer)) for question, answer in asked]
    assert [(question, [fault.printed for fault in faults]) for question, faults in shown if faults] == []


def test_every_value_stands_on_something(asked: list[tuple[str, Answer]]) -> None:
    valued = [(question, answer) for question, answer in asked if answer.value is not None]
    assert [question for question, a in valued if not (a.citations or a.steps or a.items)] == []
    declined = [answer for _, answer in asked if answer.status is AnswerStatus.NOT_FOUND]
    assert all(answer.value is None and answer.verdict is None for answer in declined)
