"""The gate: a run must not fall below what was once reached. The floor is a file, and its figures only rise."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.judging import Outcome
from eval.records import RunResult
from eval.reporting import accuracy
from ingest.vocabulary_loading import parse_vocabulary

_FALSE = (Outcome.WRONG, Outcome.INVENTED, Outcome.NOT_DECLINED)


class Floor(BaseModel):
    """`accuracy` at least; `wrong` at most: the share of turns with a wrong, invented or uncalled-for figure."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    accuracy: float
    wrong: float


def read_floor(path: Path) -> Floor:
    return parse_vocabulary(path.read_text(encoding="utf-8"), Floor, path.stem)


def below(result: RunResult, floor: Floor) -> str:
    """A sentence for each figure that misses the floor; "" when all hold."""
    reached = accuracy(result.turns)
    wrong = sum(turn.outcome in _FALSE for turn in result.turns) / max(len(result.turns), 1)
    misses = [f"正确率 {reached:.1%} 低于底线 {floor.accuracy:.1%}。"] if reached < floor.accuracy else []
    misses += [f"答错的占 {wrong:.1%}，高于底线 {floor.wrong:.1%}。"] if wrong > floor.wrong else []
    return "".join(misses)
