"""The invented words of made-up disclosures, checked when loaded."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ingest.vocabulary_loading import parse_vocabulary

_FILE = Path(__file__).parent / "words.yaml"
Named = tuple[str, str]  # code, name


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Office(_Strict):
    """A kind of office and the class and section its own work is booked under."""

    name: str
    section: tuple[str, str]

    @property
    def section_code(self) -> str:
        return f"{self.section[0]}{int(self.section[1]):02}"


class Section(_Strict):
    name: str
    basic: tuple[str, ...]
    projects: tuple[Named, ...]


class People(_Strict):
    family: str
    given: tuple[str, ...]


class ToldSection(_Strict):
    """A section of the explanation: for each sentence its variants."""

    heading: str
    sentences: tuple[tuple[str, ...], ...]


class Words(_Strict):
    places: tuple[str, ...]
    offices: tuple[Office, ...]
    classes: dict[str, str]
    sections: dict[str, Section]
    personnel: tuple[Named, ...]
    operating: tuple[Named, ...]
    economic_categories: dict[str, str]
    government_categories: dict[str, Named]
    things: tuple[str, ...]
    works: tuple[str, ...]
    people: People
    natures: tuple[str, ...]
    goals: tuple[str, ...]
    overviews: tuple[str, ...]
    indicators: tuple[tuple[str, str, str, str, int, int], ...]
    duties: tuple[str, ...]
    explanation: tuple[ToldSection, ...]
    glossary: tuple[str, ...]


@cache
def words() -> Words:
    return parse_vocabulary(_FILE.read_text(encoding="utf-8"), Words, "generator/words")
