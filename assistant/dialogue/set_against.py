"""Two figures set against each other in a later turn, at least one of them named only by what sets it apart from the others
spoken of: `预算占上限的百分比`, `大的那个占结转的几成`, `清徐比小店多几个`."""

from __future__ import annotations

from collections.abc import Iterator
from re import Match

from assistant.cues import cue
from assistant.dialogue.pointed_phrases import PointedPhrases
from assistant.dialogue.spoken_figures import SpokenFigures
from assistant.plan import Combine, Compare, Expression, Plan, Ratio, bare, selectors_in
from ingest.numbers.quantities import MULTIPLE, PERCENT

_SURE = 0.8  # how sure a name must be beside a figure spoken of


class SetAgainst:
    """Plans of one turn, over one catalog."""

    def __init__(self, text: str, phrases: PointedPhrases) -> None:
        self.text = text
        self.phrases = phrases
        self.spoken = SpokenFigures(phrases)
        self.of_told = False  # whether both sides were told before

    def plans(self) -> Iterator[Plan]:
        """The two sides, where both are understood and one of them was spoken of."""
        forms = (
            (cue("turn_share"), lambda left, right: Ratio(left, right, PERCENT)),
            (cue("turn_multiple"), lambda left, right: Ratio(left, right, MULTIPLE)),
            (cue("turn_difference"), Compare),
            (cue("turn_remainder"), lambda part, whole: Combine("-", (whole, part))),
        )
        for pattern, put_together in forms:
            said = pattern.fullmatch(self.text)
            sides = self._sides(said) if said is not None else None
            if sides is not None:
                yield put_together(*sides)

    def _sides(self, said: Match[str]) -> tuple[Expression, Expression] | None:
        left, right = self.spoken.figure(said["X"]), self.spoken.figure(said["Y"])
        known = {bare(each.expression) for each in self.spoken.referents.figures}
        self.of_told = self.of_told or (left is not None and right is not None and {bare(left), bare(right)} <= known)
        if not said["X"] and right is not None:
            last = self.spoken.referents.subject
            left = last.expression if last is not None else None
        elif left is None and right is not None:
            left = self._named(said["X"])
        elif right is None and left is not None and said["X"]:
            right = self._named(said["Y"])
        if (
            left is not None
            and right is not None
            and bare(left) == bare(right)
            and cue("it_alone").fullmatch(said["Y"])
        ):
            right = self._whole_before(left)
        if left is None or right is None or bare(left) == bare(right):
            return None
        return left, right

    def _whole_before(self, part: Expression) -> Expression | None:
        """`结转占它的比例` after the part itself: the larger figure told before it."""
        figures = self.spoken.referents.figures
        own = next((each.value for each in figures if bare(each.expression) == bare(part)), None)
        larger = (f for f in figures if own and f.value and f.value.unit == own.unit and f.value.number > own.number)
        return next((each.expression for each in larger), None)

    def _named(self, phrase: str) -> Expression | None:
        """The figure that a phrase surely names by itself."""
        found = self.phrases.expression(phrase)
        sure = found is not None and all(s.confidence >= _SURE for s in selectors_in(found))
        return found if sure else None
