"""Questions of other years: last year's figure from this year's change, else that no such year is loaded."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.cues import cue, says
from assistant.doubts.operations import unaccounted
from assistant.names.segments import WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Change, Combine, Compare, Decline, Plan, Selector
from assistant.plans.absences import AbsencePlans
from assistant.plans.examples import ExamplePlans
from assistant.question import Question
from ingest.facts import Origin

# Kinds of examples that can set two years against each other.
_OF_FIGURES = (
    "share", "multiple", "difference", "rest", "which_larger", "compare_both", "check_equal", "check_exceed",
    "check_below", "change", "last_year", "last_year_rest",
)  # fmt: skip


class YearPlans:
    """Plans for years that the documents are not of."""

    def __init__(self, phrases: Phrases, examples: ExamplePlans, absences: AbsencePlans) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.examples = examples
        self.absences = absences

    def other_year(self, question: Question) -> Plan | None:
        """The first year that is neither loaded nor part of a printed name or date."""
        for year in question.years if self.catalog.years else ():
            if year in self.catalog.years or self._is_printed(year, question.text):
                continue
            last_year = self._last_year(question, year) if year + 1 in self.catalog.years else None
            return last_year or Decline("year", f"{year}年")
        return None

    def two_years(self, question: Question) -> Compare | None:
        """`上年和今年的X差多少`, `上年X比今年多多少`: this year's figure, as the change is told of it, against last year's."""
        found = cue("two_years").fullmatch(question.text)
        name = next((each for each in found.groups() if each), "") if found is not None else ""
        selector = self.phrases.selector(name) if name else None
        if selector is None or not self._is_told(selector):
            return None
        return Compare(Change(selector, "this_year"), Change(selector, "last_year"))

    def year_before(self, question: Question) -> Plan | None:
        """`去年总预算是多少，帮我反推一下`: last year's figure, however it is said to be found and whatever is said around it."""
        text = cue("worked_back").sub("", cue("told_nowhere").sub("", question.text))
        if says(text, "than_last_year", "than_this_year", "carried_over"):
            return None
        for said in dict.fromkeys((text, *text.split(","))):
            rest = cue("year_before").sub("", said)
            if said != text and not self.phrases.content_in(rest) and (subject := self._risen_or_fallen(text)):
                rest = subject  # 某项支出涨了五倍,去年是多少
            selector = self.phrases.selector(cue("year_asides").sub("", rest)) if rest != said else None
            if selector is None or not self._is_told(selector) or selector.concept == "carried_over":
                continue
            plan = Change(selector, "last_year")
            if not unaccounted(plan, rest):
                return plan
        return None

    def _risen_or_fallen(self, text: str) -> str:
        """What a clause says has risen or fallen; "" where none does."""
        for clause in text.split(","):
            found = cue("rose").search(clause) or cue("fell").search(clause)
            if found is not None and self.phrases.content_in(clause[: found.start()]):
                return cue("heard_of").sub("", clause[: found.start()])
        return ""

    def change_of_the_rest(self, question: Question) -> Combine | None:
        """`除A以外其余资金比上年少了多少`: the change of the whole less the change of a part."""
        left_out = cue("left_out").search(question.text)
        rest = cue("left_out").sub("", question.text, count=1)
        if left_out is None or not cue("rest_changed").fullmatch(rest):
            return None
        part = self.phrases.selector(left_out["X"])
        whole = self.phrases.selector("总收入" if says(rest, "income") else "总支出")
        if whole is None or part is None or not self._is_told(part):
            return None
        fall = says(rest, "fell")
        return Combine("-", (Change(whole, "amount", fall=fall), Change(part, "amount", fall=fall)))

    def _is_told(self, selector: Selector) -> bool:
        """Whether a figure is known everywhere, a row of a table, or told in the prose of no project: its change can be."""
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids]
        if selector.project:
            return False
        return bool(selector.concept or selector.row_keys or selector.code) or (
            bool(facts) and all(fact.origin is Origin.PROSE and not fact.project for fact in facts)
        )

    def _last_year(self, question: Question, year: int) -> Plan | None:
        text = question.text
        if says(text, "final_accounts_said") and (absent := self.absences.absent(question)) is not None:
            return absent
        said = re.sub(rf"{year}(?:年度|年)?", "上年", text)
        plans = self.examples.plans_of(f"{said}吗" if says(question.said, "yes_no_end") else said, _OF_FIGURES)
        if (plan := next((each for each in plans if _speaks_of_change(each)), None)) is not None:
            return plan
        if (absent := self.absences.absent(question)) is not None:
            return absent
        if (before := self.year_before(replace(question, text=said))) is not None:
            return before
        selector = self.phrases.selector(re.sub(rf"{year}(?:年度|年)?的?", "", text))
        return Change(selector, "last_year") if selector is not None else None

    def _is_printed(self, year: int, text: str) -> bool:
        """Whether the year belongs to a name or a date that the documents print near the question's other words."""
        links = self.phrases.linker.link(re.sub(rf"{year}(?:年度|年)?", "", text))
        others = [w for w in self.phrases.content_in(text.replace(str(year), "")) if w.kind is not WordKind.UNKNOWN]
        core = links[0].entry.core if links else ""
        if str(year) in core and any(reading in core for word in others for reading in word.readings):
            return True
        dated = any(f"{year}年{month}月" in text for month in range(1, 13))
        return dated or bool(re.search(rf"{year}年?[-—至到~]|[-—至到~]{year}", text))


def seen_from(year: int | None, question: Question) -> Question:
    """A question whose year before a document's own is said by its number, as people say it in the document's year: 比2025年
    as 比上年; the end of that year is when a budget counts what there is."""
    if year is None or year - 1 not in question.years or year in question.years:
        return question
    number = rf"{year - 1}(?:年度?)?"
    text = re.sub(
        rf"(?<=[比较同跟与和]){number}(?:的?(?:年初)?(?:预算|执行)数?(?=[多少增减高低上下]))?", "上年", question.text
    )
    at_its_end = re.search(rf"{number}(?:年?[底末]|年终|12月(?:31[日号]|底))", text) is not None
    if (text == question.text and not at_its_end) or (str(year - 1) in text and not at_its_end):
        return question
    return replace(question, text=text, years=tuple(each for each in question.years if each != year - 1))


def _speaks_of_change(plan: Plan) -> bool:
    """Whether a plan has last year's figure, or the change since, in it."""
    return (
        isinstance(plan, Change)
        or any(isinstance(getattr(plan, name, None), Change) for name in ("left", "right", "numerator", "denominator"))
        or any(isinstance(each, Change) for each in getattr(plan, "operands", ()))
    )
