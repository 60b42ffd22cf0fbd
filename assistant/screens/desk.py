"""What the screens ask of the assistant, the ledger and the reading of files, gathered in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from assistant.assistant import Assistant
from ingest import pipeline
from ingest.facts import Passage, TableRecord
from ingest.home import Home
from ingest.ledger.ledger import FactFilter, Ledger, StoredDocument, StoredFact, StoredFinding
from ingest.tie_outs.auditing import worst_first


@dataclass(frozen=True, slots=True)
class Desk:
    """The assistant and its ledger as the screens see them; shared by all visits."""

    home: Home
    assistant: Assistant
    ledger: Ledger

    def documents(self) -> Sequence[StoredDocument]:
        return self.ledger.documents()

    def fact(self, fact_id: int) -> StoredFact | None:
        """None when the document was taken out or replaced since."""
        found = self.ledger.facts(FactFilter(ids=[fact_id]))
        return found[0] if found else None

    def facts(self, fact_ids: Sequence[int]) -> Sequence[StoredFact]:
        return self.ledger.facts(FactFilter(ids=fact_ids)) if fact_ids else []

    def table(self, stored: StoredFact) -> TableRecord | None:
        """The table a fact stands in, None for prose."""
        index = stored.fact.table_index
        return None if index is None else self.ledger.table(stored.document_id, index)

    def passage(self, stored: StoredFact) -> Passage | None:
        """The passage that holds a fact's sentence, None when the ledger keeps none."""
        sentence = stored.fact.sentence
        passages = [kept.passage for kept in self.ledger.passages([stored.document_id])]
        return next((passage for passage in passages if sentence and sentence in passage.text), None)

    def findings(self, names: Sequence[str]) -> Sequence[tuple[str, StoredFinding]]:
        """Every finding with its document's name, of the named documents or of all, the worst first."""
        asked = {document.id: document.name for document in self.documents() if not names or document.name in names}
        found = self.ledger.findings(asked)
        rank = {finding: place for place, finding in enumerate(worst_first([stored.finding for stored in found]))}
        return [(asked[one.document_id], one) for one in sorted(found, key=lambda stored: rank[stored.finding])]

    def read(self, files: Sequence[Path], report: pipeline.Report, watch: pipeline.Watch) -> None:
        """Read files into the ledger; each outcome is reported, progress is watched."""
        pipeline.ingest(files, self.home, report, watch, command="明账网页")

    def remove(self, name: str) -> None:
        pipeline.remove(name, self.home)


def open_desk() -> Desk:
    """The desk of this machine's home; opened once, when the first visitor comes."""
    return _opened(Home.at())


@st.cache_resource(show_spinner="正在打开账本…", hash_funcs={Home: lambda home: str(home.folder)})
def _opened(home: Home) -> Desk:
    assistant = Assistant.open(home)
    return Desk(home, assistant, assistant.ledger)
