"""Performance targets of all projects in one long grid: a header with 项目名称, funding, goal and indicator columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.facts import Fact, Passage
from ingest.labels import joined_label, label_key
from ingest.prose.prose import text_to_facts
from ingest.sheets.fields import Entry, entries_to_passages, entry_to_fact, money_unit
from ingest.sheets.grids import SheetRow, repeats_header
from ingest.sheets.indicator_rows import Half, header_to_halves
from ingest.sheets.indicators import SheetContext, grid_to_indicators
from ingest.sheets.words import column_of_label, field_of_label, is_grouping, sheet_words

_UNITS = ("unit", "department")
_NOT_PROJECTS = frozenset(map(label_key, ("合计", "总计", "小计", "共计")))


@dataclass(frozen=True, slots=True)
class ListHeader:
    """What the columns of a long grid hold: `fields` by column (key, label), the indicator columns, header rows."""

    fields: dict[int, tuple[str, str]]
    halves: tuple[Half, ...]
    units: dict[int, str]
    rows: int

    @property
    def project_column(self) -> int:
        """The column of the projects' names; the units', where there are none."""
        columns = {field: column for column, (field, _) in reversed(self.fields.items())}
        return next(columns[field] for field in ("project", *_UNITS) if field in columns)


def header_to_list(cells: Sequence[str], *below: Sequence[str]) -> ListHeader | None:
    """The header of a long grid, None if the row is none: most cells are labels, one of them 项目名称, or a unit's name
    where the indicators' header stands further down. `below` are the rows after it."""
    fields = _fields(cells)
    halves = header_to_halves(cells)
    lower = 0 if halves else next((n for n, row in enumerate(below[:2], 1) if header_to_halves(row)), 0)
    filled = [text for text in cells if text.strip()]
    known = [text for text in filled if field_of_label(text) or column_of_label(text) or is_grouping(text)]
    names = {field for field, _ in fields.values()}
    if not names & {"project", *(_UNITS if lower else ())} or len(known) < 3 or len(known) * 3 < len(filled) * 2:
        return None
    if not halves and len(fields) < 2:
        return None
    rows = lower + 1
    while rows <= len(below[:2]) and _heads_more_fields(below[rows - 1], fields):
        rows += 1
    halves = halves or (header_to_halves(below[lower - 1]) if lower else ())
    units: dict[int, str] = {}
    for row in below[: rows - 1]:
        fields |= {column: label for column, label in _fields(row).items() if column not in fields or lower}
    for row in (cells, *below[: rows - 1]):
        units |= {column: unit for column in fields if (unit := money_unit([row[column]])) and column not in units}
    indicator_columns = {column for half in halves for column in half.columns.values()}
    return ListHeader({c: label for c, label in fields.items() if c not in indicator_columns}, halves, units, rows)


def _heads_more_fields(below: Sequence[str], fields: Mapping[int, tuple[str, str]]) -> bool:
    """Whether the row below a header only holds further labels, some of them of fields."""
    labels = all(field_of_label(text) or is_grouping(text) for text in below if text.strip())
    return labels and any(column not in fields for column in _fields(below))


def _fields(cells: Sequence[str]) -> dict[int, tuple[str, str]]:
    found = {column: (field_of_label(text), joined_label(text)) for column, text in enumerate(cells)}
    return {column: label for column, label in found.items() if label[0]}


def list_to_facts(
    rows: Sequence[SheetRow], header: ListHeader, unit: str, sheet: SheetContext
) -> tuple[list[Fact], list[Passage]]:
    """Every project of the grid: its fields from the rows its cells begin in, its indicators from all its rows."""
    facts: list[Fact] = []
    passages: list[Passage] = []
    heads = [row.cells for row in rows[: header.rows]]
    body = [row for row in rows[header.rows :] if not _is_header_again(row.cells, heads)]
    for stretches in _projects(body, header.project_column):
        _add(_project_to_facts(stretches, header, unit, sheet), facts, passages)
    return facts, passages


