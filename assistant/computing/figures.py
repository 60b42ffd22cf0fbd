"""From a selector to its figure: the cells that print it, what else could be meant, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.catalog import AS_PRINTED, Catalog, Project
from assistant.computing.concept_cells import ConceptCells
from assistant.computing.policy import IMPOSSIBLE, PARTIAL_TABLES, cost
from assistant.cues import says
from assistant.plan import Selector
from assistant.words import concept_by_key
from ingest.facts import Absence, Fund, Level, Origin, Period, Role, Spending, Status, Vintage
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.quantities import Quantity

_SAME_READING = 3.0
# what is no total of all spending
_PARTS_OF_SPENDING = (Spending.BASIC, Spending.PROJECT, Spending.PERSONNEL, Spending.OPERATING)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with the cells that print it; `cells[0]` is the one that answers. `others` are other readings."""

    label: str
    quantity: Quantity
    cells: tuple[StoredFact, ...]
    others: tuple[StoredFact, ...] = ()
    conflicts: tuple[StoredFact, ...] = ()
    warnings: tuple[str, ...] = ()
    parts: tuple[StoredFact, ...] = ()  # the rows that the quantity adds up, where one table has several of the name

    @property
    def primary(self) -> StoredFact:
        return self.cells[0]


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that is words: a date range, 良好, 按季度支付; `cells[0]` prints it."""

    label: str
    text: str
    cells: tuple[StoredFact, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no figure: `reason` is a key of vocabulary/reasons.yaml; `cells` the empty places looked at."""

    reason: str
    detail: str
    cells: tuple[StoredFact, ...] = ()


