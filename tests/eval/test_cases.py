"""Case files are read exactly, and a mistake in one is told so that its writer can mend it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from eval.cases import CASES, CaseError, load_cases
from eval.expectations import Declined, Figure, Listing, Number, Verdict

_SHARED = Path(__file__).parents[2] / "../shared/questions/sample-document.jsonl"

MISTAKES = {
    "an unknown field": ("- {id: a, question: q, nummer: 5 元}", "不认识的字段 nummer"),
    "a number without unit": ("- {id: a, question: q, number: 5}", "400 万元"),
    "two expectations": ("- {id: a, question: q, number: 5 元, verdict: yes}", "只能有一种期望"),
    "none": ("- {id: a, question: q}", "没有写期望"),
    "no question": ("- {id: a, number: 5 元}", "缺 question"),
    "no id": ("- {question: q, number: 5 元}", "缺 id"),
    "an id twice": ("- {id: a, question: q, number: 5 元}\n- {id: a, question: p, number: 5 元}", "用了两次"),
    "not a list": ("id: a", "以“- ”开头"),
    "not YAML": ("- {id: a", "不是合格的 YAML"),
    "a mistake in a turn": ("- {id: a, turns: [{question: q, number: x 元}]}", "第1条（a）"),
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes_are_told(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "lookup.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_cases([tmp_path])
    assert words in str(caught.value)


def test_a_case_is_read_exactly(tmp_path: Path) -> None:
    folder = tmp_path / "held_out"
    folder.mkdir()
    text = """
- {id: a, asker: accountant, question: 多少, number: "1,321.82 万元", because: 表12}
- {id: b, question: 哪些, items: {甲: 5 元, 乙: ""}, ordered: true}
- id: c
  turns:
  - {question: 平吗, verdict: yes, contains: 平|相等}
  - {question: how much, declined: 没有, excludes: 5}
"""
    (folder / "lookup.yaml").write_text(text, encoding="utf-8")
    first, second, third = load_cases([tmp_path])
    assert (first.kind, first.asker, first.language, first.held_out) == ("lookup", "accountant", "zh", True)
    assert first.turns[0].expected == Number(Figure(Decimal("1321.82"), "万元"))
    assert second.turns[0].expected == Listing(("甲", "乙"), (("甲", Figure(Decimal(5), "元")),), ordered=True)
    assert third.turns[0].expected == Verdict(True)
    assert third.turns[0].contains == (("平", "相等"),)
    assert (third.turns[1].expected, third.turns[1].excludes) == (Declined("没有"), ("5",))


def test_question_sets_of_strangers_are_held_out_with_their_folder() -> None:
    cases = load_cases(sorted((CASES / "held_out").glob("*.jsonl")))
    assert len(cases) == 2680 and all(case.held_out for case in cases)


@pytest.mark.skipif(not _SHARED.exists(), reason="the shared question set is not beside this repository")
def test_the_shared_questions_are_read() -> None:
    cases = load_cases([_SHARED])
    assert len(cases) == 67
    assert sum(len(case.turns) for case in cases) == 83


def test_every_kind_has_at_least_twenty_cases_a_quarter_of_them_held_out() -> None:
    written = {case.kind for case in load_cases(sorted(CASES.rglob("*.yaml")))} - {"many", "mixed", "other_documents"}
    kinds: dict[str, list[bool]] = {kind: [] for kind in written}
    for case in load_cases([CASES]):
        if case.kind in written:
            kinds[case.kind].append(case.held_out)
    assert len(kinds) == 17
    assert {kind: len(held) for kind, held in kinds.items() if len(held) < 20} == {}
    assert {kind: sum(held) / len(held) for kind, held in kinds.items() if sum(held) / len(held) < 0.25} == {}
