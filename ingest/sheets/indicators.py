"""Indicators to facts: name, levels, target with operator and unit, for the whole period and for the year.

A target that the source lost is said to be lost, and a name or target that OCR tore apart is marked doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.facts import Absence, Coordinates, Fact, Fund, Origin, Period, Role, Spending, Status, UnitSource
from ingest.labels import joined_label, label_key
from ingest.numbers.digits import half_width
from ingest.numbers.numbers import Numeral, NumeralKind, find_numerals, parse_cell, to_base_unit
from ingest.numbers.quantities import YUAN, Quantity
from ingest.numbers.units import unit_named
from ingest.sheets.indicator_levels import Leveled, readings_to_levels
from ingest.sheets.indicator_rows import UNKNOWN, Half, rows_to_readings, same_name
from ingest.sheets.words import is_sum_row, is_value, sheet_words
from ingest.source import Place

SHEET_KIND = "performance_sheet"
NO_NAME = "（指标名称缺失）"
_PERIOD_WORDS = {Period.WHOLE: "实施期", Period.ANNUAL: "年度"}
_MEASURES = (NumeralKind.MONEY, NumeralKind.SHARE, NumeralKind.MULTIPLE, NumeralKind.COUNT, NumeralKind.RATE)
_BARE = re.compile(r"[≤≥<>=≦≧]*\d[\d,]*(?:\.\d+)?")
_EXTRAS = ("score", "note", "actual", "points")
_OPERATORS = ("≤", "≥", "<", ">", "=")
_NAMED_UNIT = re.compile(r"\(([^()]{1,6})\)$")
_TEX = (
    (re.compile(r"\\geq?(?:slant|q)?"), "≥"),
    (re.compile(r"\\leq?(?:slant|q)?"), "≤"),
    (re.compile(r"[$\\{}]"), ""),
)


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What all facts of one sheet share; `rows` and `places` are those of the sheet's TableRecord; `lead` begins the rows'
    labels in a sheet that is no project's."""

    title: str
    project: str
    table_index: int
    year: int | None
    rows: Sequence[Sequence[str]]
    places: Sequence[Sequence[Place]]
    heading: tuple[str, ...] = ()
    lead: str = ""

    def label(self, field_label: str) -> str:
        return f"{self.project or self.lead or self.title} / {field_label}"

    def text(self, row: int, column: int | None) -> str:
        cells = self.rows[row]
        return cells[column].strip() if column is not None and column < len(cells) else ""

    def place(self, row: int, column: int | None) -> Place:
        places = self.places[row]
        return places[min(column or 0, len(places) - 1)] if places else Place()


def grid_to_indicators(
    rows: Sequence[tuple[int, Sequence[str]]], halves: Sequence[Half], sheet: SheetContext
) -> list[Fact]:
    """The facts of an indicator grid: its (index, cells) rows under a header that announced `halves`."""
    read = rows_to_readings(rows, halves)
    leveled = readings_to_levels(read)
    facts: list[tuple[int, int, Fact]] = []
    for number, (half, items) in enumerate(zip(halves, leveled, strict=True)):
        others = leveled[1 - number] if len(leveled) == 2 else ()
        for item in items:
            twin = _twin(item, others)
            facts.append((item.reading.row, number, _target(item, twin, half, sheet, read.displaced, len(halves))))
            facts.extend((item.reading.row, number, fact) for fact in _extras(item, half, sheet))
    return [fact for _, _, fact in sorted(facts, key=lambda entry: entry[:2])]


def _twin(item: Leveled, others: Sequence[Leveled]) -> Leveled | None:
    same = [other for other in others if same_name(item.reading.name, other.reading.name)]
    return min(same, key=lambda other: abs(other.reading.row - item.reading.row), default=None)


