"""A yes or a no before an answer: what it tells held against what the question says it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answer import Answer, AnswerStatus
from assistant.computing.computing import Computer
from assistant.computing.results import Result
from assistant.computing.sets import Member
from assistant.cues import cue
from assistant.phrases.phrases import Phrases
from assistant.plan import ALL_MEMBERS, Asserted, Audit, Claimed, Listing, Ranked
from assistant.question import Question
from assistant.telling.wording import Wording
from ingest.labels import label_key

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?|(?P<alone>(?:19|20)\d\d)年"
)
_PRINTED = re.compile(r"（印作[^）]*）")
_LAST_DAY = 31
_EMPTY = ("blank", "dash")


@dataclass(frozen=True, slots=True)
class _Day:
    """A date as far as it is said; 0 for what is not."""

    year: int
    month: int = 0
    day: int = 0

    def is_within(self, other: _Day) -> bool:
        """Whether it is the other as far as that is said; a year that one of them leaves out is the same."""
        same_year = 0 in (self.year, other.year) or self.year == other.year
        return same_year and other.month in (0, self.month) and (0 in (other.day, self.day) or self.day == other.day)

    def reaches(self, other: _Day) -> bool:
        """Whether it is no earlier than the other, whose month counts to its end."""
        return self._end() >= other._end()

    def _end(self) -> tuple[int, int, int]:
        return (self.year, self.month or 12, self.day or _LAST_DAY)


class ClaimTelling:
    """Judges what questions say over one catalog."""

    def __init__(self, phrases: Phrases, computer: Computer) -> None:
        self.phrases = phrases
        self.computer = computer

    def judged(self, question: Question, plan: Claimed, answer: Answer, result: Result | None) -> Answer | None:
        """The answer with whether it is as said; None where it does not tell."""
        say = Wording(question.english)
        if plan.kind in (Asserted.ANY, Asserted.NONE):
            return _of_any(say, plan, answer, result)
        verdict = self._verdict(plan, answer) if answer.status is AnswerStatus.ANSWERED else None
        if verdict is None:
            return None
        told = answer.text if answer.verdict is None else answer.text.partition("\n\n")[2]
        text = answer.text if answer.verdict is verdict else f"**{say('yes' if verdict else 'no')}**\n\n{told}"
        return answer.model_copy(update={"verdict": verdict, "text": text, "value": None})

    @staticmethod
    def like_before(question: Question, answer: Answer, before: Answer) -> Answer:
        """The answer with whether it tells the same as the one before; as it is where they cannot be compared."""
        if AnswerStatus.NOT_FOUND in (answer.status, before.status):
            return answer
        values = (answer.value, before.value)
        told, told_before = (_without_prints(each.text) for each in (answer, before))
        if answer.value is not None and before.value is not None and answer.value.unit != before.value.unit:
            return answer
        if None not in values:
            same = answer.value == before.value
        elif values == (None, None) and told and told_before:
            same = told == told_before
        else:
            return answer
        head = Wording(question.english)("yes" if same else "no")
        return answer.model_copy(update={"verdict": same, "text": f"**{head}**\n\n{answer.text}"})

    def _verdict(self, plan: Claimed, answer: Answer) -> bool | None:
        told = answer.text.partition("\n\n依据")[0]
        match plan.kind:
            case Asserted.PART:
                return False if answer.verdict is False else None
            case Asserted.NOT:
                return not answer.verdict if answer.verdict is not None else None
            case Asserted.FIRST:
                return self._is_first(plan)
            case Asserted.OFTEN:
                return _as_often(plan.said, told)
            case Asserted.DATE | Asserted.UNTIL:
                return _on_the_day(plan, answer)
            case _:
                return None

    def _is_first(self, plan: Claimed) -> bool | None:
        """Whether what is named is the first in an order; None unless it is one of the members, or several."""
        if not isinstance(plan.of, Ranked):
            return None
        members = self.computer.compute(replace(plan.of, count=ALL_MEMBERS)).members
        named = [place for place, member in enumerate(members) if self._names(plan.said, member)]
        return 0 in named if 0 < len(named) < len(members) else None

    def _names(self, said: str, member: Member) -> bool:
        label = label_key(member.label)
        selector = self.phrases.selector(said)
        if selector is not None and (selector.project or selector.row_keys):
            return label in (selector.project, label_key(selector.label))
        words = self.phrases.content_in(said)
        return bool(words) and all(any(reading in label for reading in word.readings) for word in words)


def _of_any(say: Wording, plan: Claimed, answer: Answer, result: Result | None) -> Answer | None:
    """Whether there is anything of a figure, in a set, or that an audit finds; a cell left blank holds nothing."""
    blank = result is not None and result.missing is not None and result.missing.reason in _EMPTY
    if blank and result is not None and result.missing is not None:
        there, told = False, say("left_blank").format(place=result.missing.detail)
    elif isinstance(plan.of, Audit) and answer.verdict is not None:
        there, told = not answer.verdict, answer.text.partition("\n\n")[2] or answer.text
    elif isinstance(plan.of, Listing) and result is not None and result.missing is None:
        there, told = bool(result.members), answer.text if result.members else ""
    elif answer.status is AnswerStatus.ANSWERED and answer.value is not None:
        there, told = Decimal(answer.value.number) != 0, answer.text
    else:
        return None
    any_asked = plan.kind is Asserted.ANY
    verdict = there is any_asked
    head = ("there_is" if there else "there_is_none") if any_asked else ("yes" if verdict else "no")
    text = f"**{say(head)}**\n\n{told}".rstrip()
    found = {"verdict": verdict, "text": text, "value": None, "status": AnswerStatus.ANSWERED}
    return answer.model_copy(update=found)


def _without_prints(text: str) -> str:
    """What a field says, without its head and how it is printed."""
    return _PRINTED.sub("", text.partition("\n\n")[2])


def _as_often(said: str, told: str) -> bool | None:
    """Whether a text tells the interval that is said; None where it tells none, or several."""
    intervals = {_interval(found[0]) for found in cue("interval").finditer(told)}
    return None if len(intervals) != 1 else _interval(said) in intervals


def _interval(words: str) -> str:
    """The unit of time of 每个月, 按月, 月结."""
    return next((unit for unit in "日天周旬月季年" if unit in words.replace("半年", "半")), words)


def _on_the_day(plan: Claimed, answer: Answer) -> bool | None:
    """Whether the last date printed is the one said, or reaches it; None where none is printed."""
    said = _days(plan.said)
    printed = [day for citation in answer.citations for day in _days(citation.printed)]
    if not said or not printed:
        return None
    last = replace(printed[-1], year=printed[-1].year or said[0].year)
    if plan.kind is Asserted.UNTIL:
        return last.reaches(said[0]) if last.year and said[0].year else None
    return last.is_within(said[0])


def _days(text: str) -> Sequence[_Day]:
    return [
        _Day(int(found["year"] or found["alone"] or 0), int(found["month"] or 0), int(found["day"] or 0))
        for found in _DATE.finditer(text)
    ]
