"""Plans of questions about sets of projects, of which every word is understood: which members, how measured, what is asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from assistant.catalog import SHEET_KIND, Catalog
from assistant.cues import cue, says
from assistant.phrases.set_asked import OF_SHOWN, ORDERS, SUPERLATIVES, asked_of, asked_of_groups, number_said
from assistant.phrases.set_conditions import SetConditions
from assistant.phrases.set_scan import IDLE, Piece, Said, SetScanner
from assistant.phrases.tables import TableNames
from assistant.plan import (
    Aggregate,
    Condition,
    Expression,
    Members,
    Plan,
    Universe,
    Wish,
)
from assistant.words import sheet_fields
from ingest.facts import Fund, Period, Vintage
from ingest.labels import label_key
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import YUAN, Quantity

_ON_A_SHEET = Condition("sheet", "has")
_OF_A_FIELD = (
    *({"years", "period"}, {"filed", "date"}, {"years", "each"}, {"nature", "each"}),
    *({"whole", "most"}, {"whole", "least"}, {"whole", "median"}, {"years", "longest"}, {"years", "shortest"}),
)
_VALUES = ("quantity", "period", "person", "nature_value", "fund", "date", "over", "current", "carried_over", "blank")
_OF_THE_AVERAGE = {"above_average": ">", "below_average": "<"}
_NO_TOTAL = ("people", "asks", "each", "class_name", *SUPERLATIVES)
_ORDERED = ("most", "least", "descending", "ascending", "order")
_PEOPLE_COUNTED = "人位名"
_NAMING_GROUPS = {
    "period": ("period",),
    "nature": ("nature_value",),
    "handler": ("person",),
}  # the words that name groups themselves: 1年、3年的各几个
_GROUPS = {"people": "handler", "nature": "nature", "years": "period"}


class SetQuestions:
    """Reads whole questions and whole phrases about projects."""

    def __init__(self, catalog: Catalog, tables: TableNames, conditions: SetConditions) -> None:
        self.catalog = catalog
        self.tables = tables
        self.conditions = conditions
        self.scanner = SetScanner(catalog)

    def plan(self, text: str) -> Plan | None:
        """The plan of a question; None where a word has no role or nothing is asked of a set."""
        said, table = self._scanned(text)
        if said is not None and said.has("tables"):
            return _asked_of_tables(said, text)
        if said is None or not (self._is_of_projects(said) or self._asks_of_rows(said, table)):
            return None
        if len(said.all(*SUPERLATIVES)) > 1 and (busiest := self._of_busiest(text)) is not None:
            return busiest
        if (grouped := self._grouped(said, table)) is not None:
            return grouped
        members = self._members(said, table)
        plan = asked_of(said, members) if members is not None else None
        printed = said.has("class_name") and isinstance(plan, Aggregate) and plan.function in ("count", "sum")
        return None if printed else plan  # how many a class has, and what they come to, is printed

    def of_shown(self, text: str, shown: Members, number: int) -> Plan | None:
        """What a text that names no set asks of the `number` members that were shown: `最大的占这3个合计多少`."""
        said = self.scanner.scan(text)
        ordering = {id(said.beside(p, step)) for p in said.all(*SUPERLATIVES) for step in (1, -1)}
        counted = [p for p in said.all("counted") if id(p) not in ordering and p.quantity is not None]
        known = OF_SHOWN if shown.wish.period is Period.WHOLE else OF_SHOWN | {"annual"}
        if not said.roles <= known or any(p.quantity and p.quantity.number != number for p in counted):
            return None
        return asked_of(said, shown)

    def members(self, text: str) -> Members | None:
        """The projects that a phrase names; None where a word has no role."""
        said, table = self._scanned(text)
        of_projects = said is not None and (self._is_of_projects(said) or table not in (None, _ON_A_SHEET))
        if said is None or said.has("class_name"):
            return None
        return self._members(said, table) if said is not None and of_projects else None

    def total(self, text: str) -> Expression | None:
        """The sum over a set that a phrase only names: `一次性项目金额`, `全部16个项目`."""
        said, table = self._scanned(text)
        if said is None or not self._is_of_projects(said) or said.has(*_NO_TOTAL):
            return None
        members = self._members(said, table)
        if members is None or not (members.conditions or said.has("counted", "whole_set")):
            return None
        plan = asked_of(said, members)
        return plan if isinstance(plan, Aggregate) else Aggregate("sum", members)

    def _of_busiest(self, text: str) -> Plan | None:
        """`项目最多的经办人名下金额最小的项目`: the person is found first, then what is asked of that person's projects."""
        people, rest = self.conditions.busiest(text)
        said, table = self._scanned(rest)
        members = self._members(said, table) if people and said is not None else None
        if said is None or members is None:
            return None
        return asked_of(said, replace(members, words=text, conditions=(*members.conditions, *people)))

    # ── reading ────────────────────────────────────────────────────────────────────────────────────────────

    def _scanned(self, text: str) -> tuple[Said | None, Condition | None]:
        """The pieces of a text that are all explained, and the table it names."""
        if not self.catalog.projects:
            return None, None
        text = self._without_remarks(text)
        tables, rest = self.tables.tables_in(text)
        if tables and all(self.catalog.tables[t].kind == SHEET_KIND for t in tables):
            said = self.scanner.scan(rest if cue("table_number").search(text) else text)
            return (None, None) if said.unexplained else (said, _ON_A_SHEET)
        if tables and not self.tables.is_of_projects(tables[0]):
            return None, None
        said = self.scanner.scan(rest)
        condition = Condition("table", "=", f"{tables[0][0]}:{tables[0][1]}") if tables else None
        return (None, None) if said.unexplained else (said, condition)

    def _without_remarks(self, text: str) -> str:
        """A text without remarks in brackets that only say where project budgets are printed: `(年度按表12)`."""
        for remark in cue("set_remark").finditer(text):
            tables, _ = self.tables.tables_in(remark[0])
            if tables and all(self.tables.is_of_projects(table) for table in tables):
                text = text.replace(remark[0], "")
        return text

    def _is_of_projects(self, said: Said) -> bool:
        """Whether projects are meant: by a word for them, or by what only projects have."""
        if said.has("subjects", "tables", "level", "indicator_word"):
            return False
        of_a_field = any(pair <= said.roles for pair in _OF_A_FIELD)
        return of_a_field or said.has("projects", "sheets", "people", "person", "named", "nature_value", "class_name")

    def _asks_of_rows(self, said: Said, table: Condition | None) -> bool:
        """`表12按金额降序第五名`, `表12中位数`: what is asked of the rows of a named table of projects."""
        asked = said.has("top", "bottom", "place", "place_up", "sum", "average", "median", *SUPERLATIVES)
        asked = asked or (said.has("quantity", "over", "fund") and said.has("count", "asks"))
        return table not in (None, _ON_A_SHEET) and asked and not said.has("subjects", "tables", "level")

    def _members(self, said: Said, table: Condition | None) -> Members | None:
        """The projects meant, measured as asked; None where a condition is said half."""
        conditions = self._conditions(said)
        if conditions is None or (conditions and said.has("share") and said.has("each")):
            return None
        measure = _measure(said)
        if measure is None:
            return None
        wish, attribute = measure
        both, most, least = said.first("without_both"), said.first("without_most"), said.first("without_least")
        one_end = most or least
        return Members(
            Universe.PROJECTS,
            said.text,
            (*((table,) if table else ()), *conditions),
            wish,
            remaining=said.has("remaining"),
            measure=attribute or ("sheet" if table == _ON_A_SHEET and wish.is_empty else ""),
            skipped=number_said(one_end.value, 1) if one_end else 0,
            skipped_largest=most is not None,
            trimmed=1 if both else 0,
            size=_size(said),
        )

    def _conditions(self, said: Said) -> list[Condition] | None:
        contradictory = said.has("current") and said.has("carried_over")
        if contradictory or not all(_gives_a_value(said, p) for p in said.all("equals")):
            return None
        found: list[Condition] = []
        for piece in said.pieces:
            if piece.role in ("quantity", "period", "date", "over", "person", "fund", "blank", "counted"):
                conditions = [] if self._repeats(said, piece) else _condition(said, piece)
                if conditions is None:
                    return None
                found += conditions
            elif piece.role in ("indicators", "field"):
                if not said.has("blank", *(("quantity",) if piece.role == "indicators" else ())):
                    return None
            elif piece.role == "nature_value":
                found.append(Condition("nature", _negated(said, piece), piece.value))
            elif piece.role == "current":
                found.append(Condition("vintage", "=", Vintage.CURRENT.value))
            elif piece.role == "carried_over":
                found.append(Condition("vintage", _negated(said, piece), Vintage.CARRIED_OVER.value))
            elif piece.role in _OF_THE_AVERAGE:
                found.append(Condition("average", _OF_THE_AVERAGE[piece.role]))
            elif piece.role == "class_name":
                found.append(Condition("class", _negated(said, piece), piece.value))
            elif piece.role == "named":
                found.append(Condition("name", _negated(said, piece), label_key(piece.value)))
            elif piece.role == "project_name":
                if _negated(said, piece) != "≠":
                    return None
                found.append(Condition("key", "≠", piece.value))
            elif (piece.role == "equal" and said.has("quantity")) or (
                piece.role == "unequal" and _negates(said, piece)
            ):
                continue
            elif piece.role in ("equal", "unequal"):
                if not said.has("whole") or not said.has("annual"):
                    return None
                found.append(Condition("whole", "=" if piece.role == "equal" else "≠", _times_years(said)))
            elif piece.role == "sheets":
                found.append(_ON_A_SHEET)
        people = [c for c in found if c.attribute == "handler"]
        if len(people) > 1:
            names = "、".join(dict.fromkeys(c.text for c in people))
            found = [c for c in found if c not in people] + [Condition("handler", people[0].relation, names)]
        return list(dict.fromkeys(found))

    def _repeats(self, said: Said, piece: Piece) -> bool:
        """Whether an amount without a relation only repeats one that the documents print: `21,050万元基金支出分到哪些项目`."""
        if piece.role != "quantity" or piece.quantity is None or piece.value or relation_of(said, piece):
            return False
        if self._is_each_amount(said, piece):
            return False
        return not said.has("relation_noun") and piece.quantity.number in self._amounts

    def _is_each_amount(self, said: Said, piece: Piece) -> bool:
        """`900万的项目`, `预算是900万的项目`: the amount of the members themselves, where a project has it."""
        before, after = said.beside(piece, -1), said.beside(piece, 1)
        of_members = after is not None and after.role in ("projects", "sheets")
        named = before is not None and before.role in ("amount", "annual", "whole", "projects", "asks")
        known = {s.fact.quantity.number for p in self.catalog.projects.values() for s in p.money() if s.fact.quantity}
        return (of_members or named) and piece.quantity is not None and piece.quantity.number in known

    @cached_property
    def _amounts(self) -> frozenset[Decimal]:
        return frozenset(s.fact.quantity.number for s in self.catalog.facts if s.fact.quantity is not None)

    # ── by groups ──────────────────────────────────────────────────────────────────────────────────────────

    def _grouped(self, said: Said, table: Condition | None) -> Plan | None:
        """`每位经办人名下的项目数`, `只经办一个项目的经办人`: projects gathered by one of their fields."""
        by = self._by(said)
        if by is None:
            return None
        named = said.all(*_NAMING_GROUPS.get(by, ()))
        if not self._names_groups(said, named):
            named = []
        members = self._members(Said(said.text, tuple(p for p in said.pieces if p not in named)), table)
        if members is None or says(said.text, "denied_member"):
            return None
        counted = [p for p in said.all("counted") if p.text[-1] not in "位名人"]
        own = said.first("only") and counted
        money = said.has("amount", "whole", "annual", "remaining", "sum") or says(said.text, "money_in_words")
        of_money = money and not said.has("count")
        conditions = tuple(c for c in members.conditions if c.attribute != "members")
        if own or any(relation_of(said, p) for p in counted):
            relation = relation_of(said, counted[0]) or "="
            conditions = (*conditions, Condition("members", relation, quantity=counted[0].quantity))
        conditions = (*conditions, *(Condition("group", "=", _group_said(piece)) for piece in named))
        groups = replace(
            members,
            universe=Universe.GROUPS,
            by=by,
            conditions=conditions,
            measure="amount" if of_money else "count",
            size=0,
        )
        return asked_of_groups(said, groups)

    @staticmethod
    def _names_groups(said: Said, named: list[Piece]) -> bool:
        """`1年期和3年期的各几个`: whether a number or the money of each of several groups is asked for."""
        measured = said.has("count") or says(said.text, "amounts_said", "money_in_words")
        return len(named) > 1 and measured and says(said.text, "each_of")

    def _by(self, said: Said) -> str | None:
        """The field that projects are gathered by: that of the people asked for, or after `按` and `每`."""
        people = said.first("people")
        named = any(_negated(said, person) == "=" for person in said.all("person"))
        if people is not None and not named and not said.has("blank") and not _is_a_project(said, people):
            return "person_in_charge" if people.text in ("负责人", "责任人") else "handler"
        several = (by for by, roles in _NAMING_GROUPS.items() if self._names_groups(said, said.all(*roles)))
        if (by := next(several, None)) is not None:
            return by
        each = said.first("each")
        beside = said.beside(each, 1) if each is not None else None
        return _GROUPS.get(beside.role) if beside is not None else None


