"""Plans of one figure: looked up, worked out where only prices and counts are known, asked back where several fit alike."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.cues import cue, says
from assistant.names.closest import Near
from assistant.names.described import DescribedProjects
from assistant.names.linking import Entry, EntryKind
from assistant.names.segments import WordKind
from assistant.names.spelling import begin_alike, is_misprint
from assistant.phrases.figures import SURE
from assistant.phrases.hints import hint_of
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Ambiguous,
    CostEstimate,
    Decline,
    Listing,
    Lookup,
    Members,
    Plan,
    Quote,
    Ranked,
    Selector,
    Universe,
)
from assistant.question import Question
from assistant.questions.asked import fields_for, kinds_asked
from assistant.questions.ordering import order_in
from assistant.questions.value_kinds import Value, ValueKind, value_kind_of
from assistant.words import concept_by_key, field_names
from ingest.facts import Fact, Origin, Role, Vintage
from ingest.labels import label_key
from ingest.numbers.quantities import YUAN

_TOLD = (EntryKind.INDICATOR, EntryKind.PROSE)
_FEW = 3  # figures called alike that are told side by side
_MOSTLY = 0.6  # the share of their names that they have in common
_MORE_COVERED = 0.08  # how much more of the question another figure must explain than a project's name does
_LESS_COVERED, _LESS_SURE = 0.01, 0.1  # how far behind the best link another may be and still fit alike


class SinglePlans:
    """Plans of single figures over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.closest = phrases.closest
        self.described = DescribedProjects(phrases.catalog, phrases.closest)
        self.catalog = phrases.catalog
        self.linker = phrases.linker

    def told_of(self, question: Question) -> Plan | None:
        """`发补贴、修水渠那个项目,今年给了多少钱`: the budget of the one project that is told by what it does."""
        said = cue("project_told_of").fullmatch(question.text)
        if said is None:
            return None
        wish, rest = self.phrases.wish_in(said["rest"])
        project = self.described.project_in(f"{said['X']}的项目", ValueKind())
        if (
            project is None
            or self.phrases.content_in(rest)
            or self.phrases.project_in(said["X"]) not in (None, project)
        ):
            return None
        return Lookup(Selector(question.text, project.name, wish, project=project.key), question.unit)

    def single(self, question: Question) -> Plan | None:
        """The figure that a question names as a whole."""
        text = question.text
        if label_key(text) in field_names():
            return None  # a field of some sheet, not a figure that is called alike
        if says(text, "subject") and (code := self.phrases.unknown_code(text)) is not None:
            return Decline("unknown", f"科目编码 {code}")
        if says(text, "which_projects"):
            kind = value_kind_of(text)
            return self._closest(text, kind, question.unit) if kind.value is Value.COUNT else None
        if says(text, "asks_meaning") or self._asks_unknown_attribute(text):
            return Decline("unknown", question.raw.strip())
        if says(text, "asks_contents"):
            return None
        hint, kind = hint_of(text), value_kind_of(text)
        selector = self.phrases.selector(text, hint)
        together = selector is not None and selector.fact_ids and says(text, "together")
        if selector is None or together or not self._is_of_kind(selector, kind, text):
            return self._closest(text, kind, question.unit)
        if (limit := self.closest.limit_of(text, kind, selector.fact_ids)) is not None:
            return Lookup(_selector_of_near(text, limit), question.unit)
        if (selector.fact_ids or selector.project) and (near := self._nearer(selector, kind, text)) is not None:
            return Lookup(_selector_of_near(text, near), question.unit)
        if selector.project and (hint.units or (kind.is_told and says(text, "asks_money"))):
            return None  # 多少辆, 一平米多少钱: the project's budget is no answer
        if selector.fact_ids and self.closest.doubts(text, kind, selector.fact_ids):
            return None
        if selector.concept == "project_expenditure" and not selector.fact_ids:
            return self.phrases.named(text)
        if selector.project and not question.english and not says(text, "asks_money"):
            return self._about_project(text, selector)
        if selector.fact_ids:
            return self._told(text, selector, question.unit)
        whole = self.phrases.expression(text) if selector.concept and selector.wish.vintage is Vintage.CURRENT else None
        return whole if isinstance(whole, Aggregate) else Lookup(selector, question.unit)

    def _is_of_kind(self, selector: Selector, kind: ValueKind, text: str) -> bool:
        """Whether a figure can be of the kind asked for: 多少辆 is not answered in money, 几毛一度 not by a budget."""
        if selector.fact_ids:
            facts = [self.catalog.by_id[i] for i in selector.fact_ids]
            if not kind.is_told and says(text, "asks_number"):
                return any(s.fact.quantity is not None for s in facts)
            return not kind.is_told or any(map(kind.fits, facts))
        if selector.project:
            return not kind.is_rare and self._asks_of_project(selector.project, text)
        if selector.wish.role is Role.COUNT:
            return True
        if selector.confidence < 1 and self._leaves_a_name(selector, kind, text):
            return False
        if kind.is_narrow:
            return any(kind.fits(s) for key in selector.row_keys for s in self.catalog.rows.get(key, ()))
        return True

    def _asks_of_project(self, key: str, text: str) -> bool:
        """Whether the project itself is asked for, and not something of it: its last word is no name of anything else."""
        rest = self.phrases.wish_in(self.phrases.without_loaded_years(text))[1]
        words = [w for w in self.closest.content(rest, ValueKind()) if len(w.text) > 1]
        if not words or words[-1].kind is WordKind.UNKNOWN:
            return True
        names = [label_key(name) for project in self.catalog.project_by_key[key] for name in project.names]
        said = label_key(text)
        return any(self.closest.is_in(words[-1], name) for name in names) or any(
            words[-1].text in field and field in said for field in self._fields_of(key)
        )

    def _leaves_a_name(self, selector: Selector, kind: ValueKind, text: str) -> bool:
        """Whether a row or a known figure that resembles the question leaves a telling name of it out: `城西村`, `抢险车`."""
        rest = self.phrases.wish_in(self.phrases.without_loaded_years(text))[1]
        words = [word for word in self.closest.content(rest, kind) if word.kind is not WordKind.UNKNOWN]
        keys = [selector.label, *selector.row_keys]
        keys += concept_by_key()[selector.concept].names if selector.concept else ()
        above = [
            label for key in selector.row_keys for s in self.catalog.rows.get(key, ()) for label in s.fact.row_path
        ]
        titles = [self.catalog.tables[table].title for table in selector.tables]
        return bool(words) and not self.closest.covered(
            words, label_key("".join(keys)), "", label_key("".join((*above, *titles)))
        )

    def _fields_of(self, key: str) -> list[str]:
        """What the fields of a project's sheet are called."""
        cells = (s for p in self.catalog.project_by_key[key] for of_one in p.fields.values() for s in of_one)
        return [label_key(stored.fact.row.rpartition(" / ")[2]) for stored in cells]

    def _nearer(self, selector: Selector, kind: ValueKind, text: str) -> Near | None:
        """The figure that is meant where it is not the one that names alone led to: one that explains more of the question."""
        if not kind.is_told and _wants_words(text):
            return None
        text = self.phrases.without_loaded_years(text)
        near = self.closest.chosen(text, kind)
        if len(near) != 1 and selector.project:
            near = self.closest.chosen(text, kind, selector.project)
        if len(near) != 1:
            return None
        if not selector.project or kind.is_told:
            return near[0]
        words = self.closest.content(text, kind)
        names = [label_key(name) for project in self.catalog.project_by_key[selector.project] for name in project.names]
        by_name = self.closest.covered(words, "".join(names), "", "", with_gaps=True)
        return near[0] if near[0].covered > by_name + _MORE_COVERED else None

    def _closest(self, text: str, kind: ValueKind, unit: str) -> Plan | None:
        """The figure nearest to the question; asked back where several fit alike."""
        if not kind.is_told and _wants_words(text):
            return None
        text = self.phrases.without_loaded_years(text)
        near = self.closest.chosen(text, kind)
        if len(near) != 1 and (project := self.phrases.project_in(text)) is not None:
            only = self.closest.only_one(text, kind, project)
            near = self.closest.chosen(text, kind, project.key) or ([only] if only is not None else near)
        if (
            len(near) > 1
            and kind.words
            and (whole := self._whole_among([_selector_of_near(text, each) for each in near])) is not None
        ):
            return Lookup(whole, unit)
        both = self.closest.asks_for_both(text, kind)
        if both or says(text, "together"):
            near = self.closest.sharing(text, kind, both) or ([] if both else near)
        if len(near) > 1:
            given = tuple(Lookup(_selector_of_near(text, each)) for each in near[:6])
            members = Members(Universe.GIVEN, text, given=given)
            of_one = len({each.entry.project for each in near}) == 1
            if both or (says(text, "together") and of_one):
                return Aggregate("sum", members)
            return self._side_by_side([each.entry for each in near], text, members)
        if says(self.linker.as_printed(text), "several_said"):
            return None
        if near:
            limit = self.closest.limit_of(text, kind, [s.id for s in near[0].facts])
            return Lookup(_selector_of_near(text, limit or near[0]), unit)
        project = None if kind.is_told else self.described.project_in(text, kind)
        return Lookup(Selector(text, project.name, project=project.key), unit) if project is not None else None

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
        entries = self._alike(text)
        alike = [_selector_of(text, entry) for entry in entries]
        if (whole := self._whole_among(alike)) is not None:
            return Lookup(whole, unit)
        if len(alike) < 2:
            return Lookup(selector, unit)
        members = Members(Universe.GIVEN, text, given=tuple(Lookup(each) for each in alike))
        units = {f.quantity.unit for f in facts if f.quantity is not None}
        if says(text, "together") and len(units) <= 1 and len({entry.project for entry in entries}) == 1:
            return Aggregate("sum", members)
        return self._side_by_side(entries, text, members)

    def _side_by_side(self, entries: Sequence[Entry], text: str, members: Members) -> Plan:
        """Figures that fit alike: the one of them that is asked for by its place, all where they are of one thing that the
        question names, else asked back."""
        if says(text, "asks_which") and (order := order_in(text)) is not None:
            return Ranked(members, *order[:3])
        named = bool(self.closest.content(text, value_kind_of(text)))
        return Listing(members) if named and _is_one_thing(entries) else Ambiguous(text, members)

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

    def _alike(self, text: str) -> list[Entry]:
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
        return [entry for entry, _ in found]


