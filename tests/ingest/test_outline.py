"""Dividing disclosures: titles above and in grids, continuation, sheets, prose, contents, whose and which year's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.errors import NotADisclosureError
from ingest.outline.outline import GlossaryPart, Outline, ProsePart, SheetPart, TablePart, source_to_outline
from ingest.outline.titles import title_to_kind, title_to_table_kind
from ingest.reading import read_source
from ingest.source import Block, Cell, Grid, Line, Place, Source

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "eval/documents/000_6a9881425d282efc.txt"
SHARED = ROOT / "../shared/documents"


def outline(*blocks: str | list[str], page: int | None = None) -> Outline:
    """The outline of a source given as lines and grids, a grid as rows of cells joined by |."""
    made: list[Block] = []
    for number, block in enumerate(blocks):
        place = Place(page=page, lines=None if page else (number * 10, number * 10))
        if isinstance(block, str):
            made.append(Line(block, place))
        else:
            made.append(Grid(tuple(tuple(Cell(text, place) for text in row.split("|")) for row in block)))
    return source_to_outline(Source("a.txt", "0" * 64, "text", tuple(made)))


def tables(of: Outline) -> list[TablePart]:
    return [part for part in of.parts if isinstance(part, TablePart)]


def sheets(of: Outline) -> list[SheetPart]:
    return [part for part in of.parts if isinstance(part, SheetPart)]


BALANCE = [
    "收入||支出|",
    "项目|预算数|项目|预算数",
    "一、财政拨款|1.00|一、一般公共服务支出|1.00",
    "收入总计|1.00|支出总计|1.00",
]
BEFORE: tuple[str, list[str]] = ("收支总表", BALANCE)
PROJECTS = ["项目名称|合计|一般公共预算", "甲|1.00|1.00"]


@pytest.fixture(scope="module")
def sample() -> Outline:
    return source_to_outline(read_source(SAMPLE))


class TestSample:
    def test_whose_and_which_years(self, sample: Outline) -> None:
        assert sample.department == "山西转型综合改革示范区潇河新兴产业园区服务中心"
        assert (sample.year, sample.kind) == (2023, "budget")
        assert sample.title.endswith("2023年度部门预算公开")

    def test_its_tables(self, sample: Outline) -> None:
        assert [table.kind for table in tables(sample)] == [
            "balance",
            "income",
            "expenditure",
            "fiscal_balance",
            "general_public_expenditure",
            "basic_expenditure",
            "government_funds_income",
            "government_funds_expenditure",
            "state_capital_balance",
            "three_public",
            "operating_expenses",
            "projects",
            "projects",
        ]
        assert {table.unit for table in tables(sample)} == {"万元"}
        assert {table.heading for table in tables(sample)} == {("第二部分 2023年部门预算报表",)}

    def test_titles_and_numbers_are_as_printed(self, sample: Outline) -> None:
        named = {table.title: table.number for table in tables(sample)}
        assert named["2023年项目支出预算表（本年预算）"] == "预算公开表12"
        assert named["2023年预算收入总表"] == ""

    def test_tables_go_on_behind_page_breaks(self, sample: Outline) -> None:
        assert [len(table.grids) for table in tables(sample)] == [2, 1, 1, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1]

    def test_empty_tables_keep_their_note(self, sample: Outline) -> None:
        assert [table.kind for table in tables(sample) if table.notes] == [
            "state_capital_balance",
            "operating_expenses",
        ]

    def test_one_sheet_for_each_project(self, sample: Outline) -> None:
        rows = [sheet.grids[0].rows[0] for sheet in sheets(sample)]
        assert len(rows) == 16
        assert {row[0].text for row in rows} == {"项目名称"}

    def test_prose_stands_under_its_headings(self, sample: Outline) -> None:
        headings = [part.heading for part in sample.parts if isinstance(part, ProsePart)]
        assert ("第三部分 2023年度部门预算情况说明", "九、政府采购情况") in headings
        assert ("第一部分 概况", "一、本部门职责") in headings

    def test_the_glossary_has_its_terms(self, sample: Outline) -> None:
        (glossary,) = (part for part in sample.parts if isinstance(part, GlossaryPart))
        assert sum("指" in line.text[:20] or "：" in line.text for line in glossary.lines) == 12

    def test_the_contents_are_kept_apart(self, sample: Outline) -> None:
        assert len(sample.contents) == 34
        assert sample.contents[1].text.startswith("第一部分 概况")


LAYOUTS: list[tuple[str, Sequence[str | list[str]], str, str, str]] = [
    ("lines above", ["公开01表", "收支总表", "部门：某市某局  单位：万元", BALANCE], "收支总表", "公开01表", "万元"),
    ("number before the title", ["预算01表收支总表", "金额单位：元", BALANCE], "收支总表", "预算01表", "元"),
    (
        "number behind the title",
        ["收支总表（预算表1）", "单位：万元", BALANCE],
        "收支总表（预算表1）",
        "预算表1",
        "万元",
    ),
    (
        "year under the title",
        ["表1-1", "部门收支总表", "（2026年度）", "单位：元", BALANCE],
        "部门收支总表",
        "表1-1",
        "元",
    ),
    ("spaced letters", ["收 支 总 表", "单位：万元", BALANCE], "收支总表", "", "万元"),
    ("inside the grid", [["收支总表|||", "部门：某市某局|||单位：万元", *BALANCE]], "收支总表", "", "万元"),
    (
        "in one merged cell",
        [["公开01表\n收支总表\n部门：某市某局 单位：万元|||", *BALANCE]],
        "收支总表",
        "公开01表",
        "万元",
    ),
    ("heading and title", ["一、收支总表", "2026年度收支总表", "单位：万元", BALANCE], "2026年度收支总表", "", "万元"),
    ("unit in the title", ["收支总表（单位：万元）", BALANCE], "收支总表", "", "万元"),
    ("all in one line", ["部门预算01表 收支总表 单位：万元", BALANCE], "收支总表", "部门预算01表", "万元"),
    ("an attachment", ["附件1：收支总表", "单位：万元", BALANCE], "收支总表", "", "万元"),
    ("a line in between", ["收支总表", "财预草案", "单位：万元", BALANCE], "收支总表", "", "万元"),
]


@pytest.mark.parametrize(
    ("blocks", "title", "number", "unit"), [case[1:] for case in LAYOUTS], ids=[c[0] for c in LAYOUTS]
)
def test_a_title_is_found_where_layouts_put_it(
    blocks: Sequence[str | list[str]], title: str, number: str, unit: str
) -> None:
    (table,) = tables(outline("某市某局2026年部门预算公开", *blocks))
    assert (table.title, table.number, table.unit, table.kind) == (title, number, unit, "balance")
    assert [cell.text for cell in table.grids[0].rows[0]] == BALANCE[0].split("|")


TITLES = [
    ("2026年部门综合预算收支总表", "balance"),
    ("收入预算总表", "income"),
    ("支出总体情况表", "expenditure"),
    ("财政拨款收入支出决算总表", "fiscal_balance"),
    ("一般公共预算财政拨款支出决算表", "general_public_expenditure"),
    ("一般公共预算支出明细表（按支出经济分类科目）", "general_public_economic"),
    ("一般公共预算财政拨款基本支出情况表（按经济分类）", "basic_expenditure"),
    ("一般公共预算基本支出表（按功能分类科目）", "basic_functional"),
    ("“三公”经费、会议费、培训费支出表", "three_public"),
    ("“三公”经费和机关运行经费预算表", "three_public"),
    ("政府性基金预算财政拨款收入支出决算表", "government_funds_balance"),
    ("政府性基金预算支出表（不含上年结转）", "government_funds_expenditure"),
    ("国有资本经营预算支出表", "state_capital_expenditure"),
    ("项目支出预算表（上年结转）", "projects"),
    ("专项业务经费支出表", "projects"),
    ("财政拨款上年结转资金支出表", "carried_over"),
    ("政府采购（资产配置、购买服务）预算表", "procurement"),
    ("政府购买服务明细表", "purchased_services"),
    ("部门整体支出绩效目标表", "department_performance"),
    ("项目支出绩效目标申报表", "project_performance"),
    ("工资福利支出预算表", ""),
    ("会议议程", ""),
]


@pytest.mark.parametrize(("title", "kind"), TITLES, ids=[title for title, _ in TITLES])
def test_a_title_means_a_canonical_table(title: str, kind: str) -> None:
    assert title_to_kind(title) == kind


class TestContinuation:
    def test_without_header(self) -> None:
        (table,) = tables(outline("收支总表", "单位：万元", BALANCE, ["三、其他|2.00|二、其他|2.00"]))
        assert len(table.grids) == 2

    def test_with_the_title_printed_again(self) -> None:
        (table,) = tables(outline("收支总表", "单位：万元", BALANCE, "收支总表", "单位：万元", BALANCE))
        assert len(table.grids) == 2

    def test_another_department_begins_another_table(self) -> None:
        of = outline("收支总表", "部门：某局", BALANCE, "收支总表", "部门：某中心", BALANCE)
        assert len(tables(of)) == 2

    def test_another_title_begins_another_table(self) -> None:
        of = outline(*BEFORE, "财政拨款收支总表", BALANCE)
        assert [table.kind for table in tables(of)] == ["balance", "fiscal_balance"]

    def test_empty_columns_at_the_end_make_no_difference(self) -> None:
        (table,) = tables(outline(*BEFORE, ["三、其他|2.00|二、其他|2.00||"]))
        assert [grid.width for grid in table.grids] == [6, 6]

    def test_dropped_cells_at_the_end_make_no_difference(self) -> None:
        (table,) = tables(outline("收支总表", BALANCE, ["||三、其他", "||四、其他"]))
        assert [grid.width for grid in table.grids] == [4, 4]

    def test_a_wider_grid_with_a_header_is_another_table(self) -> None:
        of = outline("收支总表", BALANCE, ["序号|单位|人数|编制|备注", "1|甲|2|3|"])
        assert len(tables(of)) == 2

    def test_notes_belong_to_the_table_above(self) -> None:
        first, second = tables(outline(*BEFORE, "注：本表无数据", "项目支出表", PROJECTS))
        assert [note.text for note in first.notes] == ["注：本表无数据"]
        assert not second.notes

    def test_a_note_inside_the_grid_is_a_note(self) -> None:
        (table,) = tables(outline("收支总表", [*BALANCE, "注：含上年结转。|||"]))
        assert [note.text for note in table.notes] == ["注：含上年结转。"]
        assert len(table.grids[0].rows) == len(BALANCE)

    def test_an_empty_table_needs_no_grid(self) -> None:
        of = outline(
            "收支总表",
            BALANCE,
            "政府性基金预算支出表",
            "单位：万元",
            "本部门2026年无政府性基金预算支出，本表为空。",
            "三、说明",
            "文字。",
        )
        _, funds = tables(of)
        assert (funds.kind, funds.grids, len(funds.notes)) == ("government_funds_expenditure", (), 1)


FORM = ["一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|件数|≥3件"]


class TestSheets:
    def test_each_project_row_starts_one(self) -> None:
        grid = ["项目名称|甲||", "主管部门|某局||", *FORM, "项目名称|乙||", "主管部门|某局||", *FORM]
        of = outline(*BEFORE, "项目支出绩效目标表", grid)
        assert [sheet.grids[0].rows[0][1].text for sheet in sheets(of)] == ["甲", "乙"]

    def test_a_sheet_goes_on_behind_a_page_break(self) -> None:
        of = outline(
            "收支总表",
            BALANCE,
            "项目绩效目标表",
            ["项目名称|甲||", *FORM],
            ["|质量指标|合格率|100%"],
            ["项目名称|乙||", *FORM],
        )
        assert [len(sheet.grids) for sheet in sheets(of)] == [2, 1]

    def test_labels_above_the_name_stay_with_it(self) -> None:
        sheet = ["主管部门|某局||", "项目名称|{}||", *FORM]
        rows = [row.format(name) for name in ("甲", "乙") for row in sheet]
        of = outline(*BEFORE, "项目绩效目标表", rows)
        assert [part.grids[0].rows[1][1].text for part in sheets(of)] == ["甲", "乙"]

    def test_a_long_form_table_is_one_part(self) -> None:
        header = "项目名称|项目总额|绩效目标|一级指标|二级指标|三级指标|指标值"
        page = [header, "甲|1.00|好|产出指标|数量指标|件数|3", "乙|2.00|好|产出指标|数量指标|件数|3"]
        of = outline(*BEFORE, "项目支出绩效目标表", page, "项目支出绩效目标表", page)
        (part,) = sheets(of)
        assert len(part.grids) == 2

    def test_a_title_for_each_project(self) -> None:
        form = ["专项资金情况|资金总额|1.00|", *FORM]
        of = outline(*BEFORE, "修缮经费项目绩效目标表", form, "宣传经费项目绩效目标表", form)
        assert [sheet.title for sheet in sheets(of)] == ["修缮经费项目绩效目标表", "宣传经费项目绩效目标表"]


class TestProse:
    def test_contents_end_where_the_document_begins(self) -> None:
        of = outline(
            "目 录",
            "第一部分 概况\t1",
            "一、收支总表....2",
            "第二部分 名词解释",
            "第一部分 概况",
            "职责如下。",
            "收支总表",
            BALANCE,
        )
        assert [line.text for line in of.contents[1:]] == ["第一部分 概况\t1", "一、收支总表....2", "第二部分 名词解释"]
        assert len(tables(of)) == 1

    def test_terms_of_a_glossary_open_no_headings(self) -> None:
        of = outline(
            "收支总表",
            BALANCE,
            "第四部分 名词解释",
            "一、财政拨款收入",
            "指当年拨付的资金。",
            "第五部分 附件",
            "附件文字。",
        )
        (glossary,) = (part for part in of.parts if isinstance(part, GlossaryPart))
        assert len(glossary.lines) == 2
        assert of.parts[-1].heading == ("第五部分 附件",)

    def test_a_numbered_paragraph_is_no_heading(self) -> None:
        of = outline(*BEFORE, "第三部分 说明", "一、收支情况说明", "（一）收入预算1.00万元，与上年持平。")
        part = of.parts[-1]
        assert isinstance(part, ProsePart) and part.heading == ("第三部分 说明", "一、收支情况说明")

    def test_a_part_heading_may_stand_on_two_lines(self) -> None:
        of = outline("第三部分", "2026年度预算情况说明", "一、收支情况", "收入1.00万元。", "收支总表", BALANCE, page=3)
        assert of.parts[0].heading == ("第三部分 2026年度预算情况说明", "一、收支情况")


KINDS = [
    ("某市某局2025年度部门决算公开", "收入支出决算总表", "final_accounts", 2025),
    ("二〇二四年度某局部门预算", "收支总表", "budget", 2024),
]


@pytest.mark.parametrize(("cover", "title", "kind", "year"), KINDS, ids=["final accounts", "Chinese year"])
def test_budget_or_final_accounts(cover: str, title: str, kind: str, year: int) -> None:
    of = outline(cover, title, "单位：万元", BALANCE)
    assert (of.kind, of.year) == (kind, year)


DEPARTMENTS = [
    (["部门：某市教育局  单位：万元"], "某市教育局"),
    (["预算单位：[105]某市教育局"], "某市教育局"),
    (["部门名称：某市教育局（汇总）"], "某市教育局"),
    (["编制部门：某省某市高新技术产业开发区管理", "委员会办公室"], "某省某市高新技术产业开发区管理委员会办公室"),
]


def test_a_department_of_the_cover() -> None:
    assert outline("某市教育局2026年部门预算公开说明", "收支总表", BALANCE).department == "某市教育局"


@pytest.mark.parametrize(("lines", "department"), DEPARTMENTS, ids=["label", "code", "bracket", "two lines"])
def test_a_department_of_a_label_line(lines: list[str], department: str) -> None:
    assert outline("收支总表", *lines, BALANCE).department == department


@pytest.mark.parametrize(
    "blocks",
    [
        ["会议通知", "请各单位于周五前报送材料。"],
        ["价目表", ["品名|单价", "苹果|3.00"]],
        ["关于下达专项资金的通知", "现下达2024年资金。", "专项资金分配表", ["地区|金额", "甲县|3.00"]],
    ],
    ids=["notice", "price list", "notice with a table"],
)
def test_what_is_no_disclosure_is_told(blocks: list[str | list[str]]) -> None:
    with pytest.raises(NotADisclosureError, match="不像"):
        outline(*blocks)


NOTICE = [
    "某市财政局文件",
    "某财预\u30142025\u301512号",
    "某市财政局关于下达2025年",
    "专项资金预算的通知",
    "现下达财政拨款专项资金。",
]
GOALS = [
    "专项名称|专项资金|||",
    "资金总额||100.00||",
    "一级指标|二级指标|三级指标|指标值|",
    "产出指标|数量指标|座数|≥1座|",
]


def test_a_notice_is_no_disclosure_even_with_a_sheet_of_goals() -> None:
    with pytest.raises(NotADisclosureError, match=r"是公文（某财预\u30142025\u301512号）.*请载入公开文件"):
        outline(*NOTICE, "专项资金分配表", ["地区|金额", "甲县|3.00"], "转移支付区域绩效目标表", GOALS)


def test_a_notice_that_approves_a_budget_with_its_tables_is_one() -> None:
    assert tables(outline(*NOTICE, "收支总表", BALANCE))


def test_goals_without_a_notice_are_a_disclosure() -> None:
    assert sheets(outline("转移支付区域绩效目标表", GOALS))


TOP_OF_SHEET = ["项目名称|修桥|||", "主管部门及代码|某局||实施单位|某局", "项目属性|一次性项目||项目期|1年"]
REST_OF_SHEET = ["年度目标|修好一座桥|||", "一级指标|二级指标|三级指标|指标值|", "产出指标|数量指标|座数|≥1座|"]


def test_a_sheet_that_the_page_cuts_above_its_indicators_is_one_sheet() -> None:
    of = outline("收支总表", BALANCE, "项目支出绩效情况", TOP_OF_SHEET, REST_OF_SHEET)
    [sheet] = sheets(of)
    assert [len(grid.rows) for grid in sheet.grids] == [3, 3]


def test_a_list_of_projects_is_no_top_of_a_sheet() -> None:
    of = outline(*BEFORE, "项目支出表", ["项目名称|主管部门|合计", "甲|某局|1.00", "乙|某局|2.00"])
    assert not sheets(of)


def test_a_sheet_alone_is_a_disclosure() -> None:
    [sheet] = sheets(outline([*TOP_OF_SHEET, *REST_OF_SHEET]))
    assert len(sheet.grids) == 1


def test_a_year_that_only_the_files_name_tells() -> None:
    grid = Grid(tuple(tuple(Cell(text, Place(page=1)) for text in row.split("|")) for row in BALANCE))
    of = source_to_outline(
        Source("某局2026年度预算报表.pdf", "0" * 64, "pdf", (Line("预算01表 收支总表", Place(page=1)), grid))
    )
    assert of.year == 2026


def test_a_list_of_goals_and_amounts_is_of_the_kind_that_its_title_says() -> None:
    assert title_to_table_kind("重点项目预算绩效目标情况") == "projects"
    assert title_to_table_kind("绩效目标情况") == ""


REAL = {
    "bj-yibaoju-2026.pdf": ("北京市医疗保障局", 2026, 11),
    "sh-putuo-shangwuwei-2025.pdf": ("上海市普陀区商务委员会", 2025, 9),
    "wuxi-xinfang-2025.pdf": ("无锡市信访局", 2025, 13),
    "changchun-xinfang-2026.pdf": ("长春市信访局", 2026, 10),
    "js-zhengxie-2019.pdf": ("江苏省政协办公厅", 2019, 12),
    "gz-xinfang-2026.md": ("广州市信访局", 2026, 13),
}


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the folder of real documents is not beside the repository")
@pytest.mark.parametrize("name", REAL)
def test_real_disclosures(name: str) -> None:
    of = source_to_outline(read_source(SHARED / name))
    department, year, count = REAL[name]
    assert (of.department, of.year, of.kind) == (department, year, "budget")
    kinds = Counter(table.kind for table in tables(of))
    assert sum(kinds.values()) - kinds[""] == count
    assert {"balance", "income", "expenditure", "basic_expenditure", "three_public"} <= set(kinds)
    assert all(table.unit or "单位：" in _header(table) for table in tables(of) if table.kind)


def _header(table: TablePart) -> str:
    return "".join(cell.text for cell in table.grids[0].rows[0])
