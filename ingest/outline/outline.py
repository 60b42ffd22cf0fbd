"""Where a document's tables, performance sheets, prose and glossary begin, and whose and which year's it is.

Everything is found by structure and by vocabulary/*.yaml (title words, heading marks, unit lines), never by a table's
number or a line number: the same number means different tables by province and year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.errors import NotADisclosureError
from ingest.labels import joined_label
from ingest.outline.captions import source_to_blocks
from ingest.outline.contents import contents_end, contents_lines
from ingest.outline.division import blocks_to_parts
from ingest.outline.identity import blocks_to_identity, title_texts
from ingest.outline.parts import GlossaryPart, Part, ProsePart, SheetPart, TablePart
from ingest.outline.titles import stand_in, table_kinds
from ingest.outline.words import heading_mark, is_notice_number, is_notice_title, outline_words
from ingest.sheets.grids import is_sheet
from ingest.source import Block, Grid, Line, Source

__all__ = ["GlossaryPart", "Outline", "Part", "ProsePart", "SheetPart", "TablePart", "source_to_outline"]

_WORDS_BESIDE_TABLES = 3
_WORDS_OF_PROSE = 5
_NOTICE_LINES = 15


@dataclass(frozen=True, slots=True)
class Outline:
    """`kind` is "budget", "final_accounts" or ""; `year` the year the document is about; parts in reading order."""

    title: str
    department: str
    year: int | None
    kind: str
    parts: tuple[Part, ...]
    contents: tuple[Line, ...] = ()  # the table of contents, kept out of everything else


def source_to_outline(source: Source) -> Outline:
    """Divide a source into its parts; NotADisclosureError if hardly anything in it is of a budget."""
    blocks = source_to_blocks(source)
    body, contents, cover = _without_contents(blocks)
    parts = _with_stand_ins(blocks_to_parts(body))
    _refuse_if_no_disclosure(source, blocks, parts)
    titles = [*title_texts(body), *(part.title for part in parts if isinstance(part, TablePart | SheetPart))]
    identity = blocks_to_identity(body, cover, titles, source.name)
    return Outline(identity.title, identity.department, identity.year, identity.kind, tuple(parts), tuple(contents))


def _without_contents(blocks: Sequence[Block]) -> tuple[list[Block], list[Line], list[Line]]:
    """The blocks without the tables of contents; the contents' lines; the lines of the cover before them."""
    body: list[Block] = []
    contents: list[Line] = []
    cover: list[Line] = []
    index = 0
    while index < len(blocks):
        end = contents_end(blocks, index)
        if end is not None:
            cover = cover or [block for block in body if isinstance(block, Line)]
            contents.extend(contents_lines(blocks[index:end]))
            index = end
            continue
        body.append(blocks[index])
        index += 1
    return body, contents, cover or _lines_before_first_heading(body)


def _lines_before_first_heading(blocks: Sequence[Block]) -> list[Line]:
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Grid) or heading_mark(block.text):
            break
        lines.append(block)
    return lines


def _with_stand_ins(parts: Sequence[Part]) -> list[Part]:
    """Tables that count as another kind where the document has none of that kind."""
    present = [part.kind for part in parts if isinstance(part, TablePart)]
    return [
        replace(part, kind=stand_in(part.kind, present)) if isinstance(part, TablePart) and part.kind else part
        for part in parts
    ]


def _refuse_if_no_disclosure(source: Source, blocks: Sequence[Block], parts: Sequence[Part]) -> None:
    """A core table, a performance sheet, other tables with some words of budgets, or prose with many make a disclosure;
    an official notice needs a core table."""
    text = "".join(_texts(blocks))
    if not text:
        raise NotADisclosureError(f"“{source.name}”里没有文字，可能只有图片或图表；请载入有文字或表格的文件。")
    kinds = [part.kind for part in parts if isinstance(part, TablePart) and part.kind]
    core = any(table_kinds()[kind].core for kind in kinds)
    number = _notice_number(blocks)
    if number and not core:
        raise NotADisclosureError(
            f"“{source.name}”是公文（{number}），不是部门预算或决算公开文件：其中没有收支总表等预算表。请载入公开文件本身。"
        )
    others = bool(kinds) or any(isinstance(part, SheetPart) for part in parts)
    words = sum(1 for word in outline_words().disclosure if word in text)
    sheets = any(is_sheet(grid) for part in parts if isinstance(part, SheetPart) for grid in part.grids)
    if sheets or (core and words) or (others and words >= _WORDS_BESIDE_TABLES) or words >= _WORDS_OF_PROSE:
        return
    raise NotADisclosureError(
        f"“{source.name}”读出来了，但不像部门预算或决算公开文件：没有认得的预算表，也几乎没有预算用语。请确认文件是否选对。"
    )


def _notice_number(blocks: Sequence[Block]) -> str:
    """The number of an official notice that a source opens as, with a number and a title; "" if it does not."""
    opening = [joined_label(block.text) for block in blocks[:_NOTICE_LINES] if isinstance(block, Line)]
    numbers = [text for text in opening if is_notice_number(text)]
    return numbers[0] if numbers and any(map(is_notice_title, opening)) else ""


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield joined_label(block.text)
        else:
            yield from (joined_label(cell.text) for row in block.rows for cell in row)
