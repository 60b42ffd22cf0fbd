"""Numbers that a question repeats from the documents: the cells that print them, alone or under the name said with them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from assistant.catalog import AS_PRINTED, Catalog, bare_name
from assistant.computing.figures import Figures
from assistant.phrases.trimming import amounts_in
from assistant.plan import Lookup, Selector, Wish
from ingest.facts import Level, Status
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import Numeral, NumeralKind
from ingest.numbers.quantities import YUAN

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TELLING = 3  # digits that a number must have to be known without a unit


class StatedNumbers:
    """Finds numbers in one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.figures = Figures(catalog)

    def bare(self, text: str, numeral: Numeral) -> Lookup | None:
        """The cells that print a number said without a unit; None for small numbers and for those printed nowhere."""
        digits = [character for character in numeral.printed if character.isdigit()]
        found = self.cells(numeral) if len(digits) >= _TELLING else []
        if not found:
            return None
        unit = found[0].fact.quantity.unit if found[0].fact.quantity else ""
        ids = tuple(s.id for s in found if s.fact.quantity is not None and s.fact.quantity.unit == unit)
        return Lookup(Selector(text, self._label(found[0]), fact_ids=ids[:12]))

    def _label(self, stored: StoredFact) -> str:
        """What a cell prints, as an answer calls it; a total by its table's title."""
        if stored.fact.coordinates.level is not Level.TOTAL:
            return bare_name(stored).replace(" / ", " · ")
        return f"{stored.fact.table}{'·'.join(stored.fact.column[-1:])}"

    def cells(self, numeral: Numeral) -> list[StoredFact]:
        """Sound cells that print a number: in its unit when it has one, else by its digits, money first."""
        if numeral.quantity is None:
            return []
        number = abs(numeral.quantity.number)
        if numeral.kind is NumeralKind.NUMBER and not set(numeral.printed) & set("万亿千百"):
            found = self._by_digits.get(number, [])
            return sorted(found, key=_by_weight)
        unit = YUAN if numeral.kind is NumeralKind.NUMBER else numeral.quantity.unit
        return [s for s in self._by_value.get(number, []) if s.fact.quantity and s.fact.quantity.unit == unit]

    def named(self, selector: Selector, text: str) -> Selector:
        """A figure said with an amount: those of its cells that print the amount; all of them where none does."""
        amounts = amounts_in(text)
        if len(amounts) != 1 or amounts[0].kind is NumeralKind.SHARE or selector.fact_ids:
            return selector
        printed = {s.id for s in self.cells(amounts[0])}
        ids = tuple(s.id for s in self.figures.candidates(selector) if s.id in printed)
        return replace(selector, fact_ids=ids, wish=Wish()) if ids else selector

    @cached_property
    def _by_value(self) -> dict[Decimal, list[StoredFact]]:
        found: dict[Decimal, list[StoredFact]] = defaultdict(list)
        for stored in self._sound:
            if stored.fact.quantity is not None:
                found[abs(stored.fact.quantity.number)].append(stored)
        return found

    @cached_property
    def _by_digits(self) -> dict[Decimal, list[StoredFact]]:
        """Cells by the number as printed, whatever its unit's scale."""
        found: dict[Decimal, list[StoredFact]] = defaultdict(list)
        for stored in self._sound:
            digits = _DIGITS.search(stored.fact.printed)
            if digits is not None:
                found[Decimal(digits[0].replace(",", ""))].append(stored)
        return found

    @cached_property
    def _sound(self) -> Sequence[StoredFact]:
        return [
            s
            for s in self.catalog.facts
            if s.fact.quantity is not None and s.fact.field != AS_PRINTED and s.fact.status is not Status.DOUBTFUL
        ]


def _by_weight(stored: StoredFact) -> tuple[bool, bool]:
    """Amounts of money before other quantities, totals before their parts."""
    quantity, level = stored.fact.quantity, stored.fact.coordinates.level
    return quantity is None or quantity.unit != YUAN, level is not Level.TOTAL
