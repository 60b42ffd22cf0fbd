"""Nothing made up passes the gate; what is right does. Two adversarial tests: invented figures, mutated digits."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Answer, Step, Value
from assistant.assistant import Assistant
from assistant.catalog import AS_PRINTED
from assistant.checking.claims import claims_in
from assistant.checking.gate import AnswerGate, Fault, LedgerGate, check_against_ledger, check_answer, check_text
from assistant.cli import main
from ingest.facts import Coordinates, Fact, Origin, Role
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import format_quantity, parse_cell
from ingest.numbers.quantities import YUAN, Quantity
from ingest.source import Place


def fact(row: str, printed: str, unit: str = "万元", role: Role = Role.AMOUNT, **more: str) -> StoredFact:
    made = Fact(
        Origin.TABLE, "支出预算表", "expenditure", row, (), "", ("合计",), printed, parse_cell(printed, unit).quantity,
        Place(lines=(1, 1)), Coordinates(role=role),
    )  # fmt: skip
    return StoredFact(hash(row + printed), 1, replace(made, **more))  # type: ignore[arg-type]


CITED = (
    fact("总支出", "1,234.50"),
    fact("道路养护", "400.00", sentence="道路养护400万元，用于33条道路。"),
    fact("满意度", "95", "%"),
    fact("养护里程", "230万度"),
    fact("车辆", "5", "辆"),
    fact("总支出", "-56.4", "%", Role.CHANGE_RATE),
    fact("接待费", "0.00", "万元", Role.CHANGE),
)
STEPS = (Step(expression="1,234.50万元 - 400.00万元 = 834.50万元", result=Value(number="8345000", unit=YUAN)),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("总支出1,234.50万元", id="as printed"),
        pytest.param("总支出12,345,000元，即0.12345亿元", id="other units"),
        pytest.param("总支出约1235万元", id="rounded to its written precision"),
        pytest.param("总支出一千二百三十四万五千元", id="Chinese numerals"),
        pytest.param("道路养护四百万元", id="few Chinese numerals"),
        pytest.param("满意度95%，即百分之九十五", id="share"),
        pytest.param("用电2,300,000度", id="counting unit with and without 万"),
        pytest.param("有5辆车", id="count"),
        pytest.param("印作 1,234.50", id="printed without unit"),
        pytest.param("两者相差834.5万元", id="a step's result"),
        pytest.param("总支出比上年减少56.4%", id="direction"),
        pytest.param("总支出同比-56.4%", id="sign"),
        pytest.param("接待费与上年持平", id="unchanged"),
        pytest.param("道路养护400万元，用于33条道路。", id="a cited sentence"),
        pytest.param("2023年11月1日，依据国发[2016]143号第三条，一、总支出1,234.50万元", id="dates, numbers, marks"),
        pytest.param("见表6《“十四五”2项规划》", id="title and number of a table"),
        pytest.param("没有这项数据", id="nothing claimed"),
        pytest.param("12.345 million yuan (12,345,000 yuan), line 7", id="English"),
        pytest.param("任何一项，每一笔", id="one of any"),
    ],
)
def test_supported(text: str) -> None:
    assert check_text(text, CITED, STEPS) == ()


@pytest.mark.parametrize(
    ("text", "printed", "fault"),
    [
        pytest.param("总支出1,234.51万元", "1,234.51万元", Fault.FIGURE, id="one digit"),
        pytest.param("总支出1,234.50元", "1,234.50元", Fault.FIGURE, id="unit"),
        pytest.param("道路养护四百一十万元", "四百一十万元", Fault.FIGURE, id="Chinese numerals"),
        pytest.param("满意度九成二", "九成", Fault.FIGURE, id="tenths"),
        pytest.param("用了1000-1300万元", "1000-1300万元", Fault.FIGURE, id="range"),
        pytest.param("满意度95万元", "95万元", Fault.FIGURE, id="share as money"),
        pytest.param("道路养护：1,234.50万元", "1,234.50万元", Fault.FIGURE, id="another thing's figure"),
        pytest.param("总支出比上年增加56.4%", "56.4%", Fault.DIRECTION, id="wrong direction"),
        pytest.param("总支出增加了1,234.50万元", "1,234.50万元", Fault.DIRECTION, id="an amount as a change"),
        pytest.param("总支出比上年增加", "增加", Fault.DIRECTION, id="direction without figure"),
        pytest.param("总支出为-1,234.50万元", "-1,234.50万元", Fault.DIRECTION, id="negative"),
        pytest.param("编号98765432", "98765432", Fault.FIGURE, id="a figure in the shape of a code"),
        pytest.param("《总支出1,300万元》", "1,300万元", Fault.FIGURE, id="an amount in the shape of a title"),
        pytest.param("共3个项目", "3个", Fault.FIGURE, id="a count"),
        pytest.param("13 million yuan", "13 million yuan", Fault.FIGURE, id="English"),
        pytest.param("第2行印作 1,234.50", "1,234.50", Fault.FIGURE, id="another line"),
        pytest.param("总支出0,234.50万元", "0,234.50万元", Fault.FIGURE, id="malformed"),
    ],
)
def test_unsupported(text: str, printed: str, fault: Fault) -> None:
    assert [(found.printed, found.fault) for found in check_text(text, CITED, STEPS)] == [(printed, fault)]


@pytest.mark.parametrize("text", ["道路养护400.00万元（1,234.50万元）", "道路养护400.00万元（4,000,000元，0.05亿元）"])
def test_a_figure_given_again_as_another(text: str) -> None:
    assert "400.00万元" in check_text(text, CITED, STEPS)[0].reason


@pytest.mark.parametrize(
    ("expression", "holds"),
    [("1,234.50万元 - 400.00万元 = 834.50万元", True), ("1,234.50万元 + 400.00万元 = 834.50万元", False)],
    ids=["a step", "no step"],
)
def test_expressions_are_steps_word_for_word(expression: str, holds: bool) -> None:
    assert (check_text(f"计算：{expression}", CITED, STEPS) == ()) is holds


def test_direction_without_any_change() -> None:
    found = check_text("总支出比上年增加", CITED[:1])
    assert [(each.printed, each.reason) for each in found] == [("增加", "“增加”：没有引用任何增减数")]


def test_quotations_may_be_repeated() -> None:
    assert check_text("您问的“二十个项目里最大的”", (), quoted=["二十个项目里最大的"]) == ()
    assert check_text("您问的“三十个项目里最大的”", (), quoted=["二十个项目里最大的"]) != ()


# ── against the ledger ─────────────────────────────────────────────────────────────────────────────────────


def named_facts(assistant: Assistant) -> list[tuple[str, StoredFact]]:
    """Amounts, shares and counts of the sample with a name of their own, of six characters or more."""
    facts = [stored for stored in assistant.catalog().facts if stored.fact.quantity and stored.fact.field != AS_PRINTED]
    named = [(stored.fact.project or stored.fact.row.rpartition(" / ")[2], stored) for stored in facts]
    return [(n, stored) for n, stored in named if len(label_key(n)) >= 6 and not any(c.isdigit() for c in n)]


def test_right_figures_are_supported(sample_assistant: Assistant) -> None:
    """The other side of the adversarial tests: 300 figures of the ledger, said of what they are about."""
    named = random.Random(1).sample(named_facts(sample_assistant), 300)
    lost, gate = [], LedgerGate(sample_assistant.catalog())
    for name, stored in named:
        quantity = stored.fact.quantity
        assert quantity is not None
        text = f"2023年{name}为{format_quantity(Quantity(quantity.number, quantity.unit))}。"
        if not gate.check(text).holds:
            lost.append(text)
    assert len(lost) <= 3, lost


def invented(assistant: Assistant) -> Iterator[str]:
    """Claims without end: a thing the ledger names, with a figure that is random or is another thing's.

    Left out are the coincidences: figures that the document prints, at the precision written, under any label with
    that name in it. Whatever else the figure may happen to equal is no support.
    """
    chance = random.Random(2023)
    named = named_facts(assistant)
    names = sorted({name for name, _ in named})
    facts = [stored.fact for stored in assistant.catalog().facts]
    everything = [(f.quantity, label_key("".join((f.row, f.project, *f.row_path, *f.column, f.table)))) for f in facts]
    everything = [(quantity, labels) for quantity, labels in everything if quantity is not None]
    while True:
        name, key = (chosen := chance.choice(names)), label_key(chosen)
        other, _ = chance.choice(everything)
        assert other is not None
        figures = (
            Quantity(Decimal(chance.randint(100, 10_000_000)) * 100, YUAN),
            Quantity(Decimal(chance.randint(1, 10**9)), YUAN),
            Quantity(Decimal(chance.randint(1, 20_000)) / 100, "%"),
            Quantity(Decimal(chance.randint(1, 3000)), chance.choice(["个", "人", "辆", "条", "座"])),
            Quantity(other.number, other.unit),
        )
        figure = chance.choice(figures)
        own = {abs(quantity.number) for quantity, labels in everything if key in labels and quantity is not None}
        if abs(figure.number) not in own:
            said = chance.choice(["{}年{}为{}。", "{}年安排{}{}。", "{}年，{}预算数是{}，全部用于当年。", "{}年{}共{}"])
            yield said.format(2023, name, format_quantity(figure))


def test_a_thousand_invented_figures_get_no_support(sample_assistant: Assistant) -> None:
    claims = invented(sample_assistant)
    texts = [next(claims) for _ in range(1000)]
    gate = LedgerGate(sample_assistant.catalog())
    reports = [gate.check(text) for text in texts]
    assert all(report.figures for report in reports)
    assert [text for text, report in zip(texts, reports, strict=True) if report.holds] == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("“三公”经费26.65万元", [None], id="a concept"),
        pytest.param("2024年“三公”经费26.65万元", [Fault.YEAR], id="another year"),
        pytest.param("一共26.65万元", [Fault.SUBJECT], id="of nothing named"),
        pytest.param("“三公”经费26.65万元，其中公务接待费1.65万元", [None, None], id="two things"),
        pytest.param("“三公”经费1.65万元，其中公务接待费26.65万元", [Fault.FIGURE, Fault.FIGURE], id="swapped"),
        pytest.param("公务接待费（1.65万元）", [None], id="in brackets"),
        pytest.param("1.65万元用于公务接待费", [None], id="named after the figure"),
        pytest.param("公务接待费增加1.65万元", [Fault.DIRECTION], id="an amount as a change"),
        pytest.param("公务接待费三十万元", [Fault.FIGURE], id="Chinese numerals"),
        pytest.param("2023年部门预算", [], id="no figure"),
    ],
)
def test_against_the_ledger(text: str, faults: list[Fault | None], sample_assistant: Assistant) -> None:
    report = check_against_ledger(text, sample_assistant.catalog())
    assert [figure.fault for figure in report.figures] == faults
    assert report.holds is not any(faults)


def test_check_at_the_command_line(sample_ledger_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(sample_ledger_home)]
    assert main(["check", "公务接待费1.65万元", *home]) == 0
    assert capsys.readouterr().out.startswith("✓ 1.65万元：000_6a9881425d282efc.txt 第")
    assert main(["check", "公务接待费1.66万元", "--json", *home]) == 1
    (figure,) = json.loads(capsys.readouterr().out)
    assert figure == {
        "printed": "1.66万元", "start": 5, "supported": False, "cell": None, "reason": "账本里“公务接待费”没有这个数",
    }  # fmt: skip
    assert main(["check", "没有数字", *home]) == 0
    assert "没有要核对的数字" in capsys.readouterr().out


# ── our own answers ────────────────────────────────────────────────────────────────────────────────────────

QUESTIONS = (
    "总支出是多少", "三公经费一共多少", "公务接待费多少钱", "金额最大的三个项目是哪些", "项目支出占总支出的比例",
    "泵站运行管理经费和党建经费差多少", "平均每个项目多少钱", "一般公共预算比上年减少了多少", "政府性基金预算有多少",
    "泵站运行管理经费的成本指标有哪些", "征拆资金多少钱", "项目预算的中位数", "抢险车运行多少钱",
    "公务用车购置及运行费占三公经费几成",
)  # fmt: skip


def mutations(answer: Answer) -> Iterator[tuple[int, str]]:
    """The answer's text with one digit of one claim changed, in every way; positions of the digits with the texts."""
    for start, end in sorted({(claim.numeral.start, claim.numeral.end) for claim in claims_in(answer.text)}):
        for position in range(start, end):
            for digit in "0123456789":
                if answer.text[position].isdigit() and answer.text[position] != digit:
                    yield position, answer.text[:position] + digit + answer.text[position + 1 :]


def test_a_thousand_mutated_digits_are_caught(sample_assistant: Assistant) -> None:
    catalog = sample_assistant.catalog()
    answers = [sample_assistant.conversation().ask(question) for question in QUESTIONS]
    assert [answer.question for answer in answers if not answer.citations or check_answer(answer, catalog)] == []
    every = [(answer, position, text) for answer in answers for position, text in mutations(answer)]
    tried = random.Random(5).sample(every, 1000)
    passed, gate = [], AnswerGate(catalog)
    for answer, position, text in tried:
        if not gate.check(answer.model_copy(update={"text": text})):
            passed.append((answer.question, text[max(0, position - 12) : position + 8]))
    assert passed == []
