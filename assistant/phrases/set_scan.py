"""A question about a set, word by word: what each word does there. A question whose words are not all explained is not one.

The words and their roles are vocabulary/set_words.yaml; people, funds, natures and dates are the documents' own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from pydantic import RootModel, model_validator

from assistant.catalog import Catalog
from assistant.names.light_words import idle_spans
from assistant.words import concept_names, longest_first, plain_words, sheet_fields
from ingest.labels import label_key
from ingest.numbers.numbers import Numeral, NumeralKind, as_number, find_numerals
from ingest.numbers.quantities import YUAN, Quantity, Relation
from ingest.vocabulary_loading import load_vocabulary

_NUMBER = r"[一二两三四五六七八九十\d]+"
_COUNTED = re.compile(rf"(?P<n>{_NUMBER})(?:多)?(?P<unit>个|张|项|条|位|名|笔|家|类|款|份|人|种)")
_YEARS = re.compile(rf"(?P<n>{_NUMBER})年(?:期)?(?!度|\d|\d?月|底|末|初)")
_DATE = re.compile(r"(?:(?P<year>20\d\d)[年./-])?(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})[日号]?")
_DIGITS = re.compile(
    r"(?P<n>[三五七357])位(?:数)?(?:的)?(?:编码|代码|码)?(?:的)?(?=科目|项|最|里|中|$)|(?P<level>[类款项])级|(?P<big>(?:支出)?大类|(?<=[的各几])类(?=$|[是有,，]|里|中|各|分别))"
)
_SUBJECT_CODE = re.compile(r"(?<![\d.,])(?:\d{7}|\d{5}|\d{3})(?![\d.,])(?!\s*(?:[万亿]?元|%|[个项家年]))")
_PROJECT = "项目"
_SHORTEST_SHARED, _LONGEST_SHARED = 3, 16  # characters of what several projects are called alike
_ASKING = re.compile("[谁啥哪几怎么何]|什么|多少|的$")  # in a name of a field that is a question
_RANGE = re.compile(r"(?P<low>\d[\d.,]*[万亿]?元?)(?:到|至|[-~—～])(?P<high>\d[\d.,]*(?P<scale>[万亿]?)元?)")
_NO_UNIT = re.compile("项目|个数")  # 1000万项目 counts no 万项
_SIGNS = {Relation.AT_MOST: "≤", Relation.AT_LEAST: "≥", Relation.LESS: "<", Relation.MORE: ">"}
_SHORTEST_ROW = 3  # characters of a row's name that is one wherever it stands
IDLE = frozenset(
    {"noise", "deed", "whole_set", "involved", "lasting", "equals"}
)  # roles that do nothing between others

ENDS = ("most", "least")  # of an order by amount
_LEFT_OUT = ("without_both", "without_most", "without_least")
OF_ENDS = ("minus", "multiple")  # roles of what is done with both ends of an order


class _SetWords(RootModel[dict[str, tuple[str, ...]]]):
    @model_validator(mode="after")
    def _patterns_compile(self) -> _SetWords:
        for patterns in self.root.values():
            for pattern in patterns:
                re.compile(pattern)
        return self


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a question with its role; `value` is the name, number or sign it stands for."""

    role: str
    text: str
    start: int
    value: str = ""
    quantity: Quantity | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Said:
    """All pieces of a text in order; `unexplained` are the stretches that have no role."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def unexplained(self) -> tuple[Piece, ...]:
        return tuple(p for p in self.pieces if p.role == "unknown")

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(p.role for p in self.pieces)

    def has(self, *roles: str) -> bool:
        return any(p.role in roles for p in self.pieces)

    def first(self, *roles: str) -> Piece | None:
        return next((p for p in self.pieces if p.role in roles), None)

    def all(self, *roles: str) -> list[Piece]:
        return [p for p in self.pieces if p.role in roles]

    def beside(self, piece: Piece, step: int) -> Piece | None:
        """The next piece that does something, after (step 1) or before (step -1) another."""
        at = self.pieces.index(piece) + step
        while 0 <= at < len(self.pieces):
            if self.pieces[at].role not in IDLE:
                return self.pieces[at]
            at += step
        return None


class SetScanner:
    """Takes questions apart over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._known = _known_names(catalog)
        self._names = [label_key(name) for p in catalog.projects.values() for name in p.names]
        self._keys = tuple(dict.fromkeys(p.key for p in catalog.projects.values()))

    @cached_property
    def _printed(self) -> dict[str, list[str]]:
        """Names of figures, by their first character: of concepts everywhere, of the tables' rows."""
        found: dict[str, list[str]] = {}
        rows = (name for name in self.catalog.rows if len(name) >= _SHORTEST_ROW)
        for name in {*concept_names(), *rows}:
            found.setdefault(name[0], []).append(name)
        return found

    def scan(self, text: str, names: bool = False) -> Said:
        """The pieces of a text, the longest first at each place; `names` of figures are pieces too where wanted."""
        numerals = {n.start: n for n in _numerals(text)}
        pieces: list[Piece] = []
        at = 0
        while at < len(text):
            choices = [*self._numbered(text, at), *self._of_documents(text, at), *self._worded(text, at)]
            choices += self._shared(text, at)
            if (numeral := numerals.get(at)) is not None:
                choices += _amount(numeral.printed, numeral.kind, numeral.quantity, at)
            if names:
                choices += [Piece("name", n, at) for n in self._printed.get(text[at], ()) if text.startswith(n, at)]
                choices += self._coded(text, at)
            best = max(choices, key=lambda piece: (len(piece.text), piece.role != "field"), default=None)
            if best is None:
                _grow_unknown(pieces, text[at], at)
                at += 1
                continue
            pieces.append(best)
            at = best.end
        return Said(text, tuple(_light_as_noise(text, _without_arithmetic(pieces))))

    def _numbered(self, text: str, at: int) -> Iterator[Piece]:
        """Numbers with what they count; the documents' own year goes without saying."""
        for piece in _numbers(text, at):
            years = piece.quantity.number if piece.role == "period" and piece.quantity is not None else None
            yield Piece("noise", piece.text, at) if years in self.catalog.years else piece

    def _shared(self, text: str, at: int) -> Iterator[Piece]:
        """What several projects are called alike, right before the word for them: 信息化运维项目."""
        end = text.find(_PROJECT, at + _SHORTEST_SHARED, at + _LONGEST_SHARED)
        said = label_key(text[at:end]) if end > 0 else ""
        if len(said) < _SHORTEST_SHARED or f"{said}{_PROJECT}" in self._names or said in self._names:
            return
        if sum(f"{said}{_PROJECT}" in name for name in self._keys) > 1:
            yield Piece("named", text[at:end], at, said)

    def _coded(self, text: str, at: int) -> Iterator[Piece]:
        """The code of a subject that the documents print, as a name."""
        found = _SUBJECT_CODE.match(text, at)
        if found is not None and found[0] in self.catalog.codes:
            yield Piece("name", found[0], at, found[0])

    def _worded(self, text: str, at: int) -> Iterator[Piece]:
        for role, pattern in _patterns().items():
            found = pattern.match(text, at)
            if found is None or not found[0]:
                continue
            value = next((v for v in found.groupdict().values() if v), "")
            if role != "named" or any(label_key(value) in name for name in self._names):
                yield Piece(role, found[0], at, value)

    def _of_documents(self, text: str, at: int) -> Iterator[Piece]:
        for name, role, value in self._known.get(text[at], ()):
            if text.startswith(name, at):
                yield Piece(role, name, at, value)
        for year in self.catalog.years:
            if found := re.compile(rf"{year}年?(?:度)?(?!-|\d|年?\d{{1,2}}月)").match(text, at):
                yield Piece("noise", found[0], at)


