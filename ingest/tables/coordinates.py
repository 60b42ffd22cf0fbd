"""What a number measures, told by the words around it: the table's title, the column's headers, the row's labels.

Words and their meanings are in vocabulary/headers.yaml. The longest word is read first and only once, so that
`不含上年结转` is never read as `上年结转`, nor `上年结转` as `上年`. Nearer words overrule farther ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ingest.facts import ONE_FUND, Coordinates, Fund, Level, Role, Side, Spending, Vintage
from ingest.labels import joined_label
from ingest.outline.words import outline_words
from ingest.tables.words import Meaning, header_words, is_total, table_words

_YEAR = re.compile(r"(20\d\d)年")
_ROW_YEAR = re.compile(r"(20\d\d)年?度?")
_OTHER_YEARS = (Vintage.CARRIED_OVER, Vintage.CARRIED_FORWARD)
_COMPARISONS = (Role.CHANGE, Role.CHANGE_RATE)


@dataclass(frozen=True, slots=True)
class TableMeaning:
    """What holds for a whole table: `base` from its title, `total_fund` for columns that add up several funds; `accounts`
    tells a table of final accounts, whose amounts are what was spent."""

    base: Coordinates
    total_fund: Fund
    year: int | None
    accounts: bool = False


@cache
def _lexicon(title: bool) -> tuple[tuple[str, Meaning], ...]:
    """Words and their meanings, the longest first."""
    words = header_words()
    meanings = {word: meaning for meaning in words.meanings for word in meaning.words}
    if title:
        meanings |= {word: meaning for meaning in words.title_meanings for word in meaning.words}
    return tuple(sorted(meanings.items(), key=lambda entry: -len(entry[0])))


@lru_cache(maxsize=4096)
def _meanings_in(text: str, title: bool = False) -> tuple[Meaning, ...]:
    """The meanings of a text's words, longest words first, in the order in which they stand."""
    joined = joined_label(text)
    found: list[tuple[int, Meaning]] = []
    for word, meaning in _lexicon(title):
        position = joined.find(word)
        while position >= 0:
            found.append((position, meaning))
            joined = joined[:position] + "\0" * len(word) + joined[position + len(word) :]
            position = joined.find(word)
    return tuple(meaning for _, meaning in sorted(found, key=lambda entry: entry[0]))


def coordinates_of_words(text: str, base: Coordinates | None = None, title: bool = False) -> Coordinates:
    """The base with everything that the words of a text say; where two words of a kind differ, the last side counts and
    no fund is told by two funds that are not one part of the other."""
    result = base or Coordinates()
    meanings = _meanings_in(text, title)
    for meaning in meanings:
        result = replace(
            result,
            side=meaning.side or result.side,
            spending=meaning.spending or result.spending,
            vintage=meaning.vintage or result.vintage,
        )
    return replace(result, fund=_fund(meanings) or result.fund, role=_role(meanings) or result.role)


def _fund(meanings: Sequence[Meaning]) -> Fund | None:
    funds = list(dict.fromkeys(meaning.fund for meaning in meanings if meaning.fund is not None))
    exact = [fund for fund in funds if fund is not Fund.FISCAL]
    if len(exact) == 1:
        return exact[0]
    if len(exact) > 1:
        return Fund.FISCAL if ONE_FUND.issuperset(exact) else None
    return funds[0] if funds else None


def _role(meanings: Sequence[Meaning]) -> Role | None:
    """A comparison outweighs what it compares: 2026年预算数比2025年执行数增减额 is a change."""
    roles = [meaning.role for meaning in meanings if meaning.role is not None]
    if Role.CHANGE in roles and Role.SHARE in roles:
        return Role.CHANGE_RATE
    return next((role for role in _COMPARISONS if role in roles), roles[-1] if roles else None)


def is_carry_over(label: str) -> bool:
    """Whether a row stands for money of another year (上年结转, 结转下年), and so beside a list and not in it."""
    return coordinates_of_words(label).vintage in _OTHER_YEARS


def table_meaning(title: str, columns: Sequence[tuple[str, ...]], year: int | None) -> TableMeaning:
    """What the title says about all columns; a column that adds up several funds is not of the title's fund alone."""
    base = replace(coordinates_of_words(title, title=True), role=Role.AMOUNT)
    if any(word in title for word in header_words().sideless_titles):
        base = replace(base, side=Side.EXPENDITURE)
    funds = {coordinates_of_words("".join(path)).fund for path in columns}
    exact = funds - {Fund.ALL, Fund.FISCAL}
    total_fund = base.fund
    if len(exact) > 1:
        total_fund = Fund.FISCAL if exact <= ONE_FUND and base.fund is not Fund.ALL else Fund.ALL
    return TableMeaning(base, total_fund, year, any(word in title for word in outline_words().final_accounts))


