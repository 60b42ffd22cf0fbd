"""The names a document holds: what a question's words can be linked to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.facts import DocumentFacts, Fact, Origin
from ingest.labels import bare_label, label_key

SHEET_SEPARATOR = " / "


@dataclass(frozen=True, slots=True)
class Member:
    """One distinct name; `key` is its label key, `text` the name without list marks.

    `kind` is project, row (a table row's label), code (key: the subject code, text: its name), person, indicator,
    field (a sheet's field), table (a title), subject (what a prose figure is about) or term (of the glossary).
    """

    kind: str
    key: str
    text: str


EMBEDDED_KINDS = frozenset({"project", "row", "indicator", "field", "table", "subject", "term"})
PERSON_FIELDS = frozenset({"handler", "person_in_charge"})


def document_to_members(read: DocumentFacts) -> list[Member]:
    """Each name once, in source order."""
    names: dict[tuple[str, str], Member] = {}
    for kind, key, text in _names(read):
        if key and text:
            names.setdefault((kind, key), Member(kind, key, text))
    return list(names.values())


def _names(read: DocumentFacts) -> Iterator[tuple[str, str, str]]:
    for table in read.tables:
        yield _named("table", table.title)
    for passage in read.passages:
        yield _named("term", passage.term)
        yield _named("project", passage.project)
    for fact in read.facts:
        yield from _fact_names(fact)


def _fact_names(fact: Fact) -> Iterator[tuple[str, str, str]]:
    yield _named("project", fact.project)
    if fact.row_code:
        yield "code", fact.row_code, bare_label(fact.row)
    if fact.origin is Origin.TABLE:
        yield _named("row", fact.row)
    elif fact.origin is Origin.PROSE:
        yield _named("subject", fact.row)
    else:
        kind = "indicator" if fact.field == "indicator" else "field"
        yield _named(kind, fact.row.rsplit(SHEET_SEPARATOR, 1)[-1])
        if fact.field in PERSON_FIELDS:
            yield _named("person", fact.printed)


def _named(kind: str, text: str) -> tuple[str, str, str]:
    return kind, label_key(text), bare_label(text)
