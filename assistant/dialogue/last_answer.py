"""The last answer again: in another unit, or whether it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.computing.results import Result
from assistant.cues import cue, says
from assistant.dialogue.reading import Reading
from assistant.dialogue.referents import Referents
from assistant.plan import Audit, Change, CheckFinding, Lookup, Plan, Ratio
from assistant.question import Question
from assistant.questions.asked import asks_number
from ingest.numbers.quantities import PERCENT

_SHORT = 16  # characters of a turn that only asks whether the last answer is right


class LastAnswer:
    """Readings of a turn that asks for what was told last once more."""

    def __init__(self, question: Question, text: str, referents: Referents) -> None:
        self.question = question
        self.text = text
        self.referents = referents
        self.focus = referents.focus

    def in_another_unit(self) -> Iterator[Reading]:
        """`换算成亿元`; of a rate or a share the money that it is of."""
        result = self.focus.result
        if result is None or not cue("other_unit").match(self.text):
            return
        of_money = result.value is not None and result.value.unit != PERCENT
        plan = None if of_money else _amount_behind(self.focus.plan, result)
        question = replace(self.focus.question, unit=self.question.unit, raw=self.question.raw)
        yield Reading(question, plan or self.focus.plan)

    def as_an_amount(self) -> Iterator[Reading]:
        """`多少钱` after a question for the name of what was told: its figure."""
        plan, asked = self.focus.plan, self.focus.question.text
        of_a_name = isinstance(plan, Lookup) and not asks_number(asked) and not says(asked, "asks_any_money")
        if of_a_name and self.focus.answered and cue("bare_money").fullmatch(self.text):
            yield Reading(replace(self.focus.question, raw=self.question.raw), plan)

    def as_a_rate(self) -> Iterator[Reading]:
        """`百分之几` after an amount by which something changed: the rate of the change."""
        plan = self.focus.plan
        if isinstance(plan, Change) and plan.ask == "amount" and cue("bare_rate").fullmatch(self.text):
            yield Reading(replace(self.focus.question, raw=self.question.raw), replace(plan, ask="rate"))

    def judged(self) -> Iterator[Reading]:
        """`准确吗`: the change worked out anew, the checks of the tables that were read."""
        result = self.focus.result
        if result is None or not says(self.text, "reasonable"):
            return
        if isinstance(self.focus.plan, Change):
            yield from self._recomputed(result)
        if len(self.text) <= _SHORT:
            cells = {(c.document_id, c.fact.table_index) for c in result.all_cells}
            tables = tuple((document, table) for document, table in cells if table is not None)
            last = self.referents.last
            project = last.selector.project if last is not None and last.selector is not None else ""
            judge = says(self.question.raw, "claim_asked")
            yield Reading(self.question, Audit(self.text, project, tables, judge=judge))

    def _recomputed(self, result: Result) -> Iterator[Reading]:
        """Whether the change just told is right: what was found when the sentence that prints it was worked out anew."""
        cells = {cell.id for cell in result.all_cells}
        for number, stored in enumerate(self.referents.catalog.findings):
            if stored.finding.rule == "prose.change" and cells & set(stored.fact_ids):
                yield Reading(self.question, CheckFinding(self.text, (number,)))
                return


def _amount_behind(plan: Plan, result: Result) -> Plan | None:
    """What a rate or a share is of, in money."""
    match plan:
        case Change(ask="rate"):
            return replace(plan, ask="amount", fall=result.value is not None and result.value.number < 0)
        case Ratio(numerator=numerator):
            return numerator
        case _:
            return None
