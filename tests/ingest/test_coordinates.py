from __future__ import annotations

import pytest

from ingest.facts import Coordinates, Fund, Role, Side, Spending, Vintage
from ingest.tables.coordinates import column_coordinates, coordinates_of_words, is_carry_over, table_meaning


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一般公共预算当年拨款", Coordinates(fund=Fund.GENERAL_PUBLIC, vintage=Vintage.CURRENT)),
        ("一般公共预算财政拨款", Coordinates(fund=Fund.GENERAL_PUBLIC)),
        ("财政拨款收支总表", Coordinates(fund=Fund.FISCAL)),
        ("政府性基金预算收入表（不含上年结转）",
         Coordinates(Side.INCOME, Fund.GOVERNMENT_FUNDS, vintage=Vintage.CURRENT)),
        ("项目支出预算表（上年结转）",
         Coordinates(Side.EXPENDITURE, spending=Spending.PROJECT, vintage=Vintage.CARRIED_OVER)),
        ("上年财政拨款结转", Coordinates(vintage=Vintage.CARRIED_OVER)),
        ("结转下年支出", Coordinates(Side.EXPENDITURE, vintage=Vintage.CARRIED_FORWARD)),
        ("本年收入合计", Coordinates(Side.INCOME, vintage=Vintage.CURRENT)),
        ("本年支出合计", Coordinates(Side.EXPENDITURE)),
        ("人员经费", Coordinates(spending=Spending.PERSONNEL)),
        ("2026年预算数比2025年执行数增减额", Coordinates(role=Role.CHANGE)),
        ("增减(%)", Coordinates(role=Role.CHANGE_RATE)),
        ("上年预算数", Coordinates(role=Role.LAST_YEAR)),
        ("非财政拨款结余", Coordinates(fund=Fund.OTHER)),
        ("一般公共预算和政府性基金预算", Coordinates(fund=Fund.FISCAL)),
        ("办公费", Coordinates()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_words(text: str, expected: Coordinates) -> None:
    assert coordinates_of_words(text) == expected


def test_what_words_do_not_say_stays_as_it_was() -> None:
    base = Coordinates(Side.EXPENDITURE, Fund.GENERAL_PUBLIC, year=2023)
    assert coordinates_of_words("公用经费", base) == Coordinates(
        Side.EXPENDITURE, Fund.GENERAL_PUBLIC, Spending.OPERATING, year=2023
    )


@pytest.mark.parametrize(
    ("label", "expected"), [("上年结转", True), ("年终结转", True), ("不含上年结转", False), ("一般公共预算", False)]
)
def test_carry_over(label: str, expected: bool) -> None:
    assert is_carry_over(label) is expected


@pytest.mark.parametrize(
    ("title", "header", "role"),
    [
        pytest.param("“三公”经费支出决算表", "决算数", Role.AMOUNT, id="what was spent"),
        pytest.param("“三公”经费支出决算表", "年初预算数", Role.BUDGETED, id="what had been planned"),
        pytest.param("一般公共预算支出表", "2023年执行数", Role.EXECUTED, id="of a budget"),
        pytest.param("一般公共预算支出表", "预算数", Role.AMOUNT, id="a budget's amount"),
    ],
)
def test_roles_in_final_accounts(title: str, header: str, role: Role) -> None:
    assert column_coordinates(table_meaning(title, [(header,)], 2024), (header,)).role is role
