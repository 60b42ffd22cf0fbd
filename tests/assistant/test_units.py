"""The units of a made-up department, asked one by one, side by side and against the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant
from assistant.unit_names import UnitName, UnitNames
from ingest.facts import DocumentFacts, Fact, Fund, Level, TableRecord
from ingest.source import Place
from tests.assistant.disclosures import assistant_of, cell

WHOLE = "云麓市卫生健康委员会"
OWN, FIRST, PLAGUE, STATION = f"{WHOLE}（本级）", "云麓市第一医院", "云麓市疾病预防控制中心", "云麓市中医院"
SPENDING, PUBLIC = ("部门支出总表", "expenditure", 0), ("一般公共预算“三公”经费支出表", "three_public", 1)
TOTALS = {OWN: "100.00", FIRST: "700.00", PLAGUE: "150.00", STATION: "50.00"}


def _under(unit: str, fact: Fact) -> Fact:
    return replace(fact, row_path=(unit,))


def _facts() -> Iterator[Fact]:
    yield cell(0, SPENDING, "合计", "1,000.00", level=Level.TOTAL)
    for number, (unit, total) in enumerate(TOTALS.items(), start=1):
        yield cell(number * 10, SPENDING, unit, total, level=Level.SECTION)
        yield _under(
            unit, cell(number * 10 + 1, SPENDING, "住房公积金", f"{number}.00", level=Level.ITEM, code="2210201")
        )
    yield _under(PLAGUE, cell(90, SPENDING, "应急处置", "12.00", level=Level.ITEM, code="2100408"))
    yield cell(0, PUBLIC, "合计", "9.00", level=Level.TOTAL, fund=Fund.GENERAL_PUBLIC, column=("“三公”经费合计",))
    for number, (unit, amount) in enumerate(((OWN, "6.00"), (FIRST, "2.00"), (PLAGUE, "1.00")), start=1):
        yield cell(number, PUBLIC, unit, amount, level=Level.ITEM, fund=Fund.GENERAL_PUBLIC, column=("“三公”经费合计",))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    tables = tuple(
        TableRecord(title, kind, "", "万元", (("合计", ""),), (Place(page=1),)) for title, kind, _ in (SPENDING, PUBLIC)
    )
    facts = tuple(_facts())
    document = DocumentFacts("w.pdf", "w.pdf", "pdf", WHOLE, 2026, "budget", WHOLE, facts, tables, ())
    opened = assistant_of(tmp_path_factory.mktemp("units") / "home", (document,))
    yield opened
    opened.close()


def _ask(assistant: Assistant, *turns: str) -> Answer:
    conversation = assistant.conversation()
    return [conversation.ask(turn) for turn in turns][-1]


@pytest.mark.parametrize(
    ("turns", "yuan"),
    [
        pytest.param(("第一医院今年一共多少钱",), 7_000_000, id="its whole budget"),
        pytest.param(("疾控中心的住房公积金是多少",), 30_000, id="a row under it, by a short name"),
        pytest.param(("疾控中心的三公经费",), 10_000, id="its row in another table"),
        pytest.param(("委本级支出总计",), 1_000_000, id="the department's own office"),
        pytest.param(("两家医院支出合计多少",), 7_500_000, id="all of a kind"),
        pytest.param(("哪个单位支出最大",), 7_000_000, id="the largest"),
        pytest.param(("第一医院比中医院多多少支出",), 6_500_000, id="one against another"),
        pytest.param(("疾控中心的三公经费", "那总支出呢"), 1_500_000, id="the unit stays spoken of"),
        pytest.param(("住房公积金多少",), 100_000, id="rows of units only, added up"),
        pytest.param(("支出总计",), 10_000_000, id="the department itself"),
    ],
)
def test_amounts(assistant: Assistant, turns: tuple[str, ...], yuan: int) -> None:
    answer = _ask(assistant, *turns)
    assert answer.value is not None
    assert Decimal(answer.value.number) == yuan


def test_share_of_the_whole(assistant: Assistant) -> None:
    answer = _ask(assistant, "第一医院占全部门预算的百分之多少")
    assert answer.value is not None
    assert (Decimal(answer.value.number), answer.value.unit) == (70, "%")


def test_citations_name_the_unit(assistant: Assistant) -> None:
    answer = _ask(assistant, "第一医院今年一共多少钱")
    assert FIRST in answer.text
    assert {citation.row for citation in answer.citations} == {FIRST}


def test_what_a_unit_does_not_print_is_not_answered_by_another(assistant: Assistant) -> None:
    assert _ask(assistant, "第一医院的应急处置多少钱").status is not AnswerStatus.ANSWERED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("云麓市疾病预防控制中心有多少人", [PLAGUE], id="in full"),
        pytest.param("疾病预防控制中心有多少人", [PLAGUE], id="without its place"),
        pytest.param("疾控中心有多少人", [PLAGUE], id="what people call it"),
        pytest.param("医院有多少人", [], id="only what several are called"),
        pytest.param("应急中心有多少人", [], id="another one"),
    ],
)
def test_names_in_a_question(text: str, found: list[str]) -> None:
    names = UnitNames([UnitName(each) for each in (FIRST, PLAGUE, STATION)])
    assert [name.printed for mention in names.mentions(text) for name in mention.units] == found
