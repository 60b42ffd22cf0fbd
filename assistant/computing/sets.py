"""The members of a set with their figures: projects, subjects, indicators, people, the parts of a whole.

A roll-up row never stands beside its parts: totals and subtotals are left out, subjects are of one level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.catalog import AS_PRINTED, SHEET_KIND, Catalog, Project
from assistant.computing.figures import Figure, Figures, Missing, Stated
from assistant.computing.table_rows import is_of_level, rows_of
from assistant.cues import cue, says
from assistant.names.linking import indicator_name
from assistant.plan import Condition, Lookup, Members, Selector, Universe, Wish
from ingest.facts import Fact, Fund, Level, Origin, Period, Role, Side, Status, Vintage
from ingest.labels import bare_label, joined_label, label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.digits import half_width
from ingest.numbers.quantities import Quantity, Relation

RELATIONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": lambda a, b: a == b,
    "≠": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "≥": lambda a, b: a >= b,
}


@dataclass(frozen=True, slots=True)
class Member:
    """One member: `figure` is its measure, or why it has none; `text` what a list shows beside a member without number."""

    label: str
    key: str
    figure: Figure | Missing
    text: str = ""
    rank: Decimal | None = None  # the place of a member that is ordered by something else than its figure

    @property
    def quantity(self) -> Quantity | None:
        return self.figure.quantity if isinstance(self.figure, Figure) else None

    @property
    def order(self) -> Decimal | None:
        """What a ranking orders a member by; None where it has no place in one."""
        return self.rank if self.rank is not None else self.quantity.number if self.quantity is not None else None


_PLACES = ("table", "sheet", "vintage", "fund")


class Sets:
    """Collects members from a catalog."""

    def __init__(self, catalog: Catalog, figures: Figures) -> None:
        self.catalog = catalog
        self.figures = figures

    def members(self, wanted: Members) -> list[Member]:
        """All members that meet the conditions, in source order, without the skipped ones."""
        found = [member for member in self._all(wanted) if _is_known(member, wanted)]
        for bound in (c for c in wanted.conditions if c.attribute == "average"):
            found = _beside_average(found, RELATIONS[bound.relation])
        if keys := {c.text for c in wanted.conditions if c.attribute == "left_out"}:
            found = [member for member in found if member.key not in keys]
        if wanted.size and wanted.size != len(found) and wanted.size not in self._sizes_of(wanted):
            return []
        if wanted.ends:
            return _both_ends(found, wanted.kept_largest)
        if wanted.kept:
            return sorted((m for m in found if m.quantity is not None), key=_number, reverse=wanted.kept_largest)[
                : wanted.kept
            ]
        if wanted.trimmed:
            ordered = sorted((m for m in found if m.quantity is not None), key=_number)
            return ordered[wanted.trimmed : -wanted.trimmed]
        if not wanted.skipped:
            return found
        ordered = sorted((m for m in found if m.quantity is not None), key=_number, reverse=wanted.skipped_largest)
        left_out = {id(member) for member in ordered[: wanted.skipped]}
        return [member for member in found if id(member) not in left_out]

    def _sizes_of(self, wanted: Members) -> set[int]:
        """How many members a set has before an amount narrows it, and before anything but its place does."""
        unbounded = tuple(c for c in wanted.conditions if c.attribute != "amount")
        placed = tuple(c for c in wanted.conditions if c.attribute in _PLACES)
        return {len(self._all(replace(wanted, conditions=kept, labels=()))) for kept in (unbounded, placed)}

    def _all(self, wanted: Members) -> list[Member]:
        match wanted.universe:
            case Universe.PROJECTS:
                return list(self._projects(wanted))
            case Universe.SUBJECTS:
                return list(self._subjects(wanted))
            case Universe.INDICATORS:
                return list(self._indicators(wanted))
            case Universe.PEOPLE:
                return list(self._people(wanted))
            case Universe.GROUPS:
                return list(self._groups(wanted))
            case Universe.ROWS:
                return list(self._rows(wanted))
            case Universe.TABLES:
                return list(self._tables(wanted))
            case Universe.PARTS:
                return list(self._parts(wanted))
            case Universe.GIVEN:
                return list(self._given(wanted))
            case _:
                return []

    def _given(self, wanted: Members) -> Iterable[Member]:
        """The figures that were named, each once; called by the question's words where their names are the same."""
        lookups = [each for each in wanted.given if isinstance(each, Lookup)]
        said = len({each.of.words for each in lookups}) == len(lookups) > len({each.of.label for each in lookups})
        for expression in lookups:
            for figure in self.figures.by_document(expression.of):
                if isinstance(figure, Stated):
                    yield Member(
                        figure.label, label_key(figure.label), Missing("text", figure.label, figure.cells), figure.text
                    )
                else:
                    label = figure.label if isinstance(figure, Figure) else figure.detail
                    key = f"{label_key(label)}{[s.id for s in figure.cells[:1]]}"
                    label = expression.of.words if said else label
                    yield Member(label, key, figure, "" if isinstance(figure, Figure) else "（原文没有数值）")

    def _projects(self, wanted: Members) -> Iterable[Member]:
        for project in self.catalog.projects.values():
            if cue("whole_department").match(project.key):
                continue
            printed = wanted.measure == "sheet" and bool(project.fields) and _has_funding(project)
            figure = _on_sheet(project) if printed else self._measure(project, wanted)
            member = _by_field(project, wanted.measure) or Member(project.name, project.key, figure)
            if all(self._project_meets(project, member, condition) for condition in wanted.conditions):
                yield member

    def _measure(self, project: Project, wanted: Members) -> Figure | Missing:
        if wanted.remaining:
            return _remaining(project, self.figures)
        wish = wanted.wish
        selector = Selector(project.name, project.name, wish, project=project.key)
        outcomes = [
            each
            for each in self.figures.by_document(selector)
            if isinstance(each, Missing)
            or (isinstance(each, Figure) and each.primary.document_id == project.document_id)
        ]
        return outcomes[0] if outcomes else Missing("year_item", project.name)

    def _project_meets(self, project: Project, member: Member, condition: Condition) -> bool:
        match condition.attribute:
            case "amount":
                figure = self._measure(project, _measured_by(condition.text)) if condition.text else member.figure
                return _compares(figure.quantity if isinstance(figure, Figure) else None, condition)
            case "whole":
                return self._whole_holds(project, condition)
            case "filing_date":
                return _filed(project.text("filing_date"), condition)
            case "sheet":
                return bool(project.fields)
            case "fund":
                holds = Fund(condition.text) in project.funds | project.payers
                return holds is (condition.relation != "≠")
            case "vintage":
                carried = Vintage.CARRIED_OVER in project.vintages
                holds = carried if condition.text == Vintage.CARRIED_OVER else bool(project.rows) and not carried
                return holds is (condition.relation != "≠")
            case "handler" | "person_in_charge":
                printed = joined_label(project.text(condition.attribute))
                return any(person in printed for person in condition.text.split("、")) is (condition.relation != "≠")
            case "period_years":
                years = _years(project.text("period"))
                return (
                    years is not None
                    and condition.quantity is not None
                    and RELATIONS[condition.relation](years, condition.quantity.number)
                )
            case "nature":
                return (condition.text in project.text("nature")) is (condition.relation != "≠")
            case "name":
                return (
                    condition.text in project.key or any(condition.text in label_key(n) for n in project.names)
                ) is (condition.relation != "≠")
            case "class":
                known = self.catalog.project_classes.get(condition.text)
                return known is not None and (project.key in known.keys) is (condition.relation != "≠")
            case "key":
                return (project.key == condition.text) is (condition.relation != "≠")
            case "table":
                return any(f"{s.document_id}:{s.fact.table_index}" == condition.text for s in project.rows)
            case "indicator_class":
                return any(condition.text in "".join(s.fact.row_path) for s in project.indicators if s.fact.printed)
            case "target":
                named = [s for s in project.indicators if s.fact.printed and _is_called(s, condition.text)]
                if condition.quantity is None:
                    return bool(named) is (condition.relation != "≠")
                if condition.relation == "≠":  # another number, or words
                    same = replace(condition, relation="=")
                    return bool(named) and not any(_target_meets(s.fact.quantity, same) for s in named)
                return any(_target_meets(s.fact.quantity, condition) for s in named)
            case "blank" if condition.text in (Period.ANNUAL, Period.WHOLE):
                return _has_funding(project) and not project.funding(Period(condition.text))
            case "blank":
                cells = project.fields.get(condition.text, [])
                return bool(cells) and not project.text(condition.text)
            case "indicator":
                return any(_indicator_meets(s, condition) for s in project.indicators)
            case _:
                return True

    def _subjects(self, wanted: Members) -> Iterable[Member]:
        level = next((c.text for c in wanted.conditions if c.attribute == "level"), Level.CLASS.value)
        kinds = {c.text for c in wanted.conditions if c.attribute == "table_kind"} or {
            "expenditure",
            "general_public_expenditure",
        }
        tables = {c.text for c in wanted.conditions if c.attribute == "table"}
        seen: set[tuple[int, str]] = set()
        for stored in self.catalog.facts:
            fact = stored.fact
            if fact.origin is not Origin.TABLE or not fact.row_code or fact.coordinates.level.value != level:
                continue
            if tables and f"{stored.document_id}:{fact.table_index}" not in tables:
                continue
            if not tables and fact.table_kind not in kinds:
                continue
            identity = (stored.document_id, fact.row_code)
            if identity in seen:
                continue
            selector = Selector(
                fact.row,
                bare_label(fact.row),
                wanted.wish,
                code=fact.row_code,
                tables=((stored.document_id, fact.table_index or 0),),
            )
            figure = self.figures.figure(selector)
            if isinstance(figure, Missing):
                continue
            seen.add(identity)
            member = Member(bare_label(fact.row), fact.row_code, figure)
            if all(_compares(member.quantity, c) for c in wanted.conditions if c.attribute == "amount") and all(
                (c.text in label_key(fact.row)) is (c.relation != "≠")
                for c in wanted.conditions
                if c.attribute == "name"
            ):
                yield member

    def _indicators(self, wanted: Members) -> Iterable[Member]:
        projects = {c.text for c in wanted.conditions if c.attribute == "project"}
        for project in self.catalog.projects.values():
            if projects and project.key not in projects:
                continue
            halves: dict[str, list[StoredFact]] = {}
            for stored in project.indicators:
                if wanted.wish.period is None or stored.fact.coordinates.period is wanted.wish.period:
                    halves.setdefault(label_key(indicator_name(stored)), []).append(stored)
            for key, cells in _whole_names(halves).items():
                chosen = _telling_half(cells)
                if not key or not all(
                    _indicator_meets(chosen, c) for c in wanted.conditions if c.attribute != "project"
                ):
                    continue
                yield _indicator_member(chosen, cells, with_project=len(projects) != 1)

    def _whole_holds(self, project: Project, condition: Condition) -> bool:
        """Whether the whole-period funding is, or is not, the yearly amount (times the years of the period)."""
        whole, annual = self._measure(project, _measured_by("whole")), self._measure(project, _measured_by(""))
        years = _years(project.text("period")) if condition.text else Decimal(1)
        if isinstance(whole, Missing) or isinstance(annual, Missing) or years is None:
            return False
        return RELATIONS[condition.relation](whole.quantity.number, annual.quantity.number * years)

    def _groups(self, wanted: Members) -> Iterable[Member]:
        """The projects that meet the conditions, gathered by a field: each group's money or how many it holds."""
        own = [c for c in wanted.conditions if c.attribute == "members"]
        named = [rf"(?<!\d){re.escape(c.text)}" for c in wanted.conditions if c.attribute == "group"]
        rest = tuple(c for c in wanted.conditions if c.attribute not in ("members", "group"))
        projects = replace(wanted, universe=Universe.PROJECTS, conditions=rest, measure="")
        gathered: dict[str, list[Member]] = {}
        for member in self._projects(projects):
            cells = [c for p in self.catalog.project_by_key[member.key] for c in p.fields.get(wanted.by, ())[:1]]
            if value := joined_label(cells[0].fact.printed) if cells else "":
                known = member if wanted.measure == "amount" else replace(member, figure=_counted_in(value, cells))
                gathered.setdefault(half_width(value), []).append(known)
        for value, members in gathered.items():
            if named and not any(re.search(name, value) for name in named):
                continue
            group = _group(value, members, wanted.measure)
            if all(c.quantity and RELATIONS[c.relation](Decimal(len(members)), c.quantity.number) for c in own):
                yield group

    def _tables(self, wanted: Members) -> Iterable[Member]:
        """The tables of the disclosure that meet the conditions, sheets of projects aside."""
        for (document, index), table in self.catalog.tables.items():
            cells = self.catalog.cells_of_table((document, index))
            empty = table.empty or not any(s.fact.quantity is not None and s.fact.quantity.number for s in cells)
            asked = {c.attribute for c in wanted.conditions}
            if table.kind == SHEET_KIND or ("blank" in asked and not empty and "无数据" not in table.note):
                continue
            if "numbered" in asked and table.number:
                continue
            yield Member(table.title, f"{document}:{index}", Missing("text", table.title, tuple(cells[:1])), table.note)

    def _rows(self, wanted: Members) -> Iterable[Member]:
        """The rows of the table that is named."""
        document, index = next(c.text for c in wanted.conditions if c.attribute == "table").split(":")
        for cell in rows_of(self.catalog, (int(document), int(index)), wanted.wish, wanted.conditions):
            label, fact = bare_label(cell.fact.row), cell.fact
            figure = Figure(label, fact.quantity or Quantity(Decimal(0), ""), (cell,), warnings=fact.warnings)
            member = Member(label, f"{label_key(fact.row)}{fact.row_index}", figure)
            if all(_compares(member.quantity, c) for c in wanted.conditions if c.attribute == "amount"):
                yield member

    def _people(self, wanted: Members) -> Iterable[Member]:
        for person, projects in self.catalog.people.items():
            if re.search(r"金额|预算|资金|钱", wanted.words):
                figure = self._managed(person, projects, wanted)
                yield Member(person, person, figure)
                continue
            keys = {project.key for project in projects}
            cells = tuple(s for project in projects for s in project.fields.get("handler", ())[:1])
            yield Member(person, person, Figure(person, Quantity(Decimal(len(keys)), "个"), cells))

    def _managed(self, person: str, projects: Sequence[Project], wanted: Members) -> Figure | Missing:
        """The money of all projects that a person handles."""
        figures = [self._measure(project, wanted) for project in {p.key: p for p in projects}.values()]
        known = [figure for figure in figures if isinstance(figure, Figure)]
        if not known:
            return Missing("year_item", person)
        total = known[0].quantity
        for figure in known[1:]:
            total = total + figure.quantity
        return Figure(person, total, tuple(figure.primary for figure in known))

    def _parts(self, wanted: Members) -> Iterable[Member]:
        assert wanted.of is not None
        whole = self.figures.figure(wanted.of)
        if isinstance(whole, Missing):
            return
        level = next((c.text for c in wanted.conditions if c.attribute == "level"), "")
        cells = self.parts_of(whole, level, wanted.of.wish.side) or self._below_elsewhere(wanted.of, level)
        for cell in cells:
            figure = Figure(
                bare_label(cell.fact.row),
                cell.fact.quantity or Quantity(Decimal(0), ""),
                (cell,),
                warnings=cell.fact.warnings,
            )
            member = Member(bare_label(cell.fact.row), label_key(cell.fact.row), figure)
            if all(_compares(member.quantity, c) for c in wanted.conditions if c.attribute == "amount"):
                yield member

    def _below_elsewhere(self, of: Selector, level: str) -> list[StoredFact]:
        """What stands below a row in the first table that prints anything below it."""
        rows = self.figures.candidates(of) if of.code or of.row_keys else []
        tables = {s.fact.table_index: s for s in rows if s.fact.coordinates.role is Role.AMOUNT and s.fact.quantity}
        return next((parts for each in tables.values() if (parts := self._parts_in_table(each, level))), [])

    def parts_of(self, whole: Figure, level: str = "", side: Side | None = None) -> list[StoredFact]:
        """The cells that add up to a figure: leaves below it in its table (or its rows of one level), or prose under it; of
        one side only where it is said."""
        alike = (
            [
                s
                for s in self.catalog.totals
                if s.document_id == whole.primary.document_id
                and s.fact.quantity
                and s.fact.quantity.number == whole.quantity.number
                and side in (None, s.fact.coordinates.side)
            ]
            if whole.primary.fact.coordinates.level is Level.TOTAL or whole.primary.fact.origin is Origin.PROSE
            else []
        )
        choices = [
            self._parts_in_table(cell, level) if cell.fact.origin is Origin.TABLE else self._parts_in_prose(cell)
            for cell in (*whole.cells, *alike)
            if side in (None, cell.fact.coordinates.side)
        ]
        complete = [parts for parts in choices if _adds_up(parts, whole.quantity)]
        if side is Side.INCOME:  # its sources rather than what it is meant for
            complete = [p for p in complete if not any(says(s.fact.row, "expenditure") for s in p)] or complete
        return max(complete or (choices[: len(whole.cells)] if side is None else []), key=len, default=[])

    def _parts_in_table(self, whole: StoredFact, level: str = "") -> list[StoredFact]:
        column = [
            s
            for s in self.catalog.cells_of_table((whole.document_id, whole.fact.table_index or 0))
            if _in_one_column(s.fact, whole.fact)
            and s.fact.quantity is not None
            and s.fact.field != AS_PRINTED
            and s.id != whole.id
            and s.fact.coordinates.side is whole.fact.coordinates.side
        ]
        if whole.fact.coordinates.level is not Level.TOTAL:
            key, code = label_key(whole.fact.row), whole.fact.row_code
            column = [s for s in column if any(label_key(label) == key for label in s.fact.row_path)]
            column = [s for s in column if not (code and s.fact.row_code) or s.fact.row_code.startswith(code)]
        if level:
            return [s for s in column if is_of_level(s.fact, level)]
        parents = {label_key(label) for s in column for label in s.fact.row_path[-1:]}
        return [
            s
            for s in column
            if s.fact.coordinates.level not in (Level.TOTAL, Level.SUBTOTAL) and label_key(s.fact.row) not in parents
        ]

    def _parts_in_prose(self, whole: StoredFact) -> list[StoredFact]:
        key = label_key(whole.fact.row)
        return [
            s
            for s in self.catalog.facts
            if s.fact.origin is Origin.PROSE
            and s.document_id == whole.document_id
            and s.fact.table == whole.fact.table
            and s.fact.quantity is not None
            and s.fact.quantity.unit == (whole.fact.quantity.unit if whole.fact.quantity else "")
            and any(label_key(label) == key for label in s.fact.row_path[-1:])
            and s.fact.coordinates.role is whole.fact.coordinates.role
        ]


