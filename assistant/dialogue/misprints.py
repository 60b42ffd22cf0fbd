"""What a turn asks of a row whose printed number was found to be another's, once that number was told."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.catalog import AS_PRINTED
from assistant.cues import says
from assistant.dialogue.focus import Focus
from assistant.dialogue.referents import Referents
from assistant.plan import Consistent, Listing, Lookup, Members, Plan, Selector, Universe, selectors_in
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact

_SHORT = 12  # characters of a turn that only asks whether the last answer is right


class Misprints:
    """Plans about the rows of the mended table that was spoken of."""

    def __init__(self, referents: Referents) -> None:
        self.referents = referents
        self.catalog = referents.catalog

    def plans(self, text: str) -> Iterator[Plan]:
        """Whether the number told may be used, what it should be, what the rows named should be."""
        turn = next((each for each in self.referents.turns[:2] if _told_misprinted(each)), None)
        last = next(selectors_in(turn.plan), None) if turn is not None else None
        if turn is None or last is None or not last.label:
            return
        right = says(text, "right_number")
        named = self._rows_in(text)
        again = isinstance(turn.plan, Consistent) and turn.plan.trusted
        if named and (right or again):
            tables = tuple(dict.fromkeys((c.document_id, c.fact.table_index or 0) for c in _misprints(turn)))
            rows = [Selector(row, row, row_keys=(label_key(row),), tables=tables) for row in named]
            if len(rows) == 1:
                yield Consistent(rows[0], trusted=True)
            else:
                given = tuple(map(Lookup, rows))
                yield Listing(Members(Universe.GIVEN, text, given=given))
        elif (
            not named
            and len(text) <= _SHORT
            and (right or says(text, "reasonable", "claim_tail", "which_to_trust", "usable"))
        ):
            cells = [self.catalog.by_id[i].fact for i in last.fact_ids]
            rows_of = last.row_keys or tuple(dict.fromkeys(label_key(fact.row) for fact in cells))
            of = Selector(last.words, last.label, row_keys=rows_of, tables=last.tables, code=last.code)
            yield Consistent(of, trusted=right or says(text, "which_to_trust"))

    def _rows_in(self, text: str) -> list[str]:
        """The rows of mended tables that a text names, in its order."""
        key = label_key(text)
        rows = {s.fact.row for s in self.catalog.facts if s.fact.field == AS_PRINTED and label_key(s.fact.row) in key}
        longest = [row for row in rows if not any(row != other and row in other for other in rows)]
        return sorted(longest, key=lambda row: key.index(label_key(row)))


def _misprints(turn: Focus) -> list[StoredFact]:
    return [cell for cell in turn.result.all_cells if cell.fact.field == AS_PRINTED] if turn.result is not None else []


def _told_misprinted(turn: Focus) -> bool:
    return bool(_misprints(turn))
