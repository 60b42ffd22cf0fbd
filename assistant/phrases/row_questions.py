"""Questions about the rows of a table, of which every word is understood: which table, which level, what is asked."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from assistant.catalog import SHEET_KIND, Catalog
from assistant.computing.table_rows import is_cell, rows_of
from assistant.cues import cue, says
from assistant.phrases.coordinates import CoordinateWords, of_its_side
from assistant.phrases.figures import FigureNames
from assistant.phrases.set_asked import ORDERS, asked_of
from assistant.phrases.set_questions import relation_of
from assistant.phrases.set_scan import Piece, Said, SetScanner
from assistant.plan import Condition, Members, Plan, Universe, Wish
from ingest.facts import Fund, Side
from ingest.labels import bare_label, label_key
from ingest.numbers.quantities import YUAN, Quantity

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
        of_a_figure = None if tables else self._of_a_figure(self.scanner.scan(text, names=True))
        if of_a_figure is not None:
            return of_a_figure
        found = self._read(text)
        if found is None and len(tables) == 1 and not says(text, "left_out"):
            return self._of_a_figure(self.scanner.scan(rest, names=True), tables)
        return asked_of(*found) if found is not None else None

    def members(self, text: str) -> Members | None:
        """The rows that a phrase names; None where a word has no role."""
        found = self._read(text)
        return found[1] if found is not None else None

    def _read(self, text: str) -> tuple[Said, Members] | None:
        """The words of a text and the rows they name: of the table named, else of the one that such rows stand in."""
        tables, rest = self.figures.tables.tables_in(text)
        if not tables:
            return self._of_any_table(text)
        if len(tables) != 1 or self.catalog.tables[tables[0]].kind == SHEET_KIND:
            return None
        return None if self.figures.tables.is_of_projects(tables[0]) else self._of_table(text, rest, tables[0])

    def _of_table(
        self, text: str, rest: str, table: Table, assumed: tuple[Condition, ...] = ()
    ) -> tuple[Said, Members] | None:
        """A table's rows named in `rest` of the text; `assumed` holds where no level is said."""
        cells, rest = self._cells(rest, table)
        codes, rest = self._codes(rest, table)
        held, rest = self._held(rest)
        wish, scanned = self.coordinates.wish_in(rest)
        said = self.scanner.scan(scanned)
        conditions = self._conditions(said, table)
        if conditions is None or not (cells or codes or _names_rows(said, conditions)):
            return None
        where = Condition("table", "=", f"{table[0]}:{table[1]}")
        more = () if any(c.attribute == "level" for c in conditions) else assumed
        every = (where, *cells, *codes, *held, *conditions, *more)
        return said, Members(Universe.ROWS, text, every, replace(wish, side=None))

    def _of_any_table(self, text: str) -> tuple[Said, Members] | None:
        """`支出大类从多到少排`, `哪个科目正好5000万`: rows where no table is named: of the first table of spending that has
        such money, or that has a row of that amount."""
        wish, rest = self.coordinates.wish_in(text)
        said = self.scanner.scan(rest)
        if said.has("unknown", *_OF_PROJECTS) or not said.has("subjects", "level") or cue("subject_code").search(text):
            return None
        amount = exact_amount(said)
        if amount is None and not (said.has("level") or "科目" in text):
            return None
        kinds = _SPENDING.get(wish.fund, ()) if amount is None else _WITH_AMOUNTS
        tables = (t for kind in kinds for t, record in self.catalog.tables.items() if record.kind == kind)
        table = next((each for each in tables if self._has_row(each, wish, amount)), None)
        assumed = (Condition("level", "=", _CLASSES),) if amount is None else ()
        return self._of_table(text, text, table, assumed) if table is not None else None

    def _has_row(self, table: Table, wish: Wish, amount: Quantity | None) -> bool:
        """Whether a table has money as wished in any row, of that amount where one is said."""
        cells = rows_of(self.catalog, table, replace(wish, side=None), ())
        amounts = (s.fact.quantity.number for s in cells if s.fact.quantity is not None)
        return any(amount is None or number == amount.number for number in amounts)

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
                case "equal" if said.has("quantity"):
                    continue
                case role if role in (*_OF_PROJECTS, "over", "fund", "equal"):
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

    def _codes(self, text: str, table: Table) -> tuple[list[Condition], str]:
        """`(201、212、215)`: rows told by their codes."""
        said = cue("codes_listed").search(text)
        if said is None:
            return [], text
        codes = re.findall(r"\d+", said[0])
        printed = {s.fact.row_code for s in self.catalog.cells_of_table(table)}
        known = [Condition("codes", "=", "、".join(codes))] if printed.issuperset(codes) else []
        return known, text.replace(said[0], "") if known else text

    def _held(self, text: str) -> tuple[list[Condition], str]:
        """`既有一般公共预算又有政府性基金的`: rows with money of each of two funds."""
        said = cue("of_both").search(text)
        funds = [self.coordinates.wish_in(said[name])[0].fund for name in ("A", "B")] if said else []
        if said is None or None in funds:
            return [], text
        return [Condition("holds", "=", str(fund)) for fund in funds], text.replace(said[0], "")

    def _compared(self, said: Said, piece: Piece, table: Table) -> list[Condition] | None:
        """An amount that bounds the rows, or that only repeats a figure of the table."""
        if relation := relation_of(said, piece):
            return [Condition("amount", relation, quantity=piece.quantity)]
        if (amount := exact_amount(said)) is not None and self._has_row(table, Wish(), amount):
            return [Condition("amount", "=", quantity=amount)]
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
        key = self._without_code(key).removesuffix("类")
        facts = [s.fact for s in self.catalog.cells_of_table(table)]
        parents = {label_key(label) for fact in facts for label in fact.row_path}
        for parent in sorted(parents, key=len):
            if key == parent or (len(key) >= 2 and parent.startswith(key)):
                return [Condition("under", "=", parent)]
        return None

    def _without_code(self, key: str) -> str:
        """`20803某款`: a subject's name without the code said before it."""
        name = key.lstrip("0123456789")
        coded = self.catalog.codes.get(key.removesuffix(name), ())
        return name if name and any(label_key(bare_label(s.fact.row)) == name for s in coded) else key

    def _of_a_figure(self, said: Said, tables: tuple[Table, ...] = ()) -> Plan | None:
        """`公用经费7个科目里金额最小的`, `三公经费里哪项最多`: the parts of the figure that is named, in a table that is."""
        named = self._named(said)
        if len(named) != 1 or not said.has("subjects", "level", "asks", *ORDERS) or said.has("unknown", *_OF_PROJECTS):
            return None
        before = [p for p in said.all("fund", "current") if p.end == named[0].start]
        if said.has("over") or len(said.all("fund", "current")) > len(before):
            return None
        amounts: list[Condition] = []
        for piece in said.all("quantity"):
            relation = relation_of(said, piece)
            amounts += [Condition("amount", relation, quantity=piece.quantity)] if relation else []
            if not relation and not self._prints(piece):
                return None
        selector = self.figures.selector("".join(p.text for p in (*before, *named)))
        if selector is None or selector.project or selector.fact_ids:
            return None
        levels = tuple(Condition("level", "=", p.value) for p in said.all("level"))
        return asked_of(
            said,
            Members(Universe.PARTS, said.text, (*levels, *amounts), of=replace(of_its_side(selector), tables=tables)),
        )

    def _named(self, said: Said) -> list[Piece]:
        """The names in a text; of a subject with its code beside it, 地震事务（22405）, the code alone."""
        named = said.all("name")
        rows = {label_key(s.fact.row): p for p in named for s in self.catalog.codes.get(p.value, ())}
        return [p for p in named if p.value or label_key(p.text) not in {label_key(bare_label(row)) for row in rows}]

    def _prints(self, piece: Piece) -> bool:
        """Whether an amount only repeats one that the documents print."""
        number = piece.quantity.number if piece.quantity is not None else None
        return any(s.fact.quantity is not None and s.fact.quantity.number == number for s in self.catalog.facts)


