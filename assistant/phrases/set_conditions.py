"""Conditions that narrow a set: a person, a period, a nature, an amount, a word of names, an indicator, a blank field."""

from __future__ import annotations

import re

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.names.linking import Linker
from assistant.plan import Condition
from assistant.questions.conditions import carried, nature, period_years, relation_before, threshold


class SetConditions:
    """Finds conditions on the members of one catalog's sets."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self.catalog = catalog
        self.linker = linker

    def conditions_in(self, text: str) -> tuple[list[Condition], str]:
        """Conditions said in a phrase, and the phrase without them."""
        found: list[Condition] = []
        for reader in (self.busiest, self._person, period_years, nature, threshold, carried):
            conditions, text = reader(text)
            found += conditions
        return found, text

    def busiest(self, text: str) -> tuple[list[Condition], str]:
        """`项目最多的经办人`: the person picked out by the number of projects."""
        said = cue("busiest_person").search(text)
        if said is None or not self.catalog.people:
            return [], text
        count = {person: len({p.key for p in projects}) for person, projects in self.catalog.people.items()}
        person = (min if says(said[0], "fewest") else max)(count, key=lambda name: count[name])
        return [Condition("handler", "=", person)], text.replace(said[0], "")

    def _person(self, text: str) -> tuple[list[Condition], str]:
        named = [person for person in sorted(self.catalog.people, key=len, reverse=True) if person in text]
        if named:
            people = "|".join(map(re.escape, named))
            rest = re.sub(rf"(?:{people})(?:{cue('list_separator').pattern}(?:{people}))*", "", text)
            return [Condition("handler", relation_before(text, named[0]), "、".join(named))], rest
        for person in (each for each in self.catalog.people if len(each) > 3):
            for length in (3, 2):
                for start in range(0, len(person) - length + 1):
                    part = person[start : start + length]
                    if part in text:
                        return [Condition("handler", "=", part)], text.replace(part, "")
        return [], text

    def indicator_class(self, text: str) -> list[str]:
        """The class of indicators that a text names, as the sheets print it; at most one."""
        classes = {
            label for project in self.catalog.projects.values() for s in project.indicators for label in s.fact.row_path
        }
        hits = [name for name in classes if name and name.removesuffix("指标") in text]
        return [max(hits, key=len)] if hits else []
