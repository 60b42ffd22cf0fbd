"""Every numeral of a running text with what it is: an amount, a share, a count, a date, an ordinal, a code.

Telling these apart is what keeps a year, a document number or a list mark from ever being taken for money. The text is
read from left to right by recognisers in order of how specific they are; a form that is doubtful is told, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from ingest.numbers.dates import date_at
from ingest.numbers.digits import (
    CHINESE_NUMERAL_CHARACTERS,
    chinese_to_decimal,
    digits_to_decimal,
    half_width,
    last_digit_size,
)
from ingest.numbers.quantities import PERCENT, Quantity, Relation
from ingest.numbers.units import Unit, UnitKind, unit_named, unit_words


class NumeralKind(StrEnum):
    MONEY = "money"
    SHARE = "share"
    MULTIPLE = "multiple"
    COUNT = "count"  # with a counting unit
    RATE = "rate"  # 元/度, 万元/座
    NUMBER = "number"  # no unit of its own; 50万 is 500000 with unit ""
    DATE = "date"
    MARK = "mark"  # list marks and ordinals
    CODE = "code"  # subject codes, phone numbers, identifiers
    DOCUMENT = "document"  # [2022]154号
    MALFORMED = "malformed"  # digits in a form that could be read in two ways


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral at text[start:end], relation words and unit included.

    `quantity` is set for the first six kinds. A range such as 10-20万元 has its lower end as `quantity` and its upper
    end as `upper`. `dates` are ISO texts of one date or the two ends of a range: 2023, 2023-11, 2023-11-01, --11-01.
    """

    start: int
    end: int
    printed: str
    kind: NumeralKind
    quantity: Quantity | None = None
    upper: Quantity | None = None
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number with its unit, before relation words are added; `factor` is what its unit multiplies by."""

    end: int
    kind: NumeralKind
    quantity: Quantity | None
    factor: Decimal


_KIND_OF_UNIT = {
    UnitKind.MONEY: NumeralKind.MONEY,
    UnitKind.SHARE: NumeralKind.SHARE,
    UnitKind.MULTIPLE: NumeralKind.MULTIPLE,
    UnitKind.COUNT: NumeralKind.COUNT,
    UnitKind.RATE: NumeralKind.RATE,
}

_DIGITS = r"\d[\d,，. ]*\d|\d"
_OPENING, _CLOSING = r"[\u3014\[【\uff3b]", r"[\u3015\]】\uff3d]"
_DOCUMENT = re.compile(
    rf"{_OPENING}\s*(?:19|20)\d\d\s*{_CLOSING}\s*第?\s*\d+\s*[号次期]?"
    r"|\(\s*(?:19|20)\d\d\s*\)\s*第?\s*\d+\s*[号次期]|第\s*\d{1,5}\s*号"
)
_CODE = re.compile(
    r"[A-Za-z]\d+\+\d+(?:\.\d+)?|1[3-9]\d{9}(?!\d)|0\d{2,3}-\d{7,8}(?!\d)|[A-Za-z][A-Za-z0-9_-]*\d[A-Za-z0-9_-]*|\d+[A-Za-z][A-Za-z0-9]*"
    r"|\d{3,}(?=-[\u4e00-\u9fff])|\d+(?:/\d+)+(?!\d)|\d{8,}(?![\d.,])|\d{1,2}:\d\d(?!\d)"
)
_SUBJECT_CODE = re.compile(
    r"(?:20[1-9]|2[12]\d|23[0-5]|10[1-9]|110|30[1-9]|31[0-3]|399|50[1-9]|51[0-5]|599)(?:(?!00)\d\d){1,2}(?![\d.,，])"
)
_LIST_MARK = re.compile(
    r"\d{1,2}(?:[、.．](?!\d)|[)）])|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}[、.．]|[①-⑳]"
    r"|\d{1,2}[.．](?=(?:19|20)\d\d\s*年)"
)
_MARK_BEFORE_YEAR = re.compile(r"(?<!\d)\d{1,2}[.．](?=(?:19|20)\d\d\s*年)")  # 表1.2026年: no year has hundredths
_ORDINAL = re.compile(r"第\s*(?:\d+|[一二三四五六七八九十百]+)")
_SENTENCE_ENDS = "。；;：:\n！？!? "
_PERCENT_IN_WORDS = re.compile(rf"([百千])分之([{CHINESE_NUMERAL_CHARACTERS}点]+|\d+(?:\.\d+)?)")
_FRACTION_IN_WORDS = re.compile("([二两三四五六七八九十]+)分之([一二两三四五六七八九十]+)|一半")
_RANGE_MARK = re.compile(r"\s*(?:-{1,2}|—{1,2}|–|~|至|到)\s*")
_MATH = re.compile(r"\$?\s*")
_YEAR_WITHOUT_WORD = re.compile(r"20(?:0[1-9]|[1-3]\d)(?![\d.,，])")
_RANKING = "前后头"
_INEXACT_BEFORE = tuple("一二两三四五六七八九几数")  # 两三个 says neither two nor three
_HUNDRED_MILLION = 10**8
_MOST_EXACT = 10**8  # a fraction of so many parts is a percentage with an end


@dataclass(frozen=True, slots=True)
class _Grammar:
    """Regular expressions made of the unit vocabulary."""

    relation: re.Pattern[str]
    relations: dict[str, Relation]
    after: re.Pattern[str]
    afters: dict[str, Relation]
    inside: re.Pattern[str]
    unit: re.Pattern[str]
    not_unit: re.Pattern[str]
    not_numeral: re.Pattern[str]
    multiplier: re.Pattern[str]
    chinese: re.Pattern[str]
    negative: re.Pattern[str]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@cache
def _grammar() -> _Grammar:
    words = unit_words()
    multiplier = f"[{''.join(words.multipliers)}]"
    counted = _any_of([*words.discrete, *words.periods, *words.measured])
    plain = _any_of([*words.money, *words.multiples, *words.discrete, *words.periods, *words.measured])
    shares = _any_of(words.shares)
    rate = rf"{multiplier}{{0,2}}(?:{plain})(?:\s?[/·]\s?(?:{counted}|[\u4e00-\u9fff]{{1,3}}(?![\u4e00-\u9fff])))+"
    relations = {word: relation for relation, listed in words.relation_before.items() for word in listed}
    afters = {word: relation for relation, listed in words.relation_after.items() for word in listed}
    return _Grammar(
        relation=re.compile(_any_of(relations)),
        relations=relations,
        after=re.compile(_any_of(afters)),
        afters=afters,
        inside=re.compile(f"[{''.join(words.about_inside)}]"),
        unit=re.compile(rf"{rate}|\\?(?:{shares})|{multiplier}{{0,3}}(?:{plain})"),
        not_unit=re.compile(_any_of(words.not_units)),
        not_numeral=re.compile(_any_of(words.not_numerals)),
        multiplier=re.compile(f"{multiplier}{{1,3}}"),
        chinese=re.compile(rf"[{CHINESE_NUMERAL_CHARACTERS}点]+"),
        negative=re.compile(f"[{''.join(words.negative_marks)}]"),
    )


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All numerals of a text, from left to right, without overlap."""
    plain = half_width(text)
    found = []
    position = 0
    while position < len(plain):
        numeral = _numeral_at(plain, position) if _may_start(plain[position]) else None
        if numeral is None or numeral.end <= position:
            position = _next_position(plain, position)
            continue
        found.append(replace(numeral, printed=text[numeral.start : numeral.end]))
        position = numeral.end
    return tuple(found)


