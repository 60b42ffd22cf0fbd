"""The report as one HTML page: conditions, accuracy by kind, asker and language, latency, the alternative, failures."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from eval.judging import Outcome
from eval.plots import Bar, bars
from eval.records import RunResult, TurnResult
from eval.reporting import accuracy, citations, failures, grouped, percentile

_RIGHT, _ASKED, _MISSED, _WRONG = "#2e7d32", "#f9a825", "#b0bec5", "#c62828"
_COLOURS = {
    Outcome.RIGHT: _RIGHT,
    Outcome.ASKED: _ASKED,
    Outcome.NOT_ASKED: _ASKED,
    Outcome.MISSED: _MISSED,
    Outcome.WRONG: _WRONG,
    Outcome.INVENTED: "#6a1b9a",
    Outcome.NOT_DECLINED: "#ad1457",
    Outcome.RAISED: "#000000",
}
_STYLE = (
    "body{font:15px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;max-width:960px;margin:2em auto;padding:0 1em}"
    "svg text{font-size:12px}figcaption{font-weight:600}pre{white-space:pre-wrap;background:#f6f6f6;padding:1em}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}pre{background:#222}svg text{fill:#ddd}}"
)


def web_report(result: RunResult, reveal: bool = False) -> str:
    """A whole page; held-out cases are only counted unless `reveal`."""
    conditions = result.conditions
    parts = [
        f"<h1>评测结果 {accuracy(result.turns):.1%}</h1>",
        f"<p>{len(result.turns)} 题 · 提交 {escape(conditions.commit)} · {escape(conditions.started)} · "
        f"{escape(conditions.machine)} · Python {escape(conditions.python)} · {conditions.seconds} 秒</p>",
        _legend(),
        bars("各类正确率", [_accuracy_bar(*group) for group in grouped(result.turns, lambda turn: turn.kind)]),
        bars("按提问者", [_accuracy_bar(*group) for group in grouped(result.turns, lambda turn: turn.asker)]),
        bars("按语言", [_accuracy_bar(*group) for group in grouped(result.turns, lambda turn: turn.language)]),
        _latency(result.turns),
        f"<p>{escape(citations(result.turns))}</p>",
        _alternative(result),
        _ablations(result),
        _attacks(result),
        f"<h2>未答对</h2><pre>{escape(failures(result, reveal))}</pre>",
    ]
    head = f"<meta charset=utf-8><title>评测结果</title><style>{_STYLE}</style>"
    return f"<!doctype html><html lang=zh><head>{head}</head><body>{''.join(parts)}</body></html>"


def _legend() -> str:
    marks = (f'<span style="color:{colour}">■</span> {outcome}' for outcome, colour in _COLOURS.items())
    return f"<p>{' &nbsp; '.join(marks)}</p>"


def _accuracy_bar(name: str, turns: list[TurnResult]) -> Bar:
    outcomes = [turn.outcome for turn in turns]
    parts = tuple((outcomes.count(outcome) / len(turns), colour) for outcome, colour in _COLOURS.items())
    return Bar(name, parts, f"{accuracy(turns):.1%}（{len(turns)}）")


def _latency(turns: Iterable[TurnResult]) -> str:
    times = [turn.elapsed_ms for turn in turns]
    scale = percentile(times, 0.99) or 1.0  # the longest, a first question that loads, would hide the others
    values = [(f"p{share:.0%}".rstrip("%"), percentile(times, share)) for share in (0.5, 0.75, 0.9, 0.95, 0.99)]
    rows = [*values, ("最长", max(times, default=0.0))]
    return bars("每题用时", [Bar(name, ((value / scale, "#1565c0"),), f"{value:.1f} ms") for name, value in rows])


def _alternative(result: RunResult) -> str:
    if result.alternative is None:
        return ""
    ours = accuracy(result.alternative.ours(result.turns))
    rows = [Bar("我们（答对）", ((ours, _RIGHT),), f"{ours:.1%}")]
    for recall in result.alternative.recalls:
        if not recall.kind:
            for depth, share in zip(recall.depths, recall.shares, strict=True):
                rows.append(Bar(f"{recall.retriever} 前{depth}段", ((share, "#546e7a"),), f"{share:.1%}"))
    return bars("问数的题：我们答对的；通用检索的段落里印有此数的（不是同一种量）", rows)


def _ablations(result: RunResult) -> str:
    """Accuracy with everything, and without each part."""
    if not result.ablations:
        return ""
    shares = [("全部", accuracy(result.turns), "")]
    shares += [(f"去掉 {one.part}", one.accuracy, f"，答错 {one.false}") for one in result.ablations]
    return bars(
        "去掉一部分后的正确率", [Bar(name, ((share, _RIGHT),), f"{share:.1%}{more}") for name, share, more in shares]
    )


def _attacks(result: RunResult) -> str:
    """The share of texts that got past the number gate."""
    rows = [
        Bar(one.kind, ((len(one.passed) / max(one.tried, 1), _WRONG),), f"{len(one.passed)} / {one.tried}")
        for one in result.attacks
    ]
    return bars("数字核对：放过的或误拦的", rows) if rows else ""
