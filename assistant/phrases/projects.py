"""The project that a phrase points at, by the words that tell its name from the others'."""

from __future__ import annotations

from assistant.catalog import Catalog, Project
from assistant.cues import cue
from assistant.names.linking import Linker
from assistant.names.segments import WordKind, content_of
from ingest.labels import label_key

_CLEARLY = 0.15  # by how much of its score the best project must lead


class ProjectNames:
    """Finds projects of one catalog."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self.catalog = catalog
        self.linker = linker

    def project_in(self, text: str) -> Project | None:
        """The one project that the words of a longer text point at; None when none or several do."""
        words = [w for w in content_of(self.linker.words(text)) if w.kind is not WordKind.UNKNOWN]
        scored: list[tuple[float, Project]] = []
        for project in self.catalog.projects.values():
            names = [label_key(name) for name in project.names]
            score = 0.0
            for word in words:
                readings = (each for reading in word.readings for each in (reading, _without_generic_end(reading)))
                score += max((self.linker.telling(reading, names) for reading in readings), default=0.0)
            if score > 0:
                scored.append((score, project))
        scored.sort(key=lambda pair: -pair[0])
        if not scored or scored[0][0] < self.linker.telling_enough:
            return None
        if len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEARLY * scored[0][0]:
            return None
        return scored[0][1]


def _without_generic_end(reading: str) -> str:
    """A word of another name without what every name ends in: 专项债项目 names 专项债资金项目 too."""
    return cue("generic_end").sub("", reading)
