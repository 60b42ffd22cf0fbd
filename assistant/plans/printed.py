"""Plans for what is misprinted: `X一张表写0.55万、一张表写1.65万，该信哪个`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.catalog import AS_PRINTED
from assistant.cues import cue, says
from assistant.figures import Figures
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import CheckFinding, Consistent, Lookup, Plan, Selector, Wish
from assistant.question import Question
from ingest.labels import label_key
from ingest.ledger import StoredFact

_SURE = 0.9  # of a figure whose misprint is spoken of


class PrintedPlans:
    """Plans of misprinted figures over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.figures = Figures(phrases.catalog)

    def trusted(self, question: Question) -> Consistent | None:
        """Which of the numbers printed for a figure is right, where one of them was found to be misprinted.

        `X那行印0.80，对吗` asks whether it is printed right.
        """
        text = question.text
        which = says(text, "which_to_trust")
        if not which and not (says(text, "printed_as") and says(question.raw, "claim_asked")):
            return None
        if not which:
            text = cue("claim_tail").sub("", text)
        _, rest = self.phrases.tables_in(cue("which_to_trust").sub("", text))
        selector = self.phrases.selector(cue("printed_as").sub("", rest))
        if selector is None or selector.fact_ids or selector.confidence < _SURE:
            return None
        cells = self.figures.candidates(selector)
        printed = {s.id for s in cells if s.fact.quantity is not None}
        said = [{s.id for s in cells if _prints(s.fact.printed, n.printed)} for n in amounts_in(rest)]
        misprints = {s.id for s in cells if s.fact.field == AS_PRINTED}
        if not misprints or not all(each & (printed if which else misprints) for each in said):
            return None
        return Consistent(selector, trusted=which) if which or said else None

    def restored(self, question: Question) -> Iterator[Plan]:
        """A row of a table whose values were mended, where its number is doubted: the mended number, as it is printed where
        that is asked, or whether it may be relied on."""
        text = question.text
        printed_one = says(text, "as_it_stands") and not says(text, "right_number")
        if (not printed_one and not says(text, "doubted")) or says(text, "parts_added", "plus_said"):
            return
        if len(self.phrases.tables_in(text)[0]) > 1:
            return  # a row of each of several tables
        row = self._mended_row(text)
        if row is None:
            return
        selector = Selector(text, row.fact.row, row_keys=(label_key(row.fact.row),), tables=(_table_of(row),))
        if printed_one:
            yield as_printed(Lookup(selector), self.figures)
        elif says(text, "right_number", "asks_how_much", "asks_amount"):
            yield Lookup(selector)
            yield Consistent(selector, trusted=True)
        elif not says(text, "is_it_shifted"):
            yield Consistent(selector)
        elif (shifted := self._shifted(text, row)) is not None:
            yield shifted

    def _shifted(self, text: str, row: StoredFact) -> CheckFinding | None:
        """Whether a row stands out of line: what was found when its table was mended."""
        found = tuple(
            number
            for number, stored in enumerate(self.phrases.catalog.findings)
            if row.id in stored.fact_ids and stored.finding.repair
        )
        return CheckFinding(text, found[:1], denied=True) if found else None

    def _mended_row(self, text: str) -> StoredFact | None:
        """The row of a mended table that a text names: the one of several that stands in the clause that asks."""
        rows = {label_key(s.fact.row): s for s in self.phrases.catalog.facts if s.fact.field == AS_PRINTED}
        said = [row for row in rows if row in label_key(text)]
        said = [row for row in said if not any(row != other and row in other for other in said)]
        if not said:
            words = self.phrases.content_in(text)
            said = [row for row in rows if any(row in word.readings for word in words)]
        if len(said) > 1:
            asking = [clause for clause in text.split(",") if says(clause, "right_number", "asks_how_much")]
            said = [row for row in said if any(row in label_key(clause) for clause in asking)] or said[:1]
        return rows[said[0]] if len(said) == 1 else None


def _table_of(stored: StoredFact) -> tuple[int, int]:
    return stored.document_id, stored.fact.table_index or 0


def _prints(cell: str, number: str) -> bool:
    """Whether a cell prints a number, whatever is written after its digits."""
    return _digits(cell) == _digits(number) != ""


def _digits(text: str) -> str:
    digits = "".join(c for c in text if c.isdigit() or c == ".")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def as_printed(figure: Lookup, figures: Figures) -> Lookup:
    """A figure of a named table as that table prints it, where the row's number was found to be another's."""
    if not figure.of.tables or figure.of.fact_ids:
        return figure
    ids = tuple(s.id for s in figures.candidates(figure.of) if s.fact.field == AS_PRINTED and s.fact.quantity)
    return Lookup(replace(figure.of, fact_ids=ids, wish=Wish())) if ids else figure
