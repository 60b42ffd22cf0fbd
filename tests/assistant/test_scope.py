"""Which documents a question is about: names by their parts and short forms, places, years and kinds, all made up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.documents.across import Operation, read_across
from assistant.documents.departments import is_short_for, parse_department
from assistant.documents.scope import Disclosure, Scope, Scoper, disclosures_of
from assistant.question import read_question
from ingest.ledger.ledger import StoredDocument

PRINTED = ("柳川市信访局驻外经费", "信访业务", "市信访局信息系统")


def _document(number: int, department: str, year: int, kind: str = "budget") -> StoredDocument:
    return StoredDocument(number, f"{number}.pdf", "", "pdf", department, year, kind, "", (), "", "")


DOCUMENTS = (
    _document(1, "柳川市信访局", 2026),
    _document(2, "云麓市信访局", 2026),
    _document(3, "云麓市信访局", 2025),
    _document(4, "云麓市信访局", 2024, "final_accounts"),
    _document(5, "云麓市医疗保障局", 2026),
    _document(6, "云麓市医疗保障局（本级）", 2026),
    _document(7, "柳川市东桥区商务委员会", 2026),
    _document(8, "国家信访局", 2026),
)
DISCLOSURES = disclosures_of(DOCUMENTS)


def _known(text: str, disclosures: Sequence[Disclosure]) -> bool:
    return any(text in printed for printed in PRINTED)


SCOPER = Scoper(DISCLOSURES, _known)


def scope(question: str) -> Scope:
    return SCOPER.scope(read_question(question))


def numbers(found: Scope) -> set[str]:
    return {document.name.removesuffix(".pdf") for each in found.disclosures for document in each.documents}


@pytest.mark.parametrize(
    ("printed", "regions", "body"),
    [
        ("广州市信访局", ("广州市",), "信访局"),
        ("上海市普陀区商务委员会", ("上海市", "普陀区"), "商务委员会"),
        ("泉州市人民政府办公室（本级）", ("泉州市",), "人民政府办公室"),
        ("成都市住房和城乡建设局", ("成都市",), "住房和城乡建设局"),
        ("杭州市城市管理局", ("杭州市",), "城市管理局"),
        ("西安交通大学", ("西安",), "交通大学"),
        ("国家信访局", (), "信访局"),
    ],
)
def test_a_department_is_cut_into_places_and_body(printed: str, regions: tuple[str, ...], body: str) -> None:
    name = parse_department(printed)
    assert (name.regions, name.body) == (regions, body)


@pytest.mark.parametrize(
    ("short", "full", "with_place", "fits"),
    [
        ("医保局", "北京市医疗保障局", False, True),
        ("商务委", "上海市普陀区商务委员会", False, True),
        ("住建局", "成都市住房和城乡建设局", False, True),
        ("政府办", "泉州市人民政府办公室", True, True),
        ("国信办", "国家信访局", True, False),
        ("信访办", "国家信访局", True, False),
        ("服务中心", "柳川市服务中心", False, False),
    ],
)
def test_short_forms_keep_order_and_ending(short: str, full: str, with_place: bool, fits: bool) -> None:
    assert is_short_for(short, parse_department(full), with_place) is fits


def test_files_of_one_department_year_and_kind_are_one_disclosure() -> None:
    assert ["5.pdf", "6.pdf"] in [list(each.names) for each in DISCLOSURES]


@pytest.mark.parametrize(
    ("question", "documents", "text"),
    [
        ("柳川市信访局三公经费多少", {"1"}, "三公经费多少"),
        ("柳川信访局的三公经费", {"1"}, "三公经费"),
        ("柳川信访三公经费", {"1"}, "三公经费"),
        ("云麓医保局三公经费", {"5", "6"}, "三公经费"),
        ("医保局的总支出", {"5", "6"}, "总支出"),
        ("云麓市信访局2025年总支出", {"3"}, "2025年总支出"),
        ("云麓市信访局2024年决算总支出", {"4"}, "2024年总支出"),
        ("东桥区商务委的总支出", {"7"}, "总支出"),
        ("国家信访局总支出", {"8"}, "总支出"),
        ("总支出是多少", {"1", "2", "3", "4", "5", "6", "7", "8"}, "总支出是多少"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_tells_the_documents_and_leaves_the_question(question: str, documents: set[str], text: str) -> None:
    found = scope(question)
    assert (numbers(found), found.question.text, found.unknown) == (documents, text, "")


@pytest.mark.parametrize(
    "question",
    ["柳川信访业务多少钱", "柳川市信访局驻外经费多少", "市信访局信息系统花多少"],
)
def test_what_goes_on_to_be_another_name_stays(question: str) -> None:
    found = scope(question)
    assert any(printed in found.question.text for printed in PRINTED) and found.is_named


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("深圳市信访局三公多少", "深圳市信访局"),
        ("深圳的三公经费", "深圳"),
        ("云麓市财政局的总支出", "云麓市财政局"),
        ("财政局的总支出", "财政局"),
        ("东桥区信访局总支出", "东桥区信访局"),
    ],
)
def test_a_department_or_place_that_is_not_loaded_is_told(question: str, unknown: str) -> None:
    assert scope(question).unknown == unknown


@pytest.mark.parametrize(
    ("question", "operation", "measures"),
    [
        ("柳川和东桥区哪家三公更多", Operation.TOP, ("三公",)),
        ("柳川信访局的三公经费比国家信访局多多少", Operation.DIFFERENCE, ("三公经费",)),
        ("国家信访局的总支出是柳川信访局的几倍", Operation.MULTIPLE, ("总支出",)),
        ("柳川信访局的三公有没有超过国家信访局", Operation.VERDICT, ("三公",)),
        ("各家机关运行经费排个名", Operation.TOP, ("机关运行经费",)),
        ("谁的三公最高", Operation.TOP, ("三公",)),
        ("2210201合计", Operation.SUM, ("2210201",)),
        ("各单位三公经费平均值", Operation.AVERAGE, ("三公经费",)),
        ("哪些单位没有因公出国", Operation.FILTER, ("因公出国",)),
        ("三公经费不到10万元的有几家", Operation.COUNT, ("三公经费",)),
        ("一共有几家单位", Operation.DOCUMENTS, ("",)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_operations_are_read_with_their_measure(question: str, operation: Operation, measures: tuple[str, ...]) -> None:
    across = read_across(scope(question))
    assert across is not None
    assert (across.operation, across.measures) == (operation, measures)


@pytest.mark.parametrize("question", ["三公经费多少", "金额最大的三个项目", "谁经办的项目最多", "哪个项目最大"])
def test_questions_of_each_document_alone_compare_nothing(question: str) -> None:
    assert read_across(scope(question)) is None


def test_an_english_question_names_places_in_pinyin() -> None:
    scoper = Scoper(disclosures_of([_document(1, "无锡市信访局", 2025), _document(2, "广州市信访局", 2026)]), _known)
    found = scoper.scope(read_question("What is the total expenditure of the Wuxi petition office?"))
    assert [each.label for each in found.disclosures] == ["无锡市信访局"]
