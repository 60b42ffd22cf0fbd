"""Reads the later turns of dialogues: every reading once, the last one that the turn is not understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.dialogue.focus import Focus
from assistant.dialogue.printed_shares import PrintedShares
from assistant.dialogue.reading import Reading
from assistant.dialogue.turn import Turn
from assistant.dialogue.turn_words import TurnReader
from assistant.doubts.operations import unaccounted
from assistant.doubts.sanity import gives_a_figure_for_a_name, numbers_for_amounts
from assistant.phrases.set_asked import number_said
from assistant.plan import (
    Aggregate,
    Ambiguous,
    Audit,
    Claimed,
    Compare,
    Condition,
    Decline,
    Gap,
    Listing,
    Lookup,
    Members,
    Plan,
    Quote,
    Ratio,
    bare,
)
from assistant.planning import Planner
from assistant.plans.relations_of_all import RelationsOfAll
from assistant.question import Question
from assistant.questions.asked import asks_number
from ingest.numbers.quantities import YUAN

_OF_TWO = frozenset({"compare", "ratio"})


class Turns:
    """Reads the later turns of dialogues over one catalog."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.reader = TurnReader(planner.catalog)
        self.shares = PrintedShares(planner.phrases)
        self.sheets = RelationsOfAll(planner.phrases)

    def readings(self, question: Question, focus: Focus) -> Iterator[Reading]:
        """Every reading of a turn; the last one says that it is not understood."""
        turn = Turn(self.planner, self.reader, question, focus)
        known: set[Plan] = set()
        of_shares = (Reading(question, plan) for plan in self.shares.plans(question, focus))
        of_checks = (Reading(question, plan) for plan in self._of_checks(question, turn))
        for reading in chain(of_shares, of_checks, turn.readings()):
            plan = reading.plan if reading.plan is focus.plan else turn.without_marks(reading.plan)
            if plan is None or plan in known or turn.straying.strays(plan) or _is_of_itself(plan):
                continue
            if not reading.word_by_word and _leaves_undone(plan, question.text, self.planner.catalog):
                continue
            known.add(plan)
            if isinstance(plan, Ambiguous) and (near := turn.nearest_of(plan)) is not None:
                plan = near
            plan = _without_the_one_spoken_of(plan, question.text, turn)
            yield replace(reading, plan=plan)
        yield Reading(question, Decline("unknown", question.raw.strip() if question.english else question.text))

    def _of_checks(self, question: Question, turn: Turn) -> Iterator[Plan]:
        """In which of the projects spoken of two figures do not agree; by how much each, once that was told; what the
        difference told last is made of."""
        if isinstance(turn.focus.plan, Audit) and cue("each_apart").fullmatch(question.text):
            yield turn.focus.plan
        match turn.focus.plan:
            case Compare(left=Lookup() as left, right=Lookup() as right) if cue("gap_again").fullmatch(question.text):
                yield Gap(left, right)
        keys = self.sheets.keys_of(turn.referents.base) if turn.referents.base is not None else frozenset()
        found = self.sheets.asked(question, keys) if keys else None
        yield from (found,) if found is not None else ()


def _without_the_one_spoken_of(plan: Plan, text: str, turn: Turn) -> Plan:
    """`他还经办哪些` after one project: the others."""
    if isinstance(plan, Claimed):
        return replace(plan, of=_without_the_one_spoken_of(plan.of, text, turn))
    project = turn.referents.project
    if project is None or not isinstance(plan, Listing | Aggregate) or not says(text, "others_asked"):
        return plan
    members = plan.members
    if members.labels or not any(c.attribute == "handler" for c in members.conditions):
        return plan
    others = (*members.conditions, Condition("excluded", "="))
    return replace(plan, members=replace(members, labels=(project.key,), conditions=others))


def _leaves_undone(plan: Plan, text: str, catalog: Catalog) -> bool:
    """Whether a turn sets something against something else and the plan does not, wants amounts added and it adds numbers,
    or asks for a name and it gives a figure; what the turn points at may hold other words."""
    if isinstance(plan, Quote) and plan.headings and any(letter.isdigit() for letter in text):
        return True  # what an amount is for is not what the department is for
    if isinstance(plan, Aggregate) and _is_of_another_number(plan.members, text):
        return True
    if isinstance(plan, Lookup) and says(text, "both_together_asked"):
        return True
    if isinstance(plan, Lookup) and (cue("addends_counted").fullmatch(text) or says(text, "each_addend")):
        return not says(plan.of.label, "of_each_one")
    of_two = not _OF_TWO.isdisjoint(unaccounted(plan, text))
    if isinstance(plan, Lookup) and says(text, "names_wanted") and not asks_number(text):
        return True
    if isinstance(plan, Lookup) and says(text, "all_of_them") and _is_price(plan, catalog):
        return True
    return of_two or numbers_for_amounts(plan, text) or gives_a_figure_for_a_name(plan, text)


def _is_of_itself(plan: Plan) -> bool:
    """Whether a share or a comparison sets a figure against itself."""
    match plan:
        case Ratio(numerator=one, denominator=other) | Compare(left=one, right=other):
            return other is not None and bare(one) == bare(other)
        case _:
            return False


def _is_of_another_number(members: Members, text: str) -> bool:
    """Whether a turn says of how many it speaks and a list of figures is longer or shorter."""
    said = cue("as_many_as").match(text)
    return said is not None and len(members.given) > 0 and number_said(said["n"], 0) != len(members.given)


def _is_price(plan: Lookup, catalog: Catalog) -> bool:
    """Whether a figure is what one of several costs."""
    told = [catalog.by_id[i].fact.quantity for i in plan.of.fact_ids]
    if says(plan.of.label, "of_each_one") and any(q is not None and q.unit.startswith(YUAN) for q in told):
        return True
    return any(q is not None and q.unit.startswith(f"{YUAN}/") and not q.unit.endswith("年") for q in told)
