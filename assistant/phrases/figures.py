"""A phrase into the one figure that it names: a row, a concept, a project's budget, an indicator, coordinates alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.names.linking import EntryKind, Hint, Link, Linker
from assistant.names.segments import WordKind, content_of
from assistant.phrases.coordinates import CoordinateWords, concept_of, side_in
from assistant.phrases.exact_names import ExactNames
from assistant.phrases.hints import hint_of
from assistant.phrases.projects import ProjectNames
from assistant.phrases.tables import Table, TableNames
from assistant.phrases.trimming import trimmed, without, without_money
from assistant.plan import Selector, Wish
from assistant.words import concept_by_key
from ingest.facts import ONE_FUND, Spending
from ingest.labels import label_key
from ingest.numbers.quantities import PERCENT, YUAN

SURE = 0.62  # the share of a phrase's content that must be explained before a link counts
_SURER = 0.13  # more of it where a noun stands in it that nothing knows
_SURE_OF_PROJECT = 0.53
_OF_ONE_KIND = {Spending.BASIC, Spending.PROJECT}


class FigureNames:
    """Finds figures of one catalog by name, code, table or coordinates."""

    def __init__(
        self,
        catalog: Catalog,
        linker: Linker,
        names: ExactNames,
        coordinates: CoordinateWords,
        tables: TableNames,
        projects: ProjectNames,
    ) -> None:
        self.catalog = catalog
        self.linker = linker
        self.names = names
        self.coordinates = coordinates
        self.tables = tables
        self.projects = projects

    def selector(self, phrase: str, hint: Hint | None = None) -> Selector | None:
        """The figure a phrase names; None when it is not sure."""
        text = self.without_loaded_years(trimmed(phrase))
        text = without_money(text) if self._content(without_money(text)) else text
        tables, text = self.tables.tables_in(text)
        if tables and not self._content(without(text, "total_word")):
            label = f"{self.catalog.tables[tables[0]].title}合计"
            return Selector(phrase, label, self.coordinates.wish_in(text)[0], tables=tables)
        if (code := self.names.code_in(text)) is not None:
            wish, _ = self.coordinates.wish_in(text.replace(code, ""))
            return self._of_code(phrase, code, wish, tables)
        wish, rest = self.coordinates.wish_in(text)
        if (exact := self.names.selector(text)) is not None:
            said = Wish() if self.names.is_a_name(text) else replace(wish, side=None)
            return replace(exact, words=phrase, wish=said.with_defaults(exact.wish), tables=tables)
        if not self._content(rest):
            return _of_coordinates(phrase, wish, tables)
        if (exact := self.names.selector(rest)) is not None:
            return replace(exact, words=phrase, wish=wish.with_defaults(exact.wish), tables=tables)
        return self._linked(phrase, text, rest, wish, tables, hint or hint_of(text))

    def _of_code(self, phrase: str, code: str, wish: Wish, tables: tuple[Table, ...]) -> Selector:
        """A subject by its code; by its name in a table that prints no codes."""
        selector = Selector(phrase, self.names.code_label(code), wish, code=code, tables=tables)
        cells = [s.fact for table in tables for s in self.catalog.cells_of_table(table)]
        if not cells or any(fact.row_code for fact in cells):
            return selector
        return replace(selector, code="", row_keys=(label_key(self.catalog.codes[code][0].fact.row),))

    def _linked(
        self, phrase: str, text: str, rest: str, wish: Wish, tables: tuple[Table, ...], hint: Hint
    ) -> Selector | None:
        """What a phrase resembles, first without its coordinates' words (`rest`), then with them (`text`)."""
        links = self.linker.link(rest, hint)
        if links and links[0].coverage >= self._sure(rest):
            return self._of_link(links[0], phrase, wish, tables)
        whole = self.linker.link(text, hint)
        if whole and whole[0].coverage >= self._sure(text):
            return self._of_link(whole[0], phrase, Wish(), tables)
        if (hint.money or "多少" in text) and not hint.rate and not says(text, "indicator"):
            budget = self._budget_of_project(phrase, text, links, wish)
            if budget is not None:
                return budget
        return self._within(phrase, text)

    def _content(self, text: str) -> bool:
        return bool(content_of(self.linker.words(text)))

    def _within(self, phrase: str, text: str) -> Selector | None:
        """`财政拨款支出里一般公共预算`: the figure named last, in the coordinates named first."""
        found = cue("figure_within").fullmatch(text)
        inner = self.selector(found["inner"]) if found else None
        if found is None or inner is None:
            return None
        wish, _ = self.coordinates.wish_in(found["around"])
        around = replace(wish, side=wish.side or side_in(found["around"]))
        return replace(inner, words=phrase, wish=inner.wish.with_defaults(around))

    def _budget_of_project(self, phrase: str, text: str, links: Sequence[Link], wish: Wish) -> Selector | None:
        """Money asked of a project whose telling word is there, though the phrase says more than its name."""
        project = self.projects.project_in(text)
        known = next((link for link in links if project is not None and link.entry.project == project.key), None)
        if project is None or known is None or known.coverage < _SURE_OF_PROJECT:
            return None
        return Selector(phrase, project.name, wish, project=project.key, confidence=known.coverage)

    def without_loaded_years(self, text: str) -> str:
        """A phrase without the documents' own year, which goes without saying."""
        for year in self.catalog.years:
            text = re.sub(rf"{year}(?:年度?)?(?![-—~至到]|\d|年?\d{{1,2}}月)", "", text)
        plain = cue("this_year_before").sub("", text)
        return plain if plain != text and self.names.is_a_name(plain) else text or "总支出"

    def _sure(self, text: str) -> float:
        unknown = any(w.kind is WordKind.UNKNOWN and says(w.text, "attribute_noun") for w in self.linker.words(text))
        return SURE + _SURER if unknown else SURE

    def _of_link(self, link: Link, phrase: str, wish: Wish, tables: tuple[Table, ...]) -> Selector | None:
        entry = link.entry
        base = Selector(phrase, entry.label, wish, tables=tables, confidence=link.score)
        match entry.kind:
            case EntryKind.PROJECT:
                return replace(base, project=entry.project)
            case EntryKind.CONCEPT:
                assert entry.concept is not None
                wished = entry.concept.wished()
                if len({wish.fund, wished.fund} & ONE_FUND) > 1 or {wish.spending, wished.spending} >= _OF_ONE_KIND:
                    return None  # of one fund, or kind, by its name, of another by what is said beside it
                wish, kinds = wish.with_defaults(wished), entry.concept.tables
                return replace(base, concept=entry.concept.key, wish=wish, table_kinds=kinds)
            case EntryKind.ROW:
                return replace(base, row_keys=(entry.core,))
            case _:
                return replace(base, fact_ids=_facts_asked(link, phrase))


def _of_coordinates(phrase: str, wish: Wish, tables: tuple[Table, ...]) -> Selector | None:
    """The figure that coordinates alone stand for."""
    key = concept_of(wish)
    if key is None:
        return None
    concept = concept_by_key()[key]
    wish = wish.with_defaults(concept.wished())
    return Selector(phrase, concept.label, wish, concept=key, table_kinds=concept.tables, tables=tables)


def _facts_asked(link: Link, phrase: str) -> tuple[int, ...]:
    """Of an indicator's or a prose subject's facts those of the kind asked for: counts, else money, else all."""
    units = {s.id: s.fact.quantity.unit for s in link.entry.facts if s.fact.quantity is not None}
    money = tuple(number for number, unit in units.items() if unit == YUAN)
    counts = tuple(number for number, unit in units.items() if unit not in (YUAN, PERCENT))
    wants_count = bool(hint_of(phrase).units) or says(phrase, "wants_count")
    return counts if wants_count and counts else money or tuple(s.id for s in link.entry.facts)
