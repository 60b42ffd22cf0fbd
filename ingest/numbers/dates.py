"""Years, dates, date ranges and time stamps in running text, so that no year is ever read as an amount."""

from __future__ import annotations

import re

from ingest.numbers.digits import chinese_to_decimal

_YEAR = r"(?:19|20)\d\d"
_TO = r"\s*(?:-{1,2}|—{1,2}|–|~|至|到)\s*"
_CHINESE_YEAR = re.compile(r"[一二][九〇零○][〇零○一二三四五六七八九]{2}(?=\s*年)")
_POINT = (
    rf"(?:(?P<year{{0}}>{_YEAR})\s*年\s*度?\s*)?(?P<month{{0}}>1[0-2]|0?[1-9])\s*月"
    rf"(?:份|(?:\s*(?P<day{{0}}>3[01]|[12]\d|0?[1-9])\s*[日号]))?"
)
_NUMERIC = (
    rf"(?P<year{{0}}>{_YEAR})\s?(?P<mark{{0}}>[-./])\s?(?P<month{{0}}>1[0-2]|0?[1-9])"
    rf"(?:\s?(?P=mark{{0}})\s?(?P<day{{0}}>3[01]|[12]\d|0?[1-9]))"
)
_NOT_DURING = r"(?!\d)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        _POINT.format("1") + _TO + _POINT.format("2"),
        _NUMERIC.format("1") + _NOT_DURING + _TO + _NUMERIC.format("2") + _NOT_DURING,
        rf"(?P<year1>{_YEAR})\s*年\s*(?P<month1>1[0-2]|0?[1-9])(?:\s*月)?{_TO}(?P<month2>1[0-2]|0?[1-9])\s*月份?",
        rf"(?P<month1>1[0-2]|0?[1-9])(?:\s*月)?{_TO}(?P<month2>1[0-2]|0?[1-9])\s*月份?",
        rf"(?P<year1>{_YEAR})\s*年?\s*度?{_TO}(?P<year2>{_YEAR})\s*(?:年度?)?{_NOT_DURING}",
        _POINT.format("1"),
        _NUMERIC.format("1") + _NOT_DURING,
        rf"(?P<year1>{_YEAR})\s*年\s*度?",
        rf"(?P<year1>{_YEAR})[-/](?P<month1>0[1-9]|1[0-2])(?![\d/-])",
    )
)
_STAMP = re.compile(r"(?:19|20)\d\d[\d ]{4,12}(?!\d)")


def date_at(text: str, position: int) -> tuple[int, tuple[str, ...]] | None:
    """The date or range that starts at a position of half-width text: where it ends, and its ISO texts."""
    if chinese := _CHINESE_YEAR.match(text, position):
        year = chinese_to_decimal(chinese.group())
        end = text.index("年", chinese.end()) + 1
        return end + (text[end : end + 1] == "度"), (str(year),)
    if stamp := _time_stamp(text, position):
        return stamp
    for pattern in _PATTERNS:
        if match := pattern.match(text, position):
            return match.end(), _iso_texts(match.groupdict())
    return None


def _time_stamp(text: str, position: int) -> tuple[int, tuple[str, ...]] | None:
    """20230113 or 20230113162321, also with spaces that OCR put in: 202301131623 21."""
    match = _STAMP.match(text, position)
    if not match:
        return None
    printed = match.group().rstrip()
    digits = printed.replace(" ", "")
    if len(digits) not in (8, 12, 13, 14) or (len(digits) == 8 and " " in printed):
        return None
    month, day = digits[4:6], digits[6:8]
    if not ("01" <= month <= "12" and "01" <= day <= "31"):
        return None
    return position + len(printed), (f"{digits[:4]}-{month}-{day}",)


def _iso_texts(parts: dict[str, str | None]) -> tuple[str, ...]:
    texts = []
    for which in ("1", "2"):
        year, month, day = (parts.get(name + which) for name in ("year", "month", "day"))
        year = year or (parts.get("year1") if which == "2" and month else None)
        if not year and not month:
            continue
        text = year or "-"
        text += f"-{int(month):02}" if month else ""
        text += f"-{int(day):02}" if day else ""
        texts.append(text)
    return tuple(texts)
