"""Plans that check: what is wrong, whether lists add up, whether a figure is printed alike in several places."""

from __future__ import annotations

from dataclasses import replace

from assistant.computing.figures import Figures
from assistant.cues import cue, says
from assistant.exemplars import match_exemplars
from assistant.phrases.phrases import Phrases
from assistant.plan import Audit, Check, Consistent, Lookup, Plan, Wish
from assistant.question import Question
from assistant.words import finding_words
from ingest.facts import Origin
from ingest.numbers.numbers import find_numerals


class CheckPlans:
    """Plans of checks over one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def audit(self, question: Question) -> Plan | None:
        """What is wrong: everything, or the findings on a table, a project or a kind of check."""
        text = question.text
        if says(text, "asks_amount") or (says(text, "asks_how_much") and not says(text, "wrong")):
            return None
        if says(text, "nothing_wrong") and find_numerals(text):
            return None  # the number said is to be confirmed
        if says(text, "multiplied_by"):
            return None  # the number said is what is to be multiplied by
        asked = self.phrases.printed.without(text)  # words of a printed name doubt nothing
        rules = () if says(text, "whole_document") else _rules_meant(asked)
        tables, rest = self.phrases.tables_in(text)
        wrong = says(asked, "wrong")
        if any(match.kind == "audit" for match in match_exemplars(asked, self.phrases.linker.exemplars)) and not (
            rules and wrong
        ):
            project = self.phrases.project_in(rest)
            return Audit(text, project.key if project else "", tables)
        ties = says(asked, "right_or_not") or ("sheet.years" in rules and says(asked, "years_tie"))
        if not wrong and not (rules and ties):
            return None
        project = self.phrases.project_in(rest)
        if project is None and not tables and not (rules and wrong):
            return None
        judge = ties and says(question.raw + text, "yes_or_no")
        return Audit(text, project.key if project else "", tables, rules, judge, says(text, "concerned_projects"))

    def agreement(self, question: Question) -> Plan | None:
        """`X两张表一致吗`, `收支平衡吗`: one figure in several places, or the two sides of the balance."""
        text = question.text
        if (compared := self._told_as_tabled(text)) is not None:
            return compared
        if says(text, "balance_ties"):
            income, spending = self.phrases.selector("总收入"), self.phrases.selector("总支出")
            return Check(Lookup(income), "=", Lookup(spending)) if income is not None and spending is not None else None
        if (same := cue("same_number").search(text)) is not None:
            figures = self.phrases.figures(text[: same.start()])
            return Check(figures[0], "=", figures[1], ask_left=True) if len(figures) == 2 else None
        if (over := self._over_its_number(text)) is not None:
            return over
        found = cue("places_agree").search(text)
        selector = self.phrases.selector(text.replace(found[0], "")) if found else None
        return Consistent(selector) if selector is not None else None

    def _over_its_number(self, text: str) -> Plan | None:
        """`公车超编了吗`: more than the number that is set for them."""
        said = cue("over_its_number").search(text)
        if said is None:
            return None
        there, allowed = (self.phrases.selector(f"{text[: said.start()]}{what}") for what in ("实有数", "编制数"))
        return Check(Lookup(there), ">", Lookup(allowed)) if there is not None and allowed is not None else None

    def _told_as_tabled(self, text: str) -> Plan | None:
        """`X在表里和文字说明里一致吗`: the figure as a table prints it against the figure that the prose tells."""
        if not (says(text, "prose_said") and says(text, "table_said") and says(text, "told_alike")):
            return None
        named = cue("told_of").match(text)
        selector = self.phrases.selector(named["A"]) if named else None
        if selector is None:
            return None
        told = self.catalog.prose.get(selector.project, []) if selector.project else []
        selector = replace(selector, wish=Wish()) if selector.project else selector
        cells = [*Figures(self.catalog).candidates(selector), *told]
        tabled = tuple(s.id for s in cells if s.fact.origin is Origin.TABLE)
        in_prose = tuple(s.id for s in cells if s.fact.origin is Origin.PROSE)
        if not tabled or not in_prose:
            return None
        return Check(
            Lookup(replace(selector, label=f"{selector.label}（表）", fact_ids=tabled)),
            "=",
            Lookup(replace(selector, label=f"{selector.label}（文字说明）", fact_ids=in_prose)),
        )


def _rules_meant(text: str) -> tuple[str, ...]:
    """The rules whose findings the longest words said speak of."""
    said = {word: entry.rules for entry in finding_words() for word in entry.words if word in text}
    longest = max(map(len, said), default=0)
    return tuple(dict.fromkeys(rule for word, keys in said.items() if len(word) == longest for rule in keys))
