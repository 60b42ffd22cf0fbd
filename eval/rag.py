"""The plain alternative on the same questions: passages by LangChain's splitter, found by vector, by words, by both.

Measures how often the passages print the figure that is asked for. For a figure that is looked up this bounds what a
model reading them could answer; for one that must be computed it does not, since a model might compute it from
operands that the passages do hold. With a language model configured, its answers from the passages are judged like
ours. Same embedding model as ours, Chroma, one chunk size, nothing tuned.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.expectations import Case, Number
from eval.judging import judge
from eval.model_answers import ChatModel, answer_from
from eval.passages import Search, prints, searches, split, text_of
from eval.records import Alternative, ModelAnswer, Recall
from ingest.search.embedding import embed_query

DEPTHS = (1, 5, 20)
_READ = 5  # passages that a model reads
_READ_FROM = "fused"


def measure(cases: Sequence[Case], paths: Sequence[Path], model: ChatModel | None = None) -> Alternative:
    """Recall and time of each way of finding passages, for every first turn that asks for a number.

    With a model, its answers to every first turn from the best passages.
    """
    clock = time.perf_counter()
    passages = [passage for path in paths for passage in split(text_of(path))]
    finding = searches(passages)
    seconds = time.perf_counter() - clock
    recalls = [recall for name, search in finding.items() for recall in _measured(name, search, cases, passages)]
    answers = tuple(measure_answers(model, finding[_READ_FROM], cases, passages)) if model else ()
    return Alternative(
        cases=tuple(case.id for case in cases),
        passages=len(passages),
        build_seconds=round(seconds, 2),
        recalls=tuple(recalls),
        model=model.name if model else "",
        answers=answers,
    )


def _measured(name: str, search: Search, cases: Sequence[Case], passages: Sequence[str]) -> Iterator[Recall]:
    held: dict[str, list[tuple[bool, ...]]] = {}
    times = []
    for case in cases:
        turn = case.turns[0]
        if isinstance(turn.expected, Number):
            _forget_queries()
            clock = time.perf_counter()
            found = search(turn.question, max(DEPTHS))
            times.append((time.perf_counter() - clock) * 1000)
            holds = [prints(passages[index], turn.expected.figure) for index in found]
            held.setdefault(case.kind, []).append(tuple(any(holds[:depth]) for depth in DEPTHS))
    return _recalls(name, held, times)


def measure_answers(
    model: ChatModel, search: Search, cases: Sequence[Case], passages: Sequence[str]
) -> Iterator[ModelAnswer]:
    """The model's answer to the first turn of each case, from the five best passages."""
    for case in cases:
        turn = case.turns[0]
        _forget_queries()
        clock = time.perf_counter()
        answer = answer_from(model, turn.question, [passages[index] for index in search(turn.question, _READ)])
        elapsed = (time.perf_counter() - clock) * 1000
        judgement = judge(turn, answer)
        yield ModelAnswer(
            case=case.id,
            kind=case.kind,
            outcome=judgement.outcome,
            reason=judgement.reason,
            text=answer.text,
            elapsed_ms=round(elapsed, 2),
        )


def _forget_queries() -> None:
    """Each way of finding pays for its own query vector."""
    embed_query.cache_clear()


def _recalls(name: str, held: dict[str, list[tuple[bool, ...]]], times: list[float]) -> Iterator[Recall]:
    ranked = sorted(times)
    everything = [row for rows in held.values() for row in rows]
    for kind, rows in [("", everything), *sorted(held.items())]:
        shares = tuple(sum(row[i] for row in rows) / max(len(rows), 1) for i in range(len(DEPTHS)))
        yield Recall(
            retriever=name,
            kind=kind,
            questions=len(rows),
            depths=DEPTHS,
            shares=tuple(round(share, 4) for share in shares),
            median_ms=round(ranked[len(ranked) // 2], 2) if ranked else 0.0,
        )
