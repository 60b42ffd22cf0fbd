"""A citation is shown in its surroundings: the right cell is marked, and only that one."""

from __future__ import annotations

import re

import pytest

from assistant.screens.source_view import Mark, place_text, sentence_html, table_html
from ingest.facts import TableRecord
from ingest.source import Place


def record(rows: int = 3) -> TableRecord:
    cells = tuple((f"项目{index}", f"{index},000.00", "—") for index in range(rows))
    return TableRecord(
        "支出表", "", "", "万元", cells, tuple(Place(lines=(10 + i, 10 + i)) for i in range(rows)), "注：无"
    )


def marked(html: str) -> list[str]:
    return re.findall(r'<td class="[^"]*mz-mark[^"]*">(.*?)</td>', html)


def test_the_cell_is_marked_among_all_cells_as_printed() -> None:
    html = table_html(record(), [Mark(1, 1)])
    assert marked(html) == ["1,000.00"]
    assert re.findall(r"<td[^>]*>(.*?)</td>", html) == [cell for row in record().rows for cell in row]
    assert "单位：万元" in html and "注：无" in html and "第 11 行" in html


def test_without_a_mark_nothing_is_marked() -> None:
    assert marked(table_html(record(), [])) == []


def test_all_cells_of_a_check_are_marked() -> None:
    assert marked(table_html(record(), [Mark(0, 1), Mark(2, 1), Mark(2, 2)])) == ["0,000.00", "2,000.00", "—"]


def test_a_column_unknown_marks_the_row_alone() -> None:
    html = table_html(record(), [Mark(1, None)])
    assert marked(html) == [] and html.count('class="mz-row"') == 1


@pytest.mark.parametrize("row", [0, 3, 700, 1999])
def test_a_long_table_shows_its_head_and_the_marked_row(row: int) -> None:
    html = table_html(record(2000), [Mark(row, 1)])
    assert marked(html) == [f"{row},000.00"]
    assert "项目0<" in html and "略去" in html and html.count("<tr") < 260


def test_cells_are_text() -> None:
    html = table_html(TableRecord("<b>", "", "", "", (("<script>",),), (Place(),), "<i>"), [Mark(0, 0)])
    assert marked(html) == ["&lt;script&gt;"] and "<script>" not in html and "<b><b>" not in html and "<i>" not in html


SENTENCES = {
    "figure in sentence in paragraph": (
        "前文。收入5万元，",
        "收入5万元",
        "5",
        '前文。<span class="mz-sentence">收入<mark',
    ),
    "figure elsewhere": ("前文。收入五万元。", "收入五万元", "5", '<span class="mz-sentence">收入五万元</span>'),
    "sentence elsewhere": (
        "别的话。",
        "收入5万元",
        "5",
        '<span class="mz-sentence">收入<mark class="mz-mark">5</mark>',
    ),
    "no sentence": ("收入5万元。", "", "5", '<span class="mz-sentence">收入<mark class="mz-mark">5</mark>'),
    "hostile": ("<i>5</i>", "<i>5</i>", "5", '&lt;i&gt;<mark class="mz-mark">5</mark>&lt;/i&gt;'),
}


@pytest.mark.parametrize(("paragraph", "sentence", "printed", "part"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_sentence_stands_in_its_paragraph(paragraph: str, sentence: str, printed: str, part: str) -> None:
    assert part in sentence_html(paragraph, sentence, printed)


PLACES = {
    "page": (Place(page=15), "第 15 页"),
    "line": (Place(lines=(371, 371)), "第 371 行"),
    "lines": (Place(lines=(371, 373)), "第 371 至 373 行"),
    "workbook": (Place(cell="表1!B7"), "表1!B7"),
    "unknown": (Place(), ""),
}


@pytest.mark.parametrize(("place", "words"), PLACES.values(), ids=PLACES.keys())
def test_places_in_words(place: Place, words: str) -> None:
    assert place_text(place) == words
