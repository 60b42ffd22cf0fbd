"""The two sides of a comparison: each a figure, where one may take up what the other names."""

from __future__ import annotations

from dataclasses import replace

from assistant.catalog import Catalog, Project
from assistant.cues import cue, says
from assistant.names.segments import WordKind
from assistant.phrases.alignment import in_one_fund
from assistant.phrases.hints import hint_of
from assistant.phrases.parallels import Parallels
from assistant.phrases.phrases import Phrases
from assistant.plan import (
    Aggregate,
    Change,
    Combine,
    CostEstimate,
    Expression,
    Literal,
    Lookup,
    Ranked,
    Selector,
    Universe,
)
from assistant.questions.ordering import order_in
from assistant.words import concept_by_key, concepts
from ingest.labels import label_key


class Operands:
    """Reads pairs of figures over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.parallels = Parallels(phrases.linker)

    def of(self, slots: dict[str, str], of_a_whole: bool = False) -> tuple[Expression, Expression] | None:
        """The figures of slots A and B, with the tail T that both share; None when either is not understood.

        `of_a_whole` tells that A is asked as a part of B, which then is not narrowed to what A is.
        """
        tail = slots.get("T", "")
        if tail and (counted := self._counted(slots, tail)) is not None:
            return counted
        left = self.figure(slots["A"] + tail)
        if isinstance(left, Lookup) and (parallel := self.parallels.beside(left.of, _plain(slots["B"]))) is not None:
            return left, Lookup(parallel)
        if isinstance(left, Lookup) and (listed := self.phrases.list_beside(left.of, slots["B"])) is not None:
            return left, Aggregate("sum", listed)
        both = self._listed(slots["A"], slots["B"], tail)
        if both is not None and all(each.of.fact_ids for each in both):
            return both
        if says(label_key(slots["A"]), "its_budget") and (turned := self._turned(slots)) is not None:
            return turned
        if left is None:
            return both
        if (years := self._in_two_years(left, slots["B"])) is not None:
            return years
        if (printed := self._in_another_table(left, slots["B"])) is not None:
            return left, printed
        tables, rest = self.phrases.tables_in(slots["B"])
        if tables and says(rest, "its_number") and not self.phrases.content_in(rest):
            return None  # the same thing in a table that does not print it under this name: not the table's total
        right = self._beside(left, _head(left, slots["A"]), self._taken_up(slots["B"] + tail, left))
        if right is None or (both is not None and _units_clash(left, right, self.catalog)):
            return both
        left, right = (left, right) if of_a_whole else in_one_fund((left, right))
        return left, _in_same_period(left, right)

    def _listed(self, first: str, second: str, tail: str) -> tuple[Lookup, Lookup] | None:
        """Both sides as a list, where either may leave out what the other says."""
        for one, other, turned in ((first, second, False), (second, first, True)):
            found = self.phrases.figures(f"{one}和{other}{tail}")
            if len(found) == 2 and (not turned or all(each.of.fact_ids for each in found)):
                return (found[1], found[0]) if turned else (found[0], found[1])
        return None

    def _turned(self, slots: dict[str, str]) -> tuple[Expression, Expression] | None:
        """`离年度预算还差多少`: the first side is the budget of what the second one names."""
        right = self.figure(slots["B"])
        left = self.figure(self._taken_up(slots["A"], right)) if right is not None else None
        return (left, right) if left is not None and right is not None else None

    def figure(self, phrase: str) -> Expression | None:
        """A figure whose coordinates or topic may be said in clauses before it: `整个实施期算,征拆`."""
        found = self.phrases.expression(phrase)
        if found is not None or "," not in phrase.replace("，", ","):
            return found
        head, _, own = phrase.replace("，", ",").rpartition(",")
        wish, rest = self.phrases.wish_in(head)
        tables, rest = self.phrases.tables_in(rest)
        alone = self.phrases.expression(own)
        if alone is None:
            return None
        if isinstance(alone, Lookup) and not self.phrases.content_in(rest):
            of = alone.of
            return Lookup(replace(of, wish=of.wish.with_defaults(wish), tables=of.tables or tables))
        return alone if self._speaks_of(alone, rest) else None

    def _speaks_of(self, figure: Expression, topic: str) -> bool:
        """Whether what a topic names is what the figure belongs to."""
        words = [w for w in self.phrases.content_in(topic) if w.kind is not WordKind.UNKNOWN]
        if not words or not isinstance(figure, Lookup):
            return False
        of = figure.of
        facts = [self.catalog.by_id[i].fact for i in of.fact_ids]
        known = "".join(map(label_key, (of.label, *(t for f in facts for t in (f.project, f.table, *f.row_path)))))
        known += "".join(label_key(n) for p in self.catalog.project_by_key.get(of.project, ()) for n in p.names)
        return all(any(reading in known for reading in word.readings) for word in words)

    def _beside(self, left: Expression, first: str, text: str) -> Expression | None:
        """The second figure, which may leave out the head of the first one's name: `甲片区面积比乙费大多少`."""
        right = self.figure(text)
        if not isinstance(left, Lookup) or not left.of.fact_ids:
            return right
        if isinstance(right, Lookup) and right.of.fact_ids and not _units_clash(left, right, self.catalog):
            sure = label_key(right.of.label) == label_key(text)
            if sure or set(right.of.fact_ids) == set(left.of.fact_ids):
                return right if sure else None
        elif right is not None:
            return right
        for length in range(min(8, len(first) - 1), 1, -1):
            whole = self.phrases.selector(first[:length] + text)
            if whole is None or not whole.fact_ids or set(whole.fact_ids) == set(left.of.fact_ids):
                continue
            if label_key(first[:length]) in label_key(whole.label):
                return Lookup(whole)
        return right

    def _counted(self, slots: dict[str, str], tail: str) -> tuple[Expression, Expression] | None:
        """Both sides as numbers of one counted thing."""
        hint = hint_of(f"多少{tail}")
        if not hint.units:
            return None
        left, right = (self.phrases.selector(f"{slots[name]}{tail}", hint) for name in ("A", "B"))
        return (Lookup(left), Lookup(right)) if left is not None and right is not None else None

    @staticmethod
    def _in_two_years(left: Expression, text: str) -> tuple[Expression, Expression] | None:
        """`上年的`, `今年的`: the left side's own figure of the other year, this year's as the change is told of it."""
        if isinstance(left, Lookup) and cue("last_year_alone").fullmatch(text) and not left.of.fact_ids:
            return Change(left.of, "this_year"), Change(left.of, "last_year")
        if isinstance(left, Change) and left.ask == "last_year" and cue("this_year_alone").fullmatch(text):
            return left, Change(left.of, "this_year")
        return None

    def _in_another_table(self, left: Expression, text: str) -> Lookup | None:
        """The figure of the left side's project in the table that the right side only names."""
        project = project_of(left, self.catalog)
        tables, rest = self.phrases.tables_in(text)
        if not tables or says(rest, "total_said") or self.phrases.content_in(rest):
            return None
        if project is None:
            named = isinstance(left, Lookup) and bool(left.of.row_keys or left.of.concept or left.of.code)
            if not (isinstance(left, Lookup) and named and says(rest, "its_number")) or left.of.fact_ids:
                return None
            return Lookup(replace(left.of, words=text, tables=tables))
        label = f"{project.name}（{self.catalog.tables[tables[0]].title}）"
        return Lookup(Selector(text, label, project=project.key, tables=tables))

    def _taken_up(self, text: str, left: Expression) -> str:
        """The right side in full: `该项目`, `预算`, `年度预算` after a figure of a project mean that project's."""
        if isinstance(left, Ranked) and order_in(text) is not None and self.phrases.universe_in(text) is None:
            return f"{text}项目" if left.members.universe is Universe.PROJECTS else f"{text}科目"
        if isinstance(left, Aggregate) and says(label_key(text), "any_total"):
            table = next((c.text for c in left.members.conditions if c.attribute == "table"), "")
            titles = [self.catalog.tables[t].title for t in self.catalog.tables if f"{t[0]}:{t[1]}" == table]
            return f"{titles[0]}合计" if titles else text
        if isinstance(left, Lookup) and left.of.tables and says(label_key(text), "any_total"):
            return f"{self.catalog.tables[left.of.tables[0]].title}合计"
        if isinstance(left, Combine) and says(label_key(text), "any_total"):
            return whole_of(left) or text
        project = project_of(left, self.catalog)
        if project is None:
            return text
        product = cue("times_years").fullmatch(text)
        if product is not None and says(product["A"], "its_annual_amount"):
            return f"{project.name}{text[product.end('A') :]}"
        if says(label_key(text), "its_cost"):
            return f"{project.name}的成本指标"
        if says(text, "its_whole_period"):
            return f"{project.name}实施期总额"
        if says(text, "its_annual_amount", "same_project") or says(label_key(text), "its_budget"):
            return project.name
        return text


