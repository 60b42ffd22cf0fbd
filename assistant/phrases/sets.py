"""A phrase into the set that it names: whose members, under which conditions, measured how."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.names.linking import Linker, is_generic
from assistant.names.segments import WordKind, content_of
from assistant.phrases.coordinates import level_in, of_its_side
from assistant.phrases.figures import FigureNames
from assistant.phrases.row_questions import RowQuestions
from assistant.phrases.set_questions import SetQuestions
from assistant.phrases.trimming import trimmed, without
from assistant.plan import Condition, Members, Selector, Universe
from assistant.words import longest_first, plain_words
from ingest.facts import Origin
from ingest.labels import label_key

_OF_PROJECTS_ONLY = ("handler", "period_years", "nature")


class SetNames:
    """Finds sets of one catalog."""

    def __init__(
        self, catalog: Catalog, linker: Linker, figures: FigureNames, questions: SetQuestions, rows: RowQuestions
    ) -> None:
        self.catalog = catalog
        self.linker = linker
        self.figures = figures
        self.questions = questions
        self.rows = rows
        self.conditions = questions.conditions

    def members(self, phrase: str) -> Members | None:
        """The set a phrase stands for: its universe and conditions; None when it names no set."""
        text = trimmed(phrase)
        tables, rest = self.figures.tables.tables_in(text)
        conditions = [Condition("table", "=", f"{document}:{index}") for document, index in tables[:1]]
        more, rest = self.conditions.conditions_in(rest)
        wish, rest = self.figures.coordinates.wish_in(rest)
        universe = self.universe_in(rest)
        if universe is None and any(c.attribute in _OF_PROJECTS_ONLY for c in more):
            universe = Universe.PROJECTS
        if universe is None and tables and self.figures.tables.is_of_projects(tables[0]) and not self._content(rest):
            universe = Universe.PROJECTS
        match universe:
            case Universe.PROJECTS:
                return self.questions.members(text)
            case Universe.SUBJECTS if not says(text, "beneath"):
                return self.rows.members(text)
            case Universe.INDICATORS if self._names_something_else(text, rest):
                return None
            case Universe.INDICATORS:
                return Members(universe, text, (*conditions, *more, *self._of_indicators(text, rest)), wish)
            case None | Universe.SUBJECTS:
                parts = self._parts(text)
                if parts is None or parts.of is None or not tables:
                    return parts
                return replace(parts, of=replace(parts.of, tables=tables))
            case _:
                return Members(universe, text, (*conditions, *more), wish)

    def _content(self, text: str) -> bool:
        return bool(content_of(self.linker.words(text)))

    def _names_something_else(self, text: str, rest: str) -> bool:
        """Whether a phrase about a project's indicators names what neither the project nor the class is called."""
        project = self.figures.projects.project_in(rest)
        if project is None:
            return False
        known = "".join(map(label_key, (*project.names, *self.conditions.indicator_class(text))))
        words = content_of(self.linker.words(rest))
        named = (w for w in words if w.kind is WordKind.NAME and len(w.text) > 2)
        return any(not any(r in known or is_generic(r) or "指标" in r for r in w.readings) for w in named)

    def _of_indicators(self, text: str, rest: str) -> list[Condition]:
        project = self.figures.projects.project_in(rest)
        owner = [Condition("project", "=", project.key)] if project is not None else []
        return [*owner, *(Condition("indicator_class", "=", name) for name in self.conditions.indicator_class(text))]

    def universe_in(self, text: str) -> Universe | None:
        """What a set's members are, by the word for them."""
        if says(text, "projects_asked"):
            return Universe.PROJECTS
        plain = without(text, "project_compound")
        for universe, words in plain_words().universes.items():
            for word in longest_first(words):
                if word in plain or (cue("project").fullmatch(word) and says(text, "plain_project")):
                    return Universe(universe)
        return None

    def _parts(self, text: str) -> Members | None:
        """`三公经费各项`, `基本支出里`: the parts of a figure."""
        conditions, plain = self.conditions.conditions_in(text)
        found = cue("parts_of").fullmatch(plain)
        if found is None or self.figures.names.is_a_name(plain):
            return None
        selector = self.figures.selector(found["X"])
        if selector is None or (selector.fact_ids and not self._is_whole(selector)):
            return None
        fund = self.figures.coordinates.wish_in(found["of"] or "")[0].fund
        if fund is not None and fund is not selector.wish.fund and not says(found["of"], "parts_by_word"):
            return None  # the money of one fund, which is a figure and no set
        kept = [c for c in conditions if c.attribute == "amount"]
        level = found["of"] or found["kind"] or ""
        if says(level, "named_level"):
            kept.append(Condition("level", "=", level_in(level).value))
        return Members(Universe.PARTS, text, tuple(kept), of=of_its_side(selector))

    def _is_whole(self, selector: Selector) -> bool:
        """Whether a prose figure has parts in the prose."""
        keys = {label_key(self.catalog.by_id[i].fact.row) for i in selector.fact_ids}
        prose = (s.fact for s in self.catalog.facts if s.fact.origin is Origin.PROSE)
        return any(label_key(label) in keys for fact in prose for label in fact.row_path[-1:])
