"""Plans for posts that are not filled: `编制还空多少人`, the authorised ones less those that there are."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cues import says
from assistant.phrases.phrases import Phrases
from assistant.plan import Combine, Lookup, Selector
from assistant.question import Question
from ingest.facts import Origin
from ingest.ledger.ledger import StoredFact

_PERSONS = ("人", "名")


class VacancyPlans:
    """Reads questions for vacant posts over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.catalog = phrases.catalog

    def vacant(self, question: Question) -> Combine | None:
        """All authorised posts less all staff, where one section tells both and each once."""
        if not says(question.text, "left_vacant"):
            return None
        authorised = [stored for stored in self._headcounts() if says(stored.fact.row, "posts_authorised")]
        present = [stored for stored in self._headcounts() if says(stored.fact.row, "staff_present")]
        if len(authorised) != 1 or len(present) != 1 or authorised[0].fact.table != present[0].fact.table:
            return None
        left, right = (Lookup(Selector(s.fact.row, s.fact.row, fact_ids=(s.id,))) for s in (authorised[0], present[0]))
        return Combine("-", (left, right))

    def _headcounts(self) -> Iterator[StoredFact]:
        """Numbers of persons of all the department, none of a part."""
        for stored in self.catalog.facts:
            fact = stored.fact
            whole = fact.origin is Origin.PROSE and not fact.project and not fact.row_path
            if whole and fact.quantity is not None and fact.quantity.unit in _PERSONS:
                yield stored
