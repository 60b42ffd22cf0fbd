"""Beside every screen: which documents are asked, and a fresh start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from assistant.screens.desk import Desk
from assistant.screens.visit import Visit
from ingest.ledger.ledger import StoredDocument

_KINDS = {"budget": "预算", "final_accounts": "决算"}


def draw(visit: Visit, desk: Desk) -> None:
    documents = desk.documents()
    labels = document_labels(documents)
    with st.sidebar:
        kept = [name for name in visit.chosen if name in labels]
        chosen = st.multiselect(
            "问哪些文件",
            list(labels),
            default=kept,
            format_func=labels.__getitem__,
            placeholder=f"全部 {len(documents)} 份" if documents else "还没有文件",
            key="chosen-documents",
        )
        visit.choose(tuple(chosen))
        if visit.turns and st.button("开始新的对话", icon=":material/edit_square:", width="stretch", key="begin-again"):
            visit.begin_again()
            st.rerun()
        st.html('<p class="mz-quiet">文件和问答都留在这台机器上。</p>')


def document_labels(documents: Sequence[StoredDocument]) -> dict[str, str]:
    """Each document's name with what a reader calls it; the file's name is added where two would read alike."""
    spoken = {document.name: _spoken_name(document) for document in documents}
    seen = Counter(spoken.values())
    return {name: label if seen[label] == 1 else f"{label}（{name}）" for name, label in spoken.items()}


def _spoken_name(document: StoredDocument) -> str:
    if not document.department:
        return document.name
    year = f" {document.year} 年" if document.year else ""
    return f"{document.department}{year}{_KINDS.get(document.kind, '')}"
