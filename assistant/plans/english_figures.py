"""Plans for English questions whose order of words no example knows: a figure by its kind, its names and its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.cues import says
from assistant.doubts.sanity import makes_sense
from assistant.english.frame import Frame, frame_of
from assistant.english.romanized import Romanized
from assistant.names.closest import Near
from assistant.names.linking import is_generic
from assistant.names.segments import Word
from assistant.phrases.phrases import Phrases
from assistant.plan import CostEstimate, Lookup, Plan, Selector
from assistant.question import Question
from assistant.questions.value_kinds import Value
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import YUAN, Relation

_ENOUGH, _ENOUGH_NARROW = 0.7, 0.6  # the share of the known names that a figure must explain, of a narrow kind
_RIVAL = 0.15  # how much less of them another value may explain and still be meant
_NEARER = 0.7  # by how many standard deviations the meant one is nearer in meaning than its rivals
_NEAR_AT_ALL = 2.0  # how near it must be where words stay unknown
_LAST_YEAR = "上年"
_LIMITS = {"≤": (Relation.AT_MOST, Relation.LESS), "≥": (Relation.AT_LEAST, Relation.MORE)}


class EnglishFigures:
    """Plans of figures named in English over one catalog."""

    def __init__(self, phrases: Phrases, romanized: Romanized) -> None:
        self.phrases = phrases
        self.closest = phrases.closest
        self._romanized = romanized

    def plans(self, question: Question, sure_only: bool = False) -> Iterator[Plan]:
        """The figure that the names of an English question lead to; `sure_only` where it says a unit or asks for a limit."""
        if not question.english or says(question.said, "truth_asked"):
            return
        frame = self._resolved(frame_of(question.raw))
        if not frame.names or frame.compares or (sure_only and not (frame.measured or frame.bound)):
            return
        if self._is_of_another_year(question, frame) or _at_a_price(question):
            return
        plan = self._together(frame) if frame.together else self._figure(question, frame)
        if plan is not None and makes_sense(plan, frame.sentence, self.phrases.catalog):
            yield plan

    def _together(self, frame: Frame) -> Plan | None:
        return None if frame.unknown else self.phrases.joint(frame.sentence)

    def _figure(self, question: Question, frame: Frame) -> Plan | None:
        """The one figure of the kind asked for."""
        if not (frame.bound or frame.kind.is_told) or len(frame.unknown) > len(frame.names):
            return None
        names = tuple(name for name in frame.names if not is_generic(name)) or frame.names
        words = self.closest.content(",".join(names), frame.kind)
        ranked = list(self._fitting(words, frame))
        meant = self._meant(question.raw, ranked, frame) if ranked else None
        if meant is None:
            return None
        ids = tuple(stored.id for stored in meant.facts)
        return Lookup(Selector(question.text, meant.entry.label, fact_ids=ids, confidence=meant.covered), question.unit)

    def contradicts(self, question: Question, plan: Plan) -> bool:
        """Whether a figure is not of the kind, or of the year, that an English question asks for: people for `how many days`."""
        frame = frame_of(question.raw)
        if isinstance(plan, CostEstimate):
            return frame.kind.value is Value.PRICE and not frame.compares and not _at_a_price(question)
        if not isinstance(plan, Lookup) or not plan.of.fact_ids:
            return False
        if _LAST_YEAR in frame.names or _at_a_price(question):
            return True
        facts = [self.phrases.catalog.by_id[i] for i in plan.of.fact_ids]
        if frame.kind.is_narrow:
            return not any(map(frame.kind.fits, facts))
        return (frame.costs and frame.kind.value is Value.MONEY) and all(
            s.fact.quantity is not None and YUAN not in s.fact.quantity.unit for s in facts
        )

    def _is_of_another_year(self, question: Question, frame: Frame) -> bool:
        loaded = {document.year for document in self.phrases.catalog.documents}
        return any(year not in loaded for year in question.years) or _LAST_YEAR in frame.names

    def _resolved(self, frame: Frame) -> Frame:
        """With what is spelt in pinyin as the name it is."""
        text = self._romanized.resolved(" ".join(frame.unknown))
        spelt = tuple(re.findall("[一-鿿]+", text))
        return replace(frame, names=frame.names + spelt, unknown=tuple(re.findall("[a-z'-]+", text)))

    def _fitting(self, words: Sequence[Word], frame: Frame) -> Iterator[Near]:
        """Figures of the kind, and of the limit asked for, that explain enough of the known names; the best first."""
        ranked = self.closest.ranked_by(words, ",".join(frame.names), frame.kind)
        limited = [replace(each, facts=facts) for each in ranked if (facts := _with_limit(each.facts, frame.bound))]
        enough = _ENOUGH_NARROW if frame.kind.is_narrow else _ENOUGH
        for each in limited if frame.bound and not frame.kind.is_told else limited or ranked:
            if each.covered >= enough and not each.unexplained:
                yield each

    def _meant(self, raw: str, ranked: list[Near], frame: Frame) -> Near | None:
        """The first, where no other value comes near; else the one that is clearly nearer in meaning."""
        near = self.phrases.linker.meaning.nearness(raw) if self.phrases.linker.meaning is not None else {}
        alike = [each for each in ranked if each.covered > ranked[0].covered - _RIVAL]
        alike.sort(key=lambda each: -near.get(each.entry.label, 0.0))
        first = alike[0]
        own = near.get(first.entry.label, 0.0)
        rivals = [each for each in alike if not each.values & first.values]
        if any(near.get(each.entry.label, 0.0) > own - _NEARER for each in rivals):
            return None
        if frame.measured and any(_told_alike(each, first) for each in rivals):
            return None
        if not rivals:
            first = ranked[0]
        if frame.unknown and (frame.kind.value is Value.MONEY or own < _NEAR_AT_ALL):
            return None
        return first


def _with_limit(facts: tuple[StoredFact, ...], bound: str) -> tuple[StoredFact, ...]:
    relations = _LIMITS.get(bound, ())
    return tuple(s for s in facts if s.fact.quantity is not None and s.fact.quantity.relation in relations)


def _at_a_price(question: Question) -> bool:
    return says(question.raw.lower(), "at_a_price")


def _told_alike(one: Near, other: Near) -> bool:
    """Whether as many words tell two figures of one unit, so that only their number together may be meant."""
    units = ({s.fact.quantity.unit for s in each.facts if s.fact.quantity is not None} for each in (one, other))
    return one.covered == other.covered and bool(set.intersection(*units))
