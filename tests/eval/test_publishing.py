"""The table in both READMEs is the one that the result file makes."""

from __future__ import annotations

import pytest

from eval.judging import Outcome
from eval.publishing import READMES, published_from, read_latest, table_in, with_table
from eval.records import Ablation, Alternative, Attack, Conditions, Recall, RunResult, TurnResult
from eval.results_table import Published, table


@pytest.mark.parametrize("language", READMES)
def test_the_table_and_the_result_file_agree(language: str) -> None:
    shown = table_in(READMES[language].read_text(encoding="utf-8"))
    assert shown == table(read_latest(), language), "run `python -m eval publish FOLDER`, or `make results`"


def test_a_table_that_was_edited_does_not_agree() -> None:
    text = READMES["en"].read_text(encoding="utf-8")
    edited = text.replace("right answers | ", "right answers | 9", 1)
    assert edited != text
    assert table_in(edited) != table(read_latest(), "en")


def test_a_table_takes_the_place_of_the_one_before() -> None:
    text = READMES["en"].read_text(encoding="utf-8")
    changed = with_table(text, "| a | b |")
    assert table_in(changed) == "| a | b |"
    assert with_table(changed, table_in(text)) == text
    with pytest.raises(ValueError, match="没有找到"):
        with_table("no marks", "| a | b |")


def turn(case: str, outcome: Outcome, **fields: object) -> TurnResult:
    plain: dict[str, object] = {
        "turn": 1, "kind": "lookup", "asker": "citizen", "language": "zh", "held_out": False, "question": "q",
        "expected": "", "counts_number": True, "reason": "", "answer": None, "plan": "", "elapsed_ms": 10.0,
    }  # fmt: skip
    return TurnResult.model_validate({**plain, "case": case, "outcome": outcome, **fields})


def result() -> RunResult:
    conditions = Conditions(
        commit="abc", started="2024-01-02T03:04:05", machine="m", python="3", cases=("lookup",), seconds=1.0
    )
    turns = (
        turn("a", Outcome.RIGHT),
        turn("b", Outcome.WRONG, loose=("5 元",)),
        turn("c", Outcome.MISSED),
        turn("d", Outcome.INVENTED),
        turn("h", Outcome.RIGHT, held_out=True, elapsed_ms=30.0),
    )
    recall = Recall(retriever="dense", kind="", questions=4, depths=(1, 5, 20), shares=(0.1, 0.2, 0.3), median_ms=1.0)
    return RunResult(
        conditions=conditions,
        turns=turns,
        alternative=Alternative(cases=("a", "b", "c"), passages=1, build_seconds=1.0, recalls=(recall,)),
        ablations=(Ablation(part="typos", accuracy=0.2, false=1, lost=("a#1",)),),
        attacks=(Attack(kind="invented figures", tried=1000, passed=()),),
    )


def test_what_is_published_is_what_was_measured() -> None:
    latest = published_from(result(), None)
    assert (latest.turns, latest.accuracy, latest.false, latest.unanswered) == (4, 0.25, 2, 1)
    assert (latest.held_out_turns, latest.held_out_accuracy, latest.without_source) == (1, 1.0, 1)
    rows = table(latest, "en")
    assert "| right answers | 25.0% of 4 turns; 2 wrong or invented |" in rows
    assert "| plain RAG, dense | the figure is in the first 1 / 5 / 20 passages: 10% / 20% / 30% |" in rows
    assert "| ours on the same questions | 33% of 3 answered right |" in rows
    assert "| plain RAG with a language model | not run |" in rows
    assert "| number gate: invented figures | 0 of 1000 |" in rows
    assert "| 去掉一部分后答对 | typos 20.0% |" in table(latest, "zh")


def test_both_languages_tell_the_same() -> None:
    latest = read_latest()
    assert len(table(latest, "en").splitlines()) == len(table(latest, "zh").splitlines())
    assert Published.model_validate_json(latest.model_dump_json()) == latest
