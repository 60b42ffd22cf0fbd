"""Phrases that are a figure's whole name: a row's label, a concept's name, a subject's code."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog
from assistant.cues import cue
from assistant.names.linking import Linker
from assistant.names.segments import content_of
from assistant.phrases.coordinates import side_in
from assistant.plan import Selector
from assistant.words import Concept, concept_names
from ingest.labels import bare_label, label_key


class ExactNames:
    """Finds whole names in one catalog."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self.catalog = catalog
        self.linker = linker

    def is_a_name(self, text: str) -> bool:
        key = label_key(text)
        return key in self.linker.pieces or key in concept_names()

    def selector(self, text: str) -> Selector | None:
        """A concept or a row whose whole name the phrase is."""
        key = label_key(text)
        if key not in concept_names() and self._is_row(key):
            return Selector(text, bare_label(self.catalog.rows[key][0].fact.row), row_keys=(key,))
        if (blank := self._blank_row(key)) is not None:
            return Selector(text, blank, row_keys=(label_key(blank),))
        words = [word.text for word in content_of(self.linker.words(text))]
        named = {concept_names()[word].key for word in words if word in concept_names()}
        one = words[0] if len(named) == 1 and all(word in concept_names() for word in words) else ""
        for candidate in (key, "".join(words), one, _counted(key)):
            if (concept := concept_names().get(candidate)) is not None and self._is_printed(concept):
                return _of_concept(concept, text)
        return None

    def _is_row(self, key: str) -> bool:
        return any(s.fact.quantity is not None and not s.fact.project for s in self.catalog.rows.get(key, ()))

    def _blank_row(self, key: str) -> str | None:
        """The label of a row that every table prints without a value."""
        for candidate in (key, label_key(cue("asking_tail").sub("", key))):
            known = candidate in self.catalog.rows or candidate in concept_names()
            if candidate in self.catalog.blank_rows and not known:
                return self.catalog.blank_rows[candidate][1]
        return None

    def _is_printed(self, concept: Concept) -> bool:
        """Whether a concept that only prose tells is told; any other may be asked for."""
        return bool(concept.rows or concept.total or concept.tables or not concept.prose) or any(
            label_key(name) in self.catalog.prose for name in concept.prose
        )

    def code_in(self, text: str) -> str | None:
        """A subject code that the documents hold."""
        return next((code for code in cue("subject_code").findall(text) if code in self.catalog.codes), None)

    def unknown_code(self, text: str) -> str | None:
        """A subject code asked for that no document holds."""
        code = next((code for code in cue("subject_code").findall(text) if len(code) >= 5), None)
        return code if code not in self.catalog.codes else None

    def code_label(self, code: str) -> str:
        return f"{code} {bare_label(self.catalog.codes[code][0].fact.row)}"


def _of_concept(concept: Concept, text: str) -> Selector:
    wish = concept.wished()
    if concept.fund_row and wish.side is None:
        wish = replace(wish, side=side_in(text))
    return Selector(text, concept.label, wish, concept=concept.key, table_kinds=concept.tables)


def _counted(key: str) -> str:
    """`有几辆公车` as the name of a number of things: 公车数量; "" when nothing is counted."""
    found = cue("vehicles_counted").fullmatch(key)
    return f"{cue('count_opener').sub('', found['A'])}{found['B']}数量" if found else ""
