"""Printed digits to exact decimals: grouping, full width, spaces that OCR put inside a number, Chinese numerals.

A form that could be read in two ways is refused here (`None`), so that nothing downstream can guess.
"""

from __future__ import annotations

import re
from decimal import Decimal

MOST_DIGITS = 20  # longer runs are identifiers, and would not fit exact arithmetic

_SAME_LENGTH = str.maketrans(
    {
        **{chr(half + 0xFEE0): chr(half) for half in map(ord, "0123456789.%()<>=/~:-+$\\")},
        **dict.fromkeys("\u2212\ufe63\u2010\u2011", "-"),
        **dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff\t\n\r", " "),
        "﹪": "%",
    }
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GROUPED_FROM_THE_END = re.compile(r"\d{4,}(?:,\d{3})+(?:\.\d+)?")  # 1234567,890: the leading groups run together
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_SPACED_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+\.\d{1,6}")
_SPACE_BY_THE_POINT = re.compile(r"\d+ ?\. ?\d+|\d+\.\d \d")

_FORMAL_DIGITS = "壹贰叁肆伍陆柒捌玖"
_CHINESE_DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    **{digit: value for value, digit in enumerate(f"\u3007{_FORMAL_DIGITS}")},
    **{"○": 0, "两": 2, "俩": 2, "仨": 3},
}
_SMALL_STEPS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE_STEPS = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}
CHINESE_NUMERAL_CHARACTERS = "".join((*_CHINESE_DIGITS, *_SMALL_STEPS, *_LARGE_STEPS))


def half_width(text: str) -> str:
    """Digits and marks in half width, character by character, so that positions stay the same."""
    return text.translate(_SAME_LENGTH)


def digits_to_decimal(printed: str) -> Decimal | None:
    """An unsigned number as printed, None where its form is doubtful (`1.389.97`, `12,34.5`, `57 65`)."""
    text = half_width(printed).replace("，", ",").strip()
    if sum(character.isdigit() for character in text) > MOST_DIGITS:
        return None
    joined = re.sub(r"\s", "", text)
    if joined != text and not _is_one_number_with_spaces(text, joined):
        return None
    if any(form.fullmatch(joined) for form in (_GROUPED, _PLAIN, _GROUPED_FROM_THE_END)):
        return Decimal(joined.replace(",", ""))
    return None


def _is_one_number_with_spaces(text: str, joined: str) -> bool:
    """Whether the spaces can only be damage: grouping proves it, or the space stands at the decimal point."""
    if _GROUPED.fullmatch(joined):
        return True
    single = re.sub(r"\s+", " ", text)
    return bool(_SPACED_GROUPS.fullmatch(single) or _SPACE_BY_THE_POINT.fullmatch(single))


def last_digit_size(printed: str) -> Decimal:
    """The size of the last printed digit: `20,000.00` → 0.01, `57` → 1."""
    _, point, fraction = re.sub(r"\s", "", half_width(printed)).partition(".")
    return Decimal(1).scaleb(-len(fraction)) if point else Decimal(1)


def chinese_to_decimal(printed: str) -> Decimal | None:
    """A Chinese numeral, None if malformed: 一千二百万 → 12000000, 两 → 2, 三点五 → 3.5, 二〇二三 → 2023."""
    whole, point, fraction = printed.partition("点")
    number = _chinese_integer(whole)
    if number is None or not point:
        return number
    digits = [_CHINESE_DIGITS.get(character) for character in fraction]
    if not digits or None in digits:
        return None
    return number + Decimal("0." + "".join(map(str, digits)))


def _chinese_integer(text: str) -> Decimal | None:
    if not text:
        return None
    if all(character in _CHINESE_DIGITS for character in text):
        if len(text) in (2, 3):  # 一二, 三五百: an enumeration or a guess, not a number
            return None
        if text in _FORMAL_DIGITS:  # 陆路 is a way by land
            return None
        return Decimal("".join(str(_CHINESE_DIGITS[character]) for character in text))
    return _stepped_integer(text)


def _stepped_integer(text: str) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    step = 10**5
    for character in text:
        if character in _CHINESE_DIGITS:
            if digit:
                return None
            digit = _CHINESE_DIGITS[character]
        elif character in _SMALL_STEPS:
            if (digit is None and character not in "十拾") or _SMALL_STEPS[character] >= step:
                return None
            step = _SMALL_STEPS[character]
            section += (1 if digit is None else digit) * step
            digit = None
        elif character in _LARGE_STEPS:
            section += digit or 0
            if not section and not total:
                return None
            total = (total + section) * 10**8 if _LARGE_STEPS[character] == 10**8 else total + section * 10**4
            section, digit, step = 0, None, 10**5
        else:
            return None
    if digit and text[-2:-1] and text[-2] in "百千万亿佰仟":  # 一百五, 两千三: the colloquial half step
        before = {**_SMALL_STEPS, **_LARGE_STEPS}[text[-2]]
        return Decimal(total + section + digit * before // 10)
    return Decimal(total + section + (digit or 0))
