"""Plans of checks that were made when a document was read: a list and its total, one thing told twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.cues import cue, says
from assistant.names.segments import Word, WordKind
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in, without_money
from assistant.plan import CheckFinding
from assistant.question import Question
from assistant.words import finding_words
from ingest.facts import Grade
from ingest.labels import bare_label, label_key
from ingest.ledger.ledger import StoredFinding
from ingest.numbers.numbers import Numeral, NumeralKind, find_numerals
from ingest.numbers.quantities import YUAN

_TOLD_TWICE = ("sheet.frequency", "sheet.fund_sources")
_HOW_OFTEN = ("sheet.frequency",)
_SUMS = ("prose.sum",)
_TABLE_SUMS = ("table.total", "table.parts", "table.across")
_RECOMPUTED = ("prose.change", "prose.share")
_SHARES = ("prose.share",)
_RATES = (NumeralKind.SHARE, NumeralKind.RATE)


class FindingPlans:
    """Plans of stored findings of one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def listed_payments(self, question: Question) -> CheckFinding | None:
        """Whether a list in a text adds up to its own total."""
        text = question.text
        asked = says(text, "listed_entries") and says(text, "total_said") and says(question.raw, "list_ties")
        if not asked or self.phrases.tables_in(text)[0]:
            return None
        known = [w for w in self._words(text) if w.kind is not WordKind.UNKNOWN]
        found = [
            (stored.finding.grade is Grade.DISAGREES, -len(stored.fact_ids), number)
            for number, stored in enumerate(self.catalog.findings)
            if _is_of_a_total(stored) and self._names(stored, known) and self._prints(stored, text)
        ]
        return CheckFinding(text, (max(found)[2],), says(text, "contradiction")) if known and found else None

    def told_twice(self, question: Question) -> CheckFinding | None:
        """`某指标的次数前后一致吗`: two indicators of one thing, two statements of one amount."""
        text = question.text
        if says(text, "told_twice") and says(text, "agreement_asked"):
            return self._about(text, _TOLD_TWICE) or self._told_mostly(text, _TOLD_TWICE)
        by_no_name = says(text, "times_in_any_way") and not says(text, "times_named")
        return self._told_in_two_ways(text) if by_no_name else None

    def _told_in_two_ways(self, text: str) -> CheckFinding | None:
        """`轮训要搞几次`: the two indicators that tell how many times a thing is done, where they contradict each other."""
        plain = cue("times_in_any_way").sub(",", text)
        found = self._about(plain, _HOW_OFTEN) or self._told_mostly(plain, _HOW_OFTEN)
        findings = (self.catalog.findings[n].finding for n in found.findings) if found is not None else ()
        disagree = any(finding.grade is Grade.DISAGREES for finding in findings)
        return replace(found, denied=True) if found is not None and disagree else None

    def parts_and_whole(self, question: Question) -> CheckFinding | None:
        """`分类数相加等于实有数吗`: the parts that a sentence prints, or the rows or columns of a table, against their whole."""
        text = question.text
        asked = says(text, "agreement_asked", "tie_asked") or says(question.raw, "claim_asked")
        if not asked or not says(text, "parts_added", "plus_said", "parts_said"):
            return None
        if says(text, "beyond_it", "names_compared"):
            return None
        return self._of_table(text) or self._about(text, _SUMS) or self._told_mostly(text)

    def _of_table(self, text: str) -> CheckFinding | None:
        """The sum in a named table: of the row that is named, across its columns where they are meant; else of its total."""
        tables, rest = self.phrases.tables_in(text)
        titles = {self.catalog.tables[table].title for table in tables}
        found = {
            number: label_key(_whole_of(stored))
            for number, stored in enumerate(self.catalog.findings)
            if stored.finding.rule in _TABLE_SUMS and (not tables or stored.finding.table in titles)
        }
        said = label_key(rest)
        of_code = {label_key(s.fact.row) for code in _codes_in(rest) for s in self.catalog.codes.get(code, ())}
        rows = {row for row in found.values() if len(row) > 1 and row in said} | (of_code & set(found.values()))
        rows = {row for row in rows if not any(row != other and row in other for other in rows)}
        named = {row for row in rows if not says(row, "any_total")}
        across = says(rest, "columns_said")
        rules = ("table.across",) if across else ("table.parts", "table.total")
        chosen = [
            number
            for number, row in found.items()
            if self.catalog.findings[number].finding.rule in rules
            and (row in named if named else bool(tables) and says(row, "total_row"))
            and self._prints_digits(self.catalog.findings[number], rest)
        ]
        chosen = chosen if named else [n for n in chosen if self.catalog.findings[n].finding.rule != "table.parts"]
        return CheckFinding(text, tuple(chosen[:1]), says(text, "contradiction")) if chosen else None

    def _told_mostly(self, text: str, rules: Sequence[str] = _SUMS) -> CheckFinding | None:
        """The check of a sentence whose cells print what is said, and whose words explain most of the question."""
        words = [w for w in self._words(text) if not says(w.text, "added_words")]
        closest = self.phrases.closest
        total = sum(closest.weight(word) for word in words)
        scored = [
            (sum(closest.weight(w) * closest.explained(w, self._around(stored)) for w in words) / (total or 1.0), -n)
            for n, stored in enumerate(self.catalog.findings)
            if stored.finding.rule in rules and self._prints_digits(stored, text) and self._prints(stored, text)
        ]
        best = max(scored, default=(0.0, 0))
        if best[0] < _MOSTLY:
            return None
        return CheckFinding(text, (-best[1],), says(text, "contradiction"))

    def _prints_digits(self, stored: StoredFinding, text: str) -> bool:
        """Whether the cells of a finding print every amount that is said, by its digits or its value."""
        return all(
            any(cell.id in stored.fact_ids for cell in self.phrases.stated.cells(numeral))
            for numeral in amounts_in(text)
            if len(numeral.printed) > 2 and numeral.printed not in self.catalog.codes
        )

    def recomputed(self, question: Question) -> CheckFinding | None:
        """`文中下降46.15%重算对不对`, `收入说明里A占75.44%,对不对`: a printed rate or share, worked out anew when it was read;
        what it or last year's figure comes to, where that is asked."""
        text = cue("tolerance_said").sub("", question.text)
        rates = [n for n in find_numerals(text) if n.kind in _RATES]
        anew = says(text, "recomputed", "worked_out_anew") if rates else says(text, "strictly_anew")
        shares = len(rates) == 1 and not anew and says(question.raw, "claim_asked") and says(text, "share_stated")
        if (
            says(text, "shares_added")
            or len(rates) > 1
            or not (anew or shares)
            or not (rates or says(text, "rate_named"))
        ):
            return None
        plain = cue("worked_out_anew").sub(",", cue("recomputed").sub(",", text)) if anew else text
        rules = _RECOMPUTED if anew else _SHARES
        found = self._about(plain, rules) or self._told_mostly(plain, rules)
        rate = says(text, "rate_wanted") or not (rates or says(question.raw, "claim_asked", "agreement_asked"))
        asked = "last_year" if says(text, "last_year_wanted") else "rate" if rate else ""
        return replace(found, ask=asked) if found is not None else None

    def named_kind(self, question: Question) -> CheckFinding | None:
        """A question that only findings of one kind answer: which rows are printed twice, which names differ."""
        text = question.text
        for entry in finding_words():
            if not any(re.search(pattern, text) for pattern in entry.asks):
                continue
            found = [n for n, s in enumerate(self.catalog.findings) if s.finding.rule.startswith(entry.rules)]
            project = self.phrases.project_in(text)
            if project is not None and len(found) > 1:
                found = [n for n in found if project.key in self._around(self.catalog.findings[n])]
            if 0 < len(found) <= _MOST_TOLD:
                return CheckFinding(text, tuple(found), says(text, "contradiction", "names_differ"))
        return None

    def _about(self, text: str, rules: Sequence[str]) -> CheckFinding | None:
        """The findings that all the words of a question speak of, where they agree with each other."""
        words = self._words(text)
        if not words and not any(map(_is_told, find_numerals(text))):
            return None
        found = [
            number
            for number, stored in enumerate(self.catalog.findings)
            if stored.finding.rule in rules
            and (rules in (_RECOMPUTED, _SHARES) or _of_kind(stored, text))
            and self._names(stored, words)
            and self._prints(stored, text)
        ]
        grades = {self.catalog.findings[number].finding.grade is Grade.DISAGREES for number in found}
        if len(grades) != 1 or len(found) > _MOST_TOLD:
            return None
        return CheckFinding(text, tuple(found), says(text, "contradiction"))

    def _words(self, text: str) -> list[Word]:
        """What a question names beside its amounts and the words of a check."""
        text = without_money(text)
        for numeral in reversed([n for n in find_numerals(text) if n.kind in _RATES]):
            text = f"{text[: numeral.start]},{text[numeral.end :]}"
        return self.phrases.content_in(cue("check_words").sub(",", text))

    def _names(self, stored: StoredFinding, words: Sequence[Word]) -> bool:
        around = self._around(stored)
        return all(any(reading in around for reading in word.readings) for word in words)

    def _prints(self, stored: StoredFinding, text: str) -> bool:
        """Whether the cells of a finding print the amounts and rates of a question."""
        printed = [self.catalog.by_id[i].fact.quantity for i in stored.fact_ids if i in self.catalog.by_id]
        said = [n.quantity for n in find_numerals(text) if n.quantity is not None and _is_told(n)]
        return all(any(q is not None and abs(q.number) == abs(each.number) for q in printed) for each in said)

    def _around(self, stored: StoredFinding) -> str:
        """All that a finding and its cells are called."""
        facts = [self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id]
        labels = (label_key(part) for f in facts for part in (f.row, *f.row_path, f.project, f.table, f.sentence))
        return "".join((label_key(stored.finding.summary), *labels))


