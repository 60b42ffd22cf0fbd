"""The fields of a performance sheet: labels and their values, in whatever cells the source put them.

Amounts go to the whole period or to the year by the total they stand under; a field left empty is told apart from one
whose column the source lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.facts import (
    Absence,
    Coordinates,
    Fact,
    Origin,
    Passage,
    Period,
    Role,
    Spending,
    Status,
    UnitSource,
    Vintage,
)
from ingest.labels import joined_label, label_key
from ingest.numbers.numbers import as_number, parse_cell
from ingest.numbers.quantities import Quantity
from ingest.sheets.indicators import SHEET_KIND, SheetContext
from ingest.sheets.words import FieldWords, field_of_label, heads_block, is_grouping, looks_cut, sheet_words

_UNIT = re.compile(r"[（(][^（()）]*?([百千万亿]?元)[^（()）]*[）)]")
_ASSUMED_UNIT = "万元"  # of a sheet that prints none
_GOAL = "goal"
_GOALS = ("whole_goal", "annual_goal")
_PERIOD_COLUMN = {Period.WHOLE: ("实施期",), Period.ANNUAL: ("年度",), Period.NONE: ()}


@dataclass(frozen=True, slots=True)
class Entry:
    """A field as printed: its key, its label, the value's text and cell; `roomless`: the grid ends after the label."""

    field: str
    label: str
    text: str
    row: int
    column: int
    label_column: int
    roomless: bool = False
    period: Period = Period.NONE


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    column: int
    field: str = ""


@cache
def _inline_label() -> re.Pattern[str]:
    """`负责人: ` and its like, for cells that hold several labels and their values."""
    labels = [
        label for words in sheet_words().fields.values() if words.kind in ("text", "date") for label in words.labels
    ]
    return re.compile("(" + "|".join(sorted(map(re.escape, labels), key=len, reverse=True)) + r")\s*[:：]\s*")


def row_to_entries(index: int, cells: Sequence[str], width: int) -> list[Entry]:
    """The labels of a row, each with the text that follows it before the next label."""
    tokens = [token for column, text in enumerate(cells) for token in _cell_tokens(text, column)]
    entries: list[Entry] = []
    for at, token in enumerate(tokens):
        if not token.field:
            continue
        rest = tokens[at + 1 :]
        texts = rest[: next((i for i, other in enumerate(rest) if other.field), len(rest))]
        if sheet_words().fields[token.field].kind == "money":
            texts = [text for text in texts if not heads_block(text.text)]
        if token.field == _GOAL and len(texts) > 1:
            entries.append(_entry("whole_goal", token, texts[0], index))
            entries.append(_entry("annual_goal", token, texts[1], index))
            continue
        value = texts[0] if texts else _Token("", token.column + 1)
        roomless = not texts and token.column >= width - 1
        entries.append(replace(_entry(token.field, token, value, index), roomless=roomless))
    return entries


def _entry(field: str, label: _Token, value: _Token, row: int) -> Entry:
    return Entry(field, joined_label(label.text).strip(":："), value.text, row, value.column, label.column)


def _cell_tokens(text: str, column: int) -> Iterator[_Token]:
    stripped = text.strip()
    if not stripped or is_grouping(stripped):
        return
    if field := field_of_label(stripped):
        yield _Token(stripped, column, field)
        return
    matches = list(_inline_label().finditer(stripped))
    head = re.match(r"(?:其中[:：]\s*)?([^:：]{2,14})[:：]\s*(?=\S)", stripped)
    if matches and matches[0].start() == 0:
        ends = [match.start() for match in matches[1:]] + [len(stripped)]
        for match, end in zip(matches, ends, strict=True):
            yield _Token(match.group(1), column, field_of_label(match.group(1)))
            if value := stripped[match.end() : end].strip():
                yield _Token(value, column)
    elif head and (field := field_of_label(head.group(1))) and sheet_words().fields[field].kind == "money":
        yield _Token(head.group(1), column, field)
        yield _Token(stripped[head.end() :], column)
    else:
        yield _Token(stripped, column)


