"""Which documents print a word as part of a name: asked of the ledger's members, without reading the documents.

The distinct names of all documents are kept as one text; what a name is of stays in the ledger.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import islice

from assistant.words import concept_names, longest_first, plain_words
from ingest.labels import label_key
from ingest.ledger.ledger import Ledger

_LONGEST = 14
_MOST_NAMES = 400  # a word that more names hold tells no document from another


class NameIndex:
    """The names of one generation of a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.documents_with = lru_cache(1024)(self._documents_with)

    def known(self, text: str, document_ids: Collection[int]) -> bool:
        """Whether one of these documents prints the text as part of a name, or it is a figure that every budget knows."""
        return text in concept_names() or (text in self._names and bool(self.documents_with(text) & set(document_ids)))

    def weighed(self, text: str) -> dict[int, float]:
        """How much of a question's telling words each document prints; documents that print none are left out."""
        weights: dict[int, float] = {}
        for word in self._words(label_key(text)):
            holding = self.documents_with(word) if tells(word) else frozenset()
            if not holding:
                continue
            weight = math.log((1 + self._size) / len(holding)) * len(word)
            for number in holding:
                weights[number] = weights.get(number, 0.0) + weight
        return weights

    def printing(self, text: str) -> frozenset[int] | None:
        """The documents that print one of a text's telling words as part of a name; None where no word tells."""
        holding = [self.documents_with(word) for word in self._words(label_key(text)) if tells(word)]
        return frozenset().union(*holding) if holding and all(holding) else None

    def holding(self, text: str) -> list[str]:
        """The distinct names that hold a text."""
        return list(dict.fromkeys(self._names_with(text)))

    def _words(self, key: str) -> Iterator[str]:
        """The longest parts of names that a text is made of."""
        position = 0
        while position < len(key) - 1:
            length = next((n for n in range(_LONGEST, 1, -1) if self._holds(key[position : position + n], n)), 0)
            if length:
                yield key[position : position + length]
            position += length or 1

    def _holds(self, piece: str, length: int) -> bool:
        pairs = (piece[i : i + 2] for i in range(len(piece) - 1))
        return len(piece) == length and all(pair in self._pairs for pair in pairs) and piece in self._names

    def _documents_with(self, text: str) -> frozenset[int]:
        """The documents with a name that holds the text; none where too many names do."""
        found = list(islice(self._names_with(text), _MOST_NAMES + 1))
        return frozenset() if len(found) > _MOST_NAMES else self._ledger.documents_naming(dict.fromkeys(found))

    def _names_with(self, text: str) -> Iterator[str]:
        position = self._names.find(text)
        while position >= 0:
            yield self._keys[bisect_right(self._starts, position) - 1]
            position = self._names.find(text, position + len(text))

    @cached_property
    def _keys(self) -> Sequence[str]:
        return self._ledger.member_keys()

    @cached_property
    def _names(self) -> str:
        return "\n".join(self._keys)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for key in self._keys:
            starts.append(at)
            at += len(key) + 1
        return starts

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset(key[i : i + 2] for key in self._keys for i in range(len(key) - 1))

    @cached_property
    def _size(self) -> int:
        return len(self._ledger.documents())


def tells(word: str) -> bool:
    """Whether two characters of a word are left without the words that carry no name."""
    return len(_carriers().sub("", word)) > 1


@cache
def _carriers() -> re.Pattern[str]:
    words = plain_words()
    order = (word for direction in words.rank.values() for word in direction)
    return re.compile("|".join(map(re.escape, longest_first((*words.fillers, *words.generic, *order)))))
