"""What the project spoken of has of its own that a question can mean without naming the project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.catalog import Catalog, Project
from assistant.cues import says
from assistant.dialogue.figure_referents import FigureReferent
from assistant.names.closest import Closest, Near
from assistant.names.linking import indicator_name
from assistant.names.segments import Word, WordKind
from assistant.plan import CutOff, FieldLookup, FundedBy, Listing, Lookup, Placing, Plan, Quote, Selector, Universe
from assistant.questions.value_kinds import Value, ValueKind, value_kind_of
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import PERCENT, YUAN
from ingest.numbers.units import to_base

_AS_NEAR = 0.12  # how far behind the nearest another may be and be meant as well
_ENOUGH = 0.6  # the share of a question that a figure must explain
_HEAD = 2  # characters that a name begins with
_MONEY_ASKED = "多少钱"


class OwnFigures:
    """Finds figures of one project by what a turn says of them; `last` is the figure spoken of before."""

    def __init__(self, closest: Closest, project: Project, last: FigureReferent | None) -> None:
        self.closest = closest
        self.project = project
        self.last = last

    def figure(self, text: str) -> Selector | None:
        """The project's own figure that a turn asks for, of the kind it names, else of the last figure's; None where
        several with other values fit, or something is to be worked out of several."""
        if says(text, "both_said", "average_said"):
            return None
        return next((found for kind in self._kinds(text) if (found := self._of_kind(text, kind)) is not None), None)

    def _of_kind(self, text: str, kind: ValueKind) -> Selector | None:
        said = self.closest.content(text, kind)
        words = [word for word in said if len(word.text) > 1 or word.kind is not WordKind.UNKNOWN]
        ranked = self.closest.ranked(text, kind, self.project.key) if words else self._all_of(kind)
        own = [each for each in ranked if _is_counted_alike(each, kind) and self._is_told(each, words)]
        if kind.value is Value.PRICE and not kind.units and (unit := unit_counted(self.last)):
            own = [each for each in own if any(is_priced_in(stored, unit) for stored in each.facts)]
        near = [each for each in own if each.score > own[0].score - _AS_NEAR]
        near.sort(key=lambda each: -self._likeness(each))
        chosen = [each for each in near if self._likeness(each) == self._likeness(near[0])]
        if not chosen or any(each.values != chosen[0].values for each in chosen):
            return None
        facts = tuple(stored.id for stored in chosen[0].facts)
        return Selector(text, chosen[0].entry.label, fact_ids=facts, confidence=min(chosen[0].covered, 1.0))

    def _kinds(self, text: str) -> Iterator[ValueKind]:
        """The kind of value: as the turn says, else of the last figure's unit; what may be told as a price as well."""
        kind = value_kind_of(text)
        unit = self.last.value.unit if self.last is not None and self.last.value is not None else ""
        if kind.value is Value.OPEN and unit.partition("/")[0] == YUAN:
            kind = value_kind_of(f"{text}{_MONEY_ASKED}")
        if kind.value is not Value.OPEN or unit not in ("", PERCENT):
            yield kind
        if kind.value is Value.MONEY:
            yield ValueKind(Value.PRICE)

    def _all_of(self, kind: ValueKind) -> list[Near]:
        """Every figure of a kind so narrow that it needs no name: what one of a unit costs, a number of hours."""
        if not (kind.is_rare or (kind.value is Value.PRICE and kind.units)):
            return []
        entries = (e for e in self.closest.linker.entries if e.project == self.project.key and e.facts)
        fitting = ((entry, tuple(s for s in entry.facts if kind.fits(s) and _is_per(s, kind))) for entry in entries)
        return [Near(entry, facts, 1.0, 1.0, ()) for entry, facts in fitting if facts]

    def _is_told(self, near: Near, words: Sequence[Word]) -> bool:
        """Whether a figure's name has a word of the turn, and all others are told by it or by a figure named after the same."""
        if not words:
            return True
        head = near.entry.core[:_HEAD]
        own = [w for w in words if self.closest.is_in(w, near.entry.core) or any(head in r for r in w.readings)]
        if not own or not near.names_what_is_counted:
            return False
        left = [word for word in words if word.text in near.unexplained]
        if not left:
            return near.covered >= _ENOUGH
        beside = [label_key(indicator_name(s)) for s in self.project.indicators]
        alike = [name for name in beside if any(self.closest.is_in(word, name) for word in own)]
        return all(any(self.closest.is_in(word, name) for name in alike) for word in left)

    def _likeness(self, near: Near) -> int:
        """How many characters at both ends a figure's name shares with the one spoken of."""
        before, name = label_key(self.last.label) if self.last is not None else "", near.entry.core
        start = next((n for n, (a, b) in enumerate(zip(before, name, strict=False)) if a != b), 0)
        end = next((n for n, (a, b) in enumerate(zip(reversed(before), reversed(name), strict=False)) if a != b), 0)
        return start + end


def unit_counted(last: FigureReferent | None) -> str:
    """The unit in which the figure spoken of before counts things, whose price a bare `单价` then is; "" for none."""
    unit = last.value.unit if last is not None and last.value is not None else ""
    return "" if unit in (YUAN, PERCENT, "年") or "/" in unit else unit


def is_priced_in(stored: StoredFact, unit: str) -> bool:
    """Whether a price is for one of a unit."""
    own = stored.fact.quantity.unit if stored.fact.quantity is not None else ""
    return to_base(unit)[0] in {to_base(part)[0] for part in own.split("/")[1:]}


def _is_per(stored: StoredFact, kind: ValueKind) -> bool:
    """Whether a price is for one of the unit that is said, and not only called one."""
    unit = stored.fact.quantity.unit if stored.fact.quantity is not None else ""
    return kind.value is not Value.PRICE or to_base(unit.partition("/")[2])[0] in kind.units


def _is_counted_alike(near: Near, kind: ValueKind) -> bool:
    """Whether what is asked without its kind is a number of things: no money, no share, no price."""
    units = {s.fact.quantity.unit for s in near.facts if s.fact.quantity is not None}
    return kind.value is not Value.OPEN or (
        bool(units) and not any(u in (YUAN, PERCENT, "") or "/" in u for u in units)
    )


def is_of_project(plan: Plan, key: str, catalog: Catalog, money: bool) -> bool:
    """Whether a plan tells of the project: its own facts, or its budget where nothing but money is asked for."""
    match plan:
        case Quote(project=project, kind="time"):
            return project == key
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
