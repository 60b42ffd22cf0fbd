"""The chat: questions and answers in order, and example questions drawn from what is loaded."""

from __future__ import annotations

import streamlit as st

from assistant.screens.answer_view import draw_answer
from assistant.screens.desk import Desk
from assistant.screens.documents import draw_upload
from assistant.screens.safe_text import safe_text
from assistant.screens.visit import Turn, Visit

_EXAMPLES = 6
_FIRST_TURNS = 30
_AVATARS = {"user": ":material/person:", "assistant": ":material/receipt_long:"}


def draw(visit: Visit, desk: Desk) -> None:
    documents = desk.documents()
    question = None
    if not visit.turns:
        _draw_hero()
        question = _draw_examples(desk) if documents else None
    if not documents:
        draw_upload(desk)
    clicked = _draw_turns(visit, desk)
    typed = st.chat_input("问预算里的任何一个数", max_chars=2000, disabled=not documents)
    question = typed or clicked or question
    if question:
        _ask(question, visit, desk)


def _draw_hero() -> None:
    st.html('<div class="mz-hero"><h1>明账</h1><p>问一份部门预算：先给准数，再给出处。</p></div>')


def _draw_examples(desk: Desk) -> str | None:
    clicked = None
    left, right = st.columns(2)
    for index, example in enumerate(desk.assistant.example_questions(_EXAMPLES)):
        column = left if index % 2 == 0 else right
        if column.button(safe_text(example), key=f"example-{index}", width="stretch"):
            clicked = example
    return clicked


def _draw_turns(visit: Visit, desk: Desk) -> str | None:
    clicked = None
    first = max(0, len(visit.turns) - _FIRST_TURNS)
    for number, turn in enumerate(visit.turns[first:], start=first):
        _draw_question(turn.question)
        with st.chat_message("assistant", avatar=_AVATARS["assistant"]):
            clicked = draw_answer(turn, number, desk, choices=number == len(visit.turns) - 1) or clicked
    return clicked


def _draw_question(question: str) -> None:
    with st.chat_message("user", avatar=_AVATARS["user"]):
        st.markdown(safe_text(question))


def _ask(question: str, visit: Visit, desk: Desk) -> None:
    _draw_question(question)
    with st.spinner("正在查账…"):
        visit.conversation = visit.conversation or desk.assistant.conversation(visit.chosen)
        answer = visit.conversation.ask(question)
    visit.turns.append(Turn(question, answer))
    st.rerun()
