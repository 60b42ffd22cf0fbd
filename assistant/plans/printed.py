"""Plans for what is misprinted: `X一张表写0.55万、一张表写1.65万，该信哪个`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.catalog import AS_PRINTED
from assistant.computing.figures import Figures
from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import Check, CheckFinding, Combine, Consistent, Literal, Lookup, Plan, Selector, Wish
from assistant.question import Question
from ingest.facts import Status
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import YUAN

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
        selector = self._doubted(rest)
        if (
            selector is None and which and "," in rest
        ):  # 小计印25.00,底下唯一一项印0.50: the first is doubted for the other
            clause, _, other = rest.partition(",")
            rest = cue("subtotal_said").sub("", clause)
            selector = self._doubted(rest) if amounts_in(other) else None
        if selector is None:
            return None
        cells = self.figures.candidates(selector)
        printed = {s.id for s in cells if s.fact.quantity is not None}
        said = [{s.id for s in cells if _prints(s.fact.printed, n.printed)} for n in amounts_in(rest)]
        misprints = {s.id for s in cells if s.fact.field == AS_PRINTED}
        if not misprints or not all(each & (printed if which else misprints) for each in said):
            return None
        return Consistent(selector, trusted=which) if which or said else None

    def _doubted(self, text: str) -> Selector | None:
        """The row that a text surely names, without the numbers that it is said to print."""
        selector = self.phrases.selector(cue("printed_as").sub("", text))
        sure = selector is not None and not selector.fact_ids and selector.confidence >= _SURE
        return selector if sure else None

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

    def summed(self, question: Question) -> Plan | None:
        """`照表6印出来的数,A至B各行相加等于57.65吗`: rows of a mended table added up, as they are printed or as they are mended."""
        text = question.text
        tables, rest = self.phrases.tables_in(text)
        if len(tables) != 1 or not says(text, "parts_added", "plus_said"):
            return None
        rows = self._rows_added(rest, tables[0])
        if len(rows) < 2:
            return None
        if says(text, "unmended", "as_it_stands") or not says(text, "as_corrected"):
            rows = [self._printed_cell(s) for s in rows]
        total = Combine("+", tuple(Lookup(Selector(s.fact.row, s.fact.row, fact_ids=(s.id,))) for s in rows))
        said = [n for n in amounts_in(rest) if len(n.printed) > 2 and n.quantity is not None]
        if len(said) != 1:
            return total if not said and says(text, "asks_how_much") else None
        cells = self.phrases.stated.cells(said[0])
        stated = cells[0].fact.quantity if cells else said[0].quantity
        assert stated is not None
        return Check(total, "=", Literal(stated), ask_left=says(text, "asks_how_much")) if stated.unit == YUAN else None

    def _rows_added(self, text: str, table: tuple[int, int]) -> list[StoredFact]:
        """The mended rows beneath the row that is named, or from one that is named to another."""
        catalog = self.phrases.catalog
        cells = [s for s in catalog.cells_of_table(table) if s.fact.status is Status.REPAIRED and s.fact.quantity]
        cells = [s for s in cells if s.fact.column == cells[0].fact.column]
        key = label_key(text)
        named = [s for s in cells if label_key(s.fact.row) in key]
        named = [s for s in named if not any(o != s and label_key(s.fact.row) in label_key(o.fact.row) for o in named)]
        if len(named) == 2 and says(text, "row_range"):
            first, last = sorted(s.fact.row_index or 0 for s in named)
            parents = {label for s in cells for label in s.fact.row_path}
            within = [s for s in cells if first <= (s.fact.row_index or 0) <= last]
            return [s for s in within if s.fact.row not in parents]
        if len(named) != 1:
            return []
        return [s for s in cells if s.fact.row_path and label_key(s.fact.row_path[-1]) == label_key(named[0].fact.row)]

    def _printed_cell(self, mended: StoredFact) -> StoredFact:
        """The number that the table prints in a row whose number was mended; the mended one where it is printed there."""
        same = self.phrases.catalog.cells_of_table(_table_of(mended))
        fact = mended.fact
        printed = (s for s in same if s.fact.field == AS_PRINTED and s.fact.quantity)
        return next((s for s in printed if (s.fact.row, s.fact.column) == (fact.row, fact.column)), mended)

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
