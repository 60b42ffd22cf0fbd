"""The facts of the chosen documents, arranged by what people name: projects, rows, codes, people, indicators, tables.

Built from the ledger, kept for as long as the ledger's generation stands. It knows labels and coordinates, no questions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from assistant.computing.project_classes import ProjectClass, project_classes
from assistant.names.spelling import is_misprint
from assistant.texts.enumerations import Enumeration, alike_of, enumerations_of
from ingest.facts import Fund, Level, Origin, Period, Role, TableRecord, Vintage
from ingest.labels import bare_label, joined_label, label_key
from ingest.ledger.ledger import FactFilter, Ledger, StoredDocument, StoredFact, StoredFinding, StoredPassage

AS_PRINTED = "as_printed"  # Fact.field of a misprinted reading that a repair replaced
_LONGEST_QUALIFIER, _SHARED_REST = 4, 4  # characters
_TELLING_NAME = 6  # characters of a name that is not said by chance
LEVELS = (Fund.CENTRAL, Fund.PROVINCIAL, Fund.LOCAL, Fund.SELF_RAISED, Fund.OTHER)  # who pays, in a sheet's head
SHEET_KIND = "performance_sheet"
_STAFF_KIND = "staff"
PROJECT_TABLE_KIND = "project_expenditure"


@dataclass(slots=True)
class Project:
    """A project as its table row, its sheet or both tell of it. `names` are the spellings printed, the sheet's first."""

    document_id: int
    key: str
    names: list[str] = field(default_factory=list)
    rows: list[StoredFact] = field(default_factory=list)
    fields: dict[str, list[StoredFact]] = field(default_factory=lambda: defaultdict(list))
    indicators: list[StoredFact] = field(default_factory=list)
    prose: list[StoredFact] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.names[0]

    def text(self, name: str) -> str:
        """A sheet field's printed text, "" when blank, lost or absent."""
        return next((s.fact.printed for s in self.fields.get(name, ()) if s.fact.printed), "")

    def funding(self, period: Period, fund: Fund = Fund.ALL) -> list[StoredFact]:
        """Sheet amounts of a period and source that are printed; what is carried over is a part of the whole."""
        return [
            s
            for cells in self.fields.values()
            for s in cells
            if s.fact.coordinates.period is period
            and s.fact.coordinates.fund is fund
            and s.fact.coordinates.vintage is not Vintage.CARRIED_OVER
            and s.fact.quantity is not None
            and s.fact.coordinates.role is Role.AMOUNT
        ]

    def budget(self) -> list[StoredFact]:
        """The project's budget of the document's year: the project table's total, then the sheet's annual funding."""
        rows = [
            s
            for s in self.rows
            if s.fact.quantity is not None
            and s.fact.coordinates.fund in (Fund.ALL, Fund.FISCAL)
            and s.fact.coordinates.role is Role.AMOUNT
            and s.fact.field != AS_PRINTED
        ]
        rows.sort(key=lambda s: s.fact.coordinates.fund is not Fund.ALL)
        return rows[:1] + (self.funding(Period.ANNUAL) or self.funding(Period.NONE))[:1]

    def money(self) -> list[StoredFact]:
        """Everything that is printed as the project's own amount: its budget and what its sheet says of each period."""
        return [*self.budget(), *(s for period in Period for s in self.funding(period))]

    @property
    def vintages(self) -> set[Vintage]:
        return {s.fact.coordinates.vintage for s in self.rows}

    @property
    def funds(self) -> set[Fund]:
        """The funds whose column holds an amount other than zero in the project table."""
        return {
            s.fact.coordinates.fund for s in self.rows if s.fact.quantity is not None and s.fact.quantity.number != 0
        } - {Fund.ALL, Fund.FISCAL}

    @property
    def sources(self) -> list[StoredFact]:
        """The sheet's funding of the year by level of government."""
        return [s for level in LEVELS for s in self.funding(Period.ANNUAL, level) if s.fact.origin is Origin.SHEET]

    @property
    def payers(self) -> set[Fund]:
        """The levels of government whose money the sheet prints, other than zero: of the year, of the whole period where the
        year's is left blank."""
        cells = [s.fact for s in self.sources if s.fact.quantity is not None]
        cells = cells or [s.fact for level in LEVELS for s in self.funding(Period.WHOLE, level)]
        return {fact.coordinates.fund for fact in cells if fact.quantity is not None and fact.quantity.number != 0}


