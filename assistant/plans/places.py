"""One figure in two places that a question names: `X在表5和表12里一致吗`, `说明里的X跟表4的数差多少`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.computing.figures import Figures
from assistant.cues import cue, says
from assistant.phrases.coordinates import concept_of
from assistant.phrases.phrases import Phrases
from assistant.phrases.tables import Table
from assistant.plan import Check, Combine, Compare, Expression, Lookup, Plan, Selector, Wish
from assistant.plans.printed import as_printed
from assistant.question import Question
from ingest.facts import Origin, Period, Role
from ingest.labels import label_key

_MARK = "\0"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a figure is to be looked for: a table, the performance sheets, the prose."""

    start: int
    end: int
    origin: Origin
    tables: tuple[Table, ...] = ()


class PlacePlans:
    """Plans of comparisons between places of one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog
        self.figures = Figures(phrases.catalog)

    def compared(self, question: Question) -> Plan | None:
        """The figure in the first place against the same figure in the second."""
        text = question.text
        alike, apart = says(text, "told_alike"), says(text, "gap")
        sides = self.sides(text) if alike or apart else None
        if sides is None:
            return None
        if alike and not says(text, "as_corrected"):
            sides = (
                [as_printed(each, self.figures) for each in sides[0]],
                [as_printed(each, self.figures) for each in sides[1]],
            )
        left, right = map(_together, sides)
        return Check(left, "=", right, ask_amount=apart) if alike else Compare(left, right)

    def sides(self, text: str) -> tuple[list[Lookup], list[Lookup]] | None:
        """The figures named, in the first place and in the second; None unless two places print them."""
        places = sorted(self._places(text), key=lambda place: place.start)
        if len(places) != 2 or places[0].end > places[1].start:
            return None
        if (places[0].origin, places[0].tables) == (places[1].origin, places[1].tables):
            return None
        named = self._named(text, places)
        if not named:
            return self._named_in_each(text, places)
        left, right = ([found for each in named if (found := self._in(place, each)) is not None] for place in places)
        return (left, right) if named and len(left) == len(right) == len(named) else None

    def _places(self, text: str) -> Iterator[_Place]:
        numbered: list[_Place] = []
        for found in cue("table_number").finditer(text):
            if tables := self.phrases.tables_in(found[0])[0]:
                numbered.append(_Place(found.start(), found.end(), Origin.TABLE, tables))
        yield from numbered
        if not numbered:
            for start, end, titled in self.phrases.titled(text):
                yield _Place(start, end, Origin.TABLE, tuple(titled[:1]))
        for pattern, origin in ((cue("sheet_place"), Origin.SHEET), (cue("prose_place"), Origin.PROSE)):
            for found in pattern.finditer(text):
                yield _Place(found.start(), found.end(), origin)

    def _named_in_each(self, text: str, places: list[_Place]) -> tuple[list[Lookup], list[Lookup]] | None:
        """`表3的X和表2的X本年收入`: one name behind each place, with the coordinates that stand there."""
        _, *names = self._around(text, places)
        base = min(names, key=len)
        wishes = [self.phrases.wish_in(name.removeprefix(base)) for name in names]
        if base and not all(name.startswith(base) for name in names):
            return self._each_its_own(names, places)
        selector = self.phrases.selector(base) if base else None
        if selector is None or selector.fact_ids or any(self.phrases.content_in(rest) for _, rest in wishes):
            return None
        pairs = zip(places, wishes, strict=True)
        found = [self._in(p, replace(selector, wish=w.with_defaults(selector.wish))) for p, (w, _) in pairs]
        left, right = found
        return ([left], [right]) if left is not None and right is not None else None

    def _each_its_own(self, names: list[str], places: list[_Place]) -> tuple[list[Lookup], list[Lookup]] | None:
        """`表8的X和表9的Y一致吗`: each name in the table before it; none where one is not printed there."""
        selectors = [self.phrases.selector(name) for name in names]
        if len(names) != len(places) or any(place.origin is not Origin.TABLE for place in places):
            return None
        found = [self._in(place, each) for place, each in zip(places, selectors, strict=True) if each is not None]
        told = [each for each in found if each is not None]
        return ([told[0]], [told[1]]) if len(told) == len(places) else None

    def _around(self, text: str, places: list[_Place]) -> list[str]:
        """What is said before, between and behind the places, without the words that only join."""
        for place in reversed(places):
            text = text[: place.start] + _MARK + text[place.end :]
        return [cue("place_glue").sub("", part) for part in text.split(_MARK)]

    def _named(self, text: str, places: list[_Place]) -> list[Selector]:
        """What is compared: the one figure, or list of figures, that is named beside the places."""
        names = [part for part in self._around(text, places) if self.phrases.content_in(part)]
        if len(names) != 1:
            return []
        if listed := self.phrases.figures(names[0]):
            return [each.of for each in listed]
        selector = self.phrases.selector(names[0])
        return [selector] if selector is not None else []

    def _in(self, place: _Place, selector: Selector) -> Lookup | None:
        """The figure in a place; None where it is not printed there."""
        if place.origin is Origin.TABLE:
            title = self.catalog.tables[place.tables[0]].title
            of = self._of_coordinates(selector) if selector.fact_ids else selector
            found = replace(of, tables=place.tables, label=f"{selector.label}（{title}）") if of is not None else None
            return Lookup(found) if found is not None and self.figures.candidates(found) else None
        told = self.catalog.prose.get(selector.project or label_key(selector.words), [])
        exact = place.origin is Origin.PROSE and not selector.project and bool(told)
        cells = told if exact else [*self.figures.candidates(selector), *told]
        periods = (Period.ANNUAL, Period.NONE)
        ids = tuple(
            s.id
            for s in cells
            if s.fact.origin is place.origin
            and s.fact.coordinates.role in (Role.AMOUNT, Role.COUNT)
            and (place.origin is Origin.PROSE or s.fact.coordinates.period in periods)
        )
        label = f"{selector.label}（{'文字说明' if place.origin is Origin.PROSE else '绩效目标表'}）"
        wish = Wish() if exact or place.origin is Origin.SHEET else replace(selector.wish, side=None)
        return Lookup(replace(selector, fact_ids=ids, wish=wish, label=label)) if ids else None

    def _of_coordinates(self, selector: Selector) -> Selector | None:
        """What the prose calls by a name of coordinates only, as tables print it: 一般公共预算基本支出."""
        wish, rest = self.phrases.wish_in(selector.words)
        key = concept_of(wish)
        if key is None or self.phrases.content_in(rest):
            return None
        return Selector(selector.words, selector.label, wish, concept=key)


def _together(figures: list[Lookup]) -> Expression:
    return figures[0] if len(figures) == 1 else Combine("+", tuple(figures))
