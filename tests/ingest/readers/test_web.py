"""Web pages: spans, encodings, layout tables and positioned blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.readers import web
from tests.ingest.readers.shown import shown

TABLE = """<table><caption>收支总表</caption>
<thead><tr><th rowspan="2">科目</th><th colspan="2">本年支出</th></tr>
<tr><th>基本支出</th><th>项目支出</th></tr></thead>
<tr><td>办公费</td><td>1,234.50</td><td>&nbsp;</td></tr></table>"""
SHOWN = ["收支总表", ["科目 | 本年支出 | <", "< | 基本支出 | 项目支出", "办公费 | 1,234.50 | "]]


def read(path: Path, content: str | bytes) -> web.Source:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return web.read(path, path.name, "0" * 64)


PAGES = {
    "spans": (TABLE, SHOWN),
    "a table that only arranges": (f"<table><tr><td>导言</td><td>{TABLE}</td></tr></table>", ["导言", *SHOWN]),
    "hidden and scripted": ("<p>甲</p><script>乙</script><p style='display: none'>丙</p>", ["甲"]),
    "line breaks and inline marks": ("<p>一、<b>部门</b>职责<br>负责 <i>预算</i></p>", ["一、部门职责", "负责 预算"]),
    "broken markup": ("<table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>完", [["甲 | 1", "乙 | 2"], "完"]),
    "positioned blocks": (
        "<div>"
        + "".join(
            f'<div style="position:absolute; left:{left}px; top:{top}px">{words}</div>'
            for left, top, words in [
                (200, 41, "1.00"), (10, 40, "办公费"), (10, 10, "收支总表"), (200, 20, "金额"), (10, 20, "项目"),
            ]
        )
        + "</div>",
        ["收支总表", "项目  金额", "办公费  1.00"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), PAGES.values(), ids=PAGES)
def test_page(content: str, expected: list[str | list[str]], tmp_path: Path) -> None:
    assert shown(read(tmp_path / "a.html", f"<html><body>{content}</body></html>")) == expected


ENCODINGS = {
    "GB2312 not declared": (TABLE.encode("gb2312"), SHOWN),
    "GB2312 declared, GBK used": (f"<meta charset=gb2312><p>碁</p>{TABLE}".encode("gb18030"), ["碁", *SHOWN]),
    "UTF-8 declared as GBK": (f"<meta charset=gbk>{TABLE}".encode("gb18030"), SHOWN),
    "UTF-8 with a mark": (TABLE.encode("utf-8-sig"), SHOWN),
    "UTF-16": (TABLE.encode("utf-16"), SHOWN),
    "unknown declaration": (f"<meta charset=x-none>{TABLE}".encode(), SHOWN),
}


@pytest.mark.parametrize(("content", "expected"), ENCODINGS.values(), ids=ENCODINGS)
def test_encoding(content: bytes, expected: list[str | list[str]], tmp_path: Path) -> None:
    assert shown(read(tmp_path / "a.htm", content)) == expected


def test_a_web_archive_is_its_page(tmp_path: Path) -> None:
    page = f"<html><body>{TABLE}</body></html>"
    mail = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}"
    assert shown(read(tmp_path / "a.mht", mail)) == SHOWN


def test_an_empty_page_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="空的网页"):
        read(tmp_path / "a.html", "  ")


def test_a_huge_span_is_no_huge_grid(tmp_path: Path) -> None:
    content = '<table><tr><td rowspan="9999" colspan="9999">甲</td></tr><tr><td>乙</td><td>1</td></tr></table>'
    source = read(tmp_path / "a.html", content)
    assert sum(len(block.rows) for block in source.blocks if hasattr(block, "rows")) <= 2
