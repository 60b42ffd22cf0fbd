"""A department's units asked by themselves and side by side: what one has, which has most, what share of all is one's.

What a unit's own rows do not tell is not answered here, so that the department as a whole may be asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer import Answer, AnswerStatus
from assistant.computing.plan_cells import means_the_same
from assistant.cues import cue, says
from assistant.dialogue.focus import Focus
from assistant.documents.across import Across, Operation, read_across
from assistant.documents.comparing import Comparing, Measured
from assistant.documents.departments import scope_words
from assistant.documents.measuring import Asked, measure
from assistant.documents.scope import Disclosure, Scope
from assistant.names.segments import WordKind
from assistant.plan import Lookup, Plan, Selector, describe
from assistant.question import Question
from assistant.reader import Reader
from assistant.telling.answering import Answering
from assistant.units.names import UnitNames
from assistant.units.scope import UnitScoper
from assistant.words import longest_first
from ingest.labels import label_key

_MOST_READERS = 32
_SEVERAL = 2
_WHOLE = ("总支出", "总收入")  # what a whole budget comes to, on either side


@dataclass(frozen=True, slots=True)
class UnitsTold:
    """An answer about units; `unit` and `focus` where it is of one, `across` and `measured` where of several."""

    answer: Answer
    question: Question
    plan: str
    unit: Disclosure | None = None
    focus: Focus | None = None
    across: Across | None = None
    measured: tuple[Measured, ...] = ()


class UnitAnswers:
    """The units of one disclosure; each is read when it is first asked. `whole` reads the disclosure itself."""

    def __init__(self, disclosure: Disclosure, whole: Reader) -> None:
        self._disclosure, self._whole, units = disclosure, whole, whole.units
        self._units = units
        self._comparing = Comparing(Answering(whole.catalog))
        self.disclosures = tuple(replace(disclosure, department=name.label, year=None, kind="") for name in units.names)
        self._name_of = {name.label: name for name in self._units.names}
        self._reader = lru_cache(_MOST_READERS)(self._read)
        self._scoper = UnitScoper(self.disclosures, UnitNames(self._units.names))

    def told(self, question: Question, spoken_of: tuple[Disclosure, Focus | None] | None = None) -> UnitsTold | None:
        """The answer about units, `spoken_of` being the one that the dialogue is about; None where it is not about any or
        their rows do not tell."""
        if not self.disclosures:
            return None
        scope = self._scoper.scope(question)
        unit = scope.named[0][0] if len(scope.named) == 1 and len(scope.named[0]) == 1 else None
        if unit is None and not scope.named and spoken_of is not None and spoken_of[0] in self.disclosures:
            if not _is_of_whole(question.text) and read_across(scope) is None:
                return self._of_one(question, *spoken_of, leaning=says(question.text, "within_the_unit"))
            unit = spoken_of[0]
        if unit is not None and (share := cue("share_of_whole").search(scope.question.text)) is not None:
            return self._share(scope.question, unit, share)
        if unit is not None and scope.named:
            return self._of_one(_with_a_measure(scope.question), unit, None) or self._of_income(scope.question, unit)
        if (shared := self._of_shared_project(question)) is not None:
            return shared
        across = read_across(_without_whole(scope))
        if across is None or across.operation in (Operation.DOCUMENTS, Operation.POSITION) or across.measures == ("",):
            return None
        return self._compared(scope, across)

    def _of_shared_project(self, question: Question) -> UnitsTold | None:
        """A project that several units have under one name: what each has of it, added up."""
        project = self._whole.planner.phrases.project_in(question.text)
        sharing = self._units.of_project(project.key) if project is not None else ()
        if project is None or len(sharing) < _SEVERAL:
            return None
        plan = self._whole.planner.try_plan(question)
        asked = isinstance(plan, Lookup) and plan.of.project == project.key and not plan.of.fact_ids
        if not asked and not says(question.text, "together"):
            return None
        units = tuple(each for each in self.disclosures if self._name_of[each.department] in sharing)
        return self._compared(Scope(question, units, (), question.text), Across(Operation.SUM, (project.name,)))

    def added_up(self, question: Question) -> UnitsTold | None:
        """What is printed of each unit alone, added up: the rows that a department's tables tell of its units only."""
        asked = next((plan for plan in map(self._plan_of(question), self.disclosures) if plan is not None), None)
        if not isinstance(asked, Lookup) or not means_the_same(asked) or not (asked.of.row_keys or asked.of.code):
            return None
        if self._leaves_a_name(question.text, asked.of):
            return None
        scope = Scope(question, self.disclosures, (), question.text)
        return self._compared(scope, Across(Operation.SUM, (asked.of.code or asked.of.label,)))

    def _leaves_a_name(self, text: str, of: Selector) -> bool:
        """Whether a text names what no vocabulary knows beside the row, which may be one unit of all: 军休所的其他收入."""
        said = label_key("".join((of.label, of.code, *of.row_keys)))
        words = (word for word in self._whole.planner.phrases.content_in(text) if len(word.text) > 1)
        return any(word.kind is WordKind.UNKNOWN and word.text not in said for word in words)

    def _plan_of(self, question: Question) -> Callable[[Disclosure], Plan | None]:
        return lambda unit: self._reader(unit).planner.try_plan(question)

    def _of_one(
        self, question: Question, unit: Disclosure, focus: Focus | None, leaning: bool = False
    ) -> UnitsTold | None:
        """What a unit's own rows tell; also that they do not, where the question is `leaning` on what was told of it."""
        reply = self._reader(unit).reply(question, focus)
        if reply.answer.status is not AnswerStatus.ANSWERED and not leaning:
            return None
        return UnitsTold(_naming(unit, reply.answer), question, describe(reply.plan), unit, reply.focus)

    def _of_income(self, question: Question, unit: Disclosure) -> UnitsTold | None:
        """The income of a unit of which nothing is said and no expenditure printed: its budget."""
        if not cue("only_how_much").fullmatch(question.text):
            return None
        return self._of_one(replace(question, text=f"{_WHOLE[1]}是多少"), unit, None)

    def _compared(self, scope: Scope, across: Across) -> UnitsTold | None:
        if (
            across.operation in (Operation.DIFFERENCE, Operation.MULTIPLE, Operation.VERDICT)
            and len(scope.disclosures) != 2
        ):
            return None
        change = across.condition is not None and across.condition.attribute == "change"
        measured = tuple(
            self._measured(scope.question, each, across.measure_of(number), change)
            for number, each in enumerate(scope.disclosures)
        )
        answer = self._comparing.answer(scope.question, across, measured)
        if answer.status is not AnswerStatus.ANSWERED:
            return None
        question = replace(scope.question, text=across.measures[0])
        return UnitsTold(
            answer, question, f"Units({across.operation.value}, {across.measures})", across=across, measured=measured
        )

    def _share(self, question: Question, unit: Disclosure, share: re.Match[str]) -> UnitsTold | None:
        """What share of the whole department's figure is a unit's."""
        phrase = re.sub("^的|的$", "", share["what"] or "")
        phrase = "总支出" if not phrase or phrase in scope_words().whole_budget else phrase
        asked = Asked.of(question, self._disclosure, phrase)
        part, all_of_it = self._measured(question, unit, phrase), measure(self._whole, self._disclosure, asked)
        if part.quantity is None or all_of_it.quantity is None or part.quantity.unit != all_of_it.quantity.unit:
            return None
        answer = self._comparing.answer(question, Across(Operation.SHARE, (phrase,)), (part, all_of_it))
        return UnitsTold(answer, question, f"Units(share, {phrase})", unit, measured=(part,))

    def _measured(self, question: Question, unit: Disclosure, phrase: str, change: bool = False) -> Measured:
        """A unit's figure; its income stands for its whole budget where its expenditure is not printed."""
        phrases = _WHOLE if phrase in ("", _WHOLE[0], *scope_words().whole_budget) else (phrase,)
        asked = (Asked.of(question, self._disclosure, each, change) for each in phrases)
        found = [measure(self._reader(unit), unit, each) for each in asked]
        return next((each for each in found if each.quantity is not None), found[0])

    def _read(self, unit: Disclosure) -> Reader:
        catalog, linker = self._units.catalog_of(self._name_of[unit.department]), self._whole.linker
        return Reader(catalog, linker.meaning, means=linker.means)


def _is_of_whole(text: str) -> bool:
    return any(word in text for word in longest_first(scope_words().whole_department))


def _without_whole(scope: Scope) -> Scope:
    """`系统21家单位里` without the word for the whole that they are in; `三公最高的单位` as which of them."""
    marked = cue("most_of_units").sub(r"哪个单位\g<what>\g<most>", scope.marked)
    for word in longest_first(scope_words().whole_department):
        marked = marked.removeprefix(word)
    return replace(scope, marked=marked)


def _with_a_measure(question: Question) -> Question:
    """`今年一共多少钱`, with nothing said of what: the unit's expenditure."""
    return replace(question, text=f"{_WHOLE[0]}是多少") if cue("only_how_much").fullmatch(question.text) else question


def _naming(unit: Disclosure, answer: Answer) -> Answer:
    """The answer with its unit named."""
    if unit.label in answer.text:
        return answer
    head, blank, rest = answer.text.partition("\n\n")
    return answer.model_copy(update={"text": f"{head}\n\n{unit.label}{blank}{rest}"})
