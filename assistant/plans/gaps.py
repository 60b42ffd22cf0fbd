"""Plans for what a difference is: `X在表3是68,803.00，在表5是66,803.00，差额是差错吗`."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import bare_name
from assistant.computing.figures import FUND_LABELS, Figures
from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import Gap, Lookup, Selector, Wish
from assistant.plans.places import PlacePlans
from assistant.question import Question
from ingest.facts import Role, Vintage
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import Numeral

_TELLING = 3  # digits of an amount
_TELLING_ALONE = 6  # digits of an amount that two things seldom share
_MOSTLY = 0.6  # of the words before an amount that its cell's names must explain


class GapPlans:
    """Plans of explained differences over one catalog."""

    def __init__(self, phrases: Phrases, places: PlacePlans) -> None:
        self.phrases = phrases
        self.places = places
        self.figures = Figures(phrases.catalog)

    def explained(self, question: Question) -> Gap | None:
        """Two figures of one thing, told by their amounts or their places, and a question what lies between them."""
        text = question.text
        if (found := cue("with_and_without").search(text)) is not None and says(text, "gap", "gap_asked"):
            return self._by_vintages(text[: found.start()])
        if not says(text, "gap_asked"):
            return None
        pair = self._by_amounts(text) or self._by_values(text) or self._by_places(text)
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

    def _by_vintages(self, name: str) -> Gap | None:
        """A figure with what is carried over and without."""
        of = self.phrases.selector(name) if name else None
        if of is None or of.fact_ids or of.project:
            return None
        sides = (replace(of, wish=replace(of.wish, vintage=each)) for each in (Vintage.ALL, Vintage.CURRENT))
        left, right = map(Lookup, sides)
        return Gap(left, right)

    def _by_values(self, text: str) -> tuple[Lookup, Lookup] | None:
        """The cells that print the first two amounts and are called most like what is named, each in its own clause."""
        amounts = [n for n in amounts_in(text) if n.quantity is not None]
        if len(amounts) < 2 or amounts[0].quantity == amounts[1].quantity:
            return None
        first, second = amounts[:2]
        topic, own = text[: first.start], text[first.end : second.start]
        left = self._called(topic, first)
        right = self._called(own, second) or self._called(topic, second)
        return (left, right) if left is not None and right is not None else None

    def _called(self, said: str, amount: Numeral) -> Lookup | None:
        """Of the cells that print an amount those whose names explain most of what is said, and most of it."""
        tables, rest = self.phrases.tables_in(said)
        words = self.phrases.content_in(cue("gap_places").sub(",", rest))
        closest = self.phrases.closest
        total = sum(closest.weight(word) for word in words)
        cells = [s for s in self.phrases.stated.cells(amount) if s.fact.coordinates.role is Role.AMOUNT]
        if tables:
            cells = [s for s in cells if (s.document_id, s.fact.table_index) in tables] or cells
        scored = [(sum(closest.weight(w) * closest.explained(w, _names_of(s)) for w in words), s) for s in cells]
        most = max((score for score, _ in scored), default=0.0)
        telling = sum(c.isdigit() for c in amount.printed) >= _TELLING_ALONE
        if not cells or not total or (most < _MOSTLY * total and not telling):
            return None
        best = [s for score, s in scored if score == most]
        return Lookup(Selector(said, bare_name(best[0]), Wish(), fact_ids=tuple(s.id for s in best)))

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
        asked = [clause for clause in text.split(",") if says(clause, "gap_asked", "gap", "gap_clause")]
        rest = ",".join(clause for clause in text.split(",") if clause not in asked or says(clause, "table_number"))
        sides = self.places.sides(text) or self.places.sides(rest)
        if sides is None or len(sides[0]) != 1 or len(sides[1]) != 1:
            return None
        return sides[0][0], sides[1][0]


def _names_of(stored: StoredFact) -> str:
    """What a cell is called, with the fund and the origin of its money."""
    fact, at = stored.fact, stored.fact.coordinates
    vintage = "当年" if at.vintage is Vintage.CURRENT else "上年结转" if at.vintage is Vintage.CARRIED_OVER else ""
    return "".join(
        map(label_key, (fact.row, fact.project, *fact.column, *fact.row_path, FUND_LABELS[at.fund], vintage))
    )


def _is_a_whole_table(selector: Selector) -> bool:
    return bool(selector.tables) and not (selector.concept or selector.row_keys or selector.code or selector.project)
