"""Figures of several documents set against each other: each measured by its own reader, combined here, and told.

Only like is added to like: the same year, kind and unit. What is compared all the same carries a warning that says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from assistant.answer import Answer, AnswerStatus, Item, Step, Value
from assistant.computing.sets import RELATIONS
from assistant.documents.across import ADDING, OF_TWO, Across, Operation
from assistant.documents.scope import Disclosure
from assistant.question import Question
from assistant.telling.answering import Answering, plain_number
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import format_number, format_quantity
from ingest.numbers.quantities import MULTIPLE, PERCENT, Quantity

_DIGITS = 28
STATED_NONE = "stated_none"  # the document says itself that it has none
_ABSENT = ("blank", "dash", STATED_NONE)


@dataclass(frozen=True, slots=True)
class Measured:
    """One document's figure, or why it has none (`reason` a key of vocabulary/reasons.yaml); `what` names the measure."""

    disclosure: Disclosure
    quantity: Quantity | None = None
    what: str = ""
    cells: tuple[StoredFact, ...] = ()
    steps: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = ()
    reason: str = ""

    @property
    def number(self) -> Decimal:
        return self.quantity.number if self.quantity is not None else Decimal(0)


@dataclass(slots=True)
class _Draft:
    """An answer in the making."""

    lines: list[str]
    value: Quantity | None = None
    verdict: bool | None = None
    items: list[Measured] = field(default_factory=list)
    compared: list[Measured] = field(default_factory=list)  # shown beside the items
    steps: list[tuple[str, Quantity]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    status: AnswerStatus = AnswerStatus.ANSWERED


class Comparing:
    """Combines measured documents and tells the outcome."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering

    def answer(
        self, question: Question, across: Across, measured: Sequence[Measured], asked: Sequence[Disclosure] = ()
    ) -> Answer:
        """The answer of an operation over documents; `measured` in the order of the question's operands. `asked` are the
        departments whose position is asked."""
        known = [each for each in measured if each.quantity is not None]
        missing = [each for each in measured if each.quantity is None]
        if across.operation in (Operation.FILTER, Operation.COUNT):
            return self._told(question, self._filtered(question, across, measured))
        if not known or (across.operation in (*OF_TWO, Operation.SHARE) and missing):
            return self._nothing(question, missing)
        known, odd = _of_one_unit(known)
        if across.operation in ADDING and len(_groups(known)) > 1:
            return self._told(question, self._not_addable(question, known))
        if across.operation is Operation.POSITION:
            return self._told(question, self._position(question, known, asked))
        draft = {
            Operation.EACH: self._each,
            Operation.TOP: self._ranked,
            Operation.DIFFERENCE: self._difference,
            Operation.MULTIPLE: self._multiple,
            Operation.VERDICT: self._verdict,
            Operation.SHARE: self._share,
        }.get(across.operation, self._added)(question, across, known)
        if across.operation is not Operation.EACH and len(_groups(known)) > 1:
            draft.warnings.append(f"年度或口径不同：{self._kinds(known)}，比较时请注意")
        names = _names(measured)
        for left_out, why in ((missing, "没有找到这一项，未计入"), (odd, "的单位不同，未计入")):
            if left_out:
                draft.notes.append("、".join(names[each.disclosure] for each in left_out) + why)
        return self._told(question, draft)

    # ── operations ─────────────────────────────────────────────────────────────────────────────────────────

    def _each(self, question: Question, across: Across, known: Sequence[Measured]) -> _Draft:
        return _Draft([f"**{known[0].what}**", self._lines(question, known)], items=list(known))

    def _ranked(self, question: Question, across: Across, known: Sequence[Measured]) -> _Draft:
        ordered = sorted(known, key=lambda each: each.number, reverse=across.descending)
        chosen = ordered[across.first - 1 : across.first - 1 + across.count]
        if not chosen:
            return _Draft(
                [f"**不能回答**：只有 {len(ordered)} 家，没有第 {across.first}。"], status=AnswerStatus.NOT_FOUND
            )
        if len(chosen) > 1:
            return _Draft(
                [
                    f"**{known[0].what}，{len(chosen)} 家由{'高到低' if across.descending else '低到高'}：**",
                    self._lines(question, chosen, True),
                ],
                items=chosen,
            )
        only, names = chosen[0], _names(known)
        ties = [each for each in ordered if each.number == only.number]
        leading = "、".join(names[each.disclosure] for each in ties)
        head = f"**{leading}：{self._money(question, only.quantity)}**"
        if len(ties) == len(ordered) > 1:
            head = f"**{leading}一样多（相等）：{self._money(question, only.quantity)}**"
        rest = [each for each in ordered if each.number != only.number]
        draft = _Draft([f"{head}\n\n{only.what}"], only.quantity, items=ties, compared=rest[:20])
        for each in rest[:20]:
            sign = ">" if only.number > each.number else "<"
            gap = Quantity(abs(only.number - each.number), only.quantity.unit if only.quantity else "")
            draft.steps.append(
                (f"{names[only.disclosure]} {_plain(only)} {sign} {names[each.disclosure]} {_plain(each)}", gap)
            )
        return draft

    def _position(self, question: Question, known: Sequence[Measured], asked: Sequence[Disclosure]) -> _Draft:
        """Which place a department has, from the largest; equal figures share a place."""
        mine = next((each for each in known if each.disclosure in asked), None)
        if mine is None:
            return _Draft(["**不能回答**：没有说明是哪一家，或那一家没有这一项。"], status=AnswerStatus.NOT_FOUND)
        names = _names(known)
        larger = [each for each in known if each.number > mine.number]
        place = Quantity(Decimal(len(larger) + 1), "名")
        step = f"{len(known)} 家里有 {len(larger)} 家大于 {names[mine.disclosure]} 的 {_plain(mine)}"
        head = f"**{names[mine.disclosure]}的{mine.what}排第 {len(larger) + 1}**"
        return _Draft(
            [head, self._lines(question, sorted(known, key=lambda each: -each.number), True)],
            place,
            items=[mine],
            compared=list(known),
            steps=[(step, place)],
        )

    def _difference(self, question: Question, across: Across, known: Sequence[Measured]) -> _Draft:
        a, b, names = known[0], known[1], _names(known)
        assert a.quantity is not None and b.quantity is not None
        gap = a.quantity - b.quantity
        size = Quantity(abs(gap.number), gap.unit)
        word = "多" if gap.number > 0 else "少"
        head = f"{names[a.disclosure]}比{names[b.disclosure]}{word} {self._money(question, size)}"
        if gap.number == 0:
            head = f"{names[a.disclosure]}与{names[b.disclosure]}相等，都是 {self._money(question, a.quantity)}"
        step = f"{names[a.disclosure]}{a.what} {_plain(a)} - {names[b.disclosure]}{b.what} {_plain(b)} = {format_quantity(gap)}"
        return _Draft([f"**{head}**"], size, items=[a, b], steps=[(step, gap)])

    def _multiple(self, question: Question, across: Across, known: Sequence[Measured]) -> _Draft:
        a, b, names = known[0], known[1], _names(known)
        if b.number == 0:
            return _Draft(
                [f"**不能回答**：{names[b.disclosure]}的{b.what}为零，算不出倍数。"],
                status=AnswerStatus.NOT_FOUND,
                items=[],
            )
        times = Quantity(_divided(a.number, b.number), MULTIPLE)
        shown = f"{format_number(times.number, 2)}倍"
        step = f"{names[a.disclosure]} {_plain(a)} ÷ {names[b.disclosure]} {_plain(b)} = {shown}"
        return _Draft(
            [f"**{names[a.disclosure]}的{a.what}是{names[b.disclosure]}的 {shown}**"],
            times,
            steps=[(step, times)],
            items=[a, b],
        )

    def _share(self, question: Question, across: Across, known: Sequence[Measured]) -> _Draft:
        """What share of the second, which holds it, the first is."""
        a, b, names = known[0], known[1], _names(known)
        if b.number == 0:
            return _Draft([f"**不能回答**：{b.what}为零，算不出占比。"], status=AnswerStatus.NOT_FOUND)
        share = Quantity(_divided(a.number, b.number) * 100, PERCENT)
        shown = format_quantity(share, places=2)
        step = f"{names[a.disclosure]} {_plain(a)} ÷ {names[b.disclosure]} {_plain(b)} = {shown}"
        head = f"**{names[a.disclosure]}的{a.what}占{names[b.disclosure]}的 {shown}**"
        return _Draft([head], share, steps=[(step, share)], items=[a], compared=[b])

    def _verdict(self, question: Question, across: Across, known: Sequence[Measured]) -> _Draft:
        a, b, names = known[0], known[1], _names(known)
        assert across.condition is not None and a.quantity is not None and b.quantity is not None
        holds = RELATIONS[across.condition.relation](a.number, b.number)
        gap = a.quantity - b.quantity
        size = Quantity(abs(gap.number), gap.unit)
        sign = ">" if gap.number > 0 else "<" if gap.number < 0 else "="
        step = f"{names[a.disclosure]}{a.what} {_plain(a)} {sign} {names[b.disclosure]}{b.what} {_plain(b)}"
        return _Draft(
            [f"**{'是' if holds else '否'}**：{step}，相差 {format_quantity(size)}"],
            verdict=holds,
            steps=[(step, size)],
            items=[a, b],
        )

    def _added(self, question: Question, across: Across, known: Sequence[Measured]) -> _Draft:
        quantities = [each.quantity for each in known if each.quantity is not None]
        total = quantities[0]
        for quantity in quantities[1:]:
            total = total + quantity
        shown = " + ".join(format_quantity(quantity) for quantity in quantities)
        steps = [(f"{shown} = {format_quantity(total)}", total)]
        value, word = total, "合计"
        if across.operation is Operation.AVERAGE:
            value, word = Quantity(_divided(total.number, Decimal(len(known))), total.unit), "平均"
            steps.append((f"{format_quantity(total)} ÷ {len(known)} = {_rounded(value)}", value))
        elif across.operation is Operation.MEDIAN:
            ordered = sorted(quantity.number for quantity in quantities)
            middle = len(ordered) // 2
            number = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
            value, word = Quantity(number, total.unit), "中位数"
            steps = [(f"{len(known)} 个数的中位数是 {_rounded(value)}", value)]
        money = self._money(question, value)
        return _Draft(
            [f"**{word}：{money}**", f"{known[0].what}，{len(known)} 家", self._lines(question, known)],
            value,
            items=list(known),
            steps=steps,
        )

    def _filtered(self, question: Question, across: Across, measured: Sequence[Measured]) -> _Draft:
        """Those that meet the condition; those of which it cannot be told are named."""
        assert across.condition is not None
        condition = across.condition
        met, unsure = [], []
        for each in measured:
            holds = _meets(each, condition.attribute, condition.relation, condition.quantity)
            if holds is None:
                unsure.append(each)
            elif holds:
                met.append(each)
        count = Quantity(Decimal(len(met)), "个")
        head = f"**共 {len(met)} 家：**" if met else f"**没有一家（0 家，共 {len(measured) - len(unsure)} 家）**"
        draft = _Draft([head, self._lines(question, met)], items=met)
        if across.operation is Operation.COUNT:
            draft.value = count
            draft.steps.append((f"{len(measured) - len(unsure)} 家里有 {len(met)} 家", count))
        if unsure:
            names = _names(measured)
            draft.notes.append(f"{'、'.join(names[each.disclosure] for each in unsure)}没有列出这一项，无法判断")
        if len(unsure) == len(measured):
            draft.status, draft.lines, draft.notes = (
                AnswerStatus.NOT_FOUND,
                ["**不能回答**：各份文件都没有列出这一项。"],
                [],
            )
        if len(_groups(met)) > 1:
            draft.warnings.append(f"年度或口径不同：{self._kinds(met)}")
        return draft

    def _not_addable(self, question: Question, known: Sequence[Measured]) -> _Draft:
        """Years or kinds differ: each group's sum is offered, none is given as the answer."""
        lines = [
            f"**年度或口径不同，不能直接相加：{self._kinds(known)}。请说明要哪一种：**",
            self._lines(question, known),
        ]
        return _Draft(lines, status=AnswerStatus.CLARIFY, items=list(known))

    # ── telling ────────────────────────────────────────────────────────────────────────────────────────────

    def _told(self, question: Question, draft: _Draft) -> Answer:
        names = _names(draft.items)
        shown = list(dict.fromkeys([*draft.items, *draft.compared]))
        cells = {cell.id: cell for each in shown for cell in each.cells}
        texts = [line for line in draft.lines if line]
        steps = [Step(expression=line, result=_value(result)) for line, result in draft.steps]
        if steps:
            texts.append(
                ("Computation" if question.english else "计算") + "：" + "；".join(step.expression for step in steps)
            )
        texts += [f"{'Note' if question.english else '说明'}：{note}。" for note in draft.notes]
        warnings = list(dict.fromkeys([*draft.warnings, *(w for each in shown for w in each.warnings)]))
        texts += [f"⚠ {warning}" for warning in warnings]
        return Answer(
            question=question.raw,
            status=draft.status,
            text="\n\n".join(texts),
            value=_value(draft.value) if draft.value is not None else None,
            verdict=draft.verdict,
            items=tuple(
                Item(label=names[each.disclosure], value=_value(each.quantity) if each.quantity else None)
                for each in draft.items
            ),
            steps=tuple([*steps, *(step for each in shown for step in each.steps)]),
            citations=self.answering.citations(cells.values(), most=None),  # a list tells a figure of every document
            warnings=tuple(warnings),
        )

    def ask_back(self, question: Question, found: Sequence[Measured]) -> Answer:
        """Several documents hold it: which is meant, with the figure of each."""
        head = (
            "Several documents hold it; which one do you mean?"
            if question.english
            else "几份文件都有，请说明要哪一份："
        )
        lines = [
            f"**{head}**",
            *(f"- {each.disclosure.full_label}：{self._money(question, each.quantity)}" for each in found),
        ]
        cells = [cell for each in found for cell in each.cells[:1]]
        return Answer(
            question=question.raw,
            status=AnswerStatus.CLARIFY,
            text="\n".join(lines),
            items=tuple(
                Item(label=each.disclosure.full_label, value=_value(each.quantity) if each.quantity else None)
                for each in found
            ),
            steps=tuple(step for each in found for step in each.steps),
            citations=self.answering.citations(cells),
            warnings=tuple(dict.fromkeys(w for each in found for w in each.warnings)),
        )

    def documents(self, question: Question, disclosures: Sequence[Disclosure]) -> Answer:
        """What is loaded."""
        count = Quantity(Decimal(len(disclosures)), "个")
        lines = [f"**已载入 {len(disclosures)} 个单位的公开文件：**", *(f"- {each.full_label}" for each in disclosures)]
        step = Step(expression=f"已载入的文件共 {len(disclosures)} 份", result=_value(count))
        items = tuple(Item(label=each.full_label) for each in disclosures)
        return Answer(
            question=question.raw,
            status=AnswerStatus.ANSWERED,
            text="\n".join(lines),
            value=_value(count),
            items=items,
            steps=(step,),
        )

    def _nothing(self, question: Question, missing: Sequence[Measured]) -> Answer:
        names = "、".join(dict.fromkeys(each.disclosure.full_label for each in missing))
        what = next((each.what for each in missing if each.what), "这一项")
        text = (
            f"**不能回答**：{names}没有“{what}”的数据。"
            if not question.english
            else f"**Cannot be answered**: no figure for “{what}” in {names}."
        )
        cells = [cell for each in missing for cell in each.cells[:1]]
        return Answer(
            question=question.raw, status=AnswerStatus.NOT_FOUND, text=text, citations=self.answering.citations(cells)
        )

    def _lines(self, question: Question, known: Sequence[Measured], numbered: bool = False) -> str:
        marks = (f"{number}. " if numbered else "- " for number in range(1, len(known) + 1))
        return "\n".join(
            f"{mark}{each.disclosure.full_label}：{self._money(question, each.quantity)}"
            for mark, each in zip(marks, known, strict=False)
        )

    def _kinds(self, known: Sequence[Measured]) -> str:
        return "；".join(
            f"{of}：{'、'.join(each.disclosure.label for each in group)}" for of, group in _groups(known).items()
        )

    def _money(self, question: Question, quantity: Quantity | None) -> str:
        return self.answering.money(quantity, question) if quantity is not None else "没有列出"


def _names(among: Sequence[Measured]) -> dict[Disclosure, str]:
    """What each is called: the department; with year and kind where it stands there more than once."""
    times = Counter(each.disclosure.label for each in among)
    whose = (each.disclosure for each in among)
    return {each: each.full_label if times[each.label] > 1 else each.label for each in whose}


def _groups(known: Sequence[Measured]) -> dict[str, list[Measured]]:
    """The measured by year and kind."""
    found: dict[str, list[Measured]] = {}
    for each in known:
        found.setdefault(each.disclosure.of, []).append(each)
    return found


def _of_one_unit(known: Sequence[Measured]) -> tuple[list[Measured], list[Measured]]:
    """Those in the unit that most are in, and the others."""
    units = [each.quantity.unit for each in known if each.quantity is not None]
    common = max(dict.fromkeys(units), key=units.count)
    return [e for e in known if e.quantity and e.quantity.unit == common], [
        e for e in known if e.quantity and e.quantity.unit != common
    ]


def _meets(each: Measured, attribute: str, relation: str, bound: Quantity | None) -> bool | None:
    """Whether a document meets a condition; None when it cannot be told."""
    if attribute == "nothing":
        nothing = each.number == 0 if each.quantity is not None else True if each.reason in _ABSENT else None
        return None if nothing is None else nothing is (relation == "=")
    if each.quantity is None:
        return None
    if attribute == "change":
        return RELATIONS[relation](each.number, Decimal(0))
    if bound is None or bound.unit != each.quantity.unit:
        return None
    return RELATIONS[relation](each.number, bound.number)


def _value(quantity: Quantity | None) -> Value:
    assert quantity is not None
    return Value(number=plain_number(quantity), unit=quantity.unit)


def _plain(each: Measured) -> str:
    return _rounded(each.quantity) if each.quantity is not None else ""


def _rounded(quantity: Quantity) -> str:
    long = len(f"{quantity.number:f}".partition(".")[2].rstrip("0")) > 4
    return format_quantity(quantity, places=2) if long or quantity.unit == PERCENT else format_quantity(quantity)


def _divided(a: Decimal, b: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        return a / b
