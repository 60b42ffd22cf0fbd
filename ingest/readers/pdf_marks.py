"""What pdfminer knows of a file, and one PDF page to marks, straight from its layout objects.

pdfplumber's own `chars` and `rects` copy every object into a dictionary, which takes as long as parsing the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pdfminer.layout import LTChar, LTComponent, LTCurve, LTFigure, LTImage, LTLine, LTPage, LTRect
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import resolve1

from ingest.readers.marks import Box, Glyph, Marks, Rule, turned

_THIN = 2.5  # a filled rectangle up to this thick is a rule
_SHORTEST = 2.0
_WHITE = 0.985
_MOST_PATCHES = 200  # more white fills than this are the cells of a table
_DEEPEST, _HIGHEST, _USUAL_DEPTH = -0.55, 0.15, 0.2  # of a font's foot against its baseline, in font sizes
_NARROWEST, _OVERLAP = 0.2, 0.75  # of a step to the next glyph: in font sizes, and in widths of the glyph


def layout_to_marks(layout: LTPage) -> Marks:
    """The page's marks, turned so that most of its text is upright. Slanted text (watermarks) is left out."""
    width, height = layout.x1, layout.y1
    glyphs: dict[int, list[Glyph]] = {0: [], 1: [], 2: [], 3: []}
    rules: list[Rule] = []
    faint: list[Rule] = []
    patches: list[tuple[Box, int]] = []
    image_share = 0.0
    for item in _leaves(layout):
        if _is_patch(item):
            patches.append(((item.x0, height - item.y1, item.x1, height - item.y0), len(glyphs[0])))
        if isinstance(item, LTChar):
            turns = _quarter_turns(item.matrix)
            text = item.get_text()
            if turns is not None and not text.isspace() and _is_inside(item, width, height):
                size = item.y1 - item.y0 if turns % 2 == 0 else item.x1 - item.x0
                text = "" if text.startswith("(cid:") else text
                foot = _foot(item, size) if turns == 0 else item.y0
                glyphs[turns].append(Glyph(text, item.x0, height - foot - item.height, item.x1, height - foot, size))
        elif isinstance(item, LTCurve):
            _add_rules(item, height, rules, faint)
        elif isinstance(item, LTImage):
            image_share = max(image_share, (item.x1 - item.x0) * (item.y1 - item.y0) / (width * height or 1))
    turns = max(glyphs, key=lambda turn: len(glyphs[turn]))
    drawn = _narrowed(_without_painted_over(glyphs[turns], patches)) if turns == 0 else glyphs[turns]
    return turned(Marks(width, height, drawn, rules, faint, image_share), turns)


def _is_patch(item: LTComponent) -> bool:
    """Whether an object may hide what was drawn before it: a white fill or a picture."""
    if isinstance(item, LTCurve):
        return bool(item.fill) and _is_white(item.non_stroking_color) and min(item.width, item.height) > _THIN
    return isinstance(item, LTImage)


def _without_painted_over(glyphs: list[Glyph], patches: Sequence[tuple[Box, int]]) -> list[Glyph]:
    """Glyphs without those under a patch on which other text was written in their place, as people do who correct a
    title in a finished file. `patches` come with the number of glyphs drawn before each."""
    if len(patches) > _MOST_PATCHES:
        return glyphs
    gone: set[int] = set()
    for box, count in patches:
        before = [index for index in range(count) if _is_within(glyphs[index], box)]
        after = [glyph for glyph in glyphs[count:] if _is_within(glyph, box)] if before else []
        if any(_is_over(glyph, glyphs[index]) for glyph in after for index in before):
            gone.update(before)
    return [glyph for index, glyph in enumerate(glyphs) if index not in gone] if gone else glyphs