class Figures:
    """Reads figures out of a catalog by the policy."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._concepts = ConceptCells(catalog)

    def figure(self, selector: Selector) -> Figure | Missing:
        """The figure a selector means in the first document that has it; see `by_document` for several."""
        found = self.by_document(selector)
        for each in found:
            if isinstance(each, Figure):
                return each
        missing = next((each for each in found if isinstance(each, Missing)), None)
        return missing or self._nothing(selector)

    def by_document(self, selector: Selector) -> list[Figure | Stated | Missing]:
        """One outcome for each document that knows the selector's name at all."""
        groups: dict[int, list[StoredFact]] = {}
        for stored in self.candidates(selector):
            groups.setdefault(self.catalog.disclosure_by_document[stored.document_id], []).append(stored)
        return [self._choose(selector, cells) for cells in groups.values()]

    def candidates(self, selector: Selector) -> list[StoredFact]:
        """Every cell that stands for the selector's name, whatever its coordinates."""
        catalog = self.catalog
        if selector.fact_ids:
            return [catalog.by_id[each] for each in selector.fact_ids if each in catalog.by_id]
        found: list[StoredFact] = []
        if selector.code:
            found += _classified(catalog.codes.get(selector.code, []))
        for project in catalog.project_by_key.get(selector.project, []) if selector.project else ():
            found += _project_cells(project, selector)
        for key in selector.row_keys:
            found += catalog.rows.get(key, [])
        if selector.concept:
            found += self._concept_cells(selector)
        if selector.tables:
            allowed = set(selector.tables)
            within = [s for s in found if (s.document_id, s.fact.table_index) in allowed]
            if not found and not selector.project and not _names_a_row(selector):
                within = [
                    s
                    for table in selector.tables
                    for s in catalog.cells_of_table(table)
                    if s.fact.coordinates.level is Level.TOTAL
                ]
            found = within
        return list({stored.id: stored for stored in found}.values())

    def _concept_cells(self, selector: Selector) -> list[StoredFact]:
        concept = concept_by_key()[selector.concept]
        catalog = self.catalog
        found: list[StoredFact] = []
        for row in concept.rows:
            found += catalog.rows.get(label_key(row), [])
        if concept.total:
            kinds = set(concept.tables) if concept.tables and not concept.fund_row else None
            of_part = not concept.tables and selector.wish.spending is None and not selector.tables
            found += [
                s
                for s in catalog.totals
                if not (of_part and s.fact.coordinates.spending in _PARTS_OF_SPENDING)
                and (
                    s.fact.table_kind in kinds
                    if kinds is not None
                    else s.fact.table_kind not in PARTIAL_TABLES
                    or concept.fund_row
                    or selector.tables
                    or selector.wish.spending
                )
            ]
        if concept.fund_row:
            found += [
                s for s in catalog.rows.get(label_key(concept.label), []) if s.fact.coordinates.level is not Level.TOTAL
            ]
        if concept.table_total_when:
            found += [s for s in catalog.carried_rows if s.fact.coordinates.level is Level.TOTAL]
        for subject in (*concept.prose, concept.label, *concept.names):
            found += [s for s in catalog.prose.get(label_key(subject), []) if not s.fact.project]
        named = self._concepts.in_tables(concept)
        if concept.total and any(s.fact.quantity is not None for s in named):
            found = [
                s for s in found if s.fact.coordinates.level is not Level.TOTAL or s.fact.origin is not Origin.TABLE
            ]
        return [*found, *named, *self._concepts.in_prose(concept)]

    def _choose(self, selector: Selector, cells: Sequence[StoredFact]) -> Figure | Stated | Missing:
        weighed = sorted(((cost(s.fact, selector), s) for s in cells), key=lambda pair: (pair[0], pair[1].id))
        possible = [(price, s) for price, s in weighed if price < IMPOSSIBLE]
        valued = [(price, s) for price, s in possible if s.fact.quantity is not None]
        if (
            not possible
            and (relaxed := self._without_carry_over(selector, cells) or self._within_basic(selector, cells))
            is not None
        ):
            return relaxed
        if not valued:
            texts = [s for _, s in possible if s.fact.printed and s.fact.absence is None]
            if texts:
                alike = tuple(s for s in texts if s.fact.printed == texts[0].fact.printed)
                return Stated(selector.label or _label(texts[0]), texts[0].fact.printed, alike, texts[0].fact.warnings)
            return self._why_missing(selector, [s for _, s in possible], cells)
        price, best = valued[0]
        quantity = best.fact.quantity
        assert quantity is not None
        same: list[StoredFact] = []
        others: list[StoredFact] = []
        conflicts: list[StoredFact] = []
        for other_price, other in valued[1:]:
            amount = other.fact.quantity
            assert amount is not None
            if amount.unit != quantity.unit:
                continue
            if amount.number == quantity.number:
                if other_price - price <= _SAME_READING + 1 and other.fact.status is not Status.DOUBTFUL:
                    same.append(other)
            elif other_price < 6 and not amount.agrees_with(quantity) and _another_reading(best, other):
                (conflicts if _same_meaning(best, other) else others).append(other)
        label = selector.label or _label(best)
        all_rows = selector.project or says(selector.words, "all_rows")
        if all_rows and len(rows := _rows_alike(best, [stored for _, stored in valued])) > 1:
            return _added(label, rows)
        return Figure(
            label,
            quantity,
            (best, *same[:12]),
            tuple(_distinct(others)[:2]),
            tuple(_distinct(conflicts)[:2]),
            best.fact.warnings,
        )

    def _without_carry_over(self, selector: Selector, cells: Sequence[StoredFact]) -> Figure | Stated | Missing | None:
        """`当年` asked of a row that only prints its whole: the same, where the document carries nothing over for it."""
        if selector.wish.vintage is not Vintage.CURRENT:
            return None
        carried = any(
            s.fact.coordinates.vintage is Vintage.CARRIED_OVER
            and s.fact.quantity is not None
            and s.fact.quantity.number
            for s in cells
        )
        return None if carried else self._choose(replace(selector, wish=replace(selector.wish, vintage=None)), cells)

    def _within_basic(self, selector: Selector, cells: Sequence[StoredFact]) -> Figure | Stated | Missing | None:
        """`公用经费中的办公费` where the table of basic expenditure does not tell personnel from operating in its columns."""
        if selector.wish.spending not in (Spending.OPERATING, Spending.PERSONNEL):
            return None
        basic = [
            s
            for s in cells
            if s.fact.coordinates.spending is Spending.BASIC and s.fact.coordinates.level is not Level.TOTAL
        ]
        return (
            self._choose(replace(selector, wish=replace(selector.wish, spending=Spending.BASIC)), basic)
            if basic
            else None
        )

    def _why_missing(self, selector: Selector, possible: Sequence[StoredFact], cells: Sequence[StoredFact]) -> Missing:
        label = selector.label or selector.words
        for stored in possible:
            if stored.fact.absence is Absence.LOST:
                return Missing("lost", f"{_place_words(stored)}", (stored,))
            if stored.fact.absence is Absence.BLANK:
                return Missing("blank", f"{_place_words(stored)}", (stored,))
            if stored.fact.absence is Absence.DASH:
                return Missing("dash", f"{_place_words(stored)}", (stored,))
        return Missing("year_item", label or _label(cells[0]))

    def _nothing(self, selector: Selector) -> Missing:
        concept = concept_by_key()[selector.concept] if selector.concept and not selector.tables else None
        for key in (*selector.row_keys, *(label_key(row) for row in (concept.rows if concept is not None else ()))):
            if key in self.catalog.blank_rows:
                table, label = self.catalog.blank_rows[key]
                return Missing("blank", f"《{self.catalog.tables[table].title}》的“{label}”")
        return Missing("unknown", selector.label or selector.words)


def _classified(cells: Sequence[StoredFact]) -> list[StoredFact]:
    """The cells of a code in tables that classify by it; those of procurement and projects only where there is no other."""
    return [s for s in cells if s.fact.table_kind not in PARTIAL_TABLES and not s.fact.project] or list(cells)


