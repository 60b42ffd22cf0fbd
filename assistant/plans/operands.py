"""The two sides of a comparison: each a figure, where one may take up what the other names."""

from __future__ import annotations

from assistant.catalog import Catalog, Project
from assistant.cues import says
from assistant.ordering import order_in
from assistant.phrases.hints import hint_of
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, Expression, Lookup, Ranked, Selector, Universe
from ingest.labels import label_key


class Operands:
    """Reads pairs of figures over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def of(self, slots: dict[str, str]) -> tuple[Expression, Expression] | None:
        """The figures of slots A and B, with the tail T that both share; None when either is not understood."""
        tail = slots.get("T", "")
        if tail and (counted := self._counted(slots, tail)) is not None:
            return counted
        listed = self.phrases.figures(f"{slots['A']}和{slots['B']}{tail}")
        both = (listed[0], listed[1]) if len(listed) == 2 else None
        left = self.phrases.expression(slots["A"] + tail)
        if left is None:
            return both
        if (printed := self._in_another_table(left, slots["B"])) is not None:
            return left, printed
        right = self.phrases.expression(self._taken_up(slots["B"] + tail, left))
        if right is None or (both is not None and _units_clash(left, right, self.catalog)):
            return both
        return left, right

    def _counted(self, slots: dict[str, str], tail: str) -> tuple[Expression, Expression] | None:
        """Both sides as numbers of one counted thing."""
        hint = hint_of(f"多少{tail}")
        if not hint.units:
            return None
        left, right = (self.phrases.selector(f"{slots[name]}{tail}", hint) for name in ("A", "B"))
        return (Lookup(left), Lookup(right)) if left is not None and right is not None else None

    def _in_another_table(self, left: Expression, text: str) -> Lookup | None:
        """The figure of the left side's project in the table that the right side only names."""
        project = project_of(left, self.catalog)
        tables, rest = self.phrases.tables_in(text)
        if project is None or not tables or says(rest, "total_said") or self.phrases.content_in(rest):
            return None
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
        project = project_of(left, self.catalog)
        if project is None:
            return text
        if says(text, "its_whole_period"):
            return f"{project.name}实施期总额"
        if says(text, "its_annual_amount", "same_project") or says(label_key(text), "its_budget"):
            return project.name
        return text


def project_of(expression: Expression, catalog: Catalog) -> Project | None:
    """The project that an expression's figure belongs to."""
    key = ""
    if isinstance(expression, Aggregate | Ranked):
        key = next((c.text for c in expression.members.conditions if c.attribute in ("project", "key")), "")
    elif isinstance(expression, Lookup):
        key = expression.of.project
        stored = catalog.by_id.get(expression.of.fact_ids[0]) if not key and expression.of.fact_ids else None
        key = label_key(stored.fact.project) if stored is not None else key
    return next(iter(catalog.project_by_key.get(key, [])), None)


def _units_clash(left: Expression, right: Expression, catalog: Catalog) -> bool:
    """Whether two looked-up facts are in units that cannot be compared."""
    if not (isinstance(left, Lookup) and isinstance(right, Lookup)):
        return False
    units = [{q.unit for i in each.of.fact_ids if (q := catalog.by_id[i].fact.quantity)} for each in (left, right)]
    return bool(units[0] and units[1]) and not units[0] & units[1]