class Catalog:
    """Everything that the chosen documents say, by name.

    `facts` in source order; `passages` and `tables` by document; `findings` with their document.
    """

    def __init__(
        self,
        documents: Sequence[StoredDocument],
        facts: Sequence[StoredFact],
        passages: Sequence[StoredPassage],
        tables: dict[tuple[int, int], TableRecord],
        findings: Sequence[StoredFinding],
    ) -> None:
        self.documents = tuple(documents)
        self.facts = tuple(facts)
        self.passages = tuple(passages)
        self.tables = tables
        self.findings = tuple(findings)
        self.by_id = {stored.id: stored for stored in facts}

    @cached_property
    def joined_rows(self) -> tuple[str, ...]:
        """Row names with an `and` in them, as 商品和服务支出."""
        return tuple(name for name in self.rows if len(name) >= 5 and re.search("和|与|及|、", name[1:-1]))

    @cached_property
    def document_by_id(self) -> dict[int, StoredDocument]:
        return {document.id: document for document in self.documents}

    @cached_property
    def disclosure_by_document(self) -> dict[int, int]:
        """For each document the first of the same department, year and kind: a disclosure may be published as two files."""
        first: dict[tuple[str, int | None, str], int] = {}
        return {
            d.id: first.setdefault((label_key(d.department) or d.name, d.year, d.kind), d.id) for d in self.documents
        }

    def together(self, one: StoredFact, other: StoredFact) -> bool:
        """Whether two facts stand in the same disclosure."""
        same = self.disclosure_by_document
        return same[one.document_id] == same[other.document_id]

    @cached_property
    def tells_budgets(self) -> bool:
        """Whether budgets stand beside final accounts, so that 预算数 is not the amount itself."""
        return any(stored.fact.coordinates.role is Role.BUDGETED for stored in self.facts)

    @cached_property
    def years(self) -> set[int]:
        return {document.year for document in self.documents if document.year is not None}

    @cached_property
    def projects(self) -> dict[tuple[int, str], Project]:
        """Projects by (document, key); a sheet and a table row that differ by one character are one project."""
        projects: dict[tuple[int, str], Project] = {}
        sheet_keys: dict[int, list[str]] = defaultdict(list)
        for stored in self.facts:
            if stored.fact.origin is not Origin.TABLE and stored.fact.project:
                key = label_key(stored.fact.project)
                if (stored.document_id, key) not in projects:
                    projects[(stored.document_id, key)] = Project(
                        stored.document_id, key, [joined_label(stored.fact.project)]
                    )
                    sheet_keys[stored.document_id].append(key)
                _add_to_sheet(projects[(stored.document_id, key)], stored)
        for stored in self.facts:
            if stored.fact.origin is Origin.TABLE and stored.fact.project:
                key = _same_project(label_key(stored.fact.project), sheet_keys[stored.document_id])
                project = projects.setdefault((stored.document_id, key), Project(stored.document_id, key))
                name = joined_label(stored.fact.project)
                if name not in project.names:
                    project.names.append(name)
                project.rows.append(stored)
        return projects

    @cached_property
    def project_by_key(self) -> dict[str, list[Project]]:
        found: dict[str, list[Project]] = defaultdict(list)
        for project in self.projects.values():
            found[project.key].append(project)
        return found

    @cached_property
    def rows(self) -> dict[str, list[StoredFact]]:
        """Table cells by the key of their row's label."""
        found: dict[str, list[StoredFact]] = defaultdict(list)
        for stored in self.facts:
            if stored.fact.origin is Origin.TABLE and stored.fact.row:
                found[label_key(stored.fact.row)].append(stored)
        return found

    @cached_property
    def project_classes(self) -> dict[str, ProjectClass]:
        """The classes of projects that a text counts and adds up, by name."""
        return project_classes(self.projects.values(), self.facts)

    @cached_property
    def blank_rows(self) -> dict[str, tuple[tuple[int, int], str]]:
        """Rows of tables, or their halves, that print a label and no value, by key, with their table and label."""
        valued: dict[tuple[int, int | None, int | None], set[str]] = defaultdict(set)
        for s in self.facts:
            valued[(s.document_id, s.fact.table_index, s.fact.row_index)].add(label_key(s.fact.row))
        found: dict[str, tuple[tuple[int, int], str]] = {}
        for identity, table in self.tables.items():
            if table.kind == SHEET_KIND:
                continue
            for number, row in enumerate(table.rows):
                known = valued.get((*identity, number))
                for place, text in enumerate(row):
                    label = bare_label(text)
                    if len(label) < 4 or any(c.isdigit() for c in label):
                        continue
                    if known is None or (label_key(label) not in known and _is_left_blank(row, place)):
                        found.setdefault(label_key(label), (identity, label))
        return found

    @cached_property
    def codes(self) -> dict[str, list[StoredFact]]:
        found: dict[str, list[StoredFact]] = defaultdict(list)
        for stored in self.facts:
            if stored.fact.row_code:
                found[stored.fact.row_code].append(stored)
        return found

    @cached_property
    def prose(self) -> dict[str, list[StoredFact]]:
        """Prose figures by the key of their subject."""
        found: dict[str, list[StoredFact]] = defaultdict(list)
        for stored in self.facts:
            if stored.fact.origin is Origin.PROSE and stored.fact.row:
                found[label_key(stored.fact.row)].append(stored)
        return found

    @cached_property
    def people(self) -> dict[str, list[Project]]:
        """Handlers and persons in charge, as printed, with their projects."""
        found: dict[str, list[Project]] = defaultdict(list)
        for project in self.projects.values():
            for name in ("handler", "person_in_charge"):
                if person := joined_label(project.text(name)):
                    found[person].append(project)
        return found

    @cached_property
    def qualifiers(self) -> frozenset[str]:
        """Beginnings by which names that are otherwise alike differ: 城东 and 城西 of 城东水厂用电量, 城西水厂用电量."""
        names = {label_key(s.fact.row) for s in self.facts if s.fact.origin is not Origin.TABLE and s.fact.project}
        by_rest: dict[str, set[str]] = defaultdict(set)
        for name in names:
            for length in range(2, min(_LONGEST_QUALIFIER, len(name) - _SHARED_REST) + 1):
                by_rest[name[length:]].add(name[:length])
        return frozenset(each for found in by_rest.values() if len(found) > 1 for each in found)

    @cached_property
    def indicator_names(self) -> frozenset[str]:
        """The names of indicators that are long enough to be meant when they stand whole in a question."""
        cells = (s for project in self.projects.values() for s in project.indicators)
        names = (label_key(s.fact.row.rpartition(" / ")[2]) for s in cells)
        return frozenset(name for name in names if len(name) >= _TELLING_NAME)

    @cached_property
    def terms(self) -> dict[str, StoredPassage]:
        return {label_key(stored.passage.term): stored for stored in self.passages if stored.passage.term}

    @cached_property
    def totals(self) -> list[StoredFact]:
        """Amounts of total rows, the figures that stand for a whole table."""
        return [
            stored
            for stored in self.facts
            if stored.fact.origin is Origin.TABLE
            and stored.fact.coordinates.level is Level.TOTAL
            and stored.fact.quantity is not None
            and stored.fact.field != AS_PRINTED
        ]

    @cached_property
    def carried_rows(self) -> list[StoredFact]:
        return [
            s for s in self.facts if s.fact.coordinates.vintage is Vintage.CARRIED_OVER and s.fact.quantity is not None
        ]

    @cached_property
    def table_numbers(self) -> dict[str, list[tuple[int, int]]]:
        """Tables by their number: the printed one (预算公开表6 → 6) or, where none is printed, the one their order implies."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        by_document: dict[int, list[tuple[int, TableRecord]]] = defaultdict(list)
        for (document, index), table in sorted(self.tables.items()):
            if table.kind != SHEET_KIND and (table.number or table.kind != _STAFF_KIND):  # no budget table
                by_document[document].append((index, table))
        for document, tables in by_document.items():
            last = 0
            for index, table in tables:
                digits = "".join(character for character in table.number if character.isdigit())
                last = int(digits) if digits and int(digits) < 100 else last + 1
                found[str(last)].append((document, index))
            sheets = [(d, i) for (d, i), table in self.tables.items() if d == document and table.kind == SHEET_KIND]
            if all(d != document for d, _ in found[str(last + 1)]):
                found[str(last + 1)] += sheets
        return found

    @cached_property
    def enumerations(self) -> tuple[Enumeration, ...]:
        """The lists that the texts print, in source order; then those that nothing introduces."""
        return (*enumerations_of(self.passages), *alike_of(self.passages))

    def period_cells(self, key: str) -> list[StoredFact]:
        """The periods, in years, that the sheets of a project print."""
        projects = self.project_by_key.get(key, [])
        return [s for each in projects for s in each.fields.get("period", ()) if s.fact.quantity is not None]

    def cells_of_table(self, table: tuple[int, int]) -> list[StoredFact]:
        return [s for s in self.facts if s.document_id == table[0] and s.fact.table_index == table[1]]


def _is_left_blank(row: Sequence[str], place: int) -> bool:
    """Whether the cells behind a label are blank up to the next one."""
    behind = list(takewhile(lambda text: not text.strip(), row[place + 1 :]))
    rest = row[place + 1 + len(behind) :]
    return bool(behind) and not (rest and any(c.isdigit() for c in rest[0]))


def _add_to_sheet(project: Project, stored: StoredFact) -> None:
    fact = stored.fact
    if fact.field == "indicator":
        project.indicators.append(stored)
    elif fact.origin is Origin.PROSE:
        project.prose.append(stored)
    else:
        project.fields[fact.field].append(stored)


def _same_project(key: str, sheet_keys: Sequence[str]) -> str:
    """The sheet's key for a table row's project: the same, or one character away in a name of six or more."""
    if key in sheet_keys or len(key) < 6:
        return key
    near = [other for other in sheet_keys if abs(len(other) - len(key)) <= 1 and is_misprint(key, other)]
    return near[0] if len(near) == 1 else key


def load_catalog(ledger: Ledger, names: Collection[str] = ()) -> Catalog:
    """The catalog of the named documents, of all when no name is given; names not in the ledger are passed over."""
    documents = ledger.documents(names or None)
    ids = [document.id for document in documents]
    return Catalog(
        documents,
        ledger.facts(FactFilter(document_ids=ids)),
        ledger.passages(ids),
        {(each, index): table for each in ids for index, table in enumerate(ledger.tables(each))},
        ledger.findings(ids),
    )


def bare_name(stored: StoredFact) -> str:
    """How an answer names a fact's row: without list marks."""
    fact = stored.fact
    if fact.origin is Origin.SHEET:
        return fact.row
    return bare_label(fact.row) or fact.row
