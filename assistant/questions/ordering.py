"""Superlatives and positions in a phrase: direction, first, how many, and what is left of it."""

from __future__ import annotations

import re

from assistant.plan import ALL_MEMBERS
from assistant.words import longest_first, plain_words
from ingest.numbers.numbers import as_number


def order_in(text: str) -> tuple[bool, int, int, str] | None:
    """Direction, first, count and the rest of a phrase with a superlative; None without one."""
    words = plain_words().rank
    number = r"(?P<n>[一二两三四五六七八九十\d]+)"
    patterns: tuple[tuple[str, bool, bool], ...] = (
        (rf"倒数第{number}(?:小|少|低|名|个|位)?(?:的)?", False, True),
        (rf"第{number}(?:大|多|高|贵|烧钱|花钱|费钱|能花钱)(?:的)?", True, True),
        (rf"第{number}(?:小|少|低)(?:的)?", False, True),
        (
            rf"(?:排名|排|金额|预算)?(?:最大|最多|最高|最贵|靠前)的?(?:前)?{number}(?:个|项|名|笔|类|大)(?:的)?",
            True,
            False,
        ),
        (rf"(?:最小|最少|最低|垫底|靠后)的?{number}(?:个|项|名|笔|类)(?:的)?", False, False),
        (rf"(?:金额|预算|排名|花钱)?(?:从大到小)?(?:排)?前{number}(?:个|项|名|位|大|笔|类)?(?:的)?", True, False),
        (rf"后{number}(?:个|项|名|位)(?:的)?", False, False),
        (rf"{number}(?:个|项)(?:金额|预算|花钱)?(?:最大|最多|最高)(?:的)?", True, False),
        (rf"{number}(?:个|项)(?:金额|预算|花钱)?(?:最小|最少|最低)(?:的)?", False, False),
        (rf"排(?:名)?(?:在)?第{number}(?:位|名)?(?:的)?", True, True),
        (rf"第{number}(?:名|位)(?:的)?", True, True),
    )
    for pattern, descending, position in patterns:
        found = re.search(pattern, text)
        value = as_number(found["n"]) if found else None
        if found is not None and value is not None:
            rest = order_words_out(text.replace(found[0], "", 1))
            if re.search(r"从小到大|由小到大|从低到高", rest):
                descending = False
            return descending, int(value) if position else 1, 1 if position else int(value), rest
    for descending, direction in ((False, "ascending"), (True, "descending")):
        hits = [word for word in words[direction] if word in text and len(word) > 1]
        if hits:
            word = max(hits, key=len)
            return descending, 1, 1, order_words_out(text.replace(word, "", 1))
    for descending, direction in ((True, "order"), (False, "order_up")):
        if any(word in text for word in words[direction]):
            return descending, 1, ALL_MEMBERS, order_words_out(text)
    return None


def order_words_out(text: str) -> str:
    words = plain_words().rank
    for word in longest_first((*words["order"], *words["order_up"])):
        text = text.replace(word, "")
    return re.sub(
        r"(?:是|分别是|都是|有)?(?:哪|那)(?:一|几|三|两|些|五|四|十)?(?:个|项|笔|类|种|块|家|些)?|是(?:什么|啥|谁)|(?:金额|预算)?(?:是|有)?多少[钱元万亿]*|分别|,|占多少|各",
        "",
        text,
    )