def _numeral_at(text: str, position: int) -> Numeral | None:
    for recognise in _RECOGNISERS:
        if numeral := recognise(text, position):
            return numeral
    return None


def _may_start(character: str) -> bool:
    return (
        character.isascii() and (character.isalnum() or character in "$\\<>=~-([.")
    ) or character in _starting_characters()


@cache
def _starting_characters() -> frozenset[str]:
    grammar = _grammar()
    return frozenset(
        {word[0] for word in grammar.relations}
        | set(CHINESE_NUMERAL_CHARACTERS)
        | set("第\u3014【\uff3b（①②③④⑤⑥⑦⑧⑨⑩△▲▽")
    )


def _next_position(text: str, position: int) -> int:
    """One further, or past a word in which a numeral character is no number."""
    word = _grammar().not_numeral.match(text, position)
    return word.end() if word else position + 1


def _document_number(text: str, position: int) -> Numeral | None:
    match = _DOCUMENT.match(text, position)
    return Numeral(position, match.end(), "", NumeralKind.DOCUMENT) if match else None


def _list_mark(text: str, position: int) -> Numeral | None:
    if position and text[position - 1] not in _SENTENCE_ENDS:
        mark = _MARK_BEFORE_YEAR.match(text, position)
        return Numeral(position, mark.end(), "", NumeralKind.MARK) if mark else None
    match = _LIST_MARK.match(text, position) or _mark_before_count(text, position)
    return Numeral(position, match.end(), "", NumeralKind.MARK) if match else None


