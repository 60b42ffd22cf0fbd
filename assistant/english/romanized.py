"""Names that an English question spells in pinyin (Qin Yongqiu, the Wuxi office), back in the ledger's characters."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property

from assistant.catalog import Catalog
from assistant.names.spelling import syllables
from ingest.facts import Origin
from ingest.labels import label_key

_LATIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_LONGEST_PIECE = 5
_MOST_WORDS = 4


class Romanized:
    """Pieces of names by their pinyin, over one catalog; built when a question first leaves Latin words."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def resolved(self, text: str) -> str:
        """The text with each run of Latin words that spells exactly one name replaced by it."""
        return _LATIN.sub(lambda run: self._in_characters(run[0].split()), text)

    def _in_characters(self, words: list[str]) -> str:
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                found = self._named(words[start : start + length])
                if found:
                    before, after = words[:start], words[start + length :]
                    return f"{self._in_characters(before)}{found}{self._in_characters(after)}"
        return " ".join(words)

    def _named(self, words: list[str]) -> str:
        """The one name so spelt: as written, or with the surname last as in English."""
        for order in (words, words[1:] + words[:1], words[-1:] + words[:-1]):
            names = self._by_sound.get("".join(order), set())
            if len(names) == 1:
                return next(iter(names))
        return ""

    @cached_property
    def _by_sound(self) -> dict[str, set[str]]:
        names = {label_key(name) for project in self._catalog.projects.values() for name in project.names}
        names.update(label_key(document.department) for document in self._catalog.documents)
        names.update(
            label_key(stored.fact.row) for stored in self._catalog.facts if stored.fact.origin is not Origin.TABLE
        )
        found: dict[str, set[str]] = defaultdict(set)
        for person in self._catalog.people:
            found["".join(syllables(person))].add(person)
        for name in names:
            sounds = syllables(name)
            for length in range(2, _LONGEST_PIECE + 1):
                for start in range(len(name) - length + 1):
                    piece = name[start : start + length]
                    if not re.search(r"[\x00-\x7f]", piece):
                        found["".join(sounds[start : start + length])].add(piece)
        return found
