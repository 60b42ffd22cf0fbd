"""Performance sheets: golden facts of the sample, checked by eye; moved cells; sheets of other layouts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from ingest.facts import Absence, Fact, Fund, Passage, Period, Role, Status
from ingest.outline.outline import SheetPart, source_to_outline
from ingest.reading import read_source
from ingest.sheets.indicator_rows import header_to_halves, rows_to_readings
from ingest.sheets.indicators import target_to_quantity
from ingest.sheets.sheets import sheet_to_facts
from ingest.source import Cell, Grid, Place
from tests.ingest.table_drawings import drawn_grid

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "eval" / "documents" / "000_6a9881425d282efc.txt"
SHARED = ROOT.parent / "shared" / "documents"
GOLDEN = ROOT / "tests" / "golden"
HEADER = ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值")


@cache
def facts_of(path: Path) -> tuple[tuple[Fact, ...], tuple[Passage, ...]]:
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    outline = source_to_outline(read_source(path))
    facts: list[Fact] = []
    passages: list[Passage] = []
    sheets = (part for part in outline.parts if isinstance(part, SheetPart))
    for index, part in enumerate(sheets):
        _, found, texts = sheet_to_facts(part, index, outline.year)
        facts += found
        passages += texts
    return tuple(facts), tuple(passages)


def golden(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


def number(fact: Fact) -> list[str] | None:
    quantity = fact.quantity
    return [f"{quantity.number.normalize():f}", quantity.unit, str(quantity.relation)] if quantity else None


def short(text: str) -> str:
    return text if len(text) < 60 else f"{text[:20]}…{text[-20:]}"


def test_every_indicator_of_the_sample() -> None:
    indicators = [fact for fact in facts_of(SAMPLE)[0] if fact.field == "indicator"]
    read = [
        {
            "line": fact.place.lines[0] if fact.place.lines else None,
            "project": fact.project,
            "period": fact.coordinates.period.value,
            "path": list(fact.row_path),
            "name": fact.row.split(" / ")[1],
            "printed": fact.printed,
            "number": number(fact),
            "absence": fact.absence.value if fact.absence else None,
            "status": fact.status.value,
        }
        for fact in indicators
    ]
    assert read == golden("sample_indicators.jsonl")
    assert sum(fact.coordinates.period is Period.WHOLE for fact in indicators) >= 285


def test_every_field_of_the_sample() -> None:
    fields = [fact for fact in facts_of(SAMPLE)[0] if fact.field != "indicator" and not fact.sentence]
    read = [
        {
            "line": fact.place.lines[0] if fact.place.lines else None,
            "project": fact.project,
            "field": fact.field,
            "period": fact.coordinates.period.value,
            "label": fact.row.split(" / ")[1],
            "printed": short(fact.printed),
            "number": number(fact),
            "absence": fact.absence.value if fact.absence else None,
            "status": fact.status.value,
        }
        for fact in fields
    ]
    assert read == golden("sample_sheet_fields.jsonl")


def test_a_target_stands_after_its_name_on_the_printed_line() -> None:
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    checked = 0
    for fact in facts_of(SAMPLE)[0]:
        if fact.field != "indicator" or not fact.printed or not fact.place.lines or "缺失" in fact.row:
            continue
        printed = lines[fact.place.lines[0] - 1]
        value_at, name = printed.rfind(fact.printed), re.sub(r"\s", "", fact.row.split(" / ")[1])
        if any("印在下一行" in warning for warning in fact.warnings):
            continue
        assert value_at >= 0
        assert name in re.sub(r"\s", "", printed[:value_at]), fact
        checked += 1
    assert checked > 500


def test_a_project_of_sixteen_has_lost_its_yearly_amounts() -> None:
    lost = {
        (fact.field, fact.coordinates.fund)
        for fact in facts_of(SAMPLE)[0]
        if fact.absence is Absence.LOST and fact.coordinates.role is Role.AMOUNT
    }
    assert ("funding_total", Fund.ALL) in lost and len(lost) == 6
    assert len({fact.project for fact in facts_of(SAMPLE)[0]}) == 16


def test_texts_that_break_off_are_told() -> None:
    passages = {(passage.field, passage.truncated) for passage in facts_of(SAMPLE)[1] if passage.project == "征拆资金"}
    assert passages == {
        ("overview", True), ("basis", False), ("necessity", False), ("measures", False), ("plan", False),
        ("whole_goal", False), ("annual_goal", False),
    }  # fmt: skip


MOVED_ROWS = {
    "in its columns": (
        ("", "产出指标", "数量指标", "修路里程", "≥5公里", "数量指标", "修路里程", "≥5公里"),
        [("修路里程", "≥5公里"), ("修路里程", "≥5公里")],
    ),
    "one column left": (
        ("", "数量指标", "修路里程", "≥5公里", "数量指标", "修路里程", "≥5公里", ""),
        [("修路里程", "≥5公里"), ("修路里程", "≥5公里")],
    ),
    "level 2 in the level 3 column, first target lost": (
        ("", "", "社会效益指标", "方便出行", "社会效益指标", "方便出行", "有效", ""),
        [("方便出行", ""), ("方便出行", "有效")],
    ),
    "halves in another order": (
        ("", "", "社会效益指标", "消除安全隐患", "", "营造良好营商环境", "有效", ""),
        [("消除安全隐患", ""), ("营造良好营商环境", "有效")],
    ),
    "target in the cell of its name": (
        ("", "满意度指标", "服务对象满意度指标", "居民满意度 ≥95%", "", "服务对象满意度指标", "居民满意度 ≥95%", ""),
        [("居民满意度", "≥95%"), ("居民满意度", "≥95%")],
    ),
    "target printed twice": (
        ("", "", "清扫成本", "≤13元/平米", "≤13元/平米", "", "清扫成本", "≤13元/平米"),
        [("清扫成本", "≤13元/平米"), ("清扫成本", "≤13元/平米")],
    ),
    "second half empty": (
        ("", "", "", "按时开工", "按时完成", "", "", ""),
        [("按时开工", "按时完成"), ("", "")],
    ),
    "name of the level as a name": (
        (
            "",
            "满意度指标",
            "服务对象满意度指标",
            "服务对象满意度",
            "≥90%",
            "服务对象满意度指标",
            "服务对象满意度",
            "≥90%",
        ),
        [("服务对象满意度", "≥90%"), ("服务对象满意度", "≥90%")],
    ),
}


@pytest.mark.parametrize(("cells", "expected"), MOVED_ROWS.values(), ids=MOVED_ROWS.keys())
def test_moved_cells(cells: Sequence[str], expected: list[tuple[str, str]]) -> None:
    read = rows_to_readings([(0, cells)], header_to_halves(HEADER))
    assert [(half[0].name, half[0].value) for half in read.halves] == expected


TARGETS = {
    "≤60.5万元/年": ("605000.0", "元/年", "≤"),
    "$\\geq 95\\%$": ("95", "%", "≥"),
    "每年至少1次": ("1", "次", "≥"),
    ">=100百分比": ("100", "%", "≥"),
    "≥330台（套）": ("330", "台", "≥"),
    "3个月1次": None,
    "2023年11月1日-2024年3月31日": None,
    "良好": None,
}


@pytest.mark.parametrize(("printed", "expected"), TARGETS.items(), ids=TARGETS.keys())
def test_targets(printed: str, expected: tuple[str, str, str] | None) -> None:
    quantity = target_to_quantity(printed)
    assert (quantity and (str(quantity.number), quantity.unit, str(quantity.relation))) == expected


def test_money_without_yuan_is_money_in_a_cost_indicator_only() -> None:
    cost, count = (
        target_to_quantity("≤50万", "成本指标 控制在预算批复范围内"),
        target_to_quantity("≥50万", "数量指标 点击"),
    )
    assert cost and (cost.number, cost.unit) == (Decimal(500000), "元")
    assert count and (count.number, count.unit) == (Decimal(500000), "")


def sheet(*rows: str) -> SheetPart:
    cells = [row.split("|") for row in rows]
    width = max(map(len, cells))
    grid = Grid(
        tuple(
            tuple(Cell(t, Place(lines=(i, i))) for t in [*row, *[""] * (width - len(row))])
            for i, row in enumerate(cells)
        )
    )
    return SheetPart("项目支出绩效目标表", "", ("第三部分",), (grid,))


def test_a_line_of_signatures_in_one_cell() -> None:
    part = sheet("项目名称|修路", "负责人: 经办人: 张三 联系电话: 123456 填报日期: 20230113171651")
    found = {fact.field: (fact.printed, fact.absence) for fact in sheet_to_facts(part, 0, 2023)[1]}
    assert found["person_in_charge"] == ("", Absence.BLANK)
    assert found["handler"] == ("张三", None)
    assert found["phone"] == ("123456", None)
    assert found["filing_date"] == ("20230113171651", None)


def test_a_dash_is_no_blank() -> None:
    part = sheet("项目名称|修路", "项目资金（万元）|年度资金总额：|12.5", "|其他资金|-")
    facts = {fact.field: fact for fact in sheet_to_facts(part, 0, 2023)[1]}
    assert facts["funding_other"].absence is Absence.DASH
    total = facts["funding_total"].quantity
    assert total and (total.number, total.unit) == (Decimal(125000), "元")
    assert facts["funding_total"].coordinates.period is Period.ANNUAL


def test_sources_of_a_self_evaluation_without_an_amount_stay_in_their_columns() -> None:
    part = sheet(
        "项目名称|修路",
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|得分",
        "|年度资金总额|25|25|24|10|9",
        "|其中：当年财政拨款|11|11|11|—|—",
        "|上年结转资金||||—|—",
        "|其他资金|14|14|13|—|—",
    )
    facts = [fact for fact in sheet_to_facts(part, 0, 2023)[1] if fact.project and fact.field != "project"]
    other = {fact.column[-1]: fact.printed for fact in facts if fact.row.endswith("其他资金")}
    assert other == {"年初预算数": "14", "全年预算数": "14", "全年执行数": "13", "分值": "—", "得分": "—"}
    assert {fact.row_path for fact in facts if not fact.row.endswith("资金总额")} == {("年度资金总额",)}
    funds = {fact.row.split(" / ")[1]: fact.coordinates.fund for fact in facts if fact.column == ("年初预算数",)}
    assert funds == {"年度资金总额": Fund.ALL, "其中：当年财政拨款": Fund.FISCAL, "其他资金": Fund.OTHER}


def test_another_offices_sheet_of_the_same_project_is_a_sheet_of_its_own() -> None:
    def page(number: int, office: str, amount: str) -> Grid:
        rows = [
            ("项目名称", "公车统管", "", ""),
            ("主管部门及代码", "某委", "实施单位", office),
            ("项目资金（万元）", "年度预算资金总额：", amount, ""),
            ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值"),
            ("绩效指标", "产出指标", "数量指标", "用车次数", "≥5次"),
        ]
        return Grid(
            tuple(tuple(Cell(text, Place(page=number)) for text in (*row, *[""] * (5 - len(row)))) for row in rows)
        )

    part = SheetPart("绩效目标表", "", (), (page(1, "甲中心", "70.00"), page(2, "乙中心", "1.00")))
    facts = sheet_to_facts(part, 0, 2023)[1]
    assert [(fact.field, fact.printed) for fact in facts if fact.field in ("unit", "funding_total")] == [
        ("unit", "甲中心"),
        ("funding_total", "70.00"),
        ("unit", "乙中心"),
        ("funding_total", "1.00"),
    ]
    assert [fact.row for fact in facts if fact.field == "indicator"] == ["公车统管 / 用车次数"] * 2


LAYOUTS = {
    "one sheet a project": (
        "quanzhou-gov-office-2026.pdf", 3, 18,
        ("驻沪办房屋修缮经费", "房屋出租率", "≥100%", ("效益指标", "经济效益指标")),
        ("泉州城市形象专题宣传经费", "475000"),
    ),
    "all projects in one grid": (
        "changchun-xinfang-2026.pdf", 4, 16,
        ("2026年驻京经费", "办公用房租赁成本", "<=250万元", ("成本指标", "经济成本指标")),
        ("信访局临聘人员经费", "165600"),
    ),
    "sheets with scores": (
        "central-xinfang-2026.pdf", 3, 28,
        ("信访综合保障经费", "《人民信访》发行量", "720000册", ("产出指标", "数量指标")),
        ("信访业务培训", "1180100"),
    ),
    "level 1 left out on a page": (
        "xian-xinfang-2026.pdf", 8, 60,
        ("接待中心安保服务", "保安维护中心大厅正常工作秩序和安全有序的工作环境", "长期", ("效益指标", "社会效益指标")),
        ("物业管理服务", "897000"),
    ),
    "operator and unit in columns": (
        "bj-yibaoju-2026.pdf", 20, 300,
        ("11000022T000000444016-医疗保障公众评价", "医疗保障公众评价成本控制", "67.893", ("成本指标", "经济成本指标")),
        ("11000023T000002062265-医疗保障基金飞行检查保障经费", "1292500"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "projects", "count", "indicator", "funding"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_other_layouts(
    name: str, projects: int, count: int, indicator: tuple[str, str, str, tuple[str, ...]], funding: tuple[str, str]
) -> None:
    facts, _ = facts_of(SHARED / name)
    indicators = [fact for fact in facts if fact.field == "indicator"]
    assert len({fact.project for fact in indicators}) >= projects
    assert len(indicators) >= count
    assert not [fact for fact in indicators if fact.status is Status.DOUBTFUL]
    project, label, printed, path = indicator
    assert [(f.printed, f.row_path) for f in indicators if f.project == project and f.row.endswith(f" / {label}")] == [
        (printed, path)
    ]
    amounts = [
        f.quantity.number for f in facts if f.field == "funding_total" and f.project == funding[0] and f.quantity
    ]
    assert [f"{amount:f}".rstrip("0").rstrip(".") if amount % 1 else f"{int(amount)}" for amount in amounts] == [
        funding[1]
    ]
    assert {fact.table for fact in facts if not fact.project} <= {"部门整体支出绩效目标表"}


def test_a_project_cell_cut_by_a_page_names_the_rows_on_both_sides() -> None:
    first = drawn_grid(
        """项目名称|项目总额|一级指标|二级指标|三级指标|指标值
           校园绿化|12.00|产出指标|数量指标|植树棵数|≥300棵
           ·|·|产出指标|质量指标|成活率|≥90%
           ||产出指标|数量指标|更换灯具|≥80盏
           ·|·|产出指标|时效指标|完成月份|6月底前"""
    )
    second = drawn_grid(
        """项目名称|项目总额|一级指标|二级指标|三级指标|指标值
           楼道照明|5.00|效益指标|社会效益指标|照明楼栋|≥20栋
           ·|·|满意度指标|服务对象满意度指标|师生满意度|≥95%
           食堂维修|9.00|产出指标|数量指标|维修面积|≥400平方米""",
        101,
    )
    facts = sheet_to_facts(SheetPart("项目支出绩效目标表", "万元", (), (first, second)), 0, 2024)[1]
    indicators = {fact.row: fact.printed for fact in facts if fact.field == "indicator"}
    assert indicators == {
        "校园绿化 / 植树棵数": "≥300棵",
        "校园绿化 / 成活率": "≥90%",
        "楼道照明 / 更换灯具": "≥80盏",
        "楼道照明 / 完成月份": "6月底前",
        "楼道照明 / 照明楼栋": "≥20栋",
        "楼道照明 / 师生满意度": "≥95%",
        "食堂维修 / 维修面积": "≥400平方米",
    }
    amounts = {fact.row: fact.quantity.number for fact in facts if fact.field == "funding_total" and fact.quantity}
    assert amounts == {"校园绿化 / 项目总额": 120000, "楼道照明 / 项目总额": 50000, "食堂维修 / 项目总额": 90000}


def test_the_yearly_half_has_the_first_level_of_each_second_one() -> None:
    part = sheet(
        "项目名称|修桥",
        "一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值",
        "产出指标|数量指标|修建座数|≥2座|数量指标|修建座数|≥2座",
        "||检测次数|≥4次||检测次数|≥4次",
        "效益指标|社会效益指标|受益村数|≥3个|社会效益指标|受益村数|≥3个",
        "||通行时间|≤5分钟||通行时间|≤5分钟",
    )
    indicators = [fact for fact in sheet_to_facts(part, 0, 2024)[1] if fact.field == "indicator"]
    output, benefit = ("产出指标", "数量指标"), ("效益指标", "社会效益指标")
    assert [fact.row_path for fact in indicators] == [output] * 4 + [benefit] * 4


def test_a_sheet_for_all_of_a_department_is_no_projects() -> None:
    part = sheet(
        "部门名称|某局", "年度目标|完成全年任务", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|次数|≥2次"
    )
    facts = sheet_to_facts(replace(part, title="部门整体支出绩效目标表"), 0, 2024)[1]
    assert {fact.project for fact in facts} == {""}
    assert facts[-1].row == "部门整体支出 / 次数"


def test_a_header_of_amounts_is_no_amount() -> None:
    part = sheet(
        "部门名称|某局", "财政拨款|合计|基本支出|项目支出|合计", "年度目标|完成全年任务", "指标名称|指标值", "次数|≥2次"
    )
    facts = sheet_to_facts(part, 0, 2024)[1]
    assert "合计" not in {fact.printed for fact in facts}


def test_names_stand_right_of_the_levels_where_no_header_is_theirs() -> None:
    part = sheet(
        "项目名称|修桥|||",
        "绩效指标|一级指标|二级指标|指标内容|指标值",
        "|产出指标|数量指标|修建座数|≥2座",
    )
    [indicator] = [fact for fact in sheet_to_facts(part, 0, 2024)[1] if fact.field == "indicator"]
    assert (indicator.row, indicator.row_path) == ("修桥 / 修建座数", ("产出指标", "数量指标"))


def test_scores_added_up_left_of_the_levels_move_no_cell() -> None:
    part = sheet(
        "项目名称|修桥||||",
        "绩效指标|一级指标|二级指标|三级指标|指标值|分值",
        "|产出指标|质量指标|问题响应时间|≤15分钟|10",
        "总分|||||100",
    )
    facts = [fact for fact in sheet_to_facts(part, 0, 2024)[1] if fact.field.startswith("indicator")]
    assert {fact.status for fact in facts} == {Status.OK}
    assert [(fact.row, fact.printed) for fact in facts if fact.field == "indicator_score"] == [
        ("修桥 / 问题响应时间", "10"),
        ("修桥 / 总分", "100"),
    ]


def test_goals_below_their_headers_go_on_after_a_page_break() -> None:
    first = drawn_grid("项目名称|修路|·|·\n年度总体目标|预期目标|·|实际完成情况\n·|修好三条路，|·|修好了三条")
    second = drawn_grid("·|并绿化。|·|路。\n其他需要说明事项|无|·|·", first_line=101)
    part = SheetPart("项目支出绩效自评表", "", (), (first, second))
    texts = {passage.field: passage.text for passage in sheet_to_facts(part, 0, 2023)[2]}
    assert texts == {"annual_goal": "修好三条路，并绿化。", "outcome": "修好了三条路。", "remark": "无"}


def test_the_funding_is_the_first_amount_of_its_row_also_where_the_next_prints_the_same() -> None:
    part = sheet(
        "项目名称|修路",
        "项目资金（万元）||年初预算数|全年预算数|全年执行数",
        "|年度资金总额|25|25|24",
        "|其他资金|25|25|24",
    )
    totals = [fact for fact in sheet_to_facts(part, 0, 2023)[1] if fact.field == "funding_total"]
    assert [(fact.column[-1], fact.printed) for fact in totals] == [("年初预算数", "25")]


def test_a_sheet_is_called_by_its_title_where_that_names_no_project() -> None:
    named = SheetPart("信访培训项目绩效自评表", "", (), (drawn_grid("年度资金总额|25\n总体目标|办班"),))
    unnamed = replace(named, title="2023年度项目支出绩效自评表")
    assert {fact.project for fact in sheet_to_facts(named, 0, 2023)[1]} == {"信访培训"}
    assert {fact.project for fact in sheet_to_facts(unnamed, 0, 2023)[1]} == {"2023年度项目支出绩效自评表"}