def money_unit(cells: Sequence[str]) -> str:
    """The money unit that a row's group label prints: 项目资金(万元) → 万元."""
    for text in cells:
        joined = joined_label(text)
        if len(joined) <= 24 and (is_grouping(text) or field_of_label(text)) and (match := _UNIT.search(joined)):
            return match.group(1)
    return ""


def entries_with_periods(entries: Sequence[Entry]) -> list[Entry]:
    """Amounts sorted to the whole period or the year, goals to theirs, and of each field the entry that has a text."""
    words = sheet_words().fields
    columns = {
        words[entry.field].period: entry.label_column
        for entry in reversed(entries)
        if words[entry.field].total and words[entry.field].period is not Period.NONE
    }
    sorted_entries: list[Entry] = []
    for row in sorted({entry.row for entry in entries}):
        here = [entry for entry in entries if entry.row == row]
        sorted_entries += [replace(entry, period=_period(entry, here, columns)) for entry in here]
    return _without_repeats(_goals_placed(sorted_entries))


def _period(entry: Entry, row: Sequence[Entry], columns: dict[Period, int]) -> Period:
    words = sheet_words().fields[entry.field]
    if words.kind != "money" or words.period is not Period.NONE:
        return words.period
    if len(columns) < 2:
        return next(iter(columns), Period.NONE)
    same = [other for other in row if other.field == entry.field]
    if len(same) == 2:
        return Period.WHOLE if entry is same[0] else Period.ANNUAL
    return Period.ANNUAL if entry.label_column >= columns[Period.ANNUAL] else Period.WHOLE


def _goals_placed(entries: Sequence[Entry]) -> list[Entry]:
    """A goal row's single text goes under the heading that stands over it (实施期目标 | 年度目标)."""
    heads = {e.field: e.label_column for e in entries if e.field in _GOALS and not e.text}
    placed = []
    for entry in entries:
        if entry.field == _GOAL:
            if not entry.text and heads:
                continue
            annual = "annual_goal" not in heads or not heads or entry.column >= heads["annual_goal"]
            field = "annual_goal" if annual or "whole_goal" not in heads else "whole_goal"
            entry = replace(entry, field=field, period=sheet_words().fields[field].period)
        placed.append(entry)
    return placed


def _without_repeats(entries: Sequence[Entry]) -> list[Entry]:
    chosen: dict[tuple[str, Period], Entry] = {}
    for entry in entries:
        key = (entry.field, entry.period)
        if key not in chosen or (entry.text and not chosen[key].text):
            chosen[key] = entry
    return list(chosen.values())


def lost_periods(entries: Sequence[Entry]) -> set[Period]:
    """Periods whose amounts the source lost as a whole: all are empty where the other period prints several."""
    printed = {
        period: [
            bool(entry.text)
            for entry in entries
            if entry.period is period and sheet_words().fields[entry.field].kind == "money"
        ]
        for period in (Period.WHOLE, Period.ANNUAL)
    }
    return {
        period
        for period, other in ((Period.WHOLE, Period.ANNUAL), (Period.ANNUAL, Period.WHOLE))
        if printed[period] and not any(printed[period]) and sum(printed[other]) >= 2
    }


def entry_to_fact(entry: Entry, unit: str, lost: set[Period], sheet: SheetContext) -> Fact:
    """One field as a fact; blank or lost where it has no text."""
    words = sheet_words().fields[entry.field]
    fact = Fact(
        origin=Origin.SHEET,
        table=sheet.title,
        table_kind=SHEET_KIND,
        row=sheet.label(entry.label),
        row_path=(),
        row_code="",
        column=_PERIOD_COLUMN[entry.period],
        printed=entry.text.replace("\n", ""),
        quantity=None,
        place=sheet.place(entry.row, entry.column if entry.text else entry.label_column),
        coordinates=Coordinates(role=Role.TEXT, period=entry.period),
        project=sheet.project,
        field=entry.field if words.kind != "money" or not words.total else "funding_total",
        table_index=sheet.table_index,
        row_index=entry.row,
        column_index=min(entry.column, len(sheet.rows[entry.row]) - 1),
    )
    if words.kind == "money":
        fact = _money_fact(fact, words, entry, unit, sheet)
    elif words.kind == "date":
        fact = _date_fact(fact)
    elif entry.field == "period" and entry.text:
        fact = replace(fact, quantity=parse_cell(entry.text).quantity)
    if entry.text:
        return fact
    if words.kind == "money" and (entry.period in lost or entry.roomless):
        return replace(fact, absence=Absence.LOST, warnings=("原文此处金额所在的列缺失，没有印出数字",))
    return replace(fact, absence=Absence.BLANK)


