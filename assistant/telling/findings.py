"""Answers from findings: what does not tie out, in the whole, in a table, of a project; whether a list adds up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Answer, AnswerStatus, Citation, Item, Step, Value
from assistant.catalog import Catalog
from assistant.computing.arithmetic import full, percent, rounded
from assistant.computing.figures import FUND_LABELS
from assistant.plan import Audit, CheckFinding
from assistant.question import Question
from assistant.telling.answering import Answering, plain_number
from ingest.facts import Grade, Role
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFinding
from ingest.numbers.numbers import format_quantity
from ingest.numbers.quantities import PERCENT, Quantity


class FindingTelling:
    """Tells findings over one catalog."""

    def __init__(self, catalog: Catalog, answering: Answering) -> None:
        self.catalog = catalog
        self.answering = answering

    def check_finding(self, question: Question, plan: CheckFinding) -> Answer:
        told = [self.catalog.findings[number] for number in plan.findings]
        if plan.expected and plan.actual:
            return self._related(question, plan, told[0])
        holds = all(stored.finding.grade is not Grade.DISAGREES for stored in told)
        head = _verdict_words(holds, plan.denied, question.english)
        cells = [self.catalog.by_id[i] for stored in told for i in stored.fact_ids if i in self.catalog.by_id]
        text = f"{head}：" + "\n\n".join(stored.finding.summary + self._paid_from(stored) for stored in told)
        bases = [step for stored in told for step in self._last_year(stored)]
        for finding in (stored.finding for stored in told if not bases):
            if finding.recomputation and finding.recomputation not in finding.summary:
                text += f"\n\n计算：{finding.recomputation}"
        text += "".join(f"\n\n上年数：{step.expression}" for step in bases)
        value = self._worked_out(told[0], plan.ask)
        if plan.projects:
            value = Quantity(Decimal(len(plan.projects)), "个") if plan.ask == "projects" else None
            text = f"{'、'.join(self.catalog.project_by_key[key][0].name for key in plan.projects)}\n\n{text}"
            rows = (s for key in plan.projects for p in self.catalog.project_by_key[key] for s in p.budget()[:1])
            cells = [*cells, *rows]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=f"**{_readable(value)}**\n\n{text}" if value is not None else text,
            value=Value(number=plain_number(value), unit=value.unit) if value is not None else None,
            verdict=holds is not plan.denied,
            steps=(*(step for stored in told for step in _step_of(stored)), *bases),
            citations=self.answering.citations({cell.id: cell for cell in cells}.values()),
        )

    def _last_year(self, stored: StoredFinding) -> tuple[Step, ...]:
        """Last year's figure, which a printed change is recomputed from."""
        now, change = self._changed(stored)
        if now is None or change is None:
            return ()
        before = Quantity(now.number - change.number, now.unit)
        sign = "+" if change.number < 0 else "-"
        shown = f"{format_quantity(now)} {sign} {format_quantity(Quantity(abs(change.number), change.unit))}"
        number = Value(number=plain_number(before), unit=before.unit)
        return (Step(expression=f"{shown} = {format_quantity(before)}", result=number),)

    def _paid_from(self, stored: StoredFinding) -> str:
        """Where the sheet puts the money, beside a finding that it stands at another level of government than is told."""
        if stored.finding.rule != "sheet.fund_sources":
            return ""
        facts = (self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id)
        keys = {label_key(fact.project) for fact in facts if fact.project}
        cells = [s for key in sorted(keys) for p in self.catalog.project_by_key.get(key, ()) for s in p.sources]
        held = {s.fact.coordinates.fund: s.fact.quantity for s in cells if s.fact.quantity and s.fact.quantity.number}
        paid = "、".join(f"{FUND_LABELS[level]} {format_quantity(amount)}" for level, amount in held.items())
        return f"资金来源实际填在：{paid}。" if paid else ""

    def _changed(self, stored: StoredFinding) -> tuple[Quantity, Quantity] | tuple[None, None]:
        """This year's figure and its change, where a finding is about both."""
        cells = [self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id]
        by_role = {fact.coordinates.role: fact.quantity for fact in cells if fact.quantity is not None}
        now, change = by_role.get(Role.AMOUNT), by_role.get(Role.CHANGE)
        return (now, change) if now is not None and change is not None and now.unit == change.unit else (None, None)

    def _worked_out(self, stored: StoredFinding, ask: str) -> Quantity | None:
        """The number that is asked for beside the verdict: last year's figure, or the rate worked out anew."""
        now, change = self._changed(stored)
        if ask == "last_year" and now is not None and change is not None:
            return Quantity(now.number - change.number, now.unit)
        if ask == "rate" and now is not None and change is not None:
            return percent(change.number, now.number - change.number)
        return stored.finding.expected if ask == "rate" else None

    def _related(self, question: Question, plan: CheckFinding, stored: StoredFinding) -> Answer:
        """How the two named sides of a finding stand to each other, with both numbers and the difference."""
        finding = stored.finding
        assert finding.expected is not None and finding.actual is not None
        expected, actual = finding.expected, finding.actual
        apart = Quantity(abs(actual.number - expected.number), actual.unit)
        sides = (expected.number, actual.number) if plan.turned else (actual.number, expected.number)
        holds = _stands(sides[0], plan.relation, sides[1])
        shown = {"expected": expected, "actual": actual, "difference": apart}.get(plan.ask)
        larger, smaller = (
            (plan.actual, plan.expected) if actual.number > expected.number else (plan.expected, plan.actual)
        )
        told = f"{plan.expected} {full(expected)}，{plan.actual} {full(actual)}"
        told += f"；{larger}比{smaller}多 {full(apart)}" if apart.number else "，两者相等"
        head = f"**{full(shown)}**" if shown is not None else _head_of(plan, holds, question.english)
        verdict = _relation_words(plan, holds) if not question.english else ""
        cells = [self.catalog.by_id[i] for i in stored.fact_ids if i in self.catalog.by_id]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text=f"{head}\n\n{verdict}{told}。\n\n依据：{finding.summary}{self._paid_from(stored)}",
            value=Value(number=plain_number(shown), unit=shown.unit) if shown is not None else None,
            verdict=holds is not plan.denied,
            steps=_step_of(stored)
            + (
                (Step(expression=told, result=Value(number=plain_number(apart), unit=apart.unit)),)
                if apart.number or plan.ask == "difference"
                else ()
            ),
            citations=self.answering.citations({cell.id: cell for cell in cells}.values()),
        )

    def audit(self, question: Question, plan: Audit) -> Answer:
        concerned = [f for f in self.catalog.findings if self._concerns(f, plan)]
        findings = [f for f in concerned if f.finding.grade is not Grade.AGREES]
        findings.sort(key=lambda f: f.finding.grade is not Grade.DISAGREES)
        wrong = [f for f in findings if f.finding.grade is Grade.DISAGREES]
        verdict = not wrong if plan.judge else None
        if not wrong:
            return self._nothing_wrong(question, concerned, verdict)
        head = (
            f"**共发现 {len(wrong)} 处对不上或缺失的地方：**" if not question.english else f"**{len(wrong)} findings:**"
        )
        if plan.by_project:
            return self._projects_concerned(question, wrong, verdict)
        lines = [head, *(f"{n}. {self._with_table_number(f)}" for n, f in enumerate(wrong, start=1))]
        judged = wrong if plan.judge and len(wrong) == 1 else []
        lines += filter(None, map(_apart, judged))
        cells = [self.catalog.by_id[i] for f in wrong for i in f.fact_ids[:6] if i in self.catalog.by_id]
        citations: tuple[Citation, ...] = self.answering.citations({c.id: c for c in cells}.values())
        items = tuple(Item(label=self._with_table_number(f)) for f in wrong)
        steps = tuple(step for f in wrong for step in _step_of(f))
        steps += tuple(step for f in judged for step in _step_apart(f))
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

    def _projects_concerned(self, question: Question, wrong: Sequence[StoredFinding], verdict: bool | None) -> Answer:
        """The projects that findings speak of, each with its finding and how far its two sides are apart."""
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
            f"{n}. {name}：{'；'.join(f.finding.summary + _apart(f) for f in found)}"
            for n, (name, found) in enumerate(by_project.items(), start=1)
        ]
        cells = [self.catalog.by_id[i] for f in wrong for i in f.fact_ids[:4] if i in self.catalog.by_id]
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n".join(lines),
            verdict=verdict,
            items=tuple(Item(label=name) for name in by_project),
            steps=tuple(step for f in wrong for step in (*_step_of(f), *_step_apart(f))),
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
        if plan.projects:
            named = {label_key(self.catalog.by_id[i].fact.project) for i in stored.fact_ids if i in self.catalog.by_id}
            return not named.isdisjoint(plan.projects)
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


