"""The table of contents: found by its heading and its entries, and kept out of everything else.

It repeats every title of the document, so nothing may be read from it. It ends where the document itself begins: where
its first entry is printed again, or a line stands that is no entry.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.labels import joined_label
from ingest.outline.captions import caption_end
from ingest.outline.words import (
    contents_entry,
    heading_mark,
    is_contents_mark,
    is_sentence,
    is_title,
    split_number,
    without_mark,
)
from ingest.source import Block, Grid, Line, Place

_LONGEST_ENTRY = 60
_MOST_ENTRIES = 150
_MOST_COLUMNS = 6
_SHARE_OF_ENTRIES = 0.6


def contents_end(blocks: Sequence[Block], start: int) -> int | None:
    """The index behind the contents that begin with the line 目录 at `start`; None if they do not begin there."""
    block = blocks[start]
    if not isinstance(block, Line) or not is_contents_mark(block.text):
        return None
    seen: list[str] = []
    index = start + 1
    while index < min(len(blocks), start + _MOST_ENTRIES):
        entry = blocks[index]
        if isinstance(entry, Grid):
            if not _is_contents_grid(entry):
                break
            index += 1
            seen.extend(contents_entry(line.text)[0] for line in grid_lines(entry))
            continue
        if _begins_document(entry.text, seen) or _begins_table(blocks, index, seen):
            return index
        if not _is_entry(entry, block.place.page):
            return _without_entries_of_page(blocks, start, index)
        seen.append(contents_entry(entry.text)[0])
        index += 1
    return index


def contents_lines(blocks: Sequence[Block]) -> list[Line]:
    """The lines of the contents, a row of a grid as one line."""
    return [line for block in blocks for line in (grid_lines(block) if isinstance(block, Grid) else [block])]


def grid_lines(grid: Grid) -> list[Line]:
    lines = []
    for row in grid.rows:
        text = " ".join(cell.text.strip() for cell in row if cell.text.strip())
        if text:
            lines.append(Line(text, Place(page=row[0].place.page, lines=row[0].place.lines)))
    return lines


def _is_contents_grid(grid: Grid) -> bool:
    """Rows of titles, with or without page numbers, and nothing else."""
    lines = grid_lines(grid)
    entries = sum(1 for line in lines if _looks_like_entry(line.text))
    return grid.width <= _MOST_COLUMNS and entries >= _SHARE_OF_ENTRIES * max(len(lines), 1)


def _begins_document(text: str, seen: Sequence[str]) -> bool:
    """Whether a line prints the first entry, or a part's heading, for the second time."""
    entry, numbered = contents_entry(text)
    if not seen or numbered:
        return False
    mark = heading_mark(text)
    if entry == seen[0] or (mark and mark[0] == 0 and seen[0].startswith(entry)):
        return True
    if not mark or mark[0] != 0:
        return False
    return any((other := heading_mark(line)) is not None and other == mark for line in seen)


def _begins_table(blocks: Sequence[Block], index: int, seen: Sequence[str]) -> bool:
    """Whether a table's caption begins here: on another page than the entry before it, or with a title seen before."""
    end = caption_end(blocks, index)
    grid = blocks[end] if end is not None else None
    line, before = blocks[index], blocks[index - 1]
    if not isinstance(grid, Grid) or _is_contents_grid(grid) or not isinstance(line, Line):
        return False
    page_before = before.rows[-1][0].place.page if isinstance(before, Grid) else before.place.page
    if line.place.page is not None:
        return line.place.page != page_before
    return without_mark(line.text) in {without_mark(entry) for entry in seen}


def _is_entry(line: Line, first_page: int | None) -> bool:
    if _looks_like_entry(line.text):
        return True
    on_the_page = first_page is not None and line.place.page == first_page
    return on_the_page and len(joined_label(line.text)) <= _LONGEST_ENTRY // 2 and not is_sentence(line.text)


def _looks_like_entry(text: str) -> bool:
    entry, numbered = contents_entry(text)
    if len(entry) > _LONGEST_ENTRY or is_sentence(entry):
        return False
    return numbered or heading_mark(text) is not None or is_title(text) or bool(split_number(text)[0])


def _without_entries_of_page(blocks: Sequence[Block], start: int, end: int) -> int:
    """Headings at the top of the page on which the contents end are the document's own."""
    stop, first = blocks[end], blocks[start]
    page = stop.place.page if isinstance(stop, Line) else None
    if page is None or not isinstance(first, Line) or page == first.place.page:
        return end
    while end - 1 > start:
        before = blocks[end - 1]
        if not isinstance(before, Line) or before.place.page != page or contents_entry(before.text)[1]:
            break
        end -= 1
    return end
