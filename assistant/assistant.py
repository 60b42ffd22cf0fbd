"""The door to everything that answers: opens the ledger, keeps the catalog, starts conversations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.catalog import Catalog, load_catalog
from assistant.conversation import Conversation, Reader
from ingest.home import Home
from ingest.ledger import Ledger


class Assistant:
    """Answers from one home. Keeps what it read until the ledger's generation changes."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._generation = -1
        self._readers: dict[tuple[str, ...], Reader] = {}

    @classmethod
    def open(cls, home: Path | Home) -> Assistant:
        """Open for reading; LedgerError when the ledger is damaged or of a newer schema."""
        return cls(Ledger.open(home if isinstance(home, Home) else Home(Path(home))))

    def close(self) -> None:
        self.ledger.close()

    def conversation(self, documents: Sequence[str] = ()) -> Conversation:
        """A dialogue over the named documents, over all when none is named; unknown names are passed over."""
        return Conversation(lambda: self.reader(documents))

    def reader(self, documents: Sequence[str] = ()) -> Reader:
        """What is needed to answer over these documents, read anew when the ledger has changed."""
        generation = self.ledger.generation
        if generation != self._generation:
            self._readers.clear()
            self._generation = generation
        key = tuple(sorted(documents))
        if key not in self._readers:
            self._readers[key] = Reader(load_catalog(self.ledger, key))
        return self._readers[key]

    def catalog(self, documents: Sequence[str] = ()) -> Catalog:
        return self.reader(documents).catalog

    def example_questions(self, limit: int = 6) -> tuple[str, ...]:
        """Questions that the loaded documents can answer, one of each kind, with their own names."""
        catalog = self.catalog()
        found: list[str] = ["总支出是多少"] if catalog.documents else []
        projects = [p for p in catalog.projects.values() if p.budget()]
        if projects:
            found += [f"{projects[0].name}今年安排了多少钱", "金额最大的三个项目是哪些"]
        if any(table.kind == "three_public" for table in catalog.tables.values()):
            found.append("三公经费一共多少，公务用车占几成")
        if catalog.people:
            person = max(catalog.people, key=lambda name: len(catalog.people[name]))
            found.append(f"{person}经办的项目有哪些")
        if projects and projects[0].indicators:
            found.append(f"{projects[0].name}的成本指标有哪些")
        found.append("这份文件有哪些对不上的地方")
        return tuple(found[:limit])