def _in_one_column(fact: Fact, whole: Fact) -> bool:
    """Whether two cells stand under one header; of a table that prints its rows as columns, under one year in one line."""
    if fact.column == whole.column:
        return True
    turned = len(whole.column) > 1 and all(label_key(each.row) in map(label_key, each.column) for each in (fact, whole))
    return turned and fact.column[:1] == whole.column[:1] and fact.coordinates.role is whole.coordinates.role


_DATE_OF = re.compile(r"(?P<year>20\d\d)\D{0,2}?(?P<month>\d{1,2})\D{0,2}?(?P<day>\d{1,2})")


_TIME_OF_DAY = Decimal(10**6)  # what a date with its time is divided by to leave its day


def _by_field(project: Project, field: str) -> Member | None:
    """A project measured by a field of its sheet, the filing date (or only its day) or the period; None where an amount
    measures it."""
    if field not in ("filing_date", "filing_day", "period"):
        return None
    key = "filing_date" if field == "filing_day" else field
    cells = tuple(project.fields.get(key, ())[:1])
    printed = project.text(key)
    rank = _years(printed) if field == "period" else _date_key(printed)
    if field == "filing_day" and rank is not None:
        rank = rank // _TIME_OF_DAY
    said = printed if field == "period" else _date_said(printed)
    return Member(project.name, project.key, Missing("text", project.name, cells), said or printed, rank)


