"""Workbooks written by hand, so that every cell, format and formula is known."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.readers import excel
from ingest.readers.cell_formats import shown_number
from ingest.source import Grid, Place
from tests.ingest.readers.shown import shown

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="170" formatCode="#,##0.000_ "/></numFmts>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="4"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs>'
    "</styleSheet>"
)


def write_xlsx(path: Path, sheets: dict[str, str], hidden: str = "", merged: str = "") -> Path:
    """Sheet name → the XML of its rows."""
    names = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="r{n}" state="{"hidden" if name == hidden else "visible"}"/>'
        for n, name in enumerate(sheets, 1)
    )
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{targets}'
            f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr("xl/styles.xml", STYLES)
        for n, rows in enumerate(sheets.values(), 1):
            merges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
            xml = f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{merges}</worksheet>"
            archive.writestr(f"xl/worksheets/sheet{n}.xml", xml)
    return path


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def words(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(address: str, value: str, style: int = 0) -> str:
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def formula(address: str, value: str = "") -> str:
    return f'<c r="{address}"><f>1+1</f>{f"<v>{value}</v>" if value else ""}</c>'


TABLE = (
    row(1, words("A1", "收支预算总表"))
    + row(2, words("A2", "部门：某局"), words("C2", "单位：万元"))
    + row(3, words("A3", "项目"), words("B3", "预算数"))
    + row(4, words("B4", "本年"), words("C4", "比上年"))
    + row(5, words("A5", "办公费"), number("B5", "1234.5", 1), number("C5", "-4.8800000000000003E-2", 2))
    + row(6, words("A6", "差旅费"), formula("B6", "0.30000000000000004"), formula("C6"))
    + row(7, words("A7", "注：不含上年结转"))
)
TABLE_SHOWN = [
    "收支总表",
    "收支预算总表",
    "部门：某局  单位：万元",
    ["项目 | 预算数 | <", " | 本年 | 比上年", "办公费 | 1,234.50 | -4.88%", "差旅费 | 0.3 | "],
    "注：不含上年结转",
]


def read(path: Path) -> excel.Source:
    return excel.read(path, path.name, "0" * 64)


def test_a_sheet_is_its_name_captions_table_and_notes(tmp_path: Path) -> None:
    source = read(write_xlsx(tmp_path / "a.xlsx", {"收支总表": TABLE}, merged="B3:C3"))
    assert shown(source) == TABLE_SHOWN


def test_cells_have_addresses_and_formulas_without_result_are_told(tmp_path: Path) -> None:
    source = read(write_xlsx(tmp_path / "a.xlsx", {"收支总表": TABLE}, merged="B3:C3"))
    grid = next(block for block in source.blocks if isinstance(block, Grid))
    assert grid.rows[2][1].place == Place(cell="收支总表!B5")
    assert source.notes == (
        "工作表“收支总表”有 1 个公式（C6）没有保存计算结果，这些单元格读作空白；请用表格软件打开并保存一次后再导入。",
    )


def test_a_covered_cell_has_the_address_of_the_merged_one(tmp_path: Path) -> None:
    source = read(write_xlsx(tmp_path / "a.xlsx", {"收支总表": TABLE}, merged="B5:B6"))
    grid = next(block for block in source.blocks if isinstance(block, Grid))
    covered = [cell.place.cell for row in grid.rows for cell in row if cell.covered]
    assert covered == ["收支总表!B5"]


def test_sheets_in_order_default_names_and_hidden_sheets_left_out(tmp_path: Path) -> None:
    sheets = {"Sheet1": TABLE, "内部": TABLE, "收入": TABLE}
    source = read(write_xlsx(tmp_path / "a.xlsx", sheets, hidden="内部"))
    lines = [block for block in shown(source) if isinstance(block, str)]
    assert "Sheet1" not in lines and "收入" in lines
    assert lines.count("收支预算总表") == 2
    assert "工作表“内部”是隐藏的，没有读入。" in source.notes


def test_two_tables_on_one_sheet_are_two_grids(tmp_path: Path) -> None:
    second = (
        row(9, words("A9", "收入预算总表"))
        + row(10, words("A10", "项目"), words("B10", "金额"))
        + row(11, words("A11", "合计"), number("B11", "2"))
    )
    source = read(write_xlsx(tmp_path / "a.xlsx", {"Sheet1": TABLE + second}))
    assert shown(source)[-2:] == ["收入预算总表", ["项目 | 金额", "合计 | 2"]]


def test_an_empty_row_within_a_table_divides_nothing(tmp_path: Path) -> None:
    rows = (
        row(1, words("A1", "项目"), words("B1", "金额"))
        + row(2, words("A2", "办公费"), number("B2", "2"))
        + row(4, words("A4", "结转下年"))
        + row(5, words("A5", "合计"), number("B5", "2"))
    )
    source = read(write_xlsx(tmp_path / "a.xlsx", {"Sheet1": rows}))
    assert shown(source) == [["项目 | 金额", "办公费 | 2", " | ", "结转下年 | ", "合计 | 2"]]


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.1 + 0.2, "", "0.3"),
        (458.0, "", "458"),
        (458.0, "0.00", "458.00"),
        (1682.7583, "0.00", "1682.7583"),
        (110896.619602, '#,##0.00_);[Red]\\("¥"#,##0.00\\)', "110,896.619602"),
        (-0.6086, "0.00%", "-60.86%"),
        (1, "0%", "100%"),
        (201, "@", "201"),
        (1e21, "General", "1000000000000000000000"),
        (0.0, "#,##0.00", "0.00"),
    ],
)
def test_numbers_as_shown_with_all_their_decimals(value: float, number_format: str, expected: str) -> None:
    assert shown_number(value, number_format) == expected


def garbage(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04 not a workbook")
    return path


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(100_000_000))
    return path


def tall(path: Path) -> Path:
    return write_xlsx(path, {"Sheet1": row(1, number("A1", "1")) + row(1_000_000, number("A1000000", "1"))})


@pytest.mark.parametrize(
    ("make", "sentence"),
    [(garbage, "不是完整的"), (bomb, "压缩炸弹"), (tall, "超过 100000 行")],
    ids=["garbage", "zip bomb", "a million rows"],
)
def test_a_bad_workbook_is_told_in_a_sentence(make, sentence: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ReadError, match=sentence):
        read(make(tmp_path / "a.xlsx"))
