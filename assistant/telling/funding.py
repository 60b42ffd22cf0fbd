"""Answers that tell which subject pays for which project, with the sums that prove it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, AnswerStatus, Item, Step, Value
from assistant.catalog import Catalog
from assistant.computing.figures import FUND_LABELS, Missing
from assistant.computing.funding import Funded, Funding
from assistant.computing.results import Result
from assistant.plan import Decline, FundedBy
from assistant.question import Question
from assistant.telling.answering import Answering, plain_number
from assistant.telling.sheets import VINTAGES
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import format_quantity


class FundingTelling:
    """Tells subjects and projects over one catalog."""

    def __init__(self, catalog: Catalog, answering: Answering) -> None:
        self.catalog = catalog
        self.answering = answering
        self._funding = Funding(catalog)

    def funded(self, question: Question, plan: FundedBy) -> Answer:
        """The subjects of a project, or the projects of a subject; how the amounts tell it."""
        found = self._funding.of_project(plan.project) if plan.project else self._funding.of_subject(plan.code)
        if not found:
            return self.answering.declined(question, Result(Decline("unknown"), missing=Missing("no_subject", "")))
        heads = [_subjects(found)] if plan.project else [_projects(each) for each in found]
        steps = [step for each in found for step in _proof(each)]
        proof = [_where(each) for each in found]
        text = "\n".join(
            (*heads, "", *proof, "", "（" + "；".join(step.expression for step in steps) + "；按金额相等推断）")
        )
        items = [Item(label=each.label, value=_value(each.cell)) for each in found]
        if not plan.project:
            items = [
                Item(label=p.name, value=_value(cell))
                for each in found
                for p, cell in zip(each.projects, each.parts, strict=True)
            ]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=text,
            items=tuple(items),
            steps=tuple(steps),
            citations=self.answering.citations(cell for each in found for cell in (each.cell, *each.parts)),
        )


def _subjects(found: Sequence[Funded]) -> str:
    return f"**{'、'.join(dict.fromkeys(each.label for each in found))}**"


def _projects(funded: Funded) -> str:
    amounts = (f"{project.name}（{_shown(cell)}）" for project, cell in zip(funded.projects, funded.parts, strict=True))
    return f"**{'、'.join(amounts)}**：{funded.label}"


def _where(funded: Funded) -> str:
    """The subject's amount with its table, fund and origin."""
    origin = f"，属{VINTAGES[funded.vintage]}" if funded.vintage in VINTAGES else ""
    fund = FUND_LABELS[funded.fund]
    return f"- {funded.cell.fact.table}「{funded.label}」：{fund} {_shown(funded.cell)}{origin}"


def _proof(funded: Funded) -> list[Step]:
    parts = " + ".join(f"{p.name} {_shown(c)}" for p, c in zip(funded.projects, funded.parts, strict=True))
    return [Step(expression=f"{parts} = {funded.label} {_shown(funded.cell)}", result=_value(funded.cell))]


def _value(cell: StoredFact) -> Value:
    assert cell.fact.quantity is not None
    return Value(number=plain_number(cell.fact.quantity), unit=cell.fact.quantity.unit)


def _shown(cell: StoredFact) -> str:
    assert cell.fact.quantity is not None
    return format_quantity(cell.fact.quantity)
