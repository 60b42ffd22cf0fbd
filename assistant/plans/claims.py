"""Figures that a question claims and asks to be confirmed: an amount, a count, a share, a multiple, that there is any at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.figures import Figure, Figures
from assistant.phrases.alignment import part_of_income
from assistant.phrases.hints import hint_of
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import Aggregate, Change, Check, Expression, Literal, Lookup, Members, Plan, Ratio, Universe
from assistant.plans.operands import Operands
from assistant.question import Question
from assistant.stated_numbers import SAID_WITH, STRICT
from assistant.words import longest_first, plain_words
from ingest.numbers import Numeral, NumeralKind, as_number, find_numerals
from ingest.quantities import MULTIPLE, PERCENT, YUAN, Quantity
from ingest.units import to_base

# Shares in words that the number parser does not read, in %.
SHARES = {
    "一半": Decimal(50),
    "半数": Decimal(50),
    "三分之二": Decimal(200) / 3,
    "四分之三": Decimal(75),
    "四分之一": Decimal(25),
    "五分之一": Decimal(20),
    "三分之一": Decimal(100) / 3,
}
_AMOUNTS = (NumeralKind.MONEY, NumeralKind.NUMBER, NumeralKind.COUNT)
_OTHER_UNITS = re.compile(r"[万亿千百元]")
_LONG_NUMBER = re.compile(r"[万亿千百元]|\.\d|\d{3}")


class ClaimPlans:
    """Plans of claims over one catalog."""

    def __init__(self, phrases: Phrases, operands: Operands) -> None:
        self.phrases = phrases
        self.operands = operands
        self.figures = Figures(phrases.catalog)

    def claim(self, question: Question) -> Iterator[Plan]:
        """`征拆资金2个亿对不对`, `文中说占75.44%，对吗`: a figure said and asked to be confirmed."""
        body = cue("claim_tail").sub("", cue("claim_opener").sub("", cue("claim_aside").sub("", question.text)))
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
            self._any,
            self._amount,
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
        operands = self.operands.of({"A": said["A"], "B": cue("bound_words").sub("", said["B"])})
        bound = Quantity(SHARES[said["share"]], PERCENT) if said["share"] in SHARES else _quantity_in(said["share"])
        if operands is None or bound is None:
            return None
        around = said["B"] + (said["rel"] if "rel" in said.re.groupindex else "")
        less = said["way"] == "以下" or says(around, "at_most")
        more = said["way"] in ("以上", "多") or says(around, "at_least")
        relation = "<" if less else ">" if more else "≈" if said["way"] or "%" not in said["share"] else "="
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
        if whole is None:
            whole = self.phrases.expression("总收入" if says(name, "income") else "总支出")
        if part is None or whole is None:
            return None
        return Check(Ratio(part_of_income(part, whole), whole, PERCENT), "=", Literal(stated))

    def _multiple(self, body: str) -> Plan | None:
        """`A是B的3倍`."""
        said = cue("claimed_multiple").fullmatch(body)
        number = as_number(said["n"].replace("两", "二")) if said else None
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
        operands = self.operands.of({"A": said["A"], "B": said["B"]}) if said else None
        return Check(operands[0], "=", operands[1]) if operands is not None else None

    def _any(self, body: str) -> Plan | None:
        """`A安排了没有`: whether it is more than nothing; `没安排A`: whether it is nothing."""
        said = cue("any_at_all").fullmatch(body) or cue("any_as_well").fullmatch(cue("statement_tail").sub("", body))
        nothing = cue("none_at_all").fullmatch(body) or cue("none_named_after").fullmatch(body)
        named = nothing or said
        figure = self.phrases.expression(named["A"]) if named else None
        if figure is None:
            return None
        return Check(figure, "=" if nothing is not None else ">", Literal(Quantity(Decimal(0), YUAN)))

    # ── amounts and counts ─────────────────────────────────────────────────────────────────────────────────

    def _amount(self, body: str) -> Plan | None:
        """`X2个亿`, `公车超过12辆`: a figure against the one amount or count said."""
        tables = [found.span() for found in cue("table_number").finditer(body)]
        amounts = [
            n
            for n in find_numerals(body)
            if n.kind in _AMOUNTS
            and n.quantity
            and _is_amount(n)
            and not any(start <= n.start < end for start, end in tables)
        ]
        if len(amounts) != 1 or amounts[0].quantity is None or says(body, "than_last_year"):
            return None
        said, stated = amounts[0], amounts[0].quantity
        before, after, relation = _around(body[: said.start], body[said.end :])
        relation = SAID_WITH.get(stated.relation, relation)
        if before and self.phrases.content_in(after):
            return None  # what the amount is or is held against: 那8773万是新发的, 14亿元与预算匹配
        unit = stated.unit if said.kind is NumeralKind.COUNT else YUAN
        figure = self._counted(before, stated.unit, after) if unit != YUAN else self._money(before, after, body)
        if figure is None:
            return None
        scale = (
            self._scale(figure, stated.number)
            if said.kind is NumeralKind.NUMBER and not _OTHER_UNITS.search(said.printed)
            else 1
        )
        literal = Quantity(stated.number * scale, unit, precision=stated.precision * scale)
        return Check(figure, relation, Literal(literal))

    def _scale(self, figure: Expression, said: Decimal) -> Decimal:
        """How many 元 one is where a figure is printed: a number said without a unit repeats the table's."""
        found = self.figures.figure(figure.of) if isinstance(figure, Lookup) else None
        if not isinstance(found, Figure):
            return Decimal(1)
        printed = [n.quantity for cell in found.cells for n in find_numerals(cell.fact.printed)[:1]]
        bare = [q.number for q in printed if q is not None and q.unit == "" and q.number]
        shown = said if said in bare else next(iter(bare), found.quantity.number)
        return found.quantity.number / shown

    def _counted(self, before: str, unit: str, after: str) -> Expression | None:
        phrase = f"{before}多少{unit}{after}"
        selector = self.phrases.selector(phrase, hint_of(phrase))
        return Lookup(selector) if selector is not None and not selector.project else None

    def _set_count(self, body: str) -> Plan | None:
        """`一次性项目有三个`: how many members a set has."""
        said = cue("claimed_count").fullmatch(body)
        number = as_number((said["n"] or said["m"]).replace("两", "二")) if said else None
        if said is None or number is None:
            return None
        name = cue("really").sub("", said["S"] or f"{said['T']}的{said['noun']}")
        plan = self.phrases.set_question(f"{name}有多少个") or self.phrases.expression(f"{name}个数")
        if not isinstance(plan, Aggregate) or plan.function != "count":
            return None
        counted = replace(plan, members=replace(plan.members, words=name))
        return Check(counted, "=", Literal(Quantity(number, "个")))

    def _money(self, before: str, after: str, body: str) -> Expression | None:
        """The figure named around an amount; all income or spending where nothing is named."""
        name = cue("measure_left").sub("", before) + cue("predicate").sub("", after)
        if not self.phrases.content_in(name):
            total = "总收入" if says(body, "income") else "总支出"
            return self.phrases.expression(total) if says(body, "all_spending") else None
        return self.operands.figure(name)


