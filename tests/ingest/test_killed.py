"""A writer killed at any moment leaves the old state or the new, and the next run finishes its work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import IO

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings as ChromaSettings

from ingest.facts import DocumentFacts
from ingest.home import DEFAULT_SETTINGS, Home, writer_lock
from ingest.ledger.ledger import FactFilter, Ledger
from ingest.search.embedding import member_names, text_digest
from ingest.search.vectors import Vectors, stored_chunks, update_vectors
from tests.ingest.documents import AMOUNT, DOCUMENT

ROOT = Path(__file__).parents[2]
OLD_FACTS, NEW_FACTS = 2000, 3000
RANDOM = np.random.default_rng(1)

# Stores a document in place of the old one; before each step it says what comes next, and waits to be told to go on.
WRITER = """
import sys
from pathlib import Path
from ingest.home import Home, writer_lock
from ingest.ledger.ledger import Ledger
from ingest.search.vectors import update_vectors
from tests.ingest.test_killed import new_document

def say(word):
    print(word, flush=True)
    sys.stdin.readline()

home = Home(Path(sys.argv[1]))
with writer_lock(home, "a writer that is killed"):
    ledger = Ledger.open(home, readonly=False)
    say("storing")
    ledger.store(new_document(), "r2")
    say("stored")
    update_vectors(home, ledger, lambda name, done, total: say(f"vectors {done} of {total}"))
    say("done")
"""


def old_document() -> DocumentFacts:
    return replace(DOCUMENT, facts=(AMOUNT,) * OLD_FACTS, findings=())


def new_document() -> DocumentFacts:
    passages = tuple(replace(DOCUMENT.passages[0], text=f"新的第{number}段。") for number in range(300))
    return replace(old_document(), sha256="cd" * 32, facts=(AMOUNT,) * NEW_FACTS, passages=passages)


def some_vector() -> bytes:
    vector = RANDOM.standard_normal(384).astype("<f4")
    return (vector / np.linalg.norm(vector)).tobytes()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The old document, with its vectors; the new one's vectors are in the cache, so that no model loads."""
    home = Home(tmp_path)
    ledger = Ledger.open(home, readonly=False)
    for document in (new_document(), old_document()):
        ledger.store(document, document.sha256)
        texts = [chunk.text for chunk in stored_chunks(ledger, ledger.documents()[0])] + member_names(ledger, None)
        ledger.store_embeddings({text_digest(text, DEFAULT_SETTINGS): some_vector() for text in texts})
    update_vectors(home, ledger)
    ledger.close()
    return home


@pytest.mark.slow
@pytest.mark.parametrize(
    ("moment", "delay", "expected"),
    [
        pytest.param("storing", 0.0, {OLD_FACTS}, id="at the start of the transaction"),
        pytest.param("storing", 0.1, {OLD_FACTS, NEW_FACTS}, id="in the transaction"),
        pytest.param("stored", 0.0, {NEW_FACTS}, id="between ledger and vectors"),
        pytest.param("vectors 0 of 305", 0.02, {NEW_FACTS}, id="before the vector store is written"),
        pytest.param("vectors 0 of 305", 0.1, {NEW_FACTS}, id="among the vectors"),
        pytest.param("vectors 305 of 305", 0.0, {NEW_FACTS}, id="before the ledger knows of the vectors"),
    ],
)
def test_killed(moment: str, delay: float, expected: set[int], home: Home) -> None:
    _kill_at(moment, delay, home)

    reader = Ledger.open(home)
    assert len(reader.facts(FactFilter(row_keys=["办公费"]))) in expected
    assert len(reader.documents()) == 1
    assert Vectors(home, reader).search("负责什么") is not None

    with writer_lock(home, "the next run"):
        ledger = Ledger.open(home, readonly=False)
        ledger.store(new_document(), "r2")
        update_vectors(home, ledger)
    (document,) = reader.documents()
    assert len(reader.facts()) == NEW_FACTS
    chunks = {(chunk.kind, chunk.position) for chunk in stored_chunks(reader, document)}
    held = {(document.id, *chunk) for chunk in chunks}
    assert _held(home, reader) == sorted(held)
    found = Vectors(home, reader).search("新的一段", limit=1000)
    assert {(hit.document_id, hit.kind, hit.position) for hit in found} <= held
    assert len(found) > 0.9 * len(chunks)  # the index is approximate: among random vectors it may not reach every one


def _held(home: Home, ledger: Ledger) -> list[tuple[int, str, int]]:
    """The chunks that the vector store holds, each as often as it is there."""
    folder = home.vectors / (ledger.meta("vectors_folder") or "first")
    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    (collection,) = client.list_collections()
    metadatas = collection.get()["metadatas"] or []
    return sorted((int(m["document_id"]), str(m["kind"]), int(m["position"])) for m in metadatas)


def _kill_at(moment: str, delay: float, home: Home) -> None:
    """Kill the writer as it waits at the moment or, with a delay, so many seconds after it went on from there."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home.folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdin is not None and writer.stdout is not None
        for line in writer.stdout:
            if line.strip() == moment:
                break
            _go_on(writer.stdin)
        else:
            pytest.fail(f"the writer never came to: {moment}")
        if delay:
            _go_on(writer.stdin)
            signal.sigtimedwait([], delay)
        os.kill(writer.pid, signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL


def _go_on(stdin: IO[str]) -> None:
    stdin.write("\n")
    stdin.flush()
