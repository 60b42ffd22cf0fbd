"""What the project spoken of has of its own that a question can mean without naming the project."""

from __future__ import annotations

from assistant.catalog import Catalog
from assistant.linking import Linker
from assistant.phrases.figures import SURE
from assistant.phrases.hints import hint_of
from assistant.plan import CutOff, FieldLookup, FundedBy, Listing, Lookup, Placing, Plan, Selector, Universe
from ingest.labels import label_key

_LESS_COVERED = 0.1  # how much less of a question what belongs to the project spoken of may explain
_ENOUGH_BY_UNIT = 0.35  # how much it must explain where its unit is the one asked for
_AS_GOOD = 0.04  # how far behind the best another may be and fit as well
_WHOLLY = 0.9  # what explains this much explains the question


def own_figure(text: str, key: str, linker: Linker) -> Selector | None:
    """The project's own indicator that fits a text, and by its unit where one is asked for; None where several do."""
    hint = hint_of(text)
    links = linker.link(text, hint)
    own = [link for link in links if link.entry.project == key and link.entry.facts]
    by_unit = bool(hint.units) or hint.rate
    if by_unit:
        own = [link for link in own if hint.fits(link.entry) > 0]
    enough = _ENOUGH_BY_UNIT if by_unit else max(SURE, links[0].coverage - _LESS_COVERED) if links else 1.0
    near = [link for link in own if link.coverage >= enough and link.score >= own[0].score - _AS_GOOD]
    values = {s.fact.quantity.number for link in near for s in link.entry.facts if s.fact.quantity is not None}
    if not near or (len(near) > 1 and len(values) > 1):
        return None
    facts = tuple(stored.id for stored in near[0].entry.facts)
    sure = 1.0 if near[0].coverage > _WHOLLY else near[0].coverage
    return Selector(text, near[0].entry.label, fact_ids=facts, confidence=sure)


def is_of_project(plan: Plan, key: str, catalog: Catalog, money: bool) -> bool:
    """Whether a plan tells of the project: its own facts, or its budget where nothing but money is asked for."""
    match plan:
        case (
            FieldLookup(project=project)
            | Placing(project=project)
            | FundedBy(project=project)
            | CutOff(project=project)
        ):
            return project == key
        case Lookup(of=selector):
            facts = [catalog.by_id[i].fact for i in selector.fact_ids]
            if selector.project:
                return selector.project == key and money
            return bool(facts) and all(label_key(f.project) == key for f in facts)
        case Listing(members=members) if members.universe is Universe.INDICATORS:
            return any(c.attribute == "project" and c.text == key for c in members.conditions)
        case _:
            return False
