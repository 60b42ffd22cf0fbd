"""Plans of the column of a row that a fund has: `X里有多少是靠其他收入安排的`, `X那行,A和B两栏一致吗`, `X全口径比A口径多多少`."""

from __future__ import annotations

from dataclasses import replace

from assistant.computing.figures import FUND_LABELS, Figures
from assistant.cues import cue, says
from assistant.names.described import DescribedProjects
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import without_money
from assistant.plan import Check, Compare, Decline, Listing, Lookup, Members, Plan, Selector, Universe, Wish
from assistant.question import Question
from assistant.questions.value_kinds import ValueKind
from ingest.facts import ONE_FUND, Fund, Level, Role
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact


class RowFunds:
    """Plans over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.figures = Figures(phrases.catalog)
        self.described = DescribedProjects(phrases.catalog, phrases.closest)

    def arranged(self, question: Question) -> Plan | None:
        """`X里有多少是靠其他收入安排的`: what a fund's column prints in the row; declined where no column does."""
        text = question.text
        found = cue("arranged_by_fund").fullmatch(text) or cue("arranged_by_treasury").fullmatch(text)
        if found is None:
            return None
        fund = found["F"]
        selector = self._project(found["X"]) if says(text, "that_project") else self._row(found["X"])
        if selector is None or not self._is_a_fund(fund):
            return None
        cells = self._of_fund(selector, fund)
        if not cells:
            return Decline("not_split", selector.label)
        return self._lookup(selector, fund, cells)

    def columns_agree(self, question: Question) -> Plan | None:
        """`表10差旅费那行,财政拨款小计和一般公共预算两栏一致吗`: one column of a row against another."""
        found = cue("two_columns_of_row").fullmatch(question.text)
        selector = (self._row(found["X"]) or self._row_at_the_end(found["X"])) if found else None
        if found is None or selector is None:
            return None
        sides = [(name, self._of_fund(selector, name)) for name in (found["A"], found["B"])]
        tables = {(s.document_id, s.fact.table_index) for s in sides[0][1]}
        tables &= {(s.document_id, s.fact.table_index) for s in sides[1][1]}
        if len(tables) != 1:
            return None
        left, right = (
            self._lookup(selector, name, [s for s in cells if (s.document_id, s.fact.table_index) in tables])
            for name, cells in sides
        )
        return Check(left, "=", right)

    def with_all_funds(self, question: Question) -> Plan | None:
        """`X全口径比一般公共预算口径多多少`: the figure of all funds against that of one."""
        found = cue("all_funds_against").fullmatch(question.text)
        selector = self._row(found["X"]) if found else None
        if found is None or selector is None:
            return None
        fund = self.phrases.wish_in(found["F"])[0].fund
        if fund is None:
            return None
        left, right = (
            Lookup(replace(selector, wish=Wish(fund=each), label=f"{selector.label}（{name}）"))
            for each, name in ((Fund.ALL, found["all"]), (fund, FUND_LABELS[fund]))
        )
        return Compare(left, right)

    def placed(self, question: Question) -> Plan | None:
        """`X那8,773万元列在哪一类预算`: the funds whose columns have money of the row, each with it."""
        found = cue("row_placed").fullmatch(question.text)
        said = without_money(found["X"]) if found else ""
        selector = self._row(said) if said else None
        if selector is None or selector.project:
            return None
        tables, _ = self.phrases.tables_in(said)
        selector = replace(selector, tables=tables)
        each = ((fund, self._of_fund(selector, FUND_LABELS[fund])) for fund in sorted(ONE_FUND))
        paying = [
            (fund, cells) for fund, cells in each if any(s.fact.quantity and s.fact.quantity.number for s in cells)
        ]
        given = tuple(self._lookup(selector, FUND_LABELS[fund], cells) for fund, cells in paying)
        return Listing(Members(Universe.GIVEN, question.text, given=given)) if given else None

    def _row(self, name: str) -> Selector | None:
        """The row or project that a name stands for, whatever its coordinates."""
        selector = self.phrases.selector(cue("row_said").sub("", name))
        if selector is None or selector.fact_ids or not (selector.code or selector.row_keys or selector.project):
            return None
        return replace(selector, wish=Wish())

    def _row_at_the_end(self, name: str) -> Selector | None:
        """The row of the table named whose label ends what is said of it: 表10某单位差旅费."""
        tables, rest = self.phrases.tables_in(name)
        key = label_key(rest)
        rows = {label_key(s.fact.row) for table in tables for s in self.phrases.catalog.cells_of_table(table)}
        named = max((row for row in rows if row and key.endswith(row)), key=len, default="")
        return Selector(name, named, row_keys=(named,), tables=tables) if named else None

    def _project(self, name: str) -> Selector | None:
        """The one project that a name stands for, or that is told by what it does."""
        project = self.phrases.project_in(name) or self.described.project_in(f"{name}的项目", ValueKind())
        return Selector(name, project.name, project=project.key) if project is not None else None

    def _is_a_fund(self, name: str) -> bool:
        """Whether a name is that of a fund, or heads a column of one in any table."""
        wish, _ = self.phrases.wish_in(name)
        key = label_key(name)
        columns = (s.fact for s in self.phrases.catalog.facts if s.fact.coordinates.fund is not Fund.ALL)
        fiscal = says(name, "fiscal_itself")
        return wish.fund is not None or fiscal or any(key in map(label_key, fact.column) for fact in columns)

    def _of_fund(self, selector: Selector, name: str) -> list[StoredFact]:
        """The row's cells in the columns called so, else those of the fund; the largest whole of them."""
        cells = [s for s in self.figures.candidates(selector) if s.fact.coordinates.role is Role.AMOUNT]
        cells = [s for s in cells if s.fact.quantity is not None and s.fact.coordinates.level is not Level.TOTAL]
        key = label_key(name)
        called = [s for s in cells if key in _headers(s) or key in label_key("".join(s.fact.column))]
        if called:
            return called
        fund = Fund.FISCAL if says(name, "fiscal_itself") else self.phrases.wish_in(name)[0].fund
        of_fund = [s for s in cells if fund is not None and s.fact.coordinates.fund is fund]
        if not of_fund and fund is Fund.FISCAL:
            return self._only_fiscal(cells)
        return of_fund

    @staticmethod
    def _only_fiscal(cells: list[StoredFact]) -> list[StoredFact]:
        """The one fund of the treasury that a row has money of, where no column adds the treasury's funds up."""
        found = [s for s in cells if s.fact.coordinates.fund in ONE_FUND and s.fact.quantity and s.fact.quantity.number]
        return found if len({s.fact.coordinates.fund for s in found}) == 1 else []

    def _lookup(self, selector: Selector, name: str, cells: list[StoredFact]) -> Lookup:
        whole = max(cells, key=lambda s: s.fact.quantity.number if s.fact.quantity else 0)
        alike = [s for s in cells if s.fact.quantity == whole.fact.quantity]
        ids = tuple(s.id for s in (whole, *(s for s in alike if s is not whole)))
        return Lookup(Selector(selector.words, f"{selector.label}（{name}）", fact_ids=ids))


def _headers(stored: StoredFact) -> list[str]:
    return [label_key(each) for each in stored.fact.column]