def _target(item: Leveled, twin: Leveled | None, half: Half, sheet: SheetContext, displaced: bool, halves: int) -> Fact:
    reading = item.reading
    status, warnings = item.status, [item.warning] if item.warning else []
    if is_sum_row(reading.name):
        status, warnings = Status.OK, []
    if reading.repaired:
        status = max(status, Status.REPAIRED, key=_gravity)
        warnings.append(reading.repaired)
    for doubt in _doubts(item, twin) if not is_sum_row(reading.name) else ():
        status = Status.DOUBTFUL
        warnings.append(doubt)
    absence = None
    if not reading.value:
        lost = (displaced or bool(twin and twin.reading.value)) and not is_sum_row(reading.name)
        absence = Absence.LOST if lost else Absence.BLANK
        if lost:
            warnings.append(_lost_note(twin))
    column = (_PERIOD_WORDS[half.period], "指标值") if halves == 2 else (half.headers["value"],)
    return Fact(
        origin=Origin.SHEET,
        table=sheet.title,
        table_kind=SHEET_KIND,
        row=sheet.label(joined_label(reading.name) or NO_NAME),
        row_path=() if is_sum_row(reading.name) else item.levels,
        row_code="",
        column=column,
        printed=_one_line(reading.value),
        quantity=_composed(item, half, sheet),
        place=sheet.place(reading.row, reading.value_column if reading.value else reading.name_column),
        coordinates=Coordinates(
            spending=Spending.PROJECT,
            role=Role.TARGET,
            period=half.period,
            year=sheet.year if half.period is Period.ANNUAL else None,
        ),
        unit_source=UnitSource.CELL,
        absence=absence,
        status=status,
        warnings=tuple(warnings),
        project=sheet.project,
        field="indicator",
        table_index=sheet.table_index,
        row_index=reading.row,
        column_index=reading.value_column if reading.value else reading.name_column,
    )


def _gravity(status: Status) -> int:
    return (Status.OK, Status.REPAIRED, Status.DOUBTFUL).index(status)


def _one_line(text: str) -> str:
    return text.replace("\n", "").strip()


def _lost_note(twin: Leveled | None) -> str:
    note = "原文此处的指标值缺失"
    return f"{note}；另一栏同名指标印作“{_one_line(twin.reading.value)}”" if twin and twin.reading.value else note


def _doubts(item: Leveled, twin: Leveled | None) -> list[str]:
    reading = item.reading
    doubts = [reading.doubt] if reading.doubt else []
    if not reading.name:
        doubts.append("原文此处的指标名称缺失")
    if twin is None or not reading.value or label_key(reading.value) == label_key(twin.reading.value):
        return doubts
    rest = label_key(twin.reading.name).removeprefix(label_key(reading.name))
    swallowed = rest and rest != label_key(twin.reading.name) and label_key(reading.value).endswith(rest)
    if swallowed or (is_value(twin.reading.value) and not is_value(reading.value)):
        doubts.append(f"指标值中混入了其他文字，另一栏印作“{_one_line(twin.reading.value)}”")
    return doubts


def _composed(item: Leveled, half: Half, sheet: SheetContext) -> Quantity | None:
    """The target as a quantity; operator and unit may stand in columns of their own."""
    reading = item.reading
    extra = {kind: sheet.text(reading.row, column) for kind, column in reading.extra}
    operator = half_width(extra.get("operator", "")).replace("定性", "").replace("定量", "")
    unit = extra.get("unit", "")
    value = reading.value
    if not unit and _BARE.fullmatch(joined_label(half_width(value))):
        unit = _unit_of_name(reading.name)
    if unit and re.search(r"\d", value) and not joined_label(value).endswith(joined_label(unit)):
        value += unit
    if operator and not value.startswith(operator):
        value = operator + value
    found = target_to_quantity(value, " ".join((*item.levels, reading.name)))
    return found if found is not None or not unit else _in_words(reading.value, operator, unit)


def _unit_of_name(name: str) -> str:
    """The unit at the end of an indicator's name: `接访数量（件次/年）` → 件次, as what is meant is the document's year."""
    match = _NAMED_UNIT.search(half_width(joined_label(name)))
    unit = match[1].removesuffix("/年") if match else ""
    return unit if unit_named(unit) else ""


