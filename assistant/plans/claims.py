"""Figures that a question claims and asks to be confirmed: an amount, a share, a bound on a share."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.cues import cue, says
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, Check, Literal, Lookup, Members, Plan, Ratio, Universe
from assistant.plans.operands import Operands
from assistant.question import Question
from ingest.numbers import NumeralKind, find_numerals
from ingest.quantities import PERCENT, YUAN, Quantity

# Shares in words that the number parser does not read, in %.
SHARES = {
    "一半": Decimal(50),
    "半数": Decimal(50),
    "三分之二": Decimal(200) / 3,
    "四分之三": Decimal(75),
    "三分之一": Decimal(100) / 3,
}


class ClaimPlans:
    """Plans of claims over one catalog."""

    def __init__(self, phrases: Phrases, operands: Operands) -> None:
        self.phrases = phrases
        self.operands = operands

    def claim(self, question: Question) -> Plan | None:
        """`征拆资金2个亿对不对`, `文中说占75.44%，对吗`: a figure said and asked to be confirmed."""
        if not says(question.raw, "claim_asked"):
            return None
        bound = cue("bounded_share").fullmatch(question.text)
        if bound is not None:
            return self._bounded_share(bound["A"], bound["B"], bound["share"], bound["way"] or "")
        body = cue("claim_tail").sub("", cue("claim_opener").sub("", question.text)).strip("对的")
        return self._share(body) or self._total(body) or self._amount(body)

    def _bounded_share(self, part: str, whole: str, share: str, way: str) -> Plan | None:
        """`A占B七成以上吗`: a share against a bound."""
        operands = self.operands.of({"A": part, "B": cue("bound_words").sub("", whole)})
        bound = Quantity(SHARES[share], PERCENT) if share in SHARES else _quantity_in(share)
        if operands is None or bound is None:
            return None
        less = way == "以下" or says(whole, "at_most")
        more = way in ("以上", "多") or says(whole, "at_least")
        return Check(Ratio(*operands, PERCENT), "<" if less else ">" if more else "=", Literal(bound))

    def _share(self, body: str) -> Plan | None:
        """`A占B75.44%`; without B, of the whole income or spending."""
        said = cue("claimed_share").search(body)
        part = self.phrases.expression(said["A"]) if said else None
        stated = _quantity_in(said["value"]) if said else None
        if said is None or part is None or stated is None:
            return None
        whole = self.phrases.expression(said["B"]) if said["B"].strip("的了") else None
        if whole is None:
            whole = self.phrases.expression("总收入" if says(said["A"], "income") else "总支出")
        return Check(Ratio(part, whole, PERCENT), "=", Literal(stated))

    def _total(self, body: str) -> Plan | None:
        """`X合计加得对吗`: a figure against the sum of its parts."""
        if not says(body, "claimed_total"):
            return None
        whole = self.phrases.selector(cue("claimed_total_words").sub("", body))
        if whole is None or whole.project:
            return None
        parts = Members(Universe.PARTS, f"{whole.label}各项", of=whole)
        return Check(Aggregate("sum", parts), "=", Lookup(whole))

    def _amount(self, body: str) -> Plan | None:
        """`X2个亿`: a figure against the one amount said."""
        kinds = (NumeralKind.MONEY, NumeralKind.NUMBER)
        amounts = [
            n for n in find_numerals(body) if n.kind in kinds and n.quantity and re.search("[万亿元]", n.printed)
        ]
        stated = amounts[0].quantity if len(amounts) == 1 else None
        if stated is None:
            return None
        before, after = body[: amounts[0].start], body[amounts[0].end :]
        selector = self.phrases.selector(cue("measure_left").sub("", before) + after)
        if selector is None:
            return None
        return Check(Lookup(selector), "=", Literal(Quantity(stated.number, YUAN, precision=stated.precision)))


def _quantity_in(text: str) -> Quantity | None:
    return next((n.quantity for n in find_numerals(text) if n.quantity is not None), None)
