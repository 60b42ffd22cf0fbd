"""Answers from the sheets of projects: their fields as printed, and where their money stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, AnswerStatus, Step, Value
from assistant.catalog import LEVELS, Catalog, Project
from assistant.computing.figures import FUND_LABELS, Missing
from assistant.computing.results import Result
from assistant.cues import says
from assistant.names.linking import indicator_name
from assistant.plan import Decline, FieldLookup, Placing
from assistant.question import Question
from assistant.telling.answering import Answering, plain_number
from assistant.words import field_by_key
from ingest.facts import ONE_FUND, Absence, Fund, Vintage
from ingest.labels import joined_label, label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import format_quantity

_STAMP = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])\d*")
VINTAGES = {Vintage.CARRIED_OVER: "上年结转", Vintage.CURRENT: "当年预算安排（新安排）"}


class SheetTelling:
    """Tells sheets over one catalog."""

    def __init__(self, catalog: Catalog, answering: Answering) -> None:
        self.catalog = catalog
        self.answering = answering

    def fields(self, question: Question, plan: FieldLookup) -> Answer:
        """The fields asked for; what the question takes one to say is confirmed or denied."""
        if not plan.project:
            return self._of_all_sheets(question, plan)
        if plan.others:
            return self._of_several(question, plan)
        project = self.catalog.project_by_key[plan.project][0]
        lines = [self._line(project, key, question.english) for key in plan.fields]
        cells = [cell for key in plan.fields if (cell := _cell(project, key)) is not None]
        costs = _costs(project) if plan.with_costs else []
        if costs:
            lines.append("成本指标：" + "；".join(f"{indicator_name(cell)} {cell.fact.printed}" for cell in costs))
        printed = [joined_label(cell.fact.printed) for cell in cells if cell.fact.printed]
        verdict = any(plan.claimed in text for text in printed) if plan.claimed and printed else None
        head = (
            f"**{project.name}**" if verdict is None else f"{_verdict_words(verdict, question.english)}{project.name}"
        )
        text = head + "\n\n" + "\n\n".join(lines)
        if not printed:
            text = f"**不能回答**：{project.name}的" + "；".join(lines) + "。"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED if printed else AnswerStatus.NOT_FOUND,
            text=text,
            value=_number_of(cells) if verdict is None else None,
            verdict=verdict,
            citations=self.answering.citations([*cells, *costs]),
        )

    def _of_several(self, question: Question, plan: FieldLookup) -> Answer:
        """A field of each of several projects; whether it is the same in all, where that is asked."""
        projects = [self.catalog.project_by_key[key][0] for key in (plan.project, *plan.others)]
        cells = [cell for each in projects for key in plan.fields if (cell := _cell(each, key)) is not None]
        printed = {_readable(cell.fact.printed).partition("（")[0] for cell in cells if cell.fact.printed}
        judged = says(question.said, "same_in_all") and all(cell.fact.printed for cell in cells)
        verdict = len(printed) == 1 if judged and len(cells) == len(projects) else None
        lines = [
            f"- {each.name}：" + "；".join(self._line(each, k, question.english) for k in plan.fields)
            for each in projects
        ]
        head = [] if verdict is None else [_verdict_words(verdict, question.english)]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED if printed else AnswerStatus.NOT_FOUND,
            text="\n\n".join([*head, "\n".join(lines)]),
            verdict=verdict,
            citations=self.answering.citations(cells),
        )

    def _line(self, project: Project, key: str, english: bool) -> str:
        label = field_by_key()[key].english if english else field_by_key()[key].label
        cell = _cell(project, key)
        if cell is None:
            return f"{label}: no such field" if english else f"{label}：绩效目标表没有这一栏"
        if not cell.fact.printed:
            return f"{label}：{_absence_words(cell, english)}"
        return f"{label}：{_readable(cell.fact.printed)}" + (
            "（原文到此被截断）" if self._is_cut(project.key, key) else ""
        )

    def _of_all_sheets(self, question: Question, plan: FieldLookup) -> Answer:
        """A field that all sheets print alike, or each value with its projects."""
        lines, cells = list[str](), list[StoredFact]()
        steps: list[Step] = []
        for key in plan.fields:
            by_value: dict[str, list[StoredFact]] = {}
            for project in self.catalog.projects.values():
                if (cell := _cell(project, key)) is not None and cell.fact.printed:
                    by_value.setdefault(joined_label(cell.fact.printed), []).append(cell)
            label = field_by_key()[key].english if question.english else field_by_key()[key].label
            if not by_value:
                blank = [
                    cell for project in self.catalog.projects.values() if (cell := _cell(project, key)) is not None
                ]
                counted = f"{len(blank)} 张绩效目标表的「{label}」栏都是空白"
                steps.append(Step(expression=counted, result=Value(number=str(len(blank)), unit="张")))
                lines.append(f"**没有填写**：{counted}")
                cells += blank
            elif len(by_value) == 1:
                lines += [f"**{label}：{value}**" for value in by_value]
            else:
                names = {
                    value: "、".join(dict.fromkeys(c.fact.project for c in found)) for value, found in by_value.items()
                }
                lines += [f"- {label}：{value}（{names[value]}）" for value in by_value]
            cells += [found[0] for found in by_value.values()]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n".join(lines),
            verdict=False if all(not cell.fact.printed for cell in cells) else None,
            steps=tuple(steps),
            citations=self.answering.citations(cells),
        )

    def _is_cut(self, project: str, field: str) -> bool:
        return any(
            s.passage.truncated and s.passage.field == field and label_key(s.passage.project) == project
            for s in self.catalog.passages
        )

    def placing(self, question: Question, plan: Placing) -> Answer:
        """A project's amounts by fund and year of origin, as its table rows print them."""
        project = self.catalog.project_by_key[plan.project][0]
        cells = [s for s in project.rows if s.fact.quantity is not None and s.fact.quantity.number != 0]
        cells += project.sources
        if not cells:
            return self.answering.declined(
                question, Result(Decline("unknown"), missing=Missing("year_item", f"{project.name}的资金来源"))
            )
        verdict = None if plan.claimed is None else plan.claimed in project.vintages
        if plan.fund is not None:
            verdict = _is_paid_from(plan.fund, cells)
        head = "" if verdict is None else _verdict_words(verdict, question.english) + "\n\n"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=f"{head}**{project.name}**\n\n" + "\n".join(_placed(cells)),
            verdict=verdict,
            citations=self.answering.citations(cells),
        )


