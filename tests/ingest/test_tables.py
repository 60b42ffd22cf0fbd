from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.facts import Absence, Fact, Fund, Level, Role, Side, Spending, Status, UnitSource, Vintage
from ingest.outline.outline import TablePart, source_to_outline
from ingest.reading import read_source
from ingest.source import Cell, Grid, Place
from ingest.tables.tables import table_to_facts
from tests.ingest.table_drawings import drawn_grid, drawn_table, facts_of, read_as, record_of

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "eval/documents/000_6a9881425d282efc.txt"
GOLDEN = ROOT / "tests/golden/sample_tables.jsonl"


@pytest.fixture(scope="module")
def sample() -> tuple[Fact, ...]:
    outline = source_to_outline(read_source(SAMPLE))
    parts = [part for part in outline.parts if isinstance(part, TablePart)]
    return tuple(fact for index, part in enumerate(parts) for fact in table_to_facts(part, index, outline.year)[1])


def test_every_value_cell_of_the_sample_as_written_down_by_hand(sample: tuple[Fact, ...]) -> None:
    golden = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    expected = {
        (g["table"], g["line"], g["row"], tuple(g["row_path"]), g["row_code"], tuple(g["column"]), g["printed"],
         Decimal(g["number"]), g["unit"])
        for g in golden
    }  # fmt: skip
    found = {
        (
            f.table,
            f.place.lines[0],
            f.row,
            f.row_path,
            f.row_code,
            f.column,
            f.printed,
            f.quantity.number,
            f.quantity.unit,
        )
        for f in sample
        if f.place.lines and f.quantity
    }
    assert found == expected
    assert len(sample) == len(golden) == 270


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        (66, ("收入", "2023年"), (Side.INCOME, Fund.GENERAL_PUBLIC, Spending.ALL, Vintage.CURRENT, Level.ITEM)),
        (98, ("收入", "2023年"), (Side.INCOME, Fund.ALL, Spending.ALL, Vintage.CARRIED_OVER, Level.ITEM)),
        (99, ("支出", "2023年合计"), (Side.EXPENDITURE, Fund.ALL, Spending.ALL, Vintage.ALL, Level.TOTAL)),
        (112, ("本年收入", "合计"), (Side.INCOME, Fund.ALL, Spending.ALL, Vintage.CURRENT, Level.ITEM)),
        (115, ("上年结转",), (Side.INCOME, Fund.ALL, Spending.ALL, Vintage.CARRIED_OVER, Level.CLASS)),
        (142, ("2023年预算数", "基本支出"), (Side.EXPENDITURE, Fund.ALL, Spending.BASIC, Vintage.ALL, Level.SECTION)),
        (205, ("收入", "金额"), (Side.INCOME, Fund.GENERAL_PUBLIC, Spending.ALL, Vintage.CARRIED_OVER, Level.ITEM)),
        (203, ("支出", "金额", "小计"), (Side.EXPENDITURE, Fund.FISCAL, Spending.ALL, Vintage.ALL, Level.TOTAL)),
        (249, ("2023年预算数", "公用经费"),
         (Side.EXPENDITURE, Fund.GENERAL_PUBLIC, Spending.OPERATING, Vintage.CURRENT, Level.ITEM)),
        (335, ("2023年预算数", "合计"), (Side.EXPENDITURE, Fund.FISCAL, Spending.ALL, Vintage.ALL, Level.TOTAL)),
        (372, ("2023年财政拨款", "政府性基金预算"),
         (Side.EXPENDITURE, Fund.GOVERNMENT_FUNDS, Spending.PROJECT, Vintage.CURRENT, Level.ITEM)),
        (387, ("合计",), (Side.EXPENDITURE, Fund.ALL, Spending.PROJECT, Vintage.CARRIED_OVER, Level.TOTAL)),
        (388, ("合计",), (Side.EXPENDITURE, Fund.ALL, Spending.PROJECT, Vintage.CARRIED_OVER, Level.SUBTOTAL)),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)  # fmt: skip
def test_coordinates_in_the_sample(
    sample: tuple[Fact, ...], line: int, column: tuple[str, ...], said: tuple[object, ...]
) -> None:
    fact = next(fact for fact in sample if fact.place.lines == (line, line) and fact.column == column)
    where = fact.coordinates
    assert (where.side, where.fund, where.spending, where.vintage, where.level) == said
    assert where.year == 2023


