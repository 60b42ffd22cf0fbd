"""Tie-outs over documents written by hand: what must be found, what must not, and what is mended only with proof."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.facts import (
    Absence,
    Coordinates,
    DocumentFacts,
    Fact,
    Finding,
    Fund,
    Grade,
    Level,
    Period,
    Role,
    Spending,
    Status,
)
from ingest.labels import label_key
from ingest.tie_outs.tie_outs import check_document
from tests.ingest.hand_made import Draft, Row, yuan

ALL = Coordinates()
BASIC = Coordinates(spending=Spending.BASIC)
PROJECT = Coordinates(spending=Spending.PROJECT)
PERSONNEL = Coordinates(spending=Spending.PERSONNEL)
OPERATING = Coordinates(spending=Spending.OPERATING)
EXPENDITURE_COLUMNS = [(("合计",), ALL), (("基本支出",), BASIC), (("项目支出",), PROJECT)]
EXPENDITURE_ROWS = [
    Row("合计", ("130.00", "60.00", "70.00"), level=Level.TOTAL),
    Row("一般公共服务支出", ("80.00", "60.00", "20.00"), "201", level=Level.CLASS),
    Row("行政运行", ("60.00", "60.00", ""), "2010301", ("一般公共服务支出",)),
    Row("一般行政管理事务", ("20.00", "", "20.00"), "2010302", ("一般公共服务支出",)),
    Row("城乡社区支出", ("50.00", "", "50.00"), "212", level=Level.CLASS),
    Row("城乡社区环境卫生", ("50.00", "", "50.00"), "2120501", ("城乡社区支出",)),
]


def expenditure_table(changed: dict[tuple[str, int], str] | None = None, dropped: str = "") -> Draft:
    rows = []
    for row in EXPENDITURE_ROWS:
        cells = tuple((changed or {}).get((row.label, i), cell) for i, cell in enumerate(row.cells))
        if row.label != dropped:
            rows.append(replace_row(row, cells))
    return Draft().table("支出总表", "expenditure", EXPENDITURE_COLUMNS, rows)


def replace_row(row: Row, cells: tuple[str, ...]) -> Row:
    return Row(row.label, cells, row.code, row.path, row.level, row.beside)


def failures(document: DocumentFacts) -> list[Finding]:
    return [finding for finding in document.findings if finding.grade is Grade.DISAGREES]


def rules_failed(document: DocumentFacts) -> set[str]:
    return {finding.rule for finding in failures(document)}


def doubtful(document: DocumentFacts) -> list[tuple[str, str]]:
    return [(fact.row, fact.printed) for fact in document.facts if fact.status is Status.DOUBTFUL]


def fact_of(document: DocumentFacts, row: str, status: Status) -> Fact:
    return next(f for f in document.facts if label_key(f.row) == label_key(row) and f.status is status)


COMPARED_COLUMNS = [
    (("2025年执行数",), Coordinates(role=Role.EXECUTED, year=2025)),
    (("2026年预算数", "小计"), ALL),
    (("比上年", "增减额"), Coordinates(role=Role.CHANGE)),
    (("比上年", "增减"), Coordinates(role=Role.CHANGE_RATE)),
]


def compared(change: str = "-20.00", rate: str = "-20%", fall: str = "-5.00") -> DocumentFacts:
    rows = [
        Row("行政运行", ("100.00", "80.00", change, rate), "2010301"),
        Row("一般行政管理事务", ("50.00", "60.00", "10.00", "20%"), "2010302"),
        Row("其他支出", ("20.00", "15.00", fall, "-25%"), "2019999"),
        Row("事业运行", ("", "8.00", "8.00", ""), "2010350"),
    ]
    return check_document(Draft().table("一般公共预算支出表", "general_public", COMPARED_COLUMNS, rows).document())


def test_changes_that_are_this_year_less_last_year_hold() -> None:
    told = {(finding.rule, finding.grade) for finding in compared().findings}
    assert told == {("table.change", Grade.AGREES), ("table.change_rate", Grade.AGREES)}


@pytest.mark.parametrize(
    ("change", "rate", "rules"),
    [
        pytest.param("-21.00", "-20%", {"table.change", "table.change_rate"}, id="change"),
        pytest.param("-20.00", "-25%", {"table.change_rate"}, id="rate"),
    ],
)
def test_a_change_that_its_years_do_not_make_is_told(change: str, rate: str, rules: set[str]) -> None:
    assert rules_failed(compared(change, rate)) == rules


def test_a_fall_printed_without_its_sign_is_no_alarm() -> None:
    assert not failures(compared(fall="5.00"))


def test_a_change_against_something_else_is_no_alarm() -> None:
    rows = [Row(str(n), (f"{n}0.00", f"{n}5.00", f"{n * n}.00", ""), f"201030{n}") for n in range(1, 5)]
    draft = Draft().table("一般公共预算支出表", "general_public", COMPARED_COLUMNS, rows)
    assert not failures(check_document(draft.document()))


def test_a_table_that_holds_ties_out_without_a_finding_against_it() -> None:
    checked = check_document(expenditure_table().document())
    assert not failures(checked)
    assert not doubtful(checked)
    assert checked.tables[0].ties_out is True
    assert {finding.rule for finding in checked.findings} == {"table.parts", "table.total", "table.across"}


@pytest.mark.parametrize(
    ("changed", "culprit"),
    [
        pytest.param({("行政运行", 0): "61.00"}, ("行政运行", "61.00"), id="item"),
        pytest.param({("合计", 0): "133.00"}, ("合计", "133.00"), id="grand total"),
        pytest.param({("城乡社区环境卫生", 2): "500,000.00"}, ("城乡社区环境卫生", "500,000.00"), id="times 10000"),
        pytest.param({("一般公共服务支出", 2): "2.00"}, ("一般公共服务支出", "2.00"), id="class"),
    ],
)
def test_a_changed_cell_is_found_and_is_the_only_doubtful_one(
    changed: dict[tuple[str, int], str], culprit: tuple[str, str]
) -> None:
    checked = check_document(expenditure_table(changed).document())
    assert failures(checked)
    assert doubtful(checked) == [culprit]
    assert checked.tables[0].ties_out is False
    warned = next(fact for fact in checked.facts if fact.status is Status.DOUBTFUL)
    assert "不符" in warned.warnings[0]


def test_a_dropped_row_is_found() -> None:
    checked = check_document(expenditure_table(dropped="一般行政管理事务").document())
    assert "table.parts" in rules_failed(checked)


def test_sums_that_miss_by_rounding_only_are_no_disagreement() -> None:
    columns = [(("合计",), ALL)]
    rows = [
        Row("合计", ("1.00",), level=Level.TOTAL),
        *(Row(f"科目{i}", ("0.33",), f"20{i}") for i in (1, 2, 3)),
    ]
    checked = check_document(Draft().table("支出表", "expenditure", columns, rows).document())
    assert [finding.grade for finding in checked.findings] == [Grade.ROUNDING]
    assert not doubtful(checked)


def test_figures_of_two_tables_that_differ_are_told_with_both_places() -> None:
    draft = expenditure_table()
    rows = [Row("支出总计", ("131.00",), level=Level.TOTAL)]
    from ingest.facts import Side

    draft.table("收支总表", "balance", [(("预算数",), Coordinates(side=Side.EXPENDITURE))], rows)
    checked = check_document(draft.document())
    found = next(finding for finding in failures(checked) if finding.rule == "expenditure_total")
    assert {checked.facts[index].table for index in found.fact_indexes} == {"支出总表", "收支总表"}
    assert found.actual is not None and found.actual.number == yuan("130")
    assert found.expected is not None and found.expected.number == yuan("131")
    assert doubtful(checked) == [("支出总计", "131.00")]


SHIFTED = [
    Row("商品和服务支出", ("57.65", "57.65")),
    Row("办公费", ("57.15", "57.15"), path=("商品和服务支出",), beside="商品和服务支出"),
    Row("印刷费", ("9.35", "9.35"), path=("商品和服务支出",), beside="商品和服务支出"),
    Row("差旅费", ("22.80", "22.80"), path=("商品和服务支出",), beside="商品和服务支出"),
    Row("资本性支出", ("25.00", "25.00")),
    Row("办公设备购置", ("0.50", "0.50"), path=("资本性支出",), beside="资本性支出（一）"),
]
SHIFTED_COLUMNS = [(("合计",), ALL), (("公用经费",), OPERATING)]


@pytest.mark.parametrize("with_paths", [True, False], ids=["hierarchy by path", "hierarchy by the second label column"])
def test_values_one_row_off_are_mended_when_every_sum_then_holds(with_paths: bool) -> None:
    rows = [replace(row, path=row.path if with_paths else ()) for row in SHIFTED]
    draft = Draft().table("基本支出表", "basic_expenditure", SHIFTED_COLUMNS, rows)
    general = [Row("合计", ("157.65", "57.65", "100.00"), level=Level.TOTAL)]
    draft.table("一般公共预算支出表", "general_public_expenditure", EXPENDITURE_COLUMNS, general)
    draft.table("三公经费表", "three_public", [(("合计",), ALL)], [Row("差旅费", ("25.00",))])
    checked = check_document(draft.document())
    mended = {
        fact.row: fact.printed for fact in checked.facts if fact.status is Status.REPAIRED and fact.column == ("合计",)
    }
    assert mended == {
        "合计": "57.65",
        "商品和服务支出": "57.15",
        "办公费": "9.35",
        "印刷费": "22.80",
        "差旅费": "25.00",
        "资本性支出": "0.50",
        "办公设备购置": "0.50",
    }
    printed = next(f for f in checked.facts if f.row == "办公费" and f.field == "as_printed")
    assert (printed.printed, printed.status) == ("57.15", Status.DOUBTFUL)
    assert "错开一行" in fact_of(checked, "办公费", Status.REPAIRED).warnings[0]
    proof = next(finding for finding in checked.findings if finding.rule == "repair.shifted_rows")
    assert "57.15" in proof.repair and "57.65" in proof.recomputation
    assert not any(f.status is Status.OK and f.table == "基本支出表" for f in checked.facts)


def test_a_shift_without_a_complete_proof_moves_nothing() -> None:
    rows = [*SHIFTED[:3], replace_row(SHIFTED[3], ("22.10", "22.10")), *SHIFTED[4:]]
    draft = Draft().table("基本支出表", "basic_expenditure", SHIFTED_COLUMNS, rows)
    checked = check_document(draft.document())
    assert not any(fact.status is Status.REPAIRED for fact in checked.facts)
    assert doubtful(checked)


def indicator(draft: Draft, project: str, level2: str, name: str, printed: str) -> None:
    draft.sheet_fact(
        project,
        name,
        printed,
        Coordinates(role=Role.TARGET, period=Period.ANNUAL),
        field="indicator",
        row_path=("产出指标", level2),
    )


def sheet(project: str, whole: str, annual: str, years: str) -> Draft:
    draft = Draft()
    draft.sheet_fact(project, "项目期", years, Coordinates(role=Role.TEXT), field="period")
    if whole:
        draft.sheet_fact(project, "实施期资金总额", whole, Coordinates(period=Period.WHOLE), field="funding_whole")
    if annual:
        draft.sheet_fact(project, "年度资金总额", annual, Coordinates(period=Period.ANNUAL), field="funding_annual")
    return draft


@pytest.mark.parametrize(
    ("indicators", "rule", "words"),
    [
        pytest.param(
            [("成本指标", "保险费用", "≤8000元/年"), ("成本指标", "燃油费用", "≤23000元/年")],
            "sheet.cost_caps",
            "超过年度资金",
            id="caps above funding",
        ),
        pytest.param([("成本指标", "控制在预算批复范围内", "≤2万元")], "sheet.budget_cap", "不一致", id="budget cap"),
        pytest.param(
            [("数量指标", "清扫面积", "≥1万平米"), ("成本指标", "清扫费用", "≤13.35元/平米")],
            "sheet.unit_costs",
            "高于年度资金",
            id="unit price times quantity",
        ),
        pytest.param(
            [("数量指标", "泵站数量", "4个"), ("成本指标", "每个泵站管理成本", "≤1万元/年")],
            "sheet.unit_costs",
            "高于年度资金",
            id="cost of each times number",
        ),
        pytest.param(
            [("数量指标", "外出考察次数", "≥2次"), ("时效指标", "外出考察频率", "至少4次")],
            "sheet.frequency",
            "前后不一",
            id="number against frequency",
        ),
        pytest.param(
            [("数量指标", "轮训次数", "≥1次"), ("时效指标", "轮训频率", "3个月1次")],
            "sheet.frequency",
            "前后不一",
            id="every three months",
        ),
        pytest.param([("数量指标", "工程完工率", "<100%")], "sheet.odd_target", "疑为印错", id="odd target"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_told(indicators: list[tuple[str, str, str]], rule: str, words: str) -> None:
    draft = sheet("车辆运行", "90,000", "30,000", "3年")
    for level2, name, printed in indicators:
        indicator(draft, "车辆运行", level2, name, printed)
    checked = check_document(draft.document())
    assert [finding.rule for finding in failures(checked)] == [rule]
    assert words in failures(checked)[0].summary
    assert not doubtful(checked)


@pytest.mark.parametrize(
    "indicators",
    [
        pytest.param(
            [("成本指标", "保险费用", "≤8000元/年"), ("成本指标", "燃油费用", "≤22000元/年")], id="caps within"
        ),
        pytest.param([("成本指标", "控制在预算批复范围内", "≤3万")], id="budget cap is the budget"),
        pytest.param([("数量指标", "培训次数", "≥1次"), ("时效指标", "培训频率", "每年至少1次")], id="once a year"),
        pytest.param([("数量指标", "工程完工率", "100%"), ("质量指标", "投诉率", "<1%")], id="targets"),
        pytest.param(
            [("数量指标", "清扫面积", "≥1000平米"), ("成本指标", "清扫费用", "≤13.35元/平米")], id="cheap enough"
        ),
        pytest.param(
            [("成本指标", "运行费用", "≤3万元"), ("成本指标", "保险费", "≤1万元"), ("成本指标", "燃油费", "≤2万元")],
            id="a cap of all costs above its parts",
        ),
        pytest.param(
            [("成本指标", "保险支出总成本", "≤1万元"), ("成本指标", "燃油支出总成本", "≤2万元")],
            id="total costs of parts",
        ),
    ],
)
def test_a_sheet_that_fits_raises_no_alarm(indicators: list[tuple[str, str, str]]) -> None:
    draft = sheet("车辆运行", "90,000", "30,000", "3年")
    for level2, name, printed in indicators:
        indicator(draft, "车辆运行", level2, name, printed)
    assert not failures(check_document(draft.document()))


def test_the_costs_of_two_units_that_share_a_project_are_capped_by_their_own_funding() -> None:
    draft = Draft()
    for funding, cap in (("30,000", "≤30000元"), ("40,000", "≤40000元")):
        draft.sheet_fact("运行维护", "项目名称", "运行维护", Coordinates(role=Role.TEXT), field="project")
        draft.sheet_fact("运行维护", "年度资金总额", funding, Coordinates(period=Period.ANNUAL), field="funding_annual")
        indicator(draft, "运行维护", "成本指标", "系统维护费", cap)
    assert not failures(check_document(draft.document()))


@pytest.mark.parametrize(
    ("whole", "annual", "years", "grade"),
    [
        pytest.param("25,000", "5,000", "4年", Grade.DISAGREES, id="25,000 is not 4 × 5,000"),
        pytest.param("400,000", "100,000", "4年", Grade.AGREES, id="400,000 is 4 × 100,000"),
    ],
)
def test_a_year_times_the_years_is_the_whole_period(whole: str, annual: str, years: str, grade: Grade) -> None:
    checked = check_document(sheet("保密经费", whole, annual, years).document())
    assert [(finding.rule, finding.grade) for finding in checked.findings] == [("sheet.years", grade)]


def test_a_sheet_without_yearly_money_is_told() -> None:
    draft = sheet("征拆资金", "600,000,000", "", "3年")
    lost = Coordinates(period=Period.ANNUAL)
    draft.sheet_fact("征拆资金", "年度资金总额", "", lost, field="funding_annual", absence=Absence.LOST)
    checked = check_document(draft.document())
    assert rules_failed(checked) == {"sheet.lost_amounts"}


def test_sources_must_add_up_to_the_funding() -> None:
    draft = sheet("车辆运行", "", "30,000", "1年")
    for fund, name, amount in ((Fund.CENTRAL, "central", "0"), (Fund.LOCAL, "local", "20,000")):
        draft.sheet_fact(
            "车辆运行", name, amount, Coordinates(period=Period.ANNUAL, fund=fund), field=f"funding_{name}"
        )
    checked = check_document(draft.document())
    assert "sheet.sources" in rules_failed(checked)


@pytest.mark.parametrize(
    ("sentence", "figures", "rule"),
    [
        pytest.param(
            "收入预算1,000.00万元，其中一般公共预算500.00万元，占60.00%。",
            [("1,000.00万元", "收入"), ("500.00万元", "一般公共预算"), ("60.00%", "占比")],
            "prose.share",
            id="share",
        ),
        pytest.param(
            "支出预算900.00万元，其中基本支出360.00万元，占45.00%；项目支出540.00万元，占55.00%。",
            [
                ("900.00万元", "支出"),
                ("360.00万元", "基本支出"),
                ("45.00%", "占比"),
                ("540.00万元", "项目支出"),
                ("55.00%", "占比"),
            ],
            "prose.share",
            id="shares that make a whole and are not their amounts'",
        ),
        pytest.param(
            "预算900.00万元，比上年减少100.00万元，下降11.00%。",
            [("900.00万元", "预算"), ("100.00万元", "减少"), ("11.00%", "下降")],
            "prose.change",
            id="rate",
        ),
        pytest.param(
            "政府采购预算总额100.00万元。其中：货物10.00万元、工程20.00万元、服务60.00万元。",
            [("100.00万元", "总额"), ("10.00万元", "货物"), ("20.00万元", "工程"), ("60.00万元", "服务")],
            "prose.sum",
            id="sum",
        ),
        pytest.param(
            "当年支出100.00万元，其中：（1）工资福利10.00万元；（2）商品服务20.00万元；（3）个人补助60.00万元。",
            [("100.00万元", "支出"), ("10.00万元", "工资福利"), ("20.00万元", "商品服务"), ("60.00万元", "个人补助")],
            "prose.sum",
            id="sum of a numbered list",
        ),
    ],
)
def test_prose_that_does_not_add_up_is_told(sentence: str, figures: list[tuple[str, str]], rule: str) -> None:
    checked = check_document(Draft().prose(sentence, *figures).document())
    assert rules_failed(checked) == {rule}
    assert doubtful(checked)


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        pytest.param(
            "收入预算1,000.00万元，其中一般公共预算500.00万元，占50.00%。",
            [("1,000.00万元", "收入"), ("500.00万元", "一般公共预算"), ("50.00%", "占比")],
            id="share",
        ),
        pytest.param(
            "预算900.00万元，比上年减少100.00万元，下降10.00%。",
            [("900.00万元", "预算"), ("100.00万元", "减少"), ("10.00%", "下降")],
            id="rate",
        ),
        pytest.param(
            "公用经费100.00万元，主要包括办公费10.00万元、印刷费20.00万元、差旅费5.00万元。",
            [("100.00万元", "公用经费"), ("10.00万元", "办公费"), ("20.00万元", "印刷费"), ("5.00万元", "差旅费")],
            id="a list that need not be complete",
        ),
        pytest.param(
            "当年支出100.00万元，其中：（1）工资福利10.00万元；（3）商品服务20.00万元；（4）个人补助60.00万元。",
            [("100.00万元", "支出"), ("10.00万元", "工资福利"), ("20.00万元", "商品服务"), ("60.00万元", "个人补助")],
            id="a numbered list of which one was not read",
        ),
    ],
)
def test_prose_that_fits_raises_no_alarm(sentence: str, figures: list[tuple[str, str]]) -> None:
    assert not failures(check_document(Draft().prose(sentence, *figures).document()))


def test_a_subtotal_printed_twice_is_told_and_counts_once() -> None:
    rows = [
        Row("某中心", ("30.00",), level=Level.SUBTOTAL),
        Row("某中心", ("30.00",), level=Level.SUBTOTAL),
        Row("道路工程", ("10.00",)),
        Row("绿化工程", ("20.00",)),
    ]
    checked = check_document(Draft().table("项目支出表", "projects", [(("合计",), ALL)], rows).document())
    assert rules_failed(checked) == {"table.repeated"}
    assert not doubtful(checked)


@pytest.mark.parametrize(("total", "rules"), [("30.00", set()), ("31.00", {"table.total"})])
def test_levels_that_nothing_tells_apart_are_no_alarm_where_each_adds_up(total: str, rules: set[str]) -> None:
    amounts = ("10.00", "2.00", "8.00", "20.00", "5.00", "15.00")  # 10 = 2 + 8, but no sum is right above its parts
    names = ("道路工程", "道路保洁", "道路绿化", "桥梁工程", "桥梁检测", "桥梁加固")
    shuffled = [Row(names[i], (amounts[i],)) for i in (1, 4, 0, 5, 3, 2)]
    rows = [Row("合计", (total,), level=Level.TOTAL), *shuffled]
    checked = check_document(Draft().table("项目支出表", "projects", [(("合计",), ALL)], rows).document())
    assert rules_failed(checked) == rules


def test_a_table_noted_as_empty_that_prints_figures_is_told() -> None:
    rows = [Row("合计", ("0.00",), level=Level.TOTAL), Row("城乡社区支出", ("0.00",), "212")]
    draft = Draft().table("基金表", "government_funds_expenditure", [(("合计",), ALL)], rows, note="注：本表无数据")
    assert rules_failed(check_document(draft.document())) == {"table.no_data"}


def test_a_zero_total_in_a_table_noted_as_empty_is_no_contradiction() -> None:
    rows = [Row("合计", ("0.00",), level=Level.TOTAL)]
    draft = Draft().table("基金表", "government_funds_expenditure", [(("合计",), ALL)], rows, note="注：本表无数据")
    assert not failures(check_document(draft.document()))


def test_checking_is_repeatable() -> None:
    once = check_document(expenditure_table({("合计", 0): "133.00"}).document())
    again = check_document(expenditure_table({("合计", 0): "133.00"}).document())
    assert once.findings == again.findings
    assert yuan("1") == Decimal(10_000)


def test_a_coded_row_known_by_its_path_alone_is_no_line_of_the_total() -> None:
    rows = [
        Row("合计", ("90.00",), level=Level.TOTAL),
        Row("[501]机关工资福利支出", ("70.00",), "501", level=Level.CLASS),
        Row("[30101]基本工资", ("30.00",), "30101", ("[501]机关工资福利支出",)),
        Row("[30102]津贴补贴", ("40.00",), "30102", ("[501]机关工资福利支出",)),
        Row("[502]机关商品和服务支出", ("20.00",), "502", level=Level.CLASS),
        Row("[30201]办公费", ("20.00",), "30201", ("[502]机关商品和服务支出",)),
    ]
    checked = check_document(Draft().table("基本支出表", "basic_expenditure", [(("预算数",), ALL)], rows).document())
    assert not failures(checked)
    assert checked.tables[0].ties_out is True


def test_two_rows_of_one_project_lie_below_it_and_not_below_each_other() -> None:
    part = ("清淤经费", "事业发展类")
    rows = [
        Row("清淤经费", ("60.00",)),
        Row("清淤经费", ("40.00",), "532900241100002001", part),
        Row("清淤经费", ("20.00",), "532900241100002001", part),
        Row("合计", ("60.00",), level=Level.TOTAL),
    ]
    checked = check_document(Draft().table("项目支出表", "projects", [(("合计",), ALL)], rows).document())
    assert not failures(checked)
    assert "table.parts" in {finding.rule for finding in checked.findings}


def test_growth_rates_are_not_added_up() -> None:
    columns = [(("预算数",), ALL), (("增减%",), Coordinates(role=Role.CHANGE_RATE))]
    rows = [
        Row("合计", ("12.00", "-5.2%"), level=Level.TOTAL),
        Row("1.因公出国（境）费", ("0", "—")),
        Row("2.公务用车购置及运行维护费", ("10.00", "-3.1%")),
        Row("3.公务接待费", ("2.00", "-20.0%")),
    ]
    checked = check_document(Draft().table("“三公”经费表", "three_public", columns, rows).document())
    assert not failures(checked)
    assert not doubtful(checked)