def _asked_of_tables(said: Said, text: str) -> Plan | None:
    """`哪些表没有数据`, `哪几张表没印编号`: the tables that print nothing, or no number of their own; how many there are."""
    roles = {p.role for p in said.pieces if p.role not in IDLE} - {"tables", "asks", "each"}
    if roles == {"no_data"} or roles == {"no_data", "count"}:
        return asked_of(said, Members(Universe.TABLES, text, (Condition("blank", "="),)))
    if {"blank", "table_number"} <= roles <= {"blank", "table_number", "count"}:
        return asked_of(said, Members(Universe.TABLES, text, (Condition("numbered", "≠"),)))
    return asked_of(said, Members(Universe.TABLES, text)) if roles == {"count"} else None


# ── conditions ─────────────────────────────────────────────────────────────────────────────────────────────


def _condition(said: Said, piece: Piece) -> list[Condition] | None:
    """What a value asks of the members; none where it only repeats a number, None where it cannot be understood."""
    match piece.role:
        case "person":
            return [Condition("handler", _negated(said, piece), piece.value)]
        case "fund":
            column = said.beside(piece, 1)
            if column is None or column.role != "column" or _heads_projects(said, column):
                return [Condition("fund", _negated(said, piece), piece.value)]
            return []
        case "over":
            number = as_number("一" + piece.value)
            return None if number is None else [_threshold(said, piece, relation_of(said, piece) or "≥", number)]
        case "date":
            around = (said.beside(piece, 1), said.beside(piece, -1))
            relations = [_OF_DATES[p.role] for p in around if p is not None and p.role in _OF_DATES]
            return [Condition("filing_date", next(iter(relations), _negated(said, piece)), piece.value)]
        case "blank":
            return _blank(said, piece)
        case "period":
            if not _is_period(said, piece):
                return [] if piece.quantity is not None and piece.quantity.number == 1 else None
            return [Condition("period_years", relation_of(said, piece) or "=", quantity=piece.quantity)]
        case "quantity":
            return _compared(said, piece)
        case "counted" if piece.value in _PEOPLE_COUNTED:
            return _counted_people(said, piece)
        case _:
            return []


