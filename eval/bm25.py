"""Okapi BM25 over character bigrams: the lexical half of the plain alternative."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"[A-Za-z]+|\d[\d,.]*|[㐀-鿿]+")
_SATURATION, _LENGTH = 1.5, 0.75


class BM25:
    """Ranks passages for a question; k1 = 1.5, b = 0.75 as in most libraries."""

    def __init__(self, passages: Sequence[str]) -> None:
        counts = [Counter(tokens(passage)) for passage in passages]
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / max(len(lengths), 1)
        found_in = Counter(token for count in counts for token in count)
        self._weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for position, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            for token, times in count.items():
                rarity = math.log(1 + (len(passages) - found_in[token] + 0.5) / (found_in[token] + 0.5))
                damped = times + _SATURATION * (1 - _LENGTH + _LENGTH * length / mean)
                self._weights[token].append((position, rarity * times * (_SATURATION + 1) / damped))

    def search(self, question: str, limit: int) -> list[int]:
        """Indexes of the best passages, best first; those that share no token are left out."""
        scores: dict[int, float] = defaultdict(float)
        for token in tokens(question):
            for position, weight in self._weights.get(token, ()):
                scores[position] += weight
        return sorted(scores, key=lambda position: (-scores[position], position))[:limit]


def tokens(text: str) -> list[str]:
    """Latin words and numbers whole, Chinese as overlapping pairs of characters."""
    found: list[str] = []
    for word in _WORD.findall(text.lower()):
        pairs = [word[i : i + 2] for i in range(len(word) - 1)] if "㐀" <= word[0] <= "鿿" else []
        found += pairs or [word]
    return found
