"""Which printed cell answers “多少钱”: the stated policy, preference by preference."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.catalog import AS_PRINTED
from assistant.computing.policy import IMPOSSIBLE, cost
from assistant.plan import Selector, Wish
from ingest.facts import Coordinates, Fact, Fund, Origin, Period, Role, Side, Spending, Status, Vintage
from ingest.numbers.numbers import parse_cell
from ingest.source import Place

PLAIN = Fact(
    Origin.TABLE, "支出总表", "expenditure", "教育支出", (), "205", ("合计",), "1.00", parse_cell("1.00", "万元").quantity,
    Place(lines=(1, 1)), Coordinates(side=Side.EXPENDITURE),
)  # fmt: skip
ASKED = Selector("教育花了多少")


def at(**coordinates: Any) -> Fact:
    return replace(PLAIN, coordinates=replace(PLAIN.coordinates, **coordinates))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(PLAIN, at(side=Side.INCOME), id="expenditure before income"),
        pytest.param(PLAIN, at(fund=Fund.GENERAL_PUBLIC), id="all funds before one"),
        pytest.param(at(fund=Fund.FISCAL), at(fund=Fund.OWN), id="fiscal appropriation before another fund"),
        pytest.param(PLAIN, at(spending=Spending.BASIC), id="all spending before a part"),
        pytest.param(PLAIN, at(vintage=Vintage.CURRENT), id="with the carry-over before without"),
        pytest.param(at(vintage=Vintage.CURRENT), at(vintage=Vintage.CARRIED_OVER), id="this year's before the carry-over"),
        pytest.param(PLAIN, replace(PLAIN, origin=Origin.SHEET), id="a table before a sheet"),
        pytest.param(replace(PLAIN, origin=Origin.SHEET), replace(PLAIN, origin=Origin.PROSE), id="a sheet before prose"),
        pytest.param(PLAIN, replace(PLAIN, status=Status.REPAIRED), id="sound before repaired"),
        pytest.param(replace(PLAIN, status=Status.REPAIRED), replace(PLAIN, status=Status.DOUBTFUL), id="repaired before doubtful"),
        pytest.param(replace(PLAIN, origin=Origin.PROSE), replace(PLAIN, status=Status.DOUBTFUL), id="prose before a doubtful cell"),
    ],
)  # fmt: skip
def test_preferences(better: Fact, worse: Fact) -> None:
    assert cost(better, ASKED) < cost(worse, ASKED) < IMPOSSIBLE


@pytest.mark.parametrize(
    ("wish", "fact"),
    [
        pytest.param(Wish(fund=Fund.OWN), at(fund=Fund.GENERAL_PUBLIC), id="another fund"),
        pytest.param(Wish(vintage=Vintage.CARRIED_OVER), PLAIN, id="another year's money"),
        pytest.param(Wish(spending=Spending.PROJECT), PLAIN, id="another kind of spending"),
        pytest.param(Wish(side=Side.INCOME), PLAIN, id="the other side"),
        pytest.param(Wish(period=Period.WHOLE), at(period=Period.ANNUAL), id="another period"),
        pytest.param(Wish(role=Role.LAST_YEAR), PLAIN, id="this year's for last year's"),
        pytest.param(Wish(), at(role=Role.CHANGE), id="a change that was not asked for"),
        pytest.param(Wish(), at(role=Role.SHARE), id="a share that was not asked for"),
        pytest.param(Wish(), at(role=Role.LAST_YEAR), id="last year's that was not asked for"),
        pytest.param(Wish(), replace(PLAIN, field=AS_PRINTED), id="a misprinted reading"),
    ],
)
def test_what_never_answers(wish: Wish, fact: Fact) -> None:
    assert cost(fact, replace(ASKED, wish=wish)) >= IMPOSSIBLE
    assert cost(fact, replace(ASKED, wish=wish, words=fact.row)) >= IMPOSSIBLE


@pytest.mark.parametrize(
    ("wish", "fact"),
    [
        pytest.param(Wish(fund=Fund.OWN), at(fund=Fund.OWN), id="fund"),
        pytest.param(Wish(vintage=Vintage.CARRIED_OVER), at(vintage=Vintage.CARRIED_OVER), id="vintage"),
        pytest.param(Wish(spending=Spending.BASIC), at(spending=Spending.BASIC), id="spending"),
        pytest.param(Wish(side=Side.INCOME), at(side=Side.INCOME), id="side"),
        pytest.param(Wish(side=Side.INCOME), at(side=Side.NONE), id="a side that is not told"),
        pytest.param(Wish(role=Role.CHANGE), at(role=Role.CHANGE), id="role"),
    ],
)
def test_a_wish_is_granted(wish: Wish, fact: Fact) -> None:
    assert cost(fact, replace(ASKED, wish=wish)) < 1


def test_the_table_that_is_meant_comes_first() -> None:
    wanted = replace(ASKED, table_kinds=("three_public", "expenditure"))
    kinds = [replace(PLAIN, table_kind=kind) for kind in ("three_public", "expenditure", "procurement")]
    prices = [cost(fact, wanted) for fact in kinds]
    assert prices == sorted(prices) and len(set(prices)) == 3
