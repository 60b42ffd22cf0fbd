"""Plans that are worked out within one project: prices times quantities, an amount per unit, what is left after this year."""

from __future__ import annotations

from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Combine,
    Condition,
    CostEstimate,
    Lookup,
    Members,
    Plan,
    Selector,
    Universe,
)
from assistant.question import Question


class EstimatePlans:
    """Plans of estimates over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def estimate(self, question: Question) -> Plan | None:
        """Unit prices times quantities, held against the project's budget where the question does so."""
        text = question.text
        if (
            not says(text, "estimate")
            or says(text, "divides")
            or (says(text, "adds_up") and says(text, "cost_indicator"))
        ):
            return None
        project = self.phrases.project_in(text)
        if project is None:
            return CostEstimate(text, "")
        if not says(text, "against_budget"):
            return CostEstimate(text, project.key)
        budget = Lookup(Selector(project.name, f"{project.name}年度预算", project=project.key))
        return CostEstimate(text, project.key, budget, _asked_of_estimate(text))

    def combined(self, question: Question) -> Plan | None:
        """`年度资金乘以4年是多少`, `各项占比加起来多少`: a product, or a sum of shares, by itself."""
        text = cue("asking_tail").sub("", question.text)
        told = says(text, "multiplied_by", "times_the_period", "shares_together")
        if not told or says(text, "agreement_asked", "yes_or_no"):
            return None
        found = self.phrases.expression(text)
        return found if isinstance(found, Combine) else None

    def remaining(self, question: Question) -> Plan | None:
        """What is left of the whole period after this year: whole-period less annual funding, summed over projects."""
        text = question.text
        if not says(text, "whole_period") or not says(text, "less_this_year"):
            return None
        conditions, rest = self.phrases.conditions_in(text)
        project = self.phrases.project_in(rest)
        if project is not None:
            conditions.append(Condition("key", "=", project.key))
        return Aggregate("sum", Members(Universe.PROJECTS, "实施期总额减年度总额", tuple(conditions), remaining=True))


def _asked_of_estimate(text: str) -> str:
    """What is asked of an estimate that is held against a budget."""
    if says(text, "excess"):
        return "excess"
    if says(text, "share_of_budget"):
        return "share" if says(text, "asks_total_too") else "share_only"
    return "check"
