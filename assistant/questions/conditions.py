"""Conditions said in passing: a project period, a nature, a threshold, carried over or not."""

from __future__ import annotations

import re

from assistant.plan import Condition
from assistant.words import longest_first, plain_words
from ingest.facts import Vintage
from ingest.numbers.numbers import NumeralKind, as_number, find_numerals
from ingest.numbers.quantities import YUAN, Quantity, Relation


def period_years(text: str) -> tuple[list[Condition], str]:
    found = re.search(
        r"(?:项目期|实施期|周期|为期|期限)?(?:是|为)?([一二两三四五六七八九十\d]+)年(?:期)(?:的)?|(?:项目期|实施期|周期|为期|期限)(?:是|为)?([一二两三四五六七八九十\d]+)年(?:的)?",
        text,
    )
    number = as_number(found[1] or found[2]) if found else None
    if found is None or number is None:
        return [], text
    return [Condition("period_years", "=", quantity=Quantity(number, "年"))], text.replace(found[0], "")


def nature(text: str) -> tuple[list[Condition], str]:
    for nature, words in plain_words().nature.items():
        for word in longest_first(words):
            if word in text:
                return [Condition("nature", relation_before(text, word), nature)], text.replace(word, "")
    return [], text


def threshold(text: str) -> tuple[list[Condition], str]:
    """`超过1000万`, `500万以上`, `≥95%`, `上亿的`: an amount or a share with its relation."""
    round_amount = re.search(r"(?:上|过|破|逾)([十百千]?万|[十百千]?亿)(?:元)?(?:的)?", text)
    if round_amount and (number := as_number("一" + round_amount[1])):
        return [Condition("amount", "≥", quantity=Quantity(number, YUAN))], text.replace(round_amount[0], "")
    for numeral in find_numerals(text):
        if numeral.quantity is None or numeral.kind not in (NumeralKind.MONEY, NumeralKind.NUMBER, NumeralKind.SHARE):
            continue
        if numeral.kind is NumeralKind.NUMBER and not re.search(r"[万亿]", numeral.printed):
            continue
        quantity = numeral.quantity
        before, after = text[: numeral.start], text[numeral.end :]
        relation, used = _RELATION_OF.get(quantity.relation), ""
        for sign, words in plain_words().relations.items():
            for word in longest_first(words):
                if (before.endswith(word) or after.startswith(word)) and len(word) > len(used):
                    relation, used = sign, word
        unit = YUAN if numeral.kind is not NumeralKind.SHARE else quantity.unit
        if (between := _between(text, unit)) is not None:
            return between
        if relation is None or (relation == "=" and not used):
            continue
        rest = before.removesuffix(used) + after.removeprefix(used).lstrip("元的")
        return [Condition("amount", relation, quantity=Quantity(quantity.number, unit))], rest
    return [], text


def _between(text: str, unit: str) -> tuple[list[Condition], str] | None:
    """`500万元到3000万元之间`, `介于1%和5%`: both bounds."""
    found = re.search(
        r"(?:在|介于|处于)?(?P<low>[\d.,]+(?:万|亿)?元?%?)(?:到|至|和|与|[-~—～])(?P<high>[\d.,]+(?:万|亿)?元?%?)(?:之间|之内|以内)",
        text,
    )
    if found is None:
        return None
    low, high = (
        next((n.quantity for n in find_numerals(found[name]) if n.quantity is not None), None)
        for name in ("low", "high")
    )
    if low is None or high is None:
        return None
    scale = high.number if low.number < 1000 <= high.number and not re.search("[万亿]", found["low"]) else None
    bottom = low.number * (10_000 if scale and "万" in found["high"] else 1)
    bounds = [
        Condition("amount", "≥", quantity=Quantity(bottom, unit)),
        Condition("amount", "≤", quantity=Quantity(high.number, unit)),
    ]
    return bounds, text.replace(found[0], "")


_RELATION_OF = {Relation.AT_MOST: "≤", Relation.AT_LEAST: "≥", Relation.LESS: "<", Relation.MORE: ">"}


def carried(text: str) -> tuple[list[Condition], str]:
    """This year's or last year's money; `含结转` asks for both and sets no condition."""
    found = re.search(
        r"(?:本年|当年|今年)(?:预算)?(?:的)?(?:和|与|跟|加|连)(?:上年|去年)?结转(?:的)?(?:放在?|合在?|加在?|排在?)?(?:一块|一起|一并|合计|都)?(?:算|排|看)?",
        text,
    )
    if found:
        return [], text.replace(found[0], "")
    found = re.search(
        r"[(（]?(?<!不)(?:包括|包含|连同|连|含|算上|加上|带)(?:着)?(?:上年|去年)?结转(?:资金|项目)?的?(?:也|都)?(?:都)?(?:算上|算进去|在内|算|一起)?的?[)）]?",
        text,
    )
    if found:
        return [], text.replace(found[0], "")
    found = re.search(
        r"[(（]?(非|不含|不是|除了?|剔除|不算|去掉|扣除|排除|不包括)(?:上年|去年)?结转(?:资金|项目)?(?:的|以外的?|之外的?|外)?[)）]?",
        text,
    )
    if found:
        return [Condition("vintage", "=", Vintage.CURRENT.value)], text.replace(found[0], "")
    found = re.search(r"(?:去年没花完)?(?:上年|去年)?结转(?:到今年|过来|下来|来)?(?:的)?", text)
    if found:
        return [Condition("vintage", "=", Vintage.CARRIED_OVER.value)], text.replace(found[0], "")
    found = re.search(
        r"[(（]?(?:本年|当年)(?:预算)?(?:安排)?(?:的)?[)）]?(?=.*项目|$|按)|(?<=项目)[(（]?(?:本年|当年)(?:预算)?[)）]?",
        text,
    )
    if found:
        return [Condition("vintage", "=", Vintage.CURRENT.value)], text.replace(found[0], "", 1)
    return [], text


def relation_before(text: str, word: str) -> str:
    before = text[: text.index(word)] if word in text else ""
    return "≠" if any(before.endswith(negation) for negation in plain_words().negation) else "="