def _plain(text: str) -> str:
    """What a side names, without the words that only point."""
    return cue("around_pointing").sub("", text).strip("的,，")


def _head(left: Expression, words: str) -> str:
    """What the left side is called, where its own words only point at it."""
    return left.of.label if isinstance(left, Lookup) and len(words) == 1 else words


def _in_same_period(left: Expression, right: Expression) -> Expression:
    """The right side in the period that the left side names, where both are of projects and it names none itself."""
    if not (isinstance(left, Lookup) and isinstance(right, Lookup)):
        return right
    period = left.of.wish.period
    if (
        period is None
        or not right.of.project
        or right.of.wish.period is not None
        or left.of.project == right.of.project
    ):
        return right
    return Lookup(replace(right.of, wish=replace(right.of.wish, period=period)))


def whole_of(parts: Combine) -> str:
    """What the total of figures known everywhere is called: 政府采购 of 货物, 工程 and 服务; "" where they have none."""
    known = [concept_by_key().get(each.of.concept) for each in parts.operands if isinstance(each, Lookup)]
    kinds = {each.tables[:1] if each is not None else () for each in known}
    if len(kinds) != 1 or len(known) != len(parts.operands) or () in kinds:
        return ""
    wholes = (
        each.label for each in concepts() if each.total and each.tables == next(iter(kinds)) and each not in known
    )
    return next(wholes, "")


