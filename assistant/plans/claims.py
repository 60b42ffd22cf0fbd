"""Figures that a question claims and asks to be confirmed: an amount, a count, a share, a multiple, that there is any at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.cues import cue, says
from assistant.phrases.alignment import part_of_income
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in, without_money
from assistant.plan import (
    Aggregate,
    Change,
    Check,
    Literal,
    Lookup,
    Members,
    Plan,
    Ratio,
    Selector,
    Universe,
)
from assistant.plans.operands import Operands
from assistant.question import Question
from assistant.questions.statements import statement_of
from ingest.facts import Role, Vintage
from ingest.labels import label_key
from ingest.numbers.numbers import as_number, find_numerals
from ingest.numbers.quantities import MULTIPLE, PERCENT, YUAN, Quantity

# Shares in words that the number parser does not read, in %.
SHARES = {
    "一大半": Decimal(50),
    "一多半": Decimal(50),
    "大半": Decimal(50),
    "多半": Decimal(50),
    "大部分": Decimal(50),
    "绝大部分": Decimal(50),
    "大头": Decimal(50),
    "一半": Decimal(50),
    "半数": Decimal(50),
    "三分之二": Decimal(200) / 3,
    "四分之三": Decimal(75),
    "四分之一": Decimal(25),
    "五分之一": Decimal(20),
    "三分之一": Decimal(100) / 3,
}


class ClaimPlans:
    """Plans of claims over one catalog."""

    def __init__(self, phrases: Phrases, operands: Operands) -> None:
        self.phrases = phrases
        self.operands = operands

    def claim(self, question: Question) -> Iterator[Plan]:
        """`征拆资金2个亿对不对`, `文中说占75.44%，对吗`: a figure said and asked to be confirmed."""
        body = cue("claim_tail").sub("", cue("claim_aside").sub("", statement_of(question)))
        body = cue("cited_opener").sub("", body).strip("对的,")
        if not says(question.said, "claim_asked") or says(body, "asks_besides"):
            return
        for reading in (
            self._changed,
            self._bounded_share,
            self._share,
            self._multiple,
            self._total,
            self._all,
            self._set_count,
        ):
            if (plan := reading(body)) is not None:
                yield plan

    def _changed(self, body: str) -> Plan | None:
        """`总预算下降46.15%`: a change, its rate worked out anew from the amounts."""
        said = cue("claimed_change").fullmatch(body)
        selector = self.phrases.selector(said["A"]) if said and not amounts_in(said["A"]) else None
        stated = _share_or_amount(said["value"]) if said else None
        if said is None or selector is None or stated is None or selector.fact_ids:
            return None
        rate = stated.unit == PERCENT
        relation = ">" if said["way"] in ("多", "以上") or says(said["rel"], "at_least") else "="
        relation = "<" if says(said["rel"], "at_most") else relation
        relation = "≈" if relation == "=" and said["value"] in SHARES else relation
        change = Change(selector, "recomputed_rate" if rate else "amount", fall=says(said["how"], "fell"))
        unit = stated if rate else Quantity(stated.number, YUAN, precision=stated.precision)
        return Check(change, relation, Literal(unit))

    # ── shares and multiples ───────────────────────────────────────────────────────────────────────────────

    def _bounded_share(self, body: str) -> Plan | None:
        """`A占B七成以上吗`, `A超过B的四分之一吗`: a share against a bound."""
        said = cue("bounded_share").fullmatch(body) or cue("bounded_part").fullmatch(body)
        if said is None:
            return None
        within = cue("figure_within").fullmatch(said["A"]) if not said["B"] else None
        part, whole = (within["inner"], without_money(within["around"])) if within else (said["A"], said["B"])
        operands = self.operands.of({"A": part, "B": cue("bound_words").sub("", whole)}) if whole else None
        bound = Quantity(SHARES[said["share"]], PERCENT) if said["share"] in SHARES else _quantity_in(said["share"])
        if operands is None or bound is None:
            return None
        around = said["B"] + (said["rel"] if "rel" in said.re.groupindex else "")
        less = said["way"] == "以下" or says(around, "at_most")
        more = said["way"] in ("以上", "多") or says(around, "at_least") or says(said["share"], "most_of_it")
        exact = not (less or more or said["way"]) and "%" in said["share"]
        relation = "<" if less else ">" if more else "≈"
        if exact and said.re is cue("bounded_share"):
            return None  # no bound
        relation = "=" if exact else relation
        return Check(Ratio(*operands, PERCENT), relation, Literal(bound))

    def _share(self, body: str) -> Plan | None:
        """`A占B75.44%`; without B, of the whole income or spending."""
        said = cue("claimed_share").search(body)
        stated = _quantity_in(said["value"]) if said else None
        if said is None or stated is None:
            return None
        name, around = said["A"], said["B"].strip("的了到")
        within = cue("figure_within").fullmatch(name) if not around else None
        if within is not None and (whole := self.phrases.expression(within["around"])) is not None:
            name = within["inner"]
        else:
            whole = self.phrases.expression(around) if around else None
        part = self.phrases.expression(name)
        if (printed := self._share_printed(name, said["value"])) is not None:
            return Check(printed, "=", Literal(stated))
        if whole is None:
            whole = self.phrases.expression("总收入" if says(name, "income") else "总支出")
        if part is None or whole is None:
            return None
        return Check(Ratio(part_of_income(part, whole), whole, PERCENT), "=", Literal(stated))

    def _share_printed(self, name: str, value: str) -> Lookup | None:
        """The share as the prose prints it of what is named."""
        inside = cue("figure_within").fullmatch(name)
        name = inside["inner"] if inside is not None else name
        cells = (cell for numeral in find_numerals(value) for cell in self.phrases.stated.cells(numeral))
        shares = [cell for cell in cells if cell.fact.coordinates.role is Role.SHARE]
        alike = [cell for cell in shares if label_key(name).endswith(label_key(cell.fact.row))]
        found = alike or [cell for cell in shares if label_key(cell.fact.row).startswith(label_key(name))]
        label = f"{found[0].fact.row}占比" if found else ""
        return Lookup(Selector(name, label, fact_ids=(found[0].id,))) if found else None

    def _multiple(self, body: str) -> Plan | None:
        """`A是B的3倍`."""
        said = cue("claimed_multiple").fullmatch(body)
        number = as_number(said["n"]) if said else None
        operands = self.operands.of({"A": said["A"], "B": said["B"]}) if said else None
        if said is None or number is None or operands is None:
            return None
        less, more = says(said["rel"], "at_most"), says(said["rel"], "at_least") or said["way"] in ("以上", "多")
        relation = "<" if less or said["way"] == "以下" else ">" if more else "≈"
        return Check(Ratio(*operands, MULTIPLE), relation, Literal(Quantity(number, MULTIPLE)))

    # ── totals, wholes, anything at all ────────────────────────────────────────────────────────────────────

    def _total(self, body: str) -> Plan | None:
        """`X合计加得对吗`: a figure against the sum of its parts."""
        if not says(body, "claimed_total") or find_numerals(body):
            return None
        whole = self.phrases.selector(cue("claimed_total_words").sub("", body))
        if whole is None or whole.project:
            return None
        parts = Members(Universe.PARTS, f"{whole.label}各项", of=whole)
        return Check(Aggregate("sum", parts), "=", Lookup(whole))

    def _all(self, body: str) -> Plan | None:
        """`A全部是B`: the part is as large as the whole."""
        said = cue("all_of_it").fullmatch(body)
        if said is None:
            return None
        if (narrowed := self._all_in(without_money(said["A"]), said["B"])) is not None:
            return narrowed
        operands = self.operands.of({"A": said["A"], "B": said["B"]})
        return Check(operands[0], "=", operands[1]) if operands is not None else None

    def _all_in(self, name: str, coordinates: str) -> Plan | None:
        """`A全是今年新安排的`: A against itself in the coordinates that are said of it."""
        figure = self.phrases.expression(name)
        current = says(coordinates, "newly_arranged")
        wish, rest = self.phrases.wish_in(coordinates)
        wish = replace(wish, vintage=Vintage.CURRENT) if current else wish
        if not isinstance(figure, Lookup) or wish.is_empty or (self.phrases.content_in(rest) and not current):
            return None
        if wish.vintage is Vintage.CURRENT:  # nothing of it is carried over
            carried = replace(figure.of.wish, vintage=Vintage.CARRIED_OVER)
            left = Lookup(replace(figure.of, wish=carried, label=f"{figure.of.label}（上年结转）"))
            return Check(left, "=", Literal(Quantity(Decimal(0), YUAN)))
        of = replace(figure.of, wish=wish.with_defaults(figure.of.wish), label=f"{figure.of.label}（{coordinates}）")
        return Check(figure, "=", Lookup(of))

    def _set_count(self, body: str) -> Plan | None:
        """`一次性项目有三个`: how many members a set has."""
        said = cue("claimed_count").fullmatch(body)
        number = as_number(said["n"] or said["m"]) if said else None
        if said is None or number is None:
            return None
        name = cue("really").sub("", said["S"] or f"{said['T']}的{said['noun']}")
        plan = self.phrases.set_question(f"{name}有多少个") or self.phrases.expression(f"{name}个数")
        if not isinstance(plan, Aggregate) or plan.function != "count":
            return None
        counted = replace(plan, members=replace(plan.members, words=name))
        return Check(counted, "=", Literal(Quantity(number, "个")))


def _share_or_amount(text: str) -> Quantity | None:
    return Quantity(SHARES[text], PERCENT) if text in SHARES else _quantity_in(text)


def _quantity_in(text: str) -> Quantity | None:
    return next((n.quantity for n in find_numerals(text) if n.quantity is not None), None)
