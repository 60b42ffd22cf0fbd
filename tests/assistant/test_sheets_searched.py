"""What is looked for in whole sheets and whole tables: sheets that say a thing, sides and tables without numbers, names of codes."""

from __future__ import annotations

import pytest

from assistant.computing.computing import Computer
from assistant.names.linking import Linker
from assistant.phrases.phrases import Phrases
from assistant.plan import CodeOf, Listing, TableFilled
from assistant.plans.codes import CodePlans
from assistant.plans.filled_tables import FilledTables
from assistant.plans.sheets_searched import SheetsSearched
from assistant.question import read_question
from assistant.telling.answering import Answering
from assistant.telling.tables import TableTelling
from ingest.facts import Period
from tests.assistant.made_up import BALANCE, labels, small_department


def _department() -> Phrases:
    made = small_department()
    made.sheet("路灯改造", "立项依据", "市建字2021第7号文件，照明规划", "basis")
    made.sheet("河道清淤", "项目概况", "清理淤泥，减少河道异味。", "overview")
    made.indicator("绿地养护", "减少周边异味", "有效", "社会效益指标")
    made.indicator("档案数字化", "扫描页数", "9000页", period=Period.WHOLE)
    made.cell("水费", "0.00", BALANCE)
    made.cell("电费", "0.00", BALANCE)
    catalog = made.catalog()
    return Phrases(catalog, Linker(catalog))


PHRASES = _department()
CATALOG = PHRASES.catalog
SHEETS, TABLES, CODES = SheetsSearched(PHRASES), FilledTables(PHRASES), CodePlans(PHRASES)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("我家住河边，哪些项目的绩效表里提到了减少异味？列一下", ["河道清淤", "绿地养护"]),
        ("哪几个项目的概况里写到淤泥", ["河道清淤"]),
        ("市建字2021第7号文是哪个项目的立项依据", ["路灯改造"]),
    ],
)
def test_sheets_that_say_a_thing(asked: str, names: list[str]) -> None:
    plan = SHEETS.saying(read_question(asked))
    assert isinstance(plan, Listing) and labels(Computer(CATALOG).compute(plan).members) == names


@pytest.mark.parametrize("asked", ["哪些项目的绩效表里提到了隧道", "哪些项目是三年期的", "哪个项目最贵"])
def test_no_sheet_says_it(asked: str) -> None:
    assert SHEETS.saying(read_question(asked)) is None


def test_a_side_without_indicators() -> None:
    plan = SHEETS.one_sided(read_question("哪几张绩效表右边的年度指标整块是空的"))
    assert isinstance(plan, Listing) and labels(Computer(CATALOG).compute(plan).members) == ["档案数字化"]
    assert SHEETS.one_sided(read_question("哪几张绩效表左边的实施期指标没填")) is not None
    assert SHEETS.one_sided(read_question("年度指标有哪些")) is None


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("收支总表有没有数据", False),
        ("收支总表没有数据，对吗", True),
        ("收支总表是完全空着的吗", False),
        ("收支总表今年到底有没有安排", False),
        ("一般公共预算支出表有数据吗", True),
    ],
)
def test_whether_a_table_has_numbers(asked: str, verdict: bool) -> None:
    question = read_question(asked)
    plan = TABLES.asked(question)
    assert isinstance(plan, TableFilled)
    answer = TableTelling(CATALOG, Answering(CATALOG)).filled(question, plan)
    assert answer.verdict is verdict and answer.citations


@pytest.mark.parametrize("asked", ["一般公共预算支出表有没有安排", "收支总表水费那行有没有数据", "档案有没有数据"])
def test_what_is_asked_of_no_whole_table(asked: str) -> None:
    assert TABLES.asked(read_question(asked)) is None


def test_the_name_of_a_code() -> None:
    assert CODES.name(read_question("20502科目全称怎么写")) == CodeOf("20502科目全称怎么写", code="20502")
    assert CODES.name(read_question("20502科目多少钱")) is None
    assert CODES.name(read_question("20599科目全称怎么写")) is None
