"""Questions put together at random from the vocabulary and a ledger's members; most make little sense."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import islice

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.words import concepts, exemplars, plain_words, sheet_fields, synonyms
from ingest.labels import joined_label

FIGURES = ["400万", "1,000万元", "90%", "三成", "2.5亿元", "一千二百万", "95%", "16个"]
ENGLISH = [
    "how much is the {} of {}", "what share of {1} is {0}", "which is larger, {} or {}", "does {} equal {}",
    "list the projects with {} over 10 million yuan", "why did {} fall", "how many {}", "{} in hundred million yuan",
    "what is {} compared with last year",
]  # fmt: skip
YEARS = ["2022年", "2023年", "2024年", "今年", "去年", "上年", ""]


class RandomQuestions:
    """Makes questions without end; `seed` fixes them all."""

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
        things = [*(each.english for each in concepts()), *(each.english for each in sheet_fields())]
        of, to = self.chance.choice(things), self.chance.choice((*things, self.name()))
        return self.chance.choice(ENGLISH).format(of, to)

    def __iter__(self) -> Iterator[str]:
        while True:
            make = self.chance.choice((self.from_example, self.from_example, self.from_words, self.in_english))
            yield make()[:200]


def in_dialogues(assistant: Assistant, seed: int) -> Iterator[tuple[str, Answer]]:
    """Random questions with their answers, in dialogues of three."""
    questions = iter(RandomQuestions(assistant, seed))
    while True:
        conversation = assistant.conversation()
        for question in islice(questions, 3):
            yield question, conversation.ask(question)
