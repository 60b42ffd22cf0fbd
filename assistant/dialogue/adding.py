"""One more figure added to the one spoken of, or taken from it: `加上保洁的呢`, `再减去设备费`."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cues import cue, says
from assistant.dialogue.figure_referents import FigureReferent
from assistant.dialogue.pointed_phrases import PointedPhrases
from assistant.dialogue.same_question import replaced, sureness
from assistant.plan import Aggregate, Combine, Expression, Lookup, Selector, bare
from ingest.numbers.quantities import YUAN

_SURE = 0.9  # how sure a name must be that needs no help from the figure it is added to


class Adding:
    """Plans that go on from the figure last spoken of."""

    def __init__(self, phrases: PointedPhrases) -> None:
        self.phrases = phrases
        self.referents = phrases.referents

    def plans(self, text: str) -> Iterator[Combine]:
        said, last = cue("one_more").fullmatch(text), self.referents.last
        if said is None or last is None or not (last.value is not None or isinstance(last.expression, Aggregate)):
            return
        unit = last.value.unit if last.value is not None else YUAN
        operator = "-" if says(said["op"], "taken_away") else "+"
        for name in self._named(said["X"], last):
            if unit in self._units(name):
                yield _combined(operator, last.expression, Lookup(name))

    def _named(self, name: str, last: FigureReferent) -> Iterator[Selector]:
        """What a name stands for: surely by itself, in the place of a part of the name before it, else by itself."""
        alone = self.phrases.selector(name)
        if alone is not None and alone.confidence >= _SURE:
            yield alone
        yield from self._in_place(name, _last_of(last.expression))
        if alone is not None:
            yield alone

    def _in_place(self, name: str, before: Selector | None) -> Iterator[Selector]:
        """`乙镇的` after `甲镇的管护费`: the name in the place of a part of the one before."""
        if before is None:
            return
        texts = [text for text, _ in replaced(before.words, name, self.phrases.linker)]
        found = [each for text in dict.fromkeys(texts) if (each := self.phrases.selector(text)) is not None]
        others = [each for each in found if bare(each) != bare(before)]
        yield from sorted(others, key=lambda each: -sureness(each, name))[:1]

    def _units(self, selector: Selector) -> set[str]:
        """The units of what a selector may find; money where it is no single fact."""
        by_id = self.phrases.catalog.by_id
        quantities = [by_id[i].fact.quantity for i in selector.fact_ids]
        return {quantity.unit for quantity in quantities if quantity is not None} if quantities else {YUAN}


def _combined(operator: str, before: Expression, more: Lookup) -> Combine:
    """The two together; a sum that goes on stays one sum."""
    if isinstance(before, Combine) and before.operator == operator:
        return Combine(operator, (*before.operands, more))
    return Combine(operator, (before, more))


def _last_of(expression: Expression) -> Selector | None:
    match expression:
        case Lookup(of=selector):
            return selector
        case Combine(operands=operands):
            return _last_of(operands[-1])
        case _:
            return None