def _is_within(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_over(glyph: Glyph, below: Glyph) -> bool:
    """Whether another character was written where one stood."""
    near = abs(glyph.top - below.top) < 0.2 * glyph.size and abs(glyph.left - below.left) < 0.5 * glyph.size
    return near and glyph.text != below.text


def _narrowed(glyphs: list[Glyph]) -> list[Glyph]:
    """Glyphs that the next one is drawn into end where it begins: fonts that give all their digits a full width."""
    wide = [
        glyph.top == after.top
        and _NARROWEST * glyph.size < after.left - glyph.left < _OVERLAP * (glyph.right - glyph.left)
        for glyph, after in pairwise(glyphs)
    ]
    if not any(wide):
        return glyphs
    kept = list(glyphs)
    for index, overlaps in enumerate(wide):
        glyph, after = glyphs[index], glyphs[index + 1]
        if overlaps:
            kept[index] = glyph._replace(right=after.left)
            kept[index + 1] = after._replace(right=min(after.right, after.left + after.left - glyph.left))
    return kept


def _leaves(container: LTPage | LTFigure) -> Iterator[LTComponent]:
    for item in container:
        if isinstance(item, LTFigure):
            yield from _leaves(item)
        else:
            yield item


def _foot(item: LTChar, size: float) -> float:
    """Where an upright glyph ends below. Some fonts, of typesetting programs most, say that they reach a whole line below
    their baseline: those stand as far below it as fonts usually do."""
    below = (item.y0 - item.matrix[5]) / size if size else 0.0
    return item.y0 if _DEEPEST <= below <= _HIGHEST else item.matrix[5] - _USUAL_DEPTH * size


def _quarter_turns(matrix: tuple[float, float, float, float, float, float]) -> int | None:
    """How many quarter turns clockwise make a glyph with this text matrix upright; None if it is slanted."""
    a, b, c, d = matrix[:4]
    if abs(b) * 10 <= abs(a) and abs(c) * 3 <= abs(d):
        return 0 if a > 0 else 2
    if abs(a) * 10 <= abs(b):
        return 1 if b > 0 else 3
    return None


def _is_inside(item: LTChar, width: float, height: float) -> bool:
    return -5 <= item.x0 <= width + 5 and -5 <= item.y0 <= height + 5  # also False for NaN


def _add_rules(item: LTCurve, height: float, rules: list[Rule], faint: list[Rule]) -> None:
    left, bottom, right, top = item.bbox
    if not all(map(math.isfinite, item.bbox)) or max(right - left, top - bottom) < _SHORTEST:
        return
    top, bottom = height - top, height - bottom
    if not isinstance(item, LTLine | LTRect) and not _is_rectangular(item):
        return
    stroked = item.stroke and not _is_white(item.stroking_color)
    filled = item.fill and not _is_white(item.non_stroking_color)
    if min(right - left, bottom - top) <= _THIN:
        if stroked or filled:
            rules.append(_thin_rule(left, top, right, bottom))
    elif isinstance(item, LTLine):
        return  # a slanted line
    else:
        kept = rules if stroked or filled else faint
        kept.extend((Rule(True, top, left, right), Rule(True, bottom, left, right)))
        kept.extend((Rule(False, left, top, bottom), Rule(False, right, top, bottom)))


def _thin_rule(left: float, top: float, right: float, bottom: float) -> Rule:
    if right - left >= bottom - top:
        return Rule(True, (top + bottom) / 2, left, right)
    return Rule(False, (left + right) / 2, top, bottom)


def _is_rectangular(item: LTCurve) -> bool:
    """Whether a path of straight strokes fills its box: some producers draw every rule so, with mitred ends."""
    left, bottom, right, top = item.bbox
    if not 2 <= len(item.pts) <= 8 or any(step[0] not in "mlh" for step in item.original_path or ()):
        return False
    thickness = min(right - left, top - bottom)
    near = max(0.6, thickness + 0.1) if thickness <= _THIN else 0.6
    return all(min(x - left, right - x) <= near and min(y - bottom, top - y) <= near for x, y in item.pts)


def _is_white(color: object) -> bool:
    """Whether a colour of any colour space is white; an unknown one is not."""
    parts = color if isinstance(color, tuple | list) else (color,)
    numbers = [float(part) for part in parts if isinstance(part, int | float)]
    if len(numbers) != len(parts) or not numbers:
        return False
    if len(numbers) == 4:
        return max(numbers) <= 1 - _WHITE
    return min(numbers) >= _WHITE


def declared_page_count(document: PDFDocument) -> int:
    """How many pages the file says it has; 0 if it does not say."""
    tree = resolve1(document.catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, dict) else 0
    return count if isinstance(count, int) else 0
