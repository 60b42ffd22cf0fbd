"""What a dialogue is about: each turn's question with its plan and result, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.computing.results import Result
from assistant.plan import Plan
from assistant.question import Question

_MOST = 6  # turns that can still be meant


@dataclass(frozen=True, slots=True)
class Focus:
    """A turn and those before it. The question's text may hold marks that stand for referents of earlier turns."""

    question: Question
    plan: Plan
    result: Result | None
    before: Focus | None = None
    rows: tuple[str, ...] = ()  # what the answer cited

    @property
    def depth(self) -> int:
        """How many turns came before."""
        return 0 if self.before is None else self.before.depth + 1

    def turns(self) -> Iterator[Focus]:
        """This turn and those before it that can still be meant, newest first."""
        each: Focus | None = self
        for _ in range(_MOST):
            if each is None:
                return
            yield each
            each = each.before

    @property
    def answered(self) -> bool:
        return self.result is None or self.result.missing is None