def _heads_projects(said: Said, column: Piece) -> bool:
    """`列在基金栏的项目`: the projects that a column has money of, not the column of all projects."""
    after = said.beside(column, 1)
    return after is not None and after.role == "projects" and says(said.text, "column_of_projects")


def _counted_people(said: Said, piece: Piece) -> list[Condition] | None:
    """`两人联名经办的项目`: how many handle a project together is told by no field, unless they are named."""
    before, after = said.beside(piece, -1), said.beside(piece, 1)
    of_projects = after is not None and after.role in ("projects", "sheets")
    return None if of_projects and (before is None or before.role != "person") else []


def _is_period(said: Said, piece: Piece) -> bool:
    """Whether years are a project's period, and not `一年多少钱`."""
    before, after = said.beside(piece, -1), said.beside(piece, 1)
    named = piece.text.endswith("期") or (
        before is not None and before.role in ("years", "relation", "negation", "unequal", "only")
    )
    follows = after is not None and after.role in ("projects", "sheets", "relation", "nature_value", "years")
    return named or follows or said.has("lasting")


def _blank(said: Said, piece: Piece) -> list[Condition] | None:
    """The field named beside a word for blank: `没填负责人`, `负责人一栏空着`."""
    names = {name: entry.key for entry in sheet_fields() for name in entry.names}
    for step in (1, -1):
        beside = said.beside(piece, step)
        if beside is not None and beside.role == "indicators":
            return [Condition("target", "≠", beside.value)]
        if beside is not None and beside.role == "column":
            beside = said.beside(beside, step)
        if beside is not None and beside.role in _FUNDING:
            return [Condition("blank", "=", _FUNDING[beside.role])]
        if beside is not None and beside.text in names:
            return [Condition("blank", "=", names[beside.text])]
    return None


