"""Plans of lengths between stakes: `桩号K1+200到K3+450推出的长度和文中的2.25公里吻合吗`. A road's stakes count metres from kilometre
to kilometre, and the sentence that names its first and its last one also tells how long it is.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.cues import says
from assistant.phrases.phrases import Phrases
from assistant.plan import Check, Combine, Literal, Lookup, Plan, Selector
from assistant.question import Question
from ingest.facts import Origin
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import find_numerals
from ingest.numbers.quantities import Quantity

_STAKE = re.compile(r"k(?P<km>\d+)\+(?P<m>\d{1,3}(?:\.\d+)?)(?![\d.]*(?:万|元))", re.IGNORECASE)
_LENGTHS = {"公里": Decimal(1000), "千米": Decimal(1000), "米": Decimal(1)}  # in metres


class StakePlans:
    """Plans of stakes over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def length(self, question: Question) -> Plan | None:
        """The length between the two stakes of a sentence, against the one that it tells where that is asked."""
        text = question.text
        if not says(text, "stakes_said"):
            return None
        said = {found[0].lower() for found in _STAKE.finditer(text)}
        project = self.phrases.project_in(text)
        told = [s for s in self.catalog.facts if _tells_length(s) and said <= _stakes_of(s)]
        if project is not None:
            told = [s for s in told if label_key(s.fact.project) == project.key]
        if len({s.fact.sentence for s in told}) != 1:
            return None
        stored = told[0]
        assert stored.fact.quantity is not None
        unit = stored.fact.quantity.unit
        first, last = sorted(_metres(stake) / _LENGTHS[unit] for stake in _stakes_of(stored))
        between = Combine("-", (Literal(Quantity(last, unit)), Literal(Quantity(first, unit))))
        claimed = [
            n.quantity for n in find_numerals(_STAKE.sub("", text)) if n.quantity and n.quantity.unit in _LENGTHS
        ]
        if not claimed and not says(text, "agreement_asked"):
            return between if says(text, "stakes_worked_out") else None
        figure = Lookup(Selector("", f"{stored.fact.project}全长", fact_ids=(stored.id,)))
        if not claimed or claimed[0].number * _LENGTHS[claimed[0].unit] == stored.fact.quantity.number * _LENGTHS[unit]:
            return Check(between, "=", figure)
        scale = _LENGTHS[claimed[0].unit] / _LENGTHS[unit]
        other = Quantity(claimed[0].number * scale, unit, precision=claimed[0].precision * scale)
        return Check(between, "=", Literal(other))


def _tells_length(stored: StoredFact) -> bool:
    fact = stored.fact
    measured = fact.quantity is not None and fact.quantity.unit in _LENGTHS and fact.origin is Origin.PROSE
    return measured and len(_stakes_of(stored)) == 2 and bool(_STAKE.search(fact.row))


def _stakes_of(stored: StoredFact) -> frozenset[str]:
    return frozenset(found[0].lower() for found in _STAKE.finditer(stored.fact.row))


def _metres(stake: str) -> Decimal:
    found = _STAKE.fullmatch(stake)
    assert found is not None
    return Decimal(found["km"]) * 1000 + Decimal(found["m"])
