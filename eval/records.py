"""A run's result as it is written to and read from JSON."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.judging import Outcome


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TurnResult(_Frozen):
    """What one turn of one case came to. `answer` is the public answer object, None if asking raised."""

    case: str
    turn: int
    kind: str
    asker: str
    language: str
    held_out: bool
    question: str
    expected: str
    counts_number: bool  # a number is expected
    outcome: Outcome
    reason: str
    answer: dict[str, object] | None
    plan: str
    elapsed_ms: float
    loose: tuple[str, ...] = ()  # figures of the text that come from nowhere it names
    false_citations: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.case}#{self.turn}"


class Conditions(_Frozen):
    """Under what a run was made, so that two runs can be compared fairly."""

    commit: str
    started: str
    machine: str
    python: str
    cases: tuple[str, ...]
    seconds: float
    settings: dict[str, str] = {}


class Recall(_Frozen):
    """How often the first 1, 5, 20 passages of one retriever print the figure asked for; kind "" is everything."""

    retriever: str
    kind: str
    questions: int
    depths: tuple[int, ...]
    shares: tuple[float, ...]
    median_ms: float


class ModelAnswer(_Frozen):
    """What a language model made of the passages for one question, judged like ours."""

    case: str
    kind: str
    outcome: Outcome
    reason: str
    text: str
    elapsed_ms: float


class Alternative(_Frozen):
    """The plain alternative over the first turns of these `cases`; `model` "" means that none was configured."""

    cases: tuple[str, ...]
    passages: int
    build_seconds: float
    recalls: tuple[Recall, ...]
    model: str = ""
    answers: tuple[ModelAnswer, ...] = ()

    def ours(self, turns: Iterable[TurnResult], kind: str = "") -> list[TurnResult]:
        """Our turns that ask for a number, of the same cases and of one kind, "" for all."""
        asked = (turn for turn in turns if turn.turn == 1 and turn.counts_number and turn.case in self.cases)
        return [turn for turn in asked if kind in ("", turn.kind)]

    def answered(self, kind: str = "") -> tuple[ModelAnswer, ...]:
        """The model's answers to one kind of question, "" for all."""
        return tuple(answer for answer in self.answers if kind in ("", answer.kind))


class Ablation(_Frozen):
    """A run without one part: the accuracy left, how many answers are false, and what was right only with the part."""

    part: str
    accuracy: float
    false: int
    lost: tuple[str, ...]


class Attack(_Frozen):
    """An attack on the number gate: how many texts were tried, and those that got past it."""

    kind: str
    tried: int
    passed: tuple[str, ...]


class RunResult(_Frozen):
    conditions: Conditions
    turns: tuple[TurnResult, ...]
    skipped: tuple[str, ...] = ()  # cases whose documents are not at hand
    alternative: Alternative | None = None
    ablations: tuple[Ablation, ...] = ()
    attacks: tuple[Attack, ...] = ()


def write_result(result: RunResult, path: Path) -> None:
    path.write_text(result.model_dump_json(indent=1), encoding="utf-8")


def read_result(path: Path) -> RunResult:
    """Accepts the file or the folder that holds it."""
    file = path / "result.json" if path.is_dir() else path
    return RunResult.model_validate_json(file.read_text(encoding="utf-8"))
