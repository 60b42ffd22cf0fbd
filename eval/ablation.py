"""What each of the assistant's means is worth: the same cases asked without it."""

from __future__ import annotations

from assistant.means import Means
from eval.judging import FALSE, Outcome
from eval.records import Ablation, RunResult
from eval.reporting import accuracy


def ablation_of(left_out: Means, with_all: RunResult, without_it: RunResult) -> Ablation:
    """What is lost; both runs ask the same turns."""
    right = {turn.key for turn in without_it.turns if turn.outcome is Outcome.RIGHT}
    lost = tuple(t.key for t in with_all.turns if t.outcome is Outcome.RIGHT and t.key not in right)
    return Ablation(
        part=left_out,
        accuracy=round(accuracy(without_it.turns), 4),
        false=sum(turn.outcome in FALSE for turn in without_it.turns),
        lost=lost,
    )
