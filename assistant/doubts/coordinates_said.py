"""Whether a plan is in the coordinates that a question says: whose money it is, and of which period.

A figure of all purses, or of this year alone, does not answer what is asked of one purse, or of the whole period.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.catalog import Catalog
from assistant.cues import says
from assistant.plan import Aggregate, Combine, Compare, Listing, Lookup, Plan, Ranked, Ratio, describe, selectors_in
from assistant.words import plain_words
from ingest.facts import Fact, Fund, Period, Role, Vintage
from ingest.labels import label_key

_OF_LAST_YEAR = (Role.LAST_YEAR, Role.CHANGE, Role.CHANGE_RATE)
_PURSES = (Fund.CENTRAL, Fund.PROVINCIAL, Fund.LOCAL, Fund.SELF_RAISED, Fund.GOVERNMENT_FUNDS, Fund.STATE_CAPITAL)


def passes_over_coordinates(plan: Plan, text: str, catalog: Catalog) -> bool:
    """Whether a text names a purse or a period that the plan leaves out."""
    return (
        _passes_over_a_purse(plan, text, catalog)
        or _passes_over_the_period(plan, text, catalog)
        or _passes_over_last_year(plan, text, catalog)
        or _adds_all_spending(plan, text)
    )


def _adds_all_spending(plan: Plan, text: str) -> bool:
    """All parts of a table added up where one kind of spending is meant: 表5里的项目支出合计."""
    if not isinstance(plan, Aggregate) or plan.members.of is None or plan.members.of.wish.spending is not None:
        return False
    said = [word for words in plain_words().wishes["spending"].values() for word in words if word in text]
    names = label_key("".join((plan.members.of.label, *plan.members.of.row_keys)))
    return bool(said and plan.members.of.tables) and not any(word in names for word in said)


def _passes_over_a_purse(plan: Plan, text: str, catalog: Catalog) -> bool:
    if not isinstance(plan, Lookup | Aggregate | Ranked | Listing) or says(text, "funds_told"):
        return False
    said = [(word, fund) for fund in _PURSES for word in plain_words().wishes["fund"][fund] if word in text]
    if not said:
        return False
    known = label_key("".join(_names(plan, catalog)))
    return any(not _is_of(plan, fund) and label_key(word) not in known for word, fund in said)


def _is_of(plan: Plan, fund: Fund) -> bool:
    """Whether figures are wished in a fund, or members chosen by it; of members that are only measured in it, none."""
    if isinstance(plan, Listing | Ranked) or (isinstance(plan, Aggregate) and plan.function == "count"):
        return any(c.attribute == "fund" and c.text == fund for c in plan.members.conditions) or bool(
            plan.members.given
        )
    return fund in describe(plan)


def _passes_over_the_period(plan: Plan, text: str, catalog: Catalog) -> bool:
    if isinstance(plan, Lookup) and says(text, "of_a_period"):
        return True  # 项目期3年的: a condition of several
    if not isinstance(plan, Lookup | Compare | Ratio) or not says(text, "whole_period_total"):
        return False
    whole = f"period={Period.WHOLE}" in describe(plan)
    return not whole and not any(f.coordinates.period is Period.WHOLE for f in _facts(plan, catalog))


def _passes_over_last_year(plan: Plan, text: str, catalog: Catalog) -> bool:
    """This year's figure where last year's is asked for, or one of a pair."""
    of_figures = isinstance(plan, Ratio) and all(isinstance(e, Lookup) for e in (plan.numerator, plan.denominator))
    if isinstance(plan, Combine | Compare):
        operands = plan.operands if isinstance(plan, Combine) else (plan.left, plan.right)
        of_figures = all(isinstance(each, Lookup) for each in operands)
    if not (isinstance(plan, Lookup) or of_figures) or not says(text, "year_before"):
        return False
    known = label_key("".join("".join((f.row, *f.row_path)) for f in _facts(plan, catalog)))
    known += label_key("".join("".join((s.label, *s.row_keys)) for s in selectors_in(plan)))
    told = any(f.coordinates.role in _OF_LAST_YEAR for f in _facts(plan, catalog))
    wished = any(s.wish.role in _OF_LAST_YEAR or s.wish.vintage is Vintage.CARRIED_OVER for s in selectors_in(plan))
    return not (told or wished or "上年" in known)


def _facts(plan: Plan, catalog: Catalog) -> Iterator[Fact]:
    return (catalog.by_id[i].fact for s in selectors_in(plan) for i in s.fact_ids if i in catalog.by_id)


def _names(plan: Plan, catalog: Catalog) -> Iterator[str]:
    """All that the figures of a plan are called, with the tables and sentences they stand in."""
    for fact in _facts(plan, catalog):
        yield from (fact.row, fact.table, fact.sentence, *fact.row_path)
    for selector in selectors_in(plan):
        yield from (selector.label, *selector.row_keys, *(catalog.tables[table].title for table in selector.tables))
        yield from (stored.fact.row for stored in catalog.codes.get(selector.code, ())[:1])
