"""The gate: a run must not fall below what was once reached. The floor is a file, and its figures only rise."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.judging import FALSE
from eval.records import RunResult
from eval.reporting import accuracy
from ingest.vocabulary_loading import parse_vocabulary


class Floor(BaseModel):
    """`accuracy` at least; no turn may be wrong, invented or uncalled for but the `known_wrong` (`case#turn`)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    accuracy: float
    known_wrong: tuple[str, ...] = ()


def read_floor(path: Path) -> Floor:
    return floor_from(path.read_text(encoding="utf-8"), path.stem)


def floor_from(text: str, name: str = "floor") -> Floor:
    return parse_vocabulary(text, Floor, name)


def below(result: RunResult, floor: Floor) -> str:
    """A sentence for each figure that misses the floor; "" when all hold."""
    reached = accuracy(result.turns)
    false = [turn.key for turn in result.turns if turn.outcome in FALSE and turn.key not in floor.known_wrong]
    misses = [f"正确率 {reached:.1%} 低于底线 {floor.accuracy:.1%}。"] if reached < floor.accuracy else []
    misses += [f"答错或编造了不该错的 {len(false)} 题：{'、'.join(false)}。"] if false else []
    return "".join(misses)


def falls(before: Floor, after: Floor) -> str:
    """What a change of the file lets through that it did not before; "" when it only rises."""
    words = []
    if after.accuracy < before.accuracy:
        words.append(f"正确率的底线从 {before.accuracy:.1%} 降到 {after.accuracy:.1%}。")
    if added := sorted(set(after.known_wrong) - set(before.known_wrong)):
        words.append(f"新容许答错 {'、'.join(added)}。")
    return "".join(words)