def project_of(expression: Expression, catalog: Catalog) -> Project | None:
    """The one project that an expression's figures belong to."""
    keys = _keys_of(expression, catalog)
    return next(iter(catalog.project_by_key.get(next(iter(keys)), [])), None) if len(keys) == 1 else None


def _keys_of(expression: Expression, catalog: Catalog) -> set[str]:
    """The keys of the projects that an expression's figures belong to; "" for a figure of none."""
    match expression:
        case Aggregate(members=members) | Ranked(members=members):
            keys = {c.text for c in members.conditions if c.attribute in ("project", "key")}
            return keys.union(*(_keys_of(each, catalog) for each in members.given)) or {""}
        case Combine(operands=operands):
            return set().union(*(_keys_of(each, catalog) for each in operands))
        case Lookup(of=of):
            stored = catalog.by_id.get(of.fact_ids[0]) if not of.project and of.fact_ids else None
            return {label_key(stored.fact.project) if stored is not None else of.project}
        case CostEstimate(project=project):
            return {project}
        case Literal():
            return set()
        case _:
            return {""}


def _units_clash(left: Expression, right: Expression, catalog: Catalog) -> bool:
    """Whether two looked-up facts are in units that cannot be compared."""
    if not (isinstance(left, Lookup) and isinstance(right, Lookup)):
        return False
    one, other = _units_of(left, catalog), _units_of(right, catalog)
    return bool(one and other) and not one & other


def _units_of(figure: Lookup, catalog: Catalog) -> set[str]:
    """The units of the facts that a figure names by themselves."""
    return {q.unit for i in figure.of.fact_ids if (q := catalog.by_id[i].fact.quantity)}
