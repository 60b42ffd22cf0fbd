"""A question for a yes or a no, as the questions that ask for what it asserts.

`征拆的钱是从一般公共预算里出的，对不对` asserts a purse: `征拆的钱从哪个预算里出的` is planned like any other question, and what it
comes to is held against what was said. Numbers are read by assistant/questions/stated_numbers.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.cues import cue, says, whole
from assistant.names.segments import WordKind
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import without_money
from assistant.plan import (
    Aggregate,
    Asserted,
    Change,
    Claimed,
    Combine,
    Lookup,
    Placing,
    Plan,
    Quote,
    Ranked,
    Wish,
    selectors_in,
)
from assistant.question import Question
from assistant.questions.statements import asks_yes_or_no, statement_of
from ingest.labels import label_key
from ingest.numbers.numbers import NumeralKind, find_numerals
from ingest.numbers.quantities import YUAN


@dataclass(frozen=True, slots=True)
class Assertion:
    """`question` asks for what is asserted; `held` makes a plan of it one that tells whether it is as said."""

    question: Question
    held: Callable[[Plan], Plan | None]


class Assertions:
    """Reads what questions assert."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases

    def of(self, question: Question) -> Iterator[Assertion]:
        """What a question asserts, the kinds that are told by more words before the others."""
        if not asks_yes_or_no(question):
            return
        body = statement_of(question)
        for reading in (self._fund, self._largest, self._direction, self._date, self._how_often, self._any):
            found = reading(body)
            if found is not None:
                text, held = found
                years = tuple(year for year in question.years if str(year) in text)
                yield Assertion(replace(question, text=text, years=years), held)

    def _fund(self, body: str) -> _Read | None:
        """`A用的是F的钱`: the purse, or the year's money, that pays for a project."""
        said = whole(body, "asserted_fund", "asserted_payer", "asserted_kind")
        wish, rest = self.phrases.wish_in(said["F"]) if said is not None else (Wish(), "")
        if said is None or (wish.fund is None and wish.vintage is None):
            return None
        if said.re is cue("asserted_kind") and self.phrases.content_in(rest):
            return None
        return (
            f"{said['A']}从哪个预算里出的",
            lambda plan: replace(plan, fund=wish.fund, claimed=wish.vintage) if isinstance(plan, Placing) else None,
        )

    def _largest(self, body: str) -> _Read | None:
        """`S里最大头是N`, `N是S里最大的`: the first in an order."""
        plain = without_money(body)
        said = whole(plain, "asserted_first_of", "asserted_first", "asserted_as_first")
        if said is None or not self._names(said["S"]) or says(said["N"], "asks_besides"):
            return None
        least = says(said["how"], "smallest_said")
        text = f"{said['S']}里{'最小' if least else '最大'}的是哪一项"
        return text, lambda plan: Claimed(plan, Asserted.FIRST, said["N"]) if isinstance(plan, Ranked) else None

    def _names(self, phrase: str) -> bool:
        """Whether a phrase names a figure or a set."""
        return bool(self.phrases.content_in(phrase)) or self.phrases.universe_in(phrase) is not None

    def _direction(self, body: str) -> _Read | None:
        """`A又涨了不少`, `A比去年压减了，…`: which way a figure went; how far is no part of it."""
        said = cue("asserted_direction").match(body)
        if said is None or says(said["A"], "than_last_year"):
            return None
        subject = "总支出" if self._is_the_whole(said["A"]) else said["A"]
        if not self.phrases.content_in(subject):
            return None
        rose = not says(said["how"], "fell")
        nothing_more = said.end() == len(body)
        text = f"{subject}比上年{'增加' if rose else '减少'}了吗"

        def held(plan: Plan) -> Plan | None:
            if not isinstance(plan, Change) or plan.ask in ("last_year", "this_year"):
                return None
            told = replace(plan, ask="amount", claimed=1 if rose else -1)
            if said["not"]:
                return Claimed(told, Asserted.NOT, body) if nothing_more else None
            return told if nothing_more else Claimed(told, Asserted.PART, body)

        return text, held

    def _is_the_whole(self, phrase: str) -> bool:
        """Whether a budget is named, and nothing beside the department itself."""
        own = label_key("".join(document.department for document in self.phrases.catalog.documents))
        words = [w.text for w in self.phrases.content_in(phrase) if w.kind is WordKind.NAME]
        return says(phrase, "budget") and all(word in own for word in words)

    def _date(self, body: str) -> _Read | None:
        """`合同要到D才完`, `到D还在服务期内`: when something ends or is due."""
        if (due := whole(body, "asserted_deadline")) is not None:
            return f"{due['A']}什么时候{due['V']}", _words_held(Asserted.DATE, due["D"])
        if (still := whole(body, "asserted_still")) is not None:
            return f"{still['A']}到什么时候", _words_held(Asserted.UNTIL, still["D"])
        said = whole(body, "asserted_date")
        dates = [n for n in find_numerals(said["D"]) if n.kind is NumeralKind.DATE] if said is not None else []
        if said is None or len(dates) != 1:
            return None
        kind = Asserted.UNTIL if says(said["to"], "lasts_until") else Asserted.DATE
        return f"{said['A']}到什么时候", _words_held(kind, dates[0].printed)

    def _how_often(self, body: str) -> _Read | None:
        """`每个月结一次服务费`: how often something is done."""
        said = cue("asserted_often").search(body)
        if said is None:
            return None
        text = f"{body[: said.start()]}多久{body[said.end() :]}"
        return text, _words_held(Asserted.OFTEN, said[0])

    def _any(self, body: str) -> _Read | None:
        """`给A安排钱了没有`: whether it is more than nothing; `没安排A`: whether it is nothing."""
        body = cue("apposition").sub("", body)
        denied = whole(body, "none_at_all", "none_named_after", "none_printed", "not_a_cent")
        found = denied or whole(body, "any_at_all", "any_as_well", "anything_put_in")
        named = cue("within_the_budget").sub("", found["A"]) if found is not None else ""
        if not named or not self.phrases.content_in(named) or find_numerals(named):
            return None
        kind = Asserted.NONE if denied else Asserted.ANY

        def held(plan: Plan) -> Plan | None:
            return Claimed(plan, kind, body) if isinstance(plan, _OF_MONEY) and self._is_money(plan) else None

        return f"{self._subject(named)}多少", held

    def _is_money(self, plan: Plan) -> bool:
        """Whether a figure is surely of money; no target that only sounds like the name."""
        told = [s for s in selectors_in(plan) if s.fact_ids]
        facts = [self.phrases.catalog.by_id[i].fact for s in told for i in s.fact_ids]
        sure = all(s.confidence >= _SURE for s in told)
        return sure and all(f.quantity is not None and f.quantity.unit == YUAN for f in facts)

    def _subject(self, phrase: str) -> str:
        """The class of expenditure that a phrase names by its topic: 教育支出, printed even where nothing is spent on it."""
        catalog = self.phrases.catalog
        words = self.phrases.content_in(phrase)
        readings = words[0].readings if len(words) == 1 else ()
        subjects = (f"{topic}{_EXPENDITURE}" for topic in (label_key(phrase), *readings))
        return next((each for each in subjects if each in catalog.rows or each in catalog.blank_rows), phrase)


_EXPENDITURE = "支出"
_SURE = 0.9
_OF_MONEY = Lookup | Combine | Aggregate
_Read = tuple[str, Callable[[Plan], Plan | None]]


def _words_held(kind: Asserted, said: str) -> Callable[[Plan], Plan | None]:
    return lambda plan: Claimed(plan, kind, said) if isinstance(plan, Lookup | Quote) else None
