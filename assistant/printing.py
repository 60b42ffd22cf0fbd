"""Answers and documents as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Answer, Citation
from ingest.ledger.ledger import StoredDocument

KINDS = {"budget": "预算", "final_accounts": "决算"}


def answer_to_text(answer: Answer) -> str:
    """The text a reader is shown, then the warnings it does not yet hold and where each figure is printed."""
    return "\n".join(_lines(answer))


def _lines(answer: Answer) -> Iterator[str]:
    yield answer.text
    for warning in answer.warnings:
        if warning not in answer.text:
            yield f"⚠ {warning}"
    if answer.citations:
        yield "出处："
        yield from dict.fromkeys(f"  {_citation_to_text(citation)}" for citation in answer.citations)


def _citation_to_text(citation: Citation) -> str:
    cell = " · ".join(part for part in (citation.table, citation.row, citation.column) if part)
    return f"{citation.document} {_place(citation)}｜{cell}｜{citation.printed}"


def _place(citation: Citation) -> str:
    if citation.page is not None:
        return f"第 {citation.page} 页"
    if citation.lines is None:
        return ""
    first, last = citation.lines
    return f"第 {first} 行" if first == last else f"第 {first}-{last} 行"


def document_to_text(document: StoredDocument) -> str:
    year = f"{document.year}年{KINDS.get(document.kind, '')}" if document.year else "年度不明"
    return "\t".join((document.name, document.department or "部门不明", year, *document.notes))


def document_to_json(document: StoredDocument) -> dict[str, object]:
    return {
        "name": document.name,
        "department": document.department,
        "year": document.year,
        "kind": document.kind,
        "title": document.title,
        "format": document.format,
        "sha256": document.sha256,
        "stored_at": document.stored_at,
        "notes": list(document.notes),
    }
