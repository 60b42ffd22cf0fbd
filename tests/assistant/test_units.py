"""The units of a made-up department, asked one by one, side by side and against the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant
from assistant.catalog import Catalog
from assistant.units.names import UnitName, UnitNames
from assistant.units.units import Units
from ingest.facts import DocumentFacts, Fact, Fund, Level, Origin, Side, Spending, TableRecord
from ingest.ledger.ledger import StoredDocument, StoredFact
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


COUNCIL, CENTRE, SCHOOL = "柳川市水务局", "柳川市水文测报中心（柳川市防汛信息中心）", "柳川市水利技工学校"
INCOME, BASIC = ("部门收入总表", "income", 0), ("部门基本支出预算表", "department_basic", 1)
THREE = ("一般公共预算“三公”经费支出表", "three_public", 2)


def _row(index: int, name: str, income: str, other: str, basic: str, training: str) -> Iterator[Fact]:
    level = Level.ITEM if index else Level.TOTAL
    for printed, column, fund in ((income, "合计", Fund.ALL), (other, "其他收入", Fund.OTHER)):
        found = cell(index, INCOME, name, printed, level=level, fund=fund, column=(column,))
        yield replace(found, coordinates=replace(found.coordinates, side=Side.INCOME))
    yield cell(index, BASIC, name, basic, level=level, spending=Spending.BASIC)
    yield cell(index, THREE, name, training, level=level, fund=Fund.GENERAL_PUBLIC, column=("培训费",))


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Units in the rows of tables whose columns are what is asked; the whole's prose names a unit to tell a reason."""
    sentence = f"2026年培训费9.00万元，比上年增加1.00万元，主要原因是{SCHOOL}新招学员。"
    facts = (
        *_row(0, "合计", "1,000.00", "30.00", "900.00", "9.00"),
        *_row(1, COUNCIL, "600.00", "10.00", "550.00", "6.00"),
        *_row(2, CENTRE, "250.00", "20.00", "230.00", "1.00"),
        *_row(3, SCHOOL, "150.00", "0.00", "120.00", "2.00"),
        replace(cell(0, INCOME, "培训费", "9.00万元"), origin=Origin.PROSE, table_index=None, sentence=sentence),
    )
    tables = tuple(
        TableRecord(title, kind, "", "万元", (("合计", ""),), (Place(page=1),))
        for title, kind, _ in (INCOME, BASIC, THREE)
    )
    document = DocumentFacts("c.pdf", "c.pdf", "pdf", COUNCIL, 2026, "budget", COUNCIL, facts, tables, ())
    opened = assistant_of(tmp_path_factory.mktemp("columns") / "home", (document,))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("turns", "number"),
    [
        pytest.param(("水文测报中心的收入是多少",), 2_500_000, id="its row"),
        pytest.param(("柳川市水文测报中心的培训费是多少",), 10_000, id="a column of its row, with its place"),
        pytest.param(("防汛信息中心其他收入多少",), 200_000, id="its other name"),
        pytest.param(("水文测报中心今年预算多少",), 2_500_000, id="its income where no expenditure of all is printed"),
        pytest.param(("培训费最高的单位是哪个，多少元",), 60_000, id="which has most, asked last"),
        pytest.param(("水利技工学校的培训费多少",), 20_000, id="no figure of all that is only explained by it"),
        pytest.param(("水文测报中心其他收入占总收入多少",), 8, id="a share within it"),
    ],
)
def test_columns_of_a_units_row(columns: Assistant, turns: tuple[str, ...], number: int) -> None:
    answer = _ask(columns, *turns)
    assert answer.value is not None and Decimal(answer.value.number) == number


@pytest.mark.parametrize(
    "turns",
    [
        pytest.param(("水文测报中心的因公出国费占总收入多少",), id="not printed of it"),
        pytest.param(("水文测报中心总支出多少",), id="basic expenditure is not all"),
        pytest.param(("水文测报中心的收入是多少", "其中桥梁养护多少"), id="nothing within it"),
    ],
)
def test_the_whole_does_not_answer_for_a_unit(columns: Assistant, turns: tuple[str, ...]) -> None:
    assert _ask(columns, *turns).value is None


def test_what_a_unit_buys_is_bought_by_the_department_too() -> None:
    bought = ("政府采购预算表", "procurement", 3)
    facts = tuple(
        replace(cell(n, bought, name, "5.00", level=Level.ITEM), row_path=(CENTRE,)) for n, name in enumerate("甲乙")
    )
    units = (cell(9, INCOME, CENTRE, "1.00"), cell(10, INCOME, SCHOOL, "1.00"))
    document = StoredDocument(1, "b.pdf", "", "pdf", COUNCIL, 2026, "budget", COUNCIL, (), "", "")
    stored = [StoredFact(number, 1, fact) for number, fact in enumerate((*facts, *units))]
    kept = Units(Catalog([document], stored, [], {}, [])).of_department().facts
    assert [each.fact.row for each in kept] == ["甲", "乙"]


def test_a_unit_by_its_code_and_by_a_short_form_with_an_ending_of_one_character() -> None:
    names = UnitNames([UnitName("云麓市军队离休退休干部休养所", code="123005"), UnitName(FIRST)])
    assert [name.code for mention in names.mentions("123005有多少人") for name in mention.units] == ["123005"]
    assert [name.code for mention in names.mentions("军休所有多少人") for name in mention.units] == ["123005"]


def test_the_unit_that_has_most_is_asked_for_behind_the_figure(assistant: Assistant) -> None:
    answer = _ask(assistant, "三公经费最高的预算单位及金额")
    assert [item.label for item in answer.items][:1] == [f"{WHOLE}本级"]


def test_rows_of_units_are_not_added_up_for_one_that_is_not_known(assistant: Assistant) -> None:
    assert _ask(assistant, "康宁站的住房公积金多少").status is not AnswerStatus.ANSWERED
