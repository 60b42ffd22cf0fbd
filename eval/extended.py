"""What a run measures on wish beside the cases: the plain alternative, runs without a part, attacks on the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.means import ALL_MEANS, Means
from eval.ablation import ablation_of
from eval.adversarial import attack_with_inventions, attack_with_mutations, false_alarms
from eval.expectations import Case
from eval.judging import Outcome, judge
from eval.records import RunResult

Run = Callable[[frozenset[Means]], RunResult]


def with_alternative(result: RunResult, cases: Sequence[Case], files: Sequence[Path]) -> RunResult:
    """Plain RAG over the cases that are about these files."""
    from eval.model_answers import ChatModel
    from eval.rag import measure

    asked = [case for case in cases if not case.documents]
    return result.model_copy(update={"alternative": measure(asked, files, ChatModel.configured())})


def with_ablations(result: RunResult, run: Run) -> RunResult:
    """The same run once more without each of the assistant's means."""
    found = tuple(ablation_of(each, result, run(ALL_MEANS - {each})) for each in Means)
    return result.model_copy(update={"ablations": found})


def with_attacks(
    result: RunResult, cases: Sequence[Case], home: Path, documents: Sequence[str], count: int
) -> RunResult:
    """Inventions about what the ledger knows, and changes of right answers to the cases that are about these documents."""
    assistant = Assistant.open(home)
    right = list(right_answers([case for case in cases if not case.documents], assistant, documents))
    catalog = assistant.catalog(documents)
    attacks = (
        attack_with_inventions(catalog, count),
        attack_with_mutations(catalog, right, count),
        false_alarms(catalog, right),
    )
    return result.model_copy(update={"attacks": attacks})


def right_answers(cases: Sequence[Case], assistant: Assistant, documents: Sequence[str]) -> Iterator[Answer]:
    """With the cells they cite, which results do not keep."""
    for case in cases:
        conversation = assistant.conversation(documents)
        for turn in case.turns:
            answer = conversation.ask(turn.question)
            if judge(turn, answer).outcome is Outcome.RIGHT:
                yield answer
