"""A made-up department in a few lines, as the question side sees it: a catalog without files or a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from assistant.catalog import Catalog
from ingest.facts import (
    Absence,
    Coordinates,
    Fact,
    Fund,
    Level,
    Origin,
    Passage,
    Period,
    Role,
    Side,
    Status,
    TableRecord,
)
from ingest.ledger.ledger import StoredDocument, StoredFact, StoredPassage
from ingest.numbers.numbers import parse_cell
from ingest.source import Place

PROJECT_TABLE, FUNCTIONAL, BALANCE = 0, 1, 2
_TABLES = {
    PROJECT_TABLE: ("项目支出预算表", "project_expenditure"),
    FUNCTIONAL: ("一般公共预算支出表", "general_public_expenditure"),
    BALANCE: ("收支总表", "balance"),
}


@dataclass
class Department:
    """Collects facts; each method adds one and returns the fact."""

    facts: list[Fact] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def cell(self, row: str, printed: str, table: int = FUNCTIONAL, **more: Any) -> Fact:
        """A table's amount in 万元; coordinates by name (fund=…), other fields of a fact too."""
        title, kind = _TABLES[table]
        at = Coordinates(**{name: more.pop(name) for name in list(more) if name in Coordinates.__dataclass_fields__})
        defaults: dict[str, Any] = {"column": ("合计",), "row_path": (), "row_code": "", "status": Status.OK}
        settings = {**defaults, **more}
        parsed = parse_cell(printed, "万元")
        absence, row_index = settings.pop("absence", parsed.absence), settings.pop("row_index", len(self.facts))
        return self._add(
            Fact(
                Origin.TABLE, title, kind, row, printed=printed, quantity=parsed.quantity, absence=absence,
                place=Place(lines=(len(self.facts) + 1,) * 2), coordinates=at, table_index=table,
                row_index=row_index, column_index=1, **settings,
            )
        )  # fmt: skip

    def project(self, name: str, printed: str, fund: Fund = Fund.GENERAL_PUBLIC, **more: Any) -> Fact:
        """A row of the project table: its total and the fund's column."""
        first = self.cell(name, printed, PROJECT_TABLE, project=name, side=Side.EXPENDITURE, **more)
        self.cell(
            name, printed, PROJECT_TABLE, project=name, side=Side.EXPENDITURE, fund=fund, column=(fund.value,), **more
        )
        return first

    def sheet(self, project: str, name: str, printed: str, key: str = "", period: Period = Period.NONE) -> Fact:
        """A field of a project's sheet; amounts in 元, texts have no quantity."""
        parsed = parse_cell(printed, "元")
        role = Role.AMOUNT if parsed.quantity else Role.TEXT
        return self._sheet(project, name, printed, key, Coordinates(period=period, role=role))

    def indicator(self, project: str, name: str, printed: str, kind: str = "数量指标", **more: Any) -> Fact:
        at = Coordinates(period=more.pop("period", Period.ANNUAL), role=Role.TARGET)
        return self._sheet(project, name, printed, "indicator", at, row_path=("产出指标", kind), **more)

    def said(self, row: str, printed: str, sentence: str, role: Role = Role.AMOUNT, **more: Any) -> Fact:
        """A figure of the prose with its sentence."""
        at = Coordinates(role=role, **{k: more.pop(k) for k in list(more) if k in Coordinates.__dataclass_fields__})
        sign = -1 if role in (Role.CHANGE, Role.CHANGE_RATE) and "减少" in sentence else 1
        quantity = parse_cell(printed).quantity
        assert quantity is not None
        signed = type(quantity)(sign * quantity.number, quantity.unit, quantity.relation, quantity.precision)
        return self._add(
            Fact(
                Origin.PROSE, "情况说明", "prose", row, (), "", ("金额",), printed, signed,
                Place(lines=(len(self.facts) + 1,) * 2), at, sentence=sentence, **more,
            )
        )  # fmt: skip

    def text(self, text: str, heading: str = "情况说明", **more: Any) -> None:
        self.passages.append(Passage((heading,), text, Place(lines=(900, 900)), **more))

    def catalog(self) -> Catalog:
        document = StoredDocument(1, "某局.txt", "0" * 64, "text", "某局", 2023, "budget", "某局2023年预算", (), "", "")
        facts = [StoredFact(number, 1, fact) for number, fact in enumerate(self.facts, start=1)]
        used = {fact.table_index for fact in self.facts if fact.table_index is not None}
        tables = {(1, n): TableRecord(*_TABLES[n], f"表{n + 1}", "万元", (), ()) for n in sorted(used)}
        passages = [StoredPassage(1, number, passage) for number, passage in enumerate(self.passages)]
        return Catalog([document], facts, passages, tables, [])

    def _sheet(self, project: str, name: str, printed: str, key: str, at: Coordinates, **more: Any) -> Fact:
        quantity = parse_cell(printed, "元").quantity
        settings: dict[str, Any] = {"row_path": (), "absence": None if printed else Absence.BLANK, **more}
        return self._add(
            Fact(
                Origin.SHEET, "绩效目标表", "performance_sheet", f"{project} / {name}", row_code="", column=("指标值",),
                printed=printed, quantity=quantity, place=Place(lines=(len(self.facts) + 1,) * 2), coordinates=at,
                project=project, field=key, **settings,
            )
        )  # fmt: skip

    def _add(self, fact: Fact) -> Fact:
        self.facts.append(fact)
        return fact


def labels(members: Iterable[Any]) -> list[str]:
    return [member.label for member in members]


def small_department() -> Department:
    """Four projects of 100, 200, 300 and 400 万元, a table by function, changes, prices and quantities."""
    made = Department()
    made.project("河道清淤", "100.00")
    made.project("路灯改造", "200.00", Fund.GOVERNMENT_FUNDS)
    made.project("档案数字化", "300.00")
    made.project("绿地养护", "400.00")
    made.cell("合计", "1,000.00", PROJECT_TABLE, level=Level.TOTAL, side=Side.EXPENDITURE)
    made.cell("合计", "1,200.00", level=Level.TOTAL, side=Side.EXPENDITURE)
    made.cell("教育支出", "900.00", row_code="205", level=Level.CLASS, side=Side.EXPENDITURE)
    made.cell("普通教育", "900.00", row_code="20502", level=Level.SECTION, side=Side.EXPENDITURE)
    made.cell("农林水支出", "300.00", row_code="213", level=Level.CLASS, side=Side.EXPENDITURE)
    for name, years, handler in (
        ("河道清淤", "3年", "甲某"),
        ("路灯改造", "4年", "乙某"),
        ("档案数字化", "1年", "甲某"),
    ):
        made.sheet(name, "项目期", years, "period")
        made.sheet(name, "经办人", handler, "handler")
        made.sheet(name, "负责人", "", "person_in_charge")
    made.sheet("河道清淤", "实施期资金总额", "3,000,000", "whole_funding", Period.WHOLE)
    made.sheet("河道清淤", "年度资金总额", "1,000,000", "annual_funding", Period.ANNUAL)
    made.indicator("河道清淤", "清淤河道长度", "20公里")
    made.indicator("河道清淤", "每公里清淤成本", "≤6万元/公里", "成本指标")
    made.indicator("河道清淤", "居民满意度", "≥95%", "满意度指标")
    made.indicator("路灯改造", "改造路灯数量", "500盏")
    return made