def _projects(rows: Sequence[SheetRow], column: int) -> list[list[list[SheetRow]]]:
    """The rows of each project, in stretches that one merged cell of the project column covers.

    A cell that a page's end cuts prints its name on one of the pages only: at the edge of a page a stretch without a name
    belongs to the named one on the other side. Where no cell is merged, a row without a name goes on with the last.
    """
    telling = any(not row.begins(column) for row in rows)
    projects: list[list[list[SheetRow]]] = []
    for stretch in _stretches(rows, column, telling):
        name, last = _name(stretch, column), _name(projects[-1][-1], column) if projects else ""
        turned = bool(projects) and projects[-1][-1][-1].grid != stretch[0].grid
        known = next((found for one in projects[-1] if (found := _name(one, column))), "") if projects else ""
        cut = telling and turned and (not name or not known)
        if projects and (cut or name == known or (not name and not (telling and _ends_grid(stretch, rows)))):
            projects[-1].append(stretch)
        elif name or telling or last:
            projects.append([stretch])
    return [stretches for stretches in projects if any(_name(stretch, column) for stretch in stretches)]


def _stretches(rows: Sequence[SheetRow], column: int, telling: bool) -> list[list[SheetRow]]:
    stretches: list[list[SheetRow]] = []
    for row in rows:
        named = bool(_text(row, column))
        begins = row.begins(column) and (telling or named)
        if not stretches or begins or row.grid != stretches[-1][-1].grid:
            stretches.append([])
        stretches[-1].append(row)
    return stretches


def _ends_grid(stretch: Sequence[SheetRow], rows: Sequence[SheetRow]) -> bool:
    last = stretch[-1]
    return last.grid != rows[-1].grid and not any(row.grid == last.grid and row.index > last.index for row in rows)


def _text(row: SheetRow, column: int) -> str:
    return joined_label(row.cells[column]) if column < len(row.cells) else ""


def _name(stretch: Sequence[SheetRow], column: int) -> str:
    return _text(stretch[0], column)


def _is_header_again(cells: Sequence[str], heads: Sequence[Sequence[str]]) -> bool:
    again = any(repeats_header(cells, head) for head in heads)
    return again or bool(header_to_list(cells)) or _is_second_header(cells)


def _is_second_header(cells: Sequence[str]) -> bool:
    filled = [text for text in cells if text.strip()]
    return bool(filled) and all(field_of_label(text) or is_grouping(text) or "单位：" in text for text in filled)


def _add(found: tuple[list[Fact], list[Passage]], facts: list[Fact], passages: list[Passage]) -> None:
    facts.extend(found[0])
    passages.extend(found[1])


def _project_to_facts(
    stretches: Sequence[Sequence[SheetRow]], header: ListHeader, unit: str, sheet: SheetContext
) -> tuple[list[Fact], list[Passage]]:
    named = next(stretch for stretch in stretches if _name(stretch, header.project_column))
    sheet = replace(sheet, project=_name(named, header.project_column))
    if label_key(sheet.project) in _NOT_PROJECTS:
        return [], []
    entries = [
        Entry(
            _key(field),
            label,
            named[0].cells[column].strip(),
            named[0].index,
            column,
            column,
            period=sheet_words().fields[_key(field)].period,
        )
        for column, (field, label) in sorted(header.fields.items())
        if column < named[0].width and (named[0].cells[column].strip() or sheet_words().fields[field].kind == "money")
    ]
    facts = [entry_to_fact(entry, header.units.get(entry.column) or unit, set(), sheet) for entry in entries]
    passages = entries_to_passages(entries, sheet)
    for passage in passages:
        facts += text_to_facts(
            passage.text, passage.place, passage.heading, passage.project, passage.field, sheet.year, table=sheet.title
        )
    if header.halves:
        kept = {column for half in header.halves for column in half.columns.values()}
        grid = [
            (row.index, [text if column in kept else "" for column, text in enumerate(row.cells)])
            for stretch in stretches
            for row in stretch
        ]
        facts += grid_to_indicators(grid, header.halves, sheet)
    return facts, passages


def _key(field: str) -> str:
    return "annual_goal" if field == "goal" else field