def _compared(said: Said, piece: Piece) -> list[Condition] | None:
    assert piece.quantity is not None
    relation = relation_of(said, piece)
    if not relation and not said.has("relation_noise", "relation_noun") and len(said.all("quantity")) == 1:
        relation = "="
    if not relation and said.has("relation_noise", "relation_noun"):
        amounts = said.all("quantity")
        if len(amounts) == 2:
            relation = "≥" if piece is amounts[0] else "≤"
    indicator = next((p for p in said.all("indicators") if p.end <= piece.start), None)
    if relation and indicator is not None:
        relation = (
            "≠" if piece.value and _negated(said, piece) == "≠" else relation
        )  # what is printed, or anything else
        return [Condition("target", relation, indicator.value, piece.quantity)]
    if not relation or piece.quantity.unit != YUAN:
        return None
    return [_threshold(said, piece, relation, piece.quantity.number)]


def _threshold(said: Said, piece: Piece, relation: str, number: Decimal) -> Condition:
    """An amount that bounds the measure named before it."""
    before = said.beside(piece, -1)
    before = said.beside(before, -1) if before is not None and before.role in ("relation", "negation") else before
    measure = before.role if before is not None and before.role in ("whole", "annual", "remaining") else ""
    return Condition("amount", relation, measure, Quantity(number, YUAN))