def _has_funding(project: Project) -> bool:
    """Whether a project's sheet has a field for its yearly amount, be it left blank."""
    yearly = (Period.ANNUAL, Period.NONE)
    cells = [s.fact for key, found in project.fields.items() if key.startswith("funding") for s in found]
    return any(fact.coordinates.period in yearly for fact in cells)


def _on_sheet(project: Project) -> Figure | Missing:
    """A project's yearly amount as its sheet prints it."""
    cells = tuple(project.funding(Period.ANNUAL) or project.funding(Period.NONE))
    if not cells or cells[0].fact.quantity is None:
        return Missing("year_item", project.name)
    printed = {(s.fact.table_index, s.fact.row_index): s for s in cells}  # of several offices, a row each
    total = cells[0].fact.quantity
    for cell in list(printed.values())[1:]:
        total = total + cell.fact.quantity if cell.fact.quantity is not None else total
    return Figure(project.name, total, tuple(printed.values()), warnings=cells[0].fact.warnings)


def _date_key(printed: str) -> Decimal | None:
    """A printed date with its time as a number that orders: 20230116182214."""
    day = re.findall(r"\d+", _date_said(printed))
    if len(day) != 3:
        return None
    digits = re.sub(r"\D", "", printed)
    time = digits[8:14] if re.match(r"20\d{6}", digits) else ""
    return Decimal(f"{day[0]}{int(day[1]):02}{int(day[2]):02}{time.ljust(6, '0')}")


