"""What the screens need from the assistant, the ledger and the reading of files; nothing else of them is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer
from ingest.facts import Fact, Finding, Passage, TableRecord


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What a reader is told about a document in the ledger."""

    id: int
    name: str
    department: str
    year: int | None
    kind: str
    holds: str  # how much was read from it, in words
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedPlace:
    """A finding of the audit with the facts it weighed, in the document it was found in."""

    document_id: int
    document: str
    finding: Finding
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What came of one uploaded file: a sentence, and whether it is now in the ledger."""

    name: str
    sentence: str
    taken: bool


class Conversation(Protocol):
    def ask(self, text: str) -> Answer: ...


class Desk(Protocol):
    """The assistant and its ledger as the screens see them."""

    def documents(self) -> Sequence[DocumentCard]: ...
    def conversation(self, documents: Sequence[str]) -> Conversation: ...
    def example_questions(self, limit: int) -> Sequence[str]: ...
    def fact(self, fact_id: int) -> tuple[int, Fact] | None: ...
    def table(self, document_id: int, table_index: int) -> TableRecord | None: ...
    def passage(self, document_id: int, fact: Fact) -> Passage | None: ...
    def findings(self, names: Sequence[str]) -> Sequence[CheckedPlace]: ...
    def read(self, files: Sequence[Path], told: Callable[[str, float], None]) -> Sequence[ReadOutcome]: ...
    def remove(self, name: str) -> None: ...
