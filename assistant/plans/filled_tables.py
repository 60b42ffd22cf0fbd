"""Plans of whether a table has anything in it: `表9有没有数据`, `注了无数据,是完全空着的吗`."""

from __future__ import annotations

from assistant.catalog import SHEET_KIND
from assistant.cues import says
from assistant.phrases.phrases import Phrases
from assistant.plan import TableFilled
from assistant.question import Question
from assistant.questions.statements import asks_yes_or_no


class FilledTables:
    """Plans over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def asked(self, question: Question) -> TableFilled | None:
        """Whether the one table that is named prints amounts; whether money is arranged, of a table that prints none."""
        text = question.text
        tables, rest = self.phrases.tables_in(text)
        if len(tables) != 1 or self.catalog.tables[tables[0]].kind == SHEET_KIND or says(rest, "other_of_table"):
            return None
        if says(rest, "table_blank_asked"):
            return TableFilled(tables[0], claims_blank=True)
        if says(rest, "table_data_asked") or (says(rest, "table_note_asked") and self.catalog.tables[tables[0]].note):
            return TableFilled(tables[0], claims_none=says(rest, "table_data_denied"))
        arranged = says(rest, "table_money_asked") and asks_yes_or_no(question)
        return TableFilled(tables[0]) if arranged and self._prints_nothing(tables[0]) else None

    def _prints_nothing(self, table: tuple[int, int]) -> bool:
        quantities = (stored.fact.quantity for stored in self.catalog.cells_of_table(table))
        return not any(quantity is not None and quantity.number for quantity in quantities)
