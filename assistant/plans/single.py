"""Plans of one figure: looked up, worked out where only prices and counts are known, asked back where several fit alike."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asked import fields_for, kinds_asked
from assistant.cues import cue, says
from assistant.linking import Entry, EntryKind
from assistant.phrases.figures import SURE
from assistant.phrases.hints import hint_of
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Ambiguous,
    CostEstimate,
    Decline,
    Lookup,
    Members,
    Plan,
    Quote,
    Selector,
    Universe,
)
from assistant.question import Question
from assistant.segments import WordKind
from assistant.spelling import is_misprint
from ingest.facts import Fact, Origin, Role, Vintage
from ingest.labels import label_key
from ingest.quantities import YUAN

_TOLD = (EntryKind.INDICATOR, EntryKind.PROSE)
_LESS_COVERED, _LESS_SURE = 0.01, 0.1  # how far behind the best link another may be and still fit alike


class SinglePlans:
    """Plans of single figures over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.linker = phrases.linker

    def single(self, question: Question) -> Plan | None:
        """The figure that a question names as a whole."""
        text = question.text
        if says(text, "subject") and (code := self.phrases.unknown_code(text)) is not None:
            return Decline("unknown", f"科目编码 {code}")
        if says(text, "which_projects"):
            return None
        if says(text, "asks_meaning") or self._asks_unknown_attribute(text):
            return Decline("unknown", question.raw.strip())
        if says(text, "asks_contents"):
            return None
        hint = hint_of(text)
        selector = self.phrases.selector(text, hint)
        if selector is None:
            return None
        if selector.concept == "project_expenditure" and not selector.fact_ids:
            return self.phrases.named(text)
        counted = selector.wish.role is Role.COUNT
        if hint.units and not counted and not selector.fact_ids:
            return None  # 多少辆, 多少人: a figure in money is no answer
        if selector.project and not question.english and not says(text, "asks_money"):
            return self._about_project(text, selector)
        if selector.fact_ids:
            return self._told(text, selector, question.unit)
        whole = self.phrases.expression(text) if selector.concept and selector.wish.vintage is Vintage.CURRENT else None
        return whole if isinstance(whole, Aggregate) else Lookup(selector, question.unit)

    def _asks_unknown_attribute(self, text: str) -> bool:
        """Whether what is asked of a thing is a noun that no document knows: `发行利率`, `中标价`."""
        words = self.phrases.content_in(cue("asked_attribute").sub("", text))
        return bool(words) and words[-1].kind is WordKind.UNKNOWN and says(words[-1].text, "unknown_attribute")

    def _about_project(self, text: str, selector: Selector) -> Plan:
        """A project named without asking for money: its budget when nothing else is asked, else its text."""
        key = label_key(selector.label)
        rest = any(not any(r in key for r in word.readings) for word in self.phrases.content_in(text))
        if says(text, "asks_anything") or rest:
            kind = next(iter(kinds_asked(text)), "")
            return Quote(text, selector.project, fields_for(kind) or ("overview",), kind=kind)
        return Lookup(selector)

    # ── indicators and prose ───────────────────────────────────────────────────────────────────────────────

    def _told(self, text: str, selector: Selector, unit: str) -> Plan:
        """One indicator or prose figure; a product where a price and a count are known; a question back where several fit."""
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids]
        if (priced := _without_money(text, selector, facts)) is not None:
            return priced
        if (
            says(text, "which_or_what")
            and set(kinds_asked(text)) <= {"list"}
            and all(f.origin is Origin.PROSE and f.quantity is not None for f in facts)
        ):
            return Quote(selector.label, label_key(facts[0].project))
        project = self.phrases.project_in(text)
        if project is not None and all(label_key(f.project) != project.key for f in facts):
            return self._of_project(text, project.key, unit)
        alike = self._alike(text)
        if (whole := self._whole_among(alike)) is not None:
            return Lookup(whole, unit)
        if len(alike) < 2:
            return Lookup(selector, unit)
        members = Members(Universe.GIVEN, text, given=tuple(Lookup(each) for each in alike))
        units = {f.quantity.unit for f in facts if f.quantity is not None}
        return Aggregate("sum", members) if says(text, "together") and len(units) <= 1 else Ambiguous(text, members)

    def _of_project(self, text: str, key: str, unit: str) -> Plan:
        """The named project's own indicator of that name, else its text: never another project's figure."""
        for link in self.linker.link(text, hint_of(text)):
            if link.entry.project == key and link.coverage >= SURE:
                if link.entry.facts:
                    return Lookup(_selector_of(text, link.entry), unit)
                break
        return Quote(text, key, ("plan", "overview"))

    def _whole_among(self, alike: Sequence[Selector]) -> Selector | None:
        """The one that the others are parts of: 公务用车编制 among kinds of vehicles."""
        facts = [[self.catalog.by_id[i].fact for i in each.fact_ids] for each in alike]
        paths = {label_key(label) for of_one in facts for fact in of_one for label in fact.row_path}
        wholes = (
            each
            for each, of_one in zip(alike, facts, strict=True)
            if any(label_key(fact.row) in paths for fact in of_one)
        )
        return next(wholes, None)

    def _alike(self, text: str) -> list[Selector]:
        """Indicators or prose figures with different values that fit the words as well as the best does."""
        links = self.linker.link(text, hint_of(text))
        if not links or links[0].how == "exact" or links[0].entry.kind not in _TOLD:
            return []
        best = links[0]
        found: list[tuple[Entry, set[str]]] = []
        for link in links[:12]:
            near = link.coverage >= best.coverage - _LESS_COVERED and link.score >= best.score - _LESS_SURE
            if not near or link.entry.kind not in _TOLD or link.entry.units != best.entry.units:
                continue
            values = {s.fact.printed.lstrip("≤≥<>=约") for s in link.entry.facts}
            if not any(_same_thing(link.entry, values, other, known) for other, known in found):
                found.append((link.entry, values))
        return [_selector_of(text, entry) for entry, _ in found]


def _selector_of(text: str, entry: Entry) -> Selector:
    return Selector(text, entry.label, fact_ids=tuple(s.id for s in entry.facts))


def _without_money(text: str, selector: Selector, facts: Sequence[Fact]) -> Plan | None:
    """Money asked of what is told in other units: worked out where a price and a count are known, else declined."""
    units = {f.quantity.unit for f in facts if f.quantity is not None}
    priced = any(unit.startswith(f"{YUAN}/") for unit in units)
    counted = any(not unit.startswith(YUAN) for unit in units)
    asked = says(text, "asks_spending") or text.endswith("多少")
    if asked and YUAN not in units and priced and counted:
        return CostEstimate(selector.label, label_key(facts[0].project))
    if says(text, "asks_price") and not any(unit.startswith(YUAN) for unit in units):
        return Decline("no_amount", selector.label)
    return None


def _same_thing(one: Entry, values: set[str], other: Entry, known: set[str]) -> bool:
    """Whether two entries are one indicator printed twice: the same values and all but the same name."""
    if not (values <= known or known <= values):
        return False
    if one.kind is not other.kind:
        return one.project == other.project
    shorter, longer = sorted((one.core, other.core), key=len)
    return one.project != other.project or longer.startswith(shorter) or is_misprint(shorter, longer)
