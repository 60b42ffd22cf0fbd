"""The published results as rows of a table, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ConfigDict


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Grown(_Frozen):
    """The growth bench at one size."""

    documents: int
    ingest_seconds: float
    disk_mb: float
    answer_p50_ms: float
    chat_mb: float


class Published(_Frozen):
    """What the table says; shares from 0 to 1. Recalls are at 1, 5 and 20 passages."""

    date: str
    commit: str
    machine: str
    turns: int
    accuracy: float
    false: int  # a wrong, invented or uncalled-for answer
    unanswered: int  # declined or asked back although there is one right answer
    held_out_turns: int
    held_out_accuracy: float
    without_source: int  # turns with a figure in no citation and no step
    false_citations: int
    p50_ms: float
    p95_ms: float
    asked_for_numbers: int = 0
    numbers_right: float = 0.0
    recalls: dict[str, tuple[float, ...]] = {}
    model: str = ""
    model_accuracy: float = 0.0
    ablations: dict[str, float] = {}
    attacks: dict[str, tuple[int, int]] = {}  # tried, passed
    growth: tuple[Grown, ...] = ()


def table(latest: Published, language: str) -> str:
    """The rows in `en` or `zh`."""
    head = {"en": f"| measured {latest.date} | |", "zh": f"| {latest.date} 测 | |"}[language]
    rows = _english(latest) if language == "en" else _chinese(latest)
    return "\n".join([head, "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _english(latest: Published) -> Iterator[tuple[str, str]]:
    yield "right answers", f"{latest.accuracy:.1%} of {latest.turns} turns; {latest.false} wrong or invented"
    yield "declined or asked back for nothing", f"{latest.unanswered}"
    if latest.held_out_turns:
        yield "held-out questions", f"{latest.held_out_accuracy:.1%} of {latest.held_out_turns} turns right"
    sources = f"{latest.without_source} turns; cited where it is not printed: {latest.false_citations}"
    yield "a figure in no citation and no step", sources
    yield "time for an answer", f"p50 {latest.p50_ms} ms, p95 {latest.p95_ms} ms"
    for name, shares in latest.recalls.items():
        yield f"plain RAG, {name}", f"the figure is in the first 1 / 5 / 20 passages: {_shares(shares)}"
    if latest.recalls:
        ours = f"{latest.numbers_right:.0%} of {latest.asked_for_numbers} answered right"
        yield "ours on the same questions", ours
        told = f"{latest.model_accuracy:.1%} right ({latest.model})" if latest.model else "not run"
        yield "plain RAG with a language model", told
    if latest.ablations:
        yield "right without a part", _parts(latest.ablations)
    for name, (tried, passed) in latest.attacks.items():
        yield f"number gate: {name}", f"{passed} of {tried}"
    for size in latest.growth:
        yield (
            f"{size.documents:,} documents",
            (
                f"ingest {size.ingest_seconds:,.0f} s, {size.disk_mb:,.1f} MB on disk, "
                f"answer p50 {size.answer_p50_ms} ms, chat {size.chat_mb:,.0f} MB"
            ),
        )


_ATTACKS = {
    "invented figures": "数字核对：编造的数得到支持",
    "one-digit mutations": "数字核对：改一位而放过",
    "right answers stopped": "数字核对：误拦正确回答",
}


def _chinese(latest: Published) -> Iterator[tuple[str, str]]:
    yield "答对", f"{latest.turns} 轮中 {latest.accuracy:.1%}；答错或编造 {latest.false}"
    yield "该答而没有答、无谓反问", f"{latest.unanswered}"
    if latest.held_out_turns:
        yield "留出的题", f"{latest.held_out_turns} 轮中答对 {latest.held_out_accuracy:.1%}"
    yield "有数字不在出处和算式里", f"{latest.without_source} 轮；出处与原文不符 {latest.false_citations} 轮"
    yield "每题用时", f"p50 {latest.p50_ms} ms，p95 {latest.p95_ms} ms"
    for name, shares in latest.recalls.items():
        yield f"通用检索（RAG），{name}", f"前 1 / 5 / 20 段里有所问的数：{_shares(shares)}"
    if latest.recalls:
        yield "同样的题，我们", f"{latest.asked_for_numbers} 题答对 {latest.numbers_right:.0%}"
        told = f"答对 {latest.model_accuracy:.1%}（{latest.model}）" if latest.model else "not run"
        yield "通用检索加大模型", told
    if latest.ablations:
        yield "去掉一部分后答对", _parts(latest.ablations)
    for name, (tried, passed) in latest.attacks.items():
        yield _ATTACKS.get(name, name), f"{tried} 次中 {passed} 次"
    for size in latest.growth:
        yield (
            f"{size.documents:,} 份文件",
            (
                f"读入 {size.ingest_seconds:,.0f} 秒，占盘 {size.disk_mb:,.1f} MB，"
                f"回答 p50 {size.answer_p50_ms} ms，对话程序内存 {size.chat_mb:,.0f} MB"
            ),
        )


def _shares(shares: Sequence[float]) -> str:
    return " / ".join(f"{share:.0%}" for share in shares)


def _parts(parts: dict[str, float]) -> str:
    return ", ".join(f"{name} {share:.1%}" for name, share in parts.items())
