"""Draws one answer: the text, what is doubtful, how it was computed, and every place a figure came from."""

from __future__ import annotations

import streamlit as st

from assistant.answer import Answer, AnswerStatus, Citation, Step
from assistant.screens.answer_text import answer_html
from assistant.screens.citation_view import draw_citation
from assistant.screens.desk import Desk
from assistant.screens.safe_text import safe_html, safe_text
from assistant.screens.visit import Turn

_FIRST_CITATIONS = 4


def draw_answer(turn: Turn, number: int, desk: Desk, *, choices: bool) -> str | None:
    """Draws the answer to question `number`; the choice a reader clicked when the answer asks back, else None."""
    answer = turn.answer
    with st.container(key=f"answer-{number}"):
        st.html(answer_html(answer.text))
        for warning in answer.warnings:
            if warning not in answer.text:
                st.warning(safe_text(warning), icon=":material/warning:")
        clicked = _draw_choices(answer, number) if choices and answer.status is AnswerStatus.CLARIFY else None
        _draw_steps(answer.steps)
        with st.container(gap="xxsmall"):
            _draw_citations(turn, number, desk)
    return clicked


def _draw_choices(answer: Answer, number: int) -> str | None:
    clicked = None
    with st.container(horizontal=True, gap="small"):
        for index, item in enumerate(answer.items):
            if st.button(safe_text(item.label), key=f"choice-{number}-{index}"):
                clicked = item.label
    return clicked


def _draw_steps(steps: tuple[Step, ...]) -> None:
    if not steps:
        return
    with st.expander(f"算法（{len(steps)} 步）", icon=":material/calculate:"):
        lines = "".join(f"<li>{safe_html(step.expression)}</li>" for step in steps)
        st.html(f'<ol class="mz-steps">{lines}</ol>')


def _draw_citations(turn: Turn, number: int, desk: Desk) -> None:
    citations = turn.answer.citations
    shown = citations if turn.all_citations else citations[:_FIRST_CITATIONS]
    for index, citation in enumerate(shown):
        st.button(
            safe_text(f"{index + 1}. {_citation_label(citation)}"),
            key=f"cite-{number}-{index}",
            type="tertiary",
            icon=":material/expand_less:" if index in turn.opened else ":material/table_view:",
            on_click=turn.open_or_close,
            args=(index,),
        )
        if index in turn.opened:
            draw_citation(citation, desk)
    if len(shown) < len(citations):
        st.button(
            f"另有 {len(citations) - len(shown)} 处出处",
            key=f"cite-more-{number}",
            type="tertiary",
            icon=":material/more_horiz:",
            on_click=turn.show_all_citations,
        )


def _citation_label(citation: Citation) -> str:
    parts = [citation.table, citation.row, citation.column]
    return " · ".join(part for part in parts if part) or citation.document
