"""Plans that are worked out within one project: prices times quantities, an amount per unit, what is left after this year."""

from __future__ import annotations

import re

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.linking import indicator_name
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Condition,
    CostEstimate,
    Expression,
    Literal,
    Lookup,
    Members,
    PerUnit,
    Plan,
    Selector,
    Universe,
)
from assistant.question import Question
from ingest.ledger import StoredFact
from ingest.numbers import NumeralKind, find_numerals
from ingest.quantities import YUAN, Quantity
from ingest.units import to_base


class EstimatePlans:
    """Plans of estimates over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def estimate(self, question: Question) -> Plan | None:
        """Unit prices times quantities, held against the project's budget where the question does so."""
        text = question.text
        if not says(text, "estimate") or (says(text, "adds_up") and says(text, "cost_indicator")):
            return None
        project = self.phrases.project_in(text)
        if project is None:
            return CostEstimate(text, "")
        if not says(text, "against_budget"):
            return CostEstimate(text, project.key)
        budget = Lookup(Selector(project.name, f"{project.name}年度预算", project=project.key))
        return CostEstimate(text, project.key, budget, _asked_of_estimate(text))

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

    def per_unit(self, question: Question) -> Plan | None:
        """`每村平均多少`, `平均每公里造价`: an amount over a count of the same project."""
        text = question.text
        found = cue("per_unit").search(text)
        project = self._project(text) if found is not None and says(text, "divided_among") else None
        if found is None or project is None:
            return None
        count = next((s for s in (*project.indicators, *project.prose) if _counts(s, found["unit"])), None)
        if count is None:
            return None
        named = Selector(count.fact.row, indicator_name(count), fact_ids=(count.id,))
        return PerUnit(_amount_said(text) or Lookup(Selector(project.name, project.name, project=project.key)), named)

    def _project(self, text: str) -> Project | None:
        if (project := self.phrases.project_in(text)) is not None:
            return project
        key = next((link.entry.project for link in self.phrases.linker.link(text)[:1]), "")
        return self.catalog.project_by_key[key][0] if key else None


def _asked_of_estimate(text: str) -> str:
    """What is asked of an estimate that is held against a budget."""
    if says(text, "excess"):
        return "excess"
    if says(text, "share_of_budget"):
        return "share" if says(text, "asks_total_too") else "share_only"
    return "check"


def _counts(stored: StoredFact, unit: str) -> bool:
    """Whether a fact is a number of such units."""
    quantity = stored.fact.quantity
    if quantity is None or unit not in stored.fact.row + quantity.unit:
        return False
    return to_base(quantity.unit)[0] in (to_base(unit)[0], "个")


def _amount_said(text: str) -> Expression | None:
    """The first amount of money in a question."""
    kinds = (NumeralKind.MONEY, NumeralKind.NUMBER)
    for numeral in find_numerals(text):
        if numeral.kind in kinds and numeral.quantity and re.search("[万亿元]", numeral.printed):
            return Literal(Quantity(numeral.quantity.number, YUAN))
    return None
