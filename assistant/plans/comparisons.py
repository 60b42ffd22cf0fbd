"""Plans that set figures against each other: shares, differences, which is larger, checks, changes since last year."""

from __future__ import annotations

from assistant.computing.figures import Figures
from assistant.cues import cue, says
from assistant.phrases.alignment import fund_within, of_one_table, part_of_carry_over, part_of_fund, part_of_income
from assistant.phrases.phrases import Phrases
from assistant.plan import Change, Check, Combine, Compare, Expression, Lookup, PerUnit, Plan, Ratio, Selector
from assistant.plans.operands import Operands
from assistant.plans.printed import as_printed
from assistant.questions.value_kinds import counting_units
from ingest.facts import Origin, Role
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import PERCENT


class ComparisonPlans:
    """Reads comparisons from the slots of examples."""

    def __init__(self, phrases: Phrases, operands: Operands) -> None:
        self.phrases = phrases
        self.operands = operands
        self.figures = Figures(phrases.catalog)

    def ratio(self, slots: dict[str, str], unit: str, text: str = "") -> Plan | None:
        """A over B, over the whole that A is part of when no B is said; `unit` is % or 倍."""
        if "B" not in slots:
            around, _, last = slots["A"].rpartition(",")
            if says(text, "share_of_budget") and self.phrases.content_in(around):
                return self.ratio({"A": last, "B": around}, unit, text)  # 住房保障这块,购房补贴占几成
            named, of, rest = slots["A"].partition("占")
            if of and self.phrases.content_in(named) and self.phrases.content_in(rest):
                return None  # what it is a share of is said, and was not understood
            left = self.phrases.expression(slots["A"])
            return Ratio(left, None, unit) if left is not None else None
        if (of_sum := self._of_all_alike(slots)) is not None:
            return Ratio(*of_sum, unit)
        operands = self.operands.of(slots, of_a_whole=unit == PERCENT)
        if operands is None:
            return None
        part, whole = part_of_carry_over(fund_within(part_of_fund(*operands), operands[1]), operands[1]), operands[1]
        if slots["A"] in text and slots["B"] in text:  # not two figures told before, which are meant as they were told
            part = part_of_income(part, whole)
        return Ratio(part, self._counted_alike(slots["B"], part) or of_one_table(whole, part), unit)

    def _of_all_alike(self, slots: dict[str, str]) -> tuple[Lookup, Combine] | None:
        """`甲片区面积` over `两片区面积合计`: a figure and the sum of all that are called alike, where there are as many."""
        said = cue("sum_of_alike").fullmatch(slots["B"])
        part = self.phrases.selector(slots["A"]) if said is not None and said["kind"] in slots["A"] else None
        if said is None or part is None or not part.fact_ids:
            return None
        others = self.operands.parallels.all_beside(part, said["kind"])
        if len(others) + 1 != as_number(said["n"]):
            return None
        return Lookup(part), Combine("+", (Lookup(part), *map(Lookup, others)))

    def _counted_alike(self, name: str, part: Expression) -> Lookup | None:
        """The number of what is named, where the part is a number of things and the name alone stands for money: `公车`."""
        unit = self._counted_in(part.of) if isinstance(part, Lookup) else ""
        money = self.phrases.selector(name) if unit else None
        if money is None or money.fact_ids or not money.concept:
            return None
        number = self.phrases.selector(f"{name}数量")
        return Lookup(number) if number is not None and number.wish.role is Role.COUNT else None

    def _counted_in(self, selector: Selector) -> str:
        """The one unit of things that a figure is counted in; "" for money and what no single fact tells."""
        quantities = (self.phrases.catalog.by_id[i].fact.quantity for i in selector.fact_ids)
        units = {quantity.unit if quantity is not None else "" for quantity in quantities}
        return units.pop() if len(units) == 1 and units <= counting_units() else ""

    def difference(self, slots: dict[str, str], text: str) -> Plan | None:
        if says(text, "counted_things"):
            slots = {name: f"{words}个数" for name, words in slots.items()}
        return self._compare(slots, "difference")

    def rest(self, slots: dict[str, str], text: str) -> Plan | None:
        """What is left of A without B."""
        operands = self.operands.of(slots)
        return Combine("-", operands) if operands is not None else None

    def excess_share(self, slots: dict[str, str], text: str) -> Plan | None:
        """By what share of B A is more, or less: their difference over B, counted positive the way that is asked."""
        operands = self.operands.of(slots)
        if operands is None:
            return None
        left, right = operands
        return Ratio(Combine("-", (right, left) if says(text, "less_by_share") else (left, right)), right, PERCENT)

    def which_larger(self, slots: dict[str, str], text: str) -> Plan | None:
        return self._compare(slots, "which")

    def _compare(self, slots: dict[str, str], ask: str) -> Plan | None:
        operands = self.operands.of(slots)
        return Compare(operands[0], operands[1], ask) if operands is not None else None

    def per_unit(self, slots: dict[str, str], text: str) -> Plan | None:
        """An amount of money divided among a number of things: `平摊到每辆车`."""
        amount = self.phrases.expression(slots["A"]) if "A" in slots else None
        count = self.phrases.selector(slots["B"]) if "B" in slots else None
        return PerUnit(amount, Lookup(count)) if amount is not None and count is not None else None

    def check(self, slots: dict[str, str], relation: str, text: str) -> Plan | None:
        """Whether A relates to B as said; None where a set is asked for."""
        unclear = says(text, "names_members", "several_tables")
        operands = self.operands.of(slots) if "B" in slots and not unclear else None
        if operands is None:
            return None
        if relation == ">" and says(text, "smaller_at_end"):
            relation = "<"
        if relation == "=" and not says(text, "as_corrected"):
            operands = self._printed(operands[0]), self._printed(operands[1])
        return Check(operands[0], relation, operands[1], ask_amount=says(text, "excess", "gap"))

    def _printed(self, figure: Expression) -> Expression:
        return as_printed(figure, self.figures) if isinstance(figure, Lookup) else figure

    def check_total(self, slots: dict[str, str], text: str) -> Plan | None:
        """`A合计多少,超没超B`: the sum is asked for as well."""
        operands = self.operands.of(slots)
        return Check(operands[0], ">", operands[1], ask_left=True) if operands is not None else None

    def change(self, slots: dict[str, str], text: str) -> Plan | None:
        """A rate, an amount or a direction, whichever the question asks for."""
        if says(text, "change_rate"):
            return self._change_of(slots, "rate", text)
        return self._change_of(slots, "direction" if says(text, "change_direction") else "amount", text)

    def last_year(self, slots: dict[str, str], text: str) -> Plan | None:
        return self._change_of(slots, "last_year", "")

    def _change_of(self, slots: dict[str, str], ask: str, text: str) -> Plan | None:
        phrase = slots.get("A", "")
        selector = self.phrases.selector(phrase) if phrase else None
        if selector is None and says(phrase, "budget", "nothing_but_money") and not self.phrases.content_in(phrase):
            selector = self.phrases.selector("总支出")
        if selector is None or says(phrase, "carried_over", "part_said") or selector.concept == "carried_over":
            return None
        if any(self.phrases.catalog.by_id[i].fact.origin is Origin.SHEET for i in selector.fact_ids):
            return None  # a target has no year before
        claimed = 0
        if ask in ("amount", "direction") and says(text, "change_confirmed"):
            claimed = says(text, "rose") - says(text, "fell")
        return Change(selector, ask, claimed)

    def last_year_rest(self, slots: dict[str, str], text: str) -> Plan | None:
        """`去年除A以外的B`: last year's whole less last year's part."""
        whole = self.phrases.selector(slots["A"]) or self.phrases.selector(f"预算{slots['A']}")
        part = self.phrases.selector(slots["B"])
        if whole is None or part is None:
            return None
        return Combine("-", (Change(whole, "last_year"), Change(part, "last_year")))
