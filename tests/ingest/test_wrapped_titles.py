"""Titles printed over two lines, and lines that are none."""

from __future__ import annotations

import pytest

from ingest.outline.wrapped_titles import with_wrapped_titles
from ingest.source import Line, Place

FULL, SHORT = (90.0, 80.0, 505.0, 98.0), (250.0, 111.0, 345.0, 129.0)


def _line(text: str, box: tuple[float, float, float, float] | None, page: int = 1) -> Line:
    return Line(text, Place(page=page, box=box))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("2026年一般公共预算支出明细表（按支出功能分类科", "目，不含上年结转）", id="bracket closed below"),
        pytest.param("某某市看守所相关设施建设项目支出绩效目", "标表", id="second line in the middle"),
    ],
)
def test_title_over_two_lines(first: str, second: str) -> None:
    [joined] = with_wrapped_titles([_line(first, FULL), _line(second, SHORT)])
    assert isinstance(joined, Line)
    assert joined.text == first + second
    assert joined.place.box == (90.0, 80.0, 505.0, 129.0)


def test_numbered_title_flush_left_over_two_lines() -> None:
    first, second = "公开09表：一般公共预算“三公”经费、会议费、培训费", "支出预算表"
    [joined] = with_wrapped_titles([_line(first, FULL), _line(second, (90.0, 100.0, 170.0, 118.0))])
    assert isinstance(joined, Line)
    assert joined.text == first + second
    far = _line(second, (90.0, 300.0, 170.0, 318.0))
    assert len(with_wrapped_titles([_line(first, FULL), far])) == 2


def test_unit_over_two_lines() -> None:
    [joined] = with_wrapped_titles([_line("单位：万", FULL), _line("元", SHORT)])
    assert isinstance(joined, Line)
    assert joined.text == "单位：万元"


@pytest.mark.parametrize(
    ("first", "second", "below"),
    [
        pytest.param("主要原因是项目支出比上年有所增加。", "支出总表", SHORT, id="sentence before a title"),
        pytest.param("部门：某某市水利局（本级）机关", "支出总表", SHORT, id="department line before a title"),
        pytest.param("第二部分某某市水利局部门预算", "收支总表", SHORT, id="heading before a title"),
        pytest.param("某某市水利局2026年预算公开", "支出总表", (90.0, 111.0, 300.0, 129.0), id="flush left below"),
        pytest.param("某某市水利局2026年预算公开", "支出总表", (250.0, 211.0, 345.0, 229.0), id="far below"),
    ],
)
def test_two_lines_of_their_own(first: str, second: str, below: tuple[float, float, float, float]) -> None:
    assert len(with_wrapped_titles([_line(first, FULL), _line(second, below)])) == 2


def test_lines_of_two_pages_stay_apart() -> None:
    lines = [_line("某某市看守所相关设施建设项目支出绩效目", FULL), _line("标表", SHORT, page=2)]
    assert len(with_wrapped_titles(lines)) == 2
