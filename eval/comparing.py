"""What changed between two runs, case by case."""

from __future__ import annotations

from eval.judging import Outcome
from eval.records import RunResult, TurnResult
from eval.reporting import accuracy


def comparison(before: RunResult, after: RunResult) -> str:
    """Turns that were mended, broken, or failed differently, and turns that only one run asked."""
    old, new = ({turn.key: turn for turn in result.turns} for result in (before, after))
    both = [key for key in old if key in new]
    mended = [key for key in both if _right(new[key]) and not _right(old[key])]
    broken = [key for key in both if _right(old[key]) and not _right(new[key])]
    moved = [
        key for key in both if not _right(new[key]) and not _right(old[key]) and old[key].outcome != new[key].outcome
    ]
    lines = [
        f"{before.conditions.commit} → {after.conditions.commit}",
        f"正确率 {accuracy(before.turns):.1%}（{len(old)} 题）→ {accuracy(after.turns):.1%}（{len(new)} 题）",
    ]
    for title, keys in (("修好", mended), ("弄坏", broken), ("错法变了", moved)):
        lines.append(f"\n{title} {len(keys)} 题")
        lines += [_change(old[key], new[key]) for key in keys]
    lines += [f"\n只在前一次：{key}" for key in old if key not in new]
    return "\n".join(lines + [f"只在后一次：{key}（{turn.outcome}）" for key, turn in new.items() if key not in old])


def _right(turn: TurnResult) -> bool:
    return turn.outcome is Outcome.RIGHT


def _change(old: TurnResult, new: TurnResult) -> str:
    return f"- {new.key} {new.question}：{old.outcome} → {new.outcome} {new.reason or old.reason}"
