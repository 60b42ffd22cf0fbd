"""Answers that are words: fields of a sheet, passages, definitions, findings, greetings, and why something is missing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, AnswerStatus, Citation, Item
from assistant.answering import Answering
from assistant.catalog import Catalog
from assistant.figures import Missing
from assistant.linking import Linker
from assistant.passages import Found, Passages
from assistant.plan import Audit, Decline, Define, FieldLookup, Lookup, Quote
from assistant.question import Question
from assistant.results import Result
from assistant.words import field_by_key, reasons
from ingest.facts import Absence, Grade, Period
from ingest.labels import joined_label, label_key
from ingest.ledger import StoredFact, StoredFinding

_ENOUGH = 0.5


class Telling:
    """Tells texts over one catalog."""

    def __init__(self, catalog: Catalog, linker: Linker, passages: Passages, answering: Answering) -> None:
        self.catalog = catalog
        self.linker = linker
        self.passages = passages
        self.answering = answering

    def tell(self, question: Question, plan: Define | Quote | FieldLookup | Audit) -> Answer:
        match plan:
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
        return Answer(question=question.raw, status=AnswerStatus.NOT_FOUND, text=(reason.en if question.english else reason.zh) + "。")

    def missing(self, question: Question, result: Result) -> Answer:
        """Why a figure is missing; what the document itself says of its absence is quoted."""
        assert result.missing is not None
        plan = result.plan
        if isinstance(plan, Lookup) and result.missing.reason in ("year_item", "unknown"):
            stated = self._stated_absence(plan.of.label or plan.of.words)
            if stated is not None:
                return self._quoted(question, [stated])
        if isinstance(plan, Decline) and plan.reason == "unknown" or result.missing.reason == "unknown":
            return self._unknown(question, result)
        return self.answering.declined(question, result, self._nearest_numbers(result))

    def _nearest_numbers(self, result: Result) -> Sequence[str]:
        return ()

    def _unknown(self, question: Question, result: Result) -> Answer:
        links = self.linker.link(question.text)
        nearest = list(dict.fromkeys(link.entry.label for link in links[:5] if link.coverage >= 0.3))[:3]
        return self.answering.declined(question, result, nearest)

    def _stated_absence(self, label: str) -> Found | None:
        """A sentence such as 本部门无机关运行经费."""
        key = label_key(label)
        for stored in self.catalog.passages:
            text = label_key(stored.passage.text)
            if any(f"{word}{key}" in text for word in ("无", "没有", "未安排", "不涉及", "未编制", "没有安排")):
                sentence = next((s for s in stored.passage.text.split("。") if key in label_key(s)), stored.passage.text)
                return Found(stored, 1.0, (sentence.strip() + "。",))
        return None

    # ── sheets ─────────────────────────────────────────────────────────────────────────────────────────────

    def _fields(self, question: Question, plan: FieldLookup) -> Answer:
        project = self.catalog.project_by_key[plan.project][0]
        lines, citations, known = [], [], False
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
        return any(s.passage.truncated and s.passage.field == field and label_key(s.passage.project) == project for s in self.catalog.passages)

    # ── passages ───────────────────────────────────────────────────────────────────────────────────────────

    def _quote(self, question: Question, plan: Quote) -> Answer:
        found = self.passages.find(plan.words, plan.project, plan.fields)
        if plan.project and (not found or found[0].coverage < _ENOUGH):
            found = found[:1] + self.passages.find(plan.words)
            found.sort(key=lambda each: -each.coverage)
        good = [each for each in found if each.coverage >= _ENOUGH]
        if not good:
            return self._unknown(question, Result(Decline("unknown", question.text), missing=Missing("unknown", question.raw.strip())))
        return self._quoted(question, good[:1])

    def _quoted(self, question: Question, found: Sequence[Found]) -> Answer:
        lines, citations = [], []
        for each in found:
            passage = each.passage.passage
            where = passage.project and f"{passage.project} · {_field_label(passage.field)}" or (passage.heading[-1] if passage.heading else "")
            cut = "（原文到此被截断）" if passage.truncated else ""
            for sentence in each.sentences:
                lines.append(f"> {sentence}{cut}")
                citations.append(self.answering.passage_citation(each.passage, sentence))
            lines.append(f"{'Source' if question.english else '依据'}：{where}")
        return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text="\n\n".join(lines), citations=tuple(citations))

    def _definition(self, question: Question, plan: Define) -> Answer:
        stored = self.catalog.terms[plan.term]
        passage = stored.passage
        text = f"**{passage.term}**\n\n> {passage.text}\n\n{'Source' if question.english else '依据'}：{passage.heading[-1] if passage.heading else '名词解释'}"
        return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text=text, citations=(self.answering.passage_citation(stored, passage.text),))

    # ── findings ───────────────────────────────────────────────────────────────────────────────────────────

    def _audit(self, question: Question, plan: Audit) -> Answer:
        findings = [f for f in self.catalog.findings if f.finding.grade is not Grade.AGREES and self._concerns(f, plan)]
        findings.sort(key=lambda f: f.finding.grade is not Grade.DISAGREES)
        if not findings:
            text = "没有发现对不上的地方。" if not question.english else "Nothing was found that does not tie out."
            return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text=text, verdict=None)
        shown = [f for f in findings if f.finding.grade is Grade.DISAGREES] or findings
        lines = [f"**共发现 {len(shown)} 处对不上或缺失的地方：**" if not question.english else f"**{len(shown)} findings:**"]
        lines += [f"{n}. {f.finding.summary}" for n, f in enumerate(shown, start=1)]
        cells = [self.catalog.by_id[i] for f in shown for i in f.fact_ids[:4] if i in self.catalog.by_id]
        citations: tuple[Citation, ...] = self.answering.citations({c.id: c for c in cells}.values())
        items = tuple(Item(label=f.finding.summary) for f in shown)
        return Answer(question=question.raw, status=AnswerStatus.ANSWERED, text="\n".join(lines), items=items, citations=citations)

    def _concerns(self, stored: StoredFinding, plan: Audit) -> bool:
        if plan.tables:
            titles = {self.catalog.tables[t].title for t in plan.tables}
            indexes = {t[1] for t in plan.tables}
            facts = [self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id]
            return stored.finding.table in titles or any(f.table_index in indexes for f in facts)
        if plan.project:
            facts = [self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id]
            return any(label_key(f.project) == plan.project for f in facts) or plan.project in label_key(stored.finding.summary)
        return True


def _field_label(key: str) -> str:
    entry = field_by_key().get(key)
    return entry.label if entry else key


def _absence_words(cell: StoredFact, english: bool) -> str:
    if cell.fact.absence is Absence.LOST:
        return "lost in the source" if english else "原文缺失，没有印出"
    return "left blank in the source" if english else "原文空白，未填写"


def half_words(period: Period) -> str:
    return {Period.WHOLE: "实施期", Period.ANNUAL: "年度"}.get(period, "")


def person(printed: str) -> str:
    return joined_label(printed)
