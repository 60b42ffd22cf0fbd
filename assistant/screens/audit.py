"""The audit: every check of the chosen documents with its grade, both figures and both places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from assistant.screens.citation_view import draw_facts
from assistant.screens.desk import Desk
from assistant.screens.safe_text import safe_html, safe_text
from assistant.screens.source_view import place_text
from assistant.screens.visit import Visit
from ingest.facts import Finding, Grade
from ingest.ledger.ledger import StoredFact, StoredFinding
from ingest.numbers.numbers import format_quantity

_GRADES = {Grade.DISAGREES: "对不上", Grade.ROUNDING: "四舍五入之差", Grade.AGREES: "相符"}
_PAGE = 30
_SHOWN_KEY = "findings-shown"


def draw(visit: Visit, desk: Desk) -> None:
    st.header("核对")
    found = desk.findings(visit.chosen)
    if not found:
        st.info("所选文件没有可以核对的勾稽关系。", icon=":material/info:")
        return
    counts = Counter(stored.finding.grade for _, stored in found)
    grade = st.segmented_control(
        "核对结果",
        [grade for grade in _GRADES if counts[grade]],
        default=next(grade for grade in _GRADES if counts[grade]),
        format_func=lambda one: f"{_GRADES[one]} {counts[one]}",
        key="grade",
        required=True,
        label_visibility="collapsed",
    )
    _draw_findings([(name, stored) for name, stored in found if stored.finding.grade == grade], desk)


def _draw_findings(found: Sequence[tuple[str, StoredFinding]], desk: Desk) -> None:
    shown = st.session_state.get(_SHOWN_KEY, _PAGE)
    for number, (document, stored) in enumerate(found[:shown]):
        _draw_finding(document, stored, f"{stored.finding.grade}-{number}", desk)
    if len(found) > shown and st.button(f"再看 {min(_PAGE, len(found) - shown)} 条", key="more-findings"):
        st.session_state[_SHOWN_KEY] = shown + _PAGE
        st.rerun()


def _draw_finding(document: str, stored: StoredFinding, key: str, desk: Desk) -> None:
    with st.container(border=True, gap="xsmall"):
        st.html(_finding_html(document, stored.finding))
        if stored.finding.repair:
            st.info(safe_text(stored.finding.repair), icon=":material/build:")
        if stored.fact_ids and st.toggle("看原文", key=f"finding-{key}"):
            for together in _by_place(desk.facts(stored.fact_ids)):
                st.html(f'<p class="mz-where">{_facts_html(together)}</p>')
                draw_facts(together, desk)


def _finding_html(document: str, finding: Finding) -> str:
    quantities = [quantity for quantity in (finding.expected, finding.actual) if quantity is not None]
    figures = [f"<b>{safe_html(format_quantity(quantity))}</b>" for quantity in quantities]
    grade = f'<span class="mz-grade {finding.grade}">{_GRADES[finding.grade]}</span>'
    lines = [f"{grade}{safe_html(finding.summary)}", " 对 ".join(figures)]
    quiet = [
        "" if finding.recomputation in finding.repair else safe_html(finding.recomputation),
        " · ".join(safe_html(part) for part in (document, finding.table) if part),
    ]
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    return f'<div class="mz-finding">{body}{"".join(f"<p class=mz-quiet>{line}</p>" for line in quiet if line)}</div>'


def _facts_html(together: Sequence[StoredFact]) -> str:
    fact = together[0].fact
    if len(together) > 1:
        return f"{safe_html(fact.table)} · 标出 {len(together)} 处"
    parts = [fact.table, fact.row, " / ".join(fact.column), place_text(fact.place)]
    where = " · ".join(safe_html(part) for part in parts if part)
    return f"{where} · 印作 <b>{safe_html(fact.printed)}</b>"


def _by_place(facts: Sequence[StoredFact]) -> list[list[StoredFact]]:
    """The facts of each table or sentence together, so that a table is shown once with all its cells marked."""
    places: dict[object, list[StoredFact]] = {}
    for stored in facts:
        fact = stored.fact
        places.setdefault(fact.sentence if fact.table_index is None else fact.table_index, []).append(stored)
    return list(places.values())
