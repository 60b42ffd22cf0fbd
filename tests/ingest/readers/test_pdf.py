"""Small pages, each named after what is odd in it, and PDF files that nobody should have sent."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.readers import pdf
from ingest.source import Grid, Place
from tests.ingest.readers.made_pdf import cell_texts, fill, rule, table, text, write_pdf
from tests.ingest.readers.shown import rows, shown

XS: list[float] = [50, 150, 250, 350]
YS: list[float] = [100, 120, 140, 160]
ROWS = [["项目", "合计", "基本支出"], ["办公费", "1,234.50", ""], ["合计", "-0.50", "12%"]]
SHOWN = ["项目 | 合计 | 基本支出", "办公费 | 1,234.50 | ", "合计 | -0.50 | 12%"]
PLAIN = [*table(XS, YS), *cell_texts(XS, YS, ROWS)]

MERGED_HEADER = [
    *(rule(50, y, 350, y) for y in (100, 140, 160)),
    rule(150, 120, 350, 120),
    *(rule(x, 100, x, 160) for x in (50, 150, 350)),
    rule(250, 120, 250, 160),
    text("科目", 55, 115),
    text("本年支出", 220, 104),
    text("基本支出", 155, 124),
    text("项目支出", 255, 124),
    *cell_texts([50, 150, 250, 350], [140, 160], [["办公费", "1.00", "2.00"]]),
]
DOUBLE_BORDER = [*PLAIN, rule(153.5, 100, 153.5, 160), rule(50, 123.2, 350, 123.2)]
OPEN_SIDES = [*(rule(50, y, 350, y) for y in YS), *(rule(x, 100, x, 160) for x in XS[1:-1]), *cell_texts(XS, YS, ROWS)]
THIN_FILLS = [
    *(fill(50, y, 350, y + 0.5) for y in YS),
    *(fill(x, 100, x + 0.5, 160) for x in XS),
    *cell_texts(XS, YS, ROWS),
]
WHITE_CELLS = [
    *(fill(left, top, left + 99.5, top + 19.5, gray=1) for left in XS[:-1] for top in YS[:-1]),
    *cell_texts(XS, YS, ROWS),
]
DRAWN_TWICE = [*PLAIN, *cell_texts([x + 0.3 for x in XS], YS, ROWS)]
WATERMARK = [*PLAIN, text("内部资料", 80, 150, 30, "0.7 0.7 -0.7 0.7")]
WRAPPED_NUMBER = [
    *table([50, 90, 150], [100, 130]),
    text("1682.7", 52, 102),
    text("6", 52, 114),
    text("28.00", 92, 102),
    text("17.00", 92, 114),
]
UNRULED_ROWS = [
    *table([50, 150, 250], [100, 120, 180]),
    *cell_texts(
        [50, 150], [100, 120, 138, 156], [["项目", "金额"], ["办公费", "1,234.50"], ["差旅费", ""], ["合计", "28.00"]]
    ),
    text("17.00", 153, 142),
]
WRAPPED_LABEL = [
    *table([50, 150, 250], [100, 150]),
    text("机关事业单位", 53, 104),
    text("养老保险", 53, 120),
    text("28.00", 153, 112),
]
OVER_THE_WALL = [*table([50, 90, 130], [100, 120]), text("1,234,567.00", 60, 104)]

LABEL_OVER_THE_WALL = [
    *table([50, 130, 280, 320], [100, 120]),
    text("机关事业单位职业年金缴费支出43608.96", 53, 104),
    text("0", 283, 104),
]
LABEL_WITH_A_YEAR_OVER_THE_WALL = [*table([50, 130, 240], [100, 120]), text("信息化系统建设项目二期工程2025", 53, 104)]

GRIDS = {
    "every cell ruled": (PLAIN, SHOWN),
    "merged header": (MERGED_HEADER, ["科目 | 本年支出 | <", "< | 基本支出 | 项目支出", "办公费 | 1.00 | 2.00"]),
    "double borders": (DOUBLE_BORDER, SHOWN),
    "no outer border left and right": (OPEN_SIDES, SHOWN),
    "rules are thin filled rectangles": (THIN_FILLS, SHOWN),
    "ruled by white cells only": (WHITE_CELLS, SHOWN),
    "bold by drawing twice": (DRAWN_TWICE, SHOWN),
    "slanted watermark": (WATERMARK, SHOWN),
    "a number wrapped in its cell, two numbers stacked": (WRAPPED_NUMBER, ["1682.76 | 28.00/17.00"]),
    "rows without a rule between them": (
        UNRULED_ROWS,
        ["项目 | 金额", "办公费 | 1,234.50", "差旅费 | 17.00", "合计 | 28.00"],
    ),
    "a label wrapped beside an amount": (WRAPPED_LABEL, ["机关事业单位/养老保险 | 28.00"]),
    "a number wider than its cell": (OVER_THE_WALL, [" | 1,234,567.00"]),
    "a label over the wall, up to the amount beside it": (
        LABEL_OVER_THE_WALL,
        ["机关事业单位职业年金缴费支出 | 43608.96 | 0"],
    ),
    "a label that ends in a year over the wall": (
        LABEL_WITH_A_YEAR_OVER_THE_WALL,
        [" | 信息化系统建设项目二期工程2025"],
    ),
}


def read(path: Path) -> pdf.Source:
    return pdf.read(path, path.name, "0" * 64)


@pytest.mark.parametrize(("page", "expected"), GRIDS.values(), ids=GRIDS)
def test_grid(page: list[str], expected: list[str], tmp_path: Path) -> None:
    (grid,) = read(write_pdf(tmp_path / "a.pdf", [page])).blocks
    assert isinstance(grid, Grid)
    assert rows(grid) == expected


def test_a_font_that_says_it_reaches_a_line_below_its_baseline_stays_in_its_row(tmp_path: Path) -> None:
    (grid,) = read(write_pdf(tmp_path / "a.pdf", [PLAIN], descent=-1050)).blocks
    assert rows(grid) == SHOWN


def test_digits_of_a_full_width_that_are_drawn_into_each_other_stay_in_their_cells(tmp_path: Path) -> None:
    def drawn(number: str, left: float) -> list[str]:
        return [text(digit, left + 5 * index, 104) for index, digit in enumerate(number)]

    page = [*table([50, 150, 250], [100, 120]), *drawn("12,063.96", 103), *drawn("11,476.19", 152)]
    (grid,) = read(write_pdf(tmp_path / "a.pdf", [page], digit_width=1000)).blocks
    assert rows(grid) == ["12,063.96 | 11,476.19"]


def test_labels_that_begin_alike_and_end_elsewhere_are_set_in(tmp_path: Path) -> None:
    page = [
        *table([50, 190, 250], [100, 120, 140, 160]),
        *(text(words, 70, top) for words, top in (("安全生产监管执法经费", 104), ("自然灾害防治和救助经费", 124))),
        text("合计", 110, 144),
    ]
    (grid,) = read(write_pdf(tmp_path / "a.pdf", [page])).blocks
    assert isinstance(grid, Grid)
    assert [row[0].indent for row in grid.rows] == [4, 4, 0]


def test_lines_and_grids_stand_in_reading_order(tmp_path: Path) -> None:
    page = [text("注：单位为万元", 50, 170), *PLAIN, text("部门：某局", 50, 80), text("单位：万元", 280, 80)]
    source = read(write_pdf(tmp_path / "a.pdf", [page]))
    assert shown(source) == ["部门：某局  单位：万元", SHOWN, "注：单位为万元"]


def test_every_cell_has_its_place(tmp_path: Path) -> None:
    (grid,) = read(write_pdf(tmp_path / "a.pdf", [MERGED_HEADER])).blocks
    assert isinstance(grid, Grid)
    assert grid.rows[0][1].place == Place(page=1, box=(150.0, 100.0, 350.0, 120.0))
    assert grid.rows[2][2].place == Place(page=1, box=(250.0, 140.0, 350.0, 160.0))


def test_a_page_turned_by_its_dictionary_reads_as_shown(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [[text("收支总表", 60, 40, 12, "0 1 -1 0")]], page_extra="/Rotate 90")
    assert shown(read(path)) == ["收支总表"]


def test_a_page_whose_corners_are_named_from_above_reads_as_shown(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [PLAIN], page_extra="/MediaBox [0 842 595 0]")
    (grid,) = read(path).blocks
    assert rows(grid) == SHOWN


LINE_OVER_THE_RULE = [
    *table([50, 150, 250], [100, 123, 146]),
    *(text(words, 53, top) for words, top in (("资质单位监督检", 101), ("查成果质量检查", 111.5), ("验费", 122))),
    *(text(words, 53, top) for words, top in (("设备购置", 128),)),
    text("1.00", 200, 106),
    text("2.00", 200, 128),
]
LINE_OVER_ANOTHER = [
    *table([50, 150, 250], [100, 112, 128]),
    *(text(words, 53, top) for words, top in (("会展推介活动", 101), ("经费", 111.5), ("消费节", 117.5))),
    text("1.00", 200, 101),
    text("2.00", 200, 117.5),
]
LINE_BETWEEN_THE_LINES_OF_ANOTHER = [
    *table([50, 150, 250], [100, 124, 148]),
    *(
        text(words, 53, top)
        for words, top in (("会展推介活动", 96), ("策划执行与宣", 106.5), ("传推广工作的", 117), ("费用", 127.5))
    ),
    *(text(words, 53, top) for words, top in (("消费节的筹备", 120.5), ("与宣传推广和", 131), ("评估", 141.5))),
    text("1.00", 200, 106),
    text("2.00", 200, 130),
]
LINE_OVER_THE_LAST_RULE = [
    *table([50, 150, 250], [100, 123]),
    *table([50, 250], [123, 240]),
    *(text(words, 53, top) for words, top in (("资质单位监督检", 99), ("查成果质量检查", 109.5), ("验费", 120))),
    text("1.00", 200, 106),
]
LINES_THAT_FILL_THEIR_CELLS = [
    *table([50, 150, 250], [100, 121, 142]),
    *(
        text(words, 53, top)
        for words, top in (("资质单位", 100.2), ("监督检查", 110.7), ("成果质量", 121.2), ("检查", 131.7))
    ),
    text("1.00", 200, 106),
    text("2.00", 200, 127),
]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (LINE_OVER_THE_RULE, ["资质单位监督检/查成果质量检查/验费 | 1.00", "设备购置 | 2.00"]),
        (LINE_OVER_ANOTHER, ["会展推介活动/经费 | 1.00", "消费节 | 2.00"]),
        (
            LINE_BETWEEN_THE_LINES_OF_ANOTHER,
            ["会展推介活动/策划执行与宣/传推广工作的/费用 | 1.00", "消费节的筹备/与宣传推广和/评估 | 2.00"],
        ),
        (LINE_OVER_THE_LAST_RULE, ["资质单位监督检/查成果质量检查/验费 | 1.00", " | <"]),
        (LINES_THAT_FILL_THEIR_CELLS, ["资质单位/监督检查 | 1.00", "成果质量/检查 | 2.00"]),
    ],
    ids=[
        "third line of two",
        "drawn over the next text",
        "drawn between the lines of the next text",
        "drawn into a wider cell",
        "rows as high as their text",
    ],
)
def test_lines_that_run_over_the_rule_below_stay_in_their_cell(
    page: list[str], expected: list[str], tmp_path: Path
) -> None:
    (grid,) = read(write_pdf(tmp_path / "a.pdf", [page])).blocks
    assert [row.replace("\n", "/") for row in rows(grid)] == expected


def test_a_table_printed_sideways_is_turned_and_its_places_are_not(tmp_path: Path) -> None:
    page = [
        *table([100, 130, 160], [100, 300, 500]),
        text("科目", 120, 480, 10, "0 1 -1 0"),
        text("金额", 120, 280, 10, "0 1 -1 0"),
        text("办公费", 150, 480, 10, "0 1 -1 0"),
        text("1.00", 150, 280, 10, "0 1 -1 0"),
    ]
    (grid,) = read(write_pdf(tmp_path / "a.pdf", [page])).blocks
    assert isinstance(grid, Grid)
    assert rows(grid) == ["科目 | 金额", "办公费 | 1.00"]
    assert grid.rows[0][0].place.box == (100.0, 300.0, 130.0, 500.0)


ALIGNED = [
    text(words, left, 100 + 16 * row)
    for row, cells in enumerate(
        [
            ("项目", "本年", "上年"),
            ("办公费", "12.00", "11.00"),
            ("差旅费", "1,300.50", "9.00"),
            ("合计", "1,312.50", ""),
        ]
    )
    for left, words in zip((60, 200, 320), cells, strict=True)
    if words
]


def test_aligned_amounts_without_rules_become_a_grid(tmp_path: Path) -> None:
    source = read(write_pdf(tmp_path / "a.pdf", [ALIGNED]))
    assert shown(source) == [
        ["项目 | 本年 | 上年", "办公费 | 12.00 | 11.00", "差旅费 | 1,300.50 | 9.00", "合计 | 1,312.50 | "]
    ]


UNALIGNED = {
    "table of contents": [text(f"{'一二三四五'[n]}、部门概况", 60, 100 + 16 * n) for n in range(5)]
    + [text(str(n + 1), 500, 100 + 16 * n) for n in range(5)],
    "two texts in one column": [*ALIGNED, text("甲", 120, 164), text("乙", 160, 164), text("3.00", 330, 164)],
    "prose": [text("本部门预算支出比上年增加。", 60, 100 + 16 * n) for n in range(6)],
}


@pytest.mark.parametrize("page", UNALIGNED.values(), ids=UNALIGNED)
def test_uncertain_columns_stay_lines(page: list[str], tmp_path: Path) -> None:
    blocks = read(write_pdf(tmp_path / "a.pdf", [page])).blocks
    assert not any(isinstance(block, Grid) for block in blocks)
    assert len(blocks) >= 5


def test_page_numbers_and_running_heads_are_left_out(tmp_path: Path) -> None:
    pages = [
        [text("某局2026年预算", 250, 20), text(f"第{'一二三四五'[n]}部分", 60, 100), text(f"- {n + 1} -", 290, 800)]
        for n in range(5)
    ]
    assert shown(read(write_pdf(tmp_path / "a.pdf", pages))) == [f"第{n}部分" for n in "一二三四五"]


def test_the_title_above_each_pages_table_is_no_running_head(tmp_path: Path) -> None:
    page = [text("绩效目标表", 250, 60), *PLAIN, text("第1页", 280, 810)]
    source = read(write_pdf(tmp_path / "a.pdf", [page] * 5))
    assert shown(source) == ["绩效目标表", SHOWN] * 5


def test_text_painted_over_and_written_anew_is_not_read(tmp_path: Path) -> None:
    old = [text("某某和项目绩效目标表", 100, 60), text("（2023年度）", 120, 78)]
    page = [*old, fill(90, 55, 300, 95, gray=1), text("二、部门项目绩效目标表", 90, 60), *PLAIN]
    assert shown(read(write_pdf(tmp_path / "a.pdf", [page]))) == ["二、部门项目绩效目标表", SHOWN]
    page = [*old, fill(90, 55, 300, 95, gray=1), *PLAIN]
    assert shown(read(write_pdf(tmp_path / "a.pdf", [page]))) == ["某某和项目绩效目标表", "（2023年度）", SHOWN]


def test_the_unit_above_each_pages_table_is_no_running_head(tmp_path: Path) -> None:
    pages = [[text("单位：万元", 500, 40), text(f"第{'一二三四五'[n]}部分", 60, 200)] for n in range(5)]
    assert shown(read(write_pdf(tmp_path / "a.pdf", pages)))[0] == "单位：万元"


HOSTILE_PAGES = {
    "form that draws itself": ["/X1 Do"],
    "unknown operators": ["]] >> << 1 0 0 0 rg (", "999999999999999999999999 w"],
    "coordinates that are no numbers": ["q 1e400 0 0 1e400 0 0 cm", *PLAIN, "Q"],
    "twenty thousand rules": [rule(n % 500, n / 40, n % 500 + 30, n / 40) for n in range(20_000)],
    "ten thousand nested states": ["q"] * 10_000,
}
FORM = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 5 0 R >> >> /Length 6 >>"
SELF_DRAWING = f"{FORM}\nstream\n/X1 Do\nendstream"


@pytest.mark.parametrize("page", HOSTILE_PAGES.values(), ids=HOSTILE_PAGES)
def test_a_hostile_page_loses_no_other(page: list[str], tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [PLAIN, page, [text("第三页", 60, 100)]], objects=(SELF_DRAWING,))
    source = read(path)
    assert shown(source)[0] == SHOWN
    assert shown(source)[-1] == "第三页"


def test_a_page_without_a_usable_size_is_named_and_loses_no_other(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [PLAIN, PLAIN, PLAIN])
    content = path.read_bytes()
    second = content.index(b"/MediaBox", content.index(b"/MediaBox") + 1)
    path.write_bytes(content[:second] + b"/MediaBoy" + content[second + 9 :])
    source = read(path)
    assert [block for block in shown(source) if block == SHOWN] == [SHOWN] * (3 - ("第 2 页" in "".join(source.notes)))
    assert source.blocks[-1] == read(path).blocks[-1]
    assert all("第 2 页无法解析" in note for note in source.notes)


ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >> /ID [<01><01>]"
)


def truncated(path: Path) -> Path:
    whole = write_pdf(path, [PLAIN] * 3).read_bytes()
    path.write_bytes(whole[:200])
    return path


def garbage(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    return path


BAD_FILES = {
    "encrypted": (lambda path: write_pdf(path, [PLAIN], trailer_extra=ENCRYPTED), "“a.pdf”加了密码"),
    "truncated before any page": (truncated, "“a.pdf”"),
    "garbage": (garbage, "“a.pdf”"),
}


@pytest.mark.parametrize(("make", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_told_in_a_sentence(make, sentence: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ReadError, match=sentence) as caught:
        read(make(tmp_path / "a.pdf"))
    assert str(caught.value).endswith("。")


def test_a_file_that_lost_some_pages_keeps_the_others_and_says_so(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [PLAIN] * 6)
    content = path.read_bytes()
    last = content.rindex(b"/Type /Page ")
    path.write_bytes(content[:last] + b"/Type /Pale " + content[last + 12 :])
    source = read(path)
    assert shown(source) == [SHOWN] * 5
    assert source.notes == ("文件自称有 6 页，只找到 5 页，可能不完整；请重新下载后核对。",)


@pytest.mark.slow
def test_two_thousand_pages_take_bounded_memory(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    source = read(write_pdf(tmp_path / "a.pdf", [PLAIN] * 2000))
    assert len(source.blocks) == 2000
    assert source.blocks[-1].rows[0][0].place.page == 2000  # type: ignore[union-attr]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes
