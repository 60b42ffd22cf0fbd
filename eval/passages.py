"""Passages as a plain pipeline makes and finds them: LangChain's splitter, vectors in Chroma, BM25, both fused."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.bm25 import BM25
from eval.expectations import Figure
from eval.figures import in_base_unit
from ingest.home import DEFAULT_SETTINGS
from ingest.reading import read_source
from ingest.search.embedding import embed_query, encode_passages
from ingest.source import Line

_SIZE, _OVERLAP = 500, 50
_SEPARATORS = ["\n\n", "\n", "。", "；", "，", " ", ""]
_RANK_OFFSET = 60  # of reciprocal rank fusion, as published
_PRINTED = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*(亿|万)?\s*([^\s\d,.;:，。；：]?)")
_SCALES = (Decimal(1), Decimal(10**4), Decimal(10**8))

Search = Callable[[str, int], list[int]]


class SameModel(Embeddings):
    """Our embedding model behind LangChain's interface."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, vector)) for vector in encode_passages(texts, DEFAULT_SETTINGS)]

    def embed_query(self, text: str) -> list[float]:
        return list(map(float, embed_query(text)))


def text_of(path: Path) -> str:
    """The whole document as a plain pipeline would see it: lines, and rows with tabs between cells."""
    lines: list[str] = []
    for block in read_source(path).blocks:
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            lines += ["\t".join(cell.text.replace("\n", "") for cell in row) for row in block.rows]
    return "\n".join(lines)


def split(text: str) -> list[str]:
    splitter = RecursiveCharacterTextSplitter(chunk_size=_SIZE, chunk_overlap=_OVERLAP, separators=_SEPARATORS)
    return splitter.split_text(text)


def prints(passage: str, figure: Figure) -> bool:
    """Whether a passage prints this figure, in whatever scale; counts and shares must carry their unit."""
    number, unit = in_base_unit(figure.number, figure.unit)
    tolerance = in_base_unit(figure.tolerance, figure.unit)[0]
    for match in _PRINTED.finditer(passage):
        printed = Decimal(match[1].replace(",", "").rstrip(".") or "0")
        if unit == "元":
            near = any(abs(printed * scale - number) <= tolerance for scale in _SCALES)
        else:
            scaled = in_base_unit(printed, (match[2] or "") + unit)[0]
            near = abs(scaled - number) <= tolerance and in_base_unit(printed, match[3])[1][:1] == unit[:1]
        if near:
            return True
    return False


def searches(passages: Sequence[str]) -> dict[str, Search]:
    """Each way of finding passages by its name: the indexes of the best, best first."""
    store = Chroma(embedding_function=SameModel(), collection_metadata={"hnsw:space": "cosine"})
    for start in range(0, len(passages), 5000):
        batch = list(passages[start : start + 5000])
        store.add_texts(batch, [{"index": start + i} for i in range(len(batch))])
    lexical = BM25(passages)

    def dense(question: str, limit: int) -> list[int]:
        return [int(document.metadata["index"]) for document in store.similarity_search(question, k=limit)]

    def fused(question: str, limit: int) -> list[int]:
        return fuse([dense(question, limit), lexical.search(question, limit)])[:limit]

    return {"dense": dense, "bm25": lexical.search, "fused": fused}


def fuse(rankings: Sequence[Sequence[int]]) -> list[int]:
    """Reciprocal rank fusion."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, index in enumerate(ranking, 1):
            scores[index] = scores.get(index, 0.0) + 1 / (_RANK_OFFSET + rank)
    return sorted(scores, key=lambda index: (-scores[index], index))
