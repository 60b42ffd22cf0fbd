"""Plans of sums set against a figure: the parts are listed on one side of the question, their whole stands on the other.

`科目X的300万元，是否就是A与B两个项目之和`: which side is the list, and where the one ends, is told by what can be understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.catalog import bare_name
from assistant.cues import cue, says
from assistant.phrases.alignment import in_one_fund
from assistant.phrases.phrases import Phrases
from assistant.phrases.tables import Table
from assistant.phrases.trimming import amounts_in
from assistant.plan import (
    Aggregate,
    Check,
    Combine,
    Condition,
    Expression,
    Literal,
    Lookup,
    Members,
    Selector,
    Universe,
)
from assistant.plans.operands import Operands, whole_of
from assistant.question import Question
from ingest.facts import Level
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact

_SURE = 0.8  # of each listed figure
_MOST = 20  # places where a question may be cut


class SumPlans:
    """Plans of sums over one catalog."""

    def __init__(self, phrases: Phrases, operands: Operands) -> None:
        self.phrases = phrases
        self.operands = operands
        self.catalog = phrases.catalog

    def ties(self, question: Question) -> Check | None:
        """Whether listed figures add up to another one."""
        text = question.text
        asked = says(text, "agreement_asked", "tie_asked") or says(question.raw, "claim_asked")
        if not asked or not says(text, "parts_added", "plus_said") or says(text, "beyond_it", "short_of_it"):
            return None
        best: tuple[tuple[int, float], Check] | None = None
        for one, other in _cuts(text):
            for listed, rest in ((one, other), (other, one)):
                found = self._check(listed, rest)
                if found is None:
                    continue
                parts = found.left.operands if isinstance(found.left, Combine) else ()
                rank = len(parts), sum(p.of.confidence for p in parts if isinstance(p, Lookup))
                if best is None or rank > best[0]:
                    best = rank, found
        return best[1] if best is not None else None

    def _check(self, listed: str, rest: str) -> Check | None:
        tables, _ = self.phrases.tables_in(listed)
        parts = self._parts(listed, tables)
        total = Combine("+", parts)
        if len(parts) < 2:
            return self._of_projects(listed, rest, tables)
        whole = self._whole(rest, total, tables)
        if whole is None or whole in parts:
            return None
        if isinstance(whole, Lookup) and whole.of.tables:
            total = Combine("+", tuple(_in_tables(part, whole) for part in parts))
        return Check(total, "=", whole)

    def _of_projects(self, listed: str, rest: str, tables: tuple[Table, ...]) -> Check | None:
        """`表12十四个项目累加一遍`: all projects of a table."""
        words = cue("project_set").sub("", cue("added_words").sub("", self.phrases.tables_in(listed)[1]))
        if len(tables) != 1 or not says(listed, "project_set") or self.phrases.content_in(words):
            return None
        table = Condition("table", "=", f"{tables[0][0]}:{tables[0][1]}")
        title = self.catalog.tables[tables[0]].title
        total = Aggregate("sum", Members(Universe.PROJECTS, f"{title}各项目", (table,)))
        whole = self._whole(rest, Combine("+", ()), ())
        return Check(total, "=", whole) if whole is not None else None

    def _parts(self, text: str, tables: tuple[Table, ...]) -> tuple[Lookup, ...]:
        """The figures of a list, each surely named, or named with the number that a cell prints."""
        if not says(text, "parts_added", "plus_said", "of_several"):
            return ()
        text = cue("tie_words").sub("", text)
        added = [found for found in cue("added_words").finditer(text) if found.start() > 0]
        listed = (text[: added[0].start()] if added else text, cue("added_words").sub("", text))
        for phrase in dict.fromkeys(cue("added_words").sub("", each).strip(",，的:") for each in listed):
            plain = cue("of_several").sub("", self.phrases.tables_in(phrase)[1]).strip(",，的")
            if amounts_in(plain):
                return self._stated(plain)
            several = dict.fromkeys((phrase, cue("of_several").sub("", phrase)))
            lists = [found for each in several if _is_sure(found := self._listed(each))]
            if lists:
                best = max(lists, key=lambda found: (_of_one_kind(found), min(p.of.confidence for p in found)))
                aligned = (part for part in in_one_fund(best) if isinstance(part, Lookup))
                return tuple(self._of_columns(part, tables) for part in aligned)
        return ()

    def _listed(self, phrase: str) -> Sequence[Lookup]:
        """A list's figures, as a sum of them is understood where they are of different kinds."""
        found = self.phrases.figures(phrase)
        if found and _of_one_kind(found):
            return found
        summed = self.phrases.expression(f"{phrase}之和")
        parts = summed.operands if isinstance(summed, Combine) and summed.operator == "+" else ()
        figures = [part for part in parts if isinstance(part, Lookup)]
        return figures if len(figures) == len(parts) and figures else found

    def _stated(self, phrase: str) -> tuple[Lookup, ...]:
        """`货物12.5、工程300`: the cells that print the numbers, each the one that its name tells best."""
        found: list[Lookup] = []
        for part in cue("list_separator").split(phrase):
            said = amounts_in(part)
            cells = self.phrases.stated.cells(said[0]) if len(said) == 1 else []
            words = self.phrases.content_in(part)
            if not cells or not words:
                return ()
            named = [sum(self.phrases.closest.explained(w, _name_of(s)) for w in words) for s in cells]
            best = cells[named.index(max(named))]
            label = best.fact.column[-1] if best.fact.coordinates.level is Level.TOTAL else bare_name(best)
            found.append(Lookup(Selector(part, label, fact_ids=(best.id,))))
        return tuple(found)

    def _of_columns(self, part: Lookup, tables: tuple[Table, ...]) -> Lookup:
        """A part that its table has no row for but a column: the column's total."""
        if not part.of.tables and not tables:
            return part
        within = part.of.tables or tables
        key = label_key(self.phrases.tables_in(part.of.words)[1])
        of_column = [
            s
            for table in within
            for s in self.catalog.cells_of_table(table)
            if s.fact.coordinates.level is Level.TOTAL and label_key("".join(s.fact.column)) == key and s.fact.quantity
        ]
        rows = {s for key in part.of.row_keys for s in self.catalog.rows.get(key, ())}
        if not of_column or any((s.document_id, s.fact.table_index) in within for s in rows):
            return part
        return Lookup(Selector(part.of.words, part.of.label, fact_ids=(of_column[0].id,), tables=within))

    def _whole(self, text: str, parts: Combine, tables: tuple[Table, ...]) -> Expression | None:
        """The figure that the parts are held against; a total without a name is that of the parts or of their table."""
        for phrase in dict.fromkeys((text, text.partition(",")[0], text.rpartition(",")[2])):
            phrase = cue("tie_words").sub("", phrase).strip(",，的:")
            if not phrase:
                continue
            if says(phrase, "any_total"):
                title = self.catalog.tables[tables[0]].title if tables else ""
                named = whole_of(parts) or (f"{title}合计" if title else "")
                return self.phrases.expression(named) if named else None
            found = self._printing(phrase, self.operands.figure(phrase))
            if (
                found is not None
                and not isinstance(found, Combine)
                and not (isinstance(found, Lookup) and found.of.confidence < _SURE)
            ):
                return found
        return None

    def _printing(self, phrase: str, figure: Expression | None) -> Expression | None:
        """A figure that prints the amount said with it; else the amount itself."""
        said = [n for n in amounts_in(phrase) if len(n.printed) > 2 and n.printed not in self.catalog.codes]
        if len(said) != 1 or said[0].quantity is None or isinstance(figure, Literal):
            return figure
        cells = {s.id for s in self.phrases.stated.cells(said[0])}
        if isinstance(figure, Lookup) and cells & set(figure.of.fact_ids):
            return figure
        return self.phrases.expression(said[0].printed)


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """A question cut in two at each word that relates two sides."""
    for number, found in enumerate(cue("sides_meet").finditer(text)):
        if number < _MOST and found.start() > 1 and found.end() < len(text) - 1:
            yield text[: found.start()], text[found.end() :]


def _in_tables(part: Lookup, whole: Lookup) -> Lookup:
    """A part in the table of the whole, where it names none itself."""
    if part.of.tables or part.of.project or part.of.fact_ids:
        return part
    return Lookup(replace(part.of, tables=whole.of.tables))


def _is_sure(found: Sequence[Lookup]) -> bool:
    mixed = len({bool(part.of.project) for part in found}) > 1
    return bool(found) and not mixed and all(part.of.confidence >= _SURE for part in found)


def _of_one_kind(found: Sequence[Lookup]) -> bool:
    """Whether all parts are projects, or all figures that every disclosure knows, or all rows, or all told facts."""
    kinds = {(bool(p.of.project), bool(p.of.concept), bool(p.of.row_keys), bool(p.of.fact_ids)) for p in found}
    return len(kinds) == 1


def _name_of(stored: StoredFact) -> str:
    return "".join(map(label_key, (stored.fact.row, stored.fact.project, *stored.fact.column)))
