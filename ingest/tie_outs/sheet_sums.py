"""The sums a performance sheet must hold, and what it must share with the project tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.facts import Coordinates, DocumentFacts, Fact, Fund, Level, Origin, Period, Role, Vintage
from ingest.labels import label_key
from ingest.numbers.quantities import YUAN
from ingest.tie_outs.equations import Equation, Outcome, equation_to_outcome
from ingest.tie_outs.rules import TieOutRules
from ingest.tie_outs.table_blocks import Block

INDICATOR = "indicator"
_NAME = "project"
_PROJECT_TABLES = ("projects",)
_CLOSE_NAMES = 0.8
_SOURCES = (
    (Fund.CENTRAL, Fund.PROVINCIAL, Fund.LOCAL, Fund.SELF_RAISED, Fund.OWN, Fund.OTHER),
    (Fund.FISCAL, Fund.SPECIAL_ACCOUNT, Fund.OWN, Fund.SELF_RAISED, Fund.OTHER),
    (Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUNDS, Fund.STATE_CAPITAL, Fund.SPECIAL_ACCOUNT, Fund.OWN, Fund.OTHER),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed sheet of a project: its facts by index."""

    project: str
    indexes: tuple[int, ...]
    facts: Sequence[Fact]

    def amounts(self, period: Period, fund: Fund) -> list[int]:
        """Funding amounts of a period and fund, without carried-over parts."""
        return [index for index in self.indexes if self._is_funding(self.facts[index], period, fund)]

    def total(self, period: Period) -> int | None:
        """The period's total funding, printed as money."""
        found = self.amounts(period, Fund.ALL)
        quantity = self.facts[found[0]].quantity if found else None
        return found[0] if quantity is not None and quantity.unit == YUAN else None

    @property
    def yearly_total(self) -> int | None:
        """The year's funding; a sheet of one period only calls it its total."""
        annual = self.total(Period.ANNUAL)
        return annual if annual is not None else self.total(Period.NONE)

    def _is_funding(self, fact: Fact, period: Period, fund: Fund) -> bool:
        its = fact.coordinates
        return (
            fact.field.startswith("funding")
            and fact.field != "funding_carried_over"
            and its.period is period
            and its.fund is fund
            and its.role is Role.AMOUNT
        )

    def indicators(self) -> list[int]:
        return [index for index in self.indexes if self.facts[index].field == INDICATOR]


def document_to_sheets(document: DocumentFacts) -> list[Sheet]:
    """The sheets of a document in reading order; where two units share a project, each prints its name anew."""
    groups: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    names: Counter[str] = Counter()
    for index, fact in enumerate(document.facts):
        if fact.origin is Origin.SHEET and fact.project:
            names[fact.project] += fact.field == _NAME
            groups[fact.project, fact.table, max(names[fact.project], 1)].append(index)
    return [Sheet(project, tuple(indexes), document.facts) for (project, *_), indexes in groups.items()]


def document_to_sheet_outcomes(document: DocumentFacts, blocks: Sequence[Block], rules: TieOutRules) -> list[Outcome]:
    """Funding by source, and the yearly funding against the project tables."""
    sheets = document_to_sheets(document)
    equations = [*(equation for sheet in sheets for equation in _source_equations(sheet)), *_table_equations(document)]
    outcomes = (equation_to_outcome(equation, document.facts) for equation in equations)
    return [outcome for outcome in outcomes if outcome is not None]


def _source_equations(sheet: Sheet) -> Iterator[Equation]:
    for period, name in ((Period.WHOLE, "实施期资金总额"), (Period.ANNUAL, "年度资金总额"), (Period.NONE, "资金总额")):
        total = sheet.total(period)
        if total is None:
            continue
        candidates = [parts for funds in _SOURCES if (parts := _sources(sheet, period, funds))]
        if candidates:
            about = f"「{sheet.project}」绩效表的{name}与各资金来源之和"
            equations = [Equation("sheet.sources", about, parts, (total,)) for parts in candidates]
            yield _holding(equations, sheet.facts)


def _sources(sheet: Sheet, period: Period, funds: Sequence[Fund]) -> tuple[int, ...]:
    """The sources of one partition, if any is printed with an amount; carried-over money is a source of its own."""
    parts = [index for fund in funds for index in sheet.amounts(period, fund)[:1]]
    if not any(quantity.number for index in parts if (quantity := sheet.facts[index].quantity)):
        return ()  # none of money: 其他资金 0.00 beside basic and project spending
    carried = (
        index
        for index in sheet.indexes
        if sheet.facts[index].field == "funding_carried_over" and sheet.facts[index].coordinates.period is period
    )
    return (*parts, *carried)


def _holding(equations: Sequence[Equation], facts: Sequence[Fact]) -> Equation:
    for equation in equations:
        outcome = equation_to_outcome(equation, facts)
        if outcome is not None and outcome.holds:
            return equation
    return equations[0]


def _table_equations(document: DocumentFacts) -> Iterator[Equation]:
    amounts = project_amounts(document)
    sheets = document_to_sheets(document)
    pairs = sheets_to_projects(sheets, amounts)
    totals: dict[str, list[int | None]] = defaultdict(list)
    for sheet in sheets:
        totals[sheet.project].append(sheet.yearly_total)
    for project, name in pairs.items():
        printed = tuple(total for total in totals[project] if total is not None)
        if len(printed) == len(totals[project]):
            about = f"「{project}」绩效表的年度资金与项目支出表"
            candidates = dict.fromkeys(
                (printed, *((total,) for total in printed))
            )  # the table may list one office only
            equations = [Equation("sheet.project_amount", about, parts, amounts[name]) for parts in candidates]
            yield _holding(equations, document.facts)


def project_amounts(document: DocumentFacts) -> Mapping[str, tuple[int, ...]]:
    """Each project of the project tables with the cells of its whole amount: this year's and carried-over money."""
    rows: dict[str, dict[tuple[int | None, int | None], int]] = defaultdict(dict)
    for index, fact in enumerate(document.facts):
        if fact.table_kind in _PROJECT_TABLES and _is_whole_amount(fact.coordinates) and fact.quantity is not None:
            rows[fact.project or fact.row].setdefault((fact.table_index, fact.row_index), index)
    return {project: tuple(cells.values()) for project, cells in rows.items()}


def _is_whole_amount(its: Coordinates) -> bool:
    if its.level is not Level.ITEM or its.role is not Role.AMOUNT:
        return False
    return its.fund is Fund.ALL and its.vintage in (Vintage.ALL, Vintage.CURRENT, Vintage.CARRIED_OVER)


def sheets_to_projects(sheets: Sequence[Sheet], known: Mapping[str, tuple[int, ...]]) -> dict[str, str]:
    """Sheet project → project table's name: the same, or one that OCR or a typist changed slightly and no other has."""
    by_key = {label_key(project): project for project in known}
    pairs = {sheet.project: by_key[key] for sheet in sheets if (key := label_key(sheet.project)) in by_key}
    free = [project for project in known if project not in pairs.values()]
    for sheet in sheets:
        if sheet.project not in pairs and free:
            best = max(free, key=lambda project: likeness(sheet.project, project))
            if likeness(sheet.project, best) >= _CLOSE_NAMES:
                pairs[sheet.project] = best
                free.remove(best)
    return pairs


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1."""
    return SequenceMatcher(None, label_key(one), label_key(other), autojunk=False).ratio()