def _date_said(printed: str) -> str:
    digits = re.sub(r"\D", "", printed)
    found = re.match(r"(20\d\d)(\d\d)(\d\d)", digits) if len(digits) >= 8 else _DATE_OF.search(printed)
    if found is None or not (1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31):
        return ""
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日"


def _filed(printed: str, condition: Condition) -> bool:
    """Whether a sheet was filed on, before or after a day: `-0116` or `2023-0116`."""
    digits = re.findall(r"\d+", _date_said(printed))
    if len(digits) < 3:
        return False
    year, day = condition.text.split("-")
    mine = Decimal(f"{digits[0] if year else ''}{int(digits[1]):02}{int(digits[2]):02}")
    return RELATIONS[condition.relation](mine, Decimal(year + day))


def _measured_by(name: str) -> Members:
    """A set of projects measured by what a condition names."""
    wish = Wish(period=Period.WHOLE) if name == "whole" else Wish()
    return Members(Universe.PROJECTS, "", wish=wish, remaining=name == "remaining")


def _counted_in(value: str, cells: Sequence[StoredFact]) -> Figure:
    return Figure(value, Quantity(Decimal(1), "个"), tuple(cells))


def _group(value: str, members: Sequence[Member], measure: str) -> Member:
    known = [m.figure for m in members if isinstance(m.figure, Figure)]
    if not known:
        return Member(value, value, Missing("year_item", value))
    total = known[0].quantity
    for figure in known[1:]:
        total = total + figure.quantity
    cells = tuple(dict.fromkeys(figure.primary for figure in known))
    return Member(value, value, Figure(value, total, cells))


