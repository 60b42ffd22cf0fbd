"""Later turns about shares that a text prints: whether the next one is right, what those spoken of add up to, why not to all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.cues import cue, says
from assistant.dialogue.focus import Focus
from assistant.phrases.phrases import Phrases
from assistant.plan import Check, CheckFinding, Combine, Plan, selectors_in
from assistant.plans.findings import FindingPlans
from assistant.plans.shares import SharePlans, against_all
from assistant.question import Question


class PrintedShares:
    """Plans of turns that lean on printed shares; over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.catalog = phrases.catalog
        self.findings = FindingPlans(phrases)
        self.shares = SharePlans(phrases)

    def plans(self, question: Question, focus: Focus) -> Iterator[Plan]:
        """What a turn asks of the shares that were checked or added up in the turns before."""
        spoken_of = self._spoken_of(focus)
        if not spoken_of:
            return
        text = cue("share_told").sub("占", question.text)
        if isinstance(focus.plan, CheckFinding) and text != question.text:
            plan = self.findings.recomputed(replace(question, text=text, raw=f"{text},对吗"))
            yield from (plan,) if plan is not None else ()
        if says(question.text, "shares_added") and (added := self.shares.added(question, spoken_of)) is not None:
            yield added
        total = focus.plan.left if isinstance(focus.plan, Check) else focus.plan
        if isinstance(total, Combine) and cue("why_not_all").fullmatch(question.text):
            yield against_all(total)

    def _spoken_of(self, focus: Focus) -> frozenset[int]:
        """The cells of the shares that the turns before were about."""
        found: set[int] = set()
        for turn in focus.turns():
            if isinstance(turn.plan, CheckFinding):
                stored = [self.catalog.findings[number] for number in turn.plan.findings]
                found.update(i for each in stored if each.finding.rule == "prose.share" for i in each.fact_ids)
            if isinstance(turn.plan, Check | Combine):
                found.update(i for selector in selectors_in(turn.plan) for i in selector.fact_ids)
        return frozenset(i for i in found if self.shares.is_share(i))
