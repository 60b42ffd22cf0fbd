"""The latest results as a small file of the repository and as a table in both READMEs, which must agree."""

from __future__ import annotations

import re
from pathlib import Path

from eval.growth.records import Growth, Size
from eval.judging import FALSE, Outcome
from eval.records import RunResult, read_result
from eval.reporting import accuracy, percentile
from eval.results_table import Grown, Published, table

_ROOT = Path(__file__).parents[1]
LATEST = Path(__file__).parent / "latest.json"
READMES = {"en": _ROOT / "README.md", "zh": _ROOT / "README.zh.md"}
_BEGIN, _END = "<!-- results: written by `make results` -->\n", "<!-- end of results -->"


def published_from(result: RunResult, growth: Growth | None) -> Published:
    shown = [turn for turn in result.turns if not turn.held_out]
    held_out = [turn for turn in result.turns if turn.held_out]
    plain = result.alternative
    numbers = plain.ours(result.turns) if plain else []
    return Published(
        date=result.conditions.started[:10],
        commit=result.conditions.commit,
        machine=result.conditions.machine,
        turns=len(shown),
        accuracy=round(accuracy(shown), 4),
        false=sum(turn.outcome in FALSE for turn in shown),
        unanswered=sum(turn.outcome in (Outcome.MISSED, Outcome.ASKED) for turn in shown),
        held_out_turns=len(held_out),
        held_out_accuracy=round(accuracy(held_out), 4),
        without_source=sum(bool(turn.loose) for turn in result.turns),
        false_citations=sum(bool(turn.false_citations) for turn in result.turns),
        p50_ms=round(percentile([turn.elapsed_ms for turn in result.turns], 0.5), 1),
        p95_ms=round(percentile([turn.elapsed_ms for turn in result.turns], 0.95), 1),
        asked_for_numbers=len(numbers),
        numbers_right=round(accuracy(numbers), 4),
        recalls={recall.retriever: recall.shares for recall in plain.recalls if not recall.kind} if plain else {},
        model=plain.model if plain else "",
        model_accuracy=_model_accuracy(result),
        ablations={one.part: one.accuracy for one in result.ablations},
        attacks={one.kind: (one.tried, len(one.passed)) for one in result.attacks},
        growth=tuple(map(_grown, growth.sizes)) if growth else (),
    )


def _model_accuracy(result: RunResult) -> float:
    outcomes = [answer.outcome for answer in result.alternative.answers] if result.alternative else []
    return round(outcomes.count(Outcome.RIGHT) / len(outcomes), 4) if outcomes else 0.0


def _grown(size: Size) -> Grown:
    ingested, times = size.ingested, [each.again_ms for each in size.answered.asked if each.kind != "across"]
    return Grown(
        documents=size.documents,
        ingest_seconds=round(sum(ingested.seconds.values()), 1),
        disk_mb=round((ingested.ledger_bytes + ingested.vector_bytes) / 1e6, 1),
        answer_p50_ms=round(percentile(times, 0.5), 1),
        chat_mb=size.app_memory_mb,
    )


def publish(folder: Path) -> None:
    """Writes `latest.json` and the tables; keeps the growth of before where the folder has none."""
    file = folder / "growth.json"
    growth = Growth.model_validate_json(file.read_text(encoding="utf-8")) if file.is_file() else None
    latest = published_from(read_result(folder), growth)
    if growth is None and LATEST.is_file():
        latest = latest.model_copy(update={"growth": read_latest().growth})
    LATEST.write_text(latest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    for language, readme in READMES.items():
        readme.write_text(with_table(readme.read_text(encoding="utf-8"), table(latest, language)), encoding="utf-8")


def read_latest() -> Published:
    return Published.model_validate_json(LATEST.read_text(encoding="utf-8"))


def with_table(text: str, rows: str) -> str:
    """A README with these rows between its marks; ValueError where it has none."""
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"没有找到 {_BEGIN.strip()} 与 {_END}")
    return before + begin + rows + "\n" + end + after


def table_in(text: str) -> str:
    """The rows between the marks of a README."""
    found = re.search(re.escape(_BEGIN) + "(.*?)\n" + re.escape(_END), text, re.DOTALL)
    return found[1] if found else ""
