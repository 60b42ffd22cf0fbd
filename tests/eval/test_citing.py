"""Figures without a source and citations that their place does not bear out must be noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerStatus, Citation, Step, Value
from eval.arithmetic import computed
from eval.citing import Sources, false_citations, loose_figures

_SAMPLE = Path(__file__).parents[2] / "eval/documents/000_6a9881425d282efc.txt"


def cited(*printed: str, line: int = 364) -> tuple[Citation, ...]:
    return tuple(
        Citation(document=_SAMPLE.name, page=None, lines=(line, line), table="", row="", column="", printed=text)
        for text in printed
    )


def answer(text: str, citations: tuple[Citation, ...] = (), steps: tuple[Step, ...] = ()) -> Answer:
    return Answer(question="超过3万元吗", status=AnswerStatus.ANSWERED, text=text, citations=citations, steps=steps)


def step(expression: str, result: str) -> Step:
    number, unit = result.split()
    return Step(expression=expression, result=Value(number=number, unit=unit))


LOOSE = {
    "cited in another scale": (answer("**400.00 万元**（4,000,000 元）", cited("400.00")), ()),
    "rounded": (answer("约 0.04 亿元", cited("400.00")), ()),
    "computed": (answer("占 8 %", cited("400.00", "5,000.00"), (step("400 万元 ÷ 5,000 万元", "8 %"),)), ()),
    "computed from an earlier step": (
        answer("", cited("400.00"), (step("400 万元 × 2", "8000000 元"), step("800 万元 ÷ 400 万元", "2 倍"))),
        (),
    ),
    "computed from nothing": (answer("", cited("400.00"), (step("400 万元 ÷ 700 万元", "57 %"),)), ("700 万元",)),
    "from the question": (answer("超过 3 万元"), ()),
    "invented": (answer("**400.00 万元**，其中电费 161 万元", cited("400.00")), ("161 万元",)),
    "one digit off": (answer("**401.00 万元**", cited("400.00")), ("401.00 万元",)),
    "a share from nowhere": (answer("400 万元，占 7.5 %", cited("400.00")), ("7.5 %",)),
}


@pytest.mark.parametrize(("given", "loose"), LOOSE.values(), ids=LOOSE.keys())
def test_loose_figures(given: Answer, loose: tuple[str, ...]) -> None:
    assert loose_figures(given) == loose


def test_a_citation_must_stand_where_it_says() -> None:
    sources = Sources([_SAMPLE])
    assert false_citations(answer("", cited("400.00")), sources) == ()
    assert len(false_citations(answer("", cited("401.00")), sources)) == 1
    assert len(false_citations(answer("", cited("400.00", line=365)), sources)) == 1


@pytest.mark.parametrize(
    ("expression", "figures"),
    [
        ("1,321.82万元 × 4年 = 5,287.28万元 ≠ 5,281.06万元", ["5,287.28 万元"]),
        ("≤60.5万元/年 × 4个 + ≤0.7元/度 × ≤230万度 = 403.00万元 > 400.00万元", ["403.00 万元"]),
        ("700万元 + 750万元 + 450万元 = 1,900.00万元", ["1,900.00 万元"]),
        ("400.00万元 ÷ 5,000.00万元 = 8 %", ["8 %"]),
        ("20.00万元 − 5.00万元 = 15.00万元", ["15.00 万元"]),
        ("700万元 + 750万元 = 1,900.00万元", []),
        ("16项之和 = 129,531.94万元", []),
        ("400.00万元 ÷ 0万元 = 8 %", []),
        ("400.00万元", []),
    ],
)
def test_only_what_follows_is_computed(expression: str, figures: list[str]) -> None:
    assert list(map(str, computed(expression))) == figures


def test_a_quotation_must_stand_at_a_cited_place() -> None:
    quoted = "原文：“泵站运行管理经费	400.00	400.00”，占 7.5 %"
    sources = Sources([_SAMPLE])
    assert loose_figures(answer(quoted, cited("400.00"), ()), sources) == ("7.5 %",)
    told = "“本年支出 161 万元，其中电费 3 万元”"
    assert loose_figures(answer(told, cited("400.00")), sources) == ("161 万元",)
