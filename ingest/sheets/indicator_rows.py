"""The rows of an indicator grid to readings: which cell is a level, a name, a target, also where OCR moved the cells.

Columns are believed as long as what stands in them fits; else each cell is recognised by its form, and the other half
of the row, which repeats the names, is the witness. What cannot be decided stays without a value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.facts import Period
from ingest.labels import joined_label, label_key
from ingest.sheets.words import (
    LevelLabel,
    column_of_label,
    field_of_label,
    is_grouping,
    is_label_fragment,
    is_lone_name,
    is_sum_row,
    is_value,
    level_of_label,
    sheet_words,
)

_TAIL = re.compile(r"(?P<head>.*?\S)\s+(?P<tail>\$.*\$|[≤≥<>=].*|\S+)", re.S)
UNKNOWN = "unknown"  # the kind of a column whose header is not known, with its number behind
_FIELDS_OF_A_HALF = ("level1", "level2", "name", "value")


@dataclass(frozen=True)
class Half:
    """The columns of one half of the grid (实施期 or 年度); a long-form grid has one half with more columns."""

    columns: Mapping[str, int]
    headers: Mapping[str, str]
    period: Period

    @cached_property
    def first(self) -> int:
        return min(self.columns.values())


@dataclass(frozen=True, slots=True)
class Reading:
    """What one half of one printed row says; columns are those of the printed cells."""

    row: int
    level1: LevelLabel | None = None
    level2: LevelLabel | None = None
    name: str = ""
    value: str = ""
    name_column: int | None = None
    value_column: int | None = None
    extra: tuple[tuple[str, int], ...] = ()  # other columns of the half: (kind, column)
    repaired: str = ""  # why the reading differs from where the source prints it
    doubt: str = ""

    @property
    def holds_something(self) -> bool:
        return bool(self.name or self.value)


@dataclass(frozen=True, slots=True)
class ReadRows:
    """`halves[i]` are the readings of half i, row by row; `displaced`: cells left their columns."""

    halves: tuple[tuple[Reading, ...], ...]
    displaced: bool


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    column: int

    @property
    def level(self) -> LevelLabel | None:
        return level_of_label(self.text)

    @property
    def is_value(self) -> bool:
        return is_value(self.text)


def header_to_halves(cells: Sequence[str]) -> tuple[Half, ...]:
    """The halves that a header row announces (三级指标 … 指标值), () if the row is no such header."""
    columns: list[dict[str, int]] = [{}]
    headers: list[dict[str, str]] = [{}]
    kinds = [column_of_label(cell) for cell in cells]
    if "name" not in kinds:
        kinds = _with_lone_names(cells, kinds)
    if {"name", "value"} <= set(kinds):
        kinds = _with_unknown(cells, kinds)
    for index, (cell, kind) in enumerate(zip(cells, kinds, strict=True)):
        if not kind:
            continue
        if kind in columns[-1] and kind in _FIELDS_OF_A_HALF and "value" in columns[-1]:
            columns.append({})
            headers.append({})
        if kind in columns[-1] and kind not in _FIELDS_OF_A_HALF:
            kind = f"{UNKNOWN}{index}"
        if kind not in columns[-1]:
            columns[-1][kind] = index
            headers[-1][kind] = joined_label(cell)
    found = [(c, h) for c, h in zip(columns, headers, strict=True) if "name" in c and "value" in c]
    if not found or len(found) != len(columns):
        return ()
    periods = (Period.WHOLE, Period.ANNUAL) if len(found) == 2 else (_period_of(found[0][1]["value"]),) * len(found)
    return tuple(Half(c, h, period) for (c, h), period in zip(found, periods, strict=True))


def _with_lone_names(cells: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Where no header is sure to head names, one that may: right of the levels, if there are levels."""
    levels = {"level1", "level2"} & set(kinds)
    found: list[str] = []
    before = ""
    for cell, kind in zip(cells, kinds, strict=True):
        after_level = before in ("level1", "level2")
        found.append(
            "name" if (is_lone_name(cell) or (levels and kind == "note")) and (after_level or not levels) else kind
        )
        before = found[-1] if cell.strip() else before
    return found


