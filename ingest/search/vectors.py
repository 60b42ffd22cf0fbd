"""Passages found by meaning: Chroma beside the ledger, rebuilt from it at any time.

The store says which generation of the ledger it was built from. Two processes that write to one Chroma folder lose
vectors silently, and a reader that stays open sees ghosts: so one writer at a time holds the lock, and a reader opens
the store again when the generation has moved.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from ingest.errors import LedgerError
from ingest.home import Home, Settings
from ingest.ledger.ledger import Ledger, StoredDocument
from ingest.search.chunks import Chunk, DocumentContext, document_to_chunks
from ingest.search.embedding import embed_passages, embed_query, member_names

Watch = Callable[[str, int, int], object]  # told a document's name, and how many of its texts have their vectors

_COLLECTION = "passages"
_LARGEST_BATCH = 2000  # Chroma takes at most 5,461 at a time
_GENERATION, _MODEL, _BUILT, _FOLDER = "vectors_generation", "vectors_model", "vectors_built", "vectors_folder"


def _unwatched(_name: str, _done: int, _total: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that is near in meaning: kind is passage, sheet or table, position its place in the ledger.

    `similarity` is the cosine; an irrelevant question still reaches 0.87, so it ranks and never decides.
    """

    document_id: int
    kind: str
    position: int
    text: str
    similarity: float


class Vectors:
    """The reading side: `search` opens the store when first needed, and again when it was written since.

    One for each process: Chroma's clients of one folder share what they have read.
    """

    def __init__(self, home: Home, ledger: Ledger) -> None:
        self._home, self._ledger = home, ledger
        self._store: _Store | None = None
        self._opened_at: str | None = None

    @property
    def generation(self) -> str | None:
        """Which ledger generation the store was built from; None when there is no store."""
        return self._ledger.meta(_GENERATION)

    def search(self, text: str, document_ids: Collection[int] | None = None, limit: int = 8) -> list[Hit]:
        """The chunks nearest to a question, best first, of these documents (None: of all)."""
        known = {document.id for document in self._ledger.documents()}
        chosen = known if document_ids is None else known & set(document_ids)
        if self.generation is None or not chosen:
            return []
        where = None if chosen == known else {"document_id": {"$in": sorted(chosen)}}
        try:
            found = self._current_store().nearest(text, limit, where)
        except _chroma_error():  # another process has written since the store was opened
            self._close()
            with _told(self._home):
                found = self._current_store().nearest(text, limit, where)
        return [hit for hit in found if hit.document_id in chosen]

    def _current_store(self) -> _Store:
        built = self._ledger.meta(_BUILT)
        if self._store is None or built != self._opened_at:
            self._close()
            self._store, self._opened_at = _Store(self._home, self._ledger), built
        return self._store

    def _close(self) -> None:
        if self._store:
            self._store.close()
        self._store = None


def update_vectors(home: Home, ledger: Ledger, watch: Watch = _unwatched) -> None:
    """Do what the ledger asks for, under the writer's lock: new chunks and names get vectors, dropped ones go."""
    if ledger.meta(_MODEL) not in (None, home.settings.embedding_model):
        _start_again(home, ledger)
    tasks = ledger.vector_tasks()
    if not tasks and ledger.meta(_GENERATION) == str(ledger.generation):
        return
    documents = {document.id: document for document in ledger.documents()}
    with _told(home), closing(_Store(home, ledger)) as store:
        for document_id, action in tasks:
            store.drop(document_id)
            if action == "add":
                _add(store, home, ledger, documents[document_id], watch)
            ledger.finish_vector_task(document_id)
        store.mark()


def rebuild_vectors(home: Home, ledger: Ledger, watch: Watch = _unwatched) -> None:
    """Throw the store away and build it again from the ledger, under the writer's lock."""
    _start_again(home, ledger)
    update_vectors(home, ledger, watch)


def _start_again(home: Home, ledger: Ledger) -> None:
    """A folder of its own for each build: readers of the old one are not disturbed, and it goes at once."""
    ledger.renew_vector_tasks()
    ledger.set_meta(_FOLDER, f"{datetime.now():%Y%m%d-%H%M%S-%f}")
    shutil.rmtree(home.vectors, ignore_errors=True)


