"""What the slots mean that a question of a dialogue leaves open: `比货物类多多少`, `占百分之几`, `合计多少`."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cues import says
from assistant.dialogue.figure_referents import FigureReferent, in_order_of_size
from assistant.dialogue.focus import Focus
from assistant.dialogue.referents import BASE, SHOWN, TOPIC, Referents
from assistant.exemplars import Match
from assistant.plan import Ranked, Ratio, bare
from ingest.numbers.quantities import PERCENT, YUAN

_NO_COUNTS = (YUAN, PERCENT, "年")
_SYMMETRIC = ("difference", "multiple", "compare_both")  # the larger is set against the smaller


class OpenSlots:
    """Fills the slots of matches with the marks of referents; `text` is the question's."""

    def __init__(self, referents: Referents, text: str) -> None:
        self.referents = referents
        self.text = text

    def filled(self, match: Match) -> Iterator[dict[str, str]]:
        """The slots with what is left open filled in, in every way it can be meant, likeliest first."""
        match "".join(sorted(match.left_open)):
            case "S":
                yield from ({**match.slots, "S": words} for words in self._sets(match.kind))
            case "P":
                if self.referents.project is not None:
                    yield {**match.slots, "P": TOPIC}
            case "AB":
                yield from self._both(match)
            case "A":
                yield from self._left(match)
            case "B":
                yield from self._right(match)

    def _sets(self, kind: str) -> Iterator[str]:
        if self.referents.shown is not None:
            yield SHOWN
        elif self.referents.base is not None:
            yield BASE
        if kind in ("sum", "average") and (pair := self.referents.pair) is not None:
            yield f"{pair[0].mark}和{pair[1].mark}"

    def _both(self, match: Match) -> Iterator[dict[str, str]]:
        """Nothing is named: the last two figures, or the last one as a share."""
        pair, last = self.referents.pair, self.referents.last
        if match.kind == "per_unit":
            yield from self._per_unit(match)
            return
        if match.kind == "share":
            yield from self._share_of_last(match)
            return
        if match.kind in ("change", "last_year") and last is not None:
            yield {**match.slots, "A": last.mark}
        if pair is not None:
            one, other = in_order_of_size(pair) if match.kind in _SYMMETRIC else pair
            yield {**match.slots, "A": one.mark, "B": other.mark}

    def _share_of_last(self, match: Match) -> Iterator[dict[str, str]]:
        """The last figure of the whole it belongs to: what it was asked out of, else what its table adds up to."""
        last, before = self.referents.last, self._larger_before()
        if last is None:
            return
        if _asks_of_a_part(self.referents.focus) and (whole := self._asked_out_of()) is not None:
            yield {**match.slots, "A": last.mark, "B": whole.mark}
        yield {**match.slots, "A": last.mark}
        if before is not None:
            yield {**match.slots, "A": last.mark, "B": before.mark}

    def _asked_out_of(self) -> FigureReferent | None:
        """The figure of which the last ones were asked as parts, where it can be their whole."""
        last = self.referents.last
        parts = [turn.depth for turn in self.referents.turns if _asks_of_a_part(turn)]
        whole = next((f for f in self.referents.figures if f.turn not in parts), None)
        if last is None or whole is None or last.value is None or whole.value is None:
            return None
        same = last.value.unit == whole.value.unit
        return whole if same and whole.value.number >= last.value.number else None

    def _larger_before(self) -> FigureReferent | None:
        """The figure spoken of before the last one, where it can be its whole."""
        last, other = self.referents.last, self.referents.other
        if last is None or other is None or last.value is None or other.value is None:
            return None
        same = last.value.unit == other.value.unit
        return other if same and other.value.number >= last.value.number else None

    def _left(self, match: Match) -> Iterator[dict[str, str]]:
        """The left side is left open: the last figure is meant."""
        last = self.referents.last
        if match.kind == "per_unit":
            return
        if match.kind == "share" and "B" not in match.slots:
            yield from self._share_of_last(match)
            return
        if last is not None:
            figure = last if match.kind == "share" else self.referents.subject or last
            yield {**match.slots, "A": figure.mark}
        elif self.referents.project is not None:
            yield {**match.slots, "A": TOPIC}

    def _right(self, match: Match) -> Iterator[dict[str, str]]:
        """The right side is left open: the total spoken of, of which the left side is a part."""
        if match.kind == "per_unit":
            yield from ({**match.slots, "B": each.mark} for each in self._counts(match)[:1])
        if match.kind in ("difference", "which_larger") and (last := self.referents.last) is not None:
            yield {**match.slots, "B": last.mark}
        if match.kind != "share":
            return
        last_plan = self.referents.focus.plan
        if isinstance(last_plan, Ratio) and last_plan.denominator is not None:
            same = [f for f in self.referents.figures if f.expression == last_plan.denominator]
            yield from ({**match.slots, "B": figure.mark} for figure in same[:1])
        whole = self.referents.whole
        if whole is not None and not isinstance(whole.expression, Ranked):  # of a set one member is no whole of another
            yield {**match.slots, "B": whole.mark}
        yield match.slots

    def _per_unit(self, match: Match) -> Iterator[dict[str, str]]:
        """The money last spoken of, divided among the things last counted."""
        money = [f for f in self.referents.figures if f.value is not None and f.value.unit == YUAN]
        counts = self._counts(match)
        if money and counts:
            yield {**match.slots, "A": money[0].mark, "B": counts[0].mark}

    def _counts(self, match: Match) -> list[FigureReferent]:
        """The numbers spoken of of the things that the question names by their unit, newest first."""
        said = match.slots.get("X", "")
        known = (f for f in self.referents.figures if f.value is not None and f.selector is not None)
        counted = (
            f for f in known if f.value is not None and f.value.unit in self.text and f.value.unit not in _NO_COUNTS
        )
        named = [f for f in counted if not said or (f.selector is not None and said in f.label + f.selector.words)]
        shares = [turn.plan for turn in self.referents.turns if isinstance(turn.plan, Ratio)]
        wholes = [f for f in named if all(bare(f.expression) != bare(share.numerator) for share in shares)]
        found = wholes or named
        return found if said else [*self._whole_of(found), *found]

    def _whole_of(self, counts: list[FigureReferent]) -> list[FigureReferent]:
        """The largest of the numbers spoken of that one sentence prints beside the newest of them: what those are parts of."""
        told = [{s.fact.sentence for s in self.referents.facts_of(each)} - {""} for each in counts]
        beside = [each for each, where in zip(counts, told, strict=True) if where and where & told[0]]
        sized = [each for each in beside if each.value is not None]
        return (
            [max(sized, key=lambda each: each.value.number if each.value is not None else 0)] if len(sized) > 1 else []
        )


def _asks_of_a_part(turn: Focus) -> bool:
    """Whether a turn asks for a part of what was spoken of before it."""
    return says(turn.question.raw, "among_them") or says(turn.question.original, "english_of_it")
