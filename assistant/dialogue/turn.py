"""The readings of a later turn, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import chain

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.dialogue.adding import Adding
from assistant.dialogue.asked_of_last import AskedOfLast
from assistant.dialogue.coordinates import OtherCoordinates
from assistant.dialogue.counted import Counted
from assistant.dialogue.figure_referents import is_mark
from assistant.dialogue.focus import Focus
from assistant.dialogue.last_answer import LastAnswer
from assistant.dialogue.members_shown import MembersShown
from assistant.dialogue.misprints import Misprints
from assistant.dialogue.of_another import OfAnother
from assistant.dialogue.of_the_set import OfTheSet
from assistant.dialogue.open_slots import OpenSlots
from assistant.dialogue.own_figures import OwnFigures, is_of_project, is_priced_in, unit_counted
from assistant.dialogue.parts_of_sums import PartsOfSums
from assistant.dialogue.pointed_phrases import PointedPhrases
from assistant.dialogue.pointers import pointed, pointed_values, points, without_measure_words
from assistant.dialogue.reading import Reading
from assistant.dialogue.referents import BASE, EXCESS, REST, SHOWN, TOPIC, Referents
from assistant.dialogue.same_question import SameQuestion
from assistant.dialogue.set_against import SetAgainst
from assistant.dialogue.sheets_told import SheetsTold
from assistant.dialogue.straying import Straying
from assistant.dialogue.turn_words import TurnReader
from assistant.names.segments import WordKind
from assistant.names.spelling import begin_alike
from assistant.phrases.set_asked import number_said
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
    Decline,
    FieldLookup,
    FundedBy,
    Listing,
    Lookup,
    Members,
    PerUnit,
    Placing,
    Plan,
    Quote,
    Ranked,
    Ratio,
    Universe,
    Why,
    Wish,
    bare,
    selectors_in,
)
from assistant.planning import Planner
from assistant.plans.operands import project_of
from assistant.plans.sheet_relations import SheetRelations
from assistant.question import Question
from assistant.questions.ordering import order_in
from assistant.questions.value_kinds import Value, value_kind_of
from assistant.words import field_names
from ingest.labels import label_key

_ALL = 999
_SHORTEST_FIELD, _AROUND_FIELD = 3, 2  # characters of a field's name, and of what may stand around it
_OF_TWO = (Ratio, Compare, Combine, Check, Change, PerUnit)
_CALLED_ALIKE = 3  # characters that a name begins with like the one spoken of
_SURE_ALONE = 0.9  # how sure a name must be to be taken as it stands, whatever is spoken of


class Turn:
    """One turn with what it can lean on."""

    def __init__(self, planner: Planner, reader: TurnReader, question: Question, focus: Focus) -> None:
        self.catalog = planner.catalog
        self.phrases = planner.phrases
        self.question = question
        self.focus = focus
        self.referents = Referents(planner.catalog, planner.phrases, focus)
        self.pointed = PointedPhrases(planner.phrases, self.referents)
        fill = OpenSlots(self.referents, question.text).filled
        self.leaning = Planner(
            planner.catalog,
            planner.linker,
            phrases=self.pointed,
            passages=planner.passages,
            fill=fill,
            units=planner.units,
        )
        text = cue("share_within").sub(r"占\g<X>的百分之几", question.text)
        text = cue("compared_with").sub(r"比\g<X>\g<rest>", text)
        text = cue("other_projects_asked").sub("还经办哪些项目", text)
        of_sheet = says(text, "same_sheet", "sheet_spoken_of")
        self.on_same_sheet = self.referents.project is not None and of_sheet
        text = cue("sheet_spoken_of").sub("", cue("same_sheet").sub("", text)) if self.on_same_sheet else text
        text = without_measure_words(text, planner.phrases)
        self.text = cue("part_of_it").sub(r"其中\g<X>多少", cue("turn_opener").sub("", text) or text)
        self.again = LastAnswer(question, self.text, self.referents)
        self.of_another = OfAnother(question, self.text, self.pointed, self._first)
        self.coordinates = OtherCoordinates(question, self.name, self.referents, planner.phrases)
        self.shown = MembersShown(self.text, self.referents, planner.phrases)
        said = reader.read(question.text)
        self.of_last = AskedOfLast(question.text, said, self.referents, planner.phrases, self.shown)
        self._reader = reader

    def readings(self) -> Iterator[Reading]:
        yield from self.again.in_another_unit()
        yield from self._of_a_misprint()
        yield from self._part_changed_most()
        yield from self.again.judged()
        yield from self.again.as_an_amount()
        yield from self.again.as_a_rate()
        yield from self._one_of_the_choices()
        sheets = SheetsTold(self.text, self.referents, self._first)
        yield from (Reading(self.question, plan, word_by_word=True) for plan in sheets.plans())
        if self._is_elliptic or says(self.question.text, "the_one_meant"):
            named = self.phrases.project_in(cue("the_one_meant").sub("", self.name))
            yield from (Reading(self.question, plan) for plan in sheets.of_the_one_named(named))
        if self._asks_a_field:
            yield from (r for r in self._of_topic() if isinstance(r.plan, FieldLookup))
        if self.coordinates.of_other_years or (not self.focus.answered and cue("bare_total").fullmatch(self.text)):
            return  # the whole of what was not found
        if not self.focus.answered and cue("within_nothing").match(self.question.text):
            yield from self._of_topic()
            return  # of what was not found only the project is known
        claimed = says(self.text, "newly_arranged", "handed_over") and says(self.question.raw, "confirmed")
        if self.referents.project is not None and (claimed or says(self.text, "placing")):
            yield from (r for r in self._of_topic() if isinstance(r.plan, Placing | FundedBy))
        yield from self.of_another.within_project()
        topic = self.referents.project
        related = self._related(topic) if topic is not None else None
        if self.coordinates.alone:
            if related is not None and says(self.text, "multiplied_out"):
                yield Reading(self.question, related)
            yield from self.coordinates.readings()
            return
        if self.on_same_sheet:
            yield from self._of_topic()
        if related is not None:
            yield Reading(self.question, related)
        if self._is_elliptic:
            yield from self.of_another.checked(self.name)
        if says(self.text, "whole_cost") and not self.focus.answered:
            return  # the whole of what was not found
        yield from (Reading(self.question, plan) for plan in PartsOfSums(self.phrases, self.referents).plans(self.name))
        counted = Counted(self.catalog, self.referents)
        yield from self.of_another.with_another_value()
        yield from self.of_another.narrowed()
        yield from self.of_another.alike()
        for plan in chain(counted.plans(self.text), self.shown.plans()):
            yield Reading(self.question, plan)
        for plan in OfTheSet(self.text, self.referents, self.phrases).plans():
            yield Reading(self.question, plan, word_by_word=True)
        if paid := list(self._projects_in_a_table()):
            yield from (Reading(self.question, plan, word_by_word=True) for plan in paid)
            return
        against = SetAgainst(self.text, self.pointed)
        set_against = [Reading(self.question, plan) for plan in against.plans()]
        if set_against and against.of_told:
            yield from set_against
            return  # of figures spoken of, and of no others
        yield from (Reading(self.question, plan, word_by_word=True) for plan in self.of_last.plans())
        yield from set_against
        if of_one := self.shown.of_one():
            yield from (r for r in self._planned(of_one) if isinstance(r.plan, FieldLookup))
        if cue("project_of_it").fullmatch(self.text) and (own := self._project_of_last) is not None:
            yield Reading(self.question, Listing(Members(Universe.PROJECTS, self.text, labels=(own.key,))))
        if self.referents.project is not None and cue("period_asked").fullmatch(self.text):
            yield Reading(self.question, FieldLookup(self.referents.project.key, ("period",), self.text))
        if self.referents.project is not None:
            yield from self._of_topic() if cue("bare_money").fullmatch(self.text) else ()
        if says(self.text, "why_again") and not self._content(cue("why_again").sub("", self.text)):
            yield from self._why()
        yield from self._within_last()
        if cue("one_more").fullmatch(self.text) and self.referents.last is not None:
            added = [Reading(self.question, plan) for plan in Adding(self.pointed).plans(self.text)]
            yield from added
            if added:
                return
        agrees = cue("agrees_with").match(self.text) is not None
        if cue("left_side_missing").match(self.text) and not (agrees and self.referents.last is None):
            yield from self._with_left_side()
            return
        yield from self._pointing()
        if points(self.text):
            return
        if self._is_elliptic and not self._is_bare:
            yield from self._elliptic()
        else:
            yield from self._in_full()

    def _related(self, topic: Project) -> CheckFinding | None:
        """Two figures of the sheet spoken of that a check sets against each other: one said before, or both in turns that told
        one figure each."""
        relations, asked = SheetRelations(self.phrases), self.focus.question.text
        found = relations.related(self.question, topic, asked)
        told = [turn for turn in self.referents.turns if isinstance(turn.plan, Lookup | Listing)][:2]
        if found is None and len(told) == 2 and says(self.text, "gap_or_agreement"):
            said = ",".join((told[1].question.text, told[0].question.text, self.text))
            found = relations.related(replace(self.question, text=said), topic)
        return found

    def _projects_in_a_table(self) -> Iterator[Plan]:
        """`表12里对应哪两个项目` after the figure of a subject: the projects that its money pays for."""
        tables, rest = self.phrases.tables_in(self.text)
        if tables and rest:
            said = self._reader.read(rest)
            yield from AskedOfLast(rest, said, self.referents, self.phrases, self.shown).behind_a_subject()

    @property
    def _project_of_last(self) -> Project | None:
        """The project whose sheet tells the figure that was told last."""
        last = self.referents.last
        return project_of(last.expression, self.catalog) if last is not None else None

    def _one_of_the_choices(self) -> Iterator[Reading]:
        """The one of the choices offered last whose name a turn says the most of."""
        if not isinstance(self.focus.plan, Ambiguous):
            return
        words = "".join(word.text for word in self.phrases.content_in(self.name))
        given = self.focus.plan.members.given
        names = [label_key(each.of.label) if isinstance(each, Lookup) else "" for each in given]
        said = [sum(words[i : i + 2] in name for i in range(len(words) - 1)) for name in names]
        most = max(said, default=0)
        chosen = given[said.index(most)] if most and said.count(most) == 1 else None
        if isinstance(chosen, Lookup):
            yield Reading(self.question, chosen)

    def nearest_of(self, plan: Ambiguous) -> Lookup | None:
        """Of several that fit alike the one called most like what was spoken of last; None where that is not one figure."""
        before = label_key(self.referents.last.label) if self.referents.last is not None else ""
        given = [each for each in plan.members.given if isinstance(each, Lookup)]
        if (unit := unit_counted(self.referents.last)) and value_kind_of(self.text).value is Value.PRICE:
            given = [e for e in given if any(is_priced_in(self.catalog.by_id[i], unit) for i in e.of.fact_ids)]
        alike = [begin_alike([before, label_key(each.of.label)]) for each in given]
        most = max(alike, default=0)
        near = [each for each, size in zip(given, alike, strict=True) if size == most]
        values = {self._value_of(each) for each in near}
        return near[0] if most >= _CALLED_ALIKE and len(near) < len(plan.members.given) and len(values) == 1 else None

    def _value_of(self, figure: Lookup) -> Decimal | None:
        quantities = (self.catalog.by_id[i].fact.quantity for i in figure.of.fact_ids)
        return next((each.number for each in quantities if each is not None), None)

    def _part_changed_most(self) -> Iterator[Reading]:
        """`哪一块降得最多`: of the figure spoken of last."""
        last = self.referents.last
        if last is not None and cue("part_changed_alone").match(self.text):
            yield from (r for r in self._planned(f"{last.label}里{self.text}") if isinstance(r.plan, Change))

    def _of_a_misprint(self) -> Iterator[Reading]:
        """Whether the misprinted figure shown is right, which of two is; `同一科目` in another table."""
        result, last = self.focus.result, next(selectors_in(self.focus.plan), None)
        if result is None:
            return
        yield from (Reading(self.question, plan) for plan in Misprints(self.referents).plans(self.text))
        same = cue("same_row").search(self.text)
        if last is not None and last.label and result.figures and same is not None:
            yield from self._planned(self.text.replace(same[0], last.label))

    def _with_left_side(self) -> Iterator[Reading]:
        """`占项目支出多少`, `比货物类多多少`: the figure before it is the left side."""
        last = self.referents.last if says(self.text, "part_of_a_whole") else self.referents.subject
        alike = cue("agrees_with").match(self.text)
        other = self.pointed.expression(alike["X"]) if alike is not None and not points(alike["X"]) else None
        if other is not None and last is not None and bare(other) != bare(last.expression):
            yield Reading(self.question, Check(last.expression, "=", other, ask_amount=True))
        for reading in self._planned(self.text):
            sides = selectors_in(reading.plan)
            if isinstance(reading.plan, Ratio) and not any(cue("left_side_missing").match(s.words) for s in sides):
                yield reading
        for text in pointed(self.text, self.referents) if points(self.text) else (self.text,):
            for reading in self._planned((last.mark if last is not None else "") + text):
                of_two = isinstance(reading.plan, _OF_TWO) and (
                    not isinstance(reading.plan, Change) or says(self.text, "year_said")
                )
                if of_two and last is not None:
                    yield reading
        if last is None:
            yield from (each for each in self._planned(self.text) if isinstance(each.plan, Change))

    def _within_last(self) -> Iterator[Reading]:
        """`其中公用经费`: a part of the figure spoken of, in its coordinates and its table."""
        said, last = cue("within_last").match(self.question.text), self.referents.last
        whole = last.selector if said is not None and last is not None else None
        if said is None or whole is None or whole.project or whole.wish.fund is None:
            return
        name = cue("same_thing_tail").sub("", self.question.text[said.end() :])
        part = self.phrases.selector(name)
        if part is not None and not part.project and not part.fact_ids:
            wish = part.wish.with_defaults(Wish(fund=whole.wish.fund, vintage=whole.wish.vintage))
            yield Reading(replace(self.question, text=name), Lookup(replace(part, wish=wish)))

    # ── pointing words ─────────────────────────────────────────────────────────────────────────────────────

    def _pointing(self) -> Iterator[Reading]:
        if cue("project_pointed_at").search(self.text):
            yield from self._of_topic()
        more = self._content(self.phrases.wish_in(cue("project_pointed_at").sub("", self.text))[1])
        for text in pointed(self.text, self.referents):
            yield from self._of_a_set(text)
            if not says(text, "question_word"):
                yield from (r for r in self._planned(f"{text}是多少") if isinstance(r.plan, Listing))
            for reading in self._planned(text):
                of_project = isinstance(reading.plan, Lookup) and reading.plan.of.project
                if not (of_project and more and text != self.text and cue("project_pointed_at").search(self.text)):
                    yield reading
        yield from self._against_a_value()
        yield from self._without_pointing()

    def _without_pointing(self) -> Iterator[Reading]:
        """`养这些车要多少钱` where nothing told is called so: what every disclosure knows by the words left."""
        text = cue("these_things").sub("", self.text)
        for reading in self._planned(text) if text != self.text else ():
            plan = reading.plan
            if isinstance(plan, Lookup) and plan.of.concept and self._stands_alone(plan) and plan.of.wish.is_empty:
                yield reading

    def _against_a_value(self) -> Iterator[Reading]:
        """`高于这个数的有几个`: of the set spoken of, in the figure spoken of."""
        if self.referents.base is None:
            return
        for text in pointed_values(self.text, self.referents):
            for reading in self._planned(BASE + text):
                if isinstance(reading.plan, Aggregate | Listing | Ranked):
                    yield reading

    def _of_a_set(self, text: str) -> Iterator[Reading]:
        """What is left, said without more; the projects that a difference stands for."""
        question = replace(self.question, text=text)
        size = self.referents.excess_size
        if EXCESS in text and self.phrases.universe_in(text) is Universe.PROJECTS and size and size.number > 0:
            condition = Condition("amount", "=", quantity=size)
            yield Reading(question, Listing(Members(Universe.PROJECTS, "项目", (condition,))))
        of_rest = REST in text and not self._content(text) and not order_in(text)
        rest = self.pointed.members(text) if of_rest else None
        if of_rest and not says(text, "names_asked") and self.referents.remainder is not None:
            yield Reading(question, self.referents.remainder)
        elif rest is not None:
            yield Reading(question, Ranked(rest, count=_ALL))

    def _planned(self, text: str) -> Iterator[Reading]:
        question = replace(self.question, text=text)
        for plan in self.leaning.plans(question):
            before = self.focus.plan
            if (
                isinstance(plan, Ratio)
                and plan.denominator is None
                and isinstance(before, Ratio)
                and before.denominator
            ):
                yield Reading(question, replace(plan, denominator=before.denominator))  # of the same whole
            if not isinstance(plan, Decline) or plan.reason != "unknown":
                yield Reading(question, plan)

    # ── names alone ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _asks_a_field(self) -> bool:
        """Whether a turn says nothing but a field of a sheet: `联系电话`, `哪天填报的`."""
        key = label_key(self.text)
        longest = max((len(name) for name in field_names() if name in key), default=0)
        return (longest > _SHORTEST_FIELD and len(key) - longest <= _AROUND_FIELD) or key in field_names()

    @property
    def _is_elliptic(self) -> bool:
        """Whether a turn only names something and leaves the question to the one before."""
        opened = self.text != self.question.text or bool(cue("english_leaning").match(self.question.original))
        tail = cue("same_again_tail").search(self.question.raw.rstrip("?？ 。"))
        return (opened or tail is not None) and not says(self.name, "question_word")

    @property
    def name(self) -> str:
        """What a turn names, without the words around it that only ask again."""
        return cue("same_thing_tail").sub("", cue("same_again_tail").sub("", self.text)).strip(",，的") or self.text

    def _elliptic(self) -> Iterator[Reading]:
        """`X呢`: in other coordinates, of something else, or a question that leaves open what it is asked of."""
        yield from self._in_another_table()
        if not self._names_something:
            of_a_year = not self._content(cue("year_said").sub("", self.name))
            yield from (r for r in self._open() if not of_a_year or isinstance(r.plan, Change | Decline))
            if of_a_year:
                return
        yield from self._another_place()
        yield from self._each_named()
        yield from self.of_another.counterpart(self.name)
        if cue("asks_again_how_much").search(self.question.raw.rstrip("?？ 。")):
            yield from self._its_own_amount()
        same = [
            Reading(replace(self.question, text=text), plan)
            for text, plan in SameQuestion(self.pointed, self._first).plans(self.name, self.focus)
            if self.focus.answered or not isinstance(plan, Quote | Decline)
        ]
        yield from self._within_project(same)
        yield from map(self._of_the_same_year, same)
        yield from (r for r in self._as_it_stands() if self._is_of_the_same_kind(r.plan))

    def _each_named(self) -> Iterator[Reading]:
        """`甲费和乙费呢` after another figure of a project: its own figures of these names, side by side."""
        project, last = self.referents.project, self.referents.last
        names = [name for name in cue("list_separator").split(self.name) if name]
        if (
            project is None
            or last is None
            or len(names) < 2
            or project_of(last.expression, self.catalog) is not project
        ):
            return
        own = OwnFigures(self.phrases.closest, project, last)
        found = [selector for name in names if (selector := own.figure(name)) is not None]
        if len({selector.fact_ids for selector in found}) == len(names):
            given = tuple(Lookup(selector) for selector in found)
            yield Reading(self.question, Listing(Members(Universe.GIVEN, self.text, given=given)))

    def _another_place(self) -> Iterator[Reading]:
        """`第三呢` after the second: the same order, another place."""
        place, before = cue("place_alone").fullmatch(self.name), self.focus.plan
        number = number_said(place["n"], 0) if place is not None else 0
        if number and isinstance(before, Ranked) and before.count == 1:
            yield Reading(self.question, replace(before, first=number))

    def _within_project(self, same: Sequence[Reading]) -> Iterator[Reading]:
        """What the project whose figure was spoken of last has of its own by the name, before what others have."""
        project, last = self.referents.project, self.referents.last
        if says(self.text, "together_pointed"):
            return
        if project is None or last is None or self.phrases.project_in(self.name) not in (None, project):
            return
        if project_of(last.expression, self.catalog) is not project:
            return
        own = OwnFigures(self.phrases.closest, project, last).figure(self.name)
        if own is not None:
            yield Reading(replace(self.question, text=f"{project.name}的{self.name}"), Lookup(own))
        if last.selector is not None and not last.selector.project:
            yield from (r for r in same if is_of_project(r.plan, project.key, self.catalog, money=False))

    def _of_the_same_year(self, reading: Reading) -> Reading:
        """`政府性基金呢` after this year's money of another fund: this year's as well, where nothing else is said."""
        last = self.referents.last.selector if self.referents.last is not None else None
        plan = reading.plan
        if last is None or not isinstance(plan, Lookup) or plan.of.wish.fund is None or last.wish.fund is None:
            return reading
        wish = plan.of.wish.with_defaults(Wish(vintage=last.wish.vintage))
        return replace(reading, plan=replace(plan, of=replace(plan.of, wish=wish)))

    def _in_another_table(self) -> Iterator[Reading]:
        """`表5呢`: the row last spoken of, as another table prints it."""
        tables, rest = self.phrases.tables_in(self.name)
        last = self.referents.last.selector if self.referents.last is not None else None
        if not tables or self._content(rest) or last is None or not (last.row_keys or last.code):
            return
        label = f"{last.label}（{self.catalog.tables[tables[0]].title}）"
        yield Reading(self.question, Lookup(replace(last, label=label, tables=tables, wish=Wish())))

    def _its_own_amount(self) -> Iterator[Reading]:
        """`说明里写的定金又是多少` after a share: what is printed as an amount of its own is asked for itself."""
        own = self.phrases.selector(f"{self.name}多少钱")
        if own is not None and own.fact_ids:
            yield Reading(replace(self.question, text=self.name), Lookup(own))

    def _is_of_the_same_kind(self, plan: Plan) -> bool:
        """Whether a figure told is in the unit of the one spoken of, which the turn asks for of something else."""
        last = self.referents.last
        if not isinstance(plan, Lookup) or not plan.of.fact_ids or last is None or last.value is None:
            return True
        facts = [self.catalog.by_id[i].fact for i in plan.of.fact_ids]
        unit = last.value.unit.partition("/")[0]
        return any(f.quantity is not None and f.quantity.unit.partition("/")[0] == unit for f in facts)

    @cached_property
    def straying(self) -> Straying:
        """What tells readings that are of something else."""
        named = self._names_something
        return Straying(self.text, self.name, self.referents, self.phrases, named, named and self._is_elliptic)

    def _as_it_stands(self) -> Iterator[Reading]:
        for reading in self._planned(f"{self.name}多少"):
            if isinstance(reading.plan, Lookup) and reading.plan.of.concept and self._stands_alone(reading.plan):
                yield reading
        yield from self._in_full()

    def _first(self, text: str) -> Plan | None:
        plan = self.leaning.try_plan(replace(self.focus.question, text=text))
        return self.without_marks(plan) if plan is not None else None

    @property
    def _names_something(self) -> bool:
        words = self.phrases.content_in(cue("year_said").sub("", self.name))
        named = any(w.kind in (WordKind.NAME, WordKind.PLAIN) or w.text.isdigit() for w in words)
        return named and order_in(self.name) is None

    # ── the question as it stands ──────────────────────────────────────────────────────────────────────────

    def _open(self) -> Iterator[Reading]:
        """A question that names nothing: of the set, the figure or the project spoken of."""
        yield from self._why()
        if (behind := self.shown.behind_a_figure()) is not None:
            yield Reading(self.question, behind)
        if cue("listed_again").fullmatch(self.text) and self.referents.listed is not None:
            yield Reading(self.question, Listing(self.referents.listed))
        if order_in(self.text) is None:
            yield from (r for r in self._planned(self.text) if not isinstance(r.plan, Ambiguous))
        marks = (BASE if order_in(self.text) else SHOWN, self._mark) if self._is_bare else ()
        for mark in marks:
            if mark and (mark not in (BASE, SHOWN) or self.referents.base is not None):
                yield from (r for r in self._planned(mark + self.text) if not isinstance(r.plan, Quote | Decline))

    @property
    def _mark(self) -> str:
        return self.referents.last.mark if self.referents.last is not None else TOPIC if self.referents.topic else ""

    def _why(self) -> Iterator[Reading]:
        """Why, of what was said last."""
        if not says(self.text, "why_again"):
            return
        last = self.referents.last
        selector = last.selector if last is not None else None
        if isinstance(self.focus.plan, Change) and selector is not None:
            yield Reading(self.question, Why(f"{selector.label}{self.text}", selector))
        if self.referents.project is not None:
            key = self.referents.project.key
            yield Reading(self.question, Quote(self.text, key, ("necessity", "basis", "overview")))
        elif selector is not None:
            yield Reading(self.question, Quote(f"{selector.label}{self.text}"))

    def _in_full(self) -> Iterator[Reading]:
        """The question as it stands, and asked of the project, the table or the figure spoken of."""
        if self._is_bare:
            yield from self._open()
            yield from (r for r in self._of_topic() if not (isinstance(r.plan, Lookup) and r.plan.of.project))
            return
        alone = list(self._planned(self.text))
        if alone and self._stands_alone(alone[0].plan):
            if next(selectors_in(alone[0].plan), None) is None:  # a set of projects, or the one spoken of
                yield from (r for r in self._of_topic() if isinstance(r.plan, Lookup) and r.plan.of.confidence == 1)
            yield alone[0]
        yield from self._of_topic()
        yield from alone
        if not self._content(cue("why_again").sub("", self.text)):
            yield from self._why()

    def _stands_alone(self, plan: Plan) -> bool:
        """Whether everything a plan is about is named so surely that nothing spoken of need be meant."""
        if isinstance(plan, Ambiguous | Quote | Decline):
            return False
        selectors = list(selectors_in(plan))
        return all(s.confidence >= _SURE_ALONE for s in selectors)

    def _of_topic(self) -> Iterator[Reading]:
        """The question asked of the project spoken of: its own indicators, figures and fields only."""
        project = self.referents.project
        if project is None or self.phrases.project_in(self.text) not in (None, project):
            return
        text = cue("project_pointed_at").sub("", self.text)
        question = replace(self.question, text=f"{project.name}的{text}")
        own = OwnFigures(self.phrases.closest, project, self.referents.last).figure(text)
        if own is not None:
            yield Reading(question, Lookup(own))
        asked = () if says(text, "question_word") else self._planned(f"{question.text}是多少")
        yield from (
            r
            for r in asked
            if isinstance(r.plan, Listing) and is_of_project(r.plan, project.key, self.catalog, money=False)
        )
        for reading in self._planned(question.text):
            if is_of_project(
                reading.plan, project.key, self.catalog, money=not self._content(self.coordinates.wish[1])
            ):
                yield reading

    @property
    def _is_bare(self) -> bool:
        """Whether a question names nothing: `哪一项最多`, `合计多少`."""
        order = order_in(self.text)
        rest = order[3] if order is not None else self.text
        return not self._content(rest) or not self._content(cue("question_word").sub("", rest))

    def _content(self, text: str) -> bool:
        words = self.pointed.content_in(text)
        return any(w.kind is not WordKind.UNKNOWN or len(w.text) > 1 for w in words)

    def without_marks(self, plan: Plan) -> Plan | None:
        """A plan without marks in the words it keeps; None where a mark stands for nothing it understood."""
        if isinstance(plan, FieldLookup | Audit | Why | Quote):
            return replace(plan, words=self.pointed.in_words(plan.words))
        if isinstance(plan, Placing | FundedBy):
            return plan
        if bare(plan) == bare(self.focus.plan) and not self._names_something:
            return None  # the last answer, once more
        marked = any(is_mark(c) for s in selectors_in(plan) for c in s.words + s.label)
        return None if marked else plan
