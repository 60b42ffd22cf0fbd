"""Ingests a folder step by step as `ingest/pipeline.py` does, with the time of each step: a process of its own."""

from __future__ import annotations

import argparse
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from eval.growth.measuring import Stopwatch, peak_memory_mb, size_of
from eval.growth.records import Ingested
from ingest.home import DEFAULT_SETTINGS, Home, writer_lock
from ingest.ledger.ledger import Ledger
from ingest.outline.outline import source_to_outline
from ingest.pipeline import outline_to_facts
from ingest.reading import read_source
from ingest.search.embedding import embed_passages, member_names, text_digest
from ingest.search.vectors import stored_chunks, update_vectors
from ingest.tie_outs.tie_outs import check_document

_DIMENSIONS = 384  # of the bundled model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("home", type=Path)
    parser.add_argument("--profiled", type=int, default=0, help="profile that many documents once more")
    parser.add_argument("--embedded", type=int, help="vectors of the first documents only; placeholders for the others")
    options = parser.parse_args()
    files = sorted(options.documents.iterdir())
    with tempfile.TemporaryDirectory() as folder:
        embedded = len(files) if options.embedded is None else min(options.embedded, len(files))
        step_by_step(files[:1], Home(Path(folder) / "warm"), Stopwatch(), min(embedded, 1))  # loads libraries and model
        ingested = step_by_step(files, Home(options.home), Stopwatch(), embedded)
        if options.profiled:
            watch = Stopwatch(profiled=True)
            step_by_step(files[: options.profiled], Home(Path(folder) / "profiled"), watch, embedded)
            ingested = ingested.model_copy(update={"profile": watch.profile})
    print(ingested.model_dump_json())


def step_by_step(files: Sequence[Path], home: Home, watch: Stopwatch, embedded: int | None = None) -> Ingested:
    """All documents; the model embeds the first `embedded`, None: all."""
    real = len(files) if embedded is None else embedded
    with writer_lock(home, "eval.growth"), closing(Ledger.open(home, readonly=False)) as ledger:
        facts = sum(_read_and_stored(file, ledger, watch) for file in files)
        texts = _embedded(ledger, watch, real)
        with watch.step("storing"):
            update_vectors(home, ledger)  # all vectors are in the ledger's cache by now
    return Ingested(
        documents=len(files),
        embedded=real,
        facts=facts,
        texts=texts,
        seconds=_scaled(watch.seconds, len(files), real),
        processor=_scaled(watch.processor, len(files), real),
        ledger_bytes=size_of(home.ledger),
        vector_bytes=size_of(home.vectors),
        memory_mb=peak_memory_mb(),
    )


def _scaled(seconds: dict[str, float], documents: int, embedded: int) -> dict[str, float]:
    """With the step of embedding as for all documents."""
    whole = seconds.get("embedding", 0.0) * documents / max(embedded, 1)
    return {name: round(spent, 3) for name, spent in {**seconds, "embedding": whole}.items()}


def _read_and_stored(file: Path, ledger: Ledger, watch: Stopwatch) -> int:
    with watch.step("reading"):
        source = read_source(file)
        read = outline_to_facts(source, source_to_outline(source), file.name)
    with watch.step("checking"):
        checked = check_document(read)
    with watch.step("storing"):
        ledger.store(checked)
    return len(checked.facts)


def _embedded(ledger: Ledger, watch: Stopwatch, real: int) -> int:
    """How many texts the documents have; each distinct one gets one vector."""
    count = 0
    for number, document in enumerate(ledger.documents()):
        texts = [chunk.text for chunk in stored_chunks(ledger, document)] + member_names(ledger, [document.id])
        if number < real:
            with watch.step("embedding"):
                embed_passages(texts, ledger)
        else:
            ledger.store_embeddings({text_digest(text, DEFAULT_SETTINGS): _placeholder(text) for text in texts})
        count += len(texts)
    return count


def _placeholder(text: str) -> bytes:
    """A vector of length 1 that is like no other, in place of the model's: as large, and as cheap as nothing."""
    random = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(_DIMENSIONS)
    return (random / np.linalg.norm(random)).astype("<f4").tobytes()


if __name__ == "__main__":
    main()
