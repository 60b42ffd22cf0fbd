"""Words that are misspelt in the question but sound or look like a piece of a name: 绿地羊护 → 绿地养护, 教育之出 → 教育支出.

A word of the general dictionary is not misspelt, whatever it sounds like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import cache
from itertools import takewhile
from typing import Any

from rapidfuzz.distance import Levenshtein

from assistant.names.light_words import dictionary_words


class Speller:
    """Finds the piece of a name that an unknown word sounds like. Pieces are two to five characters of a name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_sound: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for name in set(names):
            heard = sounds(name)
            for length in (2, 3, 4, 5):
                for start in range(len(name) - length + 1):
                    piece = name[start : start + length]
                    if not piece.isascii():
                        self._by_sound[heard[start : start + length]].add(piece)

    def correct(self, text: str, known: Container[str] = ()) -> str:
        """The text with its longest misspelt stretch replaced, or the text itself; `known` words are not misspelt.

        A stretch of two characters is only replaced when one character is right and a single piece sounds like it.
        """
        for length in (5, 4, 3, 2):
            for start in range(len(text) - length + 1):
                stretch = text[start : start + length]
                pieces = self._by_sound.get(sounds(stretch), set())
                if stretch in pieces:
                    return text
                if stretch in known or dictionary_words(stretch) == (stretch,):
                    continue
                near = [
                    piece for piece in pieces if sum(a == b for a, b in zip(piece, stretch, strict=True)) >= length // 2
                ]
                if len(near) == 1:
                    return text[:start] + near[0] + text[start + length :]
        return text


@cache
def sounds(text: str) -> tuple[str, ...]:
    """Syllables without tones, one a character, with the pairs that dialects and keyboards confuse made equal."""
    return tuple(map(_confusable, syllables(text)))


def syllables(text: str) -> tuple[str, ...]:
    """Pinyin without tones, one syllable a character; characters that have none stand for themselves."""
    from pypinyin import Style, lazy_pinyin

    apart: Any = list  # the stub knows only functions to one text
    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors=apart))


def _confusable(syllable: str) -> str:
    for heard, written in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(heard):
            syllable = written + syllable[2:]
    if syllable.endswith("ng") and len(syllable) > 3 and syllable[-3] in "ie":
        syllable = syllable[:-1]
    return syllable


@cache
def plain_pinyin(text: str) -> str:
    """How a Chinese name is spelt in letters, without tones: 无锡 → wuxi."""
    return "".join(syllables(text))


def begin_alike(names: Sequence[str]) -> int:
    """How many characters all names begin with."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)))


def alike_at_ends(one: str, other: str) -> tuple[int, int]:
    """How many characters two names have in common at their beginnings and at their ends, none of them twice."""
    start = begin_alike((one, other))
    return start, begin_alike((one[start:][::-1], other[start:][::-1]))


def has_in_order(name: str, letters: str) -> bool:
    """Whether a name has all these letters in their order: 基金支出 in 政府性基金预算支出表."""
    rest = iter(name)
    return all(letter in rest for letter in letters)


def is_misprint(one: str, other: str) -> bool:
    """Whether two names differ by at most one character."""
    return Levenshtein.distance(one, other) <= 1
