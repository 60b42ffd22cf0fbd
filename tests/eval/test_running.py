"""A whole run with a small stand-in for the assistant: outcomes, dialogues, crashes, the report and a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerStatus, Step, Value
from eval.cases import load_cases
from eval.comparing import comparison
from eval.floor import below, read_floor
from eval.judging import Outcome
from eval.records import read_result, write_result
from eval.reporting import markdown, summary
from eval.running import run_cases
from eval.web_report import web_report

CASES = """
- {id: sum, question: 1+1, number: 2 元}
- {id: crash, question: crash, number: 2 元}
- id: talk
  turns:
  - {question: 1+1, number: 2 元}
  - {question: 再加 1, number: 3 元}
"""


class Counting:
    """Answers 2 first and one more each turn; what a conversation remembers must not leak into the next."""

    def __init__(self) -> None:
        self.turns = 1
        self.last_plan: object = None

    def conversation(self, documents: Sequence[str] = ()) -> Counting:
        return Counting()

    def ask(self, text: str) -> Answer:
        if text == "crash":
            raise ZeroDivisionError("除数为零")
        self.turns += 1
        self.last_plan = f"count({self.turns})"
        value = Value(number=str(self.turns), unit="元")
        steps = (Step(expression="…", result=value),)
        return Answer(question=text, status=AnswerStatus.ANSWERED, text=text, value=value, steps=steps)


def test_a_run_is_judged_reported_and_compared(tmp_path: Path) -> None:
    (tmp_path / "lookup.yaml").write_text(CASES, encoding="utf-8")
    result = run_cases(load_cases([tmp_path]), Counting())
    right = Outcome.RIGHT
    assert [turn.outcome for turn in result.turns] == [right, Outcome.RAISED, right, right]
    assert result.turns[3].plan == "count(3)"
    assert "| lookup | 4 | 3 | 75.0% |" in summary(result)
    assert "除数为零" in markdown(result)

    page = web_report(result)
    assert page.count("<svg") == 4
    assert "75.0%（4）" in page

    write_result(result, tmp_path / "result.json")
    again = read_result(tmp_path)
    assert again == result
    mended = again.model_copy(update={"turns": (result.turns[0], result.turns[0].model_copy(update={"case": "crash"}))})
    assert "修好 1 题\n- crash#1" in comparison(result, mended)


def test_cases_of_other_documents_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "lookup.yaml").write_text("- {id: a, question: q, number: 1 元, documents: x.pdf}", encoding="utf-8")
    result = run_cases(load_cases([tmp_path]), Counting(), loaded=frozenset(["y.pdf"]))
    assert (result.turns, result.skipped) == ((), ("a",))


def test_held_out_failures_stay_unseen(tmp_path: Path) -> None:
    (tmp_path / "held_out").mkdir()
    (tmp_path / "held_out/lookup.yaml").write_text("- {id: a, question: 秘密, number: 1 元}", encoding="utf-8")
    result = run_cases(load_cases([tmp_path]), Counting())
    assert "秘密" not in markdown(result)
    assert "秘密" in markdown(result, reveal=True)


@pytest.mark.parametrize(
    ("accuracy", "known", "words"),
    [("0.5", "[sum#1]", ""), ("0.76", "[sum#1]", "低于底线 76.0%"), ("0.5", "[]", "1 题：sum#1")],
    ids=["holds", "accuracy", "wrong"],
)
def test_the_floor(accuracy: str, known: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "lookup.yaml").write_text(CASES.replace("number: 2 元}", "number: 7 元}", 1), encoding="utf-8")
    result = run_cases(load_cases([tmp_path / "lookup.yaml"]), Counting())
    (tmp_path / "floor").write_text(f"accuracy: {accuracy}\nknown_wrong: {known}\n", encoding="utf-8")
    missed = below(result, read_floor(tmp_path / "floor"))
    assert bool(missed) is bool(words)
    assert words in missed
