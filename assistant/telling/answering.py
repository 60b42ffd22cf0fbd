"""A result in words: the figure first, how the question was understood, the steps, where it stands. Adds no number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answer import Answer, AnswerStatus, Citation, Item, Step, Value
from assistant.catalog import Catalog
from assistant.computing.figures import FUND_LABELS, Figure
from assistant.computing.results import Computation, Result
from assistant.computing.sets import Member
from assistant.cues import says
from assistant.doubts.premises import FELL
from assistant.plan import (
    Aggregate,
    Ambiguous,
    Change,
    Check,
    Combine,
    Compare,
    Consistent,
    CostEstimate,
    Gap,
    Listing,
    Lookup,
    Position,
    Ranked,
    Ratio,
)
from assistant.question import Question
from assistant.telling.wording import Wording
from assistant.words import reasons
from ingest.facts import Origin, Period, Role, Status, Vintage
from ingest.ledger.ledger import StoredFact, StoredPassage
from ingest.numbers.numbers import format_number, format_quantity, number_in
from ingest.numbers.quantities import PERCENT, YUAN, Quantity
from ingest.numbers.units import to_base

_MOST_CITATIONS = 400  # a list shows every member's figure, so it cites every member


class Answering:
    """Writes answers over one catalog, in the question's language."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def answer(self, question: Question, result: Result) -> Answer:
        """The answer object for a result of numbers."""
        say = Wording(question.english)
        if result.missing is not None:
            return self.declined(question, result)
        match result.plan:
            case Lookup():
                text, value, verdict, items = self._lookup(say, question, result)
            case Change(ask=ask):
                text, value, verdict, items = self._change(say, question, result, ask)
            case Check():
                text, value, verdict, items = self._check(say, question, result)
            case Compare(ask=ask):
                text, value, verdict, items = self._compare(say, question, result, ask)
            case Listing() | Ranked():
                text, value, verdict, items = self._list(say, question, result)
            case Position():
                assert result.value is not None
                text = f"**{result.label}：第{format_number(result.value.number)}**\n\n{self._source_line(say, result)}"
                value, verdict, items = result.value, None, []
            case Consistent():
                text, value, verdict, items = self._consistent(say, question, result)
            case Gap():
                text, value, verdict, items = self._gap(say, question, result)
            case Ambiguous():
                return self._ask_back(say, question, result)
            case CostEstimate():
                text, value, verdict, items = self._estimate(say, question, result)
            case _:
                text, value, verdict, items = self._computed(say, question, result)
        warnings = warnings_of(result)
        lines = [
            text,
            *self._steps_lines(say, result),
            *(f"{say('note')}：{note}。" for note in result.notes),
            *(f"⚠ {w}" for w in warnings),
        ]
        status = (
            AnswerStatus.CLARIFY
            if result.by_document and len({f.quantity.number for _, f in result.by_document}) > 1
            else AnswerStatus.ANSWERED
        )
        return Answer(
            question=question.raw,
            status=status,
            text="\n\n".join(line for line in lines if line),
            value=_value(value) if status is AnswerStatus.ANSWERED else None,
            verdict=verdict,
            items=tuple(items),
            steps=tuple(computation_to_step(step) for step in result.steps),
            citations=(
                *self.citations((*result.all_cells, *_also_shown(result))),
                *map(self.sentence_citation, _quoted(result)),
            ),
            warnings=tuple(warnings),
        )

    # ── kinds ──────────────────────────────────────────────────────────────────────────────────────────────

    def _lookup(
        self, say: Wording, question: Question, result: Result
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        if result.by_document and len({f.quantity.number for _, f in result.by_document}) > 1:
            return self._several_documents(say, question, result)
        if result.stated is not None:
            stated = result.stated
            source = f"{say('source')}：{self._places(stated.cells)}"
            text = f"**{stated.text}**\n\n{self._understood(stated.cells[0], stated.label)}\n\n{source}"
            return text, None, None, []
        figure = _in_count_unit(result.figures[0], question.count_unit)
        head = f"**{self.money(figure.quantity, question)}**"
        lines = [head, f"{self._understood(figure.primary, figure.label)}"]
        others = [self._other(say, other, question) for other in figure.others]
        if others:
            lines.append(f"{say('other_readings')}：{'；'.join(others)}。")
        if figure.conflicts:
            lines.append(
                f"⚠ {say('conflict')}："
                + "；".join(self._other(say, other, question) for other in figure.conflicts)
                + "。"
            )
        lines.append(f"{say('source')}：{self._places(figure.cells)}")
        return "\n\n".join(lines), figure.quantity, None, []

    def _several_documents(
        self, say: Wording, question: Question, result: Result
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        items = [
            Item(label=self.document_label(document), value=_value(figure.quantity))
            for document, figure in result.by_document
        ]
        lines = [f"**{say('which_document')}**"]
        lines += [
            f"- {self.document_label(document)}：{self.money(figure.quantity, question)}"
            for document, figure in result.by_document
        ]
        return "\n".join(lines), None, None, items

    def _ask_back(self, say: Wording, question: Question, result: Result) -> Answer:
        """Several things fit: asked back, with each one's figure."""
        lines = [f"**{say('which_one')}**"]
        items = []
        for member in result.members:
            cell = member.figure.cells[0] if member.figure.cells else None
            label = (
                f"{cell.fact.project} · {member.label}"
                if cell is not None and cell.fact.project and cell.fact.project not in member.label
                else member.label
            )
            printed = f"（{say('printed')} {cell.fact.printed}）" if cell is not None else ""
            lines.append(
                f"- {label}：{self.money(member.quantity, question) if member.quantity else member.text}{printed}"
            )
            items.append(Item(label=label, value=_value(member.quantity)))
        cells = [cell for member in result.members for cell in member.figure.cells[:1]]
        return Answer(
            question=question.raw,
            status=AnswerStatus.CLARIFY,
            text="\n".join(lines),
            items=tuple(items),
            citations=self.citations(cells),
        )

    def _change(
        self, say: Wording, question: Question, result: Result, ask: str
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        assert result.value is not None
        value, plan = result.value, result.plan
        if isinstance(plan, Change) and plan.fall:
            value = replace(value, number=-value.number)
        if ask == "last_year":
            head = f"**{say('last_year')}{result.label}：{self.money(value, question)}**" + (
                f"（{say('derived')}）" if result.notes else ""
            )
            return head + f"\n\n{self._source_line(say, result)}", value, None, []
        direction = say("up") if value.number > 0 else say("down") if value.number < 0 else say("unchanged")
        size = Quantity(abs(value.number), value.unit)
        shown = (
            ""
            if value.number == 0
            else (format_quantity(size, places=2) if value.unit == PERCENT else self.money(size, question))
        )
        head = f"**{result.label}{say('than_last_year')}{direction}{shown}**"
        if isinstance(plan, Change) and plan.claimed:
            right = (value.number > 0) - (value.number < 0) == plan.claimed
            head = f"**{say('yes' if right else 'no')}**\n\n{head}"
        quoted = [f"{say('quoted')}：“{cell.fact.sentence}”" for cell in _quoted(result)]
        verdict = (
            None
            if not isinstance(plan, Change) or plan.claimed == 0
            else (value.number > 0) - (value.number < 0) == plan.claimed
        )
        if isinstance(plan, Change) and plan.ask == "direction" and says(question.text, "whether_changed"):
            verdict = value.number != 0
        if isinstance(plan, Change) and plan.claimed == 0 and says(question.text, "whether_unchanged"):
            verdict = value.number == 0
        asked_for_fall = ask == "amount" and bool(FELL.search(question.text))
        given = size if asked_for_fall and value.number < 0 else value  # `减少了多少`: the size of the fall
        return "\n\n".join([head, *quoted, self._source_line(say, result)]), given, verdict, []

    def _check(
        self, say: Wording, question: Question, result: Result
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        plan = result.plan
        assert isinstance(plan, Check) and result.steps
        yes, no = _JUDGED[plan.relation]
        head = f"**{say(yes if result.verdict else no)}**：{result.steps[-1].expression}"
        items = [Item(label=figure.label, value=_value(figure.quantity)) for figure in result.figures]
        return f"{head}\n\n{self._source_line(say, result)}", result.value, result.verdict, items

    def _consistent(
        self, say: Wording, question: Question, result: Result
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        figure = result.figures[0]
        places = self._places((*figure.cells[:2], *figure.conflicts, *result.cells[:1]))
        amount = self.money(figure.quantity, question)
        if result.verdict is None:
            return f"**{say('trusted').format(amount=amount)}**：{result.label}\n\n{places}", result.value, None, []
        head = say("equal") if result.verdict else say("not_equal")
        return f"**{head}**：{result.label} {amount}\n\n{places}", None, result.verdict, []

    def _gap(
        self, say: Wording, question: Question, result: Result
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        assert result.value is not None
        judged = f"{say('no_mistake')}，" if result.verdict is not None else ""
        head = f"**{judged}{say('gap_of').format(amount=self.money(result.value, question))}{result.label}**"
        return f"{head}\n\n{self._source_line(say, result)}", result.value, result.verdict, []

    def _compare(
        self, say: Wording, question: Question, result: Result, ask: str
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        items = [Item(label=figure.label, value=_value(figure.quantity)) for figure in result.figures]
        items += [Item(label=m.label, value=_value(m.quantity)) for m in result.members]
        if ask == "which":
            head = f"**{_of_two(say, question, result.label, items)}**：{result.steps[-1].expression}"
        else:
            assert result.value is not None
            size = Quantity(abs(result.value.number), result.value.unit)
            word = say("more_by") if result.value.number >= 0 else say("less_by")
            head = f"**{result.label}{word} {self.money(size, question)}**"
        value = result.value
        if ask == "difference" and value is not None:
            value = Quantity(abs(value.number), value.unit)
        return f"{head}\n\n{self._source_line(say, result)}", value, None, items

    def _list(
        self, say: Wording, question: Question, result: Result
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        members = tuple(map(_coded, result.members)) if says(question.raw, "codes_asked") else result.members
        plan = result.plan
        items = [Item(label=m.label, value=_value(m.quantity)) for m in members]
        if not members:
            return f"**{say('none')}**", None, None, []
        if len(members) == 1 and isinstance(plan, Ranked):
            member = members[0]
            shown = self.money(member.quantity, question) if member.quantity else member.text
            share = (
                f"，{say('share')} {format_quantity(result.value, places=2)}"
                if plan.with_share and result.value is not None
                else ""
            )
            return f"**{member.label}：{shown}{share}**\n\n{self._source_line(say, result)}", result.value, None, items
        lines = [f"**{say('count_of').format(number=len(members))}**"]
        lines += [
            f"{position}. {self._member_line(member, question)}" for position, member in enumerate(members, start=1)
        ]
        same = {(m.quantity.number, m.quantity.unit) for m in members if m.quantity is not None}
        shared = (
            members[0].quantity
            if isinstance(plan, Listing) and len(same) == 1 and all(m.quantity is not None for m in members)
            else None
        )
        return "\n".join(lines), result.value if isinstance(plan, Ranked) else shared, None, items

    def _member_line(self, member: Member, question: Question) -> str:
        if member.text:
            return f"{member.label}：{member.text}"
        return (
            f"{member.label}：{self.money(member.quantity, question)}" if member.quantity is not None else member.label
        )

    def _estimate(
        self, say: Wording, question: Question, result: Result
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        assert result.value is not None
        shown = (
            format_quantity(result.value, places=2)
            if result.value.unit == PERCENT
            else self.money(result.value, question)
        )
        head = f"**{shown}**\n\n{result.label}"
        if result.verdict is not None and result.steps:
            head += (
                "\n\n"
                + (say("over_budget") if result.verdict else say("within_budget"))
                + "："
                + "；".join(
                    step.expression for step in result.steps if "预算" in step.expression or "÷" in step.expression
                )
            )
        return head, result.value, result.verdict, []

    def _computed(
        self, say: Wording, question: Question, result: Result
    ) -> tuple[str, Quantity | None, bool | None, list[Item]]:
        assert result.value is not None
        value = result.value
        shown = self.money(value, question) if value.unit == YUAN else self._plain(value)
        label = result.label
        if isinstance(result.plan, Aggregate):
            number = f"（{len(result.members)}{'' if question.english else '个'}）"
            label = say(result.plan.function) + (number if result.plan.function != "count" else "")
        items = [Item(label=m.label, value=_value(m.quantity)) for m in result.members]
        if not items and isinstance(result.plan, Combine | Ratio):
            items = []
        lines = [f"**{label}：{shown}**"]
        if isinstance(result.plan, Aggregate):
            amounts = result.plan.function != "count" or result.plan.with_sum
            lines += [f"{say('sum')}：{self.money(s.result, question)}" for s in result.steps if result.plan.with_sum]
            lines.append(
                "、".join(
                    f"{m.label}" + (f" {self.money(m.quantity, question)}" if m.quantity and amounts else "")
                    for m in result.members
                )
            )
        lines.append(self._source_line(say, result))
        return "\n\n".join(line for line in lines if line), value, None, items

    # ── declining ──────────────────────────────────────────────────────────────────────────────────────────

    def declined(self, question: Question, result: Result, nearest: Sequence[str] = ()) -> Answer:
        """Why there is no answer, with what is nearest by name and no other figure."""
        assert result.missing is not None
        say = Wording(question.english)
        reason = reasons()[result.missing.reason]
        sentence = (reason.en if question.english else reason.zh).format(detail=result.missing.detail)
        text = f"**{say('cannot')}**：{sentence}。"
        if nearest:
            text += f"\n\n{say('nearest')}：{'、'.join(nearest)}。"
        return Answer(
            question=question.raw, status=AnswerStatus.NOT_FOUND, text=text, citations=self.citations(result.cells)
        )

    # ── parts of the text ──────────────────────────────────────────────────────────────────────────────────

    def money(self, quantity: Quantity | None, question: Question) -> str:
        """In the wished unit, else in the unit a person would use; the exact amount in 元 beside it."""
        if quantity is None:
            return ""
        if quantity.unit != YUAN:
            return self._plain(quantity)
        unit = question.unit or ("万元" if abs(quantity.number) >= 10_000 else "元")
        shown = _exact_or_rounded(quantity, unit)
        if question.unit and question.places is not None:
            shown = format_quantity(quantity, unit, places=question.places) if unit != "元" else shown
        if question.to_the_cent:
            return f"{format_quantity(quantity, '元', places=2)}（{shown}）"
        if abs(quantity.number) >= 100_000_000 and unit == "万元":
            return f"{shown}（{_exact_or_rounded(quantity, '亿元')}，{_exact_or_rounded(quantity, '元')}）"
        return shown if unit == "元" else f"{shown}（{_exact_or_rounded(quantity, '元')}）"

    def _plain(self, quantity: Quantity) -> str:
        if quantity.unit == PERCENT:
            places = 4 if 0 < abs(quantity.number) < 1 else 2
            return f"{format_number(quantity.number, places)}%" if _long(quantity) else format_quantity(quantity)
        if _long(quantity):
            return format_quantity(quantity, places=2)
        return format_quantity(quantity)

    def _understood(self, stored: StoredFact, label: str) -> str:
        fact, at = stored.fact, stored.fact.coordinates
        document = self.catalog.document_by_id[stored.document_id]
        parts = [label]
        if fact.project and fact.project not in label:
            parts.insert(0, fact.project)
        kind = {"budget": "预算", "final_accounts": "决算"}.get(document.kind, "")
        if document.year:
            parts.append(f"{document.year}年{kind}")
        if len(self.catalog.documents) > 1 and document.department:
            parts.insert(0, document.department)
        parts += [
            word for word in (FUND_LABELS[at.fund], _VINTAGES.get(at.vintage, ""), _PERIODS.get(at.period, "")) if word
        ]
        if at.vintage is Vintage.ALL and fact.origin is Origin.TABLE and self._carries(stored):
            parts.append("含上年结转")
        return " · ".join(dict.fromkeys(parts))

    def _carries(self, stored: StoredFact) -> bool:
        return not stored.fact.project and any(
            s.document_id == stored.document_id and s.fact.quantity is not None and s.fact.quantity.number
            for s in self.catalog.carried_rows
        )

    def _other(self, say: Wording, stored: StoredFact, question: Question) -> str:
        at = stored.fact.coordinates
        words = [w for w in (FUND_LABELS[at.fund], _VINTAGES.get(at.vintage, ""), _PERIODS.get(at.period, "")) if w]
        place = stored.fact.table + (f"（{'、'.join(words)}）" if words else "")
        return f"{place}为 {self.money(stored.fact.quantity, question)}"

    def _places(self, cells: Sequence[StoredFact]) -> str:
        shown = []
        for stored in cells[:4]:
            fact = stored.fact
            where = (
                f"第{fact.place.page}页"
                if fact.place.page
                else f"第{fact.place.lines[0]}行"
                if fact.place.lines
                else ""
            )
            column = f"「{fact.column[-1]}」" if fact.column else ""
            shown.append(f"{fact.table}{column}{where}印作 {fact.printed}")
        return "；".join(dict.fromkeys(shown))

    def _source_line(self, say: Wording, result: Result) -> str:
        cells = result.all_cells
        return f"{say('source')}：{self._places(cells)}" + ("…" if len(cells) > 4 else "") if cells else ""

    def _steps_lines(self, say: Wording, result: Result) -> list[str]:
        steps = result.steps[:-1] if isinstance(result.plan, Check | Compare) else result.steps
        return [f"{say('steps')}：" + "；".join(step.expression for step in steps)] if steps else []

    def document_label(self, document_id: int) -> str:
        document = self.catalog.document_by_id[document_id]
        kind = {"budget": "预算", "final_accounts": "决算"}.get(document.kind, "")
        return f"{document.department or document.name}" + (f"（{document.year}年{kind}）" if document.year else "")

    def citations(self, cells: Iterable[StoredFact], most: int | None = _MOST_CITATIONS) -> tuple[Citation, ...]:
        """Where the cells stand, of the first `most`; of all with None."""
        found = []
        for stored in islice(cells, most):
            fact = stored.fact
            found.append(
                Citation(
                    document=self.catalog.document_by_id[stored.document_id].name,
                    page=fact.place.page,
                    lines=fact.place.lines,
                    table=fact.table,
                    row=fact.row,
                    column=" / ".join(fact.column),
                    printed=fact.printed,
                    fact_id=stored.id,
                )
            )
        return tuple(found)

    def sentence_citation(self, stored: StoredFact) -> Citation:
        """The sentence that a figure of the prose stands in."""
        return self.citations([stored])[0].model_copy(update={"printed": stored.fact.sentence})

    def passage_citation(self, stored: StoredPassage, printed: str) -> Citation:
        passage = stored.passage
        return Citation(
            document=self.catalog.document_by_id[stored.document_id].name,
            page=passage.place.page,
            lines=passage.place.lines,
            table=passage.heading[-1] if passage.heading else passage.project,
            row=passage.term or passage.project,
            column=passage.field,
            printed=printed,
        )


def _of_two(say: Wording, question: Question, larger: str, items: Sequence[Item]) -> str:
    """Which of two is larger, or smaller where that is asked: `哪个小`."""
    others = [item.label for item in items if item.label != larger]
    if len(items) == 2 and len(others) == 1 and says(question.text, "smaller_at_end"):
        return f"{others[0]}{say('is_smaller')}"
    return f"{larger}{say('is_larger')}"


def _coded(member: Member) -> Member:
    """A row with the code that is printed with it."""
    code = member.figure.cells[0].fact.row_code if member.figure.cells else ""
    return replace(member, label=f"{member.label}（{code}）") if code else member


def _quoted(result: Result) -> list[StoredFact]:
    """The cell whose sentence a change is quoted from."""
    told = (c for c in result.all_cells if c.fact.coordinates.role in (Role.CHANGE, Role.CHANGE_RATE))
    return [c for c in told if c.fact.sentence][:1] if isinstance(result.plan, Change) else []


def _also_shown(result: Result) -> tuple[StoredFact, ...]:
    """The cells of figures that are named beside the answer: other readings, contradictions, other documents."""
    if not isinstance(result.plan, Lookup):
        return ()
    shown = [*(figure for _, figure in result.by_document), *result.figures[:1]]
    cells = [cell for figure in shown for cell in (figure.primary, *figure.others, *figure.conflicts)]
    known = {cell.id for cell in result.all_cells}
    return tuple({cell.id: cell for cell in cells if cell.id not in known}.values())


_VINTAGES = {
    Vintage.CURRENT: "当年预算（不含上年结转）",
    Vintage.CARRIED_OVER: "上年结转",
    Vintage.CARRIED_FORWARD: "年终结转",
}
_JUDGED = {  # what is said of a check that holds, and of one that does not
    "=": ("equal", "not_equal"),
    "≈": ("equal", "not_equal"),
    "≠": ("differs", "does_not_differ"),
    ">": ("exceeds", "not_exceed"),
    "<": ("below", "not_below"),
    "≤": ("enough", "not_enough"),
    "≥": ("reaches", "not_reaches"),
}
_PERIODS = {Period.WHOLE: "实施期", Period.ANNUAL: "年度"}


def _in_count_unit(figure: Figure, unit: str) -> Figure:
    """The figure in the counting unit asked for, where it is the same kind: 329.38 万平米 as 3,293,800 平方米."""
    if not unit or figure.quantity.unit == unit or to_base(figure.quantity.unit)[0] != to_base(unit)[0]:
        return figure
    return replace(figure, quantity=Quantity(number_in(figure.quantity, unit), unit, figure.quantity.relation))


def _long(quantity: Quantity) -> bool:
    return len(f"{quantity.number:f}".partition(".")[2].rstrip("0")) > 4


def _exact_or_rounded(quantity: Quantity, unit: str) -> str:
    number = number_in(quantity, unit)
    decimals = len(f"{number:f}".partition(".")[2].rstrip("0"))
    return format_quantity(quantity, unit) if decimals <= 8 else format_quantity(quantity, unit, places=2)


def plain_number(quantity: Quantity) -> str:
    """An exact decimal as a plain string: no exponent, no trailing zeros."""
    text = f"{quantity.number:f}"
    return re.sub(r"\.?0+$", "", text) if "." in text else text


def _value(quantity: Quantity | None) -> Value | None:
    return Value(number=plain_number(quantity), unit=quantity.unit) if quantity is not None else None


def computation_to_step(computation: Computation) -> Step:
    result = computation.result
    return Step(expression=computation.expression, result=Value(number=plain_number(result), unit=result.unit))


def warnings_of(result: Result) -> list[str]:
    """What is doubtful about a result and its cells, each once."""
    found = list(result.warnings)
    for figure in result.figures:
        found += figure.warnings
    for cell in result.all_cells:
        if cell.fact.status is not Status.OK:
            found += cell.fact.warnings
    return list(dict.fromkeys(found))
