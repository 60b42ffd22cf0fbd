"""Conditions that narrow a set: a person, a period, a nature, an amount, a word of names, an indicator, a blank field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.catalog import Catalog
from assistant.conditions import carried, nature, period_years, relation_before, threshold
from assistant.cues import cue, says
from assistant.linking import Linker, is_generic
from assistant.plan import Condition
from assistant.segments import WordKind, content_of
from assistant.words import plain_words, sheet_fields
from ingest.labels import label_key


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

    def of_names(self, rest: str) -> list[Condition]:
        """Words of project names that narrow the set (`保障类项目`), only where several projects share them."""
        words = [w.text for w in content_of(self.linker.words(rest)) if w.kind is WordKind.NAME and len(w.text) >= 2]
        found = []
        for word in words:
            hits = [p for p in self.catalog.projects.values() if any(word in label_key(name) for name in p.names)]
            if hits and len(hits) < len(self.catalog.projects) and word not in plain_words().generic:
                found.append(Condition("name", relation_before(rest, word), word))
        return found

    def leaves_unexplained(self, rest: str, names: Sequence[Condition]) -> bool:
        """Whether a set's words say more than was understood: `特定目标类项目` is no set that can be told apart."""
        explained = {condition.text for condition in names}
        left = content_of(self.linker.words(cue("project_word").sub(",", rest)))
        return any(
            not any(reading in explained or is_generic(reading) for reading in word.readings)
            for word in left
            if word.kind is WordKind.NAME and len(word.text) > 1
        )

    def about_indicators(self, text: str, conditions: list[Condition]) -> list[Condition]:
        """Conditions on a project's indicators or blank fields instead of its amount: `成本指标超过1000万的`, `没填负责人的`."""
        missing = says(text, "not_filled")
        fields = [entry for entry in sheet_fields() for name in entry.names if missing and name in text]
        if fields:
            return [*conditions, Condition("blank", "=", fields[0].key)]
        words = self._indicator_words(text, missing)
        if not words:
            return conditions
        amounts = [c for c in conditions if c.attribute == "amount"]
        others = [c for c in conditions if c.attribute != "amount"]
        if amounts:
            return [*others, *(Condition("target", c.relation, words, c.quantity) for c in amounts)]
        return [*others, Condition("target", "≠" if missing else "has", words)]

    def _indicator_words(self, text: str, missing: bool) -> str:
        if classes := self.indicator_class(text):
            return classes[0].removesuffix("指标")
        named = cue("indicator_kind").search(text)
        return named[0] if named and (missing or says(text, "indicator")) else ""

    def indicator_class(self, text: str) -> list[str]:
        """The class of indicators that a text names, as the sheets print it; at most one."""
        classes = {
            label for project in self.catalog.projects.values() for s in project.indicators for label in s.fact.row_path
        }
        hits = [name for name in classes if name and name.removesuffix("指标") in text]
        return [max(hits, key=len)] if hits else []
