"""A later turn word by word: what each word does with what was spoken of (vocabulary/turn_words.yaml); names stand between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import RootModel

from assistant.catalog import Catalog
from assistant.words import concept_names, longest_first, plain_words
from ingest.vocabulary_loading import load_vocabulary

NAME, _NOISE = "name", "noise"
_SHORTEST_NAME = 3  # characters of a name that is one wherever it stands


class _TurnWords(RootModel[dict[str, tuple[str, ...]]]):
    pass


@dataclass(frozen=True, slots=True)
class TurnWord:
    """A word or a name of a turn; `value` is what a pattern keeps of it, such as a number of years."""

    role: str
    text: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """The words of a turn that do something, in order, and the names between them."""

    words: tuple[TurnWord, ...]

    @property
    def roles(self) -> frozenset[str]:
        """What is said beside names."""
        return frozenset(word.role for word in self.words if word.role != NAME)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words if word.role == NAME)

    def first(self, role: str) -> TurnWord | None:
        return next((word for word in self.words if word.role == role), None)

    def names_around(self, role: str) -> tuple[str, str]:
        """The names before and after the first word of a role, each as one text."""
        at = next((place for place, word in enumerate(self.words) if word.role == role), len(self.words))
        before, after = self.words[:at], self.words[at + 1 :]
        joined = ("".join(word.text for word in part if word.role == NAME) for part in (before, after))
        return next(joined), next(joined)


class TurnReader:
    """Takes turns apart over one catalog, whose names are never cut."""

    def __init__(self, catalog: Catalog) -> None:
        rows = (name for name in catalog.rows if len(name) >= _SHORTEST_NAME)
        coordinates = (word for values in plain_words().wishes.values() for words in values.values() for word in words)
        self._names: dict[str, list[str]] = {}
        for name in {*rows, *concept_names(), *coordinates}:
            if len(name) >= _SHORTEST_NAME:
                self._names.setdefault(name[0], []).append(name)

    def read(self, text: str) -> SaidTurn:
        """The words of a turn, the longest at each place; what has no role is a name."""
        words: list[TurnWord] = []
        at, name = 0, ""
        while at < len(text):
            word = max(self._words_at(text, at), key=lambda each: len(each.text), default=None)
            if word is None or word.role == NAME:
                name += word.text if word is not None else text[at]
                at += len(word.text) if word is not None else 1
                continue
            if name:
                words.append(TurnWord(NAME, name))
                name = ""
            words.append(word)
            at += len(word.text)
        if name:
            words.append(TurnWord(NAME, name))
        return SaidTurn(tuple(word for word in words if word.role != _NOISE))

    def _words_at(self, text: str, at: int) -> Iterator[TurnWord]:
        for name in self._names.get(text[at], ()):
            if text.startswith(name, at):
                yield TurnWord(NAME, name)
        for role, pattern in _patterns().items():
            found = pattern.match(text, at)
            if found is not None and found[0]:
                yield TurnWord(role, found[0], next((value for value in found.groupdict().values() if value), ""))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = load_vocabulary("turn_words", _TurnWords, "assistant").root
    return {role: re.compile("|".join(longest_first(patterns))) for role, patterns in words.items()}
