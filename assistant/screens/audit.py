"""The audit: every check of the chosen documents with its grade, both figures and both places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from assistant.screens.citation_view import draw_fact
from assistant.screens.ports import CheckedPlace, Desk
from assistant.screens.safe_text import safe_html, safe_text
from assistant.screens.source_view import place_text
from assistant.screens.visit import Visit
from ingest.facts import Fact, Grade
from ingest.quantities import Quantity

_GRADES = {Grade.DISAGREES: "对不上", Grade.ROUNDING: "四舍五入之差", Grade.AGREES: "相符"}
_PAGE = 30


def draw(visit: Visit, desk: Desk) -> None:
    st.header("核对")
    found = desk.findings(visit.chosen)
    if not found:
        st.info("所选文件没有可以核对的勾稽关系。", icon=":material/info:")
        return
    counts = Counter(place.finding.grade for place in found)
    grade = st.segmented_control(
        "核对结果",
        list(_GRADES),
        default=next(grade for grade in _GRADES if counts[grade]),
        format_func=lambda one: f"{_GRADES[one]} {counts[one]}",
        key="grade",
        required=True,
        label_visibility="collapsed",
    )
    _draw_findings([place for place in found if place.finding.grade == grade], desk)


def _draw_findings(found: Sequence[CheckedPlace], desk: Desk) -> None:
    shown = st.session_state.get("findings-shown", _PAGE)
    for number, place in enumerate(found[:shown]):
        _draw_finding(place, f"{place.finding.grade}-{number}", desk)
    if len(found) > shown and st.button(f"再看 {min(_PAGE, len(found) - shown)} 条", key="more-findings"):
        st.session_state["findings-shown"] = shown + _PAGE
        st.rerun()


@st.fragment
def _draw_finding(place: CheckedPlace, key: str, desk: Desk) -> None:
    with st.container(border=True):
        st.html(_finding_html(place))
        if place.facts and st.toggle("看原表", key=f"finding-{key}"):
            for fact in _one_for_each_table(place.facts):
                st.html(f'<p class="mz-where">{_fact_html(fact)}</p>')
                draw_fact(place.document_id, fact, desk)
        if place.finding.repair:
            st.info(safe_text(place.finding.repair), icon=":material/build:")


def _finding_html(place: CheckedPlace) -> str:
    finding = place.finding
    figures = [
        f"{label} <b>{safe_html(_quantity_text(quantity))}</b>"
        for label, quantity in (("应为", finding.expected), ("印作", finding.actual))
        if quantity is not None
    ]
    lines = [
        f'<span class="mz-grade {finding.grade}">{_GRADES[finding.grade]}</span>{safe_html(finding.summary)}',
        " · ".join(figures),
        safe_html(finding.recomputation),
        " · ".join(safe_html(part) for part in (place.document, finding.table) if part),
    ]
    body = "".join(
        f'<p class="{"mz-quiet" if index > 1 else ""}">{line}</p>' for index, line in enumerate(lines) if line
    )
    return f'<div class="mz-finding">{body}</div>'


def _fact_html(fact: Fact) -> str:
    parts = [fact.table, fact.row, " / ".join(fact.column), place_text(fact.place)]
    where = " · ".join(safe_html(part) for part in parts if part)
    return f"{where} · 印作 <b>{safe_html(fact.printed)}</b>"


def _one_for_each_table(facts: Sequence[Fact]) -> list[Fact]:
    first: dict[object, Fact] = {}
    for fact in facts:
        first.setdefault(fact.table_index if fact.table_index is not None else fact.place, fact)
    return list(first.values())


def _quantity_text(quantity: Quantity) -> str:
    number = quantity.number
    plain = number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
    return f"{plain:,f} {quantity.unit}"
