"""A body row's own label, code and the labels beside it, for one side of the table.

The label is what the source prints; where a merged cell or a blank continues a group from the rows above, the group
becomes part of the row's path.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.labels import joined_label
from ingest.numbers.numbers import parse_cell
from ingest.tables.columns import Kind, TableSide, is_project_header, is_year_header
from ingest.tables.merged_cells import Slot, SlotRow
from ingest.tables.words import is_organisation, is_total

_PREFIX = re.compile(
    r"[\[【(（](\d{3,9})[\]】)）][-－—_]?|(\d{2,9})[-－—_](?=\D)|(\d{3}|\d{5}|\d{7})(?=[\u4e00-\u9fff])(?!年)"
    r"|((?=[A-Za-z\d]*\d{4})[A-Za-z\d]{10,30})[-－—_](?=[\u4e00-\u9fff“])"
)
_SUFFIX = re.compile(r"[\[【(（](\d{3}|\d{5}|\d{7})[\]】)）]$")
_DIGITS = re.compile(r"\d{1,12}")
_IDENTIFIER = re.compile(r"(?=(?:.*\d){3})[A-Za-z\d][A-Za-z\d-]{4,39}")
_INDENT = re.compile(r"^[\s\u3000]+")


@dataclass(slots=True)
class RowLabel:
    """`groups` are labels in columns left of the own one, `companions` those of another classification; `values` the
    numbers of the side's columns, None where a cell holds none; `indent` the white space before the label; `of_year`
    whether the label is a year, or the comparison of two."""

    label: str
    code: str = ""
    groups: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    indent: int = 0
    named_project: bool = False
    of_year: bool = False
    values: tuple[Decimal | None, ...] = ()
    path: tuple[str, ...] = field(default=())

    @property
    def is_total(self) -> bool:
        return is_total(self.label)


def split_code(label: str) -> tuple[str, str]:
    """A label's code and its name: `[30101]基本工资`, `2010301-行政运行`, `51000021R000000019-会议费` → (code, name);
    ("", label) without one."""
    joined = joined_label(label)
    if match := _PREFIX.match(joined):
        return match[1] or match[2] or match[3] or match[4], joined[match.end() :]
    if match := _SUFFIX.search(joined):
        return match[1], joined[: match.start()]
    return "", joined


class RowReader:
    """Reads the rows of one side in order; remembers the groups and code levels that later rows leave out."""

    def __init__(self, side: TableSide, earlier: Sequence[TableSide] = (), telling: bool = False) -> None:
        self._side = side
        self._telling = telling
        self._headings: set[int] = set()  # columns whose remembered group was printed in a row of its own
        self._earlier = earlier
        self._groups: dict[int, str] = {}
        self._code_levels: list[str] = []

    def read(self, row: SlotRow) -> RowLabel:
        texts = self._label_texts(row)
        own = max(texts, default=-1)
        label = texts.get(own, "")
        code = self._code(row)
        if not label:
            label, own = self._label_elsewhere(row)
        column = next((column for column in self._side.labels if column.index == own), None)
        of_year = column is not None and is_year_header(column.header)
        code = code or ("" if of_year else split_code(label)[0] or (label if _is_code(label) else ""))
        result = RowLabel(label, code, indent=_indent(row, own), values=self._values(row))
        if not result.is_total or len(texts) > 1:
            result.groups = self._remembered(texts, own, row)
        if self._total_in(result.groups) and not of_year:
            result.groups = ()
        result.of_year = of_year
        result.companions = self._companion_names(row)
        result.named_project = column is not None and is_project_header(column.path)
        return result

    def _label_texts(self, row: SlotRow) -> dict[int, str]:
        """The row's own texts in label columns, one for each merged cell."""
        texts: dict[int, str] = {}
        seen = set()
        for column in self._side.labels:
            slot = row[column.index]
            if slot.owner in seen or not _starts_in(slot, row):
                continue
            seen.add(slot.owner)
            if text := joined_label(slot.owner_text):
                texts[column.index] = text
        return texts

    def _label_elsewhere(self, row: SlotRow) -> tuple[str, int]:
        """A label printed in a code column (合计), in a companion column, or merged over from the side before."""
        codes = (column for group in self._side.codes for column in group)
        for column in (*codes, *self._side.companions, *self._side.numbering):
            text = joined_label(row[column.index].owner_text) if _starts_in(row[column.index], row) else ""
            if text and not _is_code(text) and (column not in self._side.numbering or is_total(text)):
                return text, column.index
        for column in reversed(self._side.labels):
            if text := joined_label(row[column.index].owner_text):
                return text, column.index
        return self._label_before(row)

    def _label_before(self, row: SlotRow) -> tuple[str, int]:
        """The label of the side before, where its values are blank or it names the whole line a total."""
        if not self._earlier or not self._side.labels:
            return "", -1
        before = self._earlier[-1]
        taken = any(_filled(row, column.index) for column in before.values)
        for column in (*before.labels, *(column for group in before.codes for column in group)):
            text = joined_label(row[column.index].text)
            if text and (not taken or is_total(text)) and not _is_code(text):
                return text, column.index
        return "", -1

    def _remembered(self, texts: dict[int, str], own: int, row: SlotRow) -> tuple[str, ...]:
        """The labels in the columns left of the own one, those of earlier rows where this row leaves them out: by a merged
        cell, below a heading, or, where the format tells no merging, by a blank."""
        columns = [column.index for column in self._side.labels]
        if texts:
            first = min(texts)
            self._groups = {index: text for index, text in self._groups.items() if index < first} | texts
            self._headings = {index for index in self._headings if index < first} | {own}
        if self._telling:
            self._groups = {
                index: text
                for index, text in self._groups.items()
                if index in texts or index in self._headings or row[index].owner_text.strip()
            }
        return tuple(self._groups[index] for index in columns if index < own and index in self._groups)

    @staticmethod
    def _total_in(groups: Sequence[str]) -> bool:
        return any(is_total(group) for group in groups)

    def _companion_names(self, row: SlotRow) -> tuple[str, ...]:
        texts = (joined_label(row[column.index].owner_text) for column in self._side.companions)
        return tuple(text for text in texts if text and not is_total(text))

    def _code(self, row: SlotRow) -> str:
        """The joined code of the first group that prints one."""
        for group in self._side.codes:
            parts = [joined_label(row[column.index].text) for column in group]
            digits = [part if _DIGITS.fullmatch(part) else "" for part in parts]
            if any(digits):
                return self._joined(digits)
        return self._identifier(row)

    def _identifier(self, row: SlotRow) -> str:
        """The code of a project, which may hold letters; such a code is printed whole in one column."""
        columns = [group[0] for group in self._side.codes if len(group) == 1]
        texts = (joined_label(row[column.index].text) for column in columns)
        return next((text for text in texts if _IDENTIFIER.fullmatch(text)), "")

    def _joined(self, digits: list[str]) -> str:
        """`201 06 01` → 2010601; a row that shows only its own level takes the higher ones from the rows above."""
        last = max(index for index, part in enumerate(digits) if part)
        if len(digits) == 1 or len(digits[last]) > 3 or (last and len(digits[last]) > 2):
            return digits[last]
        levels = self._code_levels
        full = [part or (levels[index] if index < len(levels) else "") for index, part in enumerate(digits[: last + 1])]
        self._code_levels = full
        return "".join(full)

    def _values(self, row: SlotRow) -> tuple[Decimal | None, ...]:
        columns = (column for column in self._side.values if column.kind is Kind.VALUE)
        cells = (parse_cell(row[column.index].text, "元") for column in columns)
        return tuple(cell.quantity.number if cell.quantity else None for cell in cells)