def _with_unknown(cells: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """A header that is no known column's, right of the first known one, heads a column of its own."""
    first = next(index for index, kind in enumerate(kinds) if kind)
    known = [bool(kind or is_grouping(cell) or field_of_label(cell)) for cell, kind in zip(cells, kinds, strict=True)]
    return [
        kind or (f"{UNKNOWN}{index}" if index > first and cells[index].strip() and not known[index] else "")
        for index, kind in enumerate(kinds)
    ]


def _period_of(value_header: str) -> Period:
    return Period.WHOLE if re.search("实施期|中长期|总体", value_header) else Period.ANNUAL


def rows_to_readings(rows: Sequence[tuple[int, Sequence[str]]], halves: Sequence[Half]) -> ReadRows:
    """Read each (index, cells) row of a grid under its header."""
    border = _border(rows, halves) if len(halves) == 2 else 0
    read: list[tuple[Reading, ...]] = []
    displaced = False
    for index, cells in rows:
        by_column = _readings_by_column(index, cells, halves)
        displaced |= by_column is None
        read.extend(_split_twins(by_column if by_column is not None else _readings_by_form(index, cells, border)))
    columns = [tuple(row[number] for row in read) for number in range(len(halves))]
    return ReadRows(tuple(_with_values_joined(half, displaced) for half in columns), displaced)


def _border(rows: Sequence[tuple[int, Sequence[str]]], halves: Sequence[Half]) -> int:
    """The column where the second half begins: the header's, unless the rows as a whole stand elsewhere."""
    header = halves[1].first
    starts: Counter[int] = Counter()
    for _, cells in rows:
        tokens = _tokens(cells)
        labels = [(token.level.key, token.column) for token in tokens if token.level]
        if len(labels) > 1 and labels[-1][0] == labels[-2][0] and labels[-1][1] - labels[-2][1] > 1:
            starts[labels[-1][1]] += 1
    return max(starts, key=lambda column: (starts[column], column == header), default=header)


def _owner(column: int, halves: Sequence[Half]) -> tuple[int, str] | None:
    """The half and kind whose header stands over a column or nearest to its left."""
    best: tuple[int, int, str] | None = None
    for number, half in enumerate(halves):
        for kind, at in half.columns.items():
            if at <= column and (best is None or at > best[0]):
                best = (at, number, kind)
    return best[1:] if best else None


def _readings_by_column(row: int, cells: Sequence[str], halves: Sequence[Half]) -> tuple[Reading, ...] | None:
    """The readings if every cell fits its column, else None."""
    texts: list[dict[str, tuple[str, int]]] = [{} for _ in halves]
    for column, text in enumerate(cells):
        if not text.strip() or is_label_fragment(text):
            continue
        owner = _owner(column, halves)
        if owner is None and is_sum_row(text):
            owner = 0, "level1"
        if owner is None:
            if not (is_grouping(text) or level_of_label(text)):
                return None
            if (level := level_of_label(text)) and sheet_words().levels[level.key].tier == 2:
                return None
            continue
        number, kind = owner
        if kind in texts[number] or not _fits(kind, text):
            return None
        texts[number][kind] = (text, column)
    if not all(_is_coherent(half, len(halves)) for half in texts):
        return None
    readings = tuple(_reading_of_columns(row, half) for half in texts)
    return tuple(_tails_split(one, other) for one, other in zip(readings, reversed(readings), strict=True))


def _is_coherent(texts: Mapping[str, tuple[str, int]], halves: int) -> bool:
    """Whether a half's cells can be what their columns say, taken together."""
    name, value, level2 = (texts.get(kind, ("", 0))[0] for kind in ("name", "value", "level2"))
    if name and is_value(name) and (not value or halves == 2):
        return False
    unknown = bool(level2) and level_of_label(level2) is None and not is_grouping(level2)
    return not unknown or (halves == 1 and bool(name))


def _fits(kind: str, text: str) -> bool:
    level = level_of_label(text)
    if kind == "level1":
        return not is_value(text) and (level is None or _may_be_tier1(level))
    if kind == "level2":
        return not is_value(text)
    if kind in ("name", "value"):
        return level is None or not (level.complete and joined_label(text).endswith("指标"))
    return True


def _may_be_tier1(level: LevelLabel) -> bool:
    words = sheet_words().levels[level.key]
    return words.tier == 1 or words.also_tier1


def _reading_of_columns(row: int, texts: Mapping[str, tuple[str, int]]) -> Reading:
    def label(kind: str) -> LevelLabel | None:
        if kind not in texts or is_grouping(texts[kind][0]):
            return None
        return level_of_label(texts[kind][0]) or LevelLabel("", joined_label(texts[kind][0]), True)

    name, name_column = texts.get("name", ("", None))
    if not name and is_sum_row(texts.get("level1", ("", 0))[0]):
        name, name_column = texts["level1"]
    value, value_column = texts.get("value", ("", None))
    extra = tuple((kind, column) for kind, (_, column) in texts.items() if kind not in _FIELDS_OF_A_HALF)
    return Reading(row, label("level1"), label("level2"), name, value, name_column, value_column, extra)


def _tokens(cells: Sequence[str]) -> list[_Token]:
    return [
        _Token(text, column)
        for column, text in enumerate(cells)
        if text.strip() and not is_grouping(text) and not is_label_fragment(text)
    ]


def _readings_by_form(row: int, cells: Sequence[str], border: int) -> tuple[Reading, ...]:
    """The likeliest reading of a row whose cells left their columns; the second half begins at `border`, if any."""
    tokens = _tokens(cells)
    if not border:
        return (_half_by_form(row, tokens)[0],)
    return min((_split_at(row, tokens, at, border) for at in range(len(tokens) + 1)), key=lambda it: it[0])[1]


def _split_at(row: int, tokens: Sequence[_Token], at: int, border: int) -> tuple[float, tuple[Reading, Reading]]:
    """How badly a division of the row into its two halves fits (lower is better), and the readings."""
    (left, cost_left), (right, cost_right) = _half_by_form(row, tokens[:at]), _half_by_form(row, tokens[at:])
    cost = cost_left + cost_right
    left, right = _tails_split(left, right), _tails_split(right, left)
    if same_name(left.name, right.name):
        cost -= 3
    if left.value and label_key(left.value) == label_key(right.value):
        cost -= 1
    if left.level2 and right.level2 and left.level2.key == right.level2.key:
        cost -= 1
    cost += 0.6 * sum(token.column >= border for token in tokens[:at])
    cost += 0.6 * sum(token.column < border - 1 for token in tokens[at:])
    return cost, (left, right)


def _half_by_form(row: int, tokens: Sequence[_Token]) -> tuple[Reading, float]:
    """Labels, then a name, then a target: the reading of one half's cells, and how badly they fit that order."""
    labels: list[LevelLabel] = []
    rest = list(tokens)
    while rest and (level := rest[0].level) and not _is_name_after(labels, rest):
        labels.append(level)
        rest.pop(0)
    cost = 3.0 * sum(1 for token in rest if token.level and token.level.complete and token.text.endswith("标"))
    distinct = [token for i, token in enumerate(rest) if not (i and token.is_value and same_text(token, rest[i - 1]))]
    cost += len(rest) - len(distinct)
    rest = distinct
    cost += 3.0 * max(0, len(rest) - 2)
    name = rest[0] if rest and not (len(rest) == 1 and rest[0].is_value) else None
    value = rest[1] if len(rest) > 1 else (rest[0] if rest and name is None else None)
    if name is None and value is not None:
        cost += 2
    if name is not None:
        cost += 0.5 if value is None else (0 if value.is_value else 1)
        cost += 1.5 if name.is_value else 0
    level1, level2 = _tiers(labels)
    reading = Reading(row, level1, level2)
    if name is not None:
        reading = replace(reading, name=name.text, name_column=name.column)
    if value is not None:
        reading = replace(reading, value=value.text, value_column=value.column)
    return reading, cost


def _is_name_after(labels: Sequence[LevelLabel], rest: Sequence[_Token]) -> bool:
    """服务对象满意度 right after 服务对象满意度指标 and before a target is the indicator's own name."""
    level = rest[0].level
    if level is None or rest[0].text.endswith("指标") or len(rest) < 2 or not rest[1].is_value:
        return False
    return any(label.key == level.key for label in labels)


def _tiers(labels: Sequence[LevelLabel]) -> tuple[LevelLabel | None, LevelLabel | None]:
    """The level 1 and 2 among a half's labels: the last of tier 2 counts, one before it was moved here."""
    if not labels:
        return None, None
    last = labels[-1]
    tier1 = next((label for label in labels if sheet_words().levels[label.key].tier == 1), None)
    if sheet_words().levels[last.key].tier == 1 and len(labels) == 1:
        return last, None
    return (tier1 if tier1 is not last else None), last


def same_text(one: _Token, other: _Token) -> bool:
    return label_key(one.text) == label_key(other.text)


def same_name(one: str, other: str) -> bool:
    """Whether two halves print the same name, one of them perhaps cut: 物业服务 / 物业服务时间."""
    first, second = sorted((label_key(one), label_key(other)), key=len)
    return bool(first) and (first == second or (len(first) >= 4 and second.startswith(first)))


def _tails_split(reading: Reading, other: Reading) -> Reading:
    """A target printed in the cell of its name (居民满意度 ≥95%) set free, if its form or the other half proves it."""
    match = _TAIL.fullmatch(reading.name.strip())
    if reading.value or not match or not is_value(match["tail"]):
        return reading
    head, tail = match["head"], match["tail"]
    if not re.search(r"\d", tail) and label_key(head) != label_key(other.name):
        return reading
    return replace(
        reading,
        name=head,
        value=tail,
        value_column=reading.name_column,
        repaired="指标名称与指标值印在同一单元格，已分开读取",
    )


def _split_twins(readings: tuple[Reading, ...]) -> list[tuple[Reading, ...]]:
    """Two indicators that were merged into one row (two names, two targets) as two rows."""
    parts = [_twins(reading) for reading in readings]
    count = max(map(len, parts))
    if count == 1:
        return [readings]
    return [tuple(part[i] if i < len(part) else Reading(part[0].row) for part in parts) for i in range(count)]


def _twins(reading: Reading) -> tuple[Reading, ...]:
    names, values = reading.name.split(" "), reading.value.split(" ")
    if len(values) < 2 or len(names) != len(values) or any(len(name) < 4 for name in names):
        return (reading,)
    if not all(value in sheet_words().value_words for value in values):
        return (reading,)
    note = "两项指标并印在一行，已按顺序分开读取"
    return tuple(replace(reading, name=n, value=v, repaired=note) for n, v in zip(names, values, strict=True))


def _with_values_joined(readings: tuple[Reading, ...], displaced: bool) -> tuple[Reading, ...]:
    """A target that slid to the next row, which has no name of its own, joined to the name above that has none."""
    if not displaced:
        return readings
    joined = list(readings)
    for i in range(1, len(joined)):
        above, here = joined[i - 1], joined[i]
        if above.name and not above.value and here.value and not here.name and not here.level2:
            note = "指标值印在下一行，该行没有指标名称，据此归入本指标"
            joined[i - 1] = replace(
                above, value=here.value, value_column=here.value_column, repaired=note, extra=here.extra
            )
            joined[i] = Reading(here.row)
    return tuple(joined)