def _mark_before_count(text: str, position: int) -> re.Match[str] | None:
    """`1.16个项目` at the start of a sentence: nobody counts in hundredths, so that `1.` is a list mark."""
    match = re.compile(r"\d{1,2}\.(?=(\d+))").match(text, position)
    unit = _unit_at(text, match.end() + len(match[1])) if match else None
    return match if unit and unit[1].discrete else None


def _ordinal(text: str, position: int) -> Numeral | None:
    match = _ORDINAL.match(text, position)
    return Numeral(position, match.end(), "", NumeralKind.MARK) if match else None


def _date(text: str, position: int) -> Numeral | None:
    if position and text[position - 1].isdigit():
        return None
    found = date_at(text, position)
    if found:
        return Numeral(position, found[0], "", NumeralKind.DATE, dates=found[1])
    year = _YEAR_WITHOUT_WORD.match(text, position)
    if year and text.strip() != year.group() and not _unit_at(text, year.end()):
        return Numeral(position, year.end(), "", NumeralKind.DATE, dates=(year.group(),))
    return None


def _code(text: str, position: int) -> Numeral | None:
    match = _CODE.match(text, position) or _SUBJECT_CODE.match(text, position)
    if not match or not any(character.isdigit() for character in match.group()):
        return None
    digits = re.match(r"\d+", match.group())
    after = position + digits.end() if digits else position
    if digits and (_unit_at(text, after) or _grammar().multiplier.match(text, after)):
        return None
    return Numeral(position, match.end(), "", NumeralKind.CODE)


def _share_in_words(text: str, position: int) -> Numeral | None:
    match = _PERCENT_IN_WORDS.match(text, position)
    if not match:
        return None
    number = digits_to_decimal(match[2]) if match[2].isascii() else chinese_to_decimal(match[2])
    number = Decimal(100) if match[2] == "百" else number
    if number is None:
        return None
    number = number if match[1] == "百" else number / 10
    return Numeral(position, match.end(), "", NumeralKind.SHARE, Quantity(number, PERCENT))


def _fraction_in_words(text: str, position: int) -> Numeral | None:
    """四分之三 and 一半 as percentages; one that no decimal tells exactly (三分之一) has no quantity."""
    start, relation = _relation_at(text, position)
    match = _FRACTION_IN_WORDS.match(text, start)
    if not match:
        return None
    whole, part = (chinese_to_decimal(word) for word in (match[1] or "二", match[2] or "一"))
    if not whole or part is None:
        return None
    after = _grammar().after.match(text, match.end())
    end = after.end() if after else match.end()
    relation = relation or (_grammar().afters[after.group()] if after else Relation.EXACTLY)
    is_exact = part * _MOST_EXACT % whole == 0
    quantity = Quantity(100 * part / whole, PERCENT, relation=relation) if is_exact else None
    return Numeral(position, end, "", NumeralKind.SHARE, quantity)