def test_projects_of_the_sample_are_its_item_rows(sample: tuple[Fact, ...]) -> None:
    projects = dict.fromkeys(fact.project for fact in sample if fact.project)
    assert len(projects) == 16
    assert all(fact.coordinates.level is Level.ITEM for fact in sample if fact.project)


LAYOUTS = {
    "code in three columns, own level only": (
        ["""科目编码|·|·|科目名称|合计
            类|款|项|·|·
            201|||一般公共服务支出|5.00
            |03||政府办公厅（室）及相关机构事务|5.00
            ||01|行政运行|3.00
            ||99|其他支出|2.00"""],
        ["一般公共服务支出 | 201 | 合计 | 50000 元",
         "一般公共服务支出 > 政府办公厅（室）及相关机构事务 | 20103 | 合计 | 50000 元",
         "一般公共服务支出 > 政府办公厅（室）及相关机构事务 > 行政运行 | 2010301 | 合计 | 30000 元",
         "一般公共服务支出 > 政府办公厅（室）及相关机构事务 > 其他支出 | 2010399 | 合计 | 20000 元"],
    ),
    "code before and behind the name": (
        ["""功能分类科目|基本支出
            [201]一般公共服务支出|1.5
            2010301-行政运行|1
            20132组织事务|0.5"""],
        ["[201]一般公共服务支出 | 201 | 基本支出 | 15000 元",
         "[201]一般公共服务支出 > 2010301-行政运行 | 2010301 | 基本支出 | 10000 元",
         "[201]一般公共服务支出 > 20132组织事务 | 20132 | 基本支出 | 5000 元"],
    ),
    "a project whose name begins with a year has no code": (
        ["""项目名称|金额
            2026信访经费|1.00
            2026年专项|2.00"""],
        ["2026信访经费 |  | 金额 | 10000 元", "2026年专项 |  | 金额 | 20000 元"],
    ),
    "row numbers beside names, column numbers below the header": (
        ["""收入|·|·|支出|·|·
            项目|行次|金额|项目|行次|金额
            栏次||1|栏次||2
            一、财政拨款|1|7.00|一、外交支出|15|4.00
            总计|14|7.00|总计|28|4.00"""],
        ["一、财政拨款 |  | 收入 / 金额 | 70000 元", "一、外交支出 |  | 支出 / 金额 | 40000 元",
         "总计 |  | 收入 / 金额 | 70000 元", "总计 |  | 支出 / 金额 | 40000 元"],
    ),
    "a page without header, a page with it again, the total on each": (
        ["""科目名称|合计
            外交支出|1.00
            合计|3.00""",
         """教育支出|2.00""",
         """科目名称|合计
            合计|3.00"""],
        ["外交支出 |  | 合计 | 10000 元", "合计 |  | 合计 | 30000 元", "教育支出 |  | 合计 | 20000 元",
         "合计 |  | 合计 | 30000 元"],
    ),
    "title, unit and department inside the grid, empty columns and rows": (
        ["""|2023年支出总表|·
            ||单位：元
            |科目名称|合计
            ||
            |外交支出|12,300.50"""],
        ["外交支出 |  | 合计 | 12300.5 元"],
    ),
    "the header is the row": (
        ["""“三公”经费合计|因公出国（境）费|公务用车购置及运行费|·|·|公务接待费
            ·|·|小计|购置费|运行费|·
            5.00|0.00|4.00||4.00|1.00"""],
        ["“三公”经费合计 |  | “三公”经费合计 | 50000 元", "因公出国（境）费 |  | 因公出国（境）费 | 0 元",
         "公务用车购置及运行费 |  | 公务用车购置及运行费 / 小计 | 40000 元",
         "公务用车购置及运行费 > 运行费 |  | 公务用车购置及运行费 / 运行费 | 40000 元",
         "公务接待费 |  | 公务接待费 | 10000 元"],
    ),
    "three breakdowns beside each other, lists in lists": (
        ["""收入|·|支出|·|·|·
            项目|预算数|功能分类科目|预算数|经济分类科目|预算数
            一、部门预算|9.00|一、部门预算|9.00|一、部门预算|9.00
            1、财政拨款|9.00|1、外交支出|9.00|1、基本支出|8.00
            (1)一般公共预算拨款|9.00|2、国防支出||(1)工资福利支出|8.00
            其中：专项资金|2.00|||2、项目支出|1.00
            收入总计|9.00|支出总计|9.00|支出总计|9.00"""],
        ["一、部门预算 |  | 收入 / 预算数 | 90000 元", "一、部门预算 |  | 支出 / 预算数 | 90000 元",
         "一、部门预算 |  | 支出 / 预算数 | 90000 元", "一、部门预算 > 1、财政拨款 |  | 收入 / 预算数 | 90000 元",
         "一、部门预算 > 1、外交支出 |  | 支出 / 预算数 | 90000 元",
         "一、部门预算 > 1、基本支出 |  | 支出 / 预算数 | 80000 元",
         "一、部门预算 > 1、财政拨款 > (1)一般公共预算拨款 |  | 收入 / 预算数 | 90000 元",
         "一、部门预算 > 1、基本支出 > (1)工资福利支出 |  | 支出 / 预算数 | 80000 元",
         "一、部门预算 > 1、财政拨款 > (1)一般公共预算拨款 > 其中：专项资金 |  | 收入 / 预算数 | 20000 元",
         "一、部门预算 > 2、项目支出 |  | 支出 / 预算数 | 10000 元", "收入总计 |  | 收入 / 预算数 | 90000 元",
         "支出总计 |  | 支出 / 预算数 | 90000 元", "支出总计 |  | 支出 / 预算数 | 90000 元"],
    ),
    "two economic classifications, the departmental one names the row": (
        ["""政府支出经济分类科目|部门支出经济分类科目|合计
            50101-工资奖金津补贴|30101-基本工资|2.00
            50101-工资奖金津补贴|30102-津贴补贴|3.00
            |合 计|5.00"""],
        ["30101-基本工资 | 30101 | 合计 | 20000 元", "30102-津贴补贴 | 30102 | 合计 | 30000 元", "合计 |  | 合计 | 50000 元"],
    ),
    "two economic classifications, the governmental one tells rows of one name apart": (
        ["""政府支出经济分类科目|部门支出经济分类科目|合计
            50101-工资奖金津补贴|30101-基本工资|2.00
            50501-工资福利支出|30101-基本工资|3.00
            |合 计|5.00"""],
        ["50101-工资奖金津补贴 > 30101-基本工资 | 30101 | 合计 | 20000 元",
         "50501-工资福利支出 > 30101-基本工资 | 30101 | 合计 | 30000 元", "合计 |  | 合计 | 50000 元"],
    ),
    "units below their department, by code": (
        ["""部门代码|部门名称|合计
            ·|合计|5.00
            301|某市水务局|5.00
            301001|某市水务局（本级）|2.00
            301002|某市水文站|3.00"""],
        ["合计 |  | 合计 | 50000 元", "某市水务局 | 301 | 合计 | 50000 元",
         "某市水务局 > 某市水务局（本级） | 301001 | 合计 | 20000 元", "某市水务局 > 某市水文站 | 301002 | 合计 | 30000 元"],
    ),
    "groups in columns of their own, merged or left out below": (
        ["""采购品目大类|专项名称|采购物品名称|总计
            合计|||6.00
            货物|||6.00
            |办公设备购置费||6.00
            ||复印机|4.00
            ||家具|2.00"""],
        ["合计 |  | 总计 | 60000 元", "货物 |  | 总计 | 60000 元", "货物 > 办公设备购置费 |  | 总计 | 60000 元",
         "货物 > 办公设备购置费 > 复印机 |  | 总计 | 40000 元", "货物 > 办公设备购置费 > 家具 |  | 总计 | 20000 元"],
    ),
    "rows set in by spaces": (
        ["""项目|金额
            财政拨款收入|5.00
            \u3000\u3000一般公共预算|4.00
            \u3000\u3000政府性基金|1.00
            事业收入|2.00"""],
        ["财政拨款收入 |  | 金额 | 50000 元", "财政拨款收入 > 一般公共预算 |  | 金额 | 40000 元",
         "财政拨款收入 > 政府性基金 |  | 金额 | 10000 元", "事业收入 |  | 金额 | 20000 元"],
    ),
    "three public expenses without any mark": (
        ["""项目|预算数
            合计|5.00
            因公出国（境）费|1.00
            公务用车购置及运行费|3.00
            其中：公务用车购置费|1.00
            公务用车运行维护费|2.00
            公务接待费|1.00"""],
        ["合计 |  | 预算数 | 50000 元", "因公出国（境）费 |  | 预算数 | 10000 元",
         "公务用车购置及运行费 |  | 预算数 | 30000 元",
         "公务用车购置及运行费 > 其中：公务用车购置费 |  | 预算数 | 10000 元",
         "公务用车购置及运行费 > 公务用车运行维护费 |  | 预算数 | 20000 元", "公务接待费 |  | 预算数 | 10000 元"],
    ),
    "list marks in a column of numbering, the total in it": (
        ["""序号|项目|预算数
            一|培训费|1.00
            二|会议费|2.00
            合计|·|3.00"""],
        ["培训费 |  | 预算数 | 10000 元", "会议费 |  | 预算数 | 20000 元", "合计 |  | 预算数 | 30000 元"],
    ),
    "code of the subject beside the code of the unit": (
        ["""科目编码|·|·|单位代码|单位名称（科目）|合计
            类|款|项|·|·|·
            ||||合计|5.00
            |||301001|某市水务局|5.00
            201|03|01|301001|行政运行|2.00
            201|03|02|301001|一般行政管理事务|3.00"""],
        ["合计 |  | 合计 | 50000 元", "某市水务局 | 301001 | 合计 | 50000 元", "行政运行 | 2010301 | 合计 | 20000 元",
         "一般行政管理事务 | 2010302 | 合计 | 30000 元"],
    ),
    "a wide table printed in two halves": (
        ["""单位名称|合计|财政拨款
            某局|5.00|4.00""",
         """单位名称|事业收入|其他收入
            某局|0.50|0.50"""],
        ["某局 |  | 合计 | 50000 元", "某局 |  | 财政拨款 | 40000 元", "某局 |  | 事业收入 | 5000 元",
         "某局 |  | 其他收入 | 5000 元"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("drawings", "expected"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts(drawings: list[str], expected: list[str]) -> None:
    facts = facts_of(*drawings, unit="" if "单位：元" in drawings[0] else "万元")
    assert [read_as(fact) for fact in facts] == expected
    assert all(fact.status is Status.OK for fact in facts)


def test_nested_projects_without_a_sign_are_told_by_their_sums() -> None:
    facts = facts_of(
        """单位（项目）名称|项目金额
           合计|90.00
           某市水务局|90.00
           通用项目|50.00
           物业服务|20.00
           食堂服务|30.00
           专用项目|40.00
           泵站运行|40.00""",
        title="项目支出表",
    )
    read = {fact.row: (fact.row_path, fact.coordinates.level, fact.project) for fact in facts}
    assert read["某市水务局"] == ((), Level.SUBTOTAL, "")
    assert read["通用项目"] == ((), Level.CLASS, "")
    assert read["食堂服务"] == (("通用项目",), Level.ITEM, "食堂服务")
    assert read["泵站运行"] == (("专用项目",), Level.ITEM, "泵站运行")


def test_amounts_alike_by_chance_do_not_hide_how_projects_nest() -> None:
    facts = facts_of(
        """单位编码|单位（项目）名称|项目金额
           |合计|60.00
           252001|甲局|35.00
           |专用项目|35.00
           |其他业务费|35.00
           |修路|5.00
           |修桥|5.00
           |修渠|25.00
           252002|乙站|25.00
           |专用项目|25.00
           |监测|12.50
           |养护|12.50""",
        title="项目支出表",
    )
    assert [(fact.row, " / ".join(fact.row_path)) for fact in facts] == [
        ("合计", ""),
        ("甲局", ""),
        ("专用项目", "甲局"),
        ("其他业务费", "甲局 / 专用项目"),
        ("修路", "甲局 / 专用项目 / 其他业务费"),
        ("修桥", "甲局 / 专用项目 / 其他业务费"),
        ("修渠", "甲局 / 专用项目 / 其他业务费"),
        ("乙站", ""),
        ("专用项目", "乙站"),
        ("监测", "乙站 / 专用项目"),
        ("养护", "乙站 / 专用项目"),
    ]


def test_kinds_of_purchases_stand_above_the_offices_that_buy() -> None:
    facts = facts_of(
        """采购品目大类|专项名称|采购品目名称|采购组织形式|总计
           合计||||9.00
           货物||||5.00
           甲学院||||3.00
           |业务费|投影仪|集中采购|1.00
           |业务费|空调机|集中采购|2.00
           乙中心||||2.00
           |公用经费|打印机|集中采购|2.00
           服务||||4.00
           甲学院||||2.00
           |业务费|印刷|分散采购|2.00
           丙中学||||2.00
           |业务费|保洁|分散采购|2.00""",
        title="政府采购支出表",
    )
    totals = [(fact.row, " / ".join(fact.row_path)) for fact in facts if fact.column == ("总计",)]
    assert totals == [
        ("合计", ""),
        ("货物", ""),
        ("甲学院", "货物"),
        ("投影仪", "货物 / 甲学院 / 业务费"),
        ("空调机", "货物 / 甲学院 / 业务费"),
        ("乙中心", "货物"),
        ("打印机", "货物 / 乙中心 / 公用经费"),
        ("服务", ""),
        ("甲学院", "服务"),
        ("印刷", "服务 / 甲学院 / 业务费"),
        ("丙中学", "服务"),
        ("保洁", "服务 / 丙中学 / 业务费"),
    ]


def test_funds_below_a_carry_over_that_they_add_up_to_are_its_parts() -> None:
    facts = facts_of(
        """项目|金额
           一、一般公共预算财政拨款|7.00
           二、政府性基金预算财政拨款|2.00
           本年收入合计|9.00
           年初结转和结余|3.00
           一般公共预算财政拨款|1.00
           政府性基金预算财政拨款|2.00
           总计|12.00""",
        title="财政拨款收入支出决算总表",
    )
    paths = {(fact.row, fact.printed): fact.row_path for fact in facts}
    assert paths["一般公共预算财政拨款", "1.00"] == paths["政府性基金预算财政拨款", "2.00"] == ("年初结转和结余",)
    assert paths["年初结转和结余", "3.00"] == ()


def test_what_stands_right_of_the_last_amounts_describes_the_row() -> None:
    facts = facts_of(
        """预算项目名称|金额|功能分类科目代码|功能分类科目名称|项目类别
           合计|3.00|||
           修路|1.00|2040299|其他公安支出|专用项目
           修桥|2.00|||专项购置""",
        title="上年结转资金支出表",
    )
    assert [(fact.row, fact.column, fact.printed) for fact in facts if fact.column != ("金额",)] == [
        ("修路", ("功能分类科目代码",), "2040299"),
        ("修路", ("功能分类科目名称",), "其他公安支出"),
        ("修路", ("项目类别",), "专用项目"),
        ("修桥", ("项目类别",), "专项购置"),
    ]


def test_equal_amounts_alone_nest_nothing() -> None:
    facts = facts_of(
        """项目名称|金额
           合计|200.00
           甲工程|100.00
           乙工程|50.00
           丙工程|50.00""",
        title="项目支出表",
    )
    assert [fact.project for fact in facts] == ["", "甲工程", "乙工程", "丙工程"]
    assert all(not fact.row_path for fact in facts)


def test_blank_dash_and_zero_are_three_things() -> None:
    facts = facts_of(
        """科目名称|合计|基本支出|项目支出
           外交支出|0.00|—|"""
    )
    assert [(fact.printed, fact.absence) for fact in facts] == [("0.00", None), ("—", Absence.DASH)]
    assert facts[0].quantity is not None and facts[0].quantity.number == 0
    assert facts[1].quantity is None


def test_units_by_cell_header_row_and_table() -> None:
    facts = facts_of(
        """项目|金额（万元）|增长率|人数|备注
           培训|2.00|5.5|44|含食宿
           公务用车保有量（辆）|3|||
           会议|1万元|||""",
        unit="元",
    )
    read = [(f.quantity and (f.quantity.number, f.quantity.unit), f.unit_source, f.coordinates.role) for f in facts]
    assert read == [
        ((Decimal(20000), "元"), UnitSource.HEADER, Role.AMOUNT),
        ((Decimal("5.5"), "%"), UnitSource.HEADER, Role.CHANGE_RATE),
        ((Decimal(44), "人"), UnitSource.HEADER, Role.COUNT),
        (None, UnitSource.NONE, Role.TEXT),
        ((Decimal(3), "辆"), UnitSource.HEADER, Role.COUNT),
        ((Decimal(10000), "元"), UnitSource.CELL, Role.AMOUNT),
    ]


@pytest.mark.parametrize(
    ("drawing", "unit", "warning"),
    [
        ("科目名称|合计\n外交支出|1.389.97", "万元", "写法不规范"),
        ("科目名称|合计\n外交支出|5.00", "", "没有写明金额单位"),
        ("科目名称|合计\n外交支出|5.00\n|3.00", "万元", "没有印出名称"),
    ],
    ids=["malformed", "no unit", "no label"],
)
def test_what_cannot_be_sure_is_doubtful(drawing: str, unit: str, warning: str) -> None:
    fact = facts_of(drawing, unit=unit)[-1]
    assert fact.status is Status.DOUBTFUL
    assert warning in fact.warnings[0]


def test_an_empty_table_says_so_and_a_table_of_zeros_is_not_empty() -> None:
    header = "科目编码|科目名称|合计\n"
    empty = record_of(f"{header}合计||", notes="注：本表无数据")
    zeros = record_of(f"{header}合计||0.00", notes="注：本表无数据")
    assert (empty.empty, empty.note) == (True, "注：本表无数据")
    assert (zeros.empty, zeros.note) == (False, "注：本表无数据")


def test_each_fact_points_at_its_printed_cell() -> None:
    drawing = """支出总表|·|·
                 科目编码|科目名称|合计
                 201|外交支出|1.00
                 合计|·|1.00"""
    record, facts = record_of(drawing), facts_of(drawing)
    assert [record.rows[f.row_index][f.column_index] for f in facts if f.row_index is not None] == ["1.00", "1.00"]
    assert [record.places[f.row_index].lines for f in facts if f.row_index is not None] == [(3, 3), (4, 4)]
    assert [fact.row for fact in facts] == ["外交支出", "合计"]


def test_last_year_this_year_and_their_change() -> None:
    facts = facts_of(
        """科目名称|2022年执行数|2023年预算数|·|2023年预算数比2022年执行数|·
           ·|·|小计|基本支出|增减额|增减%
           外交支出|4.00|5.00|1.00|1.00|25""",
    )
    read = [(fact.coordinates.role, fact.coordinates.year, fact.coordinates.spending) for fact in facts]
    assert read == [
        (Role.EXECUTED, 2022, Spending.ALL),
        (Role.AMOUNT, 2023, Spending.ALL),
        (Role.AMOUNT, 2023, Spending.BASIC),
        (Role.CHANGE, 2023, Spending.ALL),
        (Role.CHANGE_RATE, 2023, Spending.ALL),
    ]


def test_the_documents_unit_stands_in_where_the_table_prints_none() -> None:
    part = drawn_table("科目名称|合计\n外交支出|5.00", unit="")
    (fact,) = table_to_facts(part, 0, 2023, document_unit="元")[1]
    assert fact.quantity is not None and fact.quantity.number == 5
    assert (fact.unit_source, fact.status) == (UnitSource.DOCUMENT, Status.OK)


def paged(*pages: str, indents: dict[str, int] | None = None, possible: dict[str, int] | None = None) -> list[Fact]:
    """The facts of a table that is printed over several pages of a PDF, with labels set in as `indents` say, or as
    `possible` says where they may be centred."""
    grids = []
    for number, page in enumerate(pages, 1):
        rows = drawn_grid(page).rows
        grids.append(
            Grid(
                tuple(
                    tuple(
                        replace(
                            cell,
                            place=Place(page=number),
                            indent=(indents or {}).get(cell.text, 0),
                            possible_indent=(possible or {}).get(cell.text, 0),
                        )
                        for cell in row
                    )
                    for row in rows
                )
            )
        )
    return list(table_to_facts(TablePart("2023年支出总表", "", "", "万元", (), tuple(grids), ()), 0, 2023)[1])


def test_a_row_cut_by_the_page_is_one_row() -> None:
    facts = paged(
        """科目编码|科目名称|合计
           208|社会保障和就业支出|3.00
           20805|行政事业单位养老支出|3.00
           2080505|机关事业单位基本养老保|3.00""",
        """科目编码|科目名称|合计
           |险缴费支出|
           2080506|机关事业单位职业年金缴费支出|""",
    )
    assert [fact.row for fact in facts] == [
        "社会保障和就业支出",
        "行政事业单位养老支出",
        "机关事业单位基本养老保险缴费支出",
    ]


def test_a_number_cut_by_the_page_is_one_number() -> None:
    facts = paged(
        "单位|合计|事业收入\n甲局|14.25|12.40\n某市考试|3.60|12,437.3",
        "单位|合计|事业收入\n服务中心||6\n乙局|1.00|1.00",
    )
    assert [(fact.row, fact.printed) for fact in facts if fact.column == ("事业收入",)] == [
        ("甲局", "12.40"),
        ("某市考试服务中心", "12,437.36"),
        ("乙局", "1.00"),
    ]


def test_a_whole_number_at_the_top_of_a_page_is_no_rest_of_a_whole_decimal() -> None:
    facts = paged("单位|合计\n甲局|14.25\n乙局|3.60", "单位|合计\n丙局|6\n丁局|1.00")
    assert [fact.printed for fact in facts] == ["14.25", "3.60", "6", "1.00"]


def test_a_class_without_amounts_at_the_top_of_a_page_is_a_row_of_its_own() -> None:
    facts = paged(
        "项目|金额\n一、教育支出|3.00\n二、科学技术支出|", "项目|金额\n三、卫生健康支出|\n四、农林水支出|2.00"
    )
    assert [fact.row for fact in facts] == ["一、教育支出", "四、农林水支出"]


def test_a_step_that_only_one_page_measures_is_no_indent() -> None:
    facts = paged(
        "项目|金额\n一、一般公共预算|3.00\n二、政府性基金预算|2.00",
        "项目|金额\n上年结转|1.00\n收入总计|6.00",
        indents={"一、一般公共预算": 1, "二、政府性基金预算": 1, "上年结转": 2, "收入总计": 2},
    )
    assert [fact.row_path for fact in facts] == [(), (), (), ()]


def test_a_row_set_in_below_a_total_lies_under_nothing_above_the_total() -> None:
    facts = paged(
        "收入项目|决算数\n一、财政拨款收入|3.00\n二、其他收入|2.00\n本年收入合计|5.00\n年初结转和结余|1.00\n总计|6.00",
        indents={"年初结转和结余": 4},
    )
    assert [fact.row_path for fact in facts] == [(), (), (), (), ()]


def test_an_indent_that_one_page_cannot_tell_is_told_by_another() -> None:
    facts = paged(
        "支出项目类别|总计\n某局|9.00\n某局（本级）|4.00\n工资福利支出|4.00",
        "支出项目类别|总计\n某局质量安全监督站|5.00\n工资福利支出|5.00",
        indents={"某局（本级）": 4, "工资福利支出": 8},
        possible={"某局质量安全监督站": 4, "总计": 8},
    )
    assert [(fact.row_path, fact.coordinates.level) for fact in facts] == [
        ((), Level.TOTAL),
        ((), Level.SECTION),
        (("某局（本级）",), Level.ITEM),
        ((), Level.SECTION),
        (("某局质量安全监督站",), Level.ITEM),
    ]


def test_a_department_above_the_subjects_of_its_units_is_the_total() -> None:
    facts = facts_of(
        """预算单位|科目编码|科目名称|支出总计
           某局|||9.00
           某局（本级）|||4.00
           |205|教育支出|4.00
           |20508|进修及培训|4.00
           某局监督站|||5.00
           |205|教育支出|5.00
           |20508|进修及培训|5.00"""
    )
    assert [fact.coordinates.level for fact in facts if not fact.row_code] == [Level.TOTAL, Level.CLASS, Level.CLASS]


def test_offices_that_only_codes_name() -> None:
    facts = facts_of("单位编码|合计|财政拨款\n015|9.00|9.00\n015001|8.00|8.00\n015002|1.00|1.00")
    assert [read_as(fact) for fact in facts if fact.column == ("合计",)] == [
        "015 | 015 | 合计 | 90000 元",
        "015 > 015001 | 015001 | 合计 | 80000 元",
        "015 > 015002 | 015002 | 合计 | 10000 元",
    ]


def test_codes_nest_within_the_office_that_heads_them() -> None:
    facts = facts_of(
        """预算单位|科目编码|科目名称|支出总计|其中|·
           ·|·|·|·|基本支出|项目支出
           某某市市场监督管理局|||5.00|3.00|2.00
           |201|一般公共服务支出|5.00|3.00|2.00
           |20138|市场监督管理事务|5.00|3.00|2.00
           |2013801|行政运行|3.00|3.00|
           |2013802|一般行政管理事务|2.00||2.00"""
    )
    office = "某某市市场监督管理局"
    assert [fact.row_path for fact in facts if fact.column == ("支出总计",)] == [
        (),
        (office,),
        (office, "一般公共服务支出"),
        (office, "一般公共服务支出", "市场监督管理事务"),
        (office, "一般公共服务支出", "市场监督管理事务"),
    ]


def test_an_office_printed_once_names_the_years_below_it() -> None:
    facts = facts_of(
        """预算单位|年度|总计|公务用车|·
           ·|·|·|购置费|运行费
           某某市市场监督管理局|2022年|5.00|3.00|2.00
           |2023年|6.00|4.00|2.00"""
    )
    assert {fact.row: fact.row_path for fact in facts} == {
        "2022年": ("某某市市场监督管理局",),
        "2023年": ("某某市市场监督管理局",),
    }


def test_rows_of_years_are_of_their_year_and_their_comparison_is_a_change() -> None:
    facts = facts_of("年度|总支出|基本支出\n2022|8.00|3.00\n2023|9.00|3.50\n变化|1.00|0.50")
    assert [(fact.row, fact.row_code, fact.coordinates.role, fact.coordinates.year) for fact in facts[::2]] == [
        ("2022", "", Role.LAST_YEAR, 2022),
        ("2023", "", Role.AMOUNT, 2023),
        ("变化", "", Role.CHANGE, 2023),
    ]


def test_sections_that_print_their_own_level_only_get_the_class_before_it() -> None:
    facts = facts_of(
        """科目编码|科目名称|合计
           208|社会保障和就业支出|3.00
           05|行政事业单位养老支出|3.00
           2080505|机关事业单位基本养老保险缴费支出|3.00"""
    )
    assert [(fact.row_code, len(fact.row_path)) for fact in facts] == [("208", 0), ("20805", 1), ("2080505", 2)]


def test_codes_of_two_digits_that_no_other_code_proves_stay_as_printed() -> None:
    facts = facts_of("科目编码|科目名称|合计\n208|社会保障支出|3.00\n05|某项|3.00\n2080605|另一项|3.00")
    assert [fact.row_code for fact in facts] == ["208", "05", "2080605"]


def test_a_list_within_another_of_the_same_marks() -> None:
    facts = facts_of(
        """项目|金额
           一、本年支出|8.00
           一、一般公共服务支出|5.00
           二、社会保障和就业支出|2.00
           四、卫生健康支出|1.00
           二、年终结转|1.00
           支出总计|9.00"""
    )
    year = ("一、本年支出",)
    assert [fact.row_path for fact in facts] == [(), year, year, year, (), ()]


def test_a_row_below_a_total_on_the_next_page_is_a_row_of_its_own() -> None:
    head, row = ("项目", "预算数", "项目", "预算数"), ("一、财政拨款", "9.00", "农林水支出", "9.00")
    first = paged_grid(1, head, row, ("本年收入合计", "9.00", "本年支出合计", "9.00"))
    second = paged_grid(2, head, ("上年结转结余", "", "年终结转结余", ""), ("收入总计", "9.00", "支出总计", "9.00"))
    facts = table_to_facts(TablePart("收支总表", "balance", "", "万元", (), (first, second), ()), 0, 2023)[1]
    totals = [fact.row for fact in facts if fact.coordinates.level is Level.TOTAL]
    assert totals == ["本年收入合计", "本年支出合计", "收入总计", "支出总计"]


def paged_grid(page: int, *rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(tuple(Cell(text, Place(page=page)) for text in row) for row in rows))


def test_projects_set_in_to_fill_their_cells_stand_side_by_side() -> None:
    facts = facts_of(
        "项目|预算数|绩效目标\n堤防维护资金|2000|堤防完好\n　　河道清淤经费|1500|河道通畅\n　　测站运行|365|正常运行",
        title="重点项目预算绩效目标情况",
    )
    assert {fact.row_path for fact in facts} == {()}


def test_a_long_code_before_a_projects_name_is_no_part_of_it() -> None:
    drawing = "项目名称|合计\n合计|30\n51000023T000001234567-清淤经费|20\n2024年-2026年修路|10"
    found = {fact.project: fact.row_code for fact in facts_of(drawing, title="2024年项目支出表") if fact.project}
    assert found == {"清淤经费": "51000023T000001234567", "2024年-2026年修路": ""}
