"""Plans that a list in a text answers: which names it has, how many they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from assistant.cues import cue, says
from assistant.names.segments import Word, WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Enumerate, Plan
from assistant.question import Question
from assistant.texts.enumerations import Enumeration
from ingest.labels import label_key
from ingest.numbers.numbers import as_number

_NUMBERS, _NOUNS = ("n", "n2", "n3"), ("noun", "noun2", "noun3")
_SHORTEST = 2  # how many characters in a row count as said
_OVER = 0.4  # how much a word weighs that stands over a list, against one that introduces it
_GAP = 6  # how far apart the halves of a word may stand


class EnumerationPlans:
    """Reads questions that lists of texts answer, over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    @cached_property
    def _lists(self) -> list[tuple[Enumeration, str, str]]:
        """The lists with the keys of what introduces them and of what stands over them."""
        names = label_key("".join(document.department for document in self.catalog.documents))
        return [(each, label_key(each.subject), label_key(each.around) + names) for each in self.catalog.enumerations]

    def listed(self, question: Question) -> Plan | None:
        """`公用经费列了哪几样费用`, `内设机构有几个`."""
        text = cue("list_politeness").sub("", question.text)
        if (asked := cue("list_asked").search(text)) is None:
            return None
        counted = says(asked[0], "list_counted") and not says(text, "list_named")
        noun = next((value for value in asked.groupdict().values() if value), "")
        return self._asked(question, cue("list_asked").sub("的", text), counted, noun)

    def alike(self, question: Question) -> Plan | None:
        """`要检查的是哪两座桥`: the things of that name that a text lists beside each other, where it lists no others."""
        text = question.text
        asked = cue("alike_asked").search(text)
        if asked is None:
            return None
        numbers, nouns = ([asked[name] for name in names if asked[name]] for names in (_NUMBERS, _NOUNS))
        size, noun = as_number(numbers[0]) if numbers else None, nouns[0]
        said = self.phrases.without_loaded_years(text[: asked.start()] + "," + text[asked.end() :])
        words = self.phrases.content_in(said)
        project = self.phrases.project_in(text)
        found: dict[frozenset[str], int] = {}
        for position, (each, _, around) in enumerate(self._lists):
            named = all(label_key(entry.label).endswith(noun) for entry in each.entries)
            own = project is None or each.passage.passage.project in ("", project.name)
            told = label_key(each.sentence) + around
            if named and own and size in (None, len(each.entries)) and all(_shares(word, told) for word in words):
                found.setdefault(frozenset(label_key(entry.label) for entry in each.entries), position)
        return Enumerate(text, next(iter(found.values()))) if len(found) == 1 else None

    def _asked(self, question: Question, topic: str, counted: bool, noun: str) -> Plan | None:
        number = cue("list_number").search(topic)
        size = as_number(number["n"]) if number else None
        topic = cue("list_number").sub("", self.phrases.without_loaded_years(topic))
        project = self.phrases.project_in(topic)
        for name in project.names if project is not None else ():
            topic = topic.replace(name, f"{name}的")  # said of the sheet, beside what its list is introduced by
        words = [label_key(w) for w in cue("list_particle").split(f"{topic}的{noun}") if label_key(w)]
        if all(says(word, "list_member_noun") for word in words):
            return None  # nothing is said of which list
        with_amounts = says(question.text, "list_amounts")
        found = []
        for position, (each, subject, around) in enumerate(self._lists):
            if size is not None and size != len(each.entries):
                continue
            if counted and each.open_ended:
                continue
            if with_amounts and any(entry.quantity is None for entry in each.entries):
                continue
            score = self._score(words, each, subject, around)
            if score > 0:
                found.append((score, -position))
        if not found:
            return None
        return Enumerate(question.text, -max(found)[1], counted)

    def _score(self, words: list[str], each: Enumeration, subject: str, around: str) -> float:
        """How much of the topic a list's introduction says; 0 where a word is left unsaid or none stands next to it."""
        members = {label_key(entry.label)[-size:] for entry in each.entries for size in (1, 2)}
        score, introduced = 0.0, False
        for word in words:
            readings = self._readings(word)
            if (size := max((len(r) for r in readings if _stands_in(r, subject)), default=0)) > 0:
                score, introduced = score + size, True
            elif word in members or (word[-1:] in members and len(word) <= 3) or says(word, "list_member_noun"):
                continue
            elif size := self._said_above(word, readings, subject, around):
                score += size * _OVER
            else:
                return 0.0
        return score + 1 / (1 + len(subject)) if introduced else 0.0

    def _said_above(self, word: str, readings: Sequence[str], subject: str, around: str) -> int:
        """How much of a word stands over a list, whole or in its pieces: `市政项目` of a project named 市政基础设施配套."""
        if whole := max((len(r) for r in readings if _stands_in(r, around)), default=0):
            return whole
        pieces = self.phrases.content_in(word)
        said = [any(_stands_in(r, subject + around) for r in piece.readings) for piece in pieces]
        return sum(len(piece.text) for piece in pieces) if said and all(said) else 0

    def _readings(self, word: str) -> list[str]:
        """A word of the topic and what it stands for officially."""
        plain = [w for w in self.phrases.content_in(word) if w.kind is WordKind.PLAIN]
        return [word, *(word.replace(w.text, label_key(means)) for w in plain for means in w.means)]


def _shares(word: Word, text: str) -> bool:
    """Whether a text has a word in any of its readings or, of what is done, half of it: 检测 for 检查
    and 查."""
    if says(word.text, "looks_into"):
        return says(text, "looked_into")
    halves = (each for reading in word.readings if len(reading) == _SHORTEST for each in reading)
    return any(reading in text for reading in word.readings) or any(half in text for half in halves)


def _stands_in(word: str, text: str) -> bool:
    """Whether a text has a word, or its two halves in order with a number between: `内设机构` in `内设13个机构`."""
    if len(word) < _SHORTEST:
        return False
    if word in text:
        return True
    halves = ((word[:cut], word[cut:]) for cut in range(_SHORTEST, len(word) - _SHORTEST + 1))
    return any(re.search(f"{re.escape(a)}.{{0,{_GAP}}}{re.escape(b)}", text) for a, b in halves)
