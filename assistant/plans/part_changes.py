"""Plans of the part of a figure that rose or fell the most: `三公经费里哪一块降得最多,降了多少`."""

from __future__ import annotations

from decimal import Decimal

from assistant.computing.changes import Changes
from assistant.computing.figures import Figure, Figures
from assistant.computing.sets import Member, Sets
from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.plan import Change, Members, Selector, Universe
from assistant.question import Question

_AT_LEAST = 2  # parts of which one changed most


class PartChanges:
    """Plans over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        figures = Figures(phrases.catalog)
        self.sets = Sets(phrases.catalog, figures)
        self.changes = Changes(phrases.catalog, figures)

    def changed_most(self, question: Question) -> Change | None:
        """The change of the part that changed most; None unless the change of every part is known and one is the largest."""
        found = cue("part_changed_most").search(question.text)
        whole = self.phrases.selector(found["X"]) if found else None
        if found is None or whole is None or whole.project or whole.fact_ids:
            return None
        fell = says(found["how"], "fell")
        parts = self.sets.members(Members(Universe.PARTS, question.text, of=whole))
        known = [(self._change(part, whole), part) for part in parts]
        sizes = [-size if fell else size for size, _ in known if size is not None]
        if len(known) < _AT_LEAST or len(sizes) != len(known) or max(sizes) <= 0 or sizes.count(max(sizes)) > 1:
            return None
        return Change(_selector(known[sizes.index(max(sizes))][1], whole), "amount", most=True)

    def _change(self, part: Member, whole: Selector) -> Decimal | None:
        if not isinstance(part.figure, Figure):
            return None
        result = self.changes.change(Change(_selector(part, whole), "amount"))
        return result.value.number if result.value is not None else None


def _selector(part: Member, whole: Selector) -> Selector:
    """A part as a row of the table that its whole was taken apart in."""
    assert isinstance(part.figure, Figure)
    cell = part.figure.primary
    tables = ((cell.document_id, cell.fact.table_index),) if cell.fact.table_index is not None else ()
    return Selector(whole.words, part.label, row_keys=(part.key,), tables=tables)