def _amount(text: str, position: int) -> Numeral | None:
    """A number with its relation words, sign, multiplier and unit, or a range of two."""
    start, relation = _relation_at(text, position)
    first = _number_at(text, start)
    if first is None:
        return None
    amount, upper = _range_end(text, first)
    end, quantity = amount.end, amount.quantity
    after = _grammar().after.match(text, end)
    if after and quantity:
        relation, end = relation or _grammar().afters[after.group()], after.end()
    if text[position] == "$" and (closing := re.compile(r"\s*\$").match(text, end)):
        end = closing.end()
    if quantity and relation:
        quantity = replace(quantity, relation=relation)
    return Numeral(position, end, "", amount.kind, quantity, upper)


def _relation_at(text: str, position: int) -> tuple[int, Relation | None]:
    """Where the number starts after `$`, relation words and spaces, and the relation they tell."""
    grammar = _grammar()
    math = _MATH.match(text, position) if text[position] == "$" else None
    start = math.end() if math else position
    match = grammar.relation.match(text, start)
    if not match:
        return start, None
    end = match.end()
    while text[end : end + 1] in (" ", "于", "为") and end < len(text):
        end += 1
    return end, grammar.relations[match.group()]


def _range_end(text: str, first: _Amount) -> tuple[_Amount, Quantity | None]:
    """The upper end of 10-20万元, 50%-60%, 3至5个; the lower end takes the unit that only the upper one prints."""
    mark = _RANGE_MARK.match(text, first.end)
    if not mark or first.quantity is None or not text[mark.end() : mark.end() + 1].isdigit():
        return first, None
    second = _number_at(text, mark.end())
    if second is None or second.quantity is None or second.kind is NumeralKind.NUMBER:
        return first, None
    lower = first.quantity
    if first.kind is NumeralKind.NUMBER and first.factor == 1:
        lower = Quantity(lower.number * second.factor, second.quantity.unit, precision=second.quantity.precision)
    elif lower.unit != second.quantity.unit:
        return first, None
    return replace(second, quantity=lower), second.quantity


def _number_at(text: str, position: int) -> _Amount | None:
    """One number and its unit, in Arabic or Chinese digits."""
    first = _arabic_at(text, position) or _chinese_at(text, position)
    if first is None or first.factor != _HUNDRED_MILLION or first.quantity is None:
        return first
    rest = _arabic_at(text, first.end) or _chinese_at(text, first.end)
    if rest is None or rest.quantity is None or rest.factor >= first.factor or rest.factor < 10**4:
        return first
    number = first.quantity.number + rest.quantity.number  # 3亿5000万元
    return replace(rest, quantity=replace(rest.quantity, number=number))


def _arabic_at(text: str, position: int) -> _Amount | None:
    sign, start = _sign_at(text, position)
    run = re.compile(_DIGITS).match(text, start)
    if not run or (start == position and position and text[position - 1].isdigit()):
        return None
    printed = _longest_number(run.group())
    if printed is None:
        return _Amount(start + len(run.group().rstrip()), NumeralKind.MALFORMED, None, Decimal(1))
    number = digits_to_decimal(printed)
    assert number is not None
    return _with_unit(text, start + len(printed), sign * number, last_digit_size(printed))


def _longest_number(run: str) -> str | None:
    """The first number in a run of digits, points, commas and spaces; None where its form is doubtful."""
    whole = re.match(r"\d{1,3}(?:\s?[,，]\s?\d\s?\d\s?\d)+(?!\d)(?:\.\d+)?(?![\d.])", run)
    if whole and digits_to_decimal(whole.group()) is not None and not re.match(r"[,，]\d", run[whole.end() :]):
        return whole.group()
    for part in re.split(r"，|\s", run, maxsplit=1)[:1]:
        if digits_to_decimal(part) is not None:
            return part
    return None


def _sign_at(text: str, position: int) -> tuple[int, int]:
    """A minus counts where nothing that it could join stands before it."""
    mark = _grammar().negative.match(text, position)
    before = text[position - 1 : position]
    if mark and not before.isalnum() and before not in list(")]》”%"):
        return -1, mark.end() + (text[mark.end() : mark.end() + 1] == " ")
    if mark and before in list("长降减增低高少多加率为是"):
        return -1, mark.end()
    return 1, position