def confirmed(plan: Plan, question: Question, catalog: Catalog) -> Plan:
    """A plan of one figure that the question itself states and asks to be confirmed: that figure against what is stated."""
    if not isinstance(plan, Lookup) or not says(question.said, "claim_asked") or says(question.text, "asks_besides"):
        return plan
    rest = question.text.replace(plan.of.label, "")
    stated = [n for n in find_numerals(rest) if n.kind in _AMOUNTS and n.quantity and _is_amount(n)]
    if len({n.quantity.number for n in stated if n.quantity}) != 1 or stated[0].quantity is None:
        return plan
    facts = [catalog.by_id[i].fact for i in plan.of.fact_ids if i in catalog.by_id]
    units = {to_base(f.quantity.unit)[0] for f in facts if f.quantity is not None} or {YUAN}
    said = stated[0].quantity
    unit = to_base(said.unit)[0] if stated[0].kind is NumeralKind.COUNT else YUAN
    if unit not in units or (stated[0].kind is NumeralKind.NUMBER and not _OTHER_UNITS.search(stated[0].printed)):
        return plan
    return Check(plan, SAID_WITH.get(said.relation, "="), Literal(said))


def _around(before: str, after: str) -> tuple[str, str, str]:
    """What stands before and after an amount without the words that relate it, and the relation; = when none is said."""
    relation, used = "=", ""
    for sign, words in plain_words().relations.items():
        for word in longest_first(words):
            if (before.rstrip("了到").endswith(word) or after.startswith(word)) and len(word) > len(used):
                relation, used = sign, word
    if says(after, "about_after") or says(before, "about_before"):
        relation = "≈"
    before = before.rstrip("了到").removesuffix(used) if used else before
    after = after.removeprefix(used) if used else after
    before = cue("copula_before").sub("", cue("about_before").sub("", before))
    return before.strip(",的"), cue("about_after").sub("", after).strip(",的"), STRICT.get(relation, relation)


def _is_amount(numeral: Numeral) -> bool:
    return numeral.kind is not NumeralKind.NUMBER or bool(_LONG_NUMBER.search(numeral.printed))


def _share_or_amount(text: str) -> Quantity | None:
    return Quantity(SHARES[text], PERCENT) if text in SHARES else _quantity_in(text)


def _quantity_in(text: str) -> Quantity | None:
    return next((n.quantity for n in find_numerals(text) if n.quantity is not None), None)
