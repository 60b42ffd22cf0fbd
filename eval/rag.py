"""The plain alternative on the same questions: passages by LangChain's splitter, found by vector, by words, by both.

Measures how often the passages print the figure that is asked for. For a figure that is looked up this bounds what a
model reading them could answer; for one that must be computed it does not, since a model might compute it from
operands that the passages do hold. Same embedding model as ours, Chroma, one chunk size, nothing tuned.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.bm25 import BM25
from eval.expectations import Case, Figure, Number
from eval.figures import in_base_unit
from eval.records import Alternative, Recall
from ingest.embedding import embed_query, encode_passages
from ingest.home import DEFAULT_SETTINGS
from ingest.reading import read_source
from ingest.source import Line

DEPTHS = (1, 5, 20)
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


def measure(cases: Sequence[Case], paths: Sequence[Path]) -> Alternative:
    """Recall and time of each way of finding passages, for every first turn that asks for a number."""
    asked = [(case, case.turns[0]) for case in cases if isinstance(case.turns[0].expected, Number)]
    clock = time.perf_counter()
    passages = [passage for path in paths for passage in split(text_of(path))]
    searches = _searches(passages)
    seconds = time.perf_counter() - clock
    recalls = []
    for name, search in searches.items():
        held: dict[str, list[tuple[bool, ...]]] = {}
        times = []
        for case, turn in asked:
            assert isinstance(turn.expected, Number)
            _forget_queries()
            clock = time.perf_counter()
            found = search(turn.question, max(DEPTHS))
            times.append((time.perf_counter() - clock) * 1000)
            holds = [prints(passages[index], turn.expected.figure) for index in found]
            held.setdefault(case.kind, []).append(tuple(any(holds[:depth]) for depth in DEPTHS))
        recalls += list(_recalls(name, held, times))
    return Alternative(passages=len(passages), build_seconds=round(seconds, 2), recalls=tuple(recalls))


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


def _searches(passages: Sequence[str]) -> dict[str, Search]:
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


def _forget_queries() -> None:
    """Each way of finding pays for its own query vector."""
    embed_query.cache_clear()


def _recalls(name: str, held: dict[str, list[tuple[bool, ...]]], times: list[float]) -> Iterator[Recall]:
    ranked = sorted(times)
    everything = [row for rows in held.values() for row in rows]
    for kind, rows in [("", everything), *sorted(held.items())]:
        shares = tuple(sum(row[i] for row in rows) / max(len(rows), 1) for i in range(len(DEPTHS)))
        yield Recall(
            retriever=name,
            kind=kind,
            questions=len(rows),
            depths=DEPTHS,
            shares=tuple(round(share, 4) for share in shares),
            median_ms=round(ranked[len(ranked) // 2], 2) if ranked else 0.0,
        )
