"""Answers that are words: fields of a sheet, passages, definitions, findings, greetings, and why something is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, AnswerStatus, Citation, Item, Step, Value
from assistant.answering import Answering, computation_to_step, plain_number
from assistant.catalog import Catalog
from assistant.computing import Computer
from assistant.figures import FUND_LABELS, Figure, Missing
from assistant.linking import Linker
from assistant.meaning import Meaning
from assistant.passages import Found, Passages
from assistant.plan import (
    Audit,
    Change,
    Check,
    CheckFinding,
    Decline,
    Define,
    FieldLookup,
    Lookup,
    Placing,
    Plan,
    Quote,
    Why,
)
from assistant.premises import Premises
from assistant.question import Question
from assistant.results import Result
from assistant.words import field_by_key, reasons
from ingest.facts import Absence, Grade, Vintage
from ingest.labels import label_key
from ingest.ledger import StoredFact, StoredFinding
from ingest.numbers import find_numerals, format_quantity

_ENOUGH = 0.5


class Telling:
    """Tells texts over one catalog."""

    def __init__(
        self,
        catalog: Catalog,
        linker: Linker,
        passages: Passages,
        answering: Answering,
        computer: Computer,
        premises: Premises,
        meaning: Meaning | None = None,
    ) -> None:
        self.meaning = meaning
        self.catalog = catalog
        self.linker = linker
        self.passages = passages
        self.answering = answering
        self.computer = computer
        self.premises = premises

    def tell(
        self, question: Question, plan: Define | Quote | FieldLookup | Audit | CheckFinding | Placing | Why
    ) -> Answer:
        match plan:
            case Why():
                return self._why(question, plan)
            case CheckFinding():
                return self._check_finding(question, plan)
            case Placing():
                return self._placing(question, plan)
            case FieldLookup():
                return self._fields(question, plan)
            case Define():
                return self._definition(question, plan)
            case Audit():
                return self._audit(question, plan)
            case _:
                return self._quote(question, plan)

    def greeting(self, question: Question) -> Answer:
        names = "、".join(self.answering.document_label(d.id) for d in self.catalog.documents[:3])
        if question.english:
            text = (
                f"Hello. I am 明账 (Mingzhang). Loaded: {names}. Ask for any figure, project, indicator, comparison or definition; "
                "every figure I show is read from the document or computed from such cells, and cited."
            )
        else:
            text = (
                f"您好，我是明账。已载入：{names}。可以问任何一笔预算、项目资金、绩效指标、经办人，也可以求和、比较、算占比、查勾稽。"
                "每个数字都取自文件的单元格或由其精确计算，并注明出处；文件里没有的，我会说明查不到。"
            )
        return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text=text)

    def nothing_loaded(self, question: Question) -> Answer:
        reason = reasons()["nothing_loaded"]
        return Answer(
            question=question.raw,
            status=AnswerStatus.NOT_FOUND,
            text=(reason.en if question.english else reason.zh) + "。",
        )

    def missing(self, question: Question, result: Result) -> Answer:
        """Why a figure is missing; what the document itself says of its absence is quoted."""
        assert result.missing is not None
        plan = result.plan
        for label in _labels_of(plan):
            if (
                result.missing.reason in ("year_item", "unknown", "blank")
                and (stated := self._stated_absence(label)) is not None
            ):
                answer = self._quoted(question, [stated])
                verdict = False if isinstance(plan, Check) else None
                return answer.model_copy(update={"verdict": verdict, "status": AnswerStatus.ANSWERED})
        if (isinstance(plan, Decline) and plan.reason == "unknown") or result.missing.reason == "unknown":
            return self._unknown(question, result)
        return self.answering.declined(question, result, self._nearest_numbers(result))

    def _nearest_numbers(self, result: Result) -> Sequence[str]:
        return ()

    def _unknown(self, question: Question, result: Result) -> Answer:
        links = self.linker.link(question.text)
        looked_for = label_key(result.missing.detail) if result.missing is not None else ""
        near = (link.entry.label for link in links[:5] if link.coverage >= 0.3)
        nearest = list(dict.fromkeys(label for label in near if label_key(label) != looked_for))[:3]
        if not nearest and self.meaning is not None:
            nearest = list(self.meaning.nearest(question.raw))
        return self.answering.declined(question, result, nearest)

    def _stated_absence(self, label: str) -> Found | None:
        """A sentence such as 本部门无机关运行经费."""
        key = label_key(label)
        for stored in self.catalog.passages:
            text = label_key(stored.passage.text)
            if any(f"{word}{key}" in text for word in ("无", "没有", "未安排", "不涉及", "未编制", "没有安排")):
                sentence = next(
                    (s for s in stored.passage.text.split("。") if key in label_key(s)), stored.passage.text
                )
                return Found(stored, 1.0, (sentence.strip() + "。",))
        return None

    def corrected(self, question: Question, answer: Answer) -> Answer:
        """The answer with what the question wrongly takes for granted set right before it."""
        corrections = [*self.premises.of_project(question.text), *self.premises.of_count(question.text)]
        if not corrections:
            return answer
        text = "\n\n".join(f"**{c.text}。**" for c in corrections)
        if answer.status is AnswerStatus.ANSWERED:
            text += f"\n\n{answer.text}"
        cells = self.answering.citations(cell for c in corrections for cell in c.cells)
        steps = tuple(computation_to_step(computation) for c in corrections for computation in c.steps)
        found = {"citations": (*answer.citations, *cells), "steps": (*steps, *answer.steps)}
        return answer.model_copy(update={"text": text, "status": AnswerStatus.ANSWERED, **found})

    def _why(self, question: Question, plan: Why) -> Answer:
        """The premise set right where it is wrong, else the reason the document gives."""
        computed = self.computer.compute(Change(plan.of, "amount"))
        amount = self.computer.figures.figure(plan.of)
        correction = self.premises.of_direction(
            question.original or question.text, plan.of, computed, amount if isinstance(amount, Figure) else None
        )
        if isinstance(amount, Missing) and (stated := self._stated_absence(plan.of.label)) is not None:
            return self._quoted(question, [stated])
        reason = self._reason(plan, computed)
        if correction is None:
            return reason or self._quote(question, Quote(plan.words))
        text = f"**{correction.text}。**"
        citations = self.answering.citations(correction.cells)
        return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text=text, citations=citations)

    def _reason(self, plan: Why, computed: Result) -> Answer | None:
        """The sentence that states the change, when it also gives a reason."""
        for cell in computed.all_cells:
            if "原因" in cell.fact.sentence or "由于" in cell.fact.sentence or "主要是" in cell.fact.sentence:
                text = f"> {cell.fact.sentence}\n\n依据：{cell.fact.table}"
                return Answer(
                    question=plan.words,
                    status=AnswerStatus.ANSWERED,
                    text=text,
                    citations=self.answering.citations([cell]),
                )
        return None

    def _check_finding(self, question: Question, plan: CheckFinding) -> Answer:
        stored = self.catalog.findings[plan.finding]
        holds = stored.finding.grade is Grade.AGREES
        head = (
            ("**是，对得上**" if holds else "**否，对不上**")
            if not question.english
            else ("**Yes, it ties out**" if holds else "**No, it does not tie out**")
        )
        cells = [self.catalog.by_id[i] for i in stored.fact_ids if i in self.catalog.by_id]
        text = f"{head}：{stored.finding.summary}"
        if stored.finding.recomputation and stored.finding.recomputation not in stored.finding.summary:
            text += f"\n\n计算：{stored.finding.recomputation}"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=text,
            verdict=holds,
            steps=_step_of(stored),
            citations=self.answering.citations(cells),
        )

    def _placing(self, question: Question, plan: Placing) -> Answer:
        """A project's amounts by fund and year of origin, as its table rows print them."""
        project = self.catalog.project_by_key[plan.project][0]
        cells = [s for s in project.rows if s.fact.quantity is not None and s.fact.quantity.number != 0]
        lines = []
        for stored in cells:
            at = stored.fact.coordinates
            vintage = {Vintage.CARRIED_OVER: "上年结转", Vintage.CURRENT: "当年预算安排（新安排）"}.get(at.vintage, "")
            fund = FUND_LABELS[at.fund] or stored.fact.column[-1]
            lines.append(
                f"- {stored.fact.table}：{fund} {stored.fact.printed}（{format_quantity(stored.fact.quantity)}）"
                + (f"，属{vintage}" if vintage else "")
                if stored.fact.quantity
                else ""
            )
        text = f"**{project.name}**\n\n" + "\n".join(lines)
        verdict = None if plan.claimed is None else plan.claimed in project.vintages
        if verdict is not None:
            text = ("**是。**" if verdict else "**否。**") + "\n\n" + text
        if not cells:
            return self.answering.declined(
                question, Result(Decline("unknown"), missing=Missing("year_item", f"{project.name}的资金来源"))
            )
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=text,
            verdict=verdict,
            citations=self.answering.citations(cells),
        )

    # ── sheets ─────────────────────────────────────────────────────────────────────────────────────────────

    def _fields(self, question: Question, plan: FieldLookup) -> Answer:
        project = self.catalog.project_by_key[plan.project][0]
        lines: list[str] = []
        citations: list[Citation] = []
        known = False
        for key in plan.fields:
            label = field_by_key()[key].english if question.english else field_by_key()[key].label
            cells = project.fields.get(key, [])
            cell = next((c for c in cells if c.fact.printed), cells[0] if cells else None)
            if cell is None:
                lines.append(f"{label}：绩效目标表没有这一栏" if not question.english else f"{label}: no such field")
                continue
            citations += self.answering.citations([cell])
            if not cell.fact.printed:
                lines.append(f"{label}：{_absence_words(cell, question.english)}")
                continue
            known = True
            cut = self._is_cut(project.key, key)
            lines.append(f"{label}：{cell.fact.printed}" + ("（原文到此被截断）" if cut else ""))
        name = project.name
        head = f"**{name}**"
        status = AnswerStatus.ANSWERED if known else AnswerStatus.NOT_FOUND
        text = head + "\n\n" + "\n\n".join(lines)
        if not known:
            text = f"**不能回答**：{name}的" + "；".join(lines) + "。"
        return Answer(question=question.raw, status=status, text=text, citations=tuple(citations))

    def _is_cut(self, project: str, field: str) -> bool:
        return any(
            s.passage.truncated and s.passage.field == field and label_key(s.passage.project) == project
            for s in self.catalog.passages
        )

    # ── passages ───────────────────────────────────────────────────────────────────────────────────────────

    def _quote(self, question: Question, plan: Quote) -> Answer:
        if plan.headings and (section := self.passages.under(plan.headings)):
            return self._quoted(question, section)
        found = self.passages.find(plan.words, plan.project, plan.fields)
        if plan.project and (not found or found[0].coverage < _ENOUGH):
            found = found[:1] + self.passages.find(plan.words)
            found.sort(key=lambda each: -each.coverage)
        good = [each for each in found if each.coverage >= _ENOUGH]
        if not good and plan.project and (claimed := self._budget_claimed(question, plan.project)) is not None:
            return claimed
        if not good and plan.fields and plan.project and re.search(r"多长|多宽|怎么|如何|什么|干|做", question.text):
            good = [
                each
                for each in self.passages.find(plan.words, plan.project, plan.fields)
                if each.passage.passage.field in plan.fields
            ][:1]
        if not good:
            return self._unknown(
                question, Result(Decline("unknown", question.text), missing=Missing("unknown", question.raw.strip()))
            )
        return self._quoted(question, good[:1])

    def _budget_claimed(self, question: Question, key: str) -> Answer | None:
        """A question that takes a project's budget for something else: what the amount is for, and that the rest is not told."""
        project = self.catalog.project_by_key[key][0]
        budget = next(iter(project.budget()), None)
        amounts = [
            n.quantity.number
            for n in find_numerals(question.text)
            if n.quantity is not None and re.search("[万亿元]", n.printed)
        ]
        if budget is None or budget.fact.quantity is None or budget.fact.quantity.number not in amounts:
            return None
        text = f"**文件里的 {format_quantity(budget.fact.quantity)} 是「{project.name}」的年度预算**，没有写所问的其他用途或时间。"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=text,
            verdict=False,
            citations=self.answering.citations([budget]),
        )

    def _quoted(self, question: Question, found: Sequence[Found]) -> Answer:
        lines, citations = [], []
        for each in found:
            passage = each.passage.passage
            where = (passage.project and f"{passage.project} · {_field_label(passage.field)}") or (
                passage.heading[-1] if passage.heading else ""
            )
            cut = "（原文到此被截断）" if passage.truncated else ""
            for sentence in each.sentences:
                lines.append(f"> {sentence}{cut}")
                citations.append(self.answering.passage_citation(each.passage, sentence))
            lines.append(f"{'Source' if question.english else '依据'}：{where}")
        items = (
            _enumerated([sentence for each in found for sentence in each.sentences])
            if re.search(r"哪些|哪几|什么|列|which|what", question.raw.lower())
            else ()
        )
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n\n".join(lines),
            items=items,
            citations=tuple(citations),
        )

    def _definition(self, question: Question, plan: Define) -> Answer:
        stored = self.catalog.terms[plan.term]
        passage = stored.passage
        source = f"{'Source' if question.english else '依据'}：{passage.heading[-1] if passage.heading else '名词解释'}"
        text = f"**{passage.term}**\n\n> {passage.text}\n\n{source}"
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=text,
            citations=(self.answering.passage_citation(stored, passage.text),),
        )

    # ── findings ───────────────────────────────────────────────────────────────────────────────────────────

    def _audit(self, question: Question, plan: Audit) -> Answer:
        concerned = [f for f in self.catalog.findings if self._concerns(f, plan)]
        findings = [f for f in concerned if f.finding.grade is not Grade.AGREES]
        findings.sort(key=lambda f: f.finding.grade is not Grade.DISAGREES)
        wrong = [f for f in findings if f.finding.grade is Grade.DISAGREES]
        verdict = not wrong if plan.judge else None
        if not wrong:
            return self._nothing_wrong(
                question, [f for f in concerned if f.finding.grade is not Grade.DISAGREES], verdict
            )
        head = (
            f"**共发现 {len(wrong)} 处对不上或缺失的地方：**" if not question.english else f"**{len(wrong)} findings:**"
        )
        if plan.by_project:
            return self._projects_concerned(question, wrong)
        lines = [head, *(f"{n}. {self._with_table_number(f)}" for n, f in enumerate(wrong, start=1))]
        cells = [self.catalog.by_id[i] for f in wrong for i in f.fact_ids[:6] if i in self.catalog.by_id]
        citations: tuple[Citation, ...] = self.answering.citations({c.id: c for c in cells}.values())
        items = tuple(Item(label=self._with_table_number(f)) for f in wrong)
        steps = tuple(step for f in wrong for step in _step_of(f))
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n".join(lines),
            verdict=verdict,
            items=items,
            steps=steps,
            citations=citations,
        )

    def _nothing_wrong(self, question: Question, proofs: Sequence[StoredFinding], verdict: bool | None) -> Answer:
        text = "**没有发现对不上的地方。**" if not question.english else "**Nothing was found that does not tie out.**"
        lines = [text, *(f"- {f.finding.summary}" for f in proofs[:5])]
        cells = [self.catalog.by_id[i] for f in proofs[:5] for i in f.fact_ids[:4] if i in self.catalog.by_id]
        steps = tuple(step for f in proofs[:5] for step in _step_of(f))
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n".join(lines),
            verdict=verdict,
            steps=steps,
            citations=self.answering.citations(cells),
        )

    def _projects_concerned(self, question: Question, wrong: Sequence[StoredFinding]) -> Answer:
        """The projects that findings speak of, each with its finding."""
        by_project: dict[str, list[StoredFinding]] = {}
        for stored in wrong:
            name = next(
                (
                    self.catalog.by_id[i].fact.project
                    for i in stored.fact_ids
                    if i in self.catalog.by_id and self.catalog.by_id[i].fact.project
                ),
                "",
            )
            if name:
                by_project.setdefault(name, []).append(stored)
        lines = [f"**共 {len(by_project)} 个项目：**" if not question.english else f"**{len(by_project)} projects:**"]
        lines += [
            f"{n}. {name}：{'；'.join(f.finding.summary for f in found)}"
            for n, (name, found) in enumerate(by_project.items(), start=1)
        ]
        cells = [self.catalog.by_id[i] for f in wrong for i in f.fact_ids[:4] if i in self.catalog.by_id]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n".join(lines),
            items=tuple(Item(label=name) for name in by_project),
            steps=tuple(step for f in wrong for step in _step_of(f)),
            citations=self.answering.citations({c.id: c for c in cells}.values()),
        )

    def _with_table_number(self, stored: StoredFinding) -> str:
        """A finding's summary with its table's number, by which readers call it, before the title."""
        summary, title = stored.finding.summary, stored.finding.table
        for number, tables in self.catalog.table_numbers.items():
            for document, index in tables:
                if (
                    document == stored.document_id
                    and self.catalog.tables[(document, index)].title == title
                    and f"《{title}》" in summary
                ):
                    return summary.replace(f"《{title}》", f"表{number}《{title}》", 1)
        return summary

    def _concerns(self, stored: StoredFinding, plan: Audit) -> bool:
        if plan.rules and not stored.finding.rule.startswith(plan.rules):
            return False
        if plan.tables:
            titles = {self.catalog.tables[t].title for t in plan.tables}
            indexes = {t[1] for t in plan.tables}
            facts = [self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id]
            return stored.finding.table in titles or any(f.table_index in indexes for f in facts)
        if plan.project:
            facts = [self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id]
            return any(label_key(f.project) == plan.project for f in facts) or plan.project in label_key(
                stored.finding.summary
            )
        return True


