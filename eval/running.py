"""Asks all cases through the public interface, in one process, each dialogue in its own conversation."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer
from assistant.means import ALL_MEANS, Means
from eval.citing import Sources, false_citations, loose_figures
from eval.expectations import AsksBack, Case, Declined, Expectation, Listing, Number, Readings, Text, Turn, Verdict
from eval.judging import Judgement, Outcome, judge
from eval.records import Conditions, RunResult, TurnResult
from ingest.home import Settings

_COMMAND = (sys.executable, "-c", "from assistant.cli import main; raise SystemExit(main())")


class Conversation(Protocol):
    """What running needs of `assistant.conversation`."""

    @property
    def last_plan(self) -> object: ...

    def ask(self, text: str) -> Answer: ...


class Assistant(Protocol):
    """What running needs of `assistant.assistant`; any other way of answering can be measured in its place."""

    def conversation(self, documents: Sequence[str] = ()) -> Conversation: ...


def ingest(paths: Iterable[Path], home: Path) -> None:
    """Read documents into the home as a user would; what cannot be read is told on the terminal and passed over."""
    subprocess.run([*_COMMAND, "ingest", *map(str, paths), "--home", str(home)], check=False)


def documents_in(home: Path) -> frozenset[str]:
    """The names of the documents in the home; CalledProcessError when it cannot be opened."""
    command = [*_COMMAND, "documents", "--json", "--home", str(home)]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return frozenset(document["name"] for document in json.loads(listed))


def open_assistant(home: Path, means: frozenset[Means] = ALL_MEANS) -> Assistant:
    from assistant.assistant import Assistant as Installed

    assistant: Assistant = Installed.open(home, means)
    return assistant


def run_cases(
    cases: tuple[Case, ...],
    assistant: Assistant,
    loaded: frozenset[str] | None = None,
    usual: tuple[str, ...] = (),
    sources: Sources | None = None,
) -> RunResult:
    """Every case; those that name a document outside `loaded` are skipped and listed.

    Cases that name no document are asked of the `usual` ones, () for all. Citations are looked up in `sources`.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    asked = [case for case in cases if loaded is None or loaded.issuperset(case.documents)]
    turns = tuple(turn for case in asked for turn in _run_case(case, assistant, usual, sources or Sources(())))
    conditions = Conditions(
        commit=commit(),
        started=started.isoformat(timespec="seconds"),
        machine=machine(),
        python=platform.python_version(),
        cases=tuple(sorted({case.kind for case in asked})),
        seconds=round(time.perf_counter() - clock, 2),
        settings={name: str(value) for name, value in asdict(Settings.from_environment()).items() if value is not None},
    )
    names = {case.id for case in asked}
    return RunResult(conditions=conditions, turns=turns, skipped=tuple(c.id for c in cases if c.id not in names))


def _run_case(case: Case, assistant: Assistant, usual: tuple[str, ...], sources: Sources) -> Iterator[TurnResult]:
    conversation = assistant.conversation(documents=case.documents or usual)
    for position, turn in enumerate(case.turns, 1):
        clock = time.perf_counter()
        answer, judgement = _ask(conversation, turn)
        elapsed = (time.perf_counter() - clock) * 1000
        yield TurnResult(
            case=case.id,
            turn=position,
            kind=case.kind,
            asker=case.asker,
            language=case.language,
            held_out=case.held_out,
            question=turn.question,
            expected=expected_in_words(turn),
            counts_number=isinstance(turn.expected, Number),
            outcome=judgement.outcome,
            reason=judgement.reason,
            answer=answer.public() if answer else None,
            plan=str(getattr(conversation, "last_plan", "")),
            elapsed_ms=round(elapsed, 2),
            loose=loose_figures(answer, sources) if answer else (),
            false_citations=false_citations(answer, sources) if answer else (),
        )


def _ask(conversation: Conversation, turn: Turn) -> tuple[Answer | None, Judgement]:
    """One answer with its judgement; a crash is a result too, so that a run always ends with a report."""
    try:
        answer = conversation.ask(turn.question)
    except Exception:
        return None, Judgement(Outcome.RAISED, traceback.format_exc(limit=-4).strip())
    return answer, judge(turn, answer)


def expected_in_words(turn: Turn) -> str:
    """The expectation as one line for a report."""
    words = [_in_words(turn.expected), *(f"含 {'|'.join(group)}" for group in turn.contains)]
    return "；".join([word for word in words if word] + [f"不含 {part}" for part in turn.excludes])


def _in_words(expected: Expectation) -> str:
    match expected:
        case Number(figure):
            return str(figure)
        case Listing(labels, _, ordered):
            return ("依次 " if ordered else "") + "、".join(labels)
        case Verdict(holds):
            return "是" if holds else "否"
        case Text():
            return ""
        case Declined(reason):
            return f"应说没有（{reason}）" if reason else "应说没有"
        case AsksBack(choices):
            return f"应反问 {'、'.join(choices)}"
        case Readings(figures, words):
            return "应反问或并列 " + "、".join([*map(str, figures), *words])


def machine() -> str:
    """What a time was measured on: architecture, system, cores and memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{platform.machine()} {platform.system()}, {os.cpu_count()} cores, {memory:.0f} GiB"


def commit() -> str:
    """The version under test, marked when files differ from it."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=Path(__file__).parent, capture_output=True, text=True
    )
    return done.stdout.strip()