def _numbers(text: str, at: int) -> Iterator[Piece]:
    if found := _DIGITS.match(text, at):
        digits = {"三": "3", "五": "5", "七": "7", "类": "3", "款": "5", "项": "7"}
        said = found["n"] or found["level"] or "类"
        yield Piece("level", found[0], at, digits.get(said, said))
    if found := _COUNTED.match(text, at):
        yield Piece("counted", found[0], at, found["unit"], _quantity(found["n"], "个"))
    if found := _YEARS.match(text, at):
        yield Piece("period", found[0], at, "", _quantity(found["n"], "年"))
    if (found := _DATE.match(text, at)) and int(found["month"]) <= 12 and int(found["day"]) <= 31:
        yield Piece("date", found[0], at, f"{found['year'] or ''}-{int(found['month']):02}{int(found['day']):02}")


def _quantity(number: str, unit: str) -> Quantity | None:
    value = as_number(number)
    return Quantity(value, unit) if value is not None else None


def _numerals(text: str) -> Iterator[Numeral]:
    """The numbers of a text, both bounds of `500万元到3000万元` each on its own."""
    for numeral in find_numerals(_NO_UNIT.sub("，，", text)):
        if numeral.printed.endswith("里"):  # 57.65万里花得最多的, no length
            yield from find_numerals(" " * numeral.start + numeral.printed[:-1])
            continue
        bounds = _RANGE.fullmatch(numeral.printed)
        if bounds is None:
            yield numeral
            continue
        scale = bounds["scale"] if not re.search("[万亿]", bounds["low"]) else ""
        for name, unit in (("low", scale), ("high", "")):
            found = find_numerals(bounds[name] + unit)
            if len(found) == 1:
                start = numeral.start + bounds.start(name)
                yield replace(found[0], start=start, end=start + len(bounds[name]), printed=bounds[name])


