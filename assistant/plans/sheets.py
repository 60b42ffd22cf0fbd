"""Plans from the sheets of projects: fields, people, indicators, and where a project's money stands."""

from __future__ import annotations

from assistant.cues import says
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, FieldLookup, Listing, Members, Placing, Plan, Universe
from assistant.question import Question
from assistant.words import SheetField, sheet_fields
from ingest.facts import Vintage
from ingest.numbers import NumeralKind, find_numerals

_LONG_TEXTS = ("overview", "plan", "whole_goal")
_OF_PEOPLE = ("handler", "person_in_charge", "phone", "filing_date")
_OF_A_PERSON = ("phone", "filing_date")


class SheetPlans:
    """Plans of fields and indicators over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def field(self, question: Question) -> Plan | None:
        """A text field of one project's sheet, with others of the same kind that are asked for too."""
        text = question.text
        hits = [(len(name), name, entry) for entry in sheet_fields() for name in entry.names if name in text]
        if not hits or says(text, "which_projects"):
            return None
        _size, name, entry = max(hits, key=lambda hit: hit[0])
        rest = text.replace(name, "", 1)
        person = next((p for p in self.catalog.people if p in rest), None)
        project = self.phrases.project_in(rest)
        if person is not None:
            projects = self.catalog.people[person]
            asked = project is None and entry.key in _OF_A_PERSON and projects
            return FieldLookup(projects[0].key, (entry.key,), text) if asked else None
        if project is None or _computes(entry, rest):
            return None
        return FieldLookup(project.key, (entry.key, *_asked_too(entry, rest)), text)

    def indicators(self, question: Question) -> Plan | None:
        """Indicators of a class, of a project: `时效指标有哪些`."""
        text = question.text
        if says(text, "indicators_computed") or not says(text, "indicator") or not says(text, "indicators_asked"):
            return None
        members = self.phrases.members(text)
        if members is None or members.universe is not Universe.INDICATORS or says(text, "which_projects"):
            return None
        named = {c.attribute for c in members.conditions}
        if not named & {"project", "indicator_class", "amount"}:
            return None
        if says(text, "indicator_value") and not {"project", "indicator_class"} <= named:
            return None
        return Aggregate("count", members) if says(text, "how_many") else Listing(members, "target")

    def placing(self, question: Question) -> Plan | None:
        """Where a project stands: which fund, this year's or carried over, in which table."""
        text = question.text
        project = self.phrases.project_in(text) if says(text, "placing") else None
        if project is None:
            return None
        claimed = None
        if not says(text, "or_which"):
            newly, handed_over = says(text, "newly_arranged"), says(text, "handed_over")
            claimed = Vintage.CURRENT if newly else Vintage.CARRIED_OVER if handed_over else None
        return Placing(project.key, claimed)

    def who(self, slots: dict[str, str], text: str) -> Plan | None:
        """The one who handles a project, is in charge of it, or carries it out."""
        project = self.phrases.project_in(slots["P"])
        return FieldLookup(project.key, people_asked(text), text) if project is not None else None

    def projects_of(self, slots: dict[str, str], text: str) -> Plan | None:
        members: Members | None = self.phrases.members(slots["P"] + "项目")
        return Listing(members) if members is not None and members.conditions else None


def people_asked(text: str) -> tuple[str, ...]:
    """The fields that tell who: the handler, the person in charge, else whoever carries it out."""
    if says(text, "handles"):
        return ("handler",)
    if says(text, "in_charge"):
        return ("person_in_charge", "handler")
    return ("implementing_unit", "handler", "person_in_charge")


def _computes(entry: SheetField, rest: str) -> bool:
    """Whether the words around a field's name ask for a figure instead of its text."""
    amounts = any(n.kind is NumeralKind.MONEY for n in find_numerals(rest))
    if (entry.key == "overview" and amounts) or says(rest, "multiplied_or_equal"):
        return True
    return entry.key in _LONG_TEXTS and says(rest, "computes_from_text")


def _asked_too(entry: SheetField, rest: str) -> list[str]:
    if entry.key not in _OF_PEOPLE:
        return []
    others = (other for other in sheet_fields() if other.key != entry.key)
    return [other.key for other in others if any(name in rest for name in other.names if len(name) >= 2)]
