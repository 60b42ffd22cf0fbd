"""Rows of a budget: functional items with their sections and classes, economic items, balances, projects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from eval.generator.budget import Amount, Budget, Item
from eval.generator.drawing import Labels
from eval.generator.figures import Figure
from eval.generator.tables import Row
from eval.generator.words import words

_ORDINALS = "一二三四五六七八九十"
Figures = tuple[Figure, ...]


class Codes(Enum):
    """How a code stands beside its name: in one column, split by level over three (economic: two), in brackets."""

    ONE = 1
    SPLIT = 3
    BRACKETS = 0


def functional_rows(items: Sequence[Item], figures: Callable[[Sequence[Item]], Figures], codes: Codes) -> Iterator[Row]:
    """Each item below its section and class, which add up their items."""
    named = [(words().classes[item.code[:3]], words().sections[item.code[:5]].name, item.name) for item in items]
    for position, (item, names) in enumerate(zip(items, named, strict=True)):
        before = items[position - 1].code if position else ""
        for depth, length in enumerate((3, 5, 7)):
            prefix = item.code[:length]
            if not before.startswith(prefix):
                below = [other for other in items if other.code.startswith(prefix)]
                yield _coded(prefix, names[: depth + 1], figures(below), codes, (3, 5, 7))


def economic_rows(budget: Budget, figures: Callable[[Amount, bool], Figures], codes: Codes) -> Iterator[Row]:
    """Each economic item below its category; `figures` are those of an amount, and whether it goes to people."""
    for entries, is_personnel in ((budget.personnel, True), (budget.operating, False)):
        category = entries[0][0][:3]
        name = words().economic_categories[category]
        yield _coded(category, (name,), figures(sum(entry[2] for entry in entries), is_personnel), codes, (3, 5))
        for code, label, amount in entries:
            yield _coded(code, (name, label), figures(amount, is_personnel), codes, (3, 5))


def _coded(code: str, names: Labels, figures: Figures, codes: Codes, lengths: Sequence[int]) -> Row:
    above = [code[:length] for length in lengths if length < len(code)]
    if codes is Codes.BRACKETS:
        labels = tuple(f"[{prefix}]{name}" for prefix, name in zip([*above, code], names, strict=True))
        return Row((labels[-1],), figures, labels[-1], code, labels[:-1])
    cuts = lengths if codes is Codes.SPLIT else lengths[-1:]
    parts = tuple(code[low:high] for low, high in zip([0, *cuts], cuts, strict=False))
    return Row((*parts, names[-1]), figures, names[-1], code, names[:-1])


def class_rows(budget: Budget, figures: Callable[[Sequence[Item]], Figures], mark: str = "{}、") -> Iterator[Row]:
    """Every class of the classification with its ordinal, also those that the department has nothing in."""
    for position, (code, name) in enumerate(words().classes.items(), 1):
        below = [item for item in budget.items if item.code.startswith(code)]
        yield named_row(f"{mark.format(ordinal(position))}{name}", *figures(below))


def named_row(label: str, *figures: Figure) -> Row:
    return Row((label,), figures)


def ordinal(number: int) -> str:
    """1–99 in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_ORDINALS[tens - 1]}十"
    return head + (_ORDINALS[ones - 1] if ones else "")


def current(items: Sequence[Item]) -> Amount:
    return sum(item.current for item in items)


def carried(items: Sequence[Item]) -> Amount:
    return sum(item.carried_over for item in items)


def basic(items: Sequence[Item]) -> Amount:
    return sum(item.basic for item in items)


def project(items: Sequence[Item]) -> Amount:
    return sum(item.project for item in items)
