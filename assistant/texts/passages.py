"""Finding the sentence that answers a question in words: it must explain the question's telling words and hold what is asked for."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.catalog import Catalog
from assistant.means import Means
from assistant.names.linking import Linker
from assistant.names.segments import Word, WordKind, content_of, segment
from assistant.questions.asked import (
    fields_for,
    holds,
    kinds_asked,
    leaves_money_out,
    richness,
    tells_deed,
    without_asking,
)
from assistant.texts.sentences import Sentence, sentences_of
from assistant.words import plain_words
from ingest.labels import label_key
from ingest.ledger.ledger import StoredPassage
from ingest.numbers.numbers import find_numerals

_REMEMBERED = 256
_CLEARLY_TOLD = 2.0  # how much more of what is named one project must tell of than any other
_MOST_OF_PROJECT = 12  # sentences of one project that are looked through
_TELLING = 4  # characters of a question that a sentence must hold at least, to answer by itself
_BESIDE, _RICH = 0.35, 0.08  # what a plain word adds that a sentence holds too, and each more thing that its kind wants
_PRINTS = 0.4  # what it adds when the sentence prints the amounts that are said
_AROUND, _SUBJECT = 0.7, 0.95  # how much a word counts that stands around a sentence, and in the one it goes on from
_FIELD, _GLOSSARY, _LONG = 0.12, 0.1, 0.0003
_UNKNOWN, _STRAY = 0.4, 0.12  # how much an unknown word, and a single character, counts by the heaviest piece
_LEADING, _HEAD = 0.15, 24  # what it adds when the sentence begins with what is asked about; how far its head reaches
_CUT_NAMED = 6  # characters of a clause that breaks off that a question must name
_CUT_SAID = 0.5  # the share of such a clause, without what is in brackets, that a question must say
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_CUT_ENOUGH, _CUT_CLEARLY = 0.85, 0.1  # the share of a question that it must explain; its lead over other clauses
_CLAUSE = re.compile(r"[。；;，、]|,(?!\d)")
_NEIGHBOURS = 0.75  # how near in worth a second sentence of the same passage must be to be quoted too


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the share of the question that it explains and its sentences that do; `own` is the share that the
    sentence explains itself, of what the project's name does not; `matched` the characters of the question that are in it."""

    passage: StoredPassage
    coverage: float
    sentences: tuple[str, ...]
    own: float = 1.0
    matched: int = _TELLING
    named_only: bool = False

    def sure(self, share: float) -> bool:
        """Whether it explains at least this share of the question, and of what a name in it leaves to explain."""
        return self.matched >= _TELLING and min(self.coverage, self.own) >= share


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of a question: two-character pieces for each of its readings, and how much it counts."""

    text: str
    readings: tuple[tuple[str, ...], ...]
    weight: float
    known: bool


class Passages:
    """An index of a catalog's sentences by two-character pieces."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self.catalog = catalog
        self.linker = linker
        self._sentences = sentences_of(catalog.passages)
        self._index: dict[str, set[int]] = defaultdict(set)
        for number, sentence in enumerate(self._sentences):
            for piece in {*_pieces(sentence.key), *_pieces(sentence.around), *_pieces(sentence.subject)}:
                self._index[piece].add(number)
        self.find = lru_cache(_REMEMBERED)(self.find)  # type: ignore[method-assign]

    def under(self, headings: Sequence[str], limit: int | None = 3) -> list[Found]:
        """The passages of the first section whose heading has one of the words; all of them without a limit."""
        for heading in headings:
            found = [
                s
                for s in self.catalog.passages
                if s.passage.heading and heading in s.passage.heading[-1] and not s.passage.project
            ]
            if found:
                return [Found(stored, 1.0, (stored.passage.text.strip(),)) for stored in found[:limit]]
        return []

    def find(
        self, words: str, project: str = "", kind: str = "", fields: tuple[str, ...] = (), limit: int = 3
    ) -> tuple[Found, ...]:
        """Passages for a question, best first: only those that hold what `kind` asks for, within `project` if there is
        one; `fields` are preferred."""
        if Means.LEXICAL not in self.linker.means:
            return ()
        terms = self._terms(words)
        told = [label_key(name) for each in self.catalog.project_by_key.get(project, ()) for name in each.names]
        apart = [term for term in terms if not any(_explained(term, name) == 1.0 for name in (project, *told) if name)]
        named = 1 - sum(term.weight for term in apart) / (sum(term.weight for term in terms) or 1)
        named_only = sum(term.weight for term in apart) <= self._heaviest * _UNKNOWN
        preferred = fields or fields_for(kind)
        plain = content_free(self.linker.words(without_asking(words, kinds_asked(words))))
        beside = [word.text for word in plain if len(word.text) > 1 and word.text in self._index]
        amounts = [n.printed for n in find_numerals(words) if n.quantity is not None and set(n.printed) & set("万亿元")]
        scored: list[tuple[float, float, float, int, int]] = []
        for number in self._candidates(terms, project):
            sentence = self._sentences[number]
            if not holds(sentence.text, kind) or (kind == "reason" and sentence.stored.passage.term):
                continue
            if not project and leaves_money_out(words, kind, sentence.text + sentence.around + sentence.subject):
                continue
            own = _coverage(apart, sentence) if apart else 1.0
            coverage = named + (1 - named) * own if project else _coverage(terms, sentence)
            said = sentence.key + sentence.around + sentence.subject
            matched = sum(len(term.text) for term in terms if term.known and _explained(term, said) >= 0.5)
            worth = coverage + own + self._liking(sentence, preferred, label_key(words)) - _LONG * len(sentence.text)
            worth += _LEADING if self._leads(terms, sentence) else 0.0
            worth += _PRINTS * _share_of(amounts, sentence.key)
            worth += _BESIDE * _share_of(beside, sentence.key) + _RICH * min(richness(sentence.text, kind), 4)
            scored.append((worth, coverage, own, matched, number))
        scored.sort(key=lambda each: (-each[0], each[4]))
        return tuple(self._gathered(scored, limit, named_only))

    def paid(self, words: str, project: str, kind: str, share: float) -> Found | None:
        """The best sentence of a project that explains a share of a question and tells how its money is paid."""
        found = self.find(words, project, kind, limit=_MOST_OF_PROJECT)
        return next((f for f in found if f.coverage >= share and tells_deed(words, project, f.sentences[-1:])), None)

    def project_telling(self, words: str) -> tuple[str, str] | None:
        """The one project whose sheet tells of what some words name, by pieces that hardly any other sheet has; and these."""
        key = label_key(words)
        idle = plain_words().fillers
        told = {p: self._projects_with(p) for p in _pieces(key) if p[0] not in idle and p[1] not in idle}
        rare = {piece: names for piece, names in told.items() if len(names) == 1}
        weights: dict[str, float] = defaultdict(float)
        for names in told.values():
            for name in names:
                weights[name] += 1 / len(names) ** 2
        best = sorted(weights, key=lambda name: -weights[name])
        clear = len(best) == 1 or (len(best) > 1 and weights[best[0]] >= _CLEARLY_TOLD * weights[best[1]])
        own = [piece for piece, names in rare.items() if best and best[0] in names]
        return (best[0], ",".join(own)) if own and clear else None

    def _projects_with(self, piece: str) -> frozenset[str]:
        """The projects whose sentences have a piece in them."""
        found = (
            label_key(self._sentences[n].stored.passage.project)
            for n in self._index.get(piece, ())
            if piece in self._sentences[n].key
        )
        return frozenset(name for name in found if name)

    def explains(self, words: str, sentence: str) -> float:
        """The share of some words that a sentence holds."""
        found = content_of(segment(words, self.linker.pieces))  # as written: a corrected word would be another
        return _share([term for word in found for term in self._cut(word) if len(term.text) > 1], label_key(sentence))

    def cut_short(self, words: str) -> str:
        """The last clause of a text that breaks off, where it and no other clause of the text is what some words name."""
        said = content_of(segment(words, self.linker.pieces))
        known = [term for word in said for term in self._cut(word) if term.known and len(term.text) > 1]
        for stored in (s for s in self.catalog.passages if s.passage.truncated):
            clauses = [clause.strip() for clause in _CLAUSE.split(stored.passage.text.strip()) if clause.strip()]
            shares = [_share(known, label_key(clause)) for clause in clauses]
            named = sum(len(term.text) for term in known if _explained(term, label_key(clauses[-1])) > 0.5)
            clause, others = len(label_key(_ASIDE.sub("", clauses[-1]))), max(shares[:-1], default=0.0)
            told = named >= _CUT_NAMED and named >= clause * _CUT_SAID and shares[-1] >= _CUT_ENOUGH
            if told and shares[-1] > others + _CUT_CLEARLY:
                return clauses[-1]
        return ""

    def _leads(self, terms: Sequence[_Term], sentence: Sentence) -> bool:
        """Whether what tells most of the question is what the sentence is about: it stands at its head."""
        head = (sentence.subject or sentence.key)[:_HEAD]
        known = [term for term in terms if term.known]
        return bool(known) and _explained(max(known, key=lambda term: term.weight), head) == 1.0

    def _gathered(
        self, scored: Sequence[tuple[float, float, float, int, int]], limit: int, named_only: bool
    ) -> Iterator[Found]:
        """The best sentences by passage, each with the one beside it that is nearly as good."""
        seen: set[int] = set()
        for worth, coverage, own, matched, number in scored:
            source = self._sentences[number].source
            if source in seen:
                continue
            seen.add(source)
            alike = [
                n
                for w, _, o, m, n in scored
                if self._sentences[n].source == source and m and o and w >= _NEIGHBOURS * worth
            ]
            before = (
                {number - 1}
                if self._sentences[number].subject and self._sentences[number - 1].source == source
                else set()
            )
            texts = tuple(self._sentences[n].text for n in sorted({number, *before, *alike[:2]}))
            yield Found(self._sentences[number].stored, coverage, texts, own, matched, named_only)
            if len(seen) >= limit:
                return

    def _candidates(self, terms: Sequence[_Term], project: str) -> Iterator[int]:
        numbers = {
            n for term in terms for reading in term.readings for piece in reading for n in self._index.get(piece, ())
        }
        if project:
            numbers = {n for n, each in enumerate(self._sentences) if label_key(each.stored.passage.project) == project}
        yield from numbers

    def _liking(self, sentence: Sentence, fields: Sequence[str], asked: str) -> float:
        """What speaks for a sentence beside its words: its field; its term where that is what is asked about."""
        passage = sentence.stored.passage
        if passage.field in fields:
            return _FIELD * (1 - fields.index(passage.field) / (2 * len(fields)))
        if passage.term:
            return _GLOSSARY if label_key(passage.term) in asked else -_GLOSSARY
        return 0.0

    # ── the question's words ───────────────────────────────────────────────────────────────────────────────

    def _terms(self, words: str) -> list[_Term]:
        asked = self.linker.words(without_asking(words, kinds_asked(words)))
        terms = [term for word in content_of(asked) for term in self._cut(word)]
        return [*terms, *self._joints(asked)]

    def _joints(self, asked: Sequence[Word]) -> Iterator[_Term]:
        """What the texts know across the border of two names: 业务 of 专项业 and 务费, where a name was cut in two."""
        for before, after in pairwise(asked):
            joint = before.text[-1] + after.text[0]
            if before.kind is after.kind is WordKind.NAME and joint in self._index:
                yield _Term(joint, ((joint,),), self._weight((joint,)), True)

    def _cut(self, word: Word) -> Iterator[_Term]:
        """A word as one term; an unknown one cut where the passages know a part of it."""
        if word.kind is not WordKind.UNKNOWN:
            readings = tuple(_pieces(reading) or (reading,) for reading in word.readings)
            yield _Term(word.text, readings, max(map(self._weight, readings)), True)
            return
        for known, text in self._runs(word.text):
            yield self._unknown(text, known)

    def _runs(self, text: str) -> Iterator[tuple[bool, str]]:
        """A text cut into stretches of which the passages know every piece, and the rest between them."""
        inside = [False] * len(text)
        for position in range(len(text) - 1):
            if text[position : position + 2] in self._index:
                inside[position] = inside[position + 1] = True
        start = 0
        for end in range(1, len(text) + 1):
            if end == len(text) or inside[end] != inside[start]:
                yield inside[start], text[start:end]
                start = end

    def _unknown(self, text: str, known: bool) -> _Term:
        pieces = _pieces(text) or (text,)
        weight = self._weight(pieces) if known else self._heaviest * (_UNKNOWN if len(text) > 1 else _STRAY)
        return _Term(text, (pieces,), weight, known)

    @property
    def _heaviest(self) -> float:
        return math.log(1 + max(len(self._sentences), 2))

    def _weight(self, pieces: Sequence[str]) -> float:
        """The mean telling of a word's pieces, more for a longer word."""
        each = [math.log(1 + max(len(self._sentences), 2) / (1 + len(self._index.get(p, ())))) for p in pieces]
        return sum(each) / max(len(each), 1) * min(len(each), 3)


def content_free(words: Sequence[Word]) -> list[Word]:
    """The words that name nothing."""
    return [word for word in words if word.kind is WordKind.FILLER]


def _share_of(words: Sequence[str], key: str) -> float:
    return sum(word in key for word in words) / len(words) if words else 0.0


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(text[i : i + 2] for i in range(len(text) - 1))


def _explained(term: _Term, text: str) -> float:
    """The share of a term that a text holds, by the reading that fits best."""
    return max(sum(piece in text for piece in reading) / len(reading) for reading in term.readings)


def _share(terms: Sequence[_Term], key: str) -> float:
    """The share of some terms, by weight, that a text holds."""
    total = sum(term.weight for term in terms)
    return sum(term.weight * _explained(term, key) for term in terms) / total if total else 0.0


def _coverage(terms: Sequence[_Term], sentence: Sentence) -> float:
    total = sum(term.weight for term in terms)
    explained = sum(
        term.weight
        * max(
            _explained(term, sentence.key),
            _SUBJECT * _explained(term, sentence.subject),
            _AROUND * _explained(term, sentence.around),
        )
        for term in terms
    )
    return explained / total if total else 0.0
