"""Where a grid's header begins and ends, and the header path of each column.

Title, department and unit rows inside a grid come before its header; the header lasts while a merged header cell still
waits for its children or reaches down into the next row, and a row of column numbers (1 2 3 … or 栏次) closes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.labels import joined_label
from ingest.numbers.numbers import parse_cell
from ingest.tables.merged_cells import Slot, SlotRow, with_blanks_continued
from ingest.tables.words import is_total, table_words

_MOST_ROWS = 7
_LIST_MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[(（](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])\S"
)
_CODE = re.compile(r"\d{3,9}|[\[(（【]?\d{3,9}[\])）】-].+")
_COLUMN_NUMBER = re.compile(r"[(（]?\d{1,2}[)）]?(?:[=＝][\d+＋\-－—~.…()（）]+)?")
_NUMBERING_WORDS = frozenset({"栏次", "甲", "乙", "丙", "丁", "**", "*", "—", "-", "栏号", "列次"})
_NUMBERING_LABELS = frozenset({"栏次", "栏号", "列次"})
_PAIR = re.compile(r"[^：:\d]{2,12}[：:][^：:]{2,40}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def row_texts(row: SlotRow) -> list[str]:
    """The texts of a row that are not blank, spaces dropped."""
    return [joined_label(slot.text) for slot in row if not slot.blank]


def is_blank(row: SlotRow) -> bool:
    return all(slot.blank for slot in row)


def is_title_row(row: SlotRow, title: str = "") -> bool:
    """Whether a row holds only the table's title, number, department, date or unit."""
    texts = row_texts(row)
    unit = any(table_words().units.search(text) for text in texts)
    return bool(texts) and all(_is_title(text, title) or (unit and _PAIR.fullmatch(text)) for text in texts)


def _is_title(text: str, title: str) -> bool:
    words = table_words()
    patterns = (words.titles, words.units, words.dates)
    if any(pattern.search(text) for pattern in patterns) or words.departments.match(text):
        return True
    whole = joined_label(title)
    return text in whole and len(text) * 5 >= len(whole) * 4 > 0


def unit_in_row(row: SlotRow) -> str:
    """The unit that a title row prints (`单位：万元` → 万元), "" if none."""
    for text in row_texts(row):
        if found := table_words().units.search(text):
            return found.group(1)
    return ""


def is_note_row(row: SlotRow) -> bool:
    texts = row_texts(row)
    return len(texts) == 1 and bool(table_words().notes.search(texts[0]))


def is_numbering_row(row: SlotRow) -> bool:
    """A row of column numbers: 1 2 3 …, 栏次 1 2, 甲 乙 1 2=3+4."""
    printed = row_texts(row)
    also = table_words().code_levels if _NUMBERING_LABELS.intersection(printed) else frozenset()
    texts = [text for text in printed if text not in _NUMBERING_WORDS and text not in also]
    if not texts:
        return len(row_texts(row)) > 1
    if not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(re.sub(r"\D.*", "", text.lstrip("(（"))) for text in texts]
    rising = all(after == before + 1 for before, after in pairwise(numbers))
    return rising and numbers[0] <= 3 and (len(numbers) > 1 or len(row_texts(row)) > 1)


def is_body_row(row: SlotRow) -> bool:
    """Whether a row must be data: it holds an amount, a code, a list mark, or a total and nothing else."""
    texts = row_texts(row)
    if any(_is_amount(text) or _LIST_MARK.match(text) or _CODE.fullmatch(text) for text in texts):
        return True
    return len(texts) == 1 and is_total(texts[0]) and not _spans_all(row)


def _is_amount(text: str) -> bool:
    parsed = parse_cell(text, "元")
    return (
        parsed.malformed
        or (parsed.is_number and not _YEAR.fullmatch(text))
        or (parsed.absence is not None and bool(text))
    )


def _spans_all(row: SlotRow) -> bool:
    return len({slot.owner for slot in row}) == 1


def header_length(rows: Sequence[SlotRow], telling: bool) -> int:
    """How many of the rows (title rows already gone) are header; 0 for a continuation that begins with data."""
    if not rows or is_body_row(rows[0]) or is_numbering_row(rows[0]):
        return 0
    length = 1
    while length < min(len(rows), _MOST_ROWS):
        row = rows[length]
        if is_numbering_row(row) or is_body_row(row):
            break
        if not _reaches_into(rows[:length], row) and not _waits_for_children(rows[:length], telling, is_blank(row)):
            break
        length += 1
    return length


def _reaches_into(header: Sequence[SlotRow], row: SlotRow) -> bool:
    above = {slot.owner for line in header for slot in line}
    return any(slot.owner in above for slot in row)


def _waits_for_children(header: Sequence[SlotRow], telling: bool, blank_row: bool) -> bool:
    """Whether the last header row holds a text that spans several columns."""
    if blank_row:
        return False
    last = (header if telling else with_blanks_continued(header))[-1]
    return any(before.owner == after.owner and before.owner_text.strip() for before, after in pairwise(last))


def header_paths(header: Sequence[SlotRow], telling: bool, width: int) -> list[tuple[str, ...]]:
    """For each column the header texts from top to bottom, wrapped lines joined and spaces dropped."""
    rows = header if telling else with_blanks_continued(header)
    return [_path([row[column] for row in rows if column < len(row)], telling) for column in range(width)]


def _path(slots: Sequence[Slot], telling: bool) -> tuple[str, ...]:
    path: list[str] = []
    for index, slot in enumerate(slots):
        text = joined_label(slot.owner_text)
        merged = index > 0 and slots[index - 1].owner == slot.owner
        repeated = merged or (not telling and path[-1:] == [text])
        if text and not repeated:
            path.append(text)
    return tuple(path)
