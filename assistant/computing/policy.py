"""Which printed cell answers “多少钱”: the one stated policy.

Unless the question says otherwise: expenditure rather than income; all funds together; all spending; carry-over
included; this year's amount; a table's cell before a sheet's and a sheet's before prose; sound cells before repaired
ones; doubtful cells only when nothing else is there, and then with a warning. A project means its budget of the
document's year. What the choice leaves out is named in the answer when its figure differs.
"""

from __future__ import annotations

from assistant.catalog import AS_PRINTED
from assistant.plan import Selector, Wish
from ingest.facts import Fact, Fund, Origin, Role, Side, Spending, Status, Vintage
from ingest.labels import label_key

IMPOSSIBLE = 1000
_ORIGIN_COST = {Origin.TABLE: 0.0, Origin.SHEET: 0.5, Origin.PROSE: 1.0}
_STATUS_COST = {Status.OK: 0.0, Status.REPAIRED: 0.4, Status.DOUBTFUL: 6.0}
_FUND_COST = {Fund.ALL: 0.0, Fund.FISCAL: 1.7}
_VINTAGE_COST = {Vintage.ALL: 0.0, Vintage.CURRENT: 1.6, Vintage.CARRIED_OVER: 4.0, Vintage.CARRIED_FORWARD: 5.0}
_UNITLESS_COST = 1.5
_SIDE_COST = {Side.EXPENDITURE: 0.0, Side.NONE: 0.2, Side.INCOME: 2.0}
# Kinds of table whose total is not the department's total income or expenditure.
PARTIAL_TABLES = frozenset(
    (
        "three_public", "operating_expenses", "procurement", "purchased_services", "assets", "meetings", "staff", "transfers",
        "special_account", "projects", "carried_over", "state_capital_balance", "state_capital_income",
        "state_capital_expenditure", "project_performance", "department_performance", "transfer_performance",
    )
)  # fmt: skip
AMOUNT_ROLES = (Role.AMOUNT, Role.COUNT, Role.TARGET, Role.UNIT_PRICE)


def cost(fact: Fact, selector: Selector) -> float:
    """How far a fact is from what the selector wishes; IMPOSSIBLE or more when it is not an answer at all."""
    if fact.field == AS_PRINTED and not selector.fact_ids:
        return IMPOSSIBLE  # a misprint is meant only where it is picked out itself
    at, wish = fact.coordinates, selector.wish
    total = _ORIGIN_COST[fact.origin] + _STATUS_COST[fact.status]
    total += _mismatch(wish.role, at.role, _role_cost(at.role, bool(selector.fact_ids)))
    total += _fund_cost(wish, fact)
    total += _mismatch(wish.vintage, at.vintage, _VINTAGE_COST[at.vintage])
    total += _mismatch(wish.spending, at.spending, 0.0 if at.spending is Spending.ALL else 2.5)
    total += _side_cost(wish, fact)
    total += _mismatch(wish.period, at.period, 0.0)
    total += _mismatch(wish.level, at.level, 0.0)
    if fact.origin is Origin.TABLE and fact.quantity is not None and not fact.quantity.unit:
        total += _UNITLESS_COST  # a number of things in a table of money
    if selector.table_kinds and fact.origin is Origin.TABLE:
        kinds = selector.table_kinds
        total += 0.5 * kinds.index(fact.table_kind) if fact.table_kind in kinds else 3.0
    if total < IMPOSSIBLE and label_key(fact.row) == label_key(selector.words):
        total -= 2.0
    return total


def _role_cost(role: Role, named_itself: bool) -> float:
    """Changes and shares answer only when asked for; dates and texts only when they were named themselves."""
    if role in AMOUNT_ROLES:
        return 0.0
    return 2.0 if named_itself and role in (Role.DATE, Role.TEXT, Role.SHARE) else IMPOSSIBLE


def _mismatch(wished: object, found: object, otherwise: float) -> float:
    if wished is None:
        return otherwise
    return 0.0 if wished == found else IMPOSSIBLE


def _fund_cost(wish: Wish, fact: Fact) -> float:
    found = fact.coordinates.fund
    if wish.fund is None:
        return _FUND_COST.get(found, 3.0)
    if wish.fund is Fund.FISCAL:
        return {Fund.FISCAL: 0.0, Fund.ALL: 0.4 if fact.table_kind == "fiscal_balance" else IMPOSSIBLE}.get(
            found, IMPOSSIBLE
        )
    return 0.0 if wish.fund is found else IMPOSSIBLE


def _side_cost(wish: Wish, fact: Fact) -> float:
    found = fact.coordinates.side
    if wish.side is None:
        return _SIDE_COST[found]
    return 0.0 if wish.side is found else 0.3 if found is Side.NONE else IMPOSSIBLE
