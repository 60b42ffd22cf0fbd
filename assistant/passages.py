"""Finding the sentence that answers a question in words: by its telling word pieces, by vectors where they are at hand."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.catalog import Catalog
from assistant.linking import Linker
from assistant.segments import WordKind, content_of
from ingest.facts import Passage
from ingest.labels import label_key
from ingest.ledger import StoredPassage

_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？]?")
_REASON = re.compile(r"原因|由于|因为|主要是|为了|为保|目的|根据|依据")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the share of the question it explains and its most telling sentences."""

    passage: StoredPassage
    coverage: float
    sentences: tuple[str, ...]


class Passages:
    """A lexical index of a catalog's passages."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self.catalog = catalog
        self.linker = linker
        self._texts = [_searchable(stored.passage) for stored in catalog.passages]
        self._index: dict[str, set[int]] = defaultdict(set)
        for number, text in enumerate(self._texts):
            for piece in {text[i : i + 2] for i in range(len(text) - 1)}:
                self._index[piece].add(number)

    def under(self, headings: Sequence[str]) -> list[Found]:
        """The passages of the first section whose heading has one of the words."""
        for heading in headings:
            found = [
                s
                for s in self.catalog.passages
                if s.passage.heading and heading in s.passage.heading[-1] and not s.passage.project
            ]
            if found:
                return [Found(stored, 1.0, (stored.passage.text.strip(),)) for stored in found[:3]]
        return []

    def find(self, words: str, project: str = "", fields: Sequence[str] = (), limit: int = 3) -> list[Found]:
        """Passages for a question, best first. `fields` are preferred, `project` restricts."""
        wants_reason = bool(re.search(r"为什么|为何|为啥|原因|咋|怎么回事|理由|凭什么", words))
        asked = [w for w in content_of(self.linker.words(words))]
        pieces = [{r[i : i + 2] for r in w.readings for i in range(len(r) - 1)} for w in asked]
        weights = [
            max((self._weight(p) for p in group), default=0.0) * (0.6 if w.kind is WordKind.UNKNOWN else 1.0)
            for w, group in zip(asked, pieces, strict=True)
        ]
        total = sum(weights) or 1.0
        scored = []
        for number in {n for group in pieces for p in group for n in self._index.get(p, ())}:
            stored = self.catalog.passages[number]
            if (project and label_key(stored.passage.project) != project) or (wants_reason and stored.passage.term):
                continue
            text = self._texts[number]
            coverage = (
                sum(
                    w * (sum(p in text for p in group) / len(group))
                    for w, group in zip(weights, pieces, strict=True)
                    if group
                )
                / total
            )
            bonus = 0.15 if stored.passage.field in fields else 0.0
            bonus += 0.12 if wants_reason and _REASON.search(stored.passage.text) else 0.0
            bonus -= 0.1 if stored.passage.term else 0.0
            scored.append((coverage + bonus - 0.00002 * len(text), coverage, number))
        scored.sort(reverse=True)
        return [
            Found(
                self.catalog.passages[n],
                coverage,
                self._sentences(self.catalog.passages[n].passage, pieces, wants_reason),
            )
            for _, coverage, n in scored[:limit]
        ]

    def _weight(self, piece: str) -> float:
        return math.log(1 + max(len(self._texts), 2) / (1 + len(self._index.get(piece, ()))))

    def _sentences(self, passage: Passage, pieces: Sequence[set[str]], wants_reason: bool) -> tuple[str, ...]:
        sentences = [s.strip() for s in _SENTENCE.findall(passage.text) if s.strip()]
        if sum(map(len, sentences)) <= 160:
            return (passage.text.strip(),)
        scored = []
        for position, sentence in enumerate(sentences):
            key = label_key(sentence)
            score = sum(max((self._weight(p) for p in group if p in key), default=0.0) for group in pieces)
            score += 2.0 if wants_reason and _REASON.search(sentence) else 0.0
            scored.append((score, -position, sentence))
        best = sorted(scored, reverse=True)[:2]
        return tuple(sentence for _, _, sentence in sorted(best, key=lambda item: -item[1]))


def _searchable(passage: Passage) -> str:
    return (
        label_key(passage.project)
        + label_key("".join(passage.heading))
        + label_key(passage.term)
        + label_key(passage.text)
    )
