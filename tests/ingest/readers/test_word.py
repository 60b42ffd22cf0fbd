"""Word documents written by hand: merged cells, automatic numbers, hidden text, and a table without end."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.readers import word
from ingest.source import Grid, Place
from tests.ingest.readers.shown import rows, shown

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = (
    f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
)


def write_docx(path: Path, body: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/numbering.xml", NUMBERING)
        archive.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
    return path


def paragraph(text: str, level: int | None = None) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr>' if level is not None else ""
    return f"<w:p><w:pPr>{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, span: int = 1, merge: str = "") -> str:
    down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{down}</w:tcPr>{paragraph(text)}</w:tc>'


def table(*table_rows: tuple[str, ...]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in table_rows) + "</w:tbl>"


def read(path: Path) -> word.Source:
    return word.read(path, path.name, "0" * 64)


def test_paragraphs_and_tables_in_order_with_merged_cells_covered(tmp_path: Path) -> None:
    body = (
        paragraph("收支总表")
        + table(
            (cell("科目", merge="restart"), cell("本年支出", span=2)),
            (cell("", merge="continue"), cell("基本支出"), cell("项目支出")),
            (cell("办公费"), cell("1.00"), cell("2.00")),
        )
        + paragraph("注：无")
    )
    source = read(write_docx(tmp_path / "a.docx", body))
    header = ["科目 | 本年支出 | <", "< | 基本支出 | 项目支出", "办公费 | 1.00 | 2.00"]
    assert shown(source) == ["收支总表", header, "注：无"]
    assert source.blocks[0].place == Place(lines=(1, 1))  # type: ignore[union-attr]


def test_automatic_numbers_are_counted(tmp_path: Path) -> None:
    levels = [("部门职责", 0), ("甲", 1), ("乙", 1), ("机构设置", 0), ("丙", 1)]
    source = read(write_docx(tmp_path / "a.docx", "".join(paragraph(text, level) for text, level in levels)))
    assert shown(source) == ["一、部门职责", "（1）甲", "（2）乙", "二、机构设置", "（1）丙"]


HIDDEN = {
    "deleted": "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:r><w:t>新</w:t></w:r></w:p>",
    "inserted": "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>",
    "hidden run": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>旧</w:t></w:r><w:r><w:t>新</w:t></w:r></w:p>",
    "field": "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>新</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("body", HIDDEN.values(), ids=HIDDEN)
def test_only_what_a_reader_sees_is_read(body: str, tmp_path: Path) -> None:
    assert shown(read(write_docx(tmp_path / "a.docx", body))) == ["新"]


def test_page_numbers_between_the_parts_of_a_table_are_left_out(tmp_path: Path) -> None:
    part = table((cell("办公费"), cell("1.00")))
    body = "".join(part + paragraph(str(page)) for page in range(1, 6))
    source = read(write_docx(tmp_path / "a.docx", body))
    assert all(isinstance(block, Grid) and rows(block) == ["办公费 | 1.00"] for block in source.blocks)
    assert len(source.blocks) == 5


def million_rows(path: Path) -> Path:
    return write_docx(path, "<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 1_000_000 + "</w:tbl>")


def cut_off(path: Path) -> Path:
    write_docx(path, paragraph("正文"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACE}><w:body><w:p>")
    return path


def encrypted(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    return path


def other_archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no Word")
    return path


BAD_FILES = {
    "a million rows": (million_rows, "压缩炸弹|超过 100000 行"),
    "cut off": (cut_off, "正文不完整"),
    "encrypted": (encrypted, "加了密码"),
    "another archive": (other_archive, "没有 Word 正文"),
}


@pytest.mark.parametrize(("make", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_document_is_told_in_a_sentence(make, sentence: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ReadError, match=sentence):
        read(make(tmp_path / "a.docx"))
