"""Which lines are headings, and the path of headings above a line.

A paragraph may begin with the same marks as a heading, and a PDF breaks it into lines: a heading is short, is no
sentence, and does not reach the right margin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingest.labels import joined_label
from ingest.outline.words import (
    heading_mark,
    is_glossary_heading,
    is_note,
    is_sentence,
    is_title,
    mark_ordinal,
    outline_words,
    split_number,
)
from ingest.source import Block, Line

_LONGEST_HEADING = 45
_LONGEST_LOW_HEADING = 28
_LONGEST_UNMARKED = 30
_FULL_SHARE = 0.9
_FULL_MARGIN = 1.3  # in heights of the line: a mark that would not fit is moved to the next line
_NEARLY = 0.8
_LONGEST_WRAPPED_END = 10
_UNMARKED_LEVEL = 1
_NUMBERED = "一二三四五六七八九十"


class Headings:
    """Finds headings among blocks and keeps the path of those that are open."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._open: list[tuple[int, str, str]] = []  # level, ordinal, text
        self._full = _full_width(blocks)
        self._right = _right_margin(blocks)
        self.in_glossary = False

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(text for _, _, text in self._open)

    def take(self, index: int, in_glossary: bool) -> int:
        """Open the heading at an index; how many lines it is printed on, 0 if there is none."""
        line = self._blocks[index]
        if not isinstance(line, Line) or not self.is_heading(index):
            return 0
        mark = heading_mark(line.text)
        level = mark[0] if mark else _UNMARKED_LEVEL
        ordinal = mark_ordinal(mark[1]) if mark else ""
        if in_glossary and not self._ends_glossary(level, ordinal, line.text):
            return 0
        text, count = self._whole_heading(index)
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, ordinal, text))
        self.in_glossary = any(is_glossary_heading(heading) for heading in self.path)
        return count

    def close_glossary(self) -> None:
        """What follows a glossary without a heading of its own does not stand under it."""
        while self.in_glossary:
            self._open.pop()
            self.in_glossary = any(is_glossary_heading(heading) for heading in self.path)

    def is_heading(self, index: int) -> bool:
        line = self._blocks[index]
        if not isinstance(line, Line):
            return False
        mark = heading_mark(line.text)
        if mark is None:
            return self._is_unmarked_heading(index)
        joined = joined_label(line.text)
        rest = joined[len(mark[1]) :]
        longest = _LONGEST_HEADING if mark[0] <= 2 else _LONGEST_LOW_HEADING
        if len(joined) > longest or is_sentence(rest) or rest.endswith(("，", ",", "、", ".", "．")):
            return False
        if mark[0] == 0:
            return True
        if not rest or "：" in rest[:-1] or ":" in rest[:-1] or rest.endswith(("元", "%")):
            return False
        if self.is_full(index):
            return mark[0] <= 2 and self._wrapped_end(index) is not None
        if mark[0] <= 2:
            return True
        return not self._is_nearly_full(index) and not any(sign in rest for sign in "，,、“《")

    def is_full(self, index: int) -> bool:
        """Whether a line reaches the right margin, so that the next one may go on with its sentence."""
        line = self._blocks[index]
        if not isinstance(line, Line):
            return False
        if line.place.box and self._right:
            _, top, right, bottom = line.place.box
            return right >= self._right - _FULL_MARGIN * (bottom - top)
        return _width(line.text) >= self._full

    def _is_nearly_full(self, index: int) -> bool:
        line = self._blocks[index]
        return isinstance(line, Line) and _width(line.text) >= self._full * _NEARLY

    def _is_unmarked_heading(self, index: int) -> bool:
        line = self._blocks[index]
        assert isinstance(line, Line)
        joined = joined_label(line.text)
        if not 3 < len(joined) <= _LONGEST_UNMARKED or not joined.endswith(tuple(outline_words().heading_ends)):
            return False
        if is_sentence(joined) or any(sign in joined for sign in "，,：:、") or is_note(joined) or self.is_full(index):
            return False
        before = self._blocks[index - 1] if index else None
        same_page = isinstance(before, Line) and before.place.page == line.place.page
        return not (same_page and self.is_full(index - 1)) and self._stands_apart(before, line)

    def _wrapped_end(self, index: int) -> Line | None:
        """The short last line of a heading that is wrapped: …支出预算情 / 况说明."""
        line = self._blocks[index]
        following = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if not isinstance(line, Line) or not isinstance(following, Line) or not self._is_nearly_full(index):
            return None
        text = joined_label(following.text)
        whole = joined_label(line.text) + text
        unfinished = len(text) <= _LONGEST_WRAPPED_END and re.fullmatch(r"[\u4e00-\u9fff（）()“”]+", text)
        ends = (*outline_words().heading_ends, "情况", "说明")
        return following if unfinished and whole.endswith(ends) and not heading_mark(text) else None

    def _stands_apart(self, before: Block | None, line: Line) -> bool:
        if not isinstance(before, Line) or before.place.page != line.place.page:
            return True
        if line.place.lines and before.place.lines:
            return line.place.lines[0] > before.place.lines[1] + 1
        return heading_mark(before.text) is not None

    def _whole_heading(self, index: int) -> tuple[str, int]:
        """A heading's text, joined where 第二部分 stands on a line of its own."""
        line = self._blocks[index]
        assert isinstance(line, Line)
        mark = heading_mark(line.text)
        texts = [line.text]
        if mark and mark[0] == 0 and joined_label(line.text) == mark[1]:
            most = 4 if line.place.page is not None else 1
            for block in self._blocks[index + 1 : index + 1 + most]:
                if not isinstance(block, Line) or not self._goes_on(line, block):
                    break
                texts.append(block.text)
        elif mark and mark[0] <= 2 and (end := self._wrapped_end(index)):
            return line.text + end.text, 2
        return " ".join([texts[0], "".join(texts[1:])]).strip(), len(texts)

    def _goes_on(self, heading: Line, line: Line) -> bool:
        if heading.place.page != line.place.page or heading_mark(line.text) or split_number(line.text)[0]:
            return False
        return len(joined_label(line.text)) <= _LONGEST_LOW_HEADING and not is_sentence(line.text)

    def _ends_glossary(self, level: int, ordinal: str, text: str) -> bool:
        """In a glossary 一、 二、 … number its terms; a heading of the glossary's own level must count on from it."""
        glossary = next((entry for entry in self._open if is_glossary_heading(entry[2])), None)
        if glossary is None or level < glossary[0] or is_glossary_heading(text):
            return True
        if level > glossary[0]:
            return level == _UNMARKED_LEVEL and is_title(text)
        return level in (0, _UNMARKED_LEVEL) or _follows(glossary[1], ordinal)


def _follows(before: str, ordinal: str) -> bool:
    if before.isdigit() and ordinal.isdigit():
        return int(ordinal) == int(before) + 1
    numerals = [*_NUMBERED, *("十" + digit for digit in _NUMBERED[:9]), "二十"]
    return before in numerals and ordinal in numerals and numerals.index(ordinal) == numerals.index(before) + 1


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _full_width(blocks: Sequence[Block]) -> float:
    """The width from which a line counts as full: near that of the longest lines, outliers left out."""
    widths = sorted(_width(block.text) for block in blocks if isinstance(block, Line))
    return widths[int(len(widths) * 0.97)] * _FULL_SHARE if widths else 0


def _right_margin(blocks: Sequence[Block]) -> float | None:
    """The right edge that many lines reach, None where readers know no places."""
    edges = sorted(block.place.box[2] for block in blocks if isinstance(block, Line) and block.place.box)
    return edges[int(len(edges) * 0.9)] if len(edges) > 20 else None
