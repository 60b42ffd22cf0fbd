"""Names that mean something near to a question: a suggestion when no name fits its words, never a decision.

Vectors cannot tell amounts or decide that nothing is there; they only put names in an order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from ingest.home import DEFAULT_SETTINGS, Settings
from ingest.ledger.ledger import Ledger
from ingest.search.embedding import Matrix, embed_query, member_vectors


class Meaning:
    """The names of some documents with their vectors, loaded at first use; empty where none were embedded."""

    def __init__(self, ledger: Ledger, document_ids: Collection[int], settings: Settings = DEFAULT_SETTINGS) -> None:
        self._ledger = ledger
        self._ids = tuple(document_ids)
        self._settings = settings

    def nearest(self, text: str, limit: int = 3) -> Sequence[str]:
        """The names nearest in meaning, best first."""
        names, matrix = self._vectors
        if not names:
            return ()
        order = (-(matrix @ embed_query(text, self._settings))).argsort()[:limit]
        return tuple(names[int(number)] for number in order)

    def nearness(self, text: str) -> dict[str, float]:
        """How near each name is in meaning, in standard deviations from the names' mean."""
        names, matrix = self._vectors
        if len(names) < 2:
            return {}
        near = matrix @ embed_query(text, self._settings)
        spread = float(near.std()) or 1.0
        return dict(zip(names, ((near - near.mean()) / spread).tolist(), strict=True))

    @cached_property
    def _vectors(self) -> tuple[list[str], Matrix]:
        return member_vectors(self._ledger, self._settings, self._ids)
