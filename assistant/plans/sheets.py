"""Plans from the sheets of projects: fields, people, indicators, and where a project's money stands."""

from __future__ import annotations

from assistant.catalog import Project
from assistant.computing.funding import Funding
from assistant.cues import cue, says
from assistant.names.segments import WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, CutOff, FieldLookup, FundedBy, Listing, Members, Placing, Plan, Universe
from assistant.question import Question
from assistant.questions.asked import asks_number
from assistant.words import SheetField, field_by_key, plain_words, sheet_fields
from ingest.facts import Fund, Vintage
from ingest.labels import bare_label, label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import NumeralKind, find_numerals

_LONG_TEXTS = ("overview", "plan", "whole_goal", "annual_goal", "measures", "necessity", "basis")
_COMPUTED_TEXTS = ("overview", "plan", "whole_goal")
_NEEDS_ALL = {"period", *_LONG_TEXTS}  # fields whose names are also words of other figures and texts
_OF_A_PERSON = ("phone", "filing_date")
_OF_ALL_SHEETS = ("department", "unit", "phone")
_USES = (
    "overview",
    "whole_goal",
    "annual_goal",
    "goal",
)  # where a sheet tells what the money is for, the likeliest first
_VERB = 2  # characters
_SUBJECT_NAME = 4  # characters of a subject's name that is told from other words


