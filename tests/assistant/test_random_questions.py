"""A thousand questions put together at random from the vocabulary and the sample's members.

Most make little sense. None raises, none takes over a second, none shows a number without a citation or a step.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant
from assistant.gate import AnswerGate
from assistant.words import concepts, exemplars, plain_words, sheet_fields, synonyms
from ingest.labels import joined_label

HOW_MANY = 1000
FIGURES = ["400万", "1,000万元", "90%", "三成", "2.5亿元", "一千二百万", "95%", "16个"]
ENGLISH = [
    "how much is the {} of {}", "what share of {1} is {0}", "which is larger, {} or {}", "does {} equal {}",
    "list the projects with {} over 10 million yuan", "why did {} fall", "how many {}", "{} in hundred million yuan",
    "what is {} compared with last year",
]  # fmt: skip
YEARS = ["2022年", "2023年", "2024年", "今年", "去年", "上年", ""]


class Questions:
    """Makes questions; `seed` fixes them all."""

    def __init__(self, assistant: Assistant, seed: int) -> None:
        self.chance = random.Random(seed)
        catalog = assistant.catalog()
        rows = [joined_label(stored.fact.row.rpartition(" / ")[2]) for stored in catalog.facts]
        self.members = [
            *(name for project in catalog.projects.values() for name in project.names),
            *rows,
            *catalog.codes,
            *catalog.people,
            *(f"表{number}" for number in catalog.table_numbers),
            *(stored.passage.term for stored in catalog.passages if stored.passage.term),
        ]
        self.words = [
            *(name for concept in concepts() for name in concept.names),
            *(word for synonym in synonyms() for word in synonym.say),
            *(name for entry in sheet_fields() for name in entry.names),
        ]
        self.small = [*plain_words().fillers, *plain_words().polite, *plain_words().tails]
        self.kinds = exemplars()

    def name(self) -> str:
        """Something to ask about: a member, a part of one, one with a typo, a word, a figure."""
        member = self.chance.choice(self.members) or "项目"
        match self.chance.randrange(8):
            case 0:
                start = self.chance.randrange(len(member))
                return member[start : start + self.chance.randint(2, 6)]
            case 1:
                position = self.chance.randrange(len(member))
                return member[:position] + self.chance.choice(self.words)[0] + member[position + 1 :]
            case 2 | 3 | 4:
                return self.chance.choice(self.words)
            case 5:
                return self.chance.choice(FIGURES)
            case _:
                return member

    def plain(self, name: str) -> list[str]:
        """The words of a class that are no patterns."""
        return [word for word in self.kinds.classes[name] if re.fullmatch(r"\w+", word)] or ["多少"]

    def from_example(self) -> str:
        """An example with its slots filled, optional parts in or out, any alternative."""
        kind = self.chance.choice(list(self.kinds.kinds))
        text = self.chance.choice(self.kinds.kinds[kind])
        text = re.sub(r"\[([^\[\]]*)\]", lambda found: found[1] * self.chance.randint(0, 1), text)
        text = re.sub(r"<(\w+)>", lambda found: self.chance.choice(self.plain(found[1])), text)
        return re.sub(r"\{[A-Z]\}", lambda _: self.name(), text).replace("?", "")

    def from_words(self) -> str:
        """Names and small words in any order."""
        pieces = [self.chance.choice((self.name, self.small_word))() for _ in range(self.chance.randint(1, 6))]
        return self.chance.choice(YEARS) + "".join(pieces)

    def small_word(self) -> str:
        return self.chance.choice(self.small)

    def in_english(self) -> str:
        things = [entry.english for entry in (*concepts(), *sheet_fields())]
        of, to = self.chance.choice(things), self.chance.choice((*things, self.name()))
        return self.chance.choice(ENGLISH).format(of, to)

    def __iter__(self) -> Iterator[str]:
        while True:
            make = self.chance.choice((self.from_example, self.from_example, self.from_words, self.in_english))
            yield make()[:200]


@pytest.fixture(scope="module")
def asked(sample_assistant: Assistant) -> list[tuple[str, Answer, float]]:
    """The questions with their answers and the seconds they took; every third leans on the one before."""
    questions = iter(Questions(sample_assistant, 2023))
    found = []
    conversation = sample_assistant.conversation()
    for first in ("总支出是多少", "what is the total income", "zhengce duixian 的经手人", "公用经非多少"):  # loads all
        conversation.ask(first)
    for number in range(HOW_MANY):
        if number % 3 == 0:
            conversation = sample_assistant.conversation()
        question = next(questions)
        started = time.process_time()
        found.append((question, conversation.ask(question), time.process_time() - started))
    return found


def test_every_question_is_answered_with_words(asked: list[tuple[str, Answer, float]]) -> None:
    assert len(asked) == HOW_MANY
    assert [question for question, answer, _ in asked if not answer.text.strip()] == []


def test_none_takes_a_second(asked: list[tuple[str, Answer, float]]) -> None:
    assert [(question, seconds) for question, _, seconds in asked if seconds > 1] == []


def test_no_number_without_citation_or_step(
    asked: list[tuple[str, Answer, float]], sample_assistant: Assistant
) -> None:
    gate = AnswerGate(sample_assistant.catalog())
    shown = [(question, gate.check(answer)) for question, answer, _ in asked]
    assert [(question, [fault.printed for fault in faults]) for question, faults in shown if faults] == []


def test_every_value_stands_on_something(asked: list[tuple[str, Answer, float]]) -> None:
    valued = [(question, answer) for question, answer, _ in asked if answer.value is not None]
    assert [question for question, a in valued if not (a.citations or a.steps or a.items)] == []
    declined = [answer for _, answer, _ in asked if answer.status is AnswerStatus.NOT_FOUND]
    assert all(answer.value is None and answer.verdict is None for answer in declined)


def test_the_questions_reach_every_outcome(asked: list[tuple[str, Answer, float]]) -> None:
    """The test would say little if all were declined."""
    answered = sum(answer.status is AnswerStatus.ANSWERED for _, answer, _ in asked)
    assert answered > HOW_MANY // 5 and answered < HOW_MANY
    assert any(answer.verdict is not None for _, answer, _ in asked)
    assert sum(bool(answer.steps) for _, answer, _ in asked) > 20
