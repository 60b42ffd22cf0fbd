"""A dialogue: which documents a question is about, what it does with them, and what it takes over from before.

A question about one disclosure is answered by that disclosure's reader; one that compares is measured in each and
combined; one that names none is asked of each, and asked back where several hold an answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, AnswerStatus
from assistant.computing.plan_cells import is_portable
from assistant.dialogue.focus import Focus
from assistant.documents.across import OF_TWO, Across, Operation, read_across
from assistant.documents.comparing import Measured
from assistant.documents.departments import scope_words
from assistant.documents.measuring import is_figure, operands_of
from assistant.documents.scope import Disclosure, Scope
from assistant.english.answers import in_english
from assistant.plan import Ambiguous, Audit, Decline, Define, Greeting, Lookup, Plan, describe
from assistant.question import Question, read_question
from assistant.reader import Reply
from assistant.readers import Library
from assistant.units.answers import UnitsTold
from assistant.words import longest_first
from ingest.errors import QuestionError
from ingest.labels import label_key

_BARE = re.compile(
    r"^(?:那|那么|换成|改成|换|如果是|要是|我问的是|我是问|是|选|就|看|的|呢|吧|单位|部门|这份|这家|[,，?？()（）]"
    r"|and|what about|how about)*$"
)
_DATED = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)年?度?|部门预算|部门决算|预算|决算")
_OPENS = re.compile(r"^(?:那|还|再|其中|它|and|what about|how about|of which)")
_LEANS = re.compile(r"^(?:那|还有|再|另外)|呢$")
_KEEPING = (Operation.TOP, *OF_TWO)  # what leaves one document spoken of
_WHICH_OF_THEM = re.compile(r"(?:那)?(?:哪一?[个边头]|谁)(?:的)?(?P<how>更?(?:多|大|高|少|小|低)(?:一?些|一?点)?)")
_MOST_BEFORE = 4


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a choice of an answer that asked back stands for: a document, and a plan within it when there is one."""

    disclosure: Disclosure
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class _Turn:
    """One turn of the dialogue. `question` is without departments' names; `across` and `measured` are of a comparison,
    or of the one document's figure; `choices` are those that the answer offered."""

    question: Question
    disclosures: tuple[Disclosure, ...]
    across: Across | None = None
    measured: tuple[Measured, ...] = ()
    choices: tuple[tuple[str, _Choice], ...] = ()
    winner: Disclosure | None = None

    @property
    def asked_back(self) -> bool:
        return bool(self.choices)


