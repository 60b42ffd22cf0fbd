"""Asks about generated documents that were ingested, and judges the answers: a process of its own."""

from __future__ import annotations

import argparse
import cProfile
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.assistant import Assistant
from eval.expectations import Case
from eval.generator.making_up import made_up_budget
from eval.growth.measuring import most_spent, peak_memory_mb
from eval.growth.questions import across, cases_of
from eval.growth.records import Answered, Asked
from eval.growth.wish import carry_over, spread, wish_of
from eval.judging import judge
from ingest.search.embedding import embed_query


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--asked", type=int, default=10, help="of how many documents")
    options = parser.parse_args()
    wish = wish_of(options.documents)
    numbers = spread(options.documents, options.asked)
    budgets = [made_up_budget(n, wish.seed, wish.projects, carry_over(n)) for n in range(options.documents)]
    cases = list(cases_of([budgets[number] for number in numbers]))
    print(ask(options.home, cases, across(budgets)).model_dump_json())


def ask(home: Path, cases: Sequence[Case], of_all: Case) -> Answered:
    """Every case twice in one process, at last the one `of_all`; the very first answer is timed from opening the ledger."""
    profile = cProfile.Profile()
    clock = time.perf_counter()
    assistant = Assistant.open(home)
    assistant.conversation().ask(cases[0].turns[0].question)
    opening = (time.perf_counter() - clock) * 1000
    asked = tuple(_asked(assistant, case) for case in cases)
    profile.enable()
    for case in cases:
        _timed(assistant, case)
    profile.disable()
    asked = (*asked, _asked(assistant, of_all))
    assistant.close()
    return Answered(opening_ms=round(opening, 2), asked=asked, memory_mb=peak_memory_mb(), profile=most_spent(profile))


def _asked(assistant: Assistant, case: Case) -> Asked:
    answer, first = _timed(assistant, case)
    again = _timed(assistant, case)[1]
    turn = case.turns[0]
    outcome = judge(turn, answer).outcome
    return Asked(kind=case.kind, question=turn.question, outcome=outcome, first_ms=first, again_ms=again)


def _timed(assistant: Assistant, case: Case) -> tuple[Answer, float]:
    embed_query.cache_clear()
    clock = time.perf_counter()
    answer = assistant.conversation().ask(case.turns[0].question)
    return answer, round((time.perf_counter() - clock) * 1000, 2)


if __name__ == "__main__":
    main()
