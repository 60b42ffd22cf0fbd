"""The ledger: every fact of every document, one transaction a document; the truth that all else is rebuilt from.

A document's facts are replaced together. `generation` counts the commits, so that readers see that something changed.
The same transaction writes down what the vector store has to do (`vector_tasks`), so a killed process loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, literal, select, true
from sqlalchemy.dialects.sqlite import insert as upsert

from ingest.facts import DocumentFacts, Fact, Finding, Level, Origin, Passage, Role, Side, TableRecord, Vintage
from ingest.home import Home
from ingest.ledger import rows
from ingest.ledger.database import Database, set_meta
from ingest.ledger.members import Member, document_to_members
from ingest.ledger.schema import (
    document,
    document_table,
    embedding,
    fact,
    finding,
    member,
    meta,
    passage,
    vector_task,
)

_POSITION_BITS = 24
_FACT_COLUMNS = tuple(fact.c[name] for name in rows.FACT_COLUMNS)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the ledger knows it; `id` changes when its content is replaced."""

    id: int
    name: str
    sha256: str
    format: str
    department: str
    year: int | None
    kind: str
    title: str
    notes: tuple[str, ...]
    reader: str
    stored_at: str


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact with the id that a citation carries; ids grow in source order within a document."""

    id: int
    document_id: int
    fact: Fact

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    document_id: int
    position: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding; `fact_ids` are the ledger's ids of the facts that `finding.fact_indexes` counts."""

    document_id: int
    finding: Finding
    fact_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredMember:
    document_id: int
    member: Member


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts: those that match every condition set. None sets no condition, () matches nothing.

    `row_keys` and `projects` are label keys (ingest.labels.label_key) of the row's own label and of the project.
    """

    document_ids: Collection[int] | None = None
    ids: Collection[int] | None = None
    origins: Collection[Origin] | None = None
    table_kinds: Collection[str] | None = None
    table_indexes: Collection[int] | None = None
    row_keys: Collection[str] | None = None
    codes: Collection[str] | None = None
    projects: Collection[str] | None = None
    fields: Collection[str] | None = None
    roles: Collection[Role] | None = None
    levels: Collection[Level] | None = None
    sides: Collection[Side] | None = None
    vintages: Collection[Vintage] | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        wanted: tuple[tuple[Any, Collection[Any] | None], ...] = (
            (fact.c.document_id, self.document_ids),
            (fact.c.id, self.ids),
            (fact.c.origin, self.origins),
            (fact.c.table_kind, self.table_kinds),
            (fact.c.table_index, self.table_indexes),
            (fact.c.row_key, self.row_keys),
            (fact.c.row_code, self.codes),
            (fact.c.project_key, self.projects),
            (fact.c.field, self.fields),
            (fact.c.role, self.roles),
            (fact.c.level, self.levels),
            (fact.c.side, self.sides),
            (fact.c.vintage, self.vintages),
        )
        return [column.in_(list(values)) for column, values in wanted if values is not None]


class Ledger:
    """Open with `Ledger.open(home)`; reading needs no lock, writing needs `ingest.home.writer_lock`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, home: Home, readonly: bool = True) -> Ledger:
        """Open the ledger, creating an empty one; LedgerError when it is damaged or of a newer schema."""
        home.create()
        return cls(Database.open(home.ledger, readonly))

    def close(self) -> None:
        self._database.close()

    # --- writing

    def store(self, read: DocumentFacts, reader: str = "") -> int:
        """Store a document, replacing one of the same name; the same content by the same reader is no work."""
        present = self.document(read.name)
        if present and reader and (present.sha256, present.reader) == (read.sha256, reader):
            return present.id
        with self._changing() as connection:
            if present:
                _drop(connection, present.id)
            return _add(connection, read, reader)

    def remove(self, name: str) -> bool:
        """Take a document out; False when there is none of that name."""
        present = self.document(name)
        if present is None:
            return False
        with self._changing() as connection:
            _drop(connection, present.id)
        return True

    def vector_tasks(self) -> list[tuple[int, str]]:
        """What the vector store has still to do: (document id, "add" or "drop"), drops first."""
        query = select(vector_task.c.document_id, vector_task.c.action).order_by(vector_task.c.action.desc())
        return [(row[0], row[1]) for row in self._database.read(query)]

    def finish_vector_task(self, document_id: int) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(vector_task).where(vector_task.c.document_id == document_id))

    def renew_vector_tasks(self) -> None:
        """Ask for every document's vectors again."""
        with self._database.writing() as connection:
            every = select(document.c.id, literal("add")).where(true())  # without a where, SQLite takes ON for a join
            statement = upsert(vector_task).from_select(["document_id", "action"], every)
            connection.execute(statement.on_conflict_do_nothing())

    def set_meta(self, key: str, value: str) -> None:
        with self._database.writing() as connection:
            set_meta(connection, key, value)

    def store_embeddings(self, vectors: dict[str, bytes]) -> None:
        """Keep vectors by digest; those that are there stay."""
        if vectors:
            with self._database.writing() as connection:
                statement = upsert(embedding).on_conflict_do_nothing()
                connection.execute(statement, [{"digest": d, "vector": v} for d, v in vectors.items()])

    # --- reading

    @property
    def generation(self) -> int:
        """Counts the changes of what is stored."""
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        found = self._database.read(select(meta.c.value).where(meta.c.key == key))
        return found[0][0] if found else None

    def documents(self, names: Collection[str] | None = None) -> list[StoredDocument]:
        """All documents, or those of the names, by name."""
        query = _of(select(document), document.c.name, names).order_by(document.c.name)
        return [_stored_document(row) for row in self._database.read(query)]

    def document(self, name: str) -> StoredDocument | None:
        found = self._database.read(select(document).where(document.c.name == name))
        return _stored_document(found[0]) if found else None

    def document_facts(self, document_id: int) -> DocumentFacts:
        """A document as it was stored; KeyError when there is none of that id."""
        found = self._database.read(select(document).where(document.c.id == document_id))
        if not found:
            raise KeyError(document_id)
        stored = _stored_document(found[0])
        return DocumentFacts(
            stored.name,
            stored.sha256,
            stored.format,
            stored.department,
            stored.year,
            stored.kind,
            stored.title,
            tuple(found.fact for found in self.facts(FactFilter(document_ids=[document_id]))),
            tuple(self.tables(document_id)),
            tuple(found.passage for found in self.passages([document_id])),
            tuple(found.finding for found in self.findings([document_id])),
            stored.notes,
        )

    def facts(self, *wanted: FactFilter) -> list[StoredFact]:
        """The facts that pass one of the filters, in source order; all without a filter."""
        found: dict[int, Any] = {}
        for each in wanted or (
            FactFilter(),
        ):  # a query each: SQLite takes an index for one condition, none for several
            query = select(*_FACT_COLUMNS).where(*each.conditions()).order_by(fact.c.id)
            found.update((row[0], row) for row in self._database.read(query))
        ordered = found.items() if len(wanted) < 2 else sorted(found.items())
        return [StoredFact(number, row[1], rows.row_to_fact(row)) for number, row in ordered]

    def table(self, document_id: int, table_index: int) -> TableRecord:
        """One table as printed; KeyError when the document has none of that index."""
        query = select(document_table).where(
            document_table.c.document_id == document_id, document_table.c.position == table_index
        )
        found = self._database.read(query)
        if not found:
            raise KeyError((document_id, table_index))
        return rows.row_to_table(found[0]._mapping)

    def tables(self, document_id: int) -> list[TableRecord]:
        """All tables of a document, in source order: the place in the list is the table index."""
        query = select(document_table).where(document_table.c.document_id == document_id)
        return [
            rows.row_to_table(row._mapping) for row in self._database.read(query.order_by(document_table.c.position))
        ]

    def passages(self, document_ids: Collection[int] | None = None, printing: str = "") -> list[StoredPassage]:
        """The passages of some documents; those only in which the Chinese characters of `printing` stand in their order."""
        query = _of(select(passage), passage.c.document_id, document_ids)
        query = query.where(passage.c.text.like(_in_order(printing))) if printing else query
        return [
            StoredPassage(row.document_id, row.position, rows.row_to_passage(row._mapping))
            for row in self._database.read(query.order_by(passage.c.document_id, passage.c.position))
        ]

    def findings(self, document_ids: Collection[int] | None = None) -> list[StoredFinding]:
        query = _of(select(finding), finding.c.document_id, document_ids)
        return [
            _stored_finding(row)
            for row in self._database.read(query.order_by(finding.c.document_id, finding.c.position))
        ]

    def members(self, document_ids: Collection[int] | None = None) -> list[StoredMember]:
        """The names that occur in the documents, distinct for each document and kind (see ingest.ledger.members)."""
        columns = (member.c.document_id, member.c.kind, member.c.key, member.c.text)
        query = _of(select(*columns), member.c.document_id, document_ids)
        return [StoredMember(row[0], Member(row[1], row[2], row[3])) for row in self._database.read(query)]

    def member_keys(self) -> list[str]:
        """The distinct names of all documents, as keys."""
        return [row[0] for row in self._database.read(select(member.c.key).distinct())]

    def documents_naming(self, keys: Collection[str]) -> frozenset[int]:
        """The ids of the documents that have one of these names."""
        found: set[int] = set()
        wanted = list(keys)
        for start in range(0, len(wanted), 500):
            query = select(member.c.document_id).where(member.c.key.in_(wanted[start : start + 500])).distinct()
            found.update(row[0] for row in self._database.read(query))
        return frozenset(found)

    def documents_with_tables_printing(self, text: str, document_ids: Collection[int]) -> frozenset[int]:
        """The ids of the documents with a table in which the text's Chinese characters stand in their order."""
        printed = document_table.c.rows.like(_in_order(text))
        query = _of(select(document_table.c.document_id).distinct(), document_table.c.document_id, document_ids)
        return frozenset(row[0] for row in self._database.read(query.where(printed)))

    def embeddings(self, digests: Sequence[str]) -> dict[str, bytes]:
        """Those of the vectors that are there, by digest."""
        found: dict[str, bytes] = {}
        for start in range(0, len(digests), 1000):
            query = select(embedding).where(embedding.c.digest.in_(digests[start : start + 1000]))
            found.update((row[0], row[1]) for row in self._database.read(query))
        return found

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """A transaction that changes what is stored, and counts."""
        with self._database.writing() as connection:
            count = connection.execute(select(meta.c.value).where(meta.c.key == "generation")).scalar()
            set_meta(connection, "generation", str(int(count or 0) + 1))
            yield connection