class Conversation:
    """Keeps what was said. `last_plan` is the last question's plan in printable form."""

    def __init__(self, library: Callable[[], Library]) -> None:
        self._library = library
        self._turns: list[_Turn] = []
        self._focus: tuple[Disclosure, Focus | None] | None = None
        self.last_plan = ""

    def ask(self, text: str) -> Answer:
        """One answer. A question that cannot be taken is answered with its sentence, never raised."""
        started = time.perf_counter()
        answer = self._answer(text)
        return answer.model_copy(update={"elapsed_ms": round((time.perf_counter() - started) * 1000, 2)})

    def _answer(self, text: str) -> Answer:
        library = self._library()
        try:
            question = read_question(text)
        except QuestionError as error:
            self.last_plan = "refused"
            return Answer(question=text[:200], status=AnswerStatus.NOT_FOUND, text=str(error))
        if not library.documents:
            self.last_plan = "nothing loaded"
            return library.overview.telling.nothing_loaded(question)
        answer = self._chosen(library, question) or self._scoped(library, question)
        if not question.english:
            return answer
        printed = [each.printed for each in answer.citations]
        return answer.model_copy(update={"text": in_english(answer.text, question.unit, printed)})

    # ── which documents ────────────────────────────────────────────────────────────────────────────────────

    def _chosen(self, library: Library, question: Question) -> Answer | None:
        """A reply that is one of the choices offered: that choice, applied to the question asked before."""
        last = self._last
        if last is None:
            return None
        choice = next((each for label, each in last.choices if label_key(label) == label_key(question.raw)), None)
        if choice is None or choice.disclosure not in library.disclosures:
            return None
        return self._of_one(library, replace(last.question, raw=question.raw), choice.disclosure, None, choice.plan)

    def _scoped(self, library: Library, question: Question) -> Answer:
        question = self._with_pronouns(question)
        scope = library.scoper.scope(question)
        last = self._last
        if scope.unknown:
            self.last_plan = describe(Decline("department", scope.unknown))
            return self._not_loaded(library, scope)
        if self._is_bare(scope, library):
            if last is not None:
                return self._again(library, scope, last)
            scope = replace(scope, question=replace(scope.question, text="总支出"))
        if last is not None and not scope.is_named:
            answer = self._leaning_across(library, scope, last)
            if answer is not None:
                return answer
            if last.disclosures and not last.asked_back and not self._is_of_all(scope):
                kept = tuple(each for each in last.disclosures if each in library.disclosures)
                scope = library.scoper.scope(question, within=kept) if kept else scope
        return self._about(library, scope)

    def _about(self, library: Library, scope: Scope) -> Answer:
        if len(scope.disclosures) == 1 and (answer := self._of_units(library, scope)) is not None:
            return answer
        across = read_across(scope)
        if across is not None and across.operation is Operation.DOCUMENTS:
            self.last_plan = describe_across(across, scope.disclosures)
            return library.comparing.documents(scope.question, scope.disclosures)
        if across is None:
            across = self._same_comparison(scope)
        elif across.operation is Operation.POSITION and len(library.disclosures) < 2:
            across = None
        if across is not None:
            return self._compared(library, scope, across)
        if len(scope.disclosures) > 1:
            return self._of_each(library, scope)
        before = (self._turns, self._focus)
        answer = self._of_one(library, scope.question, scope.disclosures[0], self._focus_for(library, scope))
        if answer.status is AnswerStatus.NOT_FOUND:
            whole = scope.disclosures[0]
            added = self._units_told(whole, library.units(whole).added_up(scope.question))
            if added is None and not scope.is_named and len(library.disclosures) > 1:
                return self._elsewhere(library, scope, before) or answer
            return added or answer
        return answer

    def _of_units(self, library: Library, scope: Scope) -> Answer | None:
        """The answer to a question about units of the one department; None where it is about the department itself."""
        whole = scope.disclosures[0]
        return self._units_told(whole, library.units(whole).told(scope.question, self._focus))

    def _units_told(self, whole: Disclosure, told: UnitsTold | None) -> Answer | None:
        if told is None:
            return None
        self._focus = (told.unit, told.focus) if told.unit is not None else None
        self._remember(_Turn(told.question, (whole,), told.across, told.measured))
        self.last_plan = told.plan
        return told.answer

    def _same_comparison(self, scope: Scope) -> Across | None:
        """`那公务接待费呢` after a comparison: the same comparison of another figure."""
        last = self._last
        if last is None or last.across is None or scope.is_named or len(scope.disclosures) < 2:
            return None
        text = scope.question.text
        return last.across.of((re.sub(r"^那|呢$", "", text),)) if _LEANS.search(text) else None

    def _elsewhere(
        self, library: Library, scope: Scope, before: tuple[list[_Turn], tuple[Disclosure, Focus | None] | None]
    ) -> Answer | None:
        """What the document spoken of does not hold may be asked of another: only when that is certain."""
        after, plan = (self._turns, self._focus), self.last_plan
        self._turns, self._focus = before
        others = library.scoper.scope(scope.question)
        answer = self._of_each(library, others)
        if answer.status is not AnswerStatus.ANSWERED or (answer.value is None and not answer.items):
            (self._turns, self._focus), self.last_plan = after, plan
            return None
        return answer

    @property
    def _last(self) -> _Turn | None:
        return self._turns[-1] if self._turns else None

    def _is_bare(self, scope: Scope, library: Library) -> bool:
        """Whether a question names documents (or their year and kind) and asks nothing else."""
        text = scope.question.text
        if scope.is_named:
            return bool(_BARE.match(_DATED.sub("", text)))
        narrowed = len(scope.disclosures) < len(library.disclosures)
        return narrowed and self._last is not None and self._last.asked_back and bool(_BARE.match(_DATED.sub("", text)))

    def _is_of_all(self, scope: Scope) -> bool:
        """`各家…`, `哪些单位…`: all documents, whichever were spoken of before."""
        across = read_across(scope)
        if across is None or any(word in scope.question.text for word in scope_words().same_departments):
            return False
        last = self._last
        return (
            last is None or len(last.disclosures) < 2 or bool(re.search(r"各|所有|全部|哪些|每", scope.question.text))
        )

    def _with_pronouns(self, question: Question) -> Question:
        """`它的三公` after a comparison or of one department: the department spoken of stays the scope."""
        last, text = self._last, question.text
        if last is None:
            return replace(question, text=_without_itself(text))
        if last.winner is not None:
            return replace(
                question, text=re.sub(r"^(?:那)?(?:它|他们|这家|那家|该单位)(?=的|有|呢)", last.winner.label, text)
            )
        if (rest := _without_itself(text)) != text:
            return replace(question, text=rest)
        own = re.match(r"(?:它|他们)的(?P<rest>.+)", text)
        if own and len(last.disclosures) == 1 and last.measured and own["rest"]:
            reader = self._library().reader(last.disclosures[0])
            plan = reader.planner.try_plan(replace(question, text=own["rest"]))
            if isinstance(plan, Lookup) and plan.of.concept:
                return replace(question, text=own["rest"])
        return question

    def _not_loaded(self, library: Library, scope: Scope) -> Answer:
        labels = [each.full_label for each in library.disclosures]
        loaded = "、".join(labels[:12]) + (f" 等 {len(labels)} 份" if len(labels) > 12 else "")
        text = f"**不能回答**：没有载入{scope.unknown}的文件（已载入：{loaded}）。"
        return Answer(question=scope.question.raw, status=AnswerStatus.NOT_FOUND, text=text)

    # ── one document ───────────────────────────────────────────────────────────────────────────────────────

    def _of_one(
        self,
        library: Library,
        question: Question,
        disclosure: Disclosure,
        focus: Focus | None,
        plan: Plan | None = None,
    ) -> Answer:
        reply = library.reader(disclosure).reply(question, focus, plan)
        self._focus = (disclosure, reply.focus)
        self._remember(
            _Turn(
                question, (disclosure,), measured=_figure_of(disclosure, reply), choices=_choices_of(disclosure, reply)
            )
        )
        self.last_plan = describe(reply.plan)
        return _naming(library, disclosure, reply)

    def _focus_for(self, library: Library, scope: Scope) -> Focus | None:
        """What a question about one document leans on: the dialogue on it, or the same dialogue held over it."""
        disclosure = scope.disclosures[0]
        same = self._focus is not None and self._focus[0] == disclosure
        only_one = len(library.disclosures) == 1  # its name in a question tells nothing
        if same and self._focus is not None and (only_one or not scope.is_named or _OPENS.search(scope.question.raw)):
            return self._focus[1]
        if same or not (_OPENS.search(scope.question.raw) or _LEANS.search(scope.question.text)):
            return None
        return self._replayed(library, disclosure, self._turns)

    def _replayed(self, library: Library, disclosure: Disclosure, turns: Sequence[_Turn]) -> Focus | None:
        focus: Focus | None = None
        for turn in turns[-_MOST_BEFORE:]:
            if turn.across is None:
                focus = library.reader(disclosure).reply(turn.question, focus).focus
        return focus

    def _again(self, library: Library, scope: Scope, last: _Turn) -> Answer:
        """`那长春呢`: the question before, asked of other documents."""
        question = replace(last.question, raw=scope.question.raw, english=scope.question.english)
        if last.across is not None and (len(scope.disclosures) > 1 or last.across.measures != ("",)):
            if len(scope.disclosures) > 1:
                return self._compared(library, replace(scope, question=question), last.across)
            question = replace(question, text=last.across.measures[0])
            return self._of_one(library, question, scope.disclosures[0], None)
        if len(scope.disclosures) == 1:
            focus = self._replayed(library, scope.disclosures[0], self._turns[:-1])
            return self._of_one(library, question, scope.disclosures[0], focus)
        return self._about(library, replace(scope, question=question, marked=question.text, named=()))

    # ── several documents ──────────────────────────────────────────────────────────────────────────────────

    def _of_each(self, library: Library, scope: Scope) -> Answer:
        """A question of each document alone: the one that answers, or asked back where several do."""
        question = scope.question
        plans = _plans(library, question, library.likeliest(question, scope.disclosures))
        self.last_plan = describe(plans[0][1])
        if isinstance(plans[0][1], Greeting):
            return library.overview.telling.greeting(question)
        if isinstance(plans[0][1], Audit):
            return _audits(question, _replies(library, question, plans))
        replies = _replies(library, question, [(each, plan) for each, plan in plans if is_figure(plan)])
        answered = [(each, reply) for each, reply in replies if reply.answer.status is not AnswerStatus.NOT_FOUND]
        if not answered:  # texts are looked for where no document has a figure
            replies += _replies(library, question, [(each, plan) for each, plan in plans if not is_figure(plan)])
            answered = [(each, reply) for each, reply in replies if reply.answer.status is not AnswerStatus.NOT_FOUND]
        valued = [
            (each, reply)
            for each, reply in answered
            if reply.answer.value is not None or reply.answer.verdict is not None or reply.answer.items
        ]
        found = _surest(valued) or answered
        if len(found) == 1 or (found and isinstance(found[0][1].plan, Define)):
            disclosure, reply = found[0]
            self._focus = (disclosure, reply.focus)
            self.last_plan = describe(reply.plan)
            self._remember(
                _Turn(
                    question,
                    (disclosure,),
                    measured=_figure_of(disclosure, reply),
                    choices=_choices_of(disclosure, reply),
                )
            )
            return _naming(library, disclosure, reply)
        if not found and (of_units := self._of_units_of_each(library, scope)) is not None:
            return of_units
        if not found:
            told = next(
                (
                    reply
                    for _, reply in replies
                    if not (isinstance(reply.plan, Decline) and reply.plan.reason == "unknown")
                ),
                replies[0][1],
            )
            self._remember(_Turn(question, self._last.disclosures if self._last is not None else ()))
            return told.answer
        measured = [_figure_of(each, reply) or (Measured(each),) for each, reply in found]
        choices = tuple((each.full_label, _Choice(each)) for each, _ in found)
        self._remember(_Turn(question, tuple(each for each, _ in found), choices=choices))
        return library.comparing.ask_back(question, [each[0] for each in measured])

    def _of_units_of_each(self, library: Library, scope: Scope) -> Answer | None:
        """The answer about a unit that one of several departments has."""
        asked = library.likeliest(scope.question, scope.disclosures)
        told = [
            (each, of_units) for each in asked if (of_units := library.units(each).told(scope.question)) is not None
        ]
        return self._units_told(*told[0]) if len(told) == 1 else None

    def _compared(self, library: Library, scope: Scope, across: Across) -> Answer:
        """An operation over documents: each operand measured by its reader."""
        operands = _operands(scope, across)
        if operands is None:
            return self._of_each(library, scope)
        if across.operation is Operation.POSITION and scope.is_named:
            operands = tuple(
                each for each in library.disclosures if each.year == operands[0].year and each.kind == operands[0].kind
            )
        if across.measures == ("",):
            across = across.of(self._measures_before())
        change = across.condition is not None and across.condition.attribute == "change"
        phrases = [(each, across.measure_of(number)) for number, each in enumerate(operands)]
        measured = library.survey.measured(scope.question, phrases, change)
        return self._combined(library, scope, across, measured)

    def _combined(self, library: Library, scope: Scope, across: Across, measured: tuple[Measured, ...]) -> Answer:
        self.last_plan = describe_across(across, [each.disclosure for each in measured])
        answer = library.comparing.answer(scope.question, across, measured, scope.disclosures if scope.is_named else ())
        disclosures = tuple(dict.fromkeys(each.disclosure for each in measured))
        winner = next(
            (
                each
                for each in disclosures
                if len(answer.items) == 1 and answer.items[0].label in (each.label, each.full_label)
            ),
            None,
        )
        if winner is None and self._last is not None and self._last.winner in disclosures:
            winner = self._last.winner  # `差多少` after which is larger: that one stays spoken of
        choices = (
            tuple((each.full_label, _Choice(each)) for each in disclosures)
            if answer.status is AnswerStatus.CLARIFY
            else ()
        )
        question = replace(scope.question, text=across.measures[0])
        self._remember(
            _Turn(question, disclosures, across, measured, choices, winner if across.operation in _KEEPING else None)
        )
        return answer

    def _leaning_across(self, library: Library, scope: Scope, last: _Turn) -> Answer | None:
        """`差多少`, `哪个多`, `最少的呢` after figures of several documents: those figures are meant."""
        measured = last.measured if last.across is not None else self._figures_before()
        disclosures = tuple(dict.fromkeys(each.disclosure for each in measured))
        if len(disclosures) < 2:
            return None
        if which := _WHICH_OF_THEM.fullmatch(scope.marked):
            scope = replace(scope, marked=f"哪家{which['how']}")
        across = read_across(replace(scope, disclosures=disclosures), leaning=True)
        if (
            across is None
            or across.measures != ("",)
            or across.operation in (Operation.EACH, Operation.DOCUMENTS, Operation.POSITION)
        ):
            return None
        if across.operation in OF_TWO:
            measured = measured[-2:]
        asked = across.of(last.across.measures) if last.across else across
        return self._combined(library, replace(scope, disclosures=disclosures), asked, measured)

    def _figures_before(self) -> tuple[Measured, ...]:
        """The figures of the last turns, as long as each is of one document."""
        found: list[Measured] = []
        for turn in reversed(self._turns[-_MOST_BEFORE:]):
            if turn.across is not None or len(turn.measured) != 1 or turn.measured[0].quantity is None:
                break
            found.append(turn.measured[0])
        return tuple(reversed(found))

    def _measures_before(self) -> tuple[str, ...]:
        for turn in reversed(self._turns):
            if turn.across is not None and turn.across.measures != ("",):
                return turn.across.measures
            if turn.measured:
                return (turn.question.text,)
        return ("总支出",)

    def _remember(self, turn: _Turn) -> None:
        self._turns = [*self._turns[-_MOST_BEFORE * 2 :], turn]