def _money_fact(fact: Fact, words: FieldWords, entry: Entry, unit: str, sheet: SheetContext) -> Fact:
    parsed = parse_cell(entry.text, unit or _ASSUMED_UNIT)
    coordinates = Coordinates(
        fund=words.fund,
        spending=Spending.PROJECT,
        vintage=Vintage.CARRIED_OVER if words.carried_over else Vintage.ALL,
        role=Role.AMOUNT,
        period=entry.period,
        year=sheet.year if entry.period is not Period.WHOLE else None,
    )
    source = UnitSource.CELL if parsed.own_unit else UnitSource.TABLE if unit else UnitSource.ASSUMED
    fact = replace(fact, coordinates=coordinates, quantity=parsed.quantity, unit_source=source, absence=parsed.absence)
    if parsed.malformed:
        return replace(fact, status=Status.DOUBTFUL, warnings=(f"“{entry.text}”不是完好的数字，未作读取",))
    if parsed.quantity is not None and re.search(r"\d\s+\d", entry.text):
        return replace(fact, status=Status.REPAIRED, warnings=(f"原文数字中夹有空格，印作“{entry.text}”",))
    return fact


def _date_fact(fact: Fact) -> Fact:
    """A filing date, also as a time stamp that OCR broke with a space: 202301131623 21 → 20230113162321."""
    digits = re.sub(r"\s", "", fact.printed)
    fact = replace(fact, coordinates=replace(fact.coordinates, role=Role.DATE))
    number = as_number(digits) if re.fullmatch(r"\d{8,14}", digits) else None
    if number is None:
        return fact
    fact = replace(fact, quantity=Quantity(number, ""))
    if digits == fact.printed:
        return fact
    note = f"原文数字中夹有空格，印作“{fact.printed}”，读作 {digits}"
    short = "" if len(digits) in (8, 14) else "；位数不全，只有日期可靠"
    return replace(fact, status=Status.REPAIRED, warnings=(note + short,))


def entries_to_passages(entries: Sequence[Entry], sheet: SheetContext) -> list[Passage]:
    """The long texts, to quote and to search."""
    goals = [entry.text for entry in entries if entry.field in _GOALS]
    return [
        Passage(
            heading=(*sheet.heading, *([sheet.title] if sheet.title not in sheet.heading else [])),
            text=entry.text.replace("\n", ""),
            place=sheet.place(entry.row, entry.column),
            project=sheet.project,
            field=entry.field,
            truncated=is_truncated(entry.text, goals if entry.field in _GOALS else ()),
        )
        for entry in entries
        if entry.text and sheet_words().fields[entry.field].kind == "long"
    ]


def is_truncated(text: str, others: Sequence[str] = ()) -> bool:
    """Whether a text breaks off: another goes on where it ends, a bracket stays open, a long one has no end mark."""
    key = label_key(text)
    if any(len(label_key(other)) > len(key) >= 20 and label_key(other).startswith(key) for other in others):
        return True
    if sum(map(text.count, "（(《“")) > sum(map(text.count, "）)》”")):
        return True
    if re.search(r"</?\w+>", text):
        return True
    if not looks_cut(text):
        return False
    return bool(re.search(r"[，,、：:和及]\s*$", text)) or len(text) > 120 or "。" in text
