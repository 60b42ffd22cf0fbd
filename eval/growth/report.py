"""The growth bench as tables: each cost by number of documents, the exponent of its growth, and the goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from eval.growth.fitting import exponent
from eval.growth.questions import ACROSS, KINDS
from eval.growth.records import STEPS, Asked, Growth, Size
from eval.judging import Outcome
from eval.reporting import percentile

_FIXED = 10  # below it, what does not grow hides what does
_LINEAR, _SLOWER, _APP_MB = 1.05, 2.0, 1500.0


@dataclass(frozen=True, slots=True)
class Cost:
    """One line: what it is, its value for a size, its unit; `most` is the largest exponent that is good enough."""

    name: str
    of: Callable[[Size], float]
    unit: str
    most: float | None = None


def costs() -> Iterator[Cost]:
    yield Cost("ingest", lambda size: sum(size.ingested.seconds.values()), "s")
    for step in STEPS:
        yield Cost(f"- {step}", partial(_spent, "seconds", step), "s")
    yield Cost("ingest, processor", lambda size: sum(size.ingested.processor.values()), "s", _LINEAR)
    for step in STEPS:
        yield Cost(f"- {step}, processor", partial(_spent, "processor", step), "s")
    yield Cost("disk", lambda size: (size.ingested.ledger_bytes + size.ingested.vector_bytes) / 1e6, "MB", _LINEAR)
    yield Cost("- ledger", lambda size: size.ingested.ledger_bytes / 1e6, "MB")
    yield Cost("- vector store", lambda size: size.ingested.vector_bytes / 1e6, "MB")
    yield Cost("memory of ingest, peak", lambda size: size.ingested.memory_mb, "MB")
    yield Cost("memory of answering, peak", lambda size: size.answered.memory_mb, "MB")
    yield Cost("memory of the chat, peak", lambda size: size.app_memory_mb, "MB")
    yield Cost("cold `mingzhang ask`", lambda size: size.cold_start_ms, "ms")
    yield Cost("first answer of a process", lambda size: size.answered.opening_ms, "ms")
    yield Cost("answer, p50", lambda size: percentile(_again(size), 0.5), "ms")
    yield Cost("answer, p95", lambda size: percentile(_again(size), 0.95), "ms")
    yield Cost("first answer about a document, p50", lambda size: percentile(_first(size), 0.5), "ms")
    yield Cost("first answer about a document, p95", lambda size: percentile(_first(size), 0.95), "ms")
    yield Cost("one question over all documents", lambda size: _of(size, ACROSS)[0].first_ms, "ms")
    yield Cost("- asked again", lambda size: _of(size, ACROSS)[0].again_ms, "ms")


def _spent(measure: str, step: str, size: Size) -> float:
    spent: dict[str, float] = getattr(size.ingested, measure)
    return spent[step]


def markdown(growth: Growth) -> str:
    """The whole report."""
    head = f"# How it grows\n\n{growth.commit} · {growth.started} · {growth.machine} · generated documents of "
    head += f"{growth.sizes[-1].ingested.facts // growth.sizes[-1].documents} facts on average\n"
    parts = [head, *_partly(growth.sizes), table(growth.sizes), "\n## By kind of question\n", by_kind(growth.sizes)]
    parts += ["\n## Goals\n", *(f"- {'ok' if holds else 'MISSED'}: {words}" for words, holds in goals(growth.sizes))]
    return "\n".join([*parts, "\n## Where the three slowest steps spend their time\n", *_profiles(growth.sizes)])


def _partly(sizes: Sequence[Size]) -> Iterator[str]:
    for size in sizes:
        if size.ingested.embedded < size.documents:
            yield (
                f"Of {size.documents:,} documents the model embedded the first {size.ingested.embedded}; the time of "
                "that step is scaled up, and the other vectors are placeholders of the same size.\n"
            )


def table(sizes: Sequence[Size]) -> str:
    """Each cost by size with its exponent."""
    lines = [_line("", [f"{size.documents:,}" for size in sizes], "exponent"), "|---" * (len(sizes) + 2) + "|"]
    for cost in costs():
        grown = grows(sizes, cost)
        values = [f"{cost.of(size):,.{0 if cost.unit == 'MB' and cost.of(size) > 100 else 1}f}" for size in sizes]
        lines.append(_line(f"{cost.name} ({cost.unit})", values, "" if grown is None else f"{grown:.2f}"))
    return "\n".join(lines)


def grows(sizes: Sequence[Size], cost: Cost) -> float | None:
    """The fitted exponent, over the sizes where fixed costs no longer hide the growth if there are two such."""
    large = [size for size in sizes if size.documents >= _FIXED]
    taken = large if len(large) > 1 else sizes
    return exponent([size.documents for size in taken], [cost.of(size) for size in taken])


def by_kind(sizes: Sequence[Size]) -> str:
    """p50 / p95 in ms of the second asking, and how many were right."""
    lines = [_line("", [f"{size.documents:,}" for size in sizes]), "|---" * (len(sizes) + 1) + "|"]
    for kind in (*KINDS, ACROSS):
        cells = []
        for size in sizes:
            asked = _of(size, kind)
            times = [each.again_ms for each in asked]
            right = sum(each.outcome == Outcome.RIGHT for each in asked)
            cells.append(
                f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f} ({right} of {len(asked)} right)"
            )
        lines.append(_line(kind, cells))
    return "\n".join(lines)


def goals(sizes: Sequence[Size]) -> Iterator[tuple[str, bool]]:
    """Each goal in words with the figure reached, and whether it holds."""
    for cost in costs():
        if cost.most is not None and (grown := grows(sizes, cost)) is not None:
            yield f"{cost.name} grows with exponent {grown:.2f}, at most {cost.most:g}", grown <= cost.most
    first, last = sizes[0], sizes[-1]
    slower = percentile(_again(last), 0.5) / percentile(_again(first), 0.5)
    words = f"p50 at {last.documents:,} documents is {slower:.2f} × that at {first.documents:,}, at most {_SLOWER:g}"
    yield words, slower <= _SLOWER
    before, after = (max(each.again_ms for each in _of(size, ACROSS)) for size in (first, last))
    words = f"a question over all of {last.documents:,}, asked again, takes {after / before:.2f} × that over {first.documents:,}"
    yield f"{words}, at most {_SLOWER:g}", after <= _SLOWER * before
    words = f"the chat takes {last.app_memory_mb:,.0f} MB at {last.documents:,} documents, less than {_APP_MB:,.0f}"
    yield words, last.app_memory_mb < _APP_MB


def _profiles(sizes: Sequence[Size]) -> Iterator[str]:
    """Of the steps of ingest and of answering, by the seconds they take for a document or a question."""
    last = sizes[-1]
    per = {step: last.ingested.seconds[step] / last.documents for step in STEPS}
    per["answering"] = percentile(_again(last), 0.5) / 1000
    profiles = {**last.ingested.profile, "answering": last.answered.profile}
    for step in sorted(per, key=lambda step: -per[step])[:3]:
        yield f"\n**{step}**: {per[step] * 1000:,.1f} ms each"
        yield from (f"- {spent.seconds:.3f} s {spent.function}" for spent in profiles.get(step, ()))


def _again(size: Size) -> list[float]:
    return [each.again_ms for each in size.answered.asked if each.kind != ACROSS]


def _first(size: Size) -> list[float]:
    """The first question of each kind's list opens its document."""
    return [each.first_ms for each in _of(size, KINDS[0])]


def _of(size: Size, kind: str) -> list[Asked]:
    return [each for each in size.answered.asked if each.kind == kind]


def _line(name: str, cells: Sequence[str], *more: str) -> str:
    return f"| {' | '.join([name, *cells, *more])} |"
