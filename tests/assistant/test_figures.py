"""From a name to its figure: the cell that answers, the places that agree, other readings, and why there is none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.catalog import Catalog
from assistant.computing.figures import Figure, Figures, Missing, Stated
from assistant.plan import Selector, Wish
from ingest.facts import Absence, Fund, Level, Period, Side, Spending, Status, Vintage
from ingest.numbers.quantities import Quantity
from tests.assistant.made_up import BALANCE, PROJECT_TABLE, Department, small_department


def figure_of(made: Department, selector: Selector) -> Figure:
    found = Figures(made.catalog()).figure(selector)
    assert isinstance(found, Figure), found
    return found


def missing_of(catalog: Catalog, selector: Selector) -> Missing:
    found = Figures(catalog).figure(selector)
    assert isinstance(found, Missing)
    return found


@pytest.mark.parametrize(
    ("selector", "number"),
    [
        pytest.param(Selector("河道清淤", project="河道清淤"), "1000000", id="a project: its budget of the year"),
        pytest.param(
            Selector("河道清淤", wish=Wish(period=Period.WHOLE), project="河道清淤"), "3000000", id="whole period"
        ),
        pytest.param(Selector("教育", row_keys=("教育支出",)), "9000000", id="a row"),
        pytest.param(Selector("20502", code="20502"), "9000000", id="a code"),
        pytest.param(
            Selector("路灯", wish=Wish(fund=Fund.GOVERNMENT_FUNDS), project="路灯改造"), "2000000", id="a fund"
        ),
        pytest.param(Selector("表1", tables=((1, PROJECT_TABLE),)), "10000000", id="a table: its total"),
    ],
)
def test_figure(selector: Selector, number: str) -> None:
    found = figure_of(small_department(), selector)
    assert (found.quantity.number, found.quantity.unit) == (Decimal(number), "元")
    assert found.primary.fact.quantity == found.quantity


def test_places_that_print_the_same_are_all_cited() -> None:
    found = figure_of(small_department(), Selector("河道清淤", project="河道清淤"))
    assert {cell.fact.table for cell in found.cells} == {"项目支出预算表", "绩效目标表"}
    assert {cell.fact.quantity.number for cell in found.cells if cell.fact.quantity} == {Decimal(1_000_000)}


def test_the_total_includes_the_carry_over_and_names_what_it_is_without() -> None:
    made = Department()
    row = {"table": BALANCE, "side": Side.EXPENDITURE, "level": Level.TOTAL}
    made.cell("支出总计", "90.00", vintage=Vintage.CURRENT, **row)
    made.cell("支出总计", "100.00", **row)
    found = figure_of(made, Selector("总支出", concept="total_expenditure", wish=Wish(side=Side.EXPENDITURE)))
    assert found.quantity.number == 1_000_000
    assert [other.fact.quantity.number for other in found.others if other.fact.quantity] == [900_000]
    without = Selector("总支出", concept="total_expenditure", wish=Wish(side=Side.EXPENDITURE, vintage=Vintage.CURRENT))
    assert figure_of(made, without).quantity.number == 900_000


def test_a_doubtful_cell_answers_only_where_nothing_else_does_and_warns() -> None:
    made = Department()
    made.cell("办公费", "9.00", status=Status.DOUBTFUL, warnings=("合计不符",))
    alone = figure_of(made, Selector("办公费", row_keys=("办公费",)))
    assert (alone.quantity.number, alone.warnings) == (90_000, ("合计不符",))
    made.cell("办公费", "8.00", BALANCE, fund=Fund.GENERAL_PUBLIC)
    assert figure_of(made, Selector("办公费", row_keys=("办公费",))).quantity.number == 80_000


def test_two_places_that_contradict_each_other_are_both_given() -> None:
    made = Department()
    made.cell("办公费", "9.00")
    made.cell("办公费", "8.00", BALANCE)
    found = figure_of(made, Selector("办公费", row_keys=("办公费",)))
    assert [cell.fact.printed for cell in found.conflicts] == ["8.00"]


@pytest.mark.parametrize(
    ("absence", "reason"),
    [(Absence.BLANK, "blank"), (Absence.LOST, "lost"), (Absence.DASH, "dash")],
    ids=["blank", "lost", "dash"],
)
def test_why_there_is_none(absence: Absence, reason: str) -> None:
    made = Department()
    made.cell("办公费", "", absence=absence)
    assert missing_of(made.catalog(), Selector("办公费", row_keys=("办公费",))).reason == reason


def test_an_unknown_name() -> None:
    assert missing_of(small_department().catalog(), Selector("航母", row_keys=("航母",))).reason == "unknown"


def test_a_fund_that_is_not_printed_is_no_other_funds_figure() -> None:
    asked = Selector("河道清淤", "河道清淤", Wish(fund=Fund.STATE_CAPITAL), project="河道清淤")
    assert missing_of(small_department().catalog(), asked).reason == "year_item"


def test_words_are_stated_as_they_are() -> None:
    made = small_department()
    catalog = made.catalog()
    period = next(stored.id for stored in catalog.facts if stored.fact.field == "handler")
    (found,) = Figures(catalog).by_document(Selector("经办人", fact_ids=(period,)))
    assert isinstance(found, Stated) and found.text == "甲某"


def test_a_fund_within_a_name_is_no_part_of_it() -> None:
    made = Department()
    made.said("机关运行经费财政拨款预算", "80万元", "机关运行经费财政拨款预算80万元。", fund=Fund.FISCAL)
    selector = Selector("机关运行经费", wish=Wish(fund=Fund.FISCAL), concept="operating_expenses_of_organs")
    assert figure_of(made, selector).quantity.number == 800_000


def test_a_number_of_things_is_no_amount_of_a_table() -> None:
    made = Department()
    made.cell("保安服务", "40.00", row_index=3, column=("预算金额",))
    first = made.facts[0]
    made.facts.insert(0, replace(first, quantity=Quantity(Decimal(7), ""), printed="7", column=("数量",)))
    assert figure_of(made, Selector("保安", row_keys=("保安服务",))).quantity.number == 400_000


def test_basic_expenditure_is_not_all_expenditure() -> None:
    made = Department()
    made.cell("合计", "90.00", level=Level.TOTAL, spending=Spending.BASIC, side=Side.EXPENDITURE)
    found = Figures(made.catalog()).figure(Selector("总支出", concept="total_expenditure"))
    assert isinstance(found, Missing)


def test_rows_of_one_project_are_added_up_and_said_to_be() -> None:
    made = small_department()
    for number, printed in enumerate(("20.00", "3.00", "5.00")):
        made.project("公车统管", printed, row_index=50 + number)
    found = figure_of(made, Selector("公车统管", project="公车统管"))
    assert found.quantity.number == Decimal("280000")
    assert len(found.parts) == 3
    assert "3 行" in found.warnings[0]
