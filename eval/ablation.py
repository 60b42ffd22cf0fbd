"""What each part of the assistant is worth: the same cases asked with that part switched off.

The assistant has no switches; a part is put out of work here by the one function through which it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from typing import Any
from unittest.mock import patch

from assistant.exemplars import match_exemplars
from assistant.names.linking import Link, Linker
from assistant.names.meaning import Meaning
from assistant.names.spelling import Speller
from assistant.texts.passages import Passages
from eval.judging import FALSE, Outcome
from eval.records import Ablation, RunResult
from eval.reporting import accuracy


class Part(StrEnum):
    DENSE = "dense"  # names and passages near in meaning, by vectors
    LEXICAL = "lexical"  # names and passages by the words they share: only whole names are left
    EXEMPLARS = "exemplars"  # kinds of question by example
    TYPOS = "typos"  # names by their sound


@contextmanager
def without(part: Part) -> Iterator[None]:
    """The part finds nothing while this holds; assistants must be opened within."""
    with ExitStack() as off:
        match part:
            case Part.DENSE:
                off.enter_context(patch.object(Meaning, "nearest", lambda *_, **__: ()))
            case Part.LEXICAL:
                off.enter_context(patch.object(Linker, "link", _whole_names_only(Linker.link)))
                off.enter_context(patch.object(Passages, "find", lambda *_, **__: []))
            case Part.EXEMPLARS:
                for module, name in _users(match_exemplars):
                    off.enter_context(patch.object(module, name, lambda *_, **__: []))
            case Part.TYPOS:
                off.enter_context(patch.object(Speller, "correct", lambda _, text, known=(): text))
        yield


def _whole_names_only(link: Callable[..., list[Link]]) -> Callable[..., list[Link]]:
    return lambda *given, **named: [found for found in link(*given, **named) if found.how == "exact"]


def _users(function: object) -> list[tuple[Any, str]]:
    """The modules of the assistant that have a function under a name of theirs."""
    ours = [module for name, module in sys.modules.items() if name.partition(".")[0] == "assistant"]
    return [(module, name) for module in ours for name, value in vars(module).items() if value is function]


def ablation_of(part: Part, with_all: RunResult, without_it: RunResult) -> Ablation:
    """What is lost; both runs ask the same turns."""
    right = {turn.key for turn in without_it.turns if turn.outcome is Outcome.RIGHT}
    lost = tuple(t.key for t in with_all.turns if t.outcome is Outcome.RIGHT and t.key not in right)
    return Ablation(
        part=part,
        accuracy=round(accuracy(without_it.turns), 4),
        false=sum(turn.outcome in FALSE for turn in without_it.turns),
        lost=lost,
    )
