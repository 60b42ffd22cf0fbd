"""The door to everything that answers: opens the ledger, keeps the catalog, starts conversations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.catalog import Catalog, load_catalog
from assistant.conversation import Conversation
from assistant.means import ALL_MEANS, Means
from assistant.names.name_index import NameIndex
from assistant.reader import Reader
from assistant.readers import Library, Readers
from ingest.home import Home
from ingest.ledger.ledger import Ledger


class Assistant:
    """Answers from one home. Keeps what it read until the ledger's generation changes."""

    def __init__(self, ledger: Ledger, means: frozenset[Means] = ALL_MEANS) -> None:
        self.ledger = ledger
        self._means = means
        self._generation = -1
        self._readers = Readers(ledger, means)
        self._names = NameIndex(ledger)
        self._libraries: dict[tuple[str, ...], Library] = {}
        self._catalogs: dict[tuple[str, ...], Catalog] = {}

    @classmethod
    def open(cls, home: Path | Home, means: frozenset[Means] = ALL_MEANS) -> Assistant:
        """Open for reading, to answer by these means; LedgerError when the ledger is damaged or of a newer schema."""
        return cls(Ledger.open(home if isinstance(home, Home) else Home(Path(home))), means)

    def close(self) -> None:
        self.ledger.close()

    def conversation(self, documents: Sequence[str] = ()) -> Conversation:
        """A dialogue over the named documents, over all when none is named; unknown names are passed over."""
        return Conversation(lambda: self.choose(documents))

    def choose(self, documents: Sequence[str] = ()) -> Library:
        """The named documents by disclosure, anew when the ledger has changed."""
        self._renew()
        key = tuple(sorted(documents))
        if key not in self._libraries:
            chosen = [each for each in self.ledger.documents() if not key or each.name in key]
            self._libraries[key] = Library(chosen, self._readers, self._names)
        return self._libraries[key]

    def reader(self, documents: Sequence[str] = ()) -> Reader:
        """What is needed to answer over these documents as if they were one."""
        self._renew()
        return self._readers.of(documents)

    def catalog(self, documents: Sequence[str] = ()) -> Catalog:
        self._renew()
        key = tuple(sorted(documents))
        if key not in self._catalogs:
            self._catalogs[key] = load_catalog(self.ledger, key)
        return self._catalogs[key]

    def _renew(self) -> None:
        """Forget what was read when the ledger has changed since."""
        if (generation := self.ledger.generation) != self._generation:
            self._generation = generation
            self._readers = Readers(self.ledger, self._means)
            self._names = NameIndex(self.ledger)
            self._libraries.clear()
            self._catalogs.clear()

    def example_questions(self, limit: int = 6) -> tuple[str, ...]:
        """Questions that the first of the loaded documents can answer, one of each kind, with its own names."""
        library = self.choose()
        if not library.disclosures:
            return ()
        catalog = library.reader(library.disclosures[0]).catalog
        found: list[str] = ["总支出是多少"] if catalog.documents else []
        projects = [p for p in catalog.projects.values() if p.budget()]
        if projects:
            found += [f"{projects[0].name}今年安排了多少钱", "金额最大的三个项目是哪些"]
        if any(table.kind == "three_public" for table in catalog.tables.values()):
            found.append("公务用车占三公经费几成")
        if catalog.people:
            person = max(catalog.people, key=lambda name: len(catalog.people[name]))
            found.append(f"{person}经办的项目有哪些")
        if projects and projects[0].indicators:
            found.append(f"{projects[0].name}的成本指标有哪些")
        found.append("这份文件有哪些对不上的地方")
        return tuple(found[:limit])
