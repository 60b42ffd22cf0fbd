"""A turn as it is understood."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.plan import Plan
from assistant.question import Question


@dataclass(frozen=True, slots=True)
class Reading:
    """The question in full, with marks for what it points at, and its plan."""

    question: Question
    plan: Plan
    word_by_word: bool = False  # nothing of the turn is left to understand