def _is_known(member: Member, wanted: Members) -> bool:
    """Whether a member is one of those already known, or none of them where these are left out."""
    left_out = Condition("excluded", "=") in wanted.conditions
    return not wanted.labels or (member.key in wanted.labels) is not left_out


def _beside_average(members: Sequence[Member], holds: Callable[[Decimal, Decimal], bool]) -> list[Member]:
    """The members whose figure stands so to the average of all."""
    numbers = [m.quantity.number for m in members if m.quantity is not None]
    if not numbers:
        return []
    total = sum(numbers, Decimal(0))
    return [m for m in members if m.quantity is not None and holds(m.quantity.number * len(numbers), total)]


def _both_ends(members: Sequence[Member], largest_first: bool) -> list[Member]:
    """The members with the largest and with the smallest place in an order; none where all are alike."""
    places = [(member.order, member) for member in members if member.order is not None]
    ends = sorted({place for place, _ in places}, reverse=largest_first)
    if len(ends) < 2:
        return []
    return [member for end in (ends[0], ends[-1]) for place, member in places if place == end]


def _number(member: Member) -> Decimal:
    return member.quantity.number if member.quantity is not None else Decimal(0)


def _adds_up(parts: Sequence[StoredFact], whole: Quantity) -> bool:
    return sum((p.fact.quantity.number for p in parts if p.fact.quantity is not None), Decimal(0)) == whole.number