def exact_amount(said: Said) -> Quantity | None:
    """The one amount that members are to have, where nothing else is asked of them."""
    amounts = said.all("quantity")
    if len(amounts) != 1 or amounts[0].value or relation_of(said, amounts[0]) not in ("", "=") or said.has(*ORDERS):
        return None
    return amounts[0].quantity if not said.has("sum", "average", "median", "share", "apart") else None


_CLASSES = "3"
_SPENDING = {None: ("expenditure", "income", "balance"), Fund.GENERAL_PUBLIC: ("general_public_expenditure",)}
_WITH_AMOUNTS = (
    "basic_expenditure",
    "three_public",
    "expenditure",
    "income",
    "general_public_expenditure",
    "government_funds_expenditure",
    "balance",
)
_HEADER_ROWS = 2
_OF_PROJECTS = (
    *(
        "people",
        "person",
        "sheets",
        "projects",
        "project_name",
        "date",
        "period",
        "indicators",
        "indicator_word",
        "named",
        "field",
        "years",
    ),
    *(
        "whole",
        "remaining",
        "filed",
        "nature",
        "nature_value",
        "blank",
        "no_data",
        "times",
        "unequal",
        "before",
        "since",
    ),
    *("latest", "earliest", "longest", "shortest", "carried_over", "both_years"),
)


def _names_rows(said: Said, conditions: list[Condition]) -> bool:
    """Whether rows are meant: by a word for them, a level, a side, a row above them, the header they stand under.

    The sum of what stands below a row is what the row itself prints.
    """
    if said.has("sum") and not said.has("subjects", "level", "side", "asks", "each"):
        return any(c.attribute == "header" for c in conditions)
    return said.has("subjects", "level", "side", *ORDERS) or any(c.attribute in ("under", "header") for c in conditions)