def relation_of(said: Said, piece: Piece) -> str:
    """The relation said with a number, just before it or after it; the other way round where it is denied."""
    sign = _sign_beside(said, piece)
    if piece.role == "quantity" and piece.value:
        sign = _OPPOSITE[piece.value] if sign == "≠" else piece.value
    return sign.translate(_STRICTLY) if said.has("exclusive") else sign


def _sign_beside(said: Said, piece: Piece) -> str:
    for neighbour in (said.beside(piece, 1), said.beside(piece, -1)):
        if neighbour is not None and neighbour.role == "relation":
            sign = _OPPOSITE[neighbour.value] if _negated(said, neighbour) == "≠" else neighbour.value
            return sign
    return "≠" if _negated(said, piece) == "≠" else ""


_FUNDING = {"annual": Period.ANNUAL.value, "whole": Period.WHOLE.value}
_OF_DATES = {"before": "<", "since": ">", "earlier": "<", "later": ">"}
_STRICTLY = str.maketrans("≤≥", "<>")
_OPPOSITE = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">"}


def _is_a_project(said: Said, who: Piece) -> bool:
    """`排在倒数第二的项目是谁`, `3年期项目里最少的是谁`: a project is asked for, whoever the word speaks of."""
    before = said.beside(who, -1)
    within = says(said.text, "among_projects") and not said.has("deed")
    of_those = within and before is not None and before.role in ORDERS
    return who.text == "谁" and before is not None and (of_those or before.role in ("projects", "sheets"))