def _wants_words(text: str) -> bool:
    """Whether a name or a reason is asked for, so that a figure is no answer: 哪个科目, 为了什么."""
    return bool(kinds_asked(text)) or (says(text, "asks_which") and not says(text, "asks_number", "asks_amount"))


def _selector_of_near(text: str, near: Near) -> Selector:
    ids = tuple(s.id for s in near.facts)
    return Selector(text, near.entry.label, fact_ids=ids, confidence=near.covered)


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


def _is_one_thing(entries: Sequence[Entry]) -> bool:
    """Whether figures are of one project and called alike but for a word: each of them is an answer."""
    names = [entry.core for entry in entries]
    shared = begin_alike(names) + begin_alike([name[::-1] for name in names])
    of_one = len({entry.project for entry in entries}) == 1 and all(entry.project for entry in entries)
    return of_one and len(names) <= _FEW and shared >= _MOSTLY * max(map(len, names))


def _same_thing(one: Entry, values: set[str], other: Entry, known: set[str]) -> bool:
    """Whether two entries are one indicator printed twice: the same values and all but the same name."""
    if not (values <= known or known <= values):
        return False
    if one.kind is not other.kind:
        return one.project == other.project
    shorter, longer = sorted((one.core, other.core), key=len)
    return one.project != other.project or longer.startswith(shorter) or is_misprint(shorter, longer)
