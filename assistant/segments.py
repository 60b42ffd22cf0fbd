"""A phrase cut into the words that can name something and the words that cannot.

Longest match over two dictionaries: pieces of names (from the ledger and the vocabulary) and plain filler words. What
is in neither is kept as unknown: it counts against every reading, so that a question about something else is declined.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from assistant.words import plain_words, synonyms
from ingest.labels import label_key

_LONGEST = 14


class WordKind(StrEnum):
    NAME = "name"  # a piece of a name
    PLAIN = "plain"  # colloquial: stands for other words
    FILLER = "filler"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    kind: WordKind
    means: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        """The texts to look for in labels; the word itself first."""
        return (self.text, *self.means)


def segment(phrase: str, pieces: Collection[str]) -> list[Word]:
    """Cut a phrase (any printing) into words; `pieces` are the parts of names, reduced by `label_key`."""
    key = label_key(phrase)
    fillers, colloquial = _fillers(), _colloquial()
    words: list[Word] = []
    unknown = ""
    position = 0
    while position < len(key):
        word = _word_at(key, position, pieces, fillers, colloquial)
        if word is None:
            unknown += key[position]
            position += 1
            continue
        if unknown:
            words.append(Word(unknown, WordKind.UNKNOWN))
            unknown = ""
        words.append(word)
        position += len(word.text)
    if unknown:
        words.append(Word(unknown, WordKind.UNKNOWN))
    return words


def content_of(words: list[Word]) -> list[Word]:
    return [word for word in words if word.kind is not WordKind.FILLER]


def _word_at(
    key: str, position: int, pieces: Collection[str], fillers: Collection[str], colloquial: dict[str, tuple[str, ...]]
) -> Word | None:
    for length in range(min(_LONGEST, len(key) - position), 0, -1):
        text = key[position : position + length]
        if text in colloquial:
            return Word(text, WordKind.PLAIN, colloquial[text])
        if text in fillers:
            return Word(text, WordKind.FILLER)
        if length >= 2 and text in pieces:
            return Word(text, WordKind.NAME)
    return None


@cache
def _fillers() -> frozenset[str]:
    words = plain_words()
    return frozenset(label_key(word) for word in (*words.fillers, *words.polite))


@cache
def _colloquial() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for synonym in synonyms():
        for word in synonym.say:
            found[label_key(word)] = tuple(label_key(meaning) for meaning in synonym.means if meaning != word)
    return found
