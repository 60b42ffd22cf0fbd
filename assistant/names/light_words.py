"""Words that name nothing: adverbs, pronouns, particles, numerals by their part of speech, and the verbs of everyday speech.

`打算`, `大概`, `那边` and `听说` can stand in any question; what is left unexplained of a question only counts where it is
a noun or a verb that says something of its own. Parts of speech are the general dictionary's (rjieba), the light verbs
and nouns are vocabulary/words.yaml's frames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import rjieba

from assistant.cues import says
from assistant.words import longest_first, plain_words

# adverb, conjunction, preposition, pronoun, particles, interjection, sound, prefix, numeral
_LIGHT_PARTS = frozenset("dcpruyeohm")
_NUMBERED = "mq"
_IDLE_PARTS = _LIGHT_PARTS - {*"pm"}  # a preposition sets things against each other, a numeral counts them
_HAN = re.compile("[一-鿿]+")


@cache
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text in order, each with its part of speech (ICTCLAS letters)."""
    return tuple(rjieba.tag(text))


@cache
def dictionary_words(text: str) -> tuple[str, ...]:
    """A text cut into words of the general dictionary, single characters where it has none."""
    return tuple(rjieba.cut(text, False))


def pieces_of(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text, each with whether it is light."""
    for word, part in tagged(text):
        numbered = any(letter.isdecimal() for letter in word)
        light = not numbered and (part[:1] in _LIGHT_PARTS or part == _NUMBERED)
        yield word, light or not _frames().sub("", word)


def is_idle(word: str) -> bool:
    """Whether a word of the dictionary names nothing at the end of a phrase: a light single character, a word of speech."""
    parts = tagged(word)
    if len(parts) != 1 or not _HAN.fullmatch(word) or says(word, "telling_light"):
        return False
    light = len(word) == 1 and parts[0][1][:1] in _IDLE_PARTS
    return light or (parts[0][1][:1] in _IDLE_PARTS and not _frames().sub("", word))


def idle_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand that narrow no set: those that are light by their part of speech alone, and neither deny,
    compare, point nor count (vocabulary/cues.yaml, telling_light)."""
    at = 0
    for word, part in tagged(text):
        idle = part[:1] in _IDLE_PARTS and _HAN.fullmatch(word)
        if idle and not says(word, "telling_light"):
            yield at, at + len(word)
        at += len(word)


@cache
def _frames() -> re.Pattern[str]:
    words = plain_words()
    return re.compile("|".join(map(re.escape, longest_first((*words.frames, *words.fillers)))))