def _add(connection: Connection, read: DocumentFacts, reader: str) -> int:
    inserted = connection.execute(
        insert(document).values(
            name=read.name,
            sha256=read.sha256,
            format=read.format,
            department=read.department,
            year=read.year,
            kind=read.kind,
            title=read.title,
            notes=json.dumps(read.notes, ensure_ascii=False),
            reader=reader,
            stored_at=f"{datetime.now():%Y-%m-%d %H:%M:%S}",
        )
    )
    (document_id,) = inserted.inserted_primary_key or (0,)
    first = document_id << _POSITION_BITS
    _insert(connection, fact, document_id, [{"id": first + n, **rows.fact_to_row(f)} for n, f in enumerate(read.facts)])
    for table, records in (
        (document_table, map(rows.table_to_row, read.tables)),
        (passage, map(rows.passage_to_row, read.passages)),
        (finding, map(rows.finding_to_row, read.findings)),
    ):
        _insert(connection, table, document_id, [{"position": n, **row} for n, row in enumerate(records)])
    names = [{"kind": m.kind, "key": m.key, "text": m.text} for m in document_to_members(read)]
    _insert(connection, member, document_id, names)
    connection.execute(insert(vector_task).values(document_id=document_id, action="add"))
    return int(document_id)


def _insert(connection: Connection, table: Any, document_id: int, records: list[dict[str, Any]]) -> None:
    if records:
        connection.execute(insert(table), [{"document_id": document_id, **record} for record in records])


def _drop(connection: Connection, document_id: int) -> None:
    connection.execute(delete(document).where(document.c.id == document_id))
    task = upsert(vector_task).values(document_id=document_id, action="drop")
    connection.execute(task.on_conflict_do_update(index_elements=["document_id"], set_={"action": "drop"}))


def _of(query: Select[Any], column: Any, wanted: Collection[Any] | None) -> Select[Any]:
    return query if wanted is None else query.where(column.in_(wanted))


def _in_order(text: str) -> str:
    """A pattern for a text as it may be printed: with spaces, quotes or brackets between its Chinese characters."""
    return f"%{'%'.join(character for character in text if '一' <= character <= '鿿')}%"


def _stored_document(row: Any) -> StoredDocument:
    values = dict(row._mapping)
    return StoredDocument(**{**values, "notes": tuple(json.loads(values["notes"]))})


def _stored_finding(row: Any) -> StoredFinding:
    found = rows.row_to_finding(row._mapping)
    first = row.document_id << _POSITION_BITS
    return StoredFinding(row.document_id, found, tuple(first + index for index in found.fact_indexes))
