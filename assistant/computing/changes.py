"""Against last year: the change the document states, or last year's figure recovered from this year's and the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.catalog import Catalog
from assistant.computing.figures import Figure, Figures, Missing
from assistant.computing.results import Computation, Result
from assistant.cues import says
from assistant.plan import Change, Selector
from assistant.words import concept_by_key
from ingest.facts import Fund, Origin, Role, Vintage
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import format_quantity
from ingest.numbers.quantities import Quantity

_STATED = {"amount": Role.CHANGE, "direction": Role.CHANGE, "rate": Role.CHANGE_RATE, "last_year": Role.LAST_YEAR}

_SINCE = ("amount", "direction", "rate")


class Changes:
    """Finds stated changes beside a figure: the columns of its row, the clause of its sentence."""

    def __init__(self, catalog: Catalog, figures: Figures) -> None:
        self.catalog = catalog
        self.figures = figures

    def change(self, plan: Change) -> Result:
        """The change as it is spoken of: negative for a fall, or the size of the fall where that is named."""
        result = self._change(plan)
        if not plan.fall or result.value is None:
            return result
        return replace(result, value=replace(result.value, number=-result.value.number))

    def _change(self, plan: Change) -> Result:
        current = self.figures.figure(plan.of)
        if isinstance(current, Missing):
            return Result(plan, missing=current)
        if plan.ask == "this_year":
            change = self._stated(plan.of, current, Role.CHANGE)
            figure = self._same_sentence(current, change) if change is not None else current
            return Result(plan, figure.quantity, figure.label, figures=(figure,), warnings=figure.warnings)
        stated = self._stated(plan.of, current, _STATED[plan.ask]) if plan.ask in _STATED else None
        if stated is None and plan.ask in _SINCE:
            stated = self._of_the_total(plan.of, current, _STATED[plan.ask])
        if stated is not None:
            figure = Figure(
                current.label,
                stated.fact.quantity or Quantity(Decimal(0), ""),
                (stated,),
                warnings=stated.fact.warnings,
            )
            return Result(plan, figure.quantity, current.label, figures=(figure, current), warnings=figure.warnings)
        change = self._stated(plan.of, current, Role.CHANGE) or self._of_the_same_total(plan.of, current)
        if plan.ask == "last_year" and change is not None and change.fact.quantity is not None:
            return self._last_year(plan, current, change)
        if plan.ask in ("rate", "recomputed_rate") and change is not None and change.fact.quantity is not None:
            return self._rate(plan, current, change)
        last = self._stated(plan.of, current, Role.LAST_YEAR)
        if plan.ask in ("amount", "direction") and last is not None and last.fact.quantity is not None:
            value = current.quantity - last.fact.quantity
            step = Computation(
                f"{format_quantity(current.quantity)} - 上年 {format_quantity(last.fact.quantity)} = {format_quantity(value)}",
                value,
            )
            return Result(plan, value, current.label, figures=(current,), cells=(last,), steps=(step,))
        return Result(plan, missing=Missing("no_change", current.label), figures=(current,))

    def _last_year(self, plan: Change, current: Figure, change: StoredFact) -> Result:
        current = self._same_sentence(current, change)
        assert change.fact.quantity is not None
        value = current.quantity - change.fact.quantity
        step = Computation(
            f"上年 = 今年 {format_quantity(current.quantity)} - 增减额 {format_quantity(change.fact.quantity)} = {format_quantity(value)}",
            value,
        )
        return Result(
            plan,
            value,
            current.label,
            figures=(current,),
            cells=(change,),
            steps=(step,),
            notes=("由今年数与增减额推算",),
        )

    def _rate(self, plan: Change, current: Figure, change: StoredFact) -> Result:
        current = self._same_sentence(current, change)
        assert change.fact.quantity is not None
        last = current.quantity - change.fact.quantity
        value = Quantity(change.fact.quantity.ratio_to(last) * 100, "%")
        steps = (
            Computation(
                f"上年 = {format_quantity(current.quantity)} - ({format_quantity(change.fact.quantity)}) = {format_quantity(last)}",
                last,
            ),
            Computation(
                f"{format_quantity(change.fact.quantity)} ÷ {format_quantity(last)} = {format_quantity(value, places=2)}",
                value,
            ),
        )
        return Result(plan, value, current.label, figures=(current,), cells=(change,), steps=steps)

    def _same_sentence(self, current: Figure, change: StoredFact) -> Figure:
        """The amount that stands in the change's own sentence, when there is one: it is what the change refers to."""
        for stored in self.catalog.facts:
            fact = stored.fact
            if (
                fact.sentence
                and fact.sentence == change.fact.sentence
                and fact.coordinates.role is Role.AMOUNT
                and fact.quantity is not None
                and label_key(fact.row) == label_key(change.fact.row)
            ):
                return Figure(current.label, fact.quantity, (stored, *current.cells))
        return current

    def _stated(self, selector: Selector, current: Figure, role: Role) -> StoredFact | None:
        found = self._beside(current.cells, role) + self._named_alike(selector, current, role)
        return found[0] if found else None

    def _of_the_total(self, selector: Selector, current: Figure, role: Role) -> StoredFact | None:
        """The change that the prose tells of all income or all expenditure under a shorter name, outside of what it says of
        a fund; the amount that it is the change of may be another than the table's."""
        subjects = (
            {label_key(each) for each in concept_by_key()[selector.concept].changes} if selector.concept else set()
        )
        if not subjects or selector.wish.fund is not None:
            return None
        told = (
            stored
            for stored in self.catalog.facts
            if stored.fact.origin is Origin.PROSE
            and stored.fact.coordinates.role is role
            and stored.fact.quantity is not None
            and label_key(stored.fact.row) in subjects
            and self.catalog.together(stored, current.primary)
            and not says(stored.fact.table, "of_a_fund")
        )
        return next(told, None)

    def _of_the_same_total(self, selector: Selector, current: Figure) -> StoredFact | None:
        """The total's change, where its section tells the same total."""
        change = self._of_the_total(selector, current, Role.CHANGE)
        section = change.fact.table if change is not None else ""
        amounts = (s.fact for s in self.catalog.facts if section and s.fact.table == section)
        told = any(
            f.coordinates.role is Role.AMOUNT and f.quantity and f.quantity.number == current.quantity.number
            for f in amounts
        )
        return change if told else None

    def _beside(self, cells: Sequence[StoredFact], role: Role) -> list[StoredFact]:
        """Facts of the wished role in the same table row, or in the same sentence about the same subject."""
        found = []
        for cell in cells:
            for stored in self.catalog.facts:
                fact = stored.fact
                if fact.coordinates.role is not role or fact.quantity is None or stored.document_id != cell.document_id:
                    continue
                same_row = (
                    fact.table_index is not None
                    and fact.table_index == cell.fact.table_index
                    and fact.row_index == cell.fact.row_index
                )
                same_clause = (
                    bool(fact.sentence)
                    and fact.sentence == cell.fact.sentence
                    and label_key(fact.row) == label_key(cell.fact.row)
                )
                if same_row or same_clause:
                    found.append(stored)
        of_same_column = [
            s for s in found if s.fact.column[1:] and any(s.fact.column[1:] == c.fact.column[1:] for c in cells)
        ]
        return of_same_column or found

    def _named_alike(self, selector: Selector, current: Figure, role: Role) -> list[StoredFact]:
        """Prose changes about the same thing: the same name, or the same coordinates and an amount that agrees."""
        weighed = []
        candidates = {s.id for s in self.figures.candidates(selector)}
        for stored in self.catalog.facts:
            fact = stored.fact
            if (
                fact.coordinates.role is not role
                or fact.quantity is None
                or not self.catalog.together(stored, current.primary)
                or fact.project
            ):
                continue
            if stored.id in candidates or self._states(stored, current):
                weighed.append((self._distance(fact.coordinates, selector), stored.id, stored))
        return [stored for _, _, stored in sorted(weighed, key=lambda item: item[:2])]

    def _states(self, change: StoredFact, current: Figure) -> bool:
        """Whether the change's sentence gives the current figure as the amount it speaks of, rounded under its own name."""
        name = label_key(current.primary.fact.row)
        for stored in self.catalog.facts:
            fact, amount = stored.fact, stored.fact.quantity
            if (
                amount is None
                or amount.unit != current.quantity.unit
                or fact.coordinates.role is not Role.AMOUNT
                or not fact.sentence
                or fact.sentence != change.fact.sentence
                or label_key(fact.row) != label_key(change.fact.row)
            ):
                continue
            rounded = amount.agrees_with(current.quantity) and name in label_key(fact.row)
            same = amount.number == current.quantity.number != 0  # much else comes to nothing too
            if same or rounded:
                return True
        return False

    @staticmethod
    def _distance(at: object, selector: Selector) -> int:
        wish = selector.wish
        fund = getattr(at, "fund", Fund.ALL)
        vintage = getattr(at, "vintage", Vintage.ALL)
        side = getattr(at, "side", None)
        return (
            (2 if fund is not (wish.fund or Fund.ALL) else 0)
            + (1 if wish.vintage and vintage is not wish.vintage else 0)
            + (1 if wish.side and side is not wish.side else 0)
        )
