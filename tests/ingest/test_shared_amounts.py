"""A table without a unit is in the unit in which its amounts are printed elsewhere, or its unit stays doubtful."""

from __future__ import annotations

import pytest

from ingest.facts import Fact, Status
from ingest.outline.outline import Outline, TablePart
from ingest.pipeline import outline_to_facts
from ingest.source import Source
from tests.ingest.table_drawings import drawn_table

YUAN = "项目|金额\n甲|463892324\n乙|2390138\n丙|937138\n合计|467219600"
TEN_THOUSANDS = "项目|金额\n甲|46389.23\n乙|239.01\n丙|93.71\n合计|46721.95"


def read(*parts: TablePart) -> tuple[Fact, ...]:
    outline = Outline("", "某局", 2023, "budget", parts)
    return outline_to_facts(Source("a.txt", "0" * 64, "text", ()), outline, "a.txt").facts


@pytest.mark.parametrize(
    ("without_unit", "other", "unit", "number", "status"),
    [
        pytest.param(YUAN, YUAN, "元", 463892324, Status.OK, id="the same amounts in yuan"),
        pytest.param(TEN_THOUSANDS, TEN_THOUSANDS, "万元", 463892300, Status.OK, id="the same in ten thousands"),
        pytest.param(YUAN, TEN_THOUSANDS, "万元", 4638923240000, Status.DOUBTFUL, id="no amount in common"),
        pytest.param(
            YUAN, "项目|金额\n甲|463892324\n乙|2390138", "元", 4638923240000, Status.DOUBTFUL, id="two in common"
        ),
    ],
)
def test_a_table_without_a_unit(without_unit: str, other: str, unit: str, number: int, status: Status) -> None:
    first = read(drawn_table(without_unit, title="收入总表", unit=""), drawn_table(other, title="收支总表", unit=unit))[
        0
    ]
    assert first.quantity is not None
    assert first.quantity.number == number
    assert first.status is status
