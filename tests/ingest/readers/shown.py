"""A source as short text, for tests to compare with what a page shows."""

from __future__ import annotations

from ingest.source import Block, Grid, Source


def rows(grid: Grid) -> list[str]:
    """Each row's cells joined by ` | `; `<` for a covered cell, `/` for a line feed."""
    return [" | ".join("<" if cell.covered else cell.text.replace("\n", "/") for cell in row) for row in grid.rows]


def shown(source: Source) -> list[str | list[str]]:
    """A line as its text, a grid as the list of its rows."""
    return [shown_block(block) for block in source.blocks]


def shown_block(block: Block) -> str | list[str]:
    return rows(block) if isinstance(block, Grid) else block.text