def _remaining(project: Project, figures: Figures) -> Figure | Missing:
    whole = figures.figure(Selector(project.name, project.name, Wish(period=Period.WHOLE), project=project.key))
    annual = figures.figure(Selector(project.name, project.name, Wish(), project=project.key))
    if isinstance(whole, Missing):
        return whole
    if isinstance(annual, Missing):
        return annual
    return Figure(
        project.name,
        whole.quantity - annual.quantity,
        (whole.primary, annual.primary),
        warnings=whole.warnings + annual.warnings,
    )


def _indicator_member(chosen: StoredFact, cells: Sequence[StoredFact], with_project: bool) -> Member:
    name = indicator_name(chosen)
    label = f"{chosen.fact.project} · {name}" if with_project else name
    quantity = chosen.fact.quantity
    figure: Figure | Missing
    if quantity is None:
        figure = Missing("lost" if chosen.fact.absence else "text", name, (chosen,))
    else:
        figure = Figure(
            label,
            quantity,
            (chosen, *(c for c in cells if c.fact.printed == chosen.fact.printed and c.id != chosen.id)),
            warnings=chosen.fact.warnings,
        )
    return Member(label, label_key(label), figure, chosen.fact.printed or "（原文缺失）")


def _whole_names(halves: dict[str, list[StoredFact]]) -> dict[str, list[StoredFact]]:
    """The same with a name that one half of the sheet cuts off counted as the whole name of the other half."""
    periods = {key: {s.fact.coordinates.period for s in cells} for key, cells in halves.items()}
    found: dict[str, list[StoredFact]] = {}
    for key, cells in halves.items():
        longer = [other for other in halves if other != key and other.startswith(key) and key]
        whole = longer[0] if len(longer) == 1 and not periods[key] & periods[longer[0]] else key
        found.setdefault(whole, []).extend(cells)
    return found