def _chinese_at(text: str, position: int) -> _Amount | None:
    grammar = _grammar()
    match = grammar.chinese.match(text, position)
    if not match or grammar.not_numeral.match(text, position) or text[position - 1 : position] in _INEXACT_BEFORE:
        return None
    run = match.group().rstrip("点")
    for size in range(len(run), 0, -1):
        number = chinese_to_decimal(run[:size])
        if number is not None and (amount := _chinese_amount(text, position, run[:size], number)):
            return amount
    return None


def _chinese_amount(text: str, position: int, run: str, number: Decimal) -> _Amount | None:
    """A Chinese numeral counts as one when a unit follows, when it has several characters, or after 前 and 后."""
    end = position + len(run)
    unit = _unit_at(text, end)
    if unit is None and text.startswith(tuple(unit_words().session_words), end):
        return None
    if unit is None and not _follows_ranking_word(text, position) and not _is_clearly_a_number(run):
        return None
    if (
        unit
        and len(run) == 1
        and unit[1].kind is UnitKind.COUNT
        and text[position - 1 : position] in ("第", "之", "统", "唯")
    ):
        return None
    size = Decimal(1)
    for character in reversed(run):
        if character not in "万亿千百十":
            break
        size *= unit_words().multipliers[character]
    return _with_unit(text, end, number, size)


def _follows_ranking_word(text: str, position: int) -> bool:
    return text[position - 1 : position] in tuple(_RANKING)


def _is_clearly_a_number(run: str) -> bool:
    return len(run) > 1 and any(character in "十百千万亿" for character in run) and run[0] not in "百千万亿"


def _with_unit(text: str, end: int, number: Decimal, size: Decimal) -> _Amount:
    """The number in its canonical unit; `size` is that of its last printed digit."""
    grammar = _grammar()
    inside = grammar.inside.match(text, end)
    unit_start = inside.end() if inside else end
    unit = _unit_at(text, unit_start)
    if unit is None:
        inside = None
        return _bare(text, end, number, size)
    unit_end, meaning = unit
    factor = meaning.factor
    exact = (number == 0 and size == 1) or (meaning.exact and size == 1)
    precision = Decimal(0) if exact else size * factor
    relation = Relation.ABOUT if inside else Relation.EXACTLY
    quantity = Quantity(number * factor, meaning.canonical, relation, precision)
    return _Amount(unit_end, _KIND_OF_UNIT[meaning.kind], quantity, factor)


def _bare(text: str, end: int, number: Decimal, size: Decimal) -> _Amount:
    """A number without a unit; 50万 is 500000."""
    factor = Decimal(1)
    multiplier = _grammar().multiplier.match(text, end)
    if multiplier and not _grammar().not_numeral.match(text, end):
        for character in multiplier.group():
            factor *= unit_words().multipliers[character]
        end = multiplier.end()
    precision = Decimal(0) if size == factor == 1 else size * factor
    return _Amount(end, NumeralKind.NUMBER, Quantity(number * factor, "", precision=precision), factor)


def _unit_at(text: str, position: int) -> tuple[int, Unit] | None:
    """The unit printed at a position, spaces before it allowed, and where it ends."""
    grammar = _grammar()
    start = position
    while text[start : start + 1] == " " and start - position < 2:
        start += 1
    if grammar.not_unit.match(text, start):
        return None
    match = grammar.unit.match(text, start)
    if not match:
        return None
    printed = match.group().lstrip("\\")
    if (
        printed.isascii()
        and printed[-1].isalpha()
        and text[match.end() : match.end() + 1].isascii()
        and text[match.end() : match.end() + 1].isalpha()
    ):
        return None
    unit = unit_named(printed)
    return (match.end(), unit) if unit else None


_RECOGNISERS: tuple[Callable[[str, int], Numeral | None], ...] = (
    _document_number,
    _list_mark,
    _ordinal,
    _date,
    _code,
    _share_in_words,
    _fraction_in_words,
    _amount,
)