def _field_label(key: str) -> str:
    entry = field_by_key().get(key)
    return entry.label if entry else key


def _absence_words(cell: StoredFact, english: bool) -> str:
    if cell.fact.absence is Absence.LOST:
        return "lost in the source" if english else "原文缺失，没有印出"
    return "left blank in the source" if english else "原文空白，未填写"


def _enumerated(sentences: Sequence[str]) -> tuple[Item, ...]:
    """The entries of a list in a sentence: `内设机构9个：综合科、服务科。`"""
    for sentence in sentences:
        listed = re.search(r"[:：]([^:：；;]+、[^:：；;]+?)(?:等)?[。；;]?$", sentence.strip())
        if listed is not None:
            return tuple(Item(label=entry.strip()) for entry in listed[1].split("、"))
    return ()


def _step_of(stored: StoredFinding) -> tuple[Step, ...]:
    """A finding's recomputation as a step of the answer."""
    finding = stored.finding
    result = finding.actual or finding.expected
    if result is None:
        return ()
    shown = finding.recomputation or finding.summary
    return (Step(expression=shown, result=Value(number=plain_number(result), unit=result.unit)),)


def _labels_of(plan: Plan) -> list[str]:
    """What a plan's figures are called, for looking up whether the document says that it has none."""
    match plan:
        case Lookup():
            return [plan.of.label or plan.of.words]
        case Check(left=Lookup() as left, right=Lookup() as right):
            return [left.of.label, right.of.label]
        case _:
            return []
