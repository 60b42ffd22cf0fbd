"""Each judge must fail what is known to be wrong; a judge that cannot fail measures nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, AnswerStatus, Citation, Item, Value
from eval.expectations import AsksBack, Declined, Expectation, Listing, Number, Readings, Text, Turn, Verdict, figure_of
from eval.judging import Outcome, judge

CITED = (Citation(document="d", page=None, lines=(1, 1), table="t", row="r", column="c", printed="400.00"),)


def answered(text: str = "", value: str | None = None, **fields: object) -> Answer:
    number, unit = value.split() if value else ("", "")
    given = Value(number=number, unit=unit) if value else None
    defaults: dict[str, object] = {"citations": CITED, "status": AnswerStatus.ANSWERED}
    return Answer.model_validate({"question": "q", "text": text, "value": given, **defaults, **fields})


def asked(expected: Expectation, *contains: str, question: str = "多少", excludes: tuple[str, ...] = ()) -> Turn:
    return Turn(question, expected, tuple(tuple(group.split("|")) for group in contains), excludes)


def number(text: str, tolerance: str | None = None) -> Number:
    return Number(figure_of(text, Decimal(tolerance) if tolerance else None))


def items(*labels: str) -> tuple[Item, ...]:
    return tuple(Item(label=label) for label in labels)


NUMBERS = {
    "same unit": (number("4000000 元"), "4000000 元", Outcome.RIGHT),
    "case in 万元": (number("400 万元"), "4000000 元", Outcome.RIGHT),
    "answer in 万元": (number("4000000 元"), "400 万元", Outcome.RIGHT),
    "square metres": (number("200.39 万平米"), "2003900 平方米", Outcome.RIGHT),
    "万度 against 度": (number("230 万度"), "2300000 度", Outcome.RIGHT),
    "a rate for its numerator": (number("25.07 元"), "25.07 元/平方米", Outcome.RIGHT),
    "an item counted as 项": (number("16 个"), "16 项", Outcome.RIGHT),
    "within tolerance": (number("46.15 %"), "46.1516 %", Outcome.RIGHT),
    "right number, wrong unit": (number("4000000 元"), "4000000 %", Outcome.WRONG),
    "yuan for ten thousand yuan": (number("400 万元"), "400 元", Outcome.WRONG),
    "people for cars": (number("7 辆"), "7 人", Outcome.WRONG),
    "outside tolerance": (number("46.15 %"), "46.17 %", Outcome.WRONG),
    "one digit off": (number("4000000 元"), "4000001 元", Outcome.WRONG),
    "opposite sign": (number("46.15 %"), "-46.15 %", Outcome.WRONG),
}


@pytest.mark.parametrize(("expected", "value", "outcome"), NUMBERS.values(), ids=NUMBERS.keys())
def test_number(expected: Number, value: str, outcome: Outcome) -> None:
    assert judge(asked(expected), answered("", value)).outcome is outcome


@given(st.integers(1, 10**12), st.data())
def test_no_one_digit_mutation_is_right(cents: int, data: st.DataObject) -> None:
    digits = f"{Decimal(cents) / 100:.2f}"
    place = data.draw(st.sampled_from([i for i, digit in enumerate(digits) if digit.isdigit()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    mutated = digits[:place] + other + digits[place + 1 :]
    assert judge(asked(number(f"{digits} 元")), answered("", f"{mutated} 元")).outcome is Outcome.WRONG
    assert judge(asked(Text(), digits), answered(f"为 {mutated} 元")).outcome is Outcome.WRONG


def test_sign_is_free_where_the_question_names_the_direction() -> None:
    assert judge(asked(number("46.15 %"), question="降了多少"), answered("", "-46.15 %")).outcome is Outcome.RIGHT


def test_right_number_without_citation_or_step_is_invented() -> None:
    assert judge(asked(number("400 万元")), answered("", "400 万元", citations=())).outcome is Outcome.INVENTED


def test_a_figure_of_the_text_does_not_count_as_the_value() -> None:
    assert judge(asked(number("400 万元")), answered("400 万元")).outcome is Outcome.MISSED


def test_the_only_item_counts_as_the_value() -> None:
    only = (Item(label="a", value=Value(number="4000000", unit="元")),)
    assert judge(asked(number("400 万元")), answered("", items=only)).outcome is Outcome.RIGHT


def test_right_number_with_a_forbidden_word_is_wrong() -> None:
    turn = asked(number("400 万元"), excludes=("决算",))
    assert judge(turn, answered("决算 400 万元", "400 万元")).outcome is Outcome.WRONG


LISTS = {
    "other order": (Listing(("甲项目", "乙项目")), items("乙项目", "甲项目"), Outcome.RIGHT),
    "a look-alike character": (Listing(("道路环卫及抽排污",)), items("道路环卫及抽排汚"), Outcome.RIGHT),
    "brackets of either width": (Listing(("监控中心(二级)",)), items("监控中心（二级）"), Outcome.RIGHT),
    "a longer printed name": (Listing(("小牛线西延",)), items("小牛线西延(人民路)建设工程"), Outcome.RIGHT),
    "an extra item": (Listing(("甲项目",)), items("甲项目", "乙项目"), Outcome.WRONG),
    "a missing item": (Listing(("甲项目", "乙项目")), items("甲项目"), Outcome.WRONG),
    "one item for two": (Listing(("甲项目", "甲项目二期")), items("甲项目二期"), Outcome.WRONG),
    "wrong order": (Listing(("甲项目", "乙项目"), ordered=True), items("乙项目", "甲项目"), Outcome.WRONG),
    "no items": (Listing(("甲项目", "乙项目")), (), Outcome.MISSED),
    "a wrong value": (Listing(("甲",), (("甲", figure_of("5 元")),)), items("甲"), Outcome.WRONG),
}


@pytest.mark.parametrize(("expected", "given", "outcome"), LISTS.values(), ids=LISTS.keys())
def test_listing(expected: Listing, given: tuple[Item, ...], outcome: Outcome) -> None:
    assert judge(asked(expected), answered("甲项目、乙项目", items=given)).outcome is outcome


@pytest.mark.parametrize(
    ("verdict", "outcome"), [(True, Outcome.RIGHT), (False, Outcome.WRONG), (None, Outcome.MISSED)]
)
def test_verdict(verdict: bool | None, outcome: Outcome) -> None:
    assert judge(asked(Verdict(True)), answered("平", verdict=verdict)).outcome is outcome


TEXTS = {
    "said": ("超|高于", "合计超过预算", Outcome.RIGHT),
    "the negation instead": ("超|高于", "合计没有超过预算", Outcome.WRONG),
    "the other negation": ("一致", "两处不一致", Outcome.WRONG),
    "negated once, said once": ("超", "单项没有超，合计超了", Outcome.RIGHT),
    "a figure": ("25|25.00", "为 25.00 万元", Outcome.RIGHT),
    "a figure inside another": ("25", "为 125.00 万元", Outcome.WRONG),
    "a figure with one more zero": ("8,840.1", "为 8,840.10 万元", Outcome.RIGHT),
    "to the cent": ("16,500.00", "为 16,500 元", Outcome.WRONG),
    "a figure and its unit": ("0.5亿", "为 0.50 亿元", Outcome.RIGHT),
    "a figure and another unit": ("400万", "为 400 元", Outcome.WRONG),
    "a date": ("11月1日", "2023年11月1日起", Outcome.RIGHT),
    "another date": ("1月1日", "2023年11月1日起", Outcome.WRONG),
    "a figure with its zeros": ("20,000", "为 20,000.00 万元", Outcome.RIGHT),
    "a figure with other decimals": ("25", "为 25.07 元", Outcome.WRONG),
    "behind the number of a list": ("2019-2025", "立项依据：1. 2019-2025年建设规划", Outcome.RIGHT),
    "markdown between": ("57.15万元", "**57.15** 万元", Outcome.RIGHT),
}


@pytest.mark.parametrize(("group", "text", "outcome"), TEXTS.values(), ids=TEXTS.keys())
def test_text(group: str, text: str, outcome: Outcome) -> None:
    assert judge(asked(Text(), group), answered(text)).outcome is outcome


def test_text_that_asks_for_absence_may_be_a_decline() -> None:
    answer = answered("文件没有机关运行经费", status=AnswerStatus.NOT_FOUND)
    assert judge(asked(Text(), "没有机关运行经费"), answer).outcome is Outcome.RIGHT
    assert judge(asked(Text(), "机关运行经费"), answer).outcome is Outcome.MISSED


DECLINES = {
    "not found": (answered("文件没有 2024 年的数据", status=AnswerStatus.NOT_FOUND), Outcome.RIGHT),
    "said in English": (answered("The document does not hold this.", status=AnswerStatus.NOT_FOUND), Outcome.RIGHT),
    "said, with what is nearest": (answered("绩效表此栏空白；预算表为 20,000.00 万元"), Outcome.RIGHT),
    "said, repeating the question": (answered("800 万元由谁中标，文件没有"), Outcome.RIGHT),
    "a decoy as value": (answered("没有", "5 元", status=AnswerStatus.NOT_FOUND), Outcome.NOT_DECLINED),
    "a decoy in the text first": (answered("**24.5 万元**，文件没有细分"), Outcome.NOT_DECLINED),
    "a figure and no word": (answered("2.4 亿元"), Outcome.NOT_DECLINED),
    "a verdict": (answered("没有", verdict=True), Outcome.NOT_DECLINED),
}


@pytest.mark.parametrize(("answer", "outcome"), DECLINES.values(), ids=DECLINES.keys())
def test_declined(answer: Answer, outcome: Outcome) -> None:
    assert judge(asked(Declined(), question="800万的中标方是谁"), answer).outcome is outcome


def test_asking_back() -> None:
    back = answered("问哪一个？", status=AnswerStatus.CLARIFY, items=items("本年", "结转"))
    assert judge(asked(AsksBack(("本年", "结转"))), back).outcome is Outcome.RIGHT
    assert judge(asked(AsksBack(("本年", "上年"))), back).outcome is Outcome.WRONG
    assert judge(asked(AsksBack()), answered("", "5 元")).outcome is Outcome.NOT_ASKED
    assert judge(asked(number("5 元")), back).outcome is Outcome.ASKED


def test_one_of_several_readings_must_name_the_others() -> None:
    turn = asked(Readings((figure_of("92853 万元"), figure_of("94853 万元"))))
    named = answered("**94,853.00 万元**（含结转；不含为 92,853.00 万元）", "948530000 元")
    assert judge(turn, named).outcome is Outcome.RIGHT
    assert judge(turn, answered("94,853.00 万元", "948530000 元")).outcome is Outcome.NOT_ASKED
    assert judge(turn, answered("1 万元", "10000 元")).outcome is Outcome.WRONG
