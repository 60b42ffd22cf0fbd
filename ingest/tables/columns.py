"""What each column of a table is for, and which labels stand beside which values.

A table may print several sides in one grid (收入 | 支出, or three breakdowns); each side is a run of label columns and
the value columns right of it. Headers decide where they say so, the column's contents where they do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.facts import Coordinates
from ingest.labels import joined_label, label_key
from ingest.numbers.numbers import parse_cell
from ingest.numbers.units import unit_named
from ingest.tables.coordinates import coordinates_of_words
from ingest.tables.merged_cells import SlotRow
from ingest.tables.words import header_key, is_total, names_one_of, table_words

_CODE = re.compile(r"\d{1,9}")
_YEAR = re.compile(r"20\d\d(?![\d.,])")
_LONG_CODE = re.compile(r"\d{3,12}")
_IDENTIFIER = re.compile(r"(?=(?:.*\d){3})[A-Za-z\d][A-Za-z\d-]{4,39}")


class Kind(StrEnum):
    NOTHING = "nothing"  # blank from top to bottom
    INDEX = "index"  # 序号, 行次
    CODE = "code"
    LABEL = "label"
    TEXT = "text"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Column:
    index: int
    path: tuple[str, ...]
    kind: Kind

    @property
    def header(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class TableSide:
    """`labels` name the row, `companions` name it in another classification, `codes` are groups of code columns,
    `numbering` counts the rows (序号)."""

    labels: tuple[Column, ...]
    companions: tuple[Column, ...]
    codes: tuple[tuple[Column, ...], ...]
    values: tuple[Column, ...]
    numbering: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class _Contents:
    numbers: int
    years: int
    codes: int
    identifiers: int
    units: int
    texts: int

    @property
    def filled(self) -> int:
        return self.numbers + self.texts


def table_columns(paths: Sequence[tuple[str, ...]], body: Sequence[SlotRow]) -> list[Column]:
    """Every column with its kind; `paths` are the header paths, `body` the rows below the header."""
    contents = [_contents(body, index) for index in range(len(paths))]
    columns: list[Column] = []
    for index, path in enumerate(paths):
        before = [column.kind for column in columns]
        columns.append(Column(index, path, _kind(path, contents[index], before)))
    return _with_one_naming_label(columns)


def _contents(body: Sequence[SlotRow], index: int) -> _Contents:
    texts = [joined_label(row[index].text) for row in body if index < len(row) and not row[index].blank]
    numbers = sum(not parse_cell(text, "元").is_text for text in texts)
    codes = sum(bool(_LONG_CODE.fullmatch(text)) for text in texts)
    identifiers = sum(bool(_IDENTIFIER.fullmatch(text)) for text in texts)
    units = sum(unit_named(text) is not None for text in texts)
    years = sum(bool(_YEAR.match(text)) for text in texts)
    return _Contents(numbers, years, codes, identifiers, units, len(texts) - numbers)


def _kind(path: tuple[str, ...], contents: _Contents, before: Sequence[Kind]) -> Kind:
    words = table_words()
    header = path[-1] if path else ""
    after_values = Kind.VALUE in before
    mostly_numbers = contents.numbers > contents.texts
    if header_key(header) in words.indexes:
        return Kind.INDEX
    if is_year_header(header) and contents.years * 2 > contents.filled:
        return Kind.LABEL
    if is_code_header(path) and (mostly_numbers or not contents.filled or _are_codes(contents)):
        return Kind.CODE
    if is_code_header(path):
        return Kind.LABEL
    if is_unit_header(header) and contents.units * 2 >= contents.filled > 0:
        return Kind.TEXT
    if header and not mostly_numbers and is_project_header(path[-1:]):
        return Kind.LABEL
    if header and not mostly_numbers and names_one_of(header, words.texts):
        return Kind.TEXT
    if header and not mostly_numbers and names_one_of(header, words.labels):
        return Kind.LABEL
    if not contents.filled:
        return Kind.VALUE if header else Kind.NOTHING
    if mostly_numbers:
        codes = contents.codes == contents.numbers and not after_values and names_one_of(header or "项目", words.labels)
        return Kind.CODE if codes else Kind.VALUE
    return Kind.TEXT if after_values and path else Kind.LABEL


def is_year_header(header: str) -> bool:
    """Whether a column names the years that its rows are about."""
    return header_key(header) in table_words().years


def is_unit_header(header: str) -> bool:
    """Whether a header may head the units of a count; 单位 heads offices elsewhere."""
    return header_key(header) in table_words().count_units or header_key(header) == "单位"


def _are_codes(contents: _Contents) -> bool:
    return max(contents.codes, contents.identifiers) * 2 >= contents.filled


def is_code_header(path: tuple[str, ...]) -> bool:
    words = table_words()
    if not path:
        return False
    key = header_key(path[-1])
    if key in words.code_levels:
        return len(path) > 1 or key in ("类", "款")
    return names_one_of(path[-1], words.codes)


def _with_one_naming_label(columns: list[Column]) -> list[Column]:
    """Right of project names other texts describe the project; some headers name a row only where they are alone."""
    columns = _with_a_label(columns)
    result: list[Column] = []
    labelled = named = False
    for column in columns:
        if column.kind is Kind.VALUE:
            labelled = named = False
        of_project = named and column.path and not is_project_header(column.path)
        if column.kind is Kind.LABEL and (of_project or (labelled and _is_secondary(column))):
            column = replace(column, kind=Kind.TEXT)
        labelled = labelled or column.kind is Kind.LABEL
        named = named or (column.kind is Kind.LABEL and is_project_header(column.path))
        result.append(column)
    return result


def _with_a_label(columns: list[Column]) -> list[Column]:
    """Where no column before the first amounts names the rows, the first of texts does, else the first of codes."""
    amounts = next((position for position, column in enumerate(columns) if column.kind is Kind.VALUE), len(columns))
    before = columns[:amounts]
    if any(column.kind is Kind.LABEL for column in before):
        return columns
    first = next((column for column in before if column.kind is Kind.TEXT), None)
    if first is None and not any(column.kind is Kind.LABEL for column in columns):
        first = next((column for column in before if column.kind is Kind.CODE), None)
    return [replace(column, kind=Kind.LABEL) if column is first else column for column in columns]


def _is_secondary(column: Column) -> bool:
    return header_key(column.header) in table_words().secondary


def is_project_header(path: tuple[str, ...]) -> bool:
    words = table_words()
    return any(header_key(name) in words.projects or label_key(name) in words.projects for name in path)


def looks_like_header(texts: Sequence[str]) -> bool:
    """Whether most of a row's texts are words that only headers print."""
    words = table_words()
    known = sum(
        is_total(text)
        or names_one_of(text, words.labels)
        or names_one_of(text, words.codes)
        or names_one_of(text, words.texts)
        or header_key(text) in words.indexes
        or coordinates_of_words(text) != Coordinates()
        for text in texts
    )
    return known * 2 > len(texts)