def _telling_half(cells: Sequence[StoredFact]) -> StoredFact:
    """The half of an indicator that prints a value, the year's before the whole period's, a sound one first."""
    return min(
        cells,
        key=lambda s: (
            not s.fact.printed,
            s.fact.status is Status.DOUBTFUL,
            s.fact.coordinates.period is not Period.ANNUAL,
        ),
    )


def _indicator_meets(stored: StoredFact, condition: Condition) -> bool:
    fact = stored.fact
    match condition.attribute:
        case "indicator_class":
            return condition.text in "".join(map(joined_label, fact.row_path))
        case "indicator" | "name":
            if condition.text and condition.text not in label_key(indicator_name(stored)):
                return False
            return condition.quantity is None or _target_meets(fact.quantity, condition)
        case "amount":
            return _target_meets(fact.quantity, condition)
        case "unit":
            return fact.quantity is not None and fact.quantity.unit.startswith(condition.text)
        case _:
            return True


def _is_called(stored: StoredFact, words: str) -> bool:
    return words in "".join(map(joined_label, stored.fact.row_path)) or words in label_key(indicator_name(stored))


def _target_meets(quantity: Quantity | None, condition: Condition) -> bool:
    """Whether a target stands in a relation to an amount; below 100 % is not 100 %."""
    if quantity is None or condition.quantity is None or quantity.unit != condition.quantity.unit:
        return False
    number, bound, relation = quantity.number, condition.quantity.number, condition.relation
    if number == bound and quantity.relation in _STRICT:
        return relation in ("≠", *_STRICT[quantity.relation])
    return RELATIONS[relation](number, bound)


_STRICT = {Relation.LESS: ("<", "≤"), Relation.MORE: (">", "≥")}  # what holds for a target that stops short of a number


def _compares(quantity: Quantity | None, condition: Condition) -> bool:
    if quantity is None or condition.quantity is None:
        return False
    if quantity.unit != condition.quantity.unit:
        return False
    return RELATIONS[condition.relation](quantity.number, condition.quantity.number)


def _years(printed: str) -> Decimal | None:
    found = re.search(r"(\d+)\s*年", printed)
    return Decimal(found[1]) if found else None


def without_duplicates(members: Sequence[Member]) -> list[Member]:
    seen: dict[str, Member] = {}
    for member in members:
        seen.setdefault(member.key, member)
    return list(seen.values())
