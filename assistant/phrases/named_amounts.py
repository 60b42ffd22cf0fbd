"""An amount said under its name: `工程采购2500万,正好和哪个项目一样大` asks for what has that amount, whatever it is called."""

from __future__ import annotations

import re

from assistant.names.linking import Linker
from assistant.names.segments import WordKind, content_of
from assistant.phrases.stated import StatedNumbers
from assistant.phrases.trimming import amounts_in
from assistant.words import concept_names
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import NumeralKind

_CLAUSE = re.compile(r"[,，、:：](?!\d)")


class NamedAmounts:
    """Finds amounts with their names over one catalog."""

    def __init__(self, linker: Linker, stated: StatedNumbers) -> None:
        self.linker = linker
        self.stated = stated

    def bare(self, text: str) -> str | None:
        """A question without the name of its one amount, where the documents print the amount under that name."""
        amounts = [a for a in amounts_in(text) if a.kind is not NumeralKind.SHARE]
        if len(amounts) != 1:
            return None
        start = max((found.end() for found in _CLAUSE.finditer(text, 0, amounts[0].start)), default=0)
        name = text[start : amounts[0].start]
        cells = list(map(_printed_about, self.stated.cells(amounts[0])))
        called = name and any(self._is_called(name, cell) for cell in cells)
        return text[:start] + text[amounts[0].start :] if called else None

    def _is_called(self, name: str, printed: str) -> bool:
        """Whether what is printed about a cell has the name said, all its words, or what its concept is called."""
        if (concept := concept_names().get(label_key(name))) is not None:
            names = (concept.label, *concept.rows, *concept.prose)
            return any(label_key(each) in printed for each in names)
        words = content_of(self.linker.words(name))
        known = bool(words) and all(word.kind is not WordKind.UNKNOWN for word in words)
        return known and all(any(reading in printed for reading in word.readings) for word in words)


def _printed_about(stored: StoredFact) -> str:
    fact = stored.fact
    return "".join(map(label_key, (fact.row, *fact.row_path, *fact.column, fact.project, fact.table, fact.sentence)))