def _project_cells(project: Project, selector: Selector) -> list[StoredFact]:
    """A project's own cells: budget by default, a sheet's funding when a period or a source of funding is wished."""
    wish = selector.wish
    if wish.period is Period.WHOLE:
        return [
            s
            for cells in project.fields.values()
            for s in cells
            if s.fact.coordinates.period is Period.WHOLE and s.fact.coordinates.role is Role.AMOUNT
        ]
    amounts = [s for cells in project.fields.values() for s in cells if s.fact.coordinates.role is Role.AMOUNT]
    sheet = [s for s in amounts if s.fact.coordinates.period is Period.ANNUAL]
    if not sheet and all(s.fact.coordinates.period is Period.NONE for s in amounts):
        sheet = [s for s in amounts if s.fact.field.startswith("funding")]  # a sheet of one year has one column
    rows = [s for s in project.rows if s.fact.field != AS_PRINTED]
    if wish.period is Period.ANNUAL:
        return sheet
    return rows + sheet


def _rows_alike(best: StoredFact, valued: Sequence[StoredFact]) -> list[StoredFact]:
    """The cells of one column in rows of one table that are called alike and print different amounts: a project of several
    offices, a row each."""
    fact = best.fact
    if fact.origin is not Origin.TABLE:
        return [best]
    found = {
        s.fact.row_index: s
        for s in valued
        if (s.document_id, s.fact.table_index, s.fact.column, s.fact.row)
        == (best.document_id, fact.table_index, fact.column, fact.row)
    }
    amounts = {s.fact.quantity.number for s in found.values() if s.fact.quantity is not None}
    return [best] if len(amounts) < 2 else sorted(found.values(), key=lambda stored: stored.id)


def _added(label: str, rows: Sequence[StoredFact]) -> Figure:
    """What rows of one name come to together."""
    total = Quantity(Decimal(0), "")
    for number, stored in enumerate(rows):
        assert stored.fact.quantity is not None
        total = total + stored.fact.quantity if number else stored.fact.quantity
    warning = f"《{rows[0].fact.table}》有 {len(rows)} 行都叫“{rows[0].fact.row}”，已相加"
    return Figure(label, total, tuple(rows), warnings=(warning,), parts=tuple(rows))


def _another_reading(best: StoredFact, other: StoredFact) -> bool:
    """Whether another cell could be meant by the same words: another fund or year's money of the same kind, not a zero."""
    a, b = best.fact.coordinates, other.fact.coordinates
    return a.spending is b.spending and (other.fact.quantity is None or other.fact.quantity.number != 0)


def _same_meaning(one: StoredFact, other: StoredFact) -> bool:
    """Whether two cells claim to print the same figure, so that different numbers contradict each other."""
    a, b = one.fact.coordinates, other.fact.coordinates
    return (
        (a.fund, a.vintage, a.spending, a.role) == (b.fund, b.vintage, b.spending, b.role)
        and a.period == b.period
        and one.fact.origin == other.fact.origin
        and one.fact.project == other.fact.project
        and (a.side == b.side)
        and not (_is_of_a_part(one) ^ _is_of_a_part(other))
    )


def _is_of_a_part(stored: StoredFact) -> bool:
    """Whether a cell is the total of a table that holds a part of all money only."""
    fact = stored.fact
    return fact.coordinates.level is Level.TOTAL and fact.table_kind in PARTIAL_TABLES


def _label(stored: StoredFact) -> str:
    fact = stored.fact
    if fact.origin is Origin.SHEET and fact.project:
        return fact.row.replace(" / ", " · ")
    return fact.row


def _place_words(stored: StoredFact) -> str:
    fact = stored.fact
    half = {Period.WHOLE: "（实施期）", Period.ANNUAL: "（年度）"}.get(fact.coordinates.period, "")
    return f"{fact.row.replace(' / ', '的')}{half if fact.field == 'indicator' else ''}"


def _distinct(cells: Iterable[StoredFact]) -> list[StoredFact]:
    seen: dict[object, StoredFact] = {}
    for stored in cells:
        assert stored.fact.quantity is not None
        seen.setdefault(stored.fact.quantity.number, stored)
    return list(seen.values())


SPENDING_LABELS = {
    Spending.BASIC: "基本支出",
    Spending.PROJECT: "项目支出",
    Spending.PERSONNEL: "人员经费",
    Spending.OPERATING: "公用经费",
}
FUND_LABELS = {
    Fund.ALL: "",
    Fund.FISCAL: "财政拨款",
    Fund.GENERAL_PUBLIC: "一般公共预算",
    Fund.GOVERNMENT_FUNDS: "政府性基金预算",
    Fund.STATE_CAPITAL: "国有资本经营预算",
    Fund.SPECIAL_ACCOUNT: "财政专户管理资金",
    Fund.OWN: "单位资金",
    Fund.CENTRAL: "中央财政资金",
    Fund.PROVINCIAL: "省级财政资金",
    Fund.LOCAL: "市县（区）财政资金",
    Fund.SELF_RAISED: "单位自筹",
    Fund.OTHER: "其他资金",
}


def _names_a_row(selector: Selector) -> bool:
    """Whether a selector names something else than a table's total."""
    concept = concept_by_key()[selector.concept] if selector.concept else None
    row = concept is not None and not (
        concept.total or concept.fund_row or concept.table_total_when or not concept.rows
    )
    return bool(selector.code or selector.row_keys or row)
