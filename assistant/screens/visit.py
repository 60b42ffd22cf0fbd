"""What one visit remembers: its questions and answers, which citations are open, which documents were chosen.

A visit is found again by the `visit` key of the address, so that answers and their citations survive a reload.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

import streamlit as st

from assistant.answer import Answer
from assistant.conversation import Conversation

_KEPT_VISITS = 200
_ADDRESS_KEY = "visit"


@dataclass(slots=True)
class Turn:
    """One question with its answer; `opened` are the indexes of the citations that stand open."""

    question: str
    answer: Answer
    opened: set[int] = field(default_factory=set)
    all_citations: bool = False

    def open_or_close(self, citation: int) -> None:
        self.opened ^= {citation}

    def show_all_citations(self) -> None:
        self.all_citations = True


@dataclass(slots=True)
class Visit:
    """`chosen` are document names, empty for all; `conversation` is begun anew when the choice changes."""

    token: str
    turns: list[Turn] = field(default_factory=list)
    chosen: tuple[str, ...] = ()
    conversation: Conversation | None = None

    def choose(self, names: tuple[str, ...]) -> None:
        if names != self.chosen:
            self.chosen, self.conversation = names, None

    def begin_again(self) -> None:
        self.turns.clear()
        self.conversation = None


def current_visit() -> Visit:
    """The visit of this browser tab, found by session or by address, or a new one."""
    visits = _visits()
    token = st.session_state.get(_ADDRESS_KEY) or st.query_params.get(_ADDRESS_KEY, "")
    if token not in visits:
        token = secrets.token_urlsafe(12)
        visits[token] = Visit(token)
        if len(visits) > _KEPT_VISITS:
            visits.popitem(last=False)
    visits.move_to_end(token)
    st.session_state[_ADDRESS_KEY] = token
    if st.query_params.get(_ADDRESS_KEY) != token:
        st.query_params[_ADDRESS_KEY] = token
    return visits[token]


@st.cache_resource(show_spinner=False)
def _visits() -> OrderedDict[str, Visit]:
    return OrderedDict()