_MOST_TOLD = 2
_MOSTLY = 0.75  # the share of a question's words that a sentence's sum must explain
_NAMED = re.compile("「(.+?)」")
_CODE = re.compile(r"(?<!\d)\d{3,7}(?!\d)")


def _whole_of(stored: StoredFinding) -> str:
    """The row that a finding is about."""
    found = _NAMED.search(stored.finding.summary)
    return bare_label(found[1]) if found is not None else ""


def _codes_in(text: str) -> list[str]:
    return _CODE.findall(text)


def _of_kind(stored: StoredFinding, text: str) -> bool:
    """Whether a finding is of numbers, or of money, where only that is asked for."""
    result = stored.finding.actual or stored.finding.expected
    numbers, money = says(text, "numbers_said"), says(text, "sum_of_money_said")
    return result is None or numbers == money or (result.unit == YUAN) == money


def _is_told(numeral: Numeral) -> bool:
    return numeral.kind in (NumeralKind.MONEY, *_RATES) or (
        numeral.kind is NumeralKind.NUMBER and bool(set(numeral.printed) & set("万亿"))
    )


def _is_of_a_total(stored: StoredFinding) -> bool:
    """Whether a finding is about a list and its total."""
    rule = stored.finding.rule
    if rule == "prose.scope":
        return False  # of other projects than are counted
    return says(label_key(stored.finding.summary), "total_in_finding") or "total" in rule or "listed" in rule
