"""Which row of a table lies under which: by code, list mark, 其中, indentation, known classes, or by sums alone.

What the source shows is used in that order; sums decide only in lists of projects and units without any other sign,
and only where a flat reading would count amounts twice and the nested one adds up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from unicodedata import numeric

from pydantic import BaseModel, ConfigDict

from ingest.facts import ONE_FUND, Level, Vintage
from ingest.labels import joined_label, label_key
from ingest.numbers.digits import chinese_to_decimal
from ingest.tables.coordinates import coordinates_of_words, is_carry_over
from ingest.tables.row_labels import RowLabel, split_code
from ingest.tables.sum_nesting import amounts_to_parents
from ingest.tables.words import is_organisation, is_partial_total, table_words
from ingest.vocabulary_loading import load_vocabulary

_STYLES = (
    re.compile(r"([一二三四五六七八九十]{1,3})[、.．]"),
    re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(\d{1,2})[、.．](?!\d)"),
    re.compile(r"[(（](\d{1,2})[)）]"),
    re.compile(r"([①-⑳])"),
)
_MOST_LEVELS = 5


class SubjectWords(BaseModel):
    """The shape of vocabulary/subjects.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    economic_classes: frozenset[str]
    three_public: frozenset[str]
    vehicles: frozenset[str]
    vehicle_parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A row's labels above it and its level."""

    path: tuple[str, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class _Mark:
    style: int
    ordinal: int

    @property
    def first(self) -> bool:
        return self.ordinal == 1


@cache
def _subjects() -> SubjectWords:
    words = load_vocabulary("subjects", SubjectWords)
    return SubjectWords(
        economic_classes=frozenset(map(label_key, words.economic_classes)),
        three_public=frozenset(map(label_key, words.three_public)),
        vehicles=frozenset(map(label_key, words.vehicles)),
        vehicle_parts=frozenset(map(label_key, words.vehicle_parts)),
    )


def is_economic_class(label: str) -> bool:
    """Whether a label is a class (类) of the economic classification, of which the subjects below are sections (款)."""
    return label_key(split_code(label)[1]) in _subjects().economic_classes


def rows_to_standings(rows: Sequence[RowLabel], economic: bool, listing: bool) -> list[Standing]:
    """Path and level of each row; `economic`: a table by economic subjects, `listing`: a list of projects or units."""
    parents = _parents_by_sign(rows)
    if listing and _indents_mislead(rows, parents):
        parents = _parents_by_sign([replace(row, indent=0) for row in rows])
    if economic:
        _add_class_parents(rows, parents)
    _add_vehicle_parents(rows, parents)
    _add_carry_over_parents(rows, parents)
    _add_group_parents(rows, parents)
    signs = list(parents)
    totals, summaries = _totals(rows), set[int]()
    if listing:
        totals, summaries = _add_sum_parents(rows, parents, totals)
    levels = [_level(rows, parents, index, totals, summaries) for index in range(len(rows))]
    named_alike = needs_companions(rows)
    headed = {index for index in totals if index in signs and _mark(rows[index].label) is not None}
    unsigned = totals - headed | {index for index in summaries if index not in signs}
    paths = (_path(rows, parents, index, unsigned, named_alike) for index in range(len(rows)))
    return [Standing(path, level) for path, level in zip(paths, levels, strict=True)]


def _indents_mislead(rows: Sequence[RowLabel], parents: Sequence[int | None]) -> bool:
    """Whether rows that are set in below others mostly do not add up to them: names that were spaced to fill a cell."""
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        if parent is not None and rows[index].indent > rows[parent].indent:
            children.setdefault(parent, []).append(index)
    held = sum(_sums_to(rows, parts, rows[parent], rounded=True) for parent, parts in children.items())
    return held * 2 < len(children)


def needs_companions(rows: Sequence[RowLabel]) -> bool:
    """Whether only the labels of another classification tell some rows apart."""
    names = [(row.code, row.label, row.groups) for row in rows if row.companions]
    return len(set(names)) < len(names)


def _path(
    rows: Sequence[RowLabel], parents: Sequence[int | None], index: int, left_out: set[int], named_alike: bool
) -> tuple[str, ...]:
    """The labels above a row; totals, but for those that a list mark puts above it （一）支出合计, and subtotals that no sign
    says to be above it, are left out, and what its groups and companions repeat. Of two rows of one name, one below the
    other, each is named."""
    ancestors: list[str] = []
    above = parents[index]
    while above is not None:
        if above not in left_out:
            ancestors.insert(0, rows[above].label)
        above = parents[above]
    row = rows[index]
    groups = _not_among(row.groups, ancestors)
    companions = _not_among(row.companions, (*ancestors, *groups)) if named_alike else []
    return (*companions, *ancestors, *groups)


def _not_among(labels: Sequence[str], named: Sequence[str]) -> list[str]:
    """The labels that are not named yet, each once."""
    keys = set(map(label_key, named))
    return [label for key, label in {label_key(label): label for label in labels}.items() if key not in keys]


def _level(
    rows: Sequence[RowLabel], parents: Sequence[int | None], index: int, totals: set[int], summaries: set[int]
) -> Level:
    if index in totals:
        part = rows[index].groups or (is_partial_total(rows[index].label) and index > 0)
        return Level.SUBTOTAL if part or index in summaries else Level.TOTAL
    if index in summaries:
        return Level.SUBTOTAL
    if _is_of_which(rows, parents, index):
        return Level.OF_WHICH
    if not any(parent == index and not _is_of_which(rows, parents, child) for child, parent in enumerate(parents)):
        return Level.ITEM
    return Level.CLASS if parents[index] is None else Level.SECTION


def _is_of_which(rows: Sequence[RowLabel], parents: Sequence[int | None], index: int) -> bool:
    """Marked 其中, in a list that one so marked begins, or below one."""
    current: int | None = index
    while current is not None:
        if says_of_which(rows[current].label):
            return True
        parent = parents[current]
        if parent is not None and any(
            parents[other] == parent and says_of_which(rows[other].label) for other in range(parent + 1, current)
        ):
            return True
        current = parent
    return False


def says_of_which(label: str) -> bool:
    return bool(table_words().of_which.match(joined_label(label)))


def _totals(rows: Sequence[RowLabel]) -> set[int]:
    return {index for index, row in enumerate(rows) if row.is_total}


def _parents_by_sign(rows: Sequence[RowLabel]) -> list[int | None]:
    parents: list[int | None] = []
    codes: dict[str, int] = {}
    signs = _Signs(rows)
    for index, row in enumerate(rows):
        if row.code:
            parents.append(_parent_by_codes((row.code, *(split_code(name)[0] for name in row.companions)), codes))
            codes[row.code] = index
            signs.reset(index)
        else:
            parents.append(signs.parent(index, parents))
    return parents


def _parent_by_codes(own: Sequence[str], codes: dict[str, int]) -> int | None:
    """The row whose code begins the own one; else one whose code begins that of the other classification."""
    found = (_parent_by_code(code, codes) for code in own if code)
    return next((parent for parent in found if parent is not None), None)


def _parent_by_code(code: str, codes: dict[str, int]) -> int | None:
    return next((codes[code[:length]] for length in range(len(code) - 1, 1, -1) if code[:length] in codes), None)


class _Signs:
    """Follows list marks, 其中 and indentation down a list of rows without codes."""

    def __init__(self, rows: Sequence[RowLabel]) -> None:
        self._rows = rows
        self._stack: list[tuple[int, int]] = []  # (style, row)
        self._indented = _tells_indents([row for row in rows if not row.code and not row.is_total and not row.groups])
        self._last: int | None = None

    def reset(self, last: int | None) -> None:
        self._stack, self._last = [], last

    def parent(self, index: int, parents: Sequence[int | None]) -> int | None:
        row = self._rows[index]
        if row.is_total and not row.groups and _mark(row.label) is None:
            self.reset(None)
            return None
        mark = _mark(row.label)
        if mark is not None:
            found = self._marked(index, mark, parents)
        elif says_of_which(row.label):
            found = self._of_which(parents)
        else:
            found = self._plain(index, parents)
        self._last = index
        return found

    def _marked(self, index: int, mark: _Mark, parents: Sequence[int | None]) -> int | None:
        styles = [style for style, _ in self._stack]
        last = self._last
        unmarked = last is not None and _mark(self._rows[last].label) is None
        if mark.first and unmarked and not says_of_which(self._rows[last].label if last is not None else ""):
            self._stack = [*self._stack, (mark.style, index)] if mark.style not in styles else [(mark.style, index)]
            return last
        if mark.first and self._stack and self._stack[-1] == (mark.style, last) and self._ordinal_of(last) == 1:
            self._stack.append((mark.style, index))
            return last
        if mark.style in styles:
            position = self._position(mark)
            sibling = self._stack[position][1]
            self._stack = [*self._stack[:position], (mark.style, index)]
            return parents[sibling]
        above = self._stack[-1][1] if self._stack else (last if says_of_which(self._rows[index].label) else None)
        self._stack.append((mark.style, index))
        return above

    def _position(self, mark: _Mark) -> int:
        """Where in the stack the mark's list is: of two lists of one style, one within the other, the one that it goes on
        with, the inner before the outer."""
        same = [position for position, (style, _) in enumerate(self._stack) if style == mark.style]
        following = (at for at in reversed(same) if self._ordinal_of(self._stack[at][1]) + 1 == mark.ordinal)
        before = (at for at in reversed(same) if self._ordinal_of(self._stack[at][1]) < mark.ordinal)
        return next(following, next(before, same[0]))

    def _ordinal_of(self, row: int | None) -> int:
        mark = _mark(self._rows[row].label) if row is not None else None
        return mark.ordinal if mark else 0

    def _of_which(self, parents: Sequence[int | None]) -> int | None:
        last = self._last
        if last is not None and says_of_which(self._rows[last].label) and _mark(self._rows[last].label) is None:
            return parents[last]
        return last

    def _plain(self, index: int, parents: Sequence[int | None]) -> int | None:
        row = self._rows[index]
        if self._indented and not row.groups:
            return self._set_in_below(index)
        key = label_key(row.label)
        last = self._last
        if last is not None and says_of_which(self._rows[last].label) and key not in _subjects().three_public:
            return parents[last]
        if self._stack and not is_carry_over(row.label):
            return self._stack[-1][1]
        self._stack = []
        return None

    def _set_in_below(self, index: int) -> int | None:
        """The nearest row above that stands further left; none beyond a total, which closes its list."""
        for other in range(index - 1, -1, -1):
            above = self._rows[other]
            if above.is_total and not is_partial_total(above.label):
                return None
            if above.indent < self._rows[index].indent and not (above.is_total or above.groups):
                return other
        return None


def _tells_indents(rows: Sequence[RowLabel]) -> bool:
    """Whether indents are levels: few, and the first row stands furthest left."""
    indents = {row.indent for row in rows}
    return bool(rows) and 1 < len(indents) <= _MOST_LEVELS and rows[0].indent == min(indents)


def _mark(label: str) -> _Mark | None:
    text = table_words().of_which.sub("", joined_label(label))
    for style, pattern in enumerate(_STYLES):
        if match := pattern.match(text):
            return _Mark(style, _ordinal(match[1]))
    return None


def _ordinal(printed: str) -> int:
    """一, 1 and ① are 1."""
    if printed.isdecimal():
        return int(printed)
    return int(chinese_to_decimal(printed) or numeric(printed[0]))


def _add_class_parents(rows: Sequence[RowLabel], parents: list[int | None]) -> None:
    current: int | None = None
    for index, row in enumerate(rows):
        if row.code or _mark(row.label) is not None or row.is_total:
            current = None
        elif label_key(row.label) in _subjects().economic_classes and not row.companions:
            current = index
        elif current is not None and parents[index] is None:
            parents[index] = current


def _add_group_parents(rows: Sequence[RowLabel], parents: list[int | None]) -> None:
    """A row that prints a group of its own heads the rows that stand in the group's column further down, but for those
    that another row of the group is above by its code."""
    heads: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(rows):
        above = parents[index]
        if row.groups and not (row.code and above is not None and rows[above].groups == row.groups):
            found = (heads[row.groups[:end]] for end in range(len(row.groups), 0, -1) if row.groups[:end] in heads)
            parents[index] = next(found, parents[index])
        heads[(*row.groups, row.label)] = index


def _add_vehicle_parents(rows: Sequence[RowLabel], parents: list[int | None]) -> None:
    current: int | None = None
    for index, row in enumerate(rows):
        key = label_key(row.label)
        if key in _subjects().vehicles:
            current = index
        elif key in _subjects().vehicle_parts and parents[index] is None and not row.code and current is not None:
            parents[index] = current


def _add_carry_over_parents(rows: Sequence[RowLabel], parents: list[int | None]) -> None:
    """The funds right below a row of carried-over money, without a sign of their own, are its parts if they add up to it."""
    for index, row in enumerate(rows):
        if not is_carry_over(row.label) or row.code:
            continue
        parts: list[int] = []
        for other in range(index + 1, len(rows)):
            if not _is_bare_fund(rows[other]) or parents[other] != parents[index]:
                break
            parts.append(other)
        if parts and _sums_to(rows, parts, row):
            for part in parts:
                parents[part] = index


def _is_bare_fund(row: RowLabel) -> bool:
    said = coordinates_of_words(row.label)
    return said.fund in ONE_FUND and said.vintage is Vintage.ALL and not row.code and _mark(row.label) is None


def _add_sum_parents(
    rows: Sequence[RowLabel], parents: list[int | None], totals: set[int]
) -> tuple[set[int], set[int]]:
    """Nest rows without a sign by their sums; returns the totals and the summary rows (repeated totals, units)."""
    leading = _leading_total(rows, totals, parents)
    total = len(rows) - 1 if leading is None else leading
    if leading is None and total not in totals:
        return totals, set()
    summaries = set()
    position = 0 if leading is None else 1
    while (
        leading is not None
        and position < len(rows)
        and _repeats(rows[total], rows[position])
        and position + 1 < len(rows)
    ):
        summaries.add(position)
        position += 1
    rest = [index for index in range(position, len(rows)) if index not in totals | {total} and parents[index] is None]
    nested = _nested_by_sums(rows, rest, rows[total], {parent for parent in parents if parent is not None})
    for child, parent in nested.items():
        parents[child] = parent
    return totals | {total}, summaries


def _leading_total(rows: Sequence[RowLabel], totals: set[int], parents: Sequence[int | None]) -> int | None:
    """The first row, if it is called a total, or is an organisation whose amounts are the sum of everything below that
    lies under no other row."""
    if not rows:
        return None
    if 0 in totals:
        return 0
    first = rows[0]
    start = 1
    while start < len(rows) and _repeats(first, rows[start]):
        start += 1
    rest = [
        index for index in range(start, len(rows)) if index not in totals and parents[index] in (None, *range(start))
    ]
    organisation = start > 1 or is_organisation(first.label)
    if not organisation or len(rest) < 2 or first.code or not _sums_to(rows, rest, first, rounded=True):
        return None
    return 0


def _repeats(total: RowLabel, row: RowLabel) -> bool:
    """Whether a row prints the total again, under the same name or an organisation's."""
    same_name = label_key(total.label) == label_key(row.label)
    return row.values == total.values and any(row.values) and (same_name or is_organisation(row.label))


def _sums_to(rows: Sequence[RowLabel], parts: Sequence[int], whole: RowLabel, rounded: bool = False) -> bool:
    """Whether every number of the whole is the sum of the parts' numbers, and some number is not zero; `rounded`: as
    far as numbers that are each rounded to their last digit can tell."""
    if not any(whole.values):
        return False
    for column, value in enumerate(whole.values):
        found = [number for part in parts if (number := rows[part].values[column]) is not None]
        slack = (len(found) + 1) * _last_digit(whole) / 2 if rounded and len(found) > 1 else Decimal(0)
        if abs(sum(found, Decimal(0)) - (value or Decimal(0))) > slack:
            return False
    return True


def _last_digit(row: RowLabel) -> Decimal:
    """What one step of the last digit of the row's most precise number is worth."""
    exponents = [number.as_tuple().exponent for number in row.values if number is not None]
    return Decimal(1).scaleb(min(exponent for exponent in exponents if isinstance(exponent, int)))


def _nested_by_sums(
    rows: Sequence[RowLabel], rest: Sequence[int], total: RowLabel, parents: set[int]
) -> dict[int, int]:
    """child → parent, from the last row up: a row heads the rows after it that add up to it. Rows without a row of their
    own among others that have some (货物 above the offices that buy, with what they buy) are tried as heads before offices
    alone are, and these before any row is, since two rows may be alike by chance. Empty if a flat list adds up already,
    or if no nested one does."""
    if _sums_to(rows, rest, total, rounded=True):
        return {}
    childless = [index for index in rest if index not in parents]
    for heads in (childless, [index for index in rest if is_organisation(rows[index].label)], rest):
        found: dict[int, int] = {}
        top: list[int] = []
        for index in reversed(rest):
            count = _heads(rows, index, top) if index in heads else 0
            found.update({child: index for child in top[:count]})
            top = [index, *top[count:]]
        if _sums_to(rows, top, total, rounded=True):
            return found
    return _nested_exactly(rows, rest, total)


def _nested_exactly(rows: Sequence[RowLabel], rest: Sequence[int], total: RowLabel) -> dict[int, int]:
    """child → parent in a nesting of the whole list that adds up; where offices with codes add up by themselves, each
    heads what stands below it, nested if that adds up."""
    coded = [index for index in rest if rows[index].code]
    own = [index for index in coded if is_organisation(rows[index].label)]
    if not own or coded[:1] != rest[:1] or len(coded) == len(rest):
        return _nesting(rows, rest, total)
    found = _nesting(rows, coded, total)
    if not found and not _sums_to(rows, coded, total, rounded=True):
        return {}
    for at, head in enumerate(coded):
        end = coded[at + 1] if at + 1 < len(coded) else rest[-1] + 1
        below = [index for index in rest if head < index < end]
        flat = not below or _sums_to(rows, below, rows[head], rounded=True)
        nested = {} if flat else _nesting(rows, below, rows[head])
        found |= {index: nested.get(index, head) for index in below}
    return found


def _nesting(rows: Sequence[RowLabel], rest: Sequence[int], total: RowLabel) -> dict[int, int]:
    amounts = [tuple(number or Decimal(0) for number in rows[index].values) for index in rest]
    found = amounts_to_parents(amounts, tuple(number or Decimal(0) for number in total.values))
    return {rest[child]: rest[parent] for child, parent in found.items()}


def _heads(rows: Sequence[RowLabel], index: int, following: Sequence[int]) -> int:
    """How many of the rows that follow, each with those below it, a row is the sum of; 0 if it is of none."""
    row = rows[index]
    if not any(row.values) or (following and row.groups and len(row.groups) == len(rows[following[0]].groups)):
        return 0
    step = _last_digit(row) / 2 if is_organisation(row.label) else Decimal(0)
    sums = [Decimal(0)] * len(row.values)
    counts = [0] * len(row.values)
    for count, part in enumerate(following, start=1):
        for column, number in enumerate(rows[part].values):
            if number is not None:
                sums[column] += number
                counts[column] += 1
        slacks = ((found + 1) * step if found > 1 else 0 for found in counts)
        if all(abs(s - (v or 0)) <= slack for s, v, slack in zip(sums, row.values, slacks, strict=True)):
            return count
    return 0
