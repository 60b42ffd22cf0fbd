"""By which means names, passages and kinds of question are found: all of them, unless an evaluation leaves one out."""

from __future__ import annotations

from enum import StrEnum


class Means(StrEnum):
    """`DENSE` finds names near in meaning by vectors, `LEXICAL` names and passages by the words they share (without it only
    whole names are left), `EXEMPLARS` kinds of question by example, `TYPOS` names by their sound and look."""

    DENSE = "dense"
    LEXICAL = "lexical"
    EXEMPLARS = "exemplars"
    TYPOS = "typos"


ALL_MEANS = frozenset(Means)
