"""A phrase cut into the words that can name something and the words that cannot.

The longest words that leave the fewest characters unknown, over two dictionaries: pieces of names (from the ledger and
the vocabulary) and plain filler words. What is in neither is kept as unknown: it counts against every reading, so that
a question about something else is declined.
"""

from __future__ import annotations

from collections.abc import Collection, Container
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
    found = [_words_at(key, start, pieces, fillers, colloquial) for start in range(len(key))]
    unknown_after = [0] * (len(key) + 1)
    for start in range(len(key) - 1, -1, -1):
        after_words = (unknown_after[start + len(word.text)] for word in found[start])
        unknown_after[start] = min((1 + unknown_after[start + 1], *after_words))
    words: list[Word] = []
    unknown = ""
    position = 0
    while position < len(key):
        fitting = (w for w in found[position] if unknown_after[position + len(w.text)] == unknown_after[position])
        word = next(fitting, None)
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


def _words_at(
    key: str, position: int, pieces: Collection[str], fillers: Collection[str], colloquial: dict[str, tuple[str, ...]]
) -> list[Word]:
    """Every word that begins here, longest first."""
    found = []
    for length in range(min(_LONGEST, len(key) - position), 0, -1):
        text = key[position : position + length]
        if text in colloquial:
            found.append(Word(text, WordKind.PLAIN, colloquial[text]))
        elif text in fillers:
            found.append(Word(text, WordKind.FILLER))
        elif length >= 2 and text in pieces:
            found.append(Word(text, WordKind.NAME))
    return found


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


def everyday_words() -> Container[str]:
    """Words of daily speech that the vocabulary knows, in the form of labels."""
    return _colloquial().keys()


def is_filler_start(text: str) -> bool:
    """Whether a text begins with a word that carries no name."""
    return any(text.startswith(filler) for filler in _fillers() if filler)