@lru_cache(maxsize=1024)
def column_coordinates(table: TableMeaning, path: tuple[str, ...]) -> Coordinates:
    """What a column's headers say on top of the table's title."""
    result = replace(table.base, fund=table.total_fund)
    for header in path:
        said = coordinates_of_words(header, result)
        if result.role in _COMPARISONS and said.role not in _COMPARISONS:
            said = replace(said, role=result.role)
        result = said
    dated = _with_year(result, path, table.year)
    return replace(dated, role=_role_in_accounts(dated, path, table.year)) if table.accounts else dated


def _role_in_accounts(coordinates: Coordinates, path: Sequence[str], year: int | None) -> Role:
    """What was spent in the year is the amount itself, and what had been planned stands beside it."""
    if coordinates.role is Role.EXECUTED and coordinates.year == year:
        return Role.AMOUNT
    planned = any(word in joined_label(header) for header in path for word in header_words().budgeted)
    return Role.BUDGETED if coordinates.role is Role.AMOUNT and planned else coordinates.role


def _with_year(coordinates: Coordinates, path: Sequence[str], document_year: int | None) -> Coordinates:
    """The year the number is about: printed in the header, else the document's, the year before for last year's."""
    printed = [int(year) for header in path for year in _YEAR.findall(joined_label(header))]
    role = coordinates.role
    year = printed[-1] if printed and role not in _COMPARISONS else document_year
    if role in (Role.LAST_YEAR,) and not printed and document_year is not None:
        year = document_year - 1
    if role is Role.EXECUTED and not printed and document_year is not None and _says_last_year(path):
        year = document_year - 1
    if role is Role.AMOUNT and year is not None and document_year is not None and year == document_year - 1:
        role = Role.LAST_YEAR
    return replace(coordinates, role=role, year=year)


def _says_last_year(path: Sequence[str]) -> bool:
    return any(meaning.role is Role.LAST_YEAR for header in path for meaning in _meanings_in(header))


def row_coordinates(column: Coordinates, labels: Sequence[str], coded: bool) -> Coordinates:
    """What a row's labels (outermost first, its own last) say on top of its column. Names of coded subjects say nothing
    (`21208 国有土地使用权出让收入安排的支出` is no income); funds are rows on the income side only."""
    if coded:
        return column
    result = column
    for label in labels:
        said = coordinates_of_words(label)
        plain = table_words().of_which.sub("", joined_label(label))
        if column.side is not Side.EXPENDITURE and said.fund is not Fund.ALL and column.fund in (Fund.ALL, Fund.FISCAL):
            result = replace(result, fund=said.fund)
        if column.side is not Side.INCOME and said.spending is not Spending.ALL and column.spending is Spending.ALL:
            result = replace(result, spending=said.spending)
        if said.vintage is not Vintage.ALL and (column.vintage is Vintage.ALL or said.vintage in _OTHER_YEARS):
            result = replace(result, vintage=said.vintage)
        tells_side = is_total(plain) or said.vintage is not Vintage.ALL
        if column.side is Side.NONE and said.side is not Side.NONE and tells_side:
            result = replace(result, side=said.side)
    return result


def coordinates_of(
    table: TableMeaning, path: tuple[str, ...], labels: Sequence[str], coded: bool, level: Level
) -> Coordinates:
    """A table cell's coordinates, from its table, its column's headers and its row's labels."""
    return replace(row_coordinates(column_coordinates(table, path), labels, coded), level=level)


def in_year_of_row(coordinates: Coordinates, label: str, document_year: int | None) -> Coordinates:
    """The coordinates in a row named by a year (2021), or by the comparison of two (2022比2021, 变化)."""
    if coordinates.role is not Role.AMOUNT:
        return coordinates
    found = _ROW_YEAR.fullmatch(joined_label(label))
    if found is None:
        return replace(coordinates, role=Role.CHANGE)
    year = int(found[1])
    return replace(coordinates, year=year, role=Role.AMOUNT if year == document_year else Role.LAST_YEAR)
