"""Chunks say where they belong, each text is embedded once, and the store follows the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.facts import Passage, TableRecord
from ingest.home import DEFAULT_SETTINGS, Home, Settings
from ingest.ledger.ledger import Ledger
from ingest.search.chunks import DocumentContext, document_to_chunks
from ingest.search.embedding import (
    bundled_engine,
    embed_passages,
    embed_query,
    member_vectors,
    sentence_model,
    text_digest,
)
from ingest.search.vectors import Vectors, rebuild_vectors, stored_chunks, update_vectors
from ingest.source import Place
from tests.ingest.documents import DOCUMENT

CONTEXT = DocumentContext(7, "甲.txt", "某局", 2023)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def ledger(home: Home) -> Iterator[Ledger]:
    opened = Ledger.open(home, readonly=False)
    yield opened
    opened.close()


def test_a_chunk_says_where_it_belongs() -> None:
    table = TableRecord(
        "支出表",
        "expenditure",
        "",
        "万元",
        (("科目", "合计"), ("办公费", "1,234.50"), ("差旅费", "-")),
        (),
        "注：不含结转",
    )
    passage = Passage(("第二部分", "三、支出"), "因会议增加。", Place(), project="道路养护", field="overview")
    texts = [chunk.text for chunk in document_to_chunks(CONTEXT, [table], [(3, passage)])]
    assert texts == [
        "某局 2023年 第二部分 三、支出 道路养护\n因会议增加。",
        "某局 2023年 支出表 单位：万元 注：不含结转\n科目；合计；办公费；差旅费；",
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("短句。", 1, id="short"),
        pytest.param("甲" * 300 + "。" + "乙" * 300 + "。", 2, id="split between sentences"),
        pytest.param("甲" * 1000, 3, id="one endless sentence"),
        pytest.param("", 1, id="empty"),
    ],
)
def test_a_long_passage_is_split_and_nothing_is_lost(text: str, pieces: int) -> None:
    chunks = list(document_to_chunks(CONTEXT, [], [(0, Passage((), text, Place()))]))
    assert len(chunks) == pieces
    assert "".join(chunk.text.partition("\n")[2] for chunk in chunks) == text
    assert len({chunk.id for chunk in chunks}) == pieces


def test_a_table_never_gets_a_vector_for_each_row() -> None:
    rows = tuple((f"科目{number}", f"{number}.00") for number in range(300))
    chunks = list(document_to_chunks(CONTEXT, [TableRecord("支出表", "", "", "", rows, ())], []))
    assert len(chunks) < 10
    assert all("支出表" in chunk.text for chunk in chunks)


def test_every_door_to_the_bundled_model_gives_the_same_vectors(ledger: Ledger) -> None:
    texts = ["征收补偿资金多少", "办公费", "公务用车运行维护费" * 20]
    model = sentence_model(DEFAULT_SETTINGS)
    assert np.array_equal(model.encode_document(texts), bundled_engine().passage(texts))
    assert np.array_equal(embed_passages(texts, ledger), bundled_engine().passage(texts))
    assert np.array_equal(model.encode_query(texts[0]), embed_query(texts[0]))
    assert not np.array_equal(embed_query(texts[0]), bundled_engine().passage(texts[0]))


def test_each_text_is_embedded_once(ledger: Ledger) -> None:
    first = embed_passages(["甲", "乙", "甲"], ledger)
    assert first.shape == (3, 384)
    marked = np.full(384, 0.5, np.float32)
    other = Settings(embedding_model="a model that cannot be loaded")
    ledger.store_embeddings({text_digest("丙", other): marked.tobytes()})
    assert np.array_equal(embed_passages(["丙"], ledger, other), [marked])
    assert np.array_equal(embed_passages(["甲"], ledger), first[:1])


def test_the_store_follows_the_ledger(home: Home, ledger: Ledger) -> None:
    vectors = Vectors(home, Ledger.open(home))
    assert vectors.search("职责") == []
    first = ledger.store(DOCUMENT)
    update_vectors(home, ledger)
    assert ledger.vector_tasks() == []
    assert vectors.generation == str(ledger.generation)
    found = vectors.search("什么是基本支出")
    assert (found[0].document_id, found[0].kind, found[0].position) == (first, "passage", 1)
    assert {(hit.kind, hit.position) for hit in found} == {
        (chunk.kind, chunk.position) for chunk in stored_chunks(ledger, ledger.documents()[0])
    }

    second = ledger.store(replace(DOCUMENT, sha256="cd" * 32, passages=DOCUMENT.passages[:1]))
    assert vectors.search("什么是基本支出") == []  # hits of what is gone are not shown
    update_vectors(home, ledger)
    assert {hit.document_id for hit in vectors.search("什么是基本支出")} == {second}
    assert vectors.search("什么是基本支出", [first]) == []

    ledger.remove(DOCUMENT.name)
    update_vectors(home, ledger)
    assert vectors.search("什么是基本支出") == []


def test_the_store_is_rebuilt_from_the_ledger(home: Home, ledger: Ledger) -> None:
    ledger.store(DOCUMENT)
    update_vectors(home, ledger)
    vectors = Vectors(home, Ledger.open(home))
    before = vectors.search("负责什么")
    for file in home.vectors.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    rebuild_vectors(home, ledger)
    assert Vectors(home, Ledger.open(home)).search("负责什么") == before


def test_names_have_vectors_without_the_store(home: Home, ledger: Ledger) -> None:
    ledger.store(DOCUMENT)
    assert member_vectors(ledger)[0] == []
    update_vectors(home, ledger)
    names, matrix = member_vectors(ledger)
    assert set(names) >= {"道路养护", "养护里程", "办公费", "基本支出"}
    assert "甲某" not in names
    assert matrix.shape == (len(names), 384)
    nearest = names[int(np.argmax(matrix @ embed_query("修路的项目")))]
    assert nearest == "道路养护"
