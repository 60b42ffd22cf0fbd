"""Turns a run into something to read: a table by kind, and every failure with what was expected and what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from eval.judging import FALSE, Outcome
from eval.records import Ablation, Alternative, Attack, ModelAnswer, RunResult, TurnResult

_RETRIEVERS = ("dense", "bm25", "fused")
_COLUMNS = [outcome for outcome in Outcome if outcome is not Outcome.RIGHT]


def summary(result: RunResult) -> str:
    """Accuracy by kind as a Markdown table, with a line for everything and the latency."""
    lines = ["| 类别 | 题数 | 正确 | 正确率 | " + " | ".join(_COLUMNS) + " |", "|---" * (4 + len(_COLUMNS)) + "|"]
    lines += [_row(name, turns) for name, turns in grouped(result.turns, lambda turn: turn.kind)]
    lines.append(_row("**全部**", list(result.turns)))
    return "\n".join([*lines, "", _latency(result.turns), citations(result.turns)])


def markdown(result: RunResult, reveal: bool = False) -> str:
    """The whole report; held-out cases are only counted unless `reveal`."""
    conditions = result.conditions
    head = (
        f"# 评测结果\n\n提交 {conditions.commit} · {conditions.started} · {conditions.machine} · "
        f"Python {conditions.python} · {conditions.seconds} 秒"
        + "".join(f" · {name}={value}" for name, value in conditions.settings.items())
        + "\n"
    )
    parts = [head, summary(result)]
    for title, key in (("提问者", _asker), ("语言", _language), ("留出", _held_out)):
        rows = [_row(name, turns) for name, turns in grouped(result.turns, key)]
        parts.append("\n".join([f"\n## 按{title}\n", *summary_head(title), *rows]))
    if result.skipped:
        parts.append(f"\n未问（缺文件）：{len(result.skipped)} 题：{'、'.join(result.skipped)}")
    if result.alternative:
        parts.append(alternative(result, result.alternative))
    if result.ablations:
        parts.append(ablations(result, result.ablations))
    if result.attacks:
        parts.append(attacks(result.attacks))
    return "\n".join([*parts, "\n## 未答对\n", failures(result, reveal)])


def failures(result: RunResult, reveal: bool = False) -> str:
    """Every failure in a few lines. Held-out cases stay unseen by those who improve the assistant, unless `reveal`."""
    failed = [turn for turn in result.turns if turn.outcome is not Outcome.RIGHT]
    shown = [turn for turn in failed if reveal or not turn.held_out]
    hidden = [f"另有留出题 {len(failed) - len(shown)} 题未答对，只计数。"] if len(shown) < len(failed) else []
    return "\n".join([failure(turn) for turn in shown] + hidden)


def summary_head(title: str) -> list[str]:
    return [f"| {title} | 题数 | 正确 | 正确率 | " + " | ".join(_COLUMNS) + " |", "|---" * (4 + len(_COLUMNS)) + "|"]


def alternative(result: RunResult, measured: Alternative) -> str:
    """Plain retrieval beside ours, for the same questions; passages found and answers given are different measures."""
    lines = [
        f"\n## 与通用检索（RAG）相比\n\n{measured.passages} 段，建索引 {measured.build_seconds} 秒。"
        "检索各列是“前 1 / 5 / 20 段里印有所问的数”的比例，“我们”是答对的比例：不是同一种量，不宜直接相减。",
        "查得到的数（lookup、indicator），检索比例是照段落作答的上限；要计算的数不是上限，模型可能从段落里的数算出来。",
        "分段长度只试了一种，没有调优。\n",
        "| 类别 | 题数 | 我们 | " + " | ".join(_RETRIEVERS) + f" | {measured.model or '大模型'}照前 5 段作答 |",
        "|---|---|---|---|---|---|---|",
    ]
    shares = {(recall.kind, recall.retriever): recall for recall in measured.recalls}
    for kind in sorted({recall.kind for recall in measured.recalls}):
        rows = [shares[kind, retriever] for retriever in _RETRIEVERS]
        ours = measured.ours(result.turns, kind)
        cells = [" / ".join(f"{share:.0%}" for share in row.shares) for row in rows]
        name = kind or "**全部**"
        model = _right_of(measured.answered(kind)) if measured.model else "not run"
        lines.append(f"| {name} | {rows[0].questions} | {accuracy(ours):.1%} | {' | '.join(cells)} | {model} |")
    medians = "，".join(f"{name} {shares['', name].median_ms:.1f} ms" for name in _RETRIEVERS)
    ours_ms = percentile([turn.elapsed_ms for turn in result.turns], 0.5)
    return "\n".join([*lines, f"\n每题用时中位数：我们 {ours_ms:.1f} ms（已答完）；只检索：{medians}。"])


def ablations(result: RunResult, measured: Sequence[Ablation]) -> str:
    """What each part is worth: accuracy and false answers without it, and the questions it alone gets right."""
    false = sum(turn.outcome in FALSE for turn in result.turns)
    lines = ["\n## 去掉一部分\n", "| 去掉 | 正确率 | 答错 | 少答对 |", "|---|---|---|---|"]
    lines.append(f"| 无 | {accuracy(result.turns):.1%} | {false} | |")
    lines += [f"| {one.part} | {one.accuracy:.1%} | {one.false} | {len(one.lost)} |" for one in measured]
    return "\n".join(lines)


def attacks(measured: Sequence[Attack]) -> str:
    """How the number gate stood up to texts that are not true."""
    lines = ["\n## 数字核对\n", "| 试验 | 次数 | 通过 |", "|---|---|---|"]
    lines += [f"| {one.kind} | {one.tried} | {len(one.passed)} |" for one in measured]
    return "\n".join([*lines, *(f"- {one.kind}：{text[:200]}" for one in measured for text in one.passed[:10])])


def _right_of(answers: Sequence[ModelAnswer]) -> str:
    """The share of right answers, and of false ones, over all kinds of expectation."""
    outcomes = [answer.outcome for answer in answers]
    false = sum(outcome in FALSE for outcome in outcomes) / max(len(outcomes), 1)
    return f"{outcomes.count(Outcome.RIGHT) / max(len(outcomes), 1):.1%}（错 {false:.1%}，{len(outcomes)} 题）"


def grouped(turns: Iterable[TurnResult], key: Callable[[TurnResult], str]) -> Iterator[tuple[str, list[TurnResult]]]:
    groups: dict[str, list[TurnResult]] = {}
    for turn in turns:
        groups.setdefault(key(turn), []).append(turn)
    yield from sorted(groups.items())


def failure(turn: TurnResult) -> str:
    """One failed turn in a few lines: question, expectation, reason, what came, the plan."""
    answer = turn.answer or {}
    got = str(answer.get("text", "")).replace("\n", " ⏎ ")[:400]
    return (
        f"- **{turn.key}** [{turn.kind}, {turn.outcome}] {turn.question}\n"
        f"    - 应为：{turn.expected}\n"
        f"    - 原因：{turn.reason}\n"
        f"    - 得到：{answer.get('status')} {_value(answer)} {got}\n"
        + "".join(f"    - {title}：{'；'.join(named)}\n" for title, named in _defects(turn))
        + f"    - 计划：{turn.plan.replace(chr(10), ' ')[:600]}"
    )


def _defects(turn: TurnResult) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (title, named) for title, named in (("来历不明的数", turn.loose), ("出处不符", turn.false_citations)) if named
    ]


def accuracy(turns: Iterable[TurnResult]) -> float:
    outcomes = [turn.outcome for turn in turns]
    return outcomes.count(Outcome.RIGHT) / len(outcomes) if outcomes else 0.0


def percentile(values: list[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0


def _row(name: str, turns: list[TurnResult]) -> str:
    counts = Counter(turn.outcome for turn in turns)
    cells = [str(counts[outcome] or "") for outcome in _COLUMNS]
    return f"| {name} | {len(turns)} | {counts[Outcome.RIGHT]} | {accuracy(turns):.1%} | " + " | ".join(cells) + " |"


def _latency(turns: Iterable[TurnResult]) -> str:
    times = [turn.elapsed_ms for turn in turns]
    shares = "，".join(f"p{share:.0%} {percentile(times, share):.1f} ms".replace("%", "") for share in (0.5, 0.95))
    return f"用时：{shares}，最长 {max(times, default=0):.1f} ms"


def citations(turns: Iterable[TurnResult]) -> str:
    """How many turns state a figure without a source, or cite a place that does not print it, and which."""
    loose = [turn.key for turn in turns if turn.loose]
    false = [turn.key for turn in turns if turn.false_citations]
    words = [f"文字里有来历不明的数：{len(loose)} 题", f"出处与原文不符：{len(false)} 题"]
    return "；".join(words) + "".join(f"\n{title}：{'、'.join(keys)}" for title, keys in _named(loose, false))


def _named(loose: list[str], false: list[str]) -> list[tuple[str, list[str]]]:
    return [(title, keys) for title, keys in (("来历不明的数", loose), ("出处不符", false)) if keys]


def _value(answer: dict[str, object]) -> str:
    value, verdict, items = answer.get("value"), answer.get("verdict"), answer.get("items")
    parts = [f"{value['number']} {value['unit']}" if isinstance(value, dict) else ""]
    parts.append(f"判{verdict}" if verdict is not None else "")
    if isinstance(items, list) and items:
        parts.append(f"[{'、'.join(str(item['label']) for item in items)[:200]}]")
    return " ".join(part for part in parts if part)


def _asker(turn: TurnResult) -> str:
    return turn.asker


def _language(turn: TurnResult) -> str:
    return turn.language


def _held_out(turn: TurnResult) -> str:
    return "留出" if turn.held_out else "公开"