def _without_itself(text: str) -> str:
    """A text without the word for the department that it is about."""
    for word in longest_first(scope_words().same_department):
        rest = text.removeprefix(word)
        if rest != text and not rest.startswith("有"):
            return rest.removeprefix("的") or text
    return text


def _plans(library: Library, question: Question, disclosures: Sequence[Disclosure]) -> list[tuple[Disclosure, Plan]]:
    """The question's plan in each document; a plan that names nothing of one document's own holds for all."""
    plans: list[tuple[Disclosure, Plan]] = []
    shared: Plan | None = None
    for each in disclosures:
        plan = shared or library.reader(each).planner.plan(question)
        if shared is None and not question.english and is_portable(plan):
            shared = plan
        plans.append((each, plan))
    return plans


def _replies(
    library: Library, question: Question, plans: Sequence[tuple[Disclosure, Plan]]
) -> list[tuple[Disclosure, Reply]]:
    return [(each, library.reader(each).reply(question, plan=plan)) for each, plan in plans]


def describe_across(across: Across, disclosures: Sequence[Disclosure]) -> str:
    """An operation over documents in printable form."""
    of = ", ".join(each.full_label for each in disclosures[:12])
    condition = f", condition={describe(across.condition)}" if across.condition else ""
    return f"Across({across.operation.value}, measures={list(across.measures)}{condition}, documents=[{of}])"


