"""What a unit is called: its printed name, its name without its place, its other name in brackets, and short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.documents.departments import parse_department, scope_words
from assistant.names.spelling import has_in_order
from ingest.labels import label_key
from ingest.tables.words import is_organisation

_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")
_LONGEST, _SHORTEST = 24, 3
_HEAD = "本级"
_OF_SEVERAL = (
    r"(?:各个?|哪(?:[个家所些]|几[个家所])|(?:[几两一二三四五六七八九十]+|\d+)[个家所]|所有|全部|这些|每[个家所])"
    r"(?:市属|直属|下属|区属|局属)?"
)
_ENDS_OF_ONE = frozenset("所站馆院")
_END = 2  # characters of a name's ending: 中心, 分局, 学院


@dataclass(frozen=True)
class UnitName:
    """`printed` as in the tables, with its `code` where they print one; `is_head` tells the department itself, beside its
    units."""

    printed: str
    is_head: bool = False
    code: str = ""

    @property
    def key(self) -> str:
        return _HEAD if self.is_head else label_key(self.printed)

    @property
    def label(self) -> str:
        """How an answer names it."""
        return f"{parse_department(self.printed).full}{_HEAD}" if self.is_head else self.printed

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The names by which it can be called in full, the longest first."""
        own = [label_key(_BRACKETED.sub("", self.printed))]
        own += [label_key(each) for each in _BRACKETED.findall(self.printed) if len(each) > _SHORTEST]
        bodies = [parse_department(each).body for each in own]
        return tuple(dict.fromkeys(each for each in (*own, *bodies) if len(each) >= _SHORTEST))

    def is_in(self, text: str) -> bool:
        """Whether a text names it in full."""
        return not self.is_head and any(form in text for form in self.forms)


@dataclass(frozen=True, slots=True)
class UnitMention:
    """Where a question names units, and which: several where it names what they are called alike (`11个分局`)."""

    start: int
    end: int
    units: tuple[UnitName, ...]
    kind: str = ""


class UnitNames:
    """Finds the units that a question names, among those of one disclosure."""

    def __init__(self, names: Sequence[UnitName]) -> None:
        self.names = tuple(names)

    def mentions(self, text: str) -> list[UnitMention]:
        found: list[UnitMention] = []
        position = 0
        while position < len(text):
            mention = self._at(text, position)
            if mention is None:
                position += 1
                continue
            found.append(mention)
            position = mention.end
        return found

    def _at(self, text: str, start: int) -> UnitMention | None:
        """The longest name of units that begins at a position."""
        for word in scope_words().head_unit:
            if text.startswith(word, start):
                head = tuple(name for name in self.names if name.is_head)
                return UnitMention(start, start + len(word), head) if head else None
        coded = tuple(name for name in self.names if name.code and text.startswith(name.code, start))
        if coded:
            return UnitMention(start, start + len(coded[0].code), coded)
        for end in range(min(len(text), start + _LONGEST), start + 1, -1):
            said = text[start:end]
            if said[-_END:] not in self._ends and said[-1] not in _ENDS_OF_ONE:
                continue
            units = tuple(name for name in self.names if not name.is_head and self._is_called(name, said))
            if units:
                return UnitMention(start, end, units)
        return None

    def kind_in(self, text: str) -> UnitMention | None:
        """Where a question names units by what several of them are called alike: `11个分局`, `哪家医院`."""
        if not self._kinds:
            return None
        found = re.search(rf"{_OF_SEVERAL}(?P<kind>{'|'.join(map(re.escape, self._kinds))})", text)
        return UnitMention(*found.span(), self._kinds[found["kind"]], found["kind"]) if found is not None else None

    @cached_property
    def _ends(self) -> frozenset[str]:
        """The last characters of the units' names."""
        return frozenset(form[-_END:] for name in self.names for form in name.forms)

    def _is_called(self, name: UnitName, said: str) -> bool:
        return any(said == form or self._is_short_for(form, said) for form in name.forms)

    def _is_short_for(self, form: str, said: str) -> bool:
        """Whether a text is what people say for a name: its ending, with characters of its front in order from the first, or
        with a piece that no other unit's name has."""
        if len(said) < _SHORTEST or len(said) >= len(form):
            return False
        body = parse_department(form).body
        if said[-1] in _ENDS_OF_ONE and said[-1] == form[-1] and said[0] == body[0] and has_in_order(body, said):
            return True  # 军休所 of 军队离休退休干部休养所
        if said[-_END:] != form[-_END:]:
            return False
        front, stem = said[:-_END], form[:-_END]
        if not front:
            return False
        if form.endswith(said) and len(front) >= _END:
            return True
        if front[0] == parse_department(form).body[0] and has_in_order(stem, front):
            return True
        return all(letter in stem for letter in front) and any(piece in self._telling(form) for piece in _pieces(front))

    def _telling(self, form: str) -> frozenset[str]:
        """The pieces of a name that no other unit's name has."""
        others = {
            piece for name in self.names for other in name.forms if form not in name.forms for piece in _pieces(other)
        }
        return frozenset(_pieces(form)) - others

    @cached_property
    def _kinds(self) -> dict[str, tuple[UnitName, ...]]:
        """What several units are called alike, by their ending: 分局, 医院."""
        found: dict[str, tuple[UnitName, ...]] = {}
        for end in self._ends:
            alike = tuple(
                name for name in self.names if not name.is_head and any(form.endswith(end) for form in name.forms)
            )
            if len(alike) > 1 and is_organisation(end):
                found[end] = alike
        return found


def _pieces(text: str) -> Iterator[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))
