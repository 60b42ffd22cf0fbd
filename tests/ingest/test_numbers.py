"""Cells, prose and printing of numbers: what is one, what is none, and that nothing is lost on the way."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Absence
from ingest.numbers.numbers import (
    NumeralKind,
    as_number,
    convert_money,
    find_numerals,
    format_quantity,
    money,
    number_in,
    parse_cell,
    to_base_unit,
)
from ingest.numbers.quantities import Quantity, Relation, UnitMismatchError

CELLS = [
    ("1,389.97", "万元", "13899700", "元", "100"),
    ("1,500,00 0", "元", "1500000", "元", "1"),
    ("12,000,0 00.00", "元", "12000000", "元", "0.01"),
    ("\uff11，\uff13\uff18\uff19．\uff19\uff17", "万元", "13899700", "元", "100"),
    ("57 .65", "万元", "576500", "元", "100"),
    ("-126.49", "万元", "-1264900", "元", "100"),
    ("－5.3", "万元", "-53000", "元", "1000"),
    ("(1.20)", "万元", "-12000", "元", "100"),
    ("△5", "亿元", "-500000000", "元", "100000000"),
    ("110,387.976749", "万元", "1103879767.49", "元", "0.01"),
    ("120258,600", "元", "120258600", "元", "1"),
    ("9502,745.36", "元", "9502745.36", "元", "0.01"),
    ("0.00", "万元", "0", "元", "100"),
    ("0", "万元", "0", "元", "0"),
    ("46.15%", "万元", "46.15", "%", "0.01"),
    ("46.15", "%", "46.15", "%", "0.01"),
    ("3辆", "万元", "3", "辆", "0"),
    ("3", "辆", "3", "辆", "0"),
    ("25万元", "元", "250000", "元", "10000"),
    ("72", "", "72", "", "0"),
]


@pytest.mark.parametrize(("printed", "unit", "number", "canonical", "precision"), CELLS, ids=[c[0] for c in CELLS])
def test_a_cell_is_an_exact_quantity(printed: str, unit: str, number: str, canonical: str, precision: str) -> None:
    cell = parse_cell(printed, unit)
    assert cell.quantity is not None
    assert (cell.quantity.number, cell.quantity.unit) == (Decimal(number), canonical)
    assert cell.quantity.precision == Decimal(precision)
    assert cell.printed == printed


@pytest.mark.parametrize(
    ("printed", "absence"),
    [("", Absence.BLANK), ("  \u3000", Absence.BLANK), ("—", Absence.DASH), ("-", Absence.DASH), ("/", Absence.DASH)],
)
def test_a_cell_without_value_says_why(printed: str, absence: Absence) -> None:
    assert parse_cell(printed, "万元").absence is absence


@pytest.mark.parametrize("printed", ["1.389.97", "12,34.5", "-1,2", "57 65", "1 000", "1,500,00", "1,2345.00", "1."])
def test_a_doubtful_form_is_told_and_not_guessed(printed: str) -> None:
    cell = parse_cell(printed, "万元")
    assert cell.malformed
    assert cell.quantity is None


@pytest.mark.parametrize("printed", ["良好", "及时", "2023年", "每月支付", "合计", "第三季度", "10-20万元", "见附表"])
def test_words_in_a_cell_are_text(printed: str) -> None:
    assert parse_cell(printed, "万元").is_text


PROSE = [
    ("≤50万元/座", [("≤50万元/座", "rate", "500000", "元/座", "≤")]),
    ("≤50万", [("≤50万", "number", "500000", "", "≤")]),
    ("≤230万度", [("≤230万度", "count", "230", "万度", "≤")]),
    ("≤0.7元/度", [("≤0.7元/度", "rate", "0.7", "元/度", "≤")]),
    (r"$\geq 95\%$", [(r"$\geq 95\%$", "share", "95", "%", "≥")]),
    ("不低于98%", [("不低于98%", "share", "98", "%", "≥")]),
    ("至少2个", [("至少2个", "count", "2", "个", "≥")]),
    ("不超过20辆", [("不超过20辆", "count", "20", "辆", "≤")]),
    ("50万元以上", [("50万元以上", "money", "500000", "元", "≥")]),
    ("5%左右", [("5%左右", "share", "5", "%", "约")]),
    (
        "约2500座（每座约13500元）",
        [("约2500座", "count", "2500", "座", "约"), ("约13500元", "money", "13500", "元", "约")],
    ),
    ("2,500余座", [("2,500余座", "count", "2500", "座", "约")]),
    (
        "减少111066.86万元，下降46.15%",
        [("111066.86万元", "money", "1110668600", "元", "="), ("46.15%", "share", "46.15", "%", "=")],
    ),
    ("节点一:3180万元", [("3180万元", "money", "31800000", "元", "=")]),
    ("提高2个百分点", [("2个百分点", "share", "2", "%", "=")]),
    ("三成", [("三成", "share", "30", "%", "=")]),
    ("百分之五", [("百分之五", "share", "5", "%", "=")]),
    ("占四分之三", [("四分之三", "share", "75", "%", "=")]),
    ("完成十分之一", [("十分之一", "share", "10", "%", "=")]),
    ("减少一半", [("一半", "share", "50", "%", "=")]),
    ("超过一半", [("超过一半", "share", "50", "%", ">")]),
    ("一半以上", [("一半以上", "share", "50", "%", "≥")]),
    ("其中三分之二已完成", [("三分之二", "share", None, None, None)]),
    ("一千二百万元", [("一千二百万元", "money", "12000000", "元", "=")]),
    ("两个泵", [("两个", "count", "2", "个", "=")]),
    ("3亿5000万元", [("3亿5000万元", "money", "350000000", "元", "=")]),
    ("是去年的1.5倍", [("1.5倍", "multiple", "1.5", "倍", "=")]),
    ("费用为1,500,00 0元", [("1,500,00 0元", "money", "1500000", "元", "=")]),
    ("1.16个项目", [("1.", "mark", None, None, None), ("16个", "count", "16", "个", "=")]),
    (
        "涉及1镇2乡19村",
        [("1镇", "count", "1", "镇", "="), ("2乡", "count", "2", "乡", "="), ("19村", "count", "19", "村", "=")],
    ),
    ("2023年4个泵站", [("2023年", "date", None, None, None), ("4个", "count", "4", "个", "=")]),
    ("2020-2022年", [("2020-2022年", "date", None, None, None)]),
    (
        "2022年\u30142022\u3015154号",
        [("2022年", "date", None, None, None), ("\u30142022\u3015154号", "document", None, None, None)],
    ),
    ("晋发[2017]6号", [("[2017]6号", "document", None, None, None)]),
    ("2120501 环卫", [("2120501", "code", None, None, None)]),
    ("净收益20000万", [("20000万", "number", "200000000", "", "=")]),
    ("(K2+195.768)", [("K2+195.768", "code", None, None, None)]),
    ("电话13800001111", [("13800001111", "code", None, None, None)]),
    ("1. 委托", [("1.", "mark", None, None, None)]),
    ("一、收入", [("一、", "mark", None, None, None)]),
    ("第三大的", [("第三", "mark", None, None, None)]),
    ("支出1.389.97元", [("1.389.97", "malformed", None, None, None)]),
    ("一般公共预算、三公经费、十分重要、一次性、二十届三中全会、两三个", []),
]


@pytest.mark.parametrize(("text", "expected"), PROSE, ids=[text for text, _ in PROSE])
def test_numerals_of_a_text(text: str, expected: list[tuple[str, str, str | None, str | None, str | None]]) -> None:
    found = find_numerals(text)
    assert [numeral.printed for numeral in found] == [printed for printed, *_ in expected]
    for numeral, (_, kind, number, unit, relation) in zip(found, expected, strict=True):
        assert numeral.kind == kind
        assert text[numeral.start : numeral.end] == numeral.printed
        if number is None:
            assert numeral.quantity is None
        else:
            assert numeral.quantity is not None
            assert (numeral.quantity.number, numeral.quantity.unit) == (Decimal(number), unit)
            assert numeral.quantity.relation == relation


DATES = [
    ("2023年11月1日-2024年3月31日", ("2023-11-01", "2024-03-31")),
    ("2020-2022年", ("2020", "2022")),
    ("2023 年度", ("2023",)),
    ("二○二三年", ("2023",)),
    ("2025.1.1-2025.12.31", ("2025-01-01", "2025-12-31")),
    ("2023年1-6月", ("2023-01", "2023-06")),
    ("11月1日", ("--11-01",)),
    ("202301131623 21", ("2023-01-13",)),
    ("2023011608 0903", ("2023-01-16",)),
    ("202301111353 4", ("2023-01-11",)),
    ("20230116", ("2023-01-16",)),
]


@pytest.mark.parametrize(("text", "dates"), DATES, ids=[text for text, _ in DATES])
def test_dates_are_no_amounts(text: str, dates: tuple[str, ...]) -> None:
    (numeral,) = find_numerals(text)
    assert (numeral.kind, numeral.dates, numeral.printed) == (NumeralKind.DATE, dates, text)


def test_a_range_has_two_ends() -> None:
    (numeral,) = find_numerals("10-20万元")
    assert numeral.quantity is not None and numeral.upper is not None
    assert (numeral.quantity, numeral.upper) == (
        Quantity(Decimal(100000), "元", precision=Decimal(10000)),
        Quantity(Decimal(200000), "元", precision=Decimal(10000)),
    )


SHOWN = [
    (money("4000000"), None, "400.00万元"),
    (money("12345000"), None, "1,234.50万元"),
    (money("4000000"), "元", "4,000,000元"),
    (money("200000000"), "亿元", "2.00亿元"),
    (money("1234567"), "万元", "123.4567万元"),
    (money("0.7"), None, "0.70元"),
    (Quantity(Decimal("44.50"), "%"), None, "44.5%"),
    (Quantity(Decimal(500000), "元", Relation.AT_MOST), None, "≤50.00万元"),
    (Quantity(Decimal(230), "万度"), "度", "2,300,000度"),
]


@pytest.mark.parametrize(("quantity", "unit", "text"), SHOWN, ids=[text for *_, text in SHOWN])
def test_quantities_are_printed_exactly(quantity: Quantity, unit: str | None, text: str) -> None:
    assert format_quantity(quantity, unit) == text


def test_rounding_is_asked_for() -> None:
    assert format_quantity(Quantity(Decimal("43.366"), "%"), places=2) == "43.37%"


def test_base_units_have_one_spelling() -> None:
    assert to_base_unit(Quantity(Decimal(230), "万度")) == Quantity(Decimal(2300000), "度")
    assert to_base_unit(Quantity(Decimal(3), "元/㎡")).unit == "元/平方米"
    assert number_in(Quantity(Decimal(2300000), "度"), "万度") == 230


def test_units_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UnitMismatchError, match="元 → 辆"):
        number_in(money(3), "辆")


amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
money_units = st.sampled_from(["元", "千元", "万元", "亿元"])


@given(amounts, money_units)
def test_what_is_printed_is_read_back(number: Decimal, unit: str) -> None:
    quantity = money(number)
    assert parse_cell(format_quantity(quantity, unit)).quantity is not None
    read = parse_cell(format_quantity(quantity, unit)).quantity
    assert read is not None and read.number == number and read.unit == "元"


@given(st.decimals(min_value=0, max_value=10**12, places=2), money_units)
def test_prose_reads_what_cells_read(number: Decimal, unit: str) -> None:
    text = format_quantity(money(number), unit)
    (numeral,) = find_numerals(f"预算{text}。")
    assert numeral.quantity is not None and numeral.quantity.number == number
    assert numeral.quantity == parse_cell(text).quantity


@given(st.integers(1000, 10**12), st.data())
def test_a_space_inside_a_grouped_number_changes_nothing(number: int, data: st.DataObject) -> None:
    printed = f"{number:,}"
    cut = data.draw(st.integers(1, len(printed) - 1))
    assert as_number(f"{printed[:cut]} {printed[cut:]}") == number


@given(amounts, money_units, money_units)
def test_conversion_is_exact_both_ways(number: Decimal, first: str, second: str) -> None:
    assert convert_money(convert_money(number, first, second), second, first) == number


@given(st.text(max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    numerals = find_numerals(text)
    assert all(text[numeral.start : numeral.end] == numeral.printed for numeral in numerals)
    assert all(before.end <= after.start for before, after in pairwise(numerals))
    cell = parse_cell(text, "万元")
    assert sum((cell.is_number, cell.is_text, cell.malformed, cell.absence is not None)) == 1
