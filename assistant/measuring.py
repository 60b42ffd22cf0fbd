"""One phrase measured in one document: what a comparison over documents sets against each other."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import AnswerStatus
from assistant.comparing_documents import Measured
from assistant.plan import Aggregate, Change, Combine, Lookup, PerUnit, Plan, Ratio, Selector
from assistant.question import Question
from assistant.reader import Reader, Reply
from assistant.results import Result
from assistant.scope import Disclosure
from ingest.ledger import StoredFact

_COUNTED = re.compile(r"(?:几|多少)(辆|人|名|个|台|次|批|项|套|件)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)年?度?的?")
_SHARE = re.compile(r"(?P<part>[^占]+?)的?(?:占比|比重|所占比例|占的比例)")


def measure(reader: Reader, disclosure: Disclosure, question: Question, phrase: str, change: bool = False) -> Measured:
    """The figure a phrase stands for in a document; its change against last year when that is asked."""
    phrase = phrase or "总支出"
    years = question.years
    if disclosure.year in years or not years:
        phrase, years = _YEAR.sub("", phrase) or "总支出", ()
    if share := _SHARE.fullmatch(phrase):
        phrase = f"{share['part']}占总支出的比例"
    asked = [f"{phrase}比上年增加多少"] if change else [phrase, f"{phrase}是多少", f"{phrase}多少钱"]
    last = Measured(disclosure, what=phrase, reason="unknown")
    for text in asked:
        plain = replace(question, raw=text, text=text, english=False, original="", years=years)
        plan = reader.planner.try_plan(plain)
        if not is_figure(plan):
            continue
        reply = reader.reply(plain, plan=plan)
        measured = _measured(disclosure, phrase, reply)
        counted = _COUNTED.search(phrase)
        if measured.quantity is not None and counted and measured.quantity.unit != counted[1]:
            continue
        if measured.quantity is not None:
            return measured
        last = measured
    return last


def is_figure(plan: Plan | None) -> bool:
    """Whether a plan yields one figure."""
    return isinstance(plan, Lookup | Ratio | Combine | Change | PerUnit | Aggregate)


def is_portable(plan: Plan) -> bool:
    """Whether a plan holds in any document: figures that every disclosure knows or codes, nothing by a name of its own."""
    match plan:
        case Lookup() | Change():
            return _is_of_all(plan.of)
        case Ratio():
            return is_portable(plan.numerator) and (plan.denominator is None or is_portable(plan.denominator))
        case Combine():
            return all(is_portable(each) for each in plan.operands)
        case _:
            return False


def _is_of_all(selector: Selector) -> bool:
    own = selector.row_keys or selector.fact_ids or selector.project or selector.tables
    return bool(selector.concept or selector.code) and not own


def operands_of(result: Result) -> tuple[StoredFact, ...]:
    """The cells that a figure rests on: the first of each operand, then some that print the same."""
    firsts = [figure.primary for figure in result.figures]
    return tuple({cell.id: cell for cell in (*firsts, *result.all_cells[: 3 + len(firsts)])}.values())


def _measured(disclosure: Disclosure, phrase: str, reply: Reply) -> Measured:
    result = reply.result
    if result is None:
        return Measured(disclosure, what=phrase, reason="unknown")
    if result.value is not None:
        what = result.label or phrase
        return Measured(disclosure, result.value, what, operands_of(result), reply.answer.steps, reply.answer.warnings)
    reason = result.missing.reason if result.missing is not None else "unknown"
    if reply.answer.status is AnswerStatus.ANSWERED and result.missing is not None:
        reason = "stated_none"  # the document says itself that it has none
    return Measured(disclosure, None, result.label or phrase, result.all_cells[:1], reason=reason)
