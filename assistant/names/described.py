"""The project that a question describes by what it is for: `能把管廊大桥都连到一块看的监控平台`.

Its name, its goals, its overview and what its indicators are called tell what it is for; the project that explains the
question's words, well before any other, is meant.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from assistant.catalog import Catalog, Project
from assistant.cues import says
from assistant.names.closest import Closest
from assistant.names.linking import indicator_name
from assistant.names.segments import Word
from assistant.questions.value_kinds import ValueKind
from ingest.labels import label_key

_TEXTS = ("overview", "necessity", "goal", "whole_goal", "annual_goal", "basis")
_ENOUGH, _CLEARLY = 0.7, 0.1


class DescribedProjects:
    """Finds projects of one catalog by what they are for."""

    def __init__(self, catalog: Catalog, closest: Closest) -> None:
        self.catalog = catalog
        self.closest = closest

    def project_in(self, text: str, kind: ValueKind) -> Project | None:
        """The one project that a question describes, when what is asked for is the project itself."""
        words = self.closest.content(text, kind)
        if not words or sum(len(word.text) for word in words) < 4:
            return None
        scored = sorted(
            (
                (self.closest.covered(words, name, "", texts), number)
                for number, (_, name, texts) in enumerate(self._described)
            ),
            reverse=True,
        )
        if not scored or scored[0][0] < _ENOUGH or (len(scored) > 1 and scored[1][0] > scored[0][0] - _CLEARLY):
            return None
        project, names, texts = self._described[scored[0][1]]
        if _is_an_item(words, names, texts):
            return None
        return project if says(text, "project_described") or self._ends_in_name(words, project) else None

    def _ends_in_name(self, words: list[Word], project: Project) -> bool:
        return any(words[-1].text in label_key(name) for name in project.names)

    @cached_property
    def _described(self) -> list[tuple[Project, str, str]]:
        """Each project with its names and all that tells what it is for."""
        found = []
        for project in self.catalog.projects.values():
            texts = [project.text(field) for field in project.fields if field in _TEXTS or field.endswith("goal")]
            texts += [indicator_name(stored) for stored in project.indicators]
            found.append((project, "".join(map(label_key, project.names)), label_key("".join(texts))))
        return found


def _is_an_item(words: list[Word], names: str, texts: str) -> bool:
    """Whether two words are together one thing that a project's texts speak of and its names do not: what the project comes
    to is not what the thing does."""
    pairs = ((a + b) for one, other in pairwise(words) for a in one.readings for b in other.readings)
    return len(words) == 2 and any(pair in texts and pair not in names for pair in pairs)
