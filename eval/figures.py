"""The judges' own reading of figures in a text and of units that mean the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from eval.expectations import Figure

_SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
_SYNONYMS = {
    **dict.fromkeys(("平米", "平方", "㎡", "m2"), "平方米"),
    **dict.fromkeys(("千瓦时", "kwh"), "度"),
    **dict.fromkeys(("块", "圆", "cny", "yuan", "rmb"), "元"),
    **dict.fromkeys(("percent", "百分点", "个百分点"), "%"),
    **dict.fromkeys(("times", "x"), "倍"),
    **dict.fromkeys(("名", "位"), "人"),
    **dict.fromkeys(("天", "工作日", "个工作日"), "日"),
    **dict.fromkeys("项家张条处种类笔所份场根村款件", "个"),
}
_COUNTED_THINGS = frozenset(("人", "辆", "台", "座", "次", "册", "户"))
_NUMBER = re.compile(
    r"(?<![\d.,A-Za-z])([-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(亿|千万|百万|万)?\s*(元|%|倍|yuan|cny|times)?",
    re.IGNORECASE,
)


def in_base_unit(number: Decimal, unit: str) -> tuple[Decimal, str]:
    """The number without its scale, the unit without its synonyms and "per": 0.7 万元/度 → 7000 元."""
    plain = unicodedata.normalize("NFKC", unit).strip().lower().split("/")[0]
    for scale, factor in _SCALES.items():
        if plain.startswith(scale):
            number, plain = number * factor, plain.removeprefix(scale)
            break
    return number, _SYNONYMS.get(plain, plain)


def same_kind_of_unit(one: str, other: str) -> bool:
    """Whether two units count the same: 元 and 万元, 个 and 项, 元 and 元/平方米 do; 元 and % do not.

    人, 辆, 座 … agree with 个 but not with each other.
    """
    pair = {in_base_unit(Decimal(1), one)[1], in_base_unit(Decimal(1), other)[1]}
    return len(pair) == 1 or ("个" in pair and not pair.isdisjoint(_COUNTED_THINGS))


def figures_in(text: str, counted: str = "") -> Iterator[tuple[Figure, int]]:
    """Amounts, shares and multiples of a text with the place where each begins; years, codes and counts are not.

    With `counted`, a counting unit, its figures too.
    """
    text = unicodedata.normalize("NFKC", text)
    for match in _NUMBER.finditer(text):
        scale, unit = match[2] or "", match[3] or ""
        base = in_base_unit(Decimal(1), counted)[1]
        if base not in ("", "元", "%", "倍") and text[match.end() :].lstrip().startswith((base, counted)):
            unit = base
        if scale or unit:
            number = Decimal(match[1].replace(",", "").replace("−", "-"))
            yield Figure(number, scale + _SYNONYMS.get(unit.lower(), unit or "元")), match.start()
