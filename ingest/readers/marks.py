"""What is drawn on one page, whatever drew it: glyphs and rules in points from the page's upper left corner.

A landscape table printed sideways on a portrait page is turned upright here, so that everything after reads from left
to right; `Marks.place_box` turns a box back to where it stands on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """One character and its box; `size` is the height of its font."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


class Rule(NamedTuple):
    """A straight ruling line: a horizontal one lies at y = `at` and runs from x = `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Marks:
    """A page's glyphs, its visible rules, and the edges of its white fills, which rule a table when nothing else does.

    `turns` counts the quarter turns clockwise that made the text upright; `width` and `height` are those after turning.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    faint_rules: list[Rule]
    image_share: float = 0.0
    turns: int = 0

    def place_box(self, box: Box) -> Box:
        """The box of an upright mark where it stands on the page as shown, rounded to a tenth of a point."""
        left, top, right, bottom = box
        if self.turns == 1:
            left, top, right, bottom = top, self.width - right, bottom, self.width - left
        elif self.turns == 2:
            left, top, right, bottom = (
                self.width - right,
                self.height - bottom,
                self.width - left,
                self.height - top,
            )
        elif self.turns == 3:
            left, top, right, bottom = self.height - bottom, left, self.height - top, right
        return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def turned(marks: Marks, turns: int) -> Marks:
    """The same page turned clockwise by quarter turns."""
    if turns == 0:
        return marks
    turn = _turn(turns, marks.width, marks.height)
    upright = turns == 2
    return Marks(
        width=marks.width if upright else marks.height,
        height=marks.height if upright else marks.width,
        glyphs=[Glyph(glyph.text, *turn(glyph[1:5]), glyph.size) for glyph in marks.glyphs],
        rules=[_turned_rule(rule, turn) for rule in marks.rules],
        faint_rules=[_turned_rule(rule, turn) for rule in marks.faint_rules],
        image_share=marks.image_share,
        turns=turns,
    )


def _turn(turns: int, width: float, height: float) -> Callable[[Box], Box]:
    if turns == 1:
        return lambda box: (height - box[3], box[0], height - box[1], box[2])
    if turns == 2:
        return lambda box: (width - box[2], height - box[3], width - box[0], height - box[1])
    return lambda box: (box[1], width - box[2], box[3], width - box[0])


def _turned_rule(rule: Rule, turn: Callable[[Box], Box]) -> Rule:
    if rule.horizontal:
        left, top, right, bottom = turn((rule.start, rule.at, rule.end, rule.at))
    else:
        left, top, right, bottom = turn((rule.at, rule.start, rule.at, rule.end))
    if right - left >= bottom - top:
        return Rule(True, top, left, right)
    return Rule(False, left, top, bottom)
