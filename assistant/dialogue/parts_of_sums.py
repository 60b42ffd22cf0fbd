"""A part of a sum told last, by the money that pays for it: of the projects added up, those of one fund."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.cues import cue
from assistant.dialogue.referents import Referents
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, Condition, Plan, Ratio, bare
from ingest.numbers.quantities import PERCENT


class PartsOfSums:
    """Plans of parts of the sum that was told last."""

    def __init__(self, phrases: Phrases, referents: Referents) -> None:
        self.phrases = phrases
        self.referents = referents

    def plans(self, text: str) -> Iterator[Plan]:
        """`其中政府性基金多少`, `政府性基金占它的百分之几`."""
        if (found := cue("fund_among").fullmatch(text)) is None:
            return
        whole = self._whole()
        wish, rest = self.phrases.wish_in(found["X"])
        if whole is None or wish.fund is None or self.phrases.content_in(rest):
            return
        of_fund = Condition("fund", "=", wish.fund)
        part = replace(whole, members=replace(whole.members, conditions=(*whole.members.conditions, of_fund)))
        yield Ratio(part, whole, PERCENT) if found["share"] else part

    def _whole(self) -> Aggregate | None:
        """The sum told last; the one whose part, or share, was told last."""
        told = self.referents.last.expression if self.referents.last is not None else None
        if isinstance(told, Ratio):
            told = told.denominator
        if not isinstance(told, Aggregate) or told.function != "sum":
            return None
        others = tuple(each for each in told.members.conditions if each.attribute != "fund")
        whole = replace(told, members=replace(told.members, conditions=others))
        known = (bare(each.expression) for each in self.referents.figures)
        return whole if whole == told or bare(whole) in known else None
