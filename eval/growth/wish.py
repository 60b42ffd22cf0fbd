"""Which documents the growth bench generates: text in all layouts in turn, so that every size holds the same mixture."""

from __future__ import annotations

from eval.generator.generating import Wish
from eval.generator.layouts import CARRY_OVER, LAYOUTS

_SEED, _PROJECTS = 1, 4


def wish_of(documents: int) -> Wish:
    return Wish(count=documents, seed=_SEED, projects=_PROJECTS)


def carry_over(number: int) -> bool:
    """Whether the `number`-th document is of a layout that shows the carry-over."""
    return list(LAYOUTS)[number % len(LAYOUTS)] in CARRY_OVER


def spread(documents: int, wanted: int) -> list[int]:
    """Numbers of documents evenly over all of them."""
    count = min(documents, wanted)
    return [index * documents // count for index in range(count)]
