"""Several figures named one after the other, where each name may leave out what its neighbours say.

`城西和城东两个片区的清淤总量`, `采购的货物、工程、服务`: a head that the first name begins with, or a tail that the last one ends
with, may belong to all. Every way to share them is tried; the one whose figures are most of one kind is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.catalog import Catalog
from assistant.cues import cue
from assistant.names.light_words import tagged
from assistant.names.linking import EntryKind, Link, Linker
from assistant.names.segments import content_of
from assistant.phrases.figures import FigureNames
from assistant.plan import Lookup, Selector, Wish
from assistant.words import concept_names, concepts
from ingest.labels import label_key
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import YUAN
from ingest.numbers.units import to_base

_REMEMBERED = 256  # phrases
_SURE = 0.9  # names that need no help from their neighbours
_LEAST_SURE = 0.45  # names that no neighbour could make sure
_MOST_SHARED = 4  # how many ways to share a head, and a tail
_COST = "费"
_LONGEST_SHORT = 4  # characters of what a cost is of
_AS_WELL = 0.03  # how much less of a phrase a figure may explain than the best, and still be one of several alike


@dataclass(frozen=True, slots=True)
class _List:
    """Names in order with the words that may belong to each of them, the likeliest first."""

    parts: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]


class FigureLists:
    """Finds lists of figures of one catalog."""

    def __init__(self, catalog: Catalog, linker: Linker, figures: FigureNames) -> None:
        self.catalog = catalog
        self.linker = linker
        self.names = figures
        self._found = lru_cache(_REMEMBERED)(self._resolved)

    def figures(self, phrase: str, distinct: bool = True) -> list[Lookup]:
        """`办公费、差旅费和会议费`: a figure for each name; empty unless each is understood, and `distinct` from the others."""
        found = self._found(phrase)
        if not found or (distinct and not _all_different(found)):
            return []
        return [Lookup(each) for each in found]

    def _resolved(self, phrase: str) -> tuple[Selector, ...]:
        listed = self._list(phrase)
        if listed is None:
            return self._alike(phrase)
        best: tuple[float, tuple[Selector, ...]] = (0.0, ())
        for head in listed.heads:
            for tail in listed.tails:
                found = self._each(listed, head, tail)
                if not found:
                    continue
                score = self._score(found, head, tail)
                if not head and not tail and score >= 2 + _SURE:
                    return found
                best = max(best, (score, found), key=lambda scored: scored[0])
        return best[1]

    # ── names and what they share ──────────────────────────────────────────────────────────────────────────

    def _list(self, phrase: str) -> _List | None:
        """The names of a phrase; None when it is no list."""
        aside = cue("listed_aside").fullmatch(phrase)
        group = cue("listed_group").fullmatch(phrase) if aside is None else None
        names = aside["L"] if aside else group["L"] if group else phrase
        parts = tuple(part for part in cue("list_separator").split(names) if part.strip())
        if len(parts) < 2:
            return None
        if aside is not None:
            return _List(parts, (aside["head"], ""), (aside["tail"], ""))
        if group is not None and (group["n"] == "几" or as_number(group["n"]) == len(parts)):
            noun, tail = group["noun"], group["tail"] or ""
            tails = (noun + tail, tail) if tail else (noun, "")
            return _List(parts, ("", *self._heads(parts[0])), tuple(dict.fromkeys(tails)))
        return _List(parts, ("", *self._heads(parts[0])), ("", *self._tails(parts[-1])))

    def _heads(self, first: str) -> Iterator[str]:
        """What the first name may begin with for all: `采购的` of `采购的货物`."""
        yield from list(dict.fromkeys(self._cuts(first)))[:_MOST_SHARED]

    def _tails(self, last: str) -> Iterator[str]:
        """What the last name may end with for all: `片区面积` of `城东片区面积`."""
        for head in list(dict.fromkeys(self._cuts(last)))[:_MOST_SHARED]:
            yield last[len(head) :]

    def _cuts(self, name: str) -> Iterator[str]:
        """The beginnings of a name that end with one of its words."""
        if (code := cue("subject_code").match(name)) is not None:
            yield code[0]
        position, words = 0, self.linker.words(name)
        for number, word in enumerate(words[:-1]):
            place = name.find(word.text, position)
            position = place + len(word.text) if place >= 0 else position
            joins = words[number + 1].kind.value == "filler"
            if place >= 0 and not joins and 2 <= position < len(name) - 1:
                yield name[:position]
        for found in cue("belongs_to").finditer(name, 2, len(name) - 1):
            yield name[: found.end()]
        position = 0
        for plain, _ in tagged(name) if len(words) == 1 else ():  # 政府采购 of 政府采购货物, a name of one word
            position += len(plain)
            if 2 <= position < len(name) - 1:
                yield name[:position]

    # ── figures ────────────────────────────────────────────────────────────────────────────────────────────

    def _each(self, listed: _List, head: str, tail: str) -> tuple[Selector, ...]:
        """The figure of each name with the head and the tail; () unless each has one."""
        parts = [listed.parts[0].removeprefix(head), *listed.parts[1:]]
        parts[-1] = parts[-1].removesuffix(tail) if tail and parts[-1] != tail else parts[-1]
        costs = [self._cost_of(part) for part in parts] if not tail else []
        if costs and None not in costs:
            return tuple(filter(None, costs))
        found: list[Selector] = []
        for part in parts:
            if head and self._names_nothing(part):
                return ()
            each = self.names.selector(head + part + tail)
            if each is None and found and found[0].project:
                each = self._period_of(found[0], part)
            if each is None or each.confidence < _LEAST_SURE:
                return ()
            found.append(each)
        return tuple(found)

    def _names_nothing(self, part: str) -> bool:
        """Whether a part would be named by its neighbours' head alone: 一年最多."""
        wish, rest = self.names.coordinates.wish_in(part)
        return wish.is_empty and not content_of(self.linker.words(rest)) and cue("annual_part").fullmatch(part) is None

    def _cost_of(self, part: str) -> Selector | None:
        """`水、电、取暖`: the cost that a row prints of what is only named by its word."""
        key = f"{label_key(part)}{_COST}"
        rows = self.catalog.rows.get(key, ()) if 0 < len(part) <= _LONGEST_SHORT else ()
        return Selector(part, rows[0].fact.row, row_keys=(key,)) if rows else None

    def _period_of(self, owner: Selector, part: str) -> Selector | None:
        """`泵站的实施期总额、年度总额`: a later part that only names a period of the first one's project."""
        wish, rest = self.names.coordinates.wish_in(part)
        annual = cue("annual_part").fullmatch(part)
        if annual is None and (wish.period is None or content_of(self.linker.words(rest))):
            return None
        return replace(owner, words=part, label=f"{owner.label}（{part}）", wish=Wish(period=wish.period))

    def _score(self, found: Sequence[Selector], head: str, tail: str) -> float:
        """How much the figures are of one kind: one unit, one project or none, sure names, as little shared as possible."""
        units = set.intersection(*map(self._units, found))
        facts = [[self.catalog.by_id[i].fact for i in each.fact_ids] for each in found]
        kinds = {
            ("facts", f[0].project, f[0].origin) if f else ("project",) if s.project else ()
            for f, s in zip(facts, found, strict=True)
        }
        score = sum(min(each.confidence, 1.0) for each in found) / len(found)
        score += (1 if units else 0) + (1 if len(kinds) == 1 else 0) + (0.5 if _all_different(found) else 0) - 0.5
        if head and all(label_key(head) in self._labels_of(each) for each in found):
            score += 0.15
        return score - 0.04 * bool(head) - 0.04 * bool(tail)

    def _labels_of(self, selector: Selector) -> str:
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids]
        return "".join(label_key(label) for fact in facts for label in (fact.row, *fact.row_path))

    def _units(self, selector: Selector) -> set[str]:
        """The units a selector's own facts are in; money for what is found by name."""
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids if i in self.catalog.by_id]
        return {to_base(f.quantity.unit)[0] for f in facts if f.quantity is not None} or {YUAN}

    def _alike(self, phrase: str) -> tuple[Selector, ...]:
        """`两个水厂的用水量`: as many figures as the phrase counts that explain the rest of it alike."""
        counted = cue("counted_alike").fullmatch(phrase)
        number = as_number(counted["n"]) if counted else None
        if counted is None or number is None:
            return ()
        kinds = (EntryKind.INDICATOR, EntryKind.PROSE)
        links = [link for link in self.linker.link(counted["rest"], kinds=kinds)]
        best = (
            [link for link in links if link.coverage >= max(links[0].coverage - _AS_WELL, _SURE - 0.3)] if links else []
        )
        fitting: dict[str, Link] = {}
        for link in best:
            if link.entry.units & best[0].entry.units and link.entry.project == best[0].entry.project:
                fitting.setdefault(link.entry.core, link)
        if len(fitting) != int(number):
            return ()
        return tuple(
            Selector(phrase, link.entry.label, fact_ids=tuple(s.id for s in link.entry.facts), confidence=link.score)
            for link in fitting.values()
        )


def adjacent_concepts(text: str) -> list[Lookup]:
    """`货物工程服务`: names of concepts written one after the other; empty when anything else is there."""
    key = label_key(text)
    rows = {label_key(row): concept for concept in concepts() for row in (*concept.rows, *concept.prose)}
    names = rows | concept_names()
    ordered = sorted(names, key=len, reverse=True)
    found: list[Lookup] = []
    position = 0
    while position < len(key):
        name = next((n for n in ordered if key.startswith(n, position)), None)
        if name is None:
            return []
        concept = names[name]
        selector = Selector(name, concept.label, concept.wished(), concept=concept.key, table_kinds=concept.tables)
        found.append(Lookup(selector))
        position += len(name)
    return found


def _all_different(found: Sequence[Selector]) -> bool:
    """Whether the figures are of different things: the same project twice is no sum."""
    projects = [(each.project, each.wish) for each in found if each.project]
    facts = [each.fact_ids for each in found if each.fact_ids]
    several = (found, projects, facts)
    return all(len(set(each)) == len(each) for each in several)
