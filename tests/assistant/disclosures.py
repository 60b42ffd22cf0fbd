"""Made-up disclosures of a few cells each, in a ledger, as dialogues over several documents see them."""

from __future__ import annotations

from pathlib import Path

from assistant.assistant import Assistant
from ingest.facts import Coordinates, DocumentFacts, Fact, Fund, Level, Origin, Role, Side, TableRecord
from ingest.home import Home, writer_lock
from ingest.ledger.ledger import Ledger
from ingest.numbers.numbers import parse_cell
from ingest.source import Place


def cell(index: int, table: tuple[str, str, int], row: str, printed: str, **more: object) -> Fact:
    title, kind, number = table
    code = str(more.pop("code", ""))
    column = more.pop("column", ("合计",))
    assert isinstance(column, tuple)
    at = Coordinates(side=Side.EXPENDITURE, **more)  # type: ignore[arg-type]
    return Fact(
        Origin.TABLE, title, kind, row, (), code, column, printed, parse_cell(printed, "万元").quantity,
        Place(page=1), at, table_index=number, row_index=index, column_index=1,
    )  # fmt: skip


def disclosure(
    name: str, department: str, year: int, total: str, three: str, housing: str, abroad: str, kind: str = "budget"
) -> DocumentFacts:
    spending = ("部门支出总表", "expenditure", 0)
    public = ("一般公共预算“三公”经费支出表", "three_public", 1)
    facts = (
        cell(0, spending, "合计", total, level=Level.TOTAL),
        cell(1, spending, department, total, level=Level.SUBTOTAL),
        cell(2, spending, "住房公积金", housing, level=Level.ITEM, code="2210201"),
        cell(0, public, "“三公”经费合计", three, level=Level.TOTAL, fund=Fund.GENERAL_PUBLIC),
        cell(
            0,
            public,
            "“三公”经费合计",
            "-1.00",
            level=Level.TOTAL,
            fund=Fund.GENERAL_PUBLIC,
            role=Role.CHANGE,
            column=("增减额",),
        ),
        cell(1, public, "因公出国（境）费", abroad, level=Level.ITEM, fund=Fund.GENERAL_PUBLIC),
    )
    tables = tuple(
        TableRecord(title, key, "", "万元", (("合计", total),), (Place(page=1),))
        for title, key, _ in (spending, public)
    )
    return DocumentFacts(name, name, "pdf", department, year, kind, department, facts, tables, ())


MADE_UP = (
    disclosure("a.pdf", "柳川市信访局", 2026, "1,000.00", "10.00", "100.00", "0.00"),
    disclosure("b.pdf", "云麓市信访局", 2026, "3,000.00", "4.00", "250.00", "1.50"),
    disclosure("c.pdf", "云麓市医疗保障局", 2026, "2,000.00", "7.00", "150.00", "0.00"),
    disclosure("d.pdf", "云麓市信访局", 2025, "2,500.00", "5.00", "240.00", "0.00"),
)


def assistant_of(folder: Path, disclosures: tuple[DocumentFacts, ...]) -> Assistant:
    """What answers over a ledger of these, made in the folder."""
    home = Home.at(folder)
    with writer_lock(home, "tests"):
        ledger = Ledger.open(home, readonly=False)
        for each in disclosures:
            ledger.store(each)
        ledger.close()
    return Assistant.open(home)
