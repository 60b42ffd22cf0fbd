"""A small made-up document that has one of everything, for the tests of storing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ingest.facts import (
    Absence,
    Coordinates,
    DocumentFacts,
    Fact,
    Finding,
    Fund,
    Grade,
    Level,
    Origin,
    Passage,
    Period,
    Role,
    Side,
    Spending,
    Status,
    TableRecord,
    UnitSource,
    Vintage,
)
from ingest.numbers.quantities import Quantity, Relation
from ingest.source import Place

TEXT_PLACE = Place(lines=(12, 13))
PDF_PLACE = Place(page=3, box=(1.5, 2.0, 30.25, 40.125))
AMOUNT = Fact(
    Origin.TABLE, "支出预算表", "expenditure", "办公费", ("商品和服务支出",), "30201", ("预算数", "合计"), "1,234.50",
    Quantity(Decimal("12345000.00"), "元", precision=Decimal(100)), TEXT_PLACE,
    Coordinates(Side.EXPENDITURE, Fund.GENERAL_PUBLIC, Spending.BASIC, Vintage.CURRENT, Role.AMOUNT, Level.ITEM,
                Period.NONE, 2023),
    UnitSource.TABLE, table_index=0, row_index=4, column_index=2,
)  # fmt: skip
LOST = Fact(
    Origin.SHEET, "绩效目标表", "performance_sheet", "道路养护 / 养护里程", ("产出指标", "数量指标"), "", ("年度",), "",
    None, PDF_PLACE, Coordinates(role=Role.TARGET, period=Period.ANNUAL), absence=Absence.LOST, status=Status.DOUBTFUL,
    warnings=("原文缺失",), project="道路养护", field="indicator",
)  # fmt: skip
HANDLER = replace(LOST, row="道路养护 / 经办人", printed="甲某", absence=None, field="handler", status=Status.OK)
PROSE = Fact(
    Origin.PROSE, "收支说明", "prose", "公务接待费", (), "", ("预算",), "约10.3万元",
    Quantity(Decimal("103000"), "元", Relation.ABOUT, Decimal(1000)), Place(page=9, cell="Sheet1!B7"),
    sentence="公务接待费约10.3万元。",
)  # fmt: skip
DOCUMENT = DocumentFacts(
    "甲.txt", "ab" * 32, "text", "某局", 2023, "budget", "某局2023年部门预算", (AMOUNT, LOST, HANDLER, PROSE),
    (
        TableRecord("支出预算表", "expenditure", "表3", "万元", (("科目", "合计"), ("办公费", "1,234.50")),
                    (TEXT_PLACE, PDF_PLACE), "注：无", False, True),
        TableRecord("国有资本经营预算表", "", "", "", (), (), empty=True),
    ),
    (Passage(("第一部分",), "负责……", TEXT_PLACE, truncated=True), Passage((), "指……", PDF_PLACE, term="基本支出")),
    (Finding("row_total", Grade.DISAGREES, "合计不符", "支出预算表", Quantity(Decimal("1.10"), "元"), None, "1+1≠1",
             (0, 3), "上移一行"),),
    ("分辨率低",),
)  # fmt: skip