def _is_paid_from(fund: Fund, cells: Sequence[StoredFact]) -> bool | None:
    """Whether any of the amounts is of a purse or a government; None where none is of its kind."""
    alike = [s for s in cells if (s.fact.coordinates.fund in LEVELS) is (fund in LEVELS)]
    paid = {s.fact.coordinates.fund for s in alike if s.fact.quantity is not None and s.fact.quantity.number}
    paid -= {Fund.ALL, Fund.FISCAL}
    return fund in paid or (fund is Fund.FISCAL and bool(paid & ONE_FUND)) if paid else None


def _placed(cells: Sequence[StoredFact]) -> list[str]:
    """A line for each amount: its table, its fund, whether it is this year's or carried over."""
    lines = []
    for stored in cells:
        at, quantity = stored.fact.coordinates, stored.fact.quantity
        vintage = f"，属{VINTAGES[at.vintage]}" if at.vintage in VINTAGES else ""
        fund = FUND_LABELS[at.fund] or stored.fact.column[-1]
        shown = format_quantity(quantity) if quantity is not None else ""
        lines.append(f"- {stored.fact.table}：{fund} {stored.fact.printed}（{shown}）{vintage}")
    return lines


def _cell(project: Project, key: str) -> StoredFact | None:
    cells = project.fields.get(key, [])
    return next((c for c in cells if c.fact.printed), cells[0] if cells else None)


def _number_of(cells: Sequence[StoredFact]) -> Value | None:
    """The one number with its unit that a field asked for alone prints, as the years of a project."""
    quantity = cells[0].fact.quantity if len(cells) == 1 else None
    return Value(number=plain_number(quantity), unit=quantity.unit) if quantity is not None and quantity.unit else None


def _costs(project: Project) -> list[StoredFact]:
    """The cost targets of a sheet, each once."""
    costs = (s for s in project.indicators if any("成本" in label for label in s.fact.row_path) and s.fact.printed)
    return list({(indicator_name(s), s.fact.printed): s for s in costs}.values())


def _readable(printed: str) -> str:
    """A stamp of digits as a date, with its print: 20230113162321 → 2023-01-13（印作 …）."""
    stamp = _STAMP.fullmatch(joined_label(printed))
    return f"{stamp['year']}-{stamp['month']}-{stamp['day']}（印作 {printed}）" if stamp else printed


def _verdict_words(verdict: bool, english: bool) -> str:
    if english:
        return "**Yes.** " if verdict else "**No.** "
    return "**是。**" if verdict else "**否。**"


def _absence_words(cell: StoredFact, english: bool) -> str:
    if cell.fact.absence is Absence.LOST:
        return "lost in the source" if english else "原文缺失，没有印出"
    return "left blank in the source" if english else "原文空白，未填写"