class SheetPlans:
    """Plans of fields and indicators over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.funding = Funding(phrases.catalog)

    def field(self, question: Question) -> Plan | None:
        """The fields of one project's sheet that a question names; nothing else may be left to understand."""
        text = question.text
        entries, rest = _fields_in(text)
        if not entries:
            return self._nature_claimed(question)
        if says(text, "which_projects") or (says(text, "which_thing") and any(e.key in _LONG_TEXTS for e in entries)):
            return None
        keys = tuple(entry.key for entry in entries)
        person = next((p for p in self.catalog.people if p in rest), None)
        project = self.phrases.project_in(rest)
        if project is None and (project := self._project_of_thing(rest)) is not None:
            rest = cue("thing_of_project").sub(",", rest)
        if project is None and person is not None:
            asked = all(key in _OF_A_PERSON for key in keys)
            return FieldLookup(self.catalog.people[person][0].key, keys, text) if asked else None
        if project is None:
            shared = all(key in _OF_ALL_SHEETS for key in keys) and not self._left_over(rest, ())
            nowhere = not self._has_fields(keys) and says(text, "filled_anywhere") and self._has_columns(keys)
            return FieldLookup("", keys, text) if (shared and self._has_fields(keys)) or nowhere else None
        if any(_computes(entry, rest) for entry in entries):
            return None
        if set(keys) & _NEEDS_ALL and self._left_over(rest, tuple(project.names)):
            return None
        return FieldLookup(project.key, keys, text, self._claimed(question, keys))

    def _project_of_thing(self, text: str) -> Project | None:
        """`补贴那个项目`: the one project whose sheet speaks of a thing."""
        thing = cue("thing_of_project").search(text)
        key = label_key(thing["thing"]) if thing is not None else ""
        if len(key) < _SUBJECT_NAME:
            return None
        speaking = [
            project
            for project in self.catalog.projects.values()
            if any(key in label_key(s.fact.row) for s in project.indicators)
            or key in label_key(project.text("overview"))
        ]
        return speaking[0] if len(speaking) == 1 else None

    def _nature_claimed(self, question: Question) -> Plan | None:
        """`抢险车是一次性项目吗`: a project's nature said and asked to be confirmed."""
        claimed = self._claimed(question, ("nature",))
        project = self.phrases.project_in(question.text) if claimed else None
        if project is None or not says(question.text, "is_of_nature"):
            return None
        return FieldLookup(project.key, ("nature",), question.text, claimed)

    def _left_over(self, rest: str, names: tuple[str, ...]) -> bool:
        """Whether the text names more than the project: 园区道路设计 in what is asked of another thing's sheet."""
        told = [label_key(name) for name in names]
        generic = {label_key(word) for word in plain_words().generic}
        for word in self.phrases.content_in(rest):
            known = word.kind is not WordKind.UNKNOWN and word.text not in generic
            if known and not any(_reads_in(reading, name) for reading in word.readings for name in told):
                return not says(word.text, "about_a_sheet")
        return False

    def _has_fields(self, keys: tuple[str, ...]) -> bool:
        return any(project.text(key) for project in self.catalog.projects.values() for key in keys)

    def _has_columns(self, keys: tuple[str, ...]) -> bool:
        return all(any(project.fields.get(key) for project in self.catalog.projects.values()) for key in keys)

    def _claimed(self, question: Question, keys: tuple[str, ...]) -> str:
        """What a yes/no question takes a field to say: a nature, a number of years, a person."""
        text = question.text
        if not says(question.raw, "confirmed") or says(text, "or_which"):
            return ""
        if "nature" in keys:
            return next((n for n, words in plain_words().nature.items() if any(w in text for w in words)), "")
        if "period" in keys and (years := cue("years_said").search(text)) is not None:
            return f"{years['n']}年"
        if "handler" in keys or "person_in_charge" in keys:
            return next((p for p in self.catalog.people if p in text), "")
        return ""

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
        if not says(text, "how_many"):
            return Listing(members, "target")
        return Aggregate("count", members) if says(text, "indicators_counted") else None

    def uses(self, question: Question) -> Plan | None:
        """What a project's money is for, where nothing but the project and its own amount is named."""
        text = question.text
        asked = cue("uses_asked").search(text)
        project = self.phrases.project_in(text[: asked.start()]) if asked is not None else None
        if asked is None or project is None:
            return None
        said = text[: asked.start()]
        own = {s.fact.quantity.number for s in self._amounts(project) if s.fact.quantity is not None}
        for numeral in reversed(find_numerals(said)):
            if numeral.quantity is None or numeral.quantity.number not in own:
                return None
            said = said[: numeral.start] + "," + said[numeral.end :]
        said = cue("money_said").sub(",", said)
        if self._left_over(said, tuple(project.names)) or self._unknown_left(said, tuple(project.names)):
            return None
        fields = tuple(key for key in _USES if project.text(key))[:1]
        return FieldLookup(project.key, fields, text, with_costs=True) if fields else None

    @staticmethod
    def _amounts(project: Project) -> list[StoredFact]:
        """A project's budget and the amounts of its sheet's head."""
        return [*project.budget(), *(s for cells in project.fields.values() for s in cells)]

    def _unknown_left(self, said: str, names: tuple[str, ...]) -> bool:
        """Whether more than a plain verb is said of which no name has anything."""
        told = [label_key(name) for name in names]
        frames = plain_words().frames
        unknown = [
            word.text
            for word in self.phrases.content_in(said)
            if word.kind is WordKind.UNKNOWN and word.text not in frames and not any(word.text in name for name in told)
        ]
        return sum(map(len, unknown)) > _VERB

    def cut_off(self, question: Question) -> Plan | None:
        """Whether a text is printed to its end."""
        text = question.text
        whole, cut = says(text, "text_whole"), says(text, "text_cut")
        if not (whole or cut) or not says(text, "text_said"):
            return None
        entries, rest = _fields_in(text)
        project = self.phrases.project_in(rest)
        fields = tuple(entry.key for entry in entries if entry.key in _LONG_TEXTS)
        if project is None and not says(text, "whole_document", "all_members"):
            return None
        return CutOff(project.key if project is not None else "", fields, complete=not cut)

    def placing(self, question: Question) -> Plan | None:
        """Where a project stands: which fund, this year's or carried over, in which table."""
        text = question.text
        asked = says(text, "placing") or (says(text, "level_asked") and not asks_number(text))
        project = self.phrases.project_in(text) if asked else None
        if project is None or says(text, "part_asked"):
            return None
        if says(text, "or_which"):
            return Placing(project.key)
        newly, handed_over = says(text, "newly_arranged"), says(text, "handed_over")
        vintage = Vintage.CURRENT if newly else Vintage.CARRIED_OVER if handed_over else None
        confirmed = vintage is None and says(question.raw, "confirmed")
        return Placing(project.key, vintage, _level_in(text) if confirmed else None)

    def funded(self, question: Question) -> Plan | None:
        """The subject of a project's money, or the projects that a subject's money pays for."""
        text = question.text
        if says(text, "set_operation"):
            return None
        if says(text, "projects_of_subject"):
            code = self._subject_in(text)
            return FundedBy(code=code) if code and self.funding.of_subject(code) else None
        project = self.phrases.project_in(text) if says(text, "subject_asked") else None
        return FundedBy(project.key) if project is not None and self.funding.of_project(project.key) else None

    def _subject_in(self, text: str) -> str:
        """The subject of expenditure that a text names by its code or its whole name; the higher of two called alike."""
        codes = {each.code[:length] for each in self.funding.all for length in (3, 5, len(each.code))}
        if said := next((code for code in cue("subject_code").findall(text) if code in codes), ""):
            return said
        key = label_key(text)
        names = {
            code: label_key(bare_label(self.catalog.codes[code][0].fact.row))
            for code in codes
            if code in self.catalog.codes
        }
        named = [code for code, name in names.items() if len(name) >= _SUBJECT_NAME and name in key]
        longest = [code for code in named if len(names[code]) == max(len(names[each]) for each in named)]
        first = min(longest, key=len, default="")
        return first if all(code.startswith(first) for code in longest) else ""

    def who(self, slots: dict[str, str], text: str) -> Plan | None:
        """The one who handles a project, is in charge of it, or carries it out."""
        project = self.phrases.project_in(slots["P"])
        return FieldLookup(project.key, people_asked(text), text) if project is not None else None

    def projects_of(self, slots: dict[str, str], text: str) -> Plan | None:
        members: Members | None = self.phrases.members(slots["P"] + "项目")
        return Listing(members) if members is not None and members.conditions else None