def _amount(printed: str, kind: NumeralKind, quantity: Quantity | None, at: int) -> Iterator[Piece]:
    """An amount or a share; a bare number counts as one only with 万 or 亿."""
    if quantity is None or (kind is NumeralKind.NUMBER and not re.search("[万亿]", printed)):
        return
    if kind in (NumeralKind.MONEY, NumeralKind.NUMBER, NumeralKind.SHARE):
        unit = quantity.unit if kind is NumeralKind.SHARE else YUAN
        yield Piece("quantity", printed, at, _SIGNS.get(quantity.relation, ""), Quantity(quantity.number, unit))


def _without_arithmetic(pieces: list[Piece]) -> list[Piece]:
    """The pieces, where figures are set against each other only if they are both ends of an order, and something is left only
    where some members are left out."""
    left = "sum" if any(piece.role in _LEFT_OUT for piece in pieces) else "unknown"
    pieces = [replace(piece, role=left) if piece.role == "left" else piece for piece in pieces]
    if sum(piece.role in ENDS for piece in pieces) == 2:
        return pieces
    return [replace(piece, role="unknown") if piece.role in OF_ENDS else piece for piece in pieces]


def _light_as_noise(text: str, pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, where unknown words that name and tell nothing do nothing."""
    light = list(idle_spans(text)) if any(piece.role == "unknown" for piece in pieces) else []
    for piece in pieces:
        covered = sum(end - start for start, end in light if piece.start <= start and end <= piece.end)
        yield replace(piece, role="noise") if piece.role == "unknown" and covered == len(piece.text) else piece


def _grow_unknown(pieces: list[Piece], character: str, at: int) -> None:
    if pieces and pieces[-1].role == "unknown":
        last = pieces.pop()
        pieces.append(Piece("unknown", last.text + character, last.start))
    else:
        pieces.append(Piece("unknown", character, at))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = load_vocabulary("set_words", _SetWords, "assistant").root
    found = {}
    for role, patterns in words.items():
        plain = [p for p in patterns if re.fullmatch(r"[一-鿿]+", p)]
        found[role] = re.compile("|".join([*(p for p in patterns if p not in plain), *longest_first(tuple(plain))]))
    return found


def _known_names(catalog: Catalog) -> dict[str, list[tuple[str, str, str]]]:
    """What the documents and the plain words know, by first character: the word, its role, what it stands for."""
    words = plain_words()
    known = [(word, "fund", fund) for fund, names in words.wishes["fund"].items() for word in names]
    known += [(word, "nature_value", nature) for nature, names in words.nature.items() for word in names]
    known += [(word, "relation", sign) for sign, names in words.relations.items() for word in names if word != "为"]
    known += [(word, "negation", "≠") for word in words.negation]
    fields = ((name, entry.key) for entry in sheet_fields() for name in entry.names)
    known += [(name, "field", key) for name, key in fields if len(name) > 2 and not _ASKING.search(name)]
    known += [(name, "class_name", name) for name in catalog.project_classes]
    for project in catalog.projects.values():
        known += [(label_key(name), "project_name", project.key) for name in project.names if label_key(name)]
    for person in catalog.people:
        known.append((person.lower(), "person", person))
        if len(person) > 3:
            known += [
                (person[i : i + size].lower(), "person", person[i : i + size])
                for size in (2, 3)
                for i in range(len(person) - size + 1)
            ]
    found: dict[str, list[tuple[str, str, str]]] = {}
    for word, role, value in known:
        found.setdefault(word[0], []).append((word, role, value))
    return found