def stored_chunks(ledger: Ledger, document: StoredDocument) -> list[Chunk]:
    """The chunks of a document, built from what the ledger holds."""
    context = DocumentContext(document.id, document.name, document.department, document.year)
    passages = [(stored.position, stored.passage) for stored in ledger.passages([document.id])]
    return list(document_to_chunks(context, ledger.tables(document.id), passages))


def _add(store: _Store, home: Home, ledger: Ledger, document: StoredDocument, watch: Watch) -> None:
    """All texts into the cache first, in batches of like length; the store then finds them there."""
    chunks, names = stored_chunks(ledger, document), member_names(ledger, [document.id])
    texts = [*(chunk.text for chunk in chunks), *names]
    watch(document.name, 0, len(texts))
    embed_passages(texts, ledger, home.settings, lambda done: watch(document.name, done, len(texts)))
    for start in range(0, len(chunks), _LARGEST_BATCH):
        store.add(chunks[start : start + _LARGEST_BATCH])
    watch(document.name, len(texts), len(texts))


class CachedEmbeddings:
    """langchain's Embeddings over the ledger's cache."""

    def __init__(self, ledger: Ledger, settings: Settings) -> None:
        self._ledger, self._settings = ledger, settings

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = embed_passages(texts, self._ledger, self._settings).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = embed_query(text, self._settings).tolist()
        return vector


class _Store:
    """The Chroma collection in the home's folder."""

    def __init__(self, home: Home, ledger: Ledger) -> None:
        import chromadb
        from chromadb.config import Settings as ChromaSettings
        from langchain_chroma import Chroma

        self._home, self._ledger = home, ledger
        folder = home.vectors / (ledger.meta(_FOLDER) or "first")
        self._client: Any = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
        embeddings: Any = CachedEmbeddings(ledger, home.settings)
        cosine: Any = {"hnsw": {"space": "cosine"}}
        self._chroma = Chroma(_COLLECTION, embeddings, client=self._client, collection_configuration=cosine)

    def nearest(self, text: str, limit: int, where: dict[str, Any] | None) -> list[Hit]:
        found = self._chroma.similarity_search_with_score(text, limit, cast(Any, where))
        return [_hit(document.metadata, document.page_content, distance) for document, distance in found]

    def drop(self, document_id: int) -> None:
        self._chroma.delete(where={"document_id": document_id})

    def add(self, chunks: Sequence[Chunk]) -> None:
        metadatas: list[dict[str, Any]] = [_metadata(chunk) for chunk in chunks]
        self._chroma.add_texts([chunk.text for chunk in chunks], metadatas, [chunk.id for chunk in chunks])

    def mark(self) -> None:
        """Say which generation this is, in the store first: one that is marked in the ledger is complete."""
        generation, model = str(self._ledger.generation), self._home.settings.embedding_model
        collection = self._client.get_collection(_COLLECTION, embedding_function=None)
        collection.modify(metadata={"ledger_generation": generation, "embedding_model": model})
        self._ledger.set_meta(_MODEL, model)
        self._ledger.set_meta(_GENERATION, generation)
        self._ledger.set_meta(_BUILT, datetime.now().isoformat())

    def close(self) -> None:
        self._client.close()


def _chroma_error() -> type[Exception]:
    from chromadb.errors import ChromaError

    return ChromaError


@contextmanager
def _told(home: Home) -> Iterator[None]:
    """What goes wrong in the vector store is a sentence; the ledger holds everything to build it again."""
    try:
        yield
    except (_chroma_error(), sqlite3.Error, OSError) as error:
        raise LedgerError(
            f"向量库 {home.vectors} 出错（{error}）；账本没有受影响，排除原因后运行 mingzhang rebuild 即可重建。"
        ) from error


def _metadata(chunk: Chunk) -> dict[str, str | int]:
    return {
        "document_id": chunk.document_id,
        "document": chunk.document,
        "kind": chunk.kind,
        "position": chunk.position,
        "part": chunk.part,
    }


def _hit(metadata: dict[str, Any], text: str, distance: float) -> Hit:
    return Hit(metadata["document_id"], metadata["kind"], metadata["position"], text, 1 - distance)
