"""How cost grows: `python -m eval.growth --sizes 1 10 100 1000 --out FOLDER`, or `make growth`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from eval.generator.generating import generate
from eval.growth.questions import cases_of
from eval.growth.records import Answered, Growth, Ingested, Size
from eval.growth.report import goals, markdown
from eval.growth.wish import wish_of
from eval.running import commit, machine

_PROFILED = 5
_COLD_TRIES = 3
_ROOT = Path(__file__).parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.growth", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1, 10, 100], help="numbers of documents, ascending")
    parser.add_argument("--out", type=Path, help="folder for growth.json and growth.md")
    parser.add_argument("--embedded", type=int, help="embed the first documents only, and scale that step's time up")
    options = parser.parse_args()
    started, sizes = datetime.now(UTC).isoformat(timespec="seconds"), []
    for documents in sorted(options.sizes):
        sizes.append(measure(documents, options.embedded, documents == max(options.sizes)))
        print(f"{documents} documents measured", file=sys.stderr, flush=True)
    growth = Growth(commit=commit(), started=started, machine=machine(), sizes=tuple(sizes))
    print(markdown(growth))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "growth.json").write_text(growth.model_dump_json(indent=1), encoding="utf-8")
        (options.out / "growth.md").write_text(markdown(growth) + "\n", encoding="utf-8")
    return 0 if all(holds for _, holds in goals(sizes)) else 1


def measure(documents: int, embedded: int | None = None, profiled: bool = False) -> Size:
    """Generate, ingest, ask: each in a process of its own, so that memory is that of the step alone."""
    with tempfile.TemporaryDirectory() as folder:
        home, papers = Path(folder) / "home", Path(folder) / "documents"
        budgets = [each.budget for each in generate(papers, wish_of(documents))]
        question = next(cases_of(budgets[:1])).turns[0].question
        steps = [*_module("ingesting"), str(papers), str(home), "--profiled", str(_PROFILED * profiled)]
        steps += [] if embedded is None else ["--embedded", str(embedded)]
        ingested = Ingested.model_validate_json(_run(steps, home))
        answered = Answered.model_validate_json(_run([*_module("answering"), str(home), str(documents)], home))
        return Size(
            documents=documents,
            ingested=ingested,
            answered=answered,
            cold_start_ms=_cold(question, home),
            app_memory_mb=float(_run([*_module("chatting"), question], home)),
        )


def _cold(question: str, home: Path) -> float:
    """One question from the shell, the best of three."""
    times = []
    for _ in range(_COLD_TRIES):
        clock = time.perf_counter()
        _run([sys.executable, "-m", "assistant.cli", "ask", question], home)
        times.append((time.perf_counter() - clock) * 1000)
    return round(min(times), 1)


def _module(name: str) -> list[str]:
    return [sys.executable, "-m", f"eval.growth.{name}"]


def _run(command: Sequence[str], home: Path) -> str:
    """The last line of what a process prints."""
    environment = {**os.environ, "MINGZHANG_HOME": str(home), "PYTHONPATH": str(_ROOT)}
    done = subprocess.run(command, cwd=_ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip().splitlines()[-1]


if __name__ == "__main__":
    raise SystemExit(main())