def _in_words(value: str, operator: str, unit: str) -> Quantity | None:
    """A number beside a unit column whose unit only calendars use: ≤ | 9 | 月."""
    found = target_to_quantity(operator + value if operator in _OPERATORS and not value.startswith(operator) else value)
    return replace(found, unit=joined_label(unit)) if found is not None and not found.unit else None


def target_to_quantity(printed: str, about: str = "") -> Quantity | None:
    """The one number of a target, relation included; None for words, dates and targets of several numbers.

    `about` are the words around it: in a cost indicator ≤50万 is money.
    """
    text = half_width(printed)
    for pattern, mark in _TEX:
        text = pattern.sub(mark, text)
    text = joined_label(text)
    for prefix in ("每年", "每月", "每季度", "每次", "每周", "全年", "达到", "共"):
        text = text.removeprefix(prefix)
    text = re.sub(r"(?<=[\u4e00-\u9fff])\([\u4e00-\u9fff]{1,2}\)$", "", text.replace("百分比", "%"))
    parsed = parse_cell(text)
    if parsed.quantity is not None:
        return _in_yuan(parsed.quantity)
    numerals = [numeral for numeral in find_numerals(text) if numeral.kind is not NumeralKind.MARK]
    if len(numerals) != 1 or numerals[0].upper or numerals[0].quantity is None:
        return None
    return _whole_target(numerals[0], text, about)


def _in_yuan(quantity: Quantity) -> Quantity:
    """万元/年 as 元/年: money is kept in 元 in rates too."""
    return to_base_unit(quantity) if "元/" in quantity.unit and not quantity.unit.startswith("元") else quantity


def _whole_target(numeral: Numeral, text: str, about: str) -> Quantity | None:
    quantity = numeral.quantity
    if quantity is None or (numeral.start, numeral.end) != (0, len(text)):
        return None
    if numeral.kind in _MEASURES:
        return _in_yuan(quantity)
    if numeral.kind is NumeralKind.NUMBER and re.search(r"[万亿]$", numeral.printed):
        money = any(word in about for word in sheet_words().levels["cost"].evidence)
        return Quantity(quantity.number, YUAN if money else "", quantity.relation, quantity.precision)
    return quantity


def _extra_quantity(kind: str, printed: str) -> Quantity | None:
    if kind == "actual":
        return target_to_quantity(printed)
    return parse_cell(printed, "分").quantity if kind in ("score", "points") else None


def _extras(item: Leveled, half: Half, sheet: SheetContext) -> list[Fact]:
    """Weights and explanations that stand beside an indicator, each a fact of its own."""
    facts = []
    for kind, column in item.reading.extra:
        printed = _one_line(sheet.text(item.reading.row, column))
        unit = _one_line(sheet.text(item.reading.row, dict(item.reading.extra).get("unit"))) if kind == "actual" else ""
        if not (kind in _EXTRAS or kind.startswith(UNKNOWN)) or not printed:
            continue
        bare = bool(unit) and bool(_BARE.fullmatch(joined_label(half_width(printed))))
        quantity = _extra_quantity(kind, printed + unit if bare else printed)
        facts.append(
            Fact(
                origin=Origin.SHEET,
                table=sheet.title,
                table_kind=SHEET_KIND,
                row=sheet.label(joined_label(item.reading.name) or NO_NAME),
                row_path=() if is_sum_row(item.reading.name) else item.levels,
                row_code="",
                column=(half.headers[kind],),
                printed=printed,
                quantity=quantity,
                place=sheet.place(item.reading.row, column),
                coordinates=Coordinates(fund=Fund.ALL, spending=Spending.PROJECT, role=Role.TEXT, period=half.period),
                project=sheet.project,
                field=f"indicator_{UNKNOWN if kind.startswith(UNKNOWN) else kind}",
                table_index=sheet.table_index,
                row_index=item.reading.row,
                column_index=column,
            )
        )
    return facts