def _group_said(piece: Piece) -> str:
    """The group of projects that a word names, as sheets print it."""
    return f"{piece.quantity.number}{piece.quantity.unit}" if piece.quantity is not None else piece.value


def _has_period(said: Said, years: Piece) -> bool:
    """`项目期3年`: whether the word for years only names the number after it."""
    after = said.beside(years, 1)
    return after is not None and after.role == "period"


def _times_years(said: Said) -> str:
    """Whether the yearly amount is to be multiplied by the years of the project's period."""
    return "years" if said.has("times") and said.has("years") else ""


def _size(said: Said) -> int:
    """How many members a question says the set has: `本年14个项目`; 0 where it says nothing."""
    if said.has("top", "bottom", "place", "place_up", *SUPERLATIVES):
        return 0
    for piece in said.all("counted"):
        after = said.beside(piece, 1)
        if after is not None and after.role in ("projects", "sheets") and piece.quantity is not None:
            return int(piece.quantity.number)
    return 0


def _negated(said: Said, piece: Piece) -> str:
    before = said.beside(piece, -1)
    return "≠" if before is not None and before.role in ("negation", "unequal") else "="


def _gives_a_value(said: Said, equals: Piece) -> bool:
    """`经办人=某某`, `合计=?`: whether a sign of equality stands before a value or last, not between two figures."""
    after = said.beside(equals, 1)
    return after is None or after.role in _VALUES


def _negates(said: Said, piece: Piece) -> bool:
    """`项目期不等于3年`: whether a word for unlike denies the value after it."""
    after = said.beside(piece, 1)
    return after is not None and after.role in _VALUES


# ── measures ───────────────────────────────────────────────────────────────────────────────────────────────


def _measure(said: Said) -> tuple[Wish, str] | None:
    """The coordinates and the attribute that members are measured by; None where they contradict each other."""
    bounding = {id(p) for p in said.all("whole", "remaining") if _bounds(said, p)}
    own = [p for p in said.pieces if id(p) not in bounding]
    attribute = ""
    for role, (measured, _down) in SUPERLATIVES.items():
        if said.has(role):
            attribute = measured
    if said.has("filed") and said.has("most", "least"):
        return None
    if any(not _has_period(said, p) for p in said.all("years")) and said.has(*_ORDERED):
        attribute = "period"
    if said.has("filed") and said.has("ascending", "descending", "order"):
        attribute = "filing_date"
    if attribute == "filing_date" and says(said.text, "date"):
        attribute = "filing_day"
    if any(p.role == "whole" for p in own) or (bounding and not said.has("annual")):
        return Wish(period=Period.WHOLE), attribute
    if said.has("sheets") and said.has("amount", "annual") and not attribute:
        attribute = "sheet"
    column = next((p for p in said.all("fund") if (a := said.beside(p, 1)) is not None and a.role == "column"), None)
    column = column or _fund_again(said)
    return (Wish(fund=Fund(column.value)) if column is not None else Wish()), attribute


def _fund_again(said: Said) -> Piece | None:
    """`用政府性基金的项目和政府性基金金额`: the fund that tells the members, said again with the amount that is asked for."""
    funds = said.all("fund")
    after = said.beside(funds[-1], 1) if len(funds) == 2 and funds[0].value == funds[1].value else None
    return funds[-1] if after is not None and after.role == "amount" else None


def _bounds(said: Said, piece: Piece) -> bool:
    after = said.beside(piece, 1)
    after = said.beside(after, 1) if after is not None and after.role == "relation" else after
    return after is not None and after.role in ("quantity", "over")
