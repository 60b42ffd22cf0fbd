"""One phrase measured in one document by its own reader: what a comparison over documents sets against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import AnswerStatus, Step
from assistant.computing.results import Result
from assistant.documents.comparing import STATED_NONE, Measured
from assistant.documents.scope import Disclosure
from assistant.plan import Aggregate, Change, Combine, Lookup, PerUnit, Plan, Ratio
from assistant.question import Question
from assistant.reader import Reader, Reply
from ingest.ledger.ledger import StoredFact

_COUNTED = re.compile(r"(?:几|多少)(辆|人|名|个|台|次|批|项|套|件)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)年?度?的?")
_SHARE = re.compile(r"(?P<part>[^占]+?)的?(?:占比|比重|所占比例|占的比例)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a phrase asks of a document: questions that may stand for it, the likeliest first. Documents of another `kind`,
    or of another `year` where the question names one that is not theirs, are asked something else."""

    phrase: str
    questions: tuple[Question, ...]
    kind: str
    year: int | None

    @classmethod
    def of(cls, question: Question, disclosure: Disclosure, phrase: str, change: bool = False) -> Asked:
        """Of one document; its change against last year when that is asked."""
        phrase = phrase or "总支出"
        years = question.years
        if disclosure.year in years or not years:
            phrase, years = _YEAR.sub("", phrase) or "总支出", ()
        if share := _SHARE.fullmatch(phrase):
            phrase = f"{share['part']}占总支出的比例"
        texts = [f"{phrase}比上年增加多少"] if change else [phrase, f"{phrase}是多少", f"{phrase}多少钱"]
        plain = replace(question, english=False, original="", years=years)
        questions = tuple(replace(plain, raw=text, text=text) for text in texts)
        return cls(phrase, questions, disclosure.kind, disclosure.year if years else None)

    def fits(self, found: Measured) -> bool:
        """Whether a figure is counted in what the phrase counts: 公车有几辆."""
        counted = _COUNTED.search(self.phrase)
        return found.quantity is None or counted is None or found.quantity.unit == counted[1]


def measure(reader: Reader, disclosure: Disclosure, asked: Asked) -> Measured:
    """The figure that is asked of a document, as its own reader understands it."""
    last = Measured(disclosure, what=asked.phrase, reason="unknown")
    for question in asked.questions:
        plan = reader.planner.try_plan(question)
        if not is_figure(plan):
            continue
        reply = reader.reply(question, plan=plan)
        measured = _measured(disclosure, asked.phrase, reply)
        if not asked.fits(measured):
            continue
        if measured.quantity is not None:
            return measured
        last = measured
    return last


def is_figure(plan: Plan | None) -> bool:
    """Whether a plan yields one figure."""
    return isinstance(plan, Lookup | Ratio | Combine | Change | PerUnit | Aggregate)


def operands_of(result: Result) -> tuple[StoredFact, ...]:
    """The cells that a figure rests on: the first of each operand, then some that print the same."""
    firsts = [figure.primary for figure in result.figures]
    return tuple({cell.id: cell for cell in (*firsts, *result.all_cells[: 3 + len(firsts)])}.values())


def measured_of(
    disclosure: Disclosure, phrase: str, result: Result, steps: Sequence[Step], warnings: Sequence[str]
) -> Measured:
    """A result as one document's figure, or as the reason why it has none."""
    if result.value is not None:
        what = result.label or phrase
        return Measured(disclosure, result.value, what, operands_of(result), tuple(steps), tuple(warnings))
    reason = result.missing.reason if result.missing is not None else "unknown"
    return Measured(disclosure, None, result.label or phrase, result.all_cells[:1], reason=reason)


def _measured(disclosure: Disclosure, phrase: str, reply: Reply) -> Measured:
    result = reply.result
    if result is None:
        return Measured(disclosure, what=phrase, reason="unknown")
    measured = measured_of(disclosure, phrase, result, reply.answer.steps, reply.answer.warnings)
    if reply.answer.status is AnswerStatus.ANSWERED and result.missing is not None:
        return replace(measured, reason=STATED_NONE)
    return measured
