"""Questions about the rows of a table, of which every word is understood: which table, which level, what is asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from assistant.catalog import SHEET_KIND, Catalog
from assistant.cues import cue
from assistant.phrases.coordinates import CoordinateWords
from assistant.phrases.figures import FigureNames
from assistant.phrases.set_asked import asked_of
from assistant.phrases.set_questions import relation_of
from assistant.phrases.set_scan import Piece, Said, SetScanner
from assistant.plan import Condition, Members, Plan, Universe
from assistant.table_rows import is_cell
from ingest.facts import Side
from ingest.labels import label_key
from ingest.quantities import YUAN, Quantity

Table = tuple[int, int]


class RowQuestions:
    """Reads questions about subjects, items and kinds that a table lists."""

    def __init__(
        self, catalog: Catalog, scanner: SetScanner, figures: FigureNames, coordinates: CoordinateWords
    ) -> None:
        self.catalog = catalog
        self.scanner = scanner
        self.figures = figures
        self.coordinates = coordinates

    def plan(self, text: str) -> Plan | None:
        """The plan of a question; None where a word has no role or nothing is asked of rows."""
        tables, rest = self.figures.tables.tables_in(text)
        cells, rest = self._cells(rest, tables[0]) if len(tables) == 1 else ([], rest)
        wish, scanned = self.coordinates.wish_in(rest)
        said = self.scanner.scan(scanned)
        if len(tables) != 1 or self.catalog.tables[tables[0]].kind == SHEET_KIND:
            return self._of_a_figure(self.scanner.scan(text, names=True)) if not tables else None
        if self.figures.tables.is_of_projects(tables[0]):
            return None
        conditions = self._conditions(said, tables[0])
        if conditions is None or not (cells or _names_rows(said, conditions)):
            return None
        where = Condition("table", "=", f"{tables[0][0]}:{tables[0][1]}")
        members = Members(Universe.ROWS, text, (where, *cells, *conditions), replace(wish, side=None))
        return asked_of(said, members)

    def _conditions(self, said: Said, table: Table) -> list[Condition] | None:
        found: list[Condition] = []
        for piece in said.pieces:
            match piece.role:
                case "level":
                    found.append(Condition("level", "=", piece.value))
                case "side":
                    side = Side.INCOME if "收" in piece.text else Side.EXPENDITURE
                    found.append(Condition("side", "=", side.value))
                case "valued":
                    found.append(Condition("amount", "≠", quantity=Quantity(Decimal(0), YUAN)))
                case "unknown":
                    below = self._below(piece, table)
                    if below is None:
                        return None
                    found += below
                case "quantity":
                    bounds = self._compared(said, piece, table)
                    if bounds is None:
                        return None
                    found += bounds
                case role if role in (*_OF_PROJECTS, "over", "fund"):
                    return None
        return found

    def _cells(self, text: str, table: Table) -> tuple[list[Condition], str]:
        """`采购目录=保安服务`: a column of the table and what it prints in the rows that are meant."""
        printed = [cell for row in self.catalog.tables[table].rows for cell in row if cell]
        for said in cue("cell_equals").finditer(text):
            column, value = label_key(said["column"]), label_key(said["value"])
            if column in map(label_key, printed) and any(is_cell(value, cell) for cell in printed):
                return [Condition("cell", "=", value)], text.replace(said[0], "")
        return [], text

    def _compared(self, said: Said, piece: Piece, table: Table) -> list[Condition] | None:
        """An amount that bounds the rows, or that only repeats a figure of the table."""
        if piece.value or relation_of(said, piece):
            return [Condition("amount", piece.value or relation_of(said, piece), quantity=piece.quantity)]
        printed = (s.fact.quantity for s in self.catalog.cells_of_table(table))
        known = any(q is not None and piece.quantity is not None and q.number == piece.quantity.number for q in printed)
        return [] if known else None

    def _below(self, piece: Piece, table: Table) -> list[Condition] | None:
        """What an unexplained word of a question is in the table: its title, a row with others below it, a printed cell."""
        key = label_key(piece.text)
        record = self.catalog.tables[table]
        if key in label_key(record.title):
            return []
        if any(key in label_key(cell) for row in record.rows[:_HEADER_ROWS] for cell in row):
            return [Condition("header", "=", key)]
        key = key.removesuffix("类")
        facts = [s.fact for s in self.catalog.cells_of_table(table)]
        parents = {label_key(label) for fact in facts for label in fact.row_path}
        for parent in sorted(parents, key=len):
            if key == parent or (len(key) >= 2 and parent.startswith(key)):
                return [Condition("under", "=", parent)]
        return None

    def _of_a_figure(self, said: Said) -> Plan | None:
        """`公用经费7个科目里金额最小的`: the parts of the figure that is named."""
        named = said.all("name")
        if len(named) != 1 or not said.has("subjects", "level") or said.has("unknown", *_OF_PROJECTS):
            return None
        before = [p for p in said.all("fund", "current") if p.end == named[0].start]
        if said.has("quantity", "over") or len(said.all("fund", "current")) > len(before):
            return None
        selector = self.figures.selector("".join(p.text for p in (*before, *named)))
        if selector is None or selector.project or selector.fact_ids:
            return None
        levels = tuple(Condition("level", "=", p.value) for p in said.all("level"))
        return asked_of(said, Members(Universe.PARTS, said.text, levels, of=selector))


_HEADER_ROWS = 2
_OF_PROJECTS = ("people", "person", "sheets", "projects", "date", "period")


def _names_rows(said: Said, conditions: list[Condition]) -> bool:
    """Whether rows are meant: by a word for them, a level, a side, a row above them, the header they stand under.

    The sum of what stands below a row is what the row itself prints.
    """
    if said.has("sum") and not said.has("subjects", "level", "side", "asks", "each"):
        return any(c.attribute == "header" for c in conditions)
    return said.has("subjects", "level", "side") or any(c.attribute in ("under", "header") for c in conditions)
