"""Phrases of a dialogue: as of any question, and a mark in one stands for the referent it points at."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.dialogue.counterparts import Counterparts
from assistant.dialogue.figure_referents import is_mark
from assistant.dialogue.referents import BASE, EXCESS, REST, SHOWN, TOPIC, Referents
from assistant.names.linking import Hint
from assistant.names.segments import Word, WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Change, Combine, Expression, Lookup, Members, Plan, Ranked, Selector, Universe, Wish
from assistant.questions.ordering import order_in
from ingest.numbers.quantities import YUAN

_SETS = (SHOWN, BASE, REST)
_SURE = 0.9  # how sure a name must be that needs no help from the figure spoken of


class PointedPhrases(Phrases):
    """The phrases of a catalog, after the turns of a dialogue."""

    def __init__(self, base: Phrases, referents: Referents) -> None:
        vars(self).update(vars(base))
        self.base = base
        self.referents = referents
        self.counterparts = Counterparts(base.closest)
        self.selector = self._selector
        self.expression = self._expression
        self.figures = self._figures
        self.members = self._members
        self.ranking = self._ranking
        self.project_in = self._project_in
        self.set_question = self._set_question

    def content_in(self, text: str) -> list[Word]:
        """The words of a text that name something; marks name nothing of their own."""
        return self.base.content_in("".join(c for c in text if not is_mark(c)))

    def joint(self, text: str, spoken_of: frozenset[int] = frozenset()) -> Plan | None:
        """As of any question; of pairs that fit alike the one whose figures were spoken of."""
        figures = self.referents.figures
        told = frozenset(s.id for each in figures for s in self.referents.facts_of(each))
        return self.base.joint(text, spoken_of | told)

    def _selector(self, phrase: str, hint: Hint | None = None) -> Selector | None:
        if (mark := self._alone(phrase)) is not None:
            figure = self.referents.by_mark.get(mark)
            if mark == TOPIC and self.referents.project is not None:
                return self.base.selector(self.referents.project.name)
            return figure.selector if figure is not None else None
        if not self._can_be_named(phrase):
            return None
        if (period := self._period_of_project(phrase)) is not None:
            return period
        found = self.base.selector(self.in_words(phrase), hint)
        return self._counterpart(phrase, found) or found

    def _period_of_project(self, phrase: str) -> Selector | None:
        """`年度金额`, `泵站全年预算`: of the project spoken of, where nothing but that and a period is named."""
        wish, rest = self.base.wish_in(phrase)
        project, of_a_year = self.referents.project, cue("year_of_project").search(phrase)
        if project is None or not (wish.period or of_a_year):
            return None
        named = self.base.content_in(cue("year_of_project").sub("", phrase) if of_a_year else rest)
        if not all(self.base.closest.is_in(word, project.key) for word in named):
            return None
        return Selector(phrase, project.name, Wish(period=wish.period), project=project.key)

    def _counterpart(self, phrase: str, found: Selector | None) -> Selector | None:
        """What the phrase makes of the figure spoken of, where it does not surely name a figure in that one's unit."""
        last = self.referents.last
        if last is None or last.selector is None or not last.selector.fact_ids or any(map(is_mark, phrase)):
            return None
        sure = found is not None and found.confidence >= _SURE
        if found is not None and sure and (found.project or self._units(found) & self._units(last.selector)):
            return None
        other = self.counterparts.of(phrase, last.selector)
        return None if sure and other is not None and other.fact_ids == last.selector.fact_ids else other

    def _units(self, selector: Selector) -> set[str]:
        """The units of what a selector may find; money where it is no single fact."""
        quantities = [self.catalog.by_id[i].fact.quantity for i in selector.fact_ids]
        return {each.unit if each is not None else "" for each in quantities} or {YUAN}

    def _expression(self, phrase: str, depth: int = 0) -> Expression | None:
        marks = cue("list_separator").sub("", cue("together_pointed").sub("", _bare(phrase)))
        if len(marks) > 1 and all(mark in self.referents.by_mark for mark in marks):
            return Combine("+", tuple(self.referents.by_mark[mark].expression for mark in marks))
        last = self.referents.last
        if cue("year_said").fullmatch(_bare(phrase)) and last is not None and last.selector is not None:
            return Change(last.selector, "last_year")
        if cue("bare_total").fullmatch(_bare(phrase)):
            return self.referents.sum_told if says(phrase, "of_the_whole") else self.referents.together
        if cue("change_pointed_at").fullmatch(_bare(phrase)) and (change := self.referents.change_before) is not None:
            return change
        if (mark := self._alone(phrase)) is None:
            return self._named_expression(phrase, depth) if self._can_be_named(phrase) else None
        if mark == EXCESS:
            return self.referents.excess
        if mark == TOPIC:
            selector = self._selector(phrase)
            return Lookup(selector) if selector is not None else None
        figure = self.referents.by_mark.get(mark)
        return figure.expression if figure is not None else None

    def _named_expression(self, phrase: str, depth: int) -> Expression | None:
        """What a phrase names: a counterpart of the figure spoken of, else as anywhere."""
        if (period := self._period_of_project(phrase)) is not None:
            return Lookup(period)
        named = self.base.expression(self.in_words(phrase), depth)
        if named is not None and not isinstance(named, Lookup):
            return named
        found = self._counterpart(phrase, named.of if named is not None else None)
        return Lookup(found) if found is not None else named

    def _figures(self, phrase: str, distinct: bool = True) -> list[Lookup]:
        marks = cue("list_separator").sub("", _bare(phrase))
        if not any(map(is_mark, marks)):
            return self.base.figures(phrase, distinct)
        found = [self.referents.by_mark[mark].expression for mark in marks if mark in self.referents.by_mark]
        known = [each for each in found if isinstance(each, Lookup)]
        return known if len(known) == len(marks) else []

    def _members(self, phrase: str) -> Members | None:
        bare = _bare(phrase)
        mark = next((each for each in bare if each in _SETS), "")
        if not mark:
            if len(given := self._figures(phrase)) > 1:
                return Members(Universe.GIVEN, "、".join(each.of.label for each in given), given=tuple(given))
            return self.base.members(self.in_words(phrase)) if self._can_be_named(phrase) else None
        found = {SHOWN: self.referents.shown, BASE: self.referents.base, REST: self.referents.rest}[mark]
        return self._narrowed(found, bare.replace(mark, "")) if found is not None else None

    def _narrowed(self, members: Members, words: str) -> Members | None:
        """A set under the further conditions that the words around its mark name; None where they name more."""
        top = cue("except_the_top").match(f"{words},")
        if top is not None and (order := order_in(top["top"])) is not None:
            return replace(members, skipped=order[2], skipped_largest=order[0])
        conditions, rest = self.base.conditions_in(words)
        wish, rest = self.base.wish_in(rest)
        if self.base.universe_in(rest) not in (None, members.universe) or self._names(rest):
            return None
        of_projects = members.universe is Universe.PROJECTS and not wish.is_empty
        named = self.base.members(f"{words}项目") if of_projects else None
        more = (*conditions, *(named.conditions if named is not None else ()))
        return replace(members, conditions=tuple(dict.fromkeys((*members.conditions, *more))))

    def _ranking(self, phrase: str) -> Ranked | None:
        if not any(map(is_mark, phrase)):
            return self.base.ranking(phrase)
        order = order_in(phrase)
        if order is None:
            return None
        descending, first, count, rest = order
        members = self.members(rest) or self._parts_of_last(rest)
        return Ranked(members, descending, first, count) if members is not None else None

    def _parts_of_last(self, phrase: str) -> Members | None:
        """The parts of the figure that a mark stands for."""
        mark = self._alone(phrase)
        selector = self._selector(phrase) if mark is not None else None
        if selector is None or selector.project or selector.fact_ids:
            return None
        return Members(Universe.PARTS, selector.label, of=selector)

    def _set_question(self, text: str) -> Plan | None:
        return None if any(map(is_mark, text)) else self.base.set_question(text)

    def _project_in(self, text: str) -> Project | None:
        if any(map(is_mark, text)):
            return self.referents.project
        return self.base.project_in(text)

    # ── marks in a phrase ──────────────────────────────────────────────────────────────────────────────────

    def in_words(self, phrase: str) -> str:
        """A phrase with the names of what its marks stand for."""
        return "".join(self.referents.name_of(c) if is_mark(c) else c for c in phrase)

    def _can_be_named(self, phrase: str) -> bool:
        """Whether all marks of a phrase stand for something that the documents print under its name."""
        marks = [c for c in phrase if is_mark(c)]
        return len(marks) < 2 and all(
            mark == TOPIC or ((figure := self.referents.by_mark.get(mark)) is not None and figure.selector is not None)
            for mark in marks
        )

    def _alone(self, phrase: str) -> str | None:
        """The mark that a phrase consists of."""
        marks = [c for c in phrase if is_mark(c)]
        rest = cue("around_pointing").sub("", "".join(c for c in phrase if not is_mark(c)))
        said = re.search(r"\d", rest) or order_in(rest) or not self.base.wish_in(rest)[0].is_empty
        return marks[0] if len(marks) == 1 and not said and not self.base.content_in(rest) else None

    def _names(self, text: str) -> bool:
        return any(w.kind is not WordKind.UNKNOWN or len(w.text) > 1 for w in self.base.content_in(text))


_AROUND = re.compile(r"^[的,，:：是有]+|(?:的|,|，|:|是|有|里面?|中|当中|里头)+$")


def _bare(phrase: str) -> str:
    return _AROUND.sub("", phrase.strip())
