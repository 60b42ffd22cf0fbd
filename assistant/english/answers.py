"""Answers to English questions in English: our own phrases and units; names and quotations stay as the source prints them.

Answers are written once, in Chinese order; this last step knows fixed phrases (vocabulary/answers_english.yaml) and adds
no number: 129,589.59万元（1,295,895,900元） says the same as 1,295.8959 million yuan.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from functools import cache

from assistant.words import concepts, english_answer_words, longest_first
from ingest.numbers.numbers import format_number

_MILLION = Decimal(1_000_000)
_TWICE = re.compile(r"(?P<wan>-?[\d,]+(?:\.\d+)?万元)（(?:-?[\d,]+(?:\.\d+)?亿元，)?(?P<yuan>-?[\d,]+(?:\.\d+)?)元）")
_YUAN = re.compile(r"(?<=\d)元(?![一-鿿/」])")
_YEAR = re.compile(r"(\d{4})年(预算|决算)?")
_MARKS = {"：": ": ", "；": "; ", "，": ", ", "。": ".", "（": " (", "）": ")", "、": ", "}
_MARK = re.compile(r"(?<=[\x21-\x7e])(?:[：；，。（）]|(?<!\d)、)|）(?=[\x20-\x7e]|$)")  # 1、 is a mark of the source


def in_english(text: str, unit: str = "", printed: Collection[str] = ()) -> str:
    """The text of an answer with our own words in English; `unit` is the money unit that was asked for, if one was, `printed`
    are the cells that the answer cites: those with marks of punctuation are texts, which it repeats word for word."""
    texts = {line for cell in printed for line in cell.split("\n") if any(mark in line for mark in _MARKS)}
    quoted = re.compile("|".join((*map(re.escape, longest_first(tuple(texts))), "“[^”]*”")))
    return "\n".join(line if line.startswith(">") else _line(line, unit, quoted) for line in text.split("\n"))


def _line(line: str, unit: str, quoted: re.Pattern[str]) -> str:
    if " · " in line and "：" not in line:
        return " · ".join(_part(part) for part in line.split(" · "))
    told, end = "", 0
    for quotation in quoted.finditer(line):
        told += _phrases(line[end : quotation.start()], unit) + quotation[0]
        end = quotation.end()
    return (told + _phrases(line[end:], unit)).rstrip()


def _part(part: str) -> str:
    if (year := _YEAR.fullmatch(part)) is not None:
        return f"{year[1]} {'final accounts' if year[2] == '决算' else 'budget'}"
    known = english_answer_words().parts.get(part)
    return known or (f"{_concepts()[part]} ({part})" if part in _concepts() else part)


def _phrases(text: str, unit: str) -> str:
    text = _TWICE.sub(_in_ten_thousands if unit == "万元" else _money, text)
    for pattern, english in _patterns():
        text = pattern.sub(english, text)
    text = _YUAN.sub(" yuan", text)
    head = re.fullmatch(r"(\*\*)([^*：:,]+)([：:,].*)", text)
    if head is not None and head[2] in _concepts():
        text = f"{head[1]}{_concepts()[head[2]]} ({head[2]}){head[3]}"
    text = _MARK.sub(lambda mark: _MARKS[mark[0]], text)
    return re.sub(r"(?<=[\x21-\x7e])  +", " ", text)


def _money(found: re.Match[str]) -> str:
    """129,589.59万元（1,295,895,900元） as 1,295.8959 million yuan (1,295,895,900 yuan, 129,589.59万元)."""
    yuan = Decimal(found["yuan"].replace(",", ""))
    if abs(yuan) < _MILLION:
        return f"{found['yuan']} yuan ({found['wan']})"
    million = yuan / _MILLION
    places = None if million == round(million, 4) else 2
    return f"{format_number(million, places)} million yuan ({found['yuan']} yuan, {found['wan']})"


def _in_ten_thousands(found: re.Match[str]) -> str:
    return f"{found['wan']} ({found['wan'].removesuffix('万元')} ten thousand yuan, {found['yuan']} yuan)"


@cache
def _concepts() -> dict[str, str]:
    return {concept.label: concept.english for concept in concepts()}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), english) for pattern, english in english_answer_words().patterns)
