"""Questions about the indicators of sheets, of which every word is understood: whose, of which class, called how, set to what."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog
from assistant.names.linking import indicator_name
from assistant.phrases.projects import ProjectNames
from assistant.phrases.set_asked import asked_of
from assistant.phrases.set_questions import relation_of
from assistant.phrases.set_scan import IDLE, Piece, Said, SetScanner
from assistant.plan import Condition, Listing, Members, Plan, Universe
from ingest.labels import label_key

_ROLES = IDLE | {
    *(
        "indicators",
        "indicator_word",
        "project_name",
        "unknown",
        "quantity",
        "relation",
        "negation",
        "unequal",
        "equal",
    ),
    *("asks", "count", "each", "sheets"),
}
_SHORTEST = 2  # characters of a word that tells an indicator or a project


class IndicatorQuestions:
    """Reads questions about sets of indicators over one catalog."""

    def __init__(self, catalog: Catalog, scanner: SetScanner, projects: ProjectNames) -> None:
        self.catalog = catalog
        self.scanner = scanner
        self.projects = projects
        self._names = {label_key(indicator_name(s)) for p in catalog.projects.values() for s in p.indicators}

    def plan(self, text: str) -> Plan | None:
        """The plan of a question; None where a word has no role or nothing is asked of indicators."""
        said = self.scanner.scan(text)
        if not said.has("indicators", "indicator_word") or not said.roles <= _ROLES:
            return None
        conditions = self._conditions(said)
        if not conditions:
            return None
        plan = asked_of(said, Members(Universe.INDICATORS, text, tuple(conditions)))
        return replace(plan, what="target") if isinstance(plan, Listing) else plan

    def _conditions(self, said: Said) -> list[Condition] | None:
        """What tells the indicators meant; None where a word of it is not understood."""
        found: list[Condition] = []
        for piece in said.pieces:
            match piece.role:
                case "project_name":
                    found.append(Condition("project", "=", piece.value))
                case "indicators" if not _ends_a_name(said, piece):
                    found.append(Condition("indicator_class", "=", piece.value))
                case "quantity":
                    found.append(Condition("amount", relation_of(said, piece) or "=", "", piece.quantity))
                case "unknown":
                    named = self._named(said, piece)
                    if named is None:
                        return None
                    found.append(named)
        return found if sum(c.attribute == "project" for c in found) <= 1 else None

    def _named(self, said: Said, piece: Piece) -> Condition | None:
        """A project called so, or a part of indicators' names."""
        key = label_key(piece.text)
        if len(key) < _SHORTEST:
            return None
        project = self.projects.project_in(piece.text)
        if project is not None and any(key in label_key(name) for name in project.names):
            return Condition("project", "=", project.key)
        after = said.beside(piece, 1)
        name = key + (after.text if after is not None and _ends_a_name(said, after) else "")
        return Condition("indicator", "=", name) if any(name in each for each in self._names) else None


def _ends_a_name(said: Said, piece: Piece) -> bool:
    """`企业满意度`: whether a class without a word for indicators is the end of a name."""
    named = piece.role == "indicators" and piece.text == piece.value
    return named and any(p.role == "unknown" and p.end == piece.start for p in said.pieces)
