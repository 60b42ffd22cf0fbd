"""What a new turn can mean without naming it: the figures, the project, the set and the people of the turns before.

Each figure, the set shown and what is left of it has a mark, one private character, that stands for it in a question's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from assistant.catalog import Catalog, Project
from assistant.dialogue.figure_referents import FigureReferent, figures_of, in_order_of_size, keys_of
from assistant.dialogue.focus import Focus
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Ambiguous,
    Audit,
    Change,
    Check,
    CheckFinding,
    Combine,
    Compare,
    Condition,
    CostEstimate,
    CutOff,
    Decline,
    Expression,
    FieldLookup,
    FundedBy,
    Listing,
    Lookup,
    Members,
    PerUnit,
    Placing,
    Quote,
    Ranked,
    Ratio,
    Universe,
    Why,
    bare,
)
from assistant.plans.operands import project_of
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import Quantity

TOPIC, SHOWN, BASE, REST, EXCESS = (chr(0xF000 + number) for number in range(5))
_SETS = Ranked | Listing | Aggregate


class Referents:
    """The referents of a dialogue over one catalog."""

    def __init__(self, catalog: Catalog, phrases: Phrases, focus: Focus) -> None:
        self.catalog = catalog
        self.phrases = phrases
        self.focus = focus
        self.turns = tuple(focus.turns())

    # ── figures ────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def figures(self) -> tuple[FigureReferent, ...]:
        """Every figure spoken of, newest first."""
        return tuple(each for turn in self.turns for each in figures_of(turn, self.catalog))

    @cached_property
    def by_mark(self) -> dict[str, FigureReferent]:
        return {each.mark: each for each in self.figures}

    @cached_property
    def pair(self) -> tuple[FigureReferent, FigureReferent] | None:
        """The two figures last spoken of, in the order in which they were: of one comparison or of two turns."""
        sides = sorted((f.mark, f) for f in self.figures if f.turn == self.focus.depth and not f.is_difference)
        of_one = isinstance(self.focus.plan, Compare | Check | Listing) or (
            isinstance(self.focus.plan, Ratio) and not any(isinstance(t.plan, Ratio) for t in self.turns[1:2])
        )
        if of_one and len(sides) == 2:
            return sides[0][1], sides[1][1]
        newest: dict[int, FigureReferent] = {}
        for each in self.figures:
            if all(bare(each.expression) != bare(other.expression) for other in newest.values()):
                newest.setdefault(each.turn, each)
        two = list(newest.values())[:2]
        return (two[1], two[0]) if len(two) == 2 else None

    @property
    def last(self) -> FigureReferent | None:
        """The figure last spoken of; none where what was asked last has no answer."""
        return self.figures[0] if self.figures and self.focus.answered else None

    @property
    def subject(self) -> FigureReferent | None:
        """What was set against something else last, of which the next comparison goes on; else the figure last spoken of."""
        plan, last = self.focus.plan, self.last
        if last is None or not last.is_difference or not isinstance(plan, Compare):
            return last
        return next((each for each in self.figures if bare(each.expression) == bare(plan.left)), last)

    @property
    def set_against(self) -> FigureReferent | None:
        """What the subject of the comparison told last was set against, which is what `它` means then."""
        plan, last = self.focus.plan, self.last
        if last is None or not last.is_difference or not isinstance(plan, Compare):
            return None
        return next((each for each in self.figures if bare(each.expression) == bare(plan.right)), None)

    @cached_property
    def other(self) -> FigureReferent | None:
        """The one of the pair that was not spoken of last."""
        if self.pair is None or self.last is None:
            return None
        return next((each for each in self.pair if each.mark != self.last.mark), None)

    @property
    def sum_told(self) -> Expression | None:
        """The figure last spoken of, where it is a sum."""
        told = self.last.expression if self.last is not None else None
        added = isinstance(told, Combine) and told.operator == "+"
        return told if added or isinstance(told, Aggregate) else None

    @property
    def together(self) -> Expression | None:
        """What the figures spoken of come to: the last sum, else the last two added up."""
        pair = self.pair
        if self.sum_told is not None:
            return self.sum_told
        if pair is None or not all(each.value for each in pair) or self.shown is not None:
            return None
        one, other = pair
        same = one.value is not None and other.value is not None and one.value.unit == other.value.unit
        return Combine("+", (one.expression, other.expression)) if same else None

    @property
    def change_before(self) -> Change | None:
        """The change spoken of before the last figure."""
        before = (f.expression for f in self.figures if self.last is not None and f.turn < self.last.turn)
        return next((each for each in before if isinstance(each, Change)), None)

    def newest(self, number: int) -> tuple[FigureReferent, ...]:
        """The last figures spoken of, one a turn, all of a list, in the order in which they were; a sum of so many stands
        for them."""
        last = self.last
        added = last.expression if last is not None and isinstance(last.expression, Combine) else None
        if last is not None and added is not None and added.operator == "+" and len(added.operands) == number:
            return (last,)
        if number == 2 and isinstance(self.focus.plan, Compare) and self.pair is not None:  # of what was compared
            return self.pair
        found: list[FigureReferent] = []
        for each in self.figures:
            if (each.turn in self._listing or each.turn not in {one.turn for one in found}) and all(
                bare(each.expression) != bare(one.expression) for one in found
            ):
                found.append(each)
        return tuple(reversed(found[:number])) if len(found) >= number else ()

    @cached_property
    def _listing(self) -> frozenset[int]:
        """The turns that were told a list of figures."""
        return frozenset(
            t.depth for t in self.turns if isinstance(t.plan, Listing) and t.plan.members.universe is Universe.GIVEN
        )

    def newest_of(self, units: frozenset[str], number: int) -> tuple[FigureReferent, ...]:
        """The last figures in some units, in the order in which they were spoken of; none where they are fewer."""
        found: list[FigureReferent] = []
        for each in self.figures:
            known = any(bare(each.expression) == bare(one.expression) for one in found)
            if each.value is not None and each.value.unit in units and not known:
                found.append(each)
        return tuple(reversed(found[:number])) if len(found) >= number else ()

    @cached_property
    def whole(self) -> FigureReferent | None:
        """The largest of the figures, where it is a total of which others can be parts."""
        last = self.last
        same = [f for f in self.figures if f.value and last and last.value and f.value.unit == last.value.unit]
        largest = max(same, key=lambda f: (f.value.number if f.value else 0, -f.turn), default=None)
        of_one = largest is not None and isinstance(largest.expression, Lookup) and largest.expression.of.project
        return None if of_one else largest

    @cached_property
    def excess(self) -> Combine | None:
        """By how much one of the pair is larger than the other."""
        if self.pair is None or not all(each.value for each in self.pair):
            return None
        larger, smaller = in_order_of_size(self.pair)
        return Combine("-", (larger.expression, smaller.expression))

    @property
    def excess_size(self) -> Quantity | None:
        """How large that is."""
        sizes = [each.value for each in in_order_of_size(self.pair) if each.value] if self.pair is not None else []
        return sizes[0] - sizes[1] if len(sizes) == 2 and sizes[0].unit == sizes[1].unit else None

    # ── sets ───────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _set_turn(self) -> Focus | None:
        return next((t for t in self.turns if isinstance(t.plan, _SETS) and t.result and t.result.members), None)

    @cached_property
    def _paid_for(self) -> Members | None:
        """The projects that a subject's money pays for, where they were told last and are several."""
        if not isinstance(self.focus.plan, FundedBy) or not self.focus.plan.code:
            return None
        rows = (label_key(row) for row in self.focus.rows)
        keys = tuple(dict.fromkeys(key for key in rows if key in self.catalog.project_by_key))
        return Members(Universe.PROJECTS, "这些项目", labels=keys) if len(keys) > 1 else None

    @property
    def base(self) -> Members | None:
        """The set last spoken of, whole."""
        if self._paid_for is not None:
            return self._paid_for
        turn = self._set_turn
        return replace(turn.plan.members, kept=0) if turn is not None and isinstance(turn.plan, _SETS) else None

    @property
    def shown(self) -> Members | None:
        """The members that were shown of it, where they were several."""
        if self._paid_for is not None:
            return self._paid_for
        turn = self._set_turn
        if turn is None or turn.result is None or not isinstance(turn.plan, _SETS) or len(turn.result.members) < 2:
            return None
        if isinstance(turn.plan, Ranked) and turn.plan.members.measure == "filing_day":  # of one day
            return None
        if not isinstance(turn.plan, Ranked):
            return turn.plan.members
        return replace(turn.plan.members, labels=keys_of(turn.result))

    @property
    def number_shown(self) -> int:
        """How many members were shown."""
        turn = self._set_turn
        return len(turn.result.members) if turn is not None and turn.result is not None else 0

    @property
    def keys_shown(self) -> tuple[str, ...]:
        """The keys of the members shown."""
        turn = self._set_turn
        return keys_of(turn.result) if turn is not None and turn.result is not None else ()

    @property
    def shown_in_order(self) -> list[Project]:
        """The projects shown, the largest first."""
        turn, known = self._set_turn, self.catalog.project_by_key
        members = turn.result.members if turn is not None and turn.result is not None else ()
        sized = [m for m in members if m.key in known and m.quantity is not None]
        sized.sort(key=lambda m: -(m.quantity.number if m.quantity else 0))
        return [known[m.key][0] for m in sized] if len(sized) == len(members) else []

    @property
    def listed(self) -> Members | None:
        """The members of the turn before, be it one."""
        plan, result = self.focus.plan, self.focus.result
        if not isinstance(plan, _SETS) or result is None or not result.members:
            return None
        return replace(plan.members, labels=keys_of(result)) if isinstance(plan, Ranked) else plan.members

    @property
    def set_last_spoken_of(self) -> Members | None:
        """The set that was spoken of last, unless two figures of other kinds were since."""
        turn = self._set_turn
        if turn is None or len([t for t in self.turns if t.depth > turn.depth and t.answered]) > 1:
            return None
        return self.shown if isinstance(turn.plan, Ranked) and self.shown is not None else self.base

    @property
    def rest(self) -> Members | None:
        """What is left: of a set without the members shown, or of a figure without its parts that were spoken of."""
        turn = self._set_turn
        if turn is not None and turn.result is not None and isinstance(turn.plan, _SETS):
            members = turn.plan.members
            if isinstance(turn.plan, Aggregate) and members.skipped:  # what was left was told itself
                return members
            kept = tuple(c for c in members.conditions if c.attribute != "amount")
            return replace(members, labels=keys_of(turn.result), conditions=(*kept, Condition("excluded", "=")), kept=0)
        whole = self.whole
        if whole is None or whole.selector is None or not isinstance(whole.expression, Lookup):
            return None
        others = [f for f in self.figures if f.mark != whole.mark and f.turn > whole.turn]
        keys = tuple(label_key(row) for f in others for row in self._rows_of(f))
        if not keys:
            return None
        return Members(Universe.PARTS, whole.label, (Condition("excluded", "="),), of=whole.selector, labels=keys)

    @property
    def with_the_one_left_out(self) -> Members | None:
        """The projects of one who handles them, where those beside the one spoken of were shown."""
        members = self.focus.plan.members if isinstance(self.focus.plan, Listing) else None
        if members is None or not members.labels or not any(c.attribute == "handler" for c in members.conditions):
            return None
        kept = tuple(c for c in members.conditions if c.attribute != "excluded")
        return replace(members, labels=(), conditions=kept)

    @property
    def remainder(self) -> Combine | None:
        """What is left of a figure without its parts that were spoken of since, as one figure."""
        whole = self.whole
        if whole is None or not isinstance(whole.expression, Lookup) or self._set_turn is not None:
            return None
        alike = self.parts_told
        return Combine("-", (whole.expression, *(f.expression for f in alike))) if alike else None

    @property
    def remainder_size(self) -> Quantity | None:
        """How large what is left is."""
        size = self.whole.value if self.whole is not None else None
        for part in self.parts_told if size is not None else ():
            size = size - part.value if size is not None and part.value is not None else size
        return size if self.parts_told else None

    @property
    def parts_told(self) -> list[FigureReferent]:
        """The figures spoken of since the total, each once."""
        whole, known = self.whole, []
        if whole is None:
            return []
        parts: list[FigureReferent] = []
        for each in reversed(self.figures):
            told = bare(each.expression)
            same = each.value is not None and whole.value is not None and each.value.unit == whole.value.unit
            new = told not in known and told != bare(whole.expression) and each.turn >= whole.turn
            if same and new and isinstance(each.expression, Lookup):
                known.append(told)
                parts.append(each)
        return parts

    def facts_of(self, figure: FigureReferent) -> list[StoredFact]:
        """The cells that a figure was read from by name."""
        selector = figure.selector
        return [self.catalog.by_id[i] for i in selector.fact_ids] if selector is not None else []

    def years_of(self, project: Project) -> int | None:
        """How many years a project takes."""
        number = as_number(re.sub(r"\D", "", project.text("period")))
        return int(number) if number is not None else None

    def _rows_of(self, figure: FigureReferent) -> Iterator[str]:
        turn = next(t for t in self.turns if t.depth == figure.turn)
        for each in turn.result.figures if turn.result is not None else ():
            yield from (cell.fact.row for cell in each.cells)

    # ── projects and people ────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def project(self) -> Project | None:
        """The project last spoken of; none where something else was spoken of since."""
        for turn in self.turns:
            if (project := self._project_of(turn)) is not None:
                return project
            of_one_before = isinstance(turn.plan, Ratio) and isinstance(turn.plan.numerator, Ranked)
            if turn.answered and isinstance(turn.plan, Lookup | Aggregate | Ratio | Listing) and not of_one_before:
                return None
        return None

    def _project_of(self, turn: Focus) -> Project | None:
        plan, result = turn.plan, turn.result
        key = ""
        match plan:
            case Quote() if turn.rows:
                key = turn.rows[0].partition(" / ")[0]
            case (
                FieldLookup(project=key)
                | Quote(project=key)
                | CostEstimate(project=key)
                | Audit(project=key)
                | Placing(project=key)
            ):
                pass
            case CheckFinding(findings=findings):
                told = (self.catalog.by_id.get(i) for n in findings for i in self.catalog.findings[n].fact_ids)
                of_facts = {label_key(stored.fact.project) for stored in told if stored is not None} - {""}
                key = of_facts.pop() if len(of_facts) == 1 else ""
            case FundedBy(project=""):  # a subject's: the one project that it pays for
                paid = {row for row in turn.rows if label_key(row) in self.catalog.project_by_key}
                key = paid.pop() if len(paid) == 1 else ""
            case FundedBy(project=key) | CutOff(project=key):
                pass
            case Why(of=selector) | Change(of=selector):
                key = selector.project
            case Lookup() | Combine():
                own = project_of(plan, self.catalog)
                key = own.key if own is not None else ""
            case Ratio(numerator=numerator) | PerUnit(amount=numerator):
                own = project_of(numerator, self.catalog)
                key = own.key if own is not None else ""
            case Listing(members=members) | Aggregate(members=members) if members.given:
                owners = {own.key for each in members.given if (own := project_of(each, self.catalog)) is not None}
                key = owners.pop() if len(owners) == 1 else ""
            case Listing(members=members) | Aggregate(members=members) | Ranked(members=members):
                key = next((c.text for c in members.conditions if c.attribute in ("project", "key")), "")
        if isinstance(plan, CostEstimate) and not key and result is not None:
            of_cells = {label_key(cell.fact.project) for cell in result.all_cells} - {""}
            key = of_cells.pop() if len(of_cells) == 1 else ""
        if not key and result is not None and (len(result.members) == 1 or isinstance(plan, Ranked)):
            key = result.members[0].key if result.members else ""
        found = next(iter(self.catalog.project_by_key.get(label_key(key) if key else "", [])), None)
        if found is None and (not turn.answered or isinstance(plan, Decline | Quote | Ambiguous)):
            return self.phrases.project_in(turn.question.text)
        return found

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The people last spoken of."""
        known = self.catalog.people
        for turn in self.turns:
            if turn.result is not None and (shown := [m.key for m in turn.result.members if m.key in known]):
                return tuple(shown)
            if isinstance(turn.plan, FieldLookup) and turn.plan.project:
                project = self.catalog.project_by_key[turn.plan.project][0]
                return tuple(person for person in known if person in project.text("handler"))
            if named := [person for person in known if person in turn.question.text]:
                return tuple(named)
        return ()

    @property
    def topic(self) -> str:
        """The name of what is spoken of: a project, else the last figure."""
        if self.project is not None:
            return self.project.name
        return self.last.label if self.last is not None and self.last.selector is not None else ""

    def name_of(self, mark: str) -> str:
        """How a text names what a mark stands for."""
        if mark == TOPIC:
            return self.topic
        figure = self.by_mark.get(mark)
        if figure is None:
            return {SHOWN: "这些", BASE: "这些", REST: "其余", EXCESS: "差额"}.get(mark, "")
        return figure.selector.label if figure.selector is not None else figure.label
