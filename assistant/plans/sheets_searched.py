"""Plans of the projects whose sheets say a thing, or leave one side of their indicators empty: `哪些项目的绩效表里提了减少噪声`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.plan import Listing, Members, Plan, Universe
from assistant.question import Question
from ingest.facts import Period
from ingest.labels import label_key

_TEXTS = ("overview", "basis", "necessity", "measures", "plan", "whole_goal", "annual_goal")
_CLAUSE = re.compile("[,，。；;、]")
_SHORTEST, _GAP = 2, 4  # characters of a half of what is said, and that may stand between its halves


class SheetsSearched:
    """Plans over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.projects = list(phrases.catalog.projects.values())

    def saying(self, question: Question) -> Plan | None:
        """The projects whose sheets have a thing in so many words: in any of their texts, in their basis where that is asked."""
        asked = cue("sheets_saying").search(question.text)
        if asked is None:
            return None
        of_basis = asked["B"] is not None
        said = label_key(asked["B"] or asked["X"])
        texts = ("basis",) if of_basis else _TEXTS
        return self._listing(question, [p for p in self.projects if any(_holds(t, said) for t in _said(p, texts))])

    def one_sided(self, question: Question) -> Plan | None:
        """The projects on whose sheets one side prints no indicator though the other does."""
        text = question.text
        if not says(text, "side_left_empty") or not says(text, "which_sheets"):
            return None
        empty = Period.WHOLE if says(text, "whole_side") and not says(text, "annual_side") else Period.ANNUAL
        other = Period.ANNUAL if empty is Period.WHOLE else Period.WHOLE
        periods = ((p, {s.fact.coordinates.period for s in p.indicators}) for p in self.projects)
        return self._listing(question, [p for p, printed in periods if other in printed and empty not in printed])

    @staticmethod
    def _listing(question: Question, found: list[Project]) -> Plan | None:
        if not found:
            return None
        return Listing(Members(Universe.PROJECTS, question.text, labels=tuple(project.key for project in found)))


def _said(project: Project, texts: tuple[str, ...]) -> Iterator[str]:
    """The clauses of a project's texts, and its indicators' names where all texts are meant."""
    for name in texts:
        yield from map(label_key, _CLAUSE.split(project.text(name)) if len(texts) > 1 else [project.text(name)])
    if len(texts) > 1:
        yield from (label_key(clause) for s in project.indicators for clause in _CLAUSE.split(s.fact.row))


def _holds(text: str, said: str) -> bool:
    """Whether a text has what is said, or its two halves in order and near each other: 减少噪声 in 减少道路噪声."""
    if said in text:
        return True
    halves = ((said[:cut], said[cut:]) for cut in range(_SHORTEST, len(said) - _SHORTEST + 1))
    return any(re.search(f"{re.escape(a)}.{{0,{_GAP}}}{re.escape(b)}", text) for a, b in halves)