def _operands(scope: Scope, across: Across) -> tuple[Disclosure, ...] | None:
    """The documents in the order of the operands; None where an operand could be several documents."""
    if across.operation in OF_TWO and len(scope.named) >= 2:
        pair = scope.named[:2]
        return (pair[0][0], pair[1][0]) if all(len(each) == 1 for each in pair) else None
    if across.operation in OF_TWO:
        return scope.disclosures if len(scope.disclosures) == 2 else None
    return scope.disclosures


def _figure_of(disclosure: Disclosure, reply: Reply) -> tuple[Measured, ...]:
    """A reply's one figure, to be compared later on."""
    result = reply.result
    if result is None or result.value is None or reply.answer.status is not AnswerStatus.ANSWERED:
        items = reply.answer.items if reply.answer.status is AnswerStatus.ANSWERED else ()
        return (Measured(disclosure, what=items[0].label),) if items else ()
    return (
        Measured(
            disclosure, result.value, result.label, operands_of(result), reply.answer.steps, reply.answer.warnings
        ),
    )


def _choices_of(disclosure: Disclosure, reply: Reply) -> tuple[tuple[str, _Choice], ...]:
    """The choices of a reader that asked back, each with the plan it stands for."""
    plan = reply.plan
    if reply.answer.status is not AnswerStatus.CLARIFY or not isinstance(plan, Ambiguous):
        return ()
    given = plan.members.given
    if len(given) != len(reply.answer.items):
        return ()
    return tuple((item.label, _Choice(disclosure, each)) for item, each in zip(reply.answer.items, given, strict=True))