def _level_in(text: str) -> Fund | None:
    """The level of government that a text takes to pay."""
    if says(text, "paid_by_centre"):
        return Fund.CENTRAL
    if says(text, "paid_by_province"):
        return Fund.PROVINCIAL
    if says(text, "paid_by_county"):
        return Fund.LOCAL
    return Fund.SELF_RAISED if says(text, "paid_by_itself") else None


def people_asked(text: str) -> tuple[str, ...]:
    """The fields that tell who: the handler, the person in charge, else whoever carries it out."""
    if says(text, "handles"):
        return ("handler",)
    if says(text, "in_charge"):
        return ("person_in_charge", "handler")
    return ("unit", "handler", "person_in_charge")


def _fields_in(text: str) -> tuple[list[SheetField], str]:
    """The fields that a text names, in its order, longer names before the shorter ones in them, and what is left."""
    found: dict[int, SheetField] = {}
    named = [(name, entry) for entry in sheet_fields() for name in entry.names]
    rest = text
    for name, entry in sorted(named, key=lambda pair: -len(pair[0])):
        start = rest.find(name)
        if start >= 0:
            found[start] = entry
            rest = rest[:start] + "," * len(name) + rest[start + len(name) :]
    ordered = list(dict.fromkeys(entry.key for _, entry in sorted(found.items(), key=lambda item: item[0])))
    short = [key for key in ordered if key not in _LONG_TEXTS]
    return [field_by_key()[key] for key in (short or ordered[:1])], rest


def _reads_in(reading: str, name: str) -> bool:
    """Whether a name holds a word, or all of its pieces: 河东路北延工程 in 河东路北延(…)建设工程."""
    return reading in name or all(reading[i : i + 2] in name for i in range(len(reading) - 1))


def _computes(entry: SheetField, rest: str) -> bool:
    """Whether the words around a field's name ask for a figure instead of its text."""
    amounts = any(n.kind is NumeralKind.MONEY for n in find_numerals(rest))
    if (entry.key == "overview" and amounts) or says(rest, "multiplied_or_equal"):
        return True
    return entry.key in _COMPUTED_TEXTS and says(rest, "computes_from_text")
