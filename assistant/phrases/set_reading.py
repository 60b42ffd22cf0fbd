"""A question about a set, read word by word: projects, people, tables, rows of a table, parts of a
figure, indicators, some of them left out."""

from __future__ import annotations

from assistant.phrases.indicator_questions import IndicatorQuestions
from assistant.phrases.left_out import LeftOut
from assistant.phrases.named_amounts import NamedAmounts
from assistant.phrases.row_questions import RowQuestions
from assistant.phrases.set_questions import SetQuestions
from assistant.plan import Listing, Plan


class SetReading:
    """Reads whole questions over one catalog; a question of which a word is not understood is none."""

    def __init__(
        self,
        questions: SetQuestions,
        rows: RowQuestions,
        indicators: IndicatorQuestions,
        left_out: LeftOut,
        amounts: NamedAmounts,
    ) -> None:
        self.questions = questions
        self.rows = rows
        self.indicators = indicators
        self.left_out = left_out
        self.amounts = amounts

    def plan(self, text: str) -> Plan | None:
        """The plan of a question about a set; None where it is not one."""
        return self._whole(text) or self.left_out.plan(text, self._whole) or self._of_amount(text)

    def _whole(self, text: str) -> Plan | None:
        return self.questions.plan(text) or self.rows.plan(text) or self.indicators.plan(text)

    def _of_amount(self, text: str) -> Plan | None:
        """What has the amount that is said under another name."""
        bare = self.amounts.bare(text)
        plan = self._whole(bare) if bare is not None else None
        if not isinstance(plan, Listing):
            return None
        exact = any(c.attribute == "amount" and c.relation == "=" for c in plan.members.conditions)
        return plan if exact else None
