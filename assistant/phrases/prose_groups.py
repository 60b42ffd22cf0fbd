"""Amounts that a project's text lists: `酒店扶持三个节点`, `两笔兑现`, when as many are printed as the phrase says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.catalog import Catalog
from assistant.cues import cue, says
from assistant.names.linking import Linker
from assistant.names.segments import Word, WordKind, content_of
from assistant.plan import Lookup, Members, Selector, Universe, Wish
from ingest.facts import Origin, Role
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFact
from ingest.numbers.numbers import as_number


class ProseGroups:
    """Finds lists of amounts in the texts of one catalog."""

    def __init__(self, catalog: Catalog, linker: Linker) -> None:
        self.catalog = catalog
        self.linker = linker

    def prose_group(self, text: str) -> Members | None:
        """The amounts as a given set; None when no text lists exactly that many."""
        found = cue("listed_amounts").search(text)
        number = as_number(found["n"]) if found else None
        if found is None or number is None or self._counts_something_else(text[found.end() :]):
            return None
        plain = text.replace(found[0], found["unit"].removeprefix("个") + " ")
        words = self._named_in(plain)
        ids = self._under_one_subject(words, int(number)) or self._in_one_project(words, int(number))
        if not ids:
            return None
        return Members(Universe.GIVEN, text, given=tuple(self._lookup(number) for number in ids))

    def beside(self, one: Selector, text: str) -> Members | None:
        """The list that a figure is of, where a phrase only says how many are on it: 节点二 beside `三个节点合计`."""
        found = cue("listed_amounts").search(text)
        number = as_number(found["n"]) if found else None
        stored = self.catalog.by_id.get(one.fact_ids[0]) if one.fact_ids else None
        if found is None or number is None or stored is None or not stored.fact.row_path:
            return None
        rest = cue("together_pointed").sub(",", text.replace(found[0], ","))
        if self._named_in(rest):
            return None
        listed = self._lists().get((stored.fact.project, stored.fact.row_path), [])
        given = tuple(self._lookup(each) for each in listed)
        return Members(Universe.GIVEN, text, given=given) if len(given) == number else None

    def of_a_text(self, text: str) -> Members | None:
        """Every amount that a project's text lists (`概况里列出来的金额`); of a list with a total printed, the total. None
        where no text is spoken of, or its project has no list."""
        found = cue("amounts_of_a_text").search(text)
        if found is None:
            return None
        rest = cue("together_pointed").sub(",", text.replace(found[0], ","))
        words = [w for part in rest.split(",") for w in self._named_in(part)]
        by_project: dict[str, list[StoredFact]] = {}
        for stored in self._amounts():
            by_project.setdefault(label_key(stored.fact.project), []).append(stored)
        named = [
            kept
            for key, listed in by_project.items()
            if any(_is_in(word, key) for word in words)
            and (kept := _telling_of([word for word in words if not _is_in(word, key)], listed))
        ]
        kept = _totals_for_parts(named[0]) if len(named) == 1 else []
        return Members(Universe.GIVEN, text, given=tuple(self._lookup(s.id) for s in kept)) if kept else None

    def _named_in(self, text: str) -> list[Word]:
        return [word for word in content_of(self.linker.words(text)) if word.kind is not WordKind.UNKNOWN]

    def shares(self, text: str) -> tuple[Lookup, ...]:
        """The shares of one whole that a section prints: `收入说明里各项占比`; () unless the words fit one section alone."""
        words = content_of(self.linker.words(text))
        groups: dict[tuple[int, str, tuple[str, ...]], list[int]] = {}
        for stored in self.catalog.facts:
            fact = stored.fact
            if (
                fact.origin is Origin.PROSE
                and fact.coordinates.role is Role.SHARE
                and fact.row_path
                and not fact.project
            ):
                groups.setdefault((stored.document_id, fact.table, fact.row_path), []).append(stored.id)
        fitting = [
            ids
            for (_, heading, path), ids in groups.items()
            if len(ids) > 1 and all(_is_in(word, label_key("".join((heading, *path)))) for word in words)
        ]
        if not words or len(fitting) != 1:
            return ()
        shares = (self._lookup(each).of for each in fitting[0])
        return tuple(Lookup(replace(of, label=f"{of.label}占比", wish=Wish(role=Role.SHARE))) for of in shares)

    def _counts_something_else(self, after: str) -> bool:
        """`两个县…`: what is counted is no word of any name here."""
        words = self.linker.words(after)
        return bool(words) and words[0].kind is WordKind.UNKNOWN

    def _lookup(self, fact_id: int) -> Lookup:
        stored = self.catalog.by_id[fact_id]
        row = stored.fact.row
        label = f"{stored.fact.row_path[-1]}{row}" if is_total(stored) and stored.fact.row_path else row
        return Lookup(Selector(row, label, fact_ids=(fact_id,)))

    def _amounts(self) -> Iterator[StoredFact]:
        for stored in self.catalog.facts:
            fact = stored.fact
            if fact.origin is Origin.PROSE and fact.project and fact.quantity and fact.coordinates.role is Role.AMOUNT:
                yield stored

    def _lists(self) -> dict[tuple[str, tuple[str, ...]], list[int]]:
        """The amounts that each project lists under one subject, without their totals."""
        found: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for stored in self._amounts():
            if stored.fact.row_path and not is_total(stored):
                found.setdefault((stored.fact.project, stored.fact.row_path), []).append(stored.id)
        return found

    def _under_one_subject(self, words: Sequence[Word], number: int) -> list[int]:
        """The list under the subject that most of the words speak of; all words but one must."""
        scored = []
        for (_project, path), ids in self._lists().items():
            rows = (self.catalog.by_id[i].fact.row for i in ids)
            around = "".join(map(label_key, (*path, *rows)))
            hits = sum(any(reading in around for reading in word.readings) for word in words)
            if len(ids) == number and hits and hits >= len(words) - 1:
                scored.append((hits, ids))
        return max(scored, key=lambda pair: pair[0])[1] if scored else []

    def _in_one_project(self, words: Sequence[Word], number: int) -> list[int]:
        """The amounts of one project whose subjects hold all words that its name does not."""
        named: dict[str, list[int]] = {}
        for stored in self._amounts():
            project, row = label_key(stored.fact.project), label_key(stored.fact.row)
            asked = [w for w in words if not any(reading in project for reading in w.readings)]
            if asked and all(any(reading in row for reading in w.readings) for w in asked):
                named.setdefault(stored.fact.project, []).append(stored.id)
        return next((ids for ids in named.values() if len(ids) == number), [])


def _telling_of(words: Sequence[Word], listed: Sequence[StoredFact]) -> list[StoredFact]:
    """The amounts that are listed of what some words name; all where there are none."""
    around = [(s, label_key("".join((s.fact.row, *s.fact.row_path)))) for s in listed]
    return [s for s, names in around if all(_is_in(word, names) for word in words)]


def _totals_for_parts(listed: Sequence[StoredFact]) -> list[StoredFact]:
    """The amounts of lists, of a list with a total only the total; no limits, and nothing that has to be reached first."""
    summed = {s.fact.row_path for s in listed if is_total(s)}
    names = "，".join(label_key(s.fact.row) for s in listed)
    kept = [s for s in listed if is_total(s) or s.fact.row_path not in summed]
    return [s for s in kept if not says(label_key(s.fact.row), "limit_name") and label_key(s.fact.printed) not in names]


def is_total(stored: StoredFact) -> bool:
    """Whether a figure of a text is the total of its list."""
    return says(label_key(stored.fact.row), "listed_total")


def printed_total(catalog: Catalog, parts: Sequence[StoredFact]) -> Selector | None:
    """The total that a text prints of the list which parts are of, whatever they add up to; None where it prints none."""
    first = parts[0]
    if not first.fact.row_path or {s.fact.row_path for s in parts} != {first.fact.row_path}:
        return None
    of_list = (first.document_id, first.fact.table, first.fact.project, first.fact.row_path)
    totals = [
        s
        for s in catalog.facts
        if is_total(s) and (s.document_id, s.fact.table, s.fact.project, s.fact.row_path) == of_list
    ]
    if len(totals) != 1 or totals[0] in parts:
        return None
    label = f"{first.fact.row_path[-1]}{totals[0].fact.row}"
    return Selector(label, label, fact_ids=(totals[0].id,))


def _is_in(word: Word, label: str) -> bool:
    return any(reading in label for reading in word.readings)
