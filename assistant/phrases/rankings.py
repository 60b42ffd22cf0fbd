"""A phrase into a slice of a set in order: `最大的三个项目`, `第二小的`, `基本支出里花得最多的一项`."""

from __future__ import annotations

from assistant.catalog import Catalog
from assistant.cues import says
from assistant.phrases.lists import FigureLists, adjacent_concepts
from assistant.phrases.prose_groups import ProseGroups
from assistant.phrases.set_reading import SetReading
from assistant.phrases.sets import SetNames
from assistant.phrases.trimming import trimmed
from assistant.plan import Members, Ranked, Universe
from assistant.questions.ordering import order_in


class Rankings:
    """Finds rankings over the sets of one catalog."""

    def __init__(
        self, catalog: Catalog, reading: SetReading, sets: SetNames, lists: FigureLists, groups: ProseGroups
    ) -> None:
        self.catalog = catalog
        self.reading = reading
        self.sets = sets
        self.lists = lists
        self.groups = groups

    def ranking(self, phrase: str) -> Ranked | None:
        """The slice a phrase stands for; None without a word of order or without a set."""
        text = trimmed(phrase)
        order = order_in(text)
        if order is None:
            return None
        if isinstance(read := self.reading.plan(text), Ranked):
            return read
        descending, first, count, rest = order
        if (listed := self.groups.of_a_text(rest)) is not None:
            return Ranked(listed, descending, first, count)
        of_people = says(text, "person_asked") and says(text, "person_deed") and not says(text, "among_projects")
        if of_people and self.catalog.people:
            return Ranked(Members(Universe.PEOPLE, text), descending, first, count)
        members = self.sets.members(rest) or self._given(rest)
        return Ranked(members, descending, first, count) if members is not None else None

    def _given(self, text: str) -> Members | None:
        figures = self.lists.figures(text) or adjacent_concepts(text)
        return Members(Universe.GIVEN, text, given=tuple(figures)) if len(figures) > 1 else None
