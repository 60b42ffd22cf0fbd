"""Questions about the rows of a table: level, side, column, below a row; a word that nothing knows leaves them to others."""

from __future__ import annotations

import pytest

from assistant.figures import Figures
from assistant.linking import Linker
from assistant.phrases.phrases import Phrases
from assistant.plan import Listing, Ranked, Universe
from assistant.question import read_question
from assistant.sets import Sets
from tests.assistant.made_up import labels, small_department

CATALOG = small_department().catalog()
PHRASES = Phrases(CATALOG, Linker(CATALOG))
SETS = Sets(CATALOG, Figures(CATALOG))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("表2的类级科目有哪些", ["教育支出", "农林水支出"]),
        ("表2有哪些款级科目", ["普通教育"]),
        ("表2里三位科目有哪些", ["教育支出", "农林水支出"]),
    ],
)
def test_rows_of_a_level(asked: str, expected: list[str]) -> None:
    plan = PHRASES.set_question(read_question(asked).text)
    assert isinstance(plan, Listing) and plan.members.universe is Universe.ROWS
    assert labels(SETS.members(plan.members)) == expected


def test_the_smallest_row() -> None:
    plan = PHRASES.set_question(read_question("表2类级科目里金额最小的是哪个").text)
    assert isinstance(plan, Ranked) and not plan.descending


@pytest.mark.parametrize("asked", ["表2里海外科目有哪些", "表1的科目有哪些", "类级科目最大的是哪个"])
def test_no_rows(asked: str) -> None:
    assert PHRASES.set_question(read_question(asked).text) is None
