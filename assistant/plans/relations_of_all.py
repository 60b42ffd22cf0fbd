"""Plans of what many sheets state twice: whether a year's money times the years is the whole period's in all projects of a
period, and in which it is not. Their words are those of one project's relations (assistant/vocabulary/relations.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.computing.figures import Figures
from assistant.computing.sets import Sets
from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.plan import Asserted, Audit, Claimed, Members, Universe
from assistant.plans.sheet_relations import relations_said
from assistant.question import Question
from assistant.words import RelationWords
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFinding

_TOLD_BY = ("period_years", "handler", "nature")  # what tells which projects are meant


class RelationsOfAll:
    """Plans of relations within all sheets, or those of some projects, of one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.sets = Sets(self.catalog, Figures(self.catalog))

    def asked(self, question: Question, spoken_of: frozenset[str] = frozenset()) -> Audit | Claimed | None:
        """Whether the two sides agree in all projects meant, or in which they do not; in a dialogue those `spoken_of`."""
        text = question.text
        which = says(text, "which_of_several") and says(text, "not_agreeing")
        every = says(text, "each_of_several") and says(question.raw, "claim_asked", "agreement_asked")
        if not (which or every or (spoken_of and says(text, "not_agreeing"))):
            return None
        relation = next(relations_said(text), None)
        rest, left_out = self._left_out(text)
        if relation is None or self.phrases.project_in(rest) is not None:
            return None
        projects = [key for key in self._projects(rest, relation, spoken_of) if key not in left_out]
        if not projects:
            return None
        any_asked = which and says(question.said, "any_member")
        audit = Audit(text, "", (), relation.rules, any_asked or (every and not which), True, tuple(projects))
        return Claimed(audit, Asserted.ANY, text) if any_asked else audit

    def keys_of(self, members: Members) -> frozenset[str]:
        """The projects of a set; none where its members are something else."""
        of_projects = members.universe is Universe.PROJECTS
        return frozenset(m.key for m in self.sets.members(members)) if of_projects else frozenset()

    def _projects(self, text: str, relation: RelationWords, spoken_of: frozenset[str]) -> list[str]:
        """The keys of the projects meant: of the period, person or nature said."""
        conditions = [c for c in self.phrases.conditions_in(text)[0] if c.attribute in _TOLD_BY]
        members = self.sets.members(Members(Universe.PROJECTS, text, tuple(conditions)))
        meant = {m.key for m in members} & (spoken_of or {m.key for m in members})
        named = [name for name in self.catalog.indicator_names if name in label_key(text)]
        checked = [s for s in self.catalog.findings if s.finding.rule in relation.rules]
        keys = (key for stored in checked if self._is_named(stored, named) for key in self._keys(stored))
        return [key for key in dict.fromkeys(keys) if key in meant]

    def _left_out(self, text: str) -> tuple[str, frozenset[str]]:
        """A question without what it leaves out or remarks in brackets, and the projects named there."""
        plain = cue("left_out").sub("", cue("remark").sub("", text))
        remarks = [found[0] for pattern in (cue("remark"), cue("left_out")) for found in pattern.finditer(text)]
        named = [self.phrases.project_in(remark) for remark in remarks]
        return plain, frozenset(project.key for project in named if project is not None)

    def _keys(self, stored: StoredFinding) -> Iterable[str]:
        facts = (self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id)
        return (label_key(fact.project) for fact in facts if fact.project)

    def _is_named(self, stored: StoredFinding, names: list[str]) -> bool:
        """Whether a finding is about the indicators named; where none is, any is."""
        told = label_key(stored.finding.summary)
        return not names or any(name in told for name in names)
