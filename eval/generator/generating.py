"""Generates documents: the same seed gives the same files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.generator.budget import Budget
from eval.generator.drawing import Document, Known
from eval.generator.layouts import CARRY_OVER, LAYOUTS
from eval.generator.making_up import made_up_budget
from eval.generator.mistakes import Mistake, with_mistakes
from eval.generator.writers import FORMATS, write


@dataclass(frozen=True, slots=True)
class Wish:
    """What to generate. `layout` and `format` "" take turns over all of them; `mistakes` is for each document."""

    count: int = 1
    seed: int = 1
    layout: str = ""
    format: str = "txt"
    projects: int = 8
    mistakes: int = 0


@dataclass(frozen=True, slots=True)
class Generated:
    """A written document: what it states as printed, and where that is wrong."""

    path: Path
    layout: str
    budget: Budget
    document: Document
    mistakes: tuple[Mistake, ...]

    @property
    def known(self) -> tuple[Known, ...]:
        return self.document.known


def generate(folder: Path, wish: Wish) -> Iterator[Generated]:
    """Writes the documents one by one into the folder, each of another department or year."""
    for number in range(wish.count):
        yield generate_one(folder, wish, number)


def generate_one(folder: Path, wish: Wish, number: int) -> Generated:
    layout = wish.layout or list(LAYOUTS)[number % len(LAYOUTS)]
    kind = wish.format or FORMATS[number // len(LAYOUTS) % len(FORMATS)]
    budget = made_up_budget(number, wish.seed, wish.projects, carry_over=layout in CARRY_OVER)
    document, mistakes = with_mistakes(LAYOUTS[layout](budget, wish.seed), wish.mistakes, wish.seed)
    path = folder / f"{number:04}-{budget.department}-{budget.year}.{kind}"
    folder.mkdir(parents=True, exist_ok=True)
    write(document, path)
    return Generated(path, layout, budget, document, mistakes)
