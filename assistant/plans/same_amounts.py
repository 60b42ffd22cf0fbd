"""Plans of what has the same amount as something that is named: `采购里那2500万工程，跟哪个项目的金额一样`."""

from __future__ import annotations

from dataclasses import replace

from assistant.computing.figures import Figure, Figures
from assistant.cues import cue
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import Condition, Listing, Members, Plan, Selector, Universe
from assistant.question import Question
from ingest.numbers.quantities import YUAN, Quantity

_ALL_SPENDING = "expenditure"  # the kind of the table of all subjects


class SameAmounts:
    """Plans over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.figures = Figures(phrases.catalog)

    def asked(self, question: Question) -> Plan | None:
        """The projects or subjects of the very amount that a figure has, without the project that is named."""
        said = cue("same_amount_as").fullmatch(question.text)
        if said is None:
            return None
        selector, amount = self._named(said["X"] or said["X2"])
        if amount is None:
            return None
        asked = said["S"] or said["S2"]
        plan = self.phrases.set_question(f"{asked}正好{amount.number}元") or self._none(question.text, amount)
        if not isinstance(plan, Listing) or selector is None or not selector.project:
            return plan
        others = Condition("key", "≠", selector.project)
        return replace(plan, members=replace(plan.members, conditions=(*plan.members.conditions, others)))

    def _none(self, text: str, amount: Quantity) -> Listing | None:
        """That no subject has the amount: an empty list over the table of all spending."""
        tables = self.phrases.catalog.tables.items()
        table = next((f"{t[0]}:{t[1]}" for t, record in tables if record.kind == _ALL_SPENDING), None)
        where = Condition("table", "=", table or ""), Condition("amount", "=", quantity=amount)
        return Listing(Members(Universe.ROWS, text, where)) if table is not None else None

    def _named(self, name: str) -> tuple[Selector | None, Quantity | None]:
        """A figure by its name with its amount, which is the one said beside the name where there is one."""
        told = [n for n in amounts_in(name) if n.quantity is not None]
        for numeral in reversed(told):
            name = name[: numeral.start] + name[numeral.end :]
        selector = self.phrases.selector(name)
        figure = self.figures.figure(selector) if selector is not None else None
        if not isinstance(figure, Figure) or figure.quantity.unit != YUAN:
            return None, None
        alike = all(n.quantity is None or n.quantity.number == figure.quantity.number for n in told)
        return (selector, figure.quantity) if alike else (None, None)