def table_sides(columns: Sequence[Column]) -> list[TableSide]:
    """The sides from left to right; a table whose header is its row has one side without labels. What stands right of the
    last amounts describes the side's rows, and is no side of its own."""
    sides: list[TableSide] = []
    names: list[Column] = []
    values: list[Column] = []
    for position, column in enumerate(columns):
        names_row = column.kind is Kind.LABEL or (column.kind is Kind.CODE and _label_follows(columns, position))
        if names_row:
            if any(value.kind is Kind.VALUE for value in values):
                sides.append(_side(names, values))
                names, values = [], []
            names.append(column)
        elif column.kind is Kind.INDEX or (column.kind is Kind.CODE and not values):
            names.append(column)
        elif column.kind in (Kind.VALUE, Kind.TEXT, Kind.CODE):
            values.append(column)
    if sides and not any(value.kind is Kind.VALUE for value in values):
        describing = sorted((*names, *values), key=lambda column: column.index)
        trailing = tuple(replace(column, kind=Kind.TEXT) for column in describing if column.kind is not Kind.INDEX)
        sides[-1] = replace(sides[-1], values=sides[-1].values + trailing)
    elif values or names:
        sides.append(_side(names, values))
    return sides


def _label_follows(columns: Sequence[Column], position: int) -> bool:
    """Whether a code column stands before a label column, other codes between them aside."""
    for column in columns[position + 1 :]:
        if column.kind in (Kind.LABEL, Kind.VALUE, Kind.TEXT):
            return column.kind is Kind.LABEL
    return False


def _side(names: Sequence[Column], values: Sequence[Column]) -> TableSide:
    labels = [column for column in names if column.kind is Kind.LABEL]
    companions = _companions(labels)
    own = [column for column in labels if column not in companions]
    codes = [column for column in names if column.kind is Kind.CODE]
    own_codes = [column for column in codes if not _belongs_to(column, companions, names)]
    numbering = tuple(column for column in names if column.kind is Kind.INDEX)
    return TableSide(tuple(own), tuple(companions), _code_groups(own_codes), tuple(values), numbering)


def _companions(labels: Sequence[Column]) -> list[Column]:
    """Label columns of another classification than the one that names the row."""
    ranks = {column.index: _rank(column, labels) for column in labels}
    known = [rank for rank in ranks.values() if rank is not None]
    if len(set(known)) < 2:
        return []
    return [column for column in labels if ranks[column.index] not in (None, min(known))]


def _rank(column: Column, labels: Sequence[Column]) -> int | None:
    """The column's classification; offices right of subjects are a classification of their own."""
    words = table_words()
    subjects = [other for other in labels if header_key(other.header).endswith(words.subjects)]
    if header_key(column.header) in words.offices and any(other.index < column.index for other in subjects):
        return len(words.classifications)
    found = classification_of(column.path)
    return 0 if found is None and column in subjects else found


def classification_of(path: tuple[str, ...]) -> int | None:
    """0 functional, 1 departmental economic, 2 governmental economic classification; None if the header tells none."""
    for name in reversed(path):
        found = [
            rank
            for rank, names in reversed(list(enumerate(table_words().classifications)))
            if any(word in joined_label(name) for word in names)
        ]
        if found:
            return found[0]
    return None


def _belongs_to(code: Column, companions: Sequence[Column], names: Sequence[Column]) -> bool:
    following = [column for column in names if column.index > code.index and column.kind is Kind.LABEL]
    return bool(following) and following[0] in companions


def _code_groups(codes: Sequence[Column]) -> tuple[tuple[Column, ...], ...]:
    """类, 款 and 项 under one header are one code; a column with a header of its own is another."""
    groups: list[list[Column]] = []
    for column in codes:
        last = groups[-1][-1] if groups else None
        joined = last and _is_level(column) and _is_level(last) and column.path[:-1] == last.path[:-1]
        same = last and column.path == last.path
        if joined or same:
            groups[-1].append(column)
        else:
            groups.append([column])
    return tuple(tuple(group) for group in groups)


def _is_level(column: Column) -> bool:
    return header_key(column.header) in table_words().code_levels
