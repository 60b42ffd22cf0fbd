"""Prose: figures with their subject, whole, role and sign; passages and glossary terms."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Fact, Fund, Role, Status, Vintage
from ingest.outline.outline import GlossaryPart, ProsePart, SheetPart, TablePart, source_to_outline
from ingest.prose.prose import lines_to_paragraphs, prose_to_facts, text_to_facts
from ingest.reading import read_source
from ingest.sheets.sheets import sheet_to_facts
from ingest.source import Line, Place

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "eval" / "documents" / "000_6a9881425d282efc.txt"
GOLDEN = ROOT / "tests" / "golden" / "sample_prose.jsonl"


def prose(*texts: str) -> tuple[Fact, ...]:
    lines = tuple(Line(text, Place(lines=(i, i))) for i, text in enumerate(texts, start=1))
    return prose_to_facts(ProsePart(("第三部分", "一、情况说明"), lines), 2024, "某市档案馆")[0]


def told(facts: tuple[Fact, ...]) -> list[tuple[str, str, str, str]]:
    """(whole, subject, kind, number in canonical unit)"""
    return [
        (
            "/".join(fact.row_path),
            fact.row,
            fact.column[0],
            f"{fact.quantity.number.normalize():f}{fact.quantity.unit}" if fact.quantity else fact.printed,
        )
        for fact in facts
    ]


SENTENCES = {
    "spaces between a word and its figure": (
        "2024年收入总计 200.00 万元，比 2023 年执行数增加 40.00 万元，增幅 25.00%。其中：其他收入 50.00 万元，占 25.00%。",
        [
            ("", "收入总计", "金额", "2000000元"),
            ("", "收入总计", "增减额", "400000元"),
            ("", "收入总计", "增减率", "25%"),
            ("收入总计", "其他收入", "金额", "500000元"),
            ("收入总计", "其他收入", "占比", "25%"),
        ],
    ),
    "the figure compared with is that of the same subject": (
        "2024年收入预算90万元，比2023年年初预算数100万元减少10万元，下降10%。",
        [
            ("", "收入预算", "金额", "900000元"),
            ("", "收入预算", "金额", "1000000元"),
            ("", "收入预算", "增减额", "-100000元"),
            ("", "收入预算", "增减率", "-10%"),
        ],
    ),
    "a share whose whole stands right before it": (
        "基本支出预算10万元，占本年支出预算10%。",
        [("", "基本支出预算", "金额", "100000元"), ("本年支出预算", "基本支出预算", "占比", "10%")],
    ),
    "a title before the sentence is its subject": (
        "（三）公务用车购置和运行维护费。2024年预算数25万元，包括公务用车购置费预算18万元、公务用车运行维护费预算7万元。",
        [
            ("", "公务用车购置和运行维护费", "金额", "250000元"),
            ("公务用车购置和运行维护费", "公务用车购置费预算", "金额", "180000元"),
            ("公务用车购置和运行维护费", "公务用车运行维护费预算", "金额", "70000元"),
        ],
    ),
    "two counts of the same things": (
        "共有公务用车编制10辆，实有9辆，其中：领导用车2辆，其他公务用车7辆。",
        [
            ("", "公务用车编制", "数量", "10辆"),
            ("", "公务用车实有", "数量", "9辆"),
            ("公务用车实有", "领导用车", "数量", "2辆"),
            ("公务用车实有", "其他公务用车", "数量", "7辆"),
        ],
    ),
    "a list between the whole and its change": (
        "2024年度收入总计300万元，其中：本年收入200万元，上年结转100万元，比上年减少100万元，下降25%。",
        [
            ("", "收入总计", "金额", "3000000元"),
            ("收入总计", "本年收入", "金额", "2000000元"),
            ("收入总计", "上年结转", "金额", "1000000元"),
            ("", "收入总计", "增减额", "-1000000元"),
            ("", "收入总计", "增减率", "-25%"),
        ],
    ),
    "a change of the last part, proved by its rate": (
        "三公经费10万元。其中：因公出国费0万元，公务接待费1万元，较上年减少1万元，下降50%。",
        [
            ("", "三公经费", "金额", "100000元"),
            ("三公经费", "因公出国费", "金额", "0元"),
            ("三公经费", "公务接待费", "金额", "10000元"),
            ("三公经费", "公务接待费", "增减额", "-10000元"),
            ("三公经费", "公务接待费", "增减率", "-50%"),
        ],
    ),
    "a change of the whole, told in a sentence of its own": (
        "支出预算1000万元，其中：基本支出600万元；项目支出400万元。比上年增加250万元，增长33.33%。",
        [
            ("", "支出预算", "金额", "10000000元"),
            ("支出预算", "基本支出", "金额", "6000000元"),
            ("支出预算", "项目支出", "金额", "4000000元"),
            ("", "支出预算", "增减额", "2500000元"),
            ("", "支出预算", "增减率", "33.33%"),
        ],
    ),
    "shares of parts": (
        "支出预算1000万元，其中：基本支出600万元，占60%；项目支出400万元，占40%。",
        [
            ("", "支出预算", "金额", "10000000元"),
            ("支出预算", "基本支出", "金额", "6000000元"),
            ("支出预算", "基本支出", "占比", "60%"),
            ("支出预算", "项目支出", "金额", "4000000元"),
            ("支出预算", "项目支出", "占比", "40%"),
        ],
    ),
    "share of a named whole": (
        "纳入绩效管理的项目5个，涉及金额80万元，占项目支出总额的100%。",
        [
            ("", "纳入绩效管理的项目", "数量", "5个"),
            ("", "纳入绩效管理的项目", "金额", "800000元"),
            ("项目支出总额", "纳入绩效管理的项目", "占比", "100%"),
        ],
    ),
    "no change": (
        "公务接待费1.65万元与上年预算数相同；会议费2万元，与2023年持平。",
        [
            ("", "公务接待费", "金额", "16500元"),
            ("", "公务接待费", "增减额", "0元"),
            ("", "会议费", "金额", "20000元"),
            ("", "会议费", "增减额", "0元"),
        ],
    ),
    "vehicles": (
        "截至2023年12月31日，某市档案馆共有车辆3辆，其中：机要通信用车1辆，执法执勤用车2辆。",
        [("", "车辆", "数量", "3辆"), ("车辆", "机要通信用车", "数量", "1辆"), ("车辆", "执法执勤用车", "数量", "2辆")],
    ),
    "a list that adds up is closed": (
        "人员编制52人，其中行政编制44人，事业编制8人；实有人员59人，其中行政51人，事业8人。",
        [
            ("", "人员编制", "数量", "52人"),
            ("人员编制", "行政编制", "数量", "44人"),
            ("人员编制", "事业编制", "数量", "8人"),
            ("", "实有人员", "数量", "59人"),
            ("实有人员", "行政", "数量", "51人"),
            ("实有人员", "事业", "数量", "8人"),
        ],
    ),
    "two wholes": (
        "财政拨款收支总预算90万元。收入为一般公共预算拨款90万元。支出包括：教育支出60万元、卫生健康支出30万元。",
        [
            ("", "财政拨款收支总预算", "金额", "900000元"),
            ("财政拨款收支总预算/收入", "一般公共预算拨款", "金额", "900000元"),
            ("财政拨款收支总预算/支出", "教育支出", "金额", "600000元"),
            ("财政拨款收支总预算/支出", "卫生健康支出", "金额", "300000元"),
        ],
    ),
    "a side compared is no part of the list before": (
        "年初预算数90万元，其中：教育支出90万元。支出比2023年减少10万元。",
        [
            ("", "年初预算数", "金额", "900000元"),
            ("年初预算数", "教育支出", "金额", "900000元"),
            ("", "支出", "增减额", "-100000元"),
        ],
    ),
    "a condition is no amount": (
        "单价50万元以上的通用设备2台。",
        [("", "单价50万元以上的通用设备", "数量", "2台")],
    ),
    "figures of cited documents and figures of speech": ("根据《关于2023年安排500万元的通知》，做到五个坚持。", []),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES.keys())
def test_sentences(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(prose(text)) == expected


ITEMS = {
    "count and unit price": (
        "涉及东区迁移树木约200棵（每棵约300元）、西区迁移树木约100棵（每棵约500元）",
        [
            ("", "东区迁移树木", "数量", "200棵"),
            ("", "东区迁移树木", "单价", "300元/棵"),
            ("", "西区迁移树木", "数量", "100棵"),
            ("", "西区迁移树木", "单价", "500元/棵"),
        ],
    ),
    "steps of a numbered item": (
        "1. 甲公司项目扶持: 节点一:300万元; 节点二:400万元; "
        "2. 乙公司项目取得许可证, 兑现70万元; 通过验收, 兑现30万; 合计100万",
        [
            ("甲公司项目扶持", "节点一", "金额", "3000000元"),
            ("甲公司项目扶持", "节点二", "金额", "4000000元"),
            ("乙公司项目", "乙公司项目取得许可证", "金额", "700000元"),
            ("乙公司项目", "通过验收", "金额", "300000元"),
            ("乙公司项目", "合计", "金额", "1000000元"),
        ],
    ),
    "what is counted stands after": ("保证全区33条道路路灯正常照明。", [("", "全区道路路灯正常照明", "数量", "33条")]),
}


@pytest.mark.parametrize(("text", "expected"), ITEMS.values(), ids=ITEMS.keys())
def test_texts_of_sheets(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    facts = text_to_facts(text, Place(lines=(7, 7)), ("项目概况",), "某项目", "overview", 2024)
    assert told(facts) == expected
    assert all(fact.project == "某项目" and fact.field == "overview" and fact.place.lines == (7, 7) for fact in facts)


def test_a_change_that_may_be_two_things_is_doubtful() -> None:
    facts = prose("收入总计300万元，其中：本年收入200万元，上年结转100万元，比上年减少7万元。")
    assert facts[-1].coordinates.role is Role.CHANGE and facts[-1].status is Status.DOUBTFUL


def test_a_change_of_money_is_not_that_of_the_persons_counted_before() -> None:
    facts = prose("行政运行2024年预算300万元，主要用于局机关50人工资，较上年增加12万元。")
    amount, change = facts[0], facts[-1]
    assert change.coordinates.role is Role.CHANGE and change.row == amount.row != facts[1].row


def test_a_figure_of_the_year_before() -> None:
    this, last, change = prose("2024年“三公”经费预算7万元，2023年“三公”经费预算9万元，减少2万元。")
    assert (this.coordinates.role, this.coordinates.year) == (Role.AMOUNT, 2024)
    assert (last.coordinates.role, last.coordinates.year) == (Role.LAST_YEAR, 2023)
    assert change.coordinates.role is Role.CHANGE


def test_every_figure_of_the_sample() -> None:
    outline = source_to_outline(read_source(SAMPLE))
    sheets: list[Fact] = []
    sections: list[Fact] = []
    for part in outline.parts:
        if isinstance(part, SheetPart):
            sheets += [fact for fact in sheet_to_facts(part, 0, outline.year)[1] if fact.sentence]
        elif not isinstance(part, TablePart):
            sections += prose_to_facts(part, outline.year, outline.department)[0]
    read = [
        {
            "line": fact.place.lines[0] if fact.place.lines else None,
            "project": fact.project,
            "field": fact.field if fact.project else "",
            "path": list(fact.row_path),
            "row": fact.row,
            "role": fact.coordinates.role.value,
            "printed": fact.printed,
            "number": [f"{q.number.normalize():f}", q.unit, str(q.relation)] if (q := fact.quantity) else None,
        }
        for fact in (*sheets, *sections)
    ]
    assert read == [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def test_lines_that_a_page_wrapped() -> None:
    place = Place(page=3, box=(10, 20, 300, 30))
    texts = (
        "2024年本部门一般公共预算当年拨款",
        "16,474.82万元，比上年减少20,766.6万元，下降55.76%。",
        "主要原因是任务减少。",
    )
    (first, second) = lines_to_paragraphs([Line(text, place) for text in texts])
    assert first.text == "".join(texts[:2])
    assert second.text == texts[2]
    assert first.place_at(20).page == 3


TERMS = {
    "colon": ("一、基本支出：指为保障机构正常运转而发生的支出。", "基本支出"),
    "no colon": ("九、一般公共预算是指以税收为主体的收支预算。", "一般公共预算"),
    "quoted": ("三、“三公”经费：指用财政拨款安排的费用。", "“三公”经费"),
    "contains": ("十二、财政拨款：包含一般公共预算等。", "财政拨款"),
}


@pytest.mark.parametrize(("text", "term"), TERMS.values(), ids=TERMS.keys())
def test_terms(text: str, term: str) -> None:
    part = GlossaryPart(("名词解释",), (Line(text, Place(lines=(1, 1))),))
    facts, passages = prose_to_facts(part, 2024, "")
    assert [(passage.term, passage.text) for passage in passages] == [(term, text)] and not facts


def test_a_definition_on_the_next_line() -> None:
    lines = tuple(
        Line(text, Place(lines=(i, i)))
        for i, text in enumerate(("六、专户资金：", "专指教育收费。", "七、其他：指别的。"), start=4)
    )
    passages = prose_to_facts(GlossaryPart(("名词解释",), lines), 2024, "")[1]
    assert [(passage.term, passage.place.lines) for passage in passages] == [("专户资金", (4, 5)), ("其他", (6, 6))]


@given(
    st.decimals(min_value=1, max_value=99999, places=2), st.decimals(min_value=0, max_value=99, places=2), st.booleans()
)
def test_amount_and_sign_survive(amount: Decimal, rate: Decimal, falls: bool) -> None:
    word = "减少" if falls else "增加"
    facts = prose(f"2024年运行经费{amount}万元，比上年{word}{amount}万元，{'下降' if falls else '增长'}{rate}%。")
    sign = -1 if falls else 1
    numbers = [fact.quantity.number for fact in facts if fact.quantity]
    assert numbers == [amount * 10000, sign * amount * 10000, sign * rate]
    assert {fact.row for fact in facts} == {"运行经费"}


def test_a_title_of_its_own_line_is_the_subject_of_a_sentence_without_one() -> None:
    facts = prose("总的说明。", "（二）公务接待费", "2024年预算安排14万元，比上年增加4万元，增长40%。")
    assert [fact.row for fact in facts] == ["公务接待费"] * 3


def test_a_change_in_brackets_is_of_the_amount_beside_it_and_one_after_them_of_the_amount_before() -> None:
    facts = prose(
        "2024年三项经费安排50万元。其中：用车费用44万元（购车费0万元，比上年减少28万元；养车费44万元，比上年减少2万元。）"
        "比上年减少30万元，下降40.54%；接待费6万元（外宾接待1万元、国内接待5万元），比上年减少2万元。"
    )
    changes = [(row, number) for _, row, kind, number in told(facts) if kind == "增减额"]
    assert changes == [
        ("购车费", "-280000元"),
        ("养车费", "-20000元"),
        ("用车费用", "-300000元"),
        ("接待费", "-20000元"),
    ]


def test_a_number_before_a_year_counts_nothing() -> None:
    assert prose("附表如下。", "表1.2026年收支总表，表2.2026年收入总表") == ()


def test_fiscal_money_of_the_year_is_fiscal() -> None:
    at = prose("本年财政拨款收入90万元。")[0].coordinates
    assert (at.fund, at.vintage) == (Fund.FISCAL, Vintage.CURRENT)


def test_a_title_that_announces_a_text_names_nothing() -> None:
    facts = prose("总的说明。", "（二）预算安排情况", "2024年预算安排14万元。")
    assert [fact.row for fact in facts] == [""]


def test_a_change_is_proved_by_this_years_amount_and_not_by_the_one_it_is_compared_with() -> None:
    facts = prose("2024年收入预算90万元，比2023年年初预算数100万元减少10万元，下降10%。")
    assert [fact.status for fact in facts] == [Status.OK] * 4
    assert [fact.coordinates.year for fact in facts] == [2024, 2023, 2024, 2024]
