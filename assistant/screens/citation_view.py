"""Opens one citation: the table as in the source with the cell marked, or the sentence in its paragraph."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.answer import Citation
from assistant.screens.desk import Desk
from assistant.screens.safe_text import safe_html, safe_text
from assistant.screens.source_view import Mark, place_text, sentence_html, table_html
from ingest.ledger.ledger import StoredFact
from ingest.source import Place


def draw_citation(citation: Citation, desk: Desk) -> None:
    """The cited place in its surroundings; what the citation itself says when the ledger no longer holds it."""
    stored = desk.fact(citation.fact_id) if citation.fact_id is not None else None
    st.html(_where_html(citation))
    if stored is None:
        st.info("账本里已没有这份文件的原文，只能给出引用时的文字。", icon=":material/info:")
        return
    draw_facts([stored], desk)
    for warning in stored.fact.warnings:
        st.warning(safe_text(warning), icon=":material/warning:")


def draw_facts(stored: Sequence[StoredFact], desk: Desk) -> None:
    """Facts of one place: the table with their cells marked, or the paragraph of the first of them."""
    first, record = stored[0], desk.table(stored[0])
    if record is not None:
        st.html(table_html(record, [mark for one in stored if (mark := _mark(one)) is not None]))
        return
    fact, passage = first.fact, desk.passage(first)
    st.html(sentence_html(passage.text if passage else fact.sentence, fact.sentence, fact.printed))


def _mark(stored: StoredFact) -> Mark | None:
    fact = stored.fact
    return None if fact.row_index is None else Mark(fact.row_index, fact.column_index)


def _where_html(citation: Citation) -> str:
    place = place_text(Place(page=citation.page, lines=citation.lines))
    where = " · ".join(safe_html(part) for part in (citation.document, place) if part)
    return f'<p class="mz-where">{where} · 印作 <b>{safe_html(citation.printed)}</b></p>'
