"""Answers that tell whether a table has anything in it: its note, how many cells it prints and whether any is above nought."""

from __future__ import annotations

from assistant.answer import Answer, AnswerStatus
from assistant.catalog import Catalog
from assistant.plan import TableFilled
from assistant.question import Question
from assistant.telling.answering import Answering


class TableTelling:
    """Tells tables over one catalog."""

    def __init__(self, catalog: Catalog, answering: Answering) -> None:
        self.catalog = catalog
        self.answering = answering

    def filled(self, question: Question, plan: TableFilled) -> Answer:
        """Whether the table has amounts, or is as empty as is said."""
        table = self.catalog.tables[plan.table]
        cells = [s for s in self.catalog.cells_of_table(plan.table) if s.fact.quantity is not None]
        amounts = [s for s in cells if s.fact.quantity is not None and s.fact.quantity.number]
        noted = f"，并印有“{table.note}”" if table.note else ""
        if plan.claims_blank:
            verdict = not cells
            head = "是，表里一个数也没有印" if verdict else "否，表里不是空着的"
        else:
            verdict = bool(amounts) is not plan.claims_none
            head = f"{'是' if verdict else '否'}，{'有' if amounts else '没有'}数据"
        if amounts:
            told = f"印了{len(cells)}个数，其中{len(amounts)}个不为零"
        elif cells:
            told = f"印的{len(cells)}个数全部是{cells[0].fact.printed}"
        else:
            told = "没有印任何数"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=f"**{head}。**\n\n《{table.title}》{told}{noted}。",
            verdict=verdict,
            citations=self.answering.citations((amounts or cells)[:3]),
        )
