"""Documents written out in a few lines, for tests of what is done with facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.facts import Coordinates, DocumentFacts, Fact, Level, Origin, Passage, TableRecord, UnitSource
from ingest.numbers.numbers import parse_cell
from ingest.source import Place


@dataclass
class Row:
    """`cells` as printed, "" for blank; `path` the labels above it."""

    label: str
    cells: Sequence[str]
    code: str = ""
    path: tuple[str, ...] = ()
    level: Level = Level.ITEM
    beside: str = ""  # a second label column


@dataclass
class Draft:
    """Collects tables, sheets and prose into a document."""

    facts: list[Fact] = field(default_factory=list)
    tables: list[TableRecord] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def table(
        self,
        title: str,
        kind: str,
        columns: Sequence[tuple[tuple[str, ...], Coordinates]],
        rows: Sequence[Row],
        unit: str = "万元",
        note: str = "",
    ) -> Draft:
        number = len(self.tables)
        printed = tuple((row.label, row.beside, *row.cells) for row in rows)
        places = tuple(Place(lines=(10 + i, 10 + i)) for i in range(len(rows)))
        self.tables.append(TableRecord(title, kind, "", unit, printed, places, note))
        for position, row in enumerate(rows):
            for column, ((path, coordinates), text) in enumerate(zip(columns, row.cells, strict=True)):
                if text:
                    self.facts.append(
                        _cell(title, kind, unit, row, path, coordinates, text, (number, position, column + 2))
                    )
        return self

    def prose(self, sentence: str, *figures: tuple[str, str], heading: str = "说明") -> Draft:
        """`figures` are (as printed, subject) in the sentence's order."""
        for printed, subject in figures:
            quantity = parse_cell(printed).quantity
            assert quantity is not None, printed
            self.facts.append(
                Fact(
                    Origin.PROSE,
                    heading,
                    "prose",
                    subject,
                    (),
                    "",
                    (),
                    printed,
                    quantity,
                    Place(lines=(90, 90)),
                    sentence=sentence,
                )
            )
        return self

    def sheet_fact(self, project: str, name: str, printed: str, coordinates: Coordinates, **more: object) -> Draft:
        fact = Fact(
            Origin.SHEET,
            "绩效目标表",
            "performance_sheet",
            f"{project} / {name}",
            (),
            "",
            (),
            printed,
            parse_cell(printed, "元").quantity,
            Place(lines=(50, 50)),
            coordinates,
            project=project,
        )
        self.facts.append(replace(fact, **more))  # type: ignore[arg-type]
        return self

    def document(self) -> DocumentFacts:
        return DocumentFacts(
            "手工.txt",
            "0" * 64,
            "text",
            "某局",
            2023,
            "budget",
            "某局2023年部门预算",
            tuple(self.facts),
            tuple(self.tables),
            tuple(self.passages),
        )


def _cell(
    title: str,
    kind: str,
    unit: str,
    row: Row,
    path: tuple[str, ...],
    coordinates: Coordinates,
    text: str,
    at: tuple[int, int, int],
) -> Fact:
    table, position, column = at
    return Fact(
        Origin.TABLE,
        title,
        kind,
        row.label,
        row.path,
        row.code,
        path,
        text,
        parse_cell(text, unit).quantity,
        Place(lines=(10 + position, 10 + position)),
        replace(coordinates, level=row.level),
        UnitSource.TABLE,
        table_index=table,
        row_index=position,
        column_index=column,
    )


def yuan(text: str) -> Decimal:
    """万元 as printed → 元."""
    return Decimal(text) * 10_000
