"""Opens one citation: the table as in the source with the cell marked, or the sentence in its paragraph."""

from __future__ import annotations

import streamlit as st

from assistant.answer import Citation
from assistant.screens.ports import Desk
from assistant.screens.safe_text import safe_html, safe_text
from assistant.screens.source_view import Mark, place_text, sentence_html, table_html
from ingest.facts import Fact
from ingest.source import Place


def draw_citation(citation: Citation, desk: Desk) -> None:
    """The cited place in its surroundings; what the citation itself says when the ledger no longer holds it."""
    found = desk.fact(citation.fact_id) if citation.fact_id is not None else None
    st.html(_where_html(citation))
    if found is None:
        st.info("账本里已没有这份文件的原文，只能给出引用时的文字。", icon=":material/info:")
        return
    document_id, fact = found
    draw_fact(document_id, fact, desk)
    for warning in fact.warnings:
        st.warning(safe_text(warning), icon=":material/warning:")


def draw_fact(document_id: int, fact: Fact, desk: Desk) -> None:
    """The table of a cell, the paragraph of a prose figure."""
    record = desk.table(document_id, fact.table_index) if fact.table_index is not None else None
    if record is not None and fact.row_index is not None:
        st.html(table_html(record, Mark(fact.row_index, fact.column_index if fact.column_index is not None else -1)))
        return
    passage = desk.passage(document_id, fact)
    st.html(sentence_html(passage.text if passage else fact.sentence, fact.sentence, fact.printed))


def _where_html(citation: Citation) -> str:
    place = place_text(Place(page=citation.page, lines=citation.lines))
    where = " · ".join(safe_html(part) for part in (citation.document, place) if part)
    return f'<p class="mz-where">{where} · 印作 <b>{safe_html(citation.printed)}</b></p>'