def _verdict_words(holds: bool, denied: bool, english: bool) -> str:
    """The head of an answer: whether it agrees, or whether it contradicts itself where that is asked."""
    if english:
        return "**Yes, it ties out**" if holds else "**No, it does not tie out**"
    if denied:
        return "**没有矛盾，对得上**" if holds else "**有矛盾，对不上**"
    return "**是，对得上**" if holds else "**否，对不上**"


def _readable(quantity: Quantity) -> str:
    return f"{rounded(quantity.number, 4)}%" if quantity.unit == PERCENT else full(quantity)


def _stands(one: Decimal, relation: str, other: Decimal) -> bool:
    return {"=": one == other, ">": one > other, "<": one < other, "≤": one <= other, "≥": one >= other}[relation]


_SAID = {
    "=": ("等于", "不等于"),
    ">": ("超过", "没有超过"),
    "<": ("低于", "不低于"),
    "≤": ("没有超过", "超过"),
    "≥": ("不低于，够", "低于，不够"),
}


def _head_of(plan: CheckFinding, holds: bool, english: bool) -> str:
    if plan.relation == "=":
        return _verdict_words(holds, plan.denied, english)
    return ("**Yes**" if holds else "**No**") if english else ("**是**" if holds else "**否**")


def _relation_words(plan: CheckFinding, holds: bool) -> str:
    sides = (plan.expected, plan.actual) if plan.turned else (plan.actual, plan.expected)
    verb, _, judged = _SAID[plan.relation][0 if holds else 1].partition("，")
    return f"{sides[0]}{verb}{sides[1]}{'，' if judged else ''}{judged}："


def _difference(stored: StoredFinding) -> Quantity | None:
    """How far the two sides of a finding are apart; None where it has no two sides of one unit, or they are equal."""
    expected, actual = stored.finding.expected, stored.finding.actual
    if expected is None or actual is None or expected.unit != actual.unit or expected.number == actual.number:
        return None
    return Quantity(abs(actual.number - expected.number), actual.unit)


def _apart(stored: StoredFinding) -> str:
    difference = _difference(stored)
    return f"差 {full(difference)}。" if difference is not None else ""


def _step_apart(stored: StoredFinding) -> tuple[Step, ...]:
    difference = _difference(stored)
    if difference is None:
        return ()
    number = Value(number=plain_number(difference), unit=difference.unit)
    return (Step(expression=f"差 {full(difference)}", result=number),)


def _step_of(stored: StoredFinding) -> tuple[Step, ...]:
    """A finding's recomputation as a step of the answer."""
    finding = stored.finding
    result = finding.actual or finding.expected
    if result is None:
        return ()
    shown = finding.recomputation or finding.summary
    return (Step(expression=shown, result=Value(number=plain_number(result), unit=result.unit)),)
