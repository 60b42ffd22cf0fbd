"""Against last year: what the document states, or what follows exactly from what it states."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.computing.changes import Changes
from assistant.computing.figures import Figures
from assistant.computing.results import Result
from assistant.plan import Change, Selector, Wish
from ingest.facts import Level, Role, Side
from tests.assistant.made_up import Department

SENTENCE = "办公费90万元，比上年减少10万元，减少10%。"


def change(made: Department, ask: str, row: str = "办公费") -> Result:
    catalog = made.catalog()
    return Changes(catalog, Figures(catalog)).change(Change(Selector(row, row, row_keys=(row,)), ask))


def in_prose(rate: bool = True) -> Department:
    made = Department()
    made.cell("办公费", "90.00")
    made.said("办公费", "90万元", SENTENCE)
    made.said("办公费", "10万元", SENTENCE, Role.CHANGE)
    if rate:
        made.said("办公费", "10%", SENTENCE, Role.CHANGE_RATE)
    return made


def in_columns() -> Department:
    made = Department()
    made.cell("办公费", "90.00", row_index=7)
    made.cell("办公费", "80.00", role=Role.LAST_YEAR, column=("上年预算数",), row_index=7)
    return made


@pytest.mark.parametrize(
    ("made", "ask", "number", "unit", "computed"),
    [
        pytest.param(in_prose(), "amount", "-100000", "元", False, id="stated amount"),
        pytest.param(in_prose(), "rate", "-10", "%", False, id="stated rate"),
        pytest.param(in_prose(), "direction", "-100000", "元", False, id="direction"),
        pytest.param(in_prose(), "last_year", "1000000", "元", True, id="last year recovered"),
        pytest.param(in_prose(rate=False), "rate", "-10", "%", True, id="rate computed"),
    ],
)
def test_prose(made: Department, ask: str, number: str, unit: str, computed: bool) -> None:
    result = change(made, ask)
    assert result.value is not None, result.missing
    assert (result.value.number, result.value.unit, bool(result.steps)) == (Decimal(number), unit, computed)
    assert any(cell.fact.sentence == SENTENCE for cell in result.all_cells)


def test_recovered_figures_are_said_to_be_derived() -> None:
    assert change(in_prose(), "last_year").notes == ("由今年数与增减额推算",)
    assert change(in_prose(), "amount").notes == ()


@pytest.mark.parametrize(
    ("ask", "number"), [("last_year", 800_000), ("amount", 100_000), ("direction", 100_000)], ids=lambda each: str(each)
)
def test_a_column_of_last_year(ask: str, number: int) -> None:
    result = change(in_columns(), ask)
    assert result.value is not None, result.missing
    assert result.value.number == number and len(result.all_cells) >= 2


def test_nothing_disclosed() -> None:
    made = Department()
    made.cell("办公费", "90.00")
    result = change(made, "amount")
    assert result.value is None and result.missing is not None
    assert (result.missing.reason, result.missing.detail) == ("no_change", "办公费")


def test_another_rows_change_is_not_taken() -> None:
    made = in_prose()
    made.cell("差旅费", "5.00")
    result = change(made, "amount", "差旅费")
    assert result.missing is not None and result.missing.reason == "no_change"


def test_an_unknown_row() -> None:
    result = change(in_prose(), "amount", "航母")
    assert result.missing is not None and result.missing.reason == "unknown"


def test_nothing_is_no_proof_of_whose_change_it_is() -> None:
    made = Department()
    made.cell("购车费", "0.00")
    made.said("出国费", "0万元", "出国费0万元，比上年减少8万元。")
    made.said("出国费", "8万元", "出国费0万元，比上年减少8万元。", Role.CHANGE)
    result = change(made, "last_year", "购车费")
    assert result.missing is not None and result.missing.reason == "no_change"


TOTAL = "收入比2023年减少246万元。"


def of_all(made: Department, ask: str) -> Result:
    catalog = made.catalog()
    selector = Selector("收入", "收入总计", concept="total_income", wish=Wish(side=Side.INCOME))
    return Changes(catalog, Figures(catalog)).change(Change(selector, ask))


def income_told(before: str = "") -> Department:
    made = Department()
    made.cell("收入总计", "1,000.00", level=Level.TOTAL, side=Side.INCOME)
    if before:
        made.said("年初预算数", before, f"年初预算数{before}。")
    made.said("收入", "246万元", TOTAL, Role.CHANGE)
    return made


def test_the_change_of_all_income_under_a_shorter_name() -> None:
    value = of_all(income_told(), "amount").value
    assert value is not None
    assert value.number == Decimal(-2_460_000)


def test_last_year_is_told_only_of_the_same_total() -> None:
    told = of_all(income_told("1000万元"), "last_year").value
    assert told is not None
    assert told.number == Decimal(12_460_000)
    assert of_all(income_told("900万元"), "last_year").value is None
