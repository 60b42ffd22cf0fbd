"""Two questions in one sentence: each is asked by itself, a later one as the turn that follows, and told together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from assistant.answer import Answer, AnswerStatus, Value
from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.english.clauses import asks_of_the_same
from assistant.plan import FieldLookup, Plan, selectors_in
from assistant.question import Question, read_question, with_stops
from ingest.labels import label_key
from ingest.numbers.quantities import YUAN

_BREAK = re.compile(r"[，。；;？?!！]|[,.](?=\s|[^\d\s])(?<!\d\.)")
_JOINT = re.compile(r"、|\s(?:and|or)\s")  # breaks a sentence only where both sides ask
_MOST = 4  # parts that one answer can hold
_SIDES = {"（": 1, "(": 1, "“": 1, "「": 1, "《": 1, "）": -1, ")": -1, "”": -1, "」": -1, "》": -1}


def parts_of(question: Question) -> tuple[Question, ...]:
    """The questions in a sentence, each with the clauses before it that ask nothing; one alone when there is only one.
    `金额和幅度都要` asks what is said before it twice, `甲和乙分别多久一次` the same of two."""
    if (both := cue("amount_and_rate").fullmatch(question.raw.strip("。.?？!！ "))) is not None:
        of = cue("how_much_end").sub("", both["of"] or both["of2"])
        return read_question(f"{of}多少钱"), read_question(f"{of}百分之几")
    if (times := cue("times_of_each").fullmatch(question.raw.strip())) is not None:
        of, asks = times["of"] or "", times["asks"]
        return read_question(f"{of}{times['A']}{asks}"), read_question(f"{of}{times['B']}{asks}")
    clauses = [part for clause in _clauses(with_stops(question.raw)) for part in _joined_questions(clause)]
    parts: list[str] = []
    waiting = ""
    for clause, following in zip_longest(clauses, clauses[1:], fillvalue=""):
        if parts and not waiting and _belongs_to_before(clause, question.english):
            parts[-1] = f"{parts[-1]}，{clause}"
            continue
        waiting = f"{waiting}，{clause}" if waiting else clause
        names_a_sum = says(clause, "sum_named") and cue("part_of_sum").match(following) is not None
        shown_so = any(found.start() == 0 for found in cue("presentation").finditer(f",{clause}"))
        asks = says(clause.lower(), "asks_part") and not shown_so and not cue("told_nowhere").fullmatch(clause)
        if names_a_sum or asks:
            parts.append(waiting)
            waiting = ""
    if waiting and parts:
        parts[-1] = f"{parts[-1]}，{waiting}"
    if not 1 < len(parts) <= _MOST:
        return (question,)
    return tuple(read_question(part) for part in parts)


def _belongs_to_before(clause: str, english: bool) -> bool:
    """Whether a clause asks nothing of its own: `是多少`, `and by how much`, `A or B`."""
    if english and (asks_of_the_same(clause) or cue("belongs_before").fullmatch(clause)):
        return True
    return cue("asks_the_same").fullmatch(clause) is not None


def told_together(question: Question, parts: Sequence[Question], answers: Sequence[Answer]) -> Answer:
    """One answer of the parts' answers: all that they say, and the number that the sentence asks for."""
    told = [answer for answer in answers if answer.status is AnswerStatus.ANSWERED]
    return Answer(
        question=question.raw,
        status=AnswerStatus.ANSWERED,
        text="\n\n".join(dict.fromkeys(answer.text for answer in answers)),
        value=_value(parts, answers),
        verdict=next((answer.verdict for answer in told if answer.verdict is not None), None),
        items=next((answer.items for answer in told if answer.items), ()),
        steps=tuple(dict.fromkeys(step for answer in told for step in answer.steps)),
        citations=tuple(dict.fromkeys(citation for answer in told for citation in answer.citations)),
        warnings=tuple(dict.fromkeys(warning for answer in told for warning in answer.warnings)),
    )


def with_open_parts(whole: Answer, parts: Sequence[Question], answers: Sequence[Answer]) -> Answer:
    """The answer to a sentence of which it tells the first part only: what it leaves open is said, and no number stands for
    the sentence where another number is still open."""
    of_first = answers[0].value is not None and whole.value == answers[0].value
    if whole.status is not AnswerStatus.ANSWERED or not of_first or not _asks_number(parts[0]):
        return whole
    still_open = [
        answer
        for part, answer in zip(parts[1:], answers[1:], strict=True)
        if answer.status is AnswerStatus.NOT_FOUND and _asks_number(part)
    ]
    if not still_open:
        return whole
    text = "\n\n".join((whole.text, *(answer.text for answer in still_open)))
    return whole.model_copy(update={"text": text, "value": None})


def _asks_number(part: Question) -> bool:
    return says(part.raw.lower(), "asks_part_number", "sum_named")


def share_a_place(one: Answer, other: Answer) -> bool:
    """Whether two answers cite the same row, or words of the same lines."""
    rows, lines = (
        ({(c.document, c.table, c.row) for c in each.citations} for each in (one, other)),
        ({(c.document, c.page, c.lines) for c in each.citations if c.lines is not None} for each in (one, other)),
    )
    return bool(set.intersection(*rows) or set.intersection(*lines))


def share_a_project(one: Plan, other: Plan, catalog: Catalog) -> bool:
    """Whether two plans are of one project: a field of its sheet and its money."""
    return bool(_projects_of(one, catalog) & _projects_of(other, catalog))


def _projects_of(plan: Plan, catalog: Catalog) -> set[str]:
    found = {plan.project} if isinstance(plan, FieldLookup) else set()
    for selector in selectors_in(plan):
        found |= {selector.project, *(label_key(catalog.by_id[i].fact.project) for i in selector.fact_ids)}
    return found - {""}


def _value(parts: Sequence[Question], answers: Sequence[Answer]) -> Value | None:
    """What is asked as a number: money before shares, both before counts, the first of them; else whatever was found."""
    found = [
        (not _asks_number(part), _place_of(answer, part), number)
        for number, (part, answer) in enumerate(zip(parts, answers, strict=True))
        if answer.status is AnswerStatus.ANSWERED and answer.value is not None
    ]
    return answers[min(found)[-1]].value if found else None


_MONEY, _MEASURED, _COUNTED = range(3)


def _place_of(answer: Answer, part: Question) -> int:
    """Money before what is measured, shares among it, before the number of things in a set."""
    unit = answer.value.unit if answer.value is not None else ""
    if unit == YUAN:
        return _MONEY
    return _COUNTED if unit == "个" or says(part.raw, "set_counted") else _MEASURED


def _clauses(text: str) -> list[str]:
    """The text cut at its stops, none inside brackets or quotes."""
    clauses, start, depth = [], 0, 0
    for position, letter in enumerate(text):
        depth = max(0, depth + _SIDES.get(letter, 0))
        if depth == 0 and _BREAK.match(text, position):
            clauses.append(text[start:position])
            start = position + 1
    clauses.append(text[start:])
    return [clause.strip() for clause in clauses if clause.strip()]


def _joined_questions(clause: str) -> list[str]:
    """`是哪一项、多少钱` is two questions, `道路、桥梁各多少` one."""
    for found in _JOINT.finditer(clause):
        sides = clause[: found.start()].strip(), clause[found.end() :].strip()
        if all(says(side.lower(), "asks_part") for side in sides) and cue("asks_part_alone").match(sides[1].lower()):
            return [sides[0], *_joined_questions(sides[1])]
    return [clause]