def _surest(found: Sequence[tuple[Disclosure, Reply]]) -> list[tuple[Disclosure, Reply]]:
    """Without those that only resemble what is asked, where others hold it by name."""
    sure = [reply.plan.of.confidence if isinstance(reply.plan, Lookup) else 1.0 for _, reply in found]
    return [each for each, confidence in zip(found, sure, strict=True) if confidence >= max(sure) - 0.15]


def _naming(library: Library, disclosure: Disclosure, reply: Reply) -> Answer:
    """The answer with its department named, where there are several; a missing year with what is loaded."""
    answer = reply.answer
    if isinstance(reply.plan, Decline) and reply.plan.reason == "year":
        of_department = [each.full_label for each in library.disclosures if each.label == disclosure.label]
        return answer.model_copy(
            update={"text": f"{answer.text.removesuffix('。')}（已载入：{'、'.join(of_department)}）。"}
        )
    if len(library.disclosures) == 1 or disclosure.label in answer.text or isinstance(reply.plan, Greeting):
        return answer
    head, blank, rest = answer.text.partition("\n\n")
    return answer.model_copy(update={"text": f"{head}\n\n{disclosure.full_label}{blank}{rest}"})


def _audits(question: Question, replies: Sequence[tuple[Disclosure, Reply]]) -> Answer:
    """What is wrong in each document, one after the other."""
    answers = [(each, reply.answer) for each, reply in replies]
    verdicts = [answer.verdict for _, answer in answers if answer.verdict is not None]
    return Answer(
        question=question.raw,
        status=AnswerStatus.ANSWERED,
        text="\n\n".join(f"{each.full_label}\n\n{answer.text}" for each, answer in answers),
        verdict=all(verdicts) if verdicts else None,
        items=tuple(
            item.model_copy(update={"label": f"{each.label}：{item.label}"})
            for each, answer in answers
            for item in answer.items
        ),
        steps=tuple(step for _, answer in answers for step in answer.steps),
        citations=tuple(citation for _, answer in answers for citation in answer.citations),
    )
