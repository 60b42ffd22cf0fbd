"""Coordinates that a phrase names: fund, side, kind of spending, the year the money is of, period, level."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.cues import says
from assistant.names.linking import Linker
from assistant.names.segments import content_of
from assistant.plan import Selector, Wish
from assistant.words import longest_first, plain_words, wish_of
from ingest.facts import Fund, Level, Side, Spending, Vintage

_OF_SPENDING = {
    Spending.BASIC: "basic_expenditure",
    Spending.PROJECT: "project_expenditure",
    Spending.PERSONNEL: "personnel_expenditure",
    Spending.OPERATING: "operating_expenditure",
}
_OF_FUND = {
    Fund.FISCAL: "fiscal_appropriation",
    Fund.GENERAL_PUBLIC: "general_public_budget",
    Fund.GOVERNMENT_FUNDS: "government_funds_budget",
    Fund.STATE_CAPITAL: "state_capital_budget",
    Fund.SPECIAL_ACCOUNT: "special_account_funds",
    Fund.OWN: "own_funds",
}


class CoordinateWords:
    """Finds the words of coordinates."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker

    def wish_in(self, text: str) -> tuple[Wish, str]:
        """The coordinates a phrase names, and the phrase without their words."""
        found: dict[str, str] = {}
        rest = text
        for dimension, values in plain_words().wishes.items():
            hits = [(word, value) for value, words in values.items() for word in words if word in rest]
            if not hits:
                continue
            word, value = max(hits, key=lambda hit: len(hit[0]))
            if dimension == "role" and not self.linker.catalog.tells_budgets:
                continue
            if dimension == "vintage" and says(text, "either_year"):
                continue
            if value == "annual" and not says(text, "performance"):
                rest = rest.replace(word, "年度" if rest == word else "")
                continue
            if dimension == "side" and content_of(self.linker.words(rest.replace(word, ""))):
                if value == "income":
                    found[dimension] = value
                continue
            found[dimension] = value
            said_again = values[value] if dimension == "vintage" else ()
            for name in (word, *longest_first(said_again)):
                rest = rest.replace(name, "")
            rest = re.sub(r"[(（]\s*[)）]", "", rest)
        if "vintage" not in found and says(text, "of_this_year"):
            found["vintage"], rest = Vintage.CURRENT.value, re.sub(r"当年的?", "", rest)
        return wish_of(found), rest


def side_in(text: str) -> Side | None:
    """The side of the balance that a text names."""
    return Side.INCOME if says(text, "income") else Side.EXPENDITURE if says(text, "expenditure") else None


def of_its_side(selector: Selector) -> Selector:
    """A figure whose words say that it is income, as income: its parts are not what is spent of it, and of a fund nothing
    that was carried over."""
    income = says(selector.words, "income") and not says(selector.words, "expenditure")
    return as_income(selector) if income and selector.wish.side in (None, Side.INCOME) else selector


def as_income(selector: Selector) -> Selector:
    """A figure as this year's income, where it is of a fund; else as income."""
    if selector.fact_ids or selector.project:
        return selector
    vintage = selector.wish.vintage or (Vintage.CURRENT if selector.wish.fund is not None else None)
    return replace(selector, wish=replace(selector.wish, side=Side.INCOME, vintage=vintage))


def level_in(text: str) -> Level:
    """The level of subjects that a text names, else the highest."""
    return Level.ITEM if says(text, "item_level") else Level.SECTION if says(text, "section_level") else Level.CLASS


def concept_of(wish: Wish) -> str | None:
    """The concept that coordinates alone stand for: a spending kind, a fund, the carry-over, a side's total,
    this year's money."""
    if wish.spending in _OF_SPENDING:
        return _OF_SPENDING[wish.spending]
    if wish.fund is not None:
        return _OF_FUND.get(wish.fund)
    if wish.vintage is Vintage.CARRIED_OVER:
        return "carried_over"
    if wish.side is not None:
        return "total_income" if wish.side is Side.INCOME else "total_expenditure"
    if wish.vintage is Vintage.CURRENT:
        return "current_income"
    return None
