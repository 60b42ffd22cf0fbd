"""Plans of what performance sheets print in words: how an indicator is set, when or how often, a target without its reason."""

from __future__ import annotations

from assistant.cues import cue, says
from assistant.names.closest import Near
from assistant.names.linking import Entry, EntryKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Combine, Listing, Lookup, Members, Plan, Selector, Unexplained, Universe
from assistant.question import Question
from assistant.questions.asked import asks_number, figure_answers, kinds_asked, without_asking
from assistant.questions.value_kinds import Value, ValueKind, counting_units, value_kind_of
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import as_number

_NAMED = 4  # characters of an indicator's name that a question must say in full, or of its end
_TIME, _REASON = "time", "reason"


class IndicatorPlans:
    """Plans of printed indicators over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self._entries = [e for e in phrases.linker.entries if e.kind is EntryKind.INDICATOR]

    def set_as(self, question: Question) -> Plan | None:
        """`某频率指标怎么定的`: the value of an indicator that is named in full, or by the end of its name."""
        text = question.text
        if not says(text, "set_how") or says(text, "asks_reason", "indicators_computed"):
            return None
        for clause in (text, *reversed(cue("clause_mark").split(text))):
            if (named := self._named(clause, text)) is not None:
                return Lookup(_selector(text, named))
        return None

    def _named(self, clause: str, text: str) -> Entry | None:
        project = self.phrases.project_in(text)
        own = [e for e in self._entries if project is not None and e.project == project.key]
        said = label_key(cue("set_how").sub(",", clause))
        rest = label_key(cue("sheet_said").sub("", cue("set_how").sub("", clause)))
        for entries in (own, self._entries):
            whole = [e for e in entries if len(e.core) >= _NAMED and e.core in said]
            longest = [e for e in whole if not any(e.core != o.core and e.core in o.core for o in whole)]
            ending = [e for e in entries if len(rest) >= _NAMED and e.core.endswith(rest)]
            if found := longest or ending:
                return found[0] if len({s.fact.printed for e in found for s in e.facts}) == 1 else None
        return None

    def kinds_counted(self, question: Question) -> Plan | None:
        """`两类报告目标个数之和`: the numbers of all things of that name in a project, where they are as many as are said."""
        said = cue("kinds_counted").fullmatch(question.text)
        project = self.phrases.project_in(said["P"]) if said is not None else None
        if said is None or project is None:
            return None
        own = [e for e in self._entries if e.project == project.key and said["noun"] in e.core]
        counted = [e for e in own if e.facts and all(_is_number(s) for s in e.facts)]
        if len(counted) != as_number(said["n"]):
            return None
        return Combine("+", tuple(Lookup(_selector(question.text, each)) for each in counted))

    def timed(self, question: Question) -> Plan | None:
        """When or how often, where an indicator's value tells it: `每月支付`, `3个月1次`, a date."""
        text = question.text
        if _TIME not in kinds_asked(text) or asks_number(text):
            return None
        words = cue("time_frame").sub(",", without_asking(text, (_TIME,)))
        kind = ValueKind(Value.WHEN if says(text, "date") else Value.OFTEN if says(text, "how_often") else Value.SPAN)
        project = self.phrases.project_in(text)
        key = project.key if project is not None else ""
        parts = [part for part in cue("list_separator").split(words) if label_key(part)]
        if says(text, "each_of") and len(parts) > 1:
            each = [self._timed(text, part, kind, key) for part in parts]
            given = tuple(lookup for lookup in each if lookup is not None)
            distinct = len({lookup.of.fact_ids for lookup in given}) == len(parts)
            return Listing(Members(Universe.GIVEN, text, given=given)) if distinct else None
        return self._timed(text, words, kind, key)

    def _timed(self, text: str, words: str, kind: ValueKind, project: str) -> Lookup | None:
        near = self.phrases.closest.chosen(words, kind, project) or self.phrases.closest.chosen(words, kind)
        told = [each for each in near if figure_answers([s.fact.printed for s in each.facts], (_TIME,))]
        return Lookup(_selector_of_near(text, told[0])) if len(told) == len(near) == 1 else None

    def unexplained(self, question: Question) -> Plan | None:
        """`完工目标为什么没写到100%`: the target as printed, and that no reason for it is given."""
        text = question.text
        if _REASON not in kinds_asked(text) or not says(text, "target_said"):
            return None
        text = cue("reason_told").sub("", text)
        words = cue("target_said").sub(",", without_asking(text, (_REASON,)))
        kind = value_kind_of(cue("target_said").sub("多少%", text)) if says(text, "share_said") else ValueKind()
        near = self.phrases.closest.chosen(words, kind)
        return Unexplained(_selector_of_near(text, near[0])) if len(near) == 1 else None


def _is_number(stored: StoredFact) -> bool:
    """Whether a target is a number of things."""
    quantity = stored.fact.quantity
    return quantity is not None and quantity.unit in counting_units()


def _selector(text: str, entry: Entry) -> Selector:
    return Selector(text, entry.label, fact_ids=tuple(s.id for s in entry.facts))


def _selector_of_near(text: str, near: Near) -> Selector:
    return Selector(text, near.entry.label, fact_ids=tuple(s.id for s in near.facts), confidence=near.covered)
