"""Whether a reading of a later turn is of something that the turn does not speak of."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.cues import cue, says
from assistant.dialogue.referents import Referents
from assistant.names.linking import is_generic
from assistant.phrases.phrases import Phrases
from assistant.plan import Aggregate, Change, Combine, Lookup, Plan, bare, selectors_in
from ingest.labels import label_key
from ingest.numbers.quantities import YUAN

_SURE_ELSEWHERE = 0.75  # how sure a name must be to be another project's while one is spoken of


@dataclass(frozen=True, slots=True)
class Straying:
    """`text` of a turn and the `name` in it; `names_another` tells that it only names something and leaves the question."""

    text: str
    name: str
    referents: Referents
    phrases: Phrases
    names_something: bool
    names_another: bool

    def strays(self, plan: Plan) -> bool:
        """The last figure again where something else is named, this year's for last year's, a change of something else, a
        figure that no word of the turn names, or one that is in the sum already."""
        if isinstance(plan, Change):
            return self._is_of_another_change(plan)
        if isinstance(plan, Combine):
            return self._counts_twice(plan)
        return isinstance(plan, Lookup) and (self._is_told_again(plan) or self._is_elsewhere(plan))

    def _is_told_again(self, plan: Lookup) -> bool:
        last = self.referents.last
        if last is None:
            return False
        same = last.selector is not None and bool(set(plan.of.fact_ids) & set(last.selector.fact_ids))
        no_money = last.value is not None and YUAN not in last.value.unit and says(self.text, "asks_any_money")
        return (same and (self.names_another or no_money)) or cue("year_before").fullmatch(self.name) is not None

    def _counts_twice(self, plan: Combine) -> bool:
        """Whether a project is added to a sum that it is in, or changes are for amounts."""
        if any(isinstance(each, Change) and each.ask == "amount" for each in plan.operands):
            return not says(self.text, "change_asked")  # two changes added up where the amounts are meant
        sums = any(isinstance(each, Aggregate) for each in plan.operands)
        keys = {each.of.project for each in plan.operands if isinstance(each, Lookup)}
        return plan.operator == "+" and sums and not keys.isdisjoint(self.referents.keys_shown)

    def _is_of_another_change(self, plan: Change) -> bool:
        last = self.referents.last
        if last is None or last.selector is None or self.names_something or plan.most:
            return False
        spoken_of = (last.selector, *selectors_in(self.referents.focus.plan))
        return bare(plan.of) not in {bare(each) for each in spoken_of}

    def _is_elsewhere(self, plan: Lookup) -> bool:
        """Whether a figure of another project, or of a table's row, is told that no word of the turn names."""
        project, catalog = self.referents.project, self.referents.catalog
        if project is None or plan.of.project or plan.of.concept or plan.of.code:
            return False
        facts = [catalog.by_id[i].fact for i in plan.of.fact_ids]
        if not (facts or plan.of.row_keys) or any(label_key(f.project) == project.key for f in facts):
            return False
        if plan.of.confidence < _SURE_ELSEWHERE:
            return True
        told = label_key(plan.of.label) + "".join(label_key(f.project) for f in facts)
        words = [w.text for w in self.phrases.content_in(self.text) if len(w.text) > 1 and not is_generic(w.text)]
        return not any(word[i : i + 2] in told for word in words for i in range(len(word) - 1))
