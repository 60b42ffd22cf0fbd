"""Plans for what a difference is: `X在表3是68,803.00，在表5是66,803.00，差额是差错吗`."""

from __future__ import annotations

from dataclasses import replace

from assistant.cues import cue, says
from assistant.figures import Figures
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import Gap, Lookup, Selector, Wish
from assistant.plans.places import PlacePlans
from assistant.question import Question
from ingest.numbers import Numeral

_TELLING = 3  # digits of an amount


class GapPlans:
    """Plans of explained differences over one catalog."""

    def __init__(self, phrases: Phrases, places: PlacePlans) -> None:
        self.phrases = phrases
        self.places = places
        self.figures = Figures(phrases.catalog)

    def explained(self, question: Question) -> Gap | None:
        """Two figures of one thing, told by their amounts or their places, and a question what lies between them."""
        text = question.text
        if not says(text, "gap_asked"):
            return None
        pair = self._by_amounts(text) or self._by_places(text)
        return Gap(*pair, judged=says(text, "is_a_mistake")) if pair is not None else None

    def _by_amounts(self, text: str) -> tuple[Lookup, Lookup] | None:
        """The cells of the thing named that print the first two amounts."""
        amounts = [n for n in amounts_in(text) if sum(c.isdigit() for c in n.printed) >= _TELLING]
        if len(amounts) < 2:
            return None
        first, second = amounts[:2]
        before, between = text[: first.start], text[first.end : second.start]
        named = self._named(before)
        left = self._printed(named, first, before)
        own = self._named(between)
        choices = (named, own) if own is not None and _is_a_whole_table(own) else (own, named)
        right = next((found for each in choices if (found := self._printed(each, second, between)) is not None), None)
        return (left, right) if left is not None and right is not None else None

    def _named(self, said: str) -> Selector | None:
        """What is named before an amount: a figure, or a table's total by the table alone."""
        name = cue("gap_places").sub("", said)
        tables, rest = self.phrases.tables_in(said)
        if tables and not self.phrases.content_in(cue("gap_places").sub("", rest)):
            return Selector(said, self.phrases.catalog.tables[tables[0]].title, tables=tables)
        selector = self.phrases.selector(name) if self.phrases.content_in(name) else None
        return selector if selector is not None and not selector.fact_ids else None

    def _printed(self, selector: Selector | None, amount: Numeral, said_before: str) -> Lookup | None:
        """The figure's cells that print an amount, in the table that is named right before it."""
        if selector is None:
            return None
        printed = {s.id for s in self.phrases.stated.cells(amount)}
        tables, _ = self.phrases.tables_in(said_before)
        if _is_a_whole_table(selector):
            cells = [s for table in selector.tables for s in self.phrases.catalog.cells_of_table(table)]
        else:
            by_code = Selector(selector.words, code=selector.code) if selector.code else selector
            cells = self.figures.candidates(replace(by_code, tables=()))
        ids = tuple(
            s.id for s in cells if s.id in printed and (not tables or (s.document_id, s.fact.table_index) in tables)
        )
        return Lookup(Selector(selector.words, selector.label, Wish(), fact_ids=ids)) if ids else None

    def _by_places(self, text: str) -> tuple[Lookup, Lookup] | None:
        sides = self.places.sides(text)
        if sides is None or len(sides[0]) != 1 or len(sides[1]) != 1:
            return None
        return sides[0][0], sides[1][0]


def _is_a_whole_table(selector: Selector) -> bool:
    return bool(selector.tables) and not (selector.concept or selector.row_keys or selector.code or selector.project)
