"""The records that travel from the readers to the screen: a figure never travels alone.

A `Fact` is one printed cell, indicator, field or prose figure with its place, labels, exact value, unit, status, and
its `Coordinates`: what it measures, in terms shared by all documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.numbers.quantities import Quantity
from ingest.source import Place


class Origin(StrEnum):
    TABLE = "table"
    SHEET = "sheet"
    PROSE = "prose"


class Status(StrEnum):
    """OK as printed; REPAIRED differs from where the source prints it; DOUBTFUL fails a check."""

    OK = "ok"
    REPAIRED = "repaired"
    DOUBTFUL = "doubtful"


class Absence(StrEnum):
    """Why a fact has no value. A printed zero is a value."""

    BLANK = "blank"  # the source leaves the field empty
    DASH = "dash"  # the source prints a dash or slash
    LOST = "lost"  # the source's text is cut off or a neighbour proves that a value is missing


class UnitSource(StrEnum):
    CELL = "cell"
    HEADER = "header"
    TABLE = "table"
    DOCUMENT = "document"
    ASSUMED = "assumed"
    NONE = ""


class Side(StrEnum):
    NONE = ""
    INCOME = "income"
    EXPENDITURE = "expenditure"


class Fund(StrEnum):
    """Which money. ALL is the sum over funds; FISCAL is 财政拨款, the sum of the first three."""

    ALL = "all"
    FISCAL = "fiscal"
    GENERAL_PUBLIC = "general_public"
    GOVERNMENT_FUNDS = "government_funds"
    STATE_CAPITAL = "state_capital"
    SPECIAL_ACCOUNT = "special_account"
    OWN = "own"
    CENTRAL = "central"  # performance sheets: by level of government
    PROVINCIAL = "provincial"
    LOCAL = "local"
    SELF_RAISED = "self_raised"
    OTHER = "other"


ONE_FUND = frozenset({Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUNDS, Fund.STATE_CAPITAL})
SHEET_FUNDS = frozenset({Fund.CENTRAL, Fund.PROVINCIAL, Fund.LOCAL, Fund.SELF_RAISED, Fund.OTHER})


class Spending(StrEnum):
    ALL = "all"
    BASIC = "basic"
    PERSONNEL = "personnel"
    OPERATING = "operating"
    PROJECT = "project"
    BUSINESS = "business"  # 事业单位经营支出
    REMITTED = "remitted"  # 上缴上级支出
    SUBSIDY = "subsidy"  # 对附属单位补助支出


class Vintage(StrEnum):
    """Of which year's money. ALL includes the carry-over."""

    ALL = "all"
    CURRENT = "current"
    CARRIED_OVER = "carried_over"
    CARRIED_FORWARD = "carried_forward"  # 年终结转


class Role(StrEnum):
    """What kind of number of a row: this year's amount, last year's, their change …"""

    AMOUNT = "amount"
    LAST_YEAR = "last_year"
    EXECUTED = "executed"
    BUDGETED = "budgeted"  # the budget beside final accounts
    CHANGE = "change"
    CHANGE_RATE = "change_rate"
    SHARE = "share"
    COUNT = "count"
    UNIT_PRICE = "unit_price"
    DATE = "date"
    TARGET = "target"  # an indicator's target value
    TEXT = "text"


class Level(StrEnum):
    """A row's place in its table's hierarchy; TOTAL and CLASS/SECTION/SUBTOTAL roll up others and are never added to them."""

    TOTAL = "total"
    SUBTOTAL = "subtotal"
    CLASS = "class"
    SECTION = "section"
    ITEM = "item"
    OF_WHICH = "of_which"
    UNKNOWN = ""


class Period(StrEnum):
    """Performance sheets: whole implementation period or the document's year."""

    NONE = ""
    WHOLE = "whole"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True)
class Coordinates:
    """What a number measures, in terms that hold across documents. `year` is the year the number is about, if told."""

    side: Side = Side.NONE
    fund: Fund = Fund.ALL
    spending: Spending = Spending.ALL
    vintage: Vintage = Vintage.ALL
    role: Role = Role.AMOUNT
    level: Level = Level.UNKNOWN
    period: Period = Period.NONE
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with everything needed to show and to check it.

    `table` is the title as printed (a prose fact: its section's heading); `table_kind` a key of vocabulary/tables.yaml,
    `performance_sheet`, `prose` or "". `row` is the row's own label, wrapped lines joined and spaces dropped; for a
    sheet "project / field" or "project / indicator"; for prose the figure's subject. `row_path` are the labels above it
    (sheets: the indicator's level 1 and 2). `column` is the header path from top to bottom (prose: the kind of figure).
    `project` names the project the fact belongs to, `field` is a key of vocabulary/sheets.yaml for sheet fields or
    "indicator". `sentence` is the sentence a prose figure stands in. `quantity` is None for texts and absent values.
    """

    origin: Origin
    table: str
    table_kind: str
    row: str
    row_path: tuple[str, ...]
    row_code: str
    column: tuple[str, ...]
    printed: str
    quantity: Quantity | None
    place: Place
    coordinates: Coordinates = field(default_factory=Coordinates)
    unit_source: UnitSource = UnitSource.NONE
    absence: Absence | None = None
    status: Status = Status.OK
    warnings: tuple[str, ...] = ()
    project: str = ""
    field: str = ""
    sentence: str = ""
    table_index: int | None = None  # index into DocumentFacts.tables
    row_index: int | None = None  # the row and column of the printed cell in that TableRecord's rows
    column_index: int | None = None


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A table or sheet as printed, for showing a citation in its surroundings.

    `rows` are the printed texts of the joined grids, `places` one place for each row; `note` e.g. 注：本表无数据.
    """

    title: str
    kind: str
    number: str  # 预算公开表6, 公开01表, 表6 … as printed, "" if none
    unit: str  # as printed, "" if none
    rows: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]
    note: str = ""
    empty: bool = False
    ties_out: bool | None = None  # None: no check applied


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose, a sheet's text field or a glossary entry, to quote and to search.

    `heading` is the path of headings above it; `term` is set for a glossary entry; `project` and `field` for a sheet's
    text; `truncated` when the source's text breaks off.
    """

    heading: tuple[str, ...]
    text: str
    place: Place
    term: str = ""
    project: str = ""
    field: str = ""
    truncated: bool = False


class Grade(StrEnum):
    AGREES = "agrees"
    ROUNDING = "rounding"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one tie-out or consistency check.

    `rule` is a key of vocabulary/tie_outs.yaml; `summary` a sentence for a reader; `expected` and `actual` the two
    figures; `recomputation` the arithmetic in one line; `fact_indexes` the facts involved, as indexes into
    `DocumentFacts.facts`; `repair` describes a proposed mending and its proof.
    """

    rule: str
    grade: Grade
    summary: str
    table: str = ""
    expected: Quantity | None = None
    actual: Quantity | None = None
    recomputation: str = ""
    fact_indexes: tuple[int, ...] = ()
    repair: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """All that was read from one document; the unit that the ledger stores in one transaction."""

    name: str
    sha256: str
    format: str
    department: str
    year: int | None
    kind: str  # "budget" | "final_accounts" | ""
    title: str
    facts: tuple[Fact, ...]
    tables: tuple[TableRecord, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
