"""Page numbers that stand as text between the parts of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.source import Block, Line

_PAGE_NUMBER = re.compile(r"[-—–·.\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:[\s,，/]*共?\s*\d{1,4}\s*页?)?[-—–·.\s]*")
_FEWEST = 4


def is_page_number(text: str) -> bool:
    """Whether the text has the form of a page number; only its position can tell that it is one."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def without_page_numbers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a format without pages, without the lines that count up through it one by one."""
    numbered = [(index, int(match[1])) for index, block in enumerate(blocks) if (match := _match(block))]
    counting: set[int] = set()
    for (index, number), (next_index, next_number) in pairwise(numbered):
        if next_number == number + 1 and next_index > index + 1:
            counting |= {index, next_index}
    if len(counting) < _FEWEST:
        return tuple(blocks)
    return tuple(block for index, block in enumerate(blocks) if index not in counting)


def _match(block: Block) -> re.Match[str] | None:
    return _PAGE_NUMBER.fullmatch(block.text) if isinstance(block, Line) else None
