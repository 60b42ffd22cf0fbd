"""Plans by example: the examples that fit a question, best first, until one's slots are understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from assistant.cues import says
from assistant.exemplars import Match, match_exemplars
from assistant.phrases.phrases import Phrases
from assistant.plan import Change, Plan
from assistant.plans.comparisons import ComparisonPlans
from assistant.plans.sets import SetPlans
from assistant.plans.sheets import SheetPlans
from assistant.plans.texts import TextPlans
from assistant.question import Question
from assistant.words import Exemplars
from ingest.numbers.quantities import MULTIPLE, PERCENT

_Builder = Callable[[dict[str, str], str], Plan | None]
Fill = Callable[[Match], Iterable[dict[str, str]]]


class ExamplePlans:
    """Builds plans from slots; `examples` are other example questions than the built-in ones.

    In a dialogue `fill` gives what the slots that a question leaves open can mean.
    """

    def __init__(
        self,
        phrases: Phrases,
        comparisons: ComparisonPlans,
        sets: SetPlans,
        sheets: SheetPlans,
        texts: TextPlans,
        examples: Exemplars | None = None,
        fill: Fill | None = None,
    ) -> None:
        self.phrases = phrases
        self.examples = examples or phrases.linker.exemplars
        self.fill = fill
        self._builders: dict[str, _Builder] = {
            "share": lambda slots, text: comparisons.ratio(slots, PERCENT, text),
            "multiple": lambda slots, text: comparisons.ratio(slots, MULTIPLE, text),
            "compare_both": comparisons.difference,
            "rest": comparisons.rest,
            "difference": comparisons.difference,
            "excess_share": comparisons.excess_share,
            "which_larger": comparisons.which_larger,
            "check_equal": lambda slots, text: comparisons.check(slots, "=", text),
            "check_exceed_total": comparisons.check_total,
            "check_exceed": lambda slots, text: comparisons.check(slots, ">", text),
            "check_below": lambda slots, text: comparisons.check(slots, "<", text),
            "change": comparisons.change,
            "last_year_rest": comparisons.last_year_rest,
            "last_year": comparisons.last_year,
            "per_unit": comparisons.per_unit,
            "sum": sets.sum,
            "average": lambda slots, text: sets.aggregate("average", slots),
            "median": lambda slots, text: sets.aggregate("median", slots),
            "count": sets.count,
            "cover": sets.cover,
            "who": sheets.who,
            "list_of_person": sheets.projects_of,
            "why": texts.why,
            "define": texts.define,
        }

    def plans(self, question: Question) -> Iterator[Plan]:
        """The plan of each example that fits and whose slots are understood, best first."""
        asks = says(question.said, "yes_no_end")
        for plan in self.plans_of(f"{question.text}吗" if asks else question.text):
            rate = isinstance(plan, Change) and plan.ask == "amount" and says(question.raw, "percent_wished")
            yield replace(plan, ask="rate") if isinstance(plan, Change) and rate else plan

    def plan_of(self, text: str, kinds: tuple[str, ...] = ()) -> Plan | None:
        """The plan of the best example, of these kinds only when any are given."""
        return next(self.plans_of(text, kinds), None)

    def plans_of(self, text: str, kinds: tuple[str, ...] = ()) -> Iterator[Plan]:
        """The plans of all examples, of these kinds only when any are given."""
        leaning = self.fill is not None
        for match in match_exemplars(text, self.examples, self.phrases.printed.places(text), leaning):
            if match.covered == 0 or (kinds and match.kind not in kinds):
                continue
            builder = self._builders.get(match.kind)
            for slots in self._filled(match) if builder is not None else ():
                if builder is not None and (plan := builder(slots, text)) is not None:
                    yield plan

    def _filled(self, match: Match) -> Iterable[dict[str, str]]:
        return self.fill(match) if self.fill is not None and match.left_open else (match.slots,)
