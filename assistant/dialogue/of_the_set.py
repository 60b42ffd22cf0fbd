"""What a turn asks of the set that the one before told a member of, or a part: its whole, its other member, one of its two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.cues import cue
from assistant.dialogue.referents import Referents
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, Check, Combine, Compare, FundedBy, Lookup, Plan, Ranked, Ratio, Selector, Universe
from ingest.labels import label_key
from ingest.numbers.quantities import PERCENT

_PAIR = 2


class OfTheSet:
    """Plans about the set spoken of, over one catalog."""

    def __init__(self, text: str, referents: Referents, phrases: Phrases) -> None:
        self.text = text
        self.referents = referents
        self.phrases = phrases

    def plans(self) -> Iterator[Plan]:
        """Every reading that needs the set."""
        yield from self._against_the_other()
        yield from self._sum_against_a_subject()

    def share_of_whole(self, name: str) -> Iterator[Plan]:
        """`接待费占几成` after the largest part of a figure, `泵站占几成` after that of a set: of the figure, of the set."""
        before, part = self.referents.focus.plan, self.phrases.selector(name)
        if not isinstance(before, Ranked) or part is None:
            return
        members, whole = before.members, before.members.of
        if part.project and members.universe is Universe.PROJECTS:
            one = Aggregate("sum", replace(members, words=part.label, labels=(part.project,)))
            yield Ratio(one, Aggregate("sum", replace(members, words="合计")), PERCENT)
        if whole is None or part.project or members.universe is not Universe.PARTS:
            return
        if label_key(part.label) != label_key(whole.label) and (
            not whole.table_kinds or set(whole.table_kinds) & set(part.table_kinds)
        ):
            yield Ratio(Lookup(part), Lookup(whole), PERCENT)

    def _against_the_other(self) -> Iterator[Plan]:
        """`比另一个多多少` after one of two."""
        before = self.referents.focus.plan
        if not cue("than_the_other").fullmatch(self.text) or not isinstance(before, Ranked):
            return
        if self._number_in_set(before) == _PAIR and before.count == before.first == 1:
            yield Compare(before, replace(before, descending=not before.descending))

    def _number_in_set(self, ranked: Ranked) -> int:
        """How many members the set has that one was told of; 0 where no turn told it."""
        told = (turn for turn in self.referents.turns if turn.plan is not ranked and turn.result is not None)
        sizes = (
            len(turn.result.members)
            for turn in told
            if turn.result is not None and getattr(turn.plan, "members", None) == ranked.members
        )
        return next(sizes, 0)

    def _sum_against_a_subject(self) -> Iterator[Plan]:
        """`两个项目之和与该科目一致吗` after the projects that a subject pays for."""
        before = self.referents.focus.plan
        if not isinstance(before, FundedBy) or not before.code or not cue("sum_against_subject").fullmatch(self.text):
            return
        projects = self.phrases.catalog.project_by_key
        keys = tuple(dict.fromkeys(key for row in self.referents.focus.rows if (key := label_key(row)) in projects))
        told = (each for each in self.referents.figures if each.selector is not None)
        subject = next((each.expression for each in told if each.selector and each.selector.code == before.code), None)
        if len(keys) > 1 and subject is not None:
            names = (projects[key][0].name for key in keys)
            parts = tuple(Lookup(Selector(n, n, project=k)) for k, n in zip(keys, names, strict=True))
            yield Check(Combine("+", parts), "=", subject, ask_left=True)