def complete_codes(labels: Sequence[RowLabel]) -> None:
    """Give codes that print only their own level in one column, as 208, 05, 2080505 do, the class before them, where
    the codes below prove it: 20805."""
    class_code = ""
    for index, label in enumerate(labels):
        if len(label.code) in (3, 5, 7) and label.code.isdigit():
            class_code = label.code[:3]
        elif len(label.code) == 2 and label.code.isdigit() and class_code:
            whole = class_code + label.code
            below = next((other.code for other in labels[index + 1 :] if len(other.code) != 2), "")
            if below != whole and below.startswith(whole):
                label.code = whole


def without_chance_codes(labels: Sequence[RowLabel]) -> None:
    """Take away codes that are the beginning of a name, or a name of nothing else, where most rows have none: in a list of
    projects, 12320卫生热线 and the secret project JD008 are just called so."""
    named = [label for label in labels if _is_called_by_code(label)]
    if len(named) * 2 < sum(not label.is_total for label in labels):
        for label in named:
            label.code = ""


def _is_called_by_code(label: RowLabel) -> bool:
    code, name = label.code, label.label.removeprefix(label.code)
    return bool(code) and name != label.label and (not name or (name[0].isalpha() and not is_organisation(name)))


def _is_code(text: str) -> bool:
    return bool(_DIGITS.fullmatch(text) or _IDENTIFIER.fullmatch(text))


def _starts_in(slot: Slot, row: SlotRow) -> bool:
    """Whether the cell begins in this row, rather than reaching down from above."""
    return slot.owner[0] == _row_number(row)


def _row_number(row: SlotRow) -> int:
    return max(slot.owner[0] for slot in row)


def _filled(row: SlotRow, index: int) -> bool:
    return not row[index].blank


def _indent(row: SlotRow, index: int) -> int:
    if index < 0:
        return 0
    match = _INDENT.match(row[index].text)
    spaces = sum(2 if character == "\u3000" else 1 for character in match.group()) if match else 0
    return spaces or row[index].indent
