"""Prose to facts and passages."""

from __future__ import annotations

from ingest.facts import Fact, Passage
from ingest.outline import GlossaryPart, ProsePart
from ingest.source import Place


def prose_to_facts(
    part: ProsePart | GlossaryPart, year: int | None, department: str
) -> tuple[tuple[Fact, ...], tuple[Passage, ...]]:
    """Facts and passages of one stretch of prose."""
    passages = tuple(Passage(part.heading, line.text, line.place) for line in part.lines if line.text.strip())
    return (), passages


def text_to_facts(
    text: str,
    place: Place,
    heading: tuple[str, ...],
    project: str = "",
    field: str = "",
    year: int | None = None,
    department: str = "",
    table: str = "",
) -> tuple[Fact, ...]:
    """Facts of a text."""
    return ()
