"""Unit prices times the quantities they belong to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.computing.computing import Computer
from assistant.computing.estimates import Estimate, Estimates
from assistant.computing.figures import Missing
from assistant.plan import CostEstimate, Lookup, Selector
from ingest.facts import Status
from ingest.numbers.quantities import YUAN
from tests.assistant.made_up import Department, small_department

AGAINST = Lookup(Selector("河道清淤", "河道清淤", project="河道清淤"))


def estimate(made: Department, words: str, project: str = "") -> Estimate:
    found = Estimates(made.catalog()).estimate(words, project)
    assert isinstance(found, Estimate), found
    return found


def test_price_times_quantity() -> None:
    found = estimate(small_department(), "河道清淤按单价上限算要多少", "河道清淤")
    assert (found.value.number, found.value.unit) == (Decimal(1_200_000), YUAN)
    assert len(found.cells) == 2 and "×" in found.steps[0].expression


def test_caps_and_targets_are_said_to_be_nominal() -> None:
    assert estimate(small_department(), "清淤成本", "河道清淤").notes


@pytest.mark.parametrize(
    ("price", "quantity", "cost"),
    [
        pytest.param("≤0.7元/度", "230万度", "1610000", id="a multiplier in the quantity"),
        pytest.param("13.35元/平方米", "329.38万平方米", "43972230", id="decimals"),
        pytest.param("≤2万元/辆", "3辆", "60000", id="a multiplier in the price"),
    ],
)
def test_units(price: str, quantity: str, cost: str) -> None:
    made = Department()
    made.indicator("园区维护", "设备维护数量", quantity)
    made.indicator("园区维护", "设备维护单价", price, "成本指标")
    assert estimate(made, "设备维护", "园区维护").value.number == Decimal(cost)


def test_several_pairs_are_added() -> None:
    made = Department()
    made.indicator("园区维护", "道路清扫面积", "100平方米")
    made.indicator("园区维护", "道路清扫单价", "2元/平方米", "成本指标")
    made.indicator("园区维护", "路灯用电数量", "50度")
    made.indicator("园区维护", "路灯用电单价", "1元/度", "成本指标")
    found = estimate(made, "园区维护一共", "园区维护")
    assert found.value.number == 250
    assert [step.result.number for step in found.steps] == [200, 50, 250]


@pytest.mark.parametrize(
    ("price", "quantity"),
    [("2元/平方米", "100度"), ("", "100平方米")],
    ids=["other units", "no price"],
)
def test_what_does_not_belong_together_is_not_multiplied(price: str, quantity: str) -> None:
    made = Department()
    made.indicator("园区维护", "道路清扫数量", quantity)
    made.indicator("园区维护", "道路清扫单价", price, "成本指标")
    found = Estimates(made.catalog()).estimate("道路清扫", "园区维护")
    assert isinstance(found, Missing) and found.reason == "not_computable"


def test_a_doubtful_price_is_not_used() -> None:
    made = Department()
    made.indicator("园区维护", "道路清扫面积", "100平方米")
    made.indicator("园区维护", "道路清扫单价", "2元/平方米", "成本指标", status=Status.DOUBTFUL)
    assert isinstance(Estimates(made.catalog()).estimate("道路清扫", "园区维护"), Missing)


@pytest.mark.parametrize(
    ("ask", "number", "unit"),
    [("total", "1200000", YUAN), ("excess", "200000", YUAN), ("share_only", "120", "%")],
)
def test_against_a_budget(ask: str, number: str, unit: str) -> None:
    computer = Computer(small_department().catalog())
    result = computer.compute(CostEstimate("河道清淤单价乘数量", "河道清淤", AGAINST, ask))
    assert result.value is not None
    assert (result.value.number, result.value.unit, result.verdict) == (Decimal(number), unit, True)
