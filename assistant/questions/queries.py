"""Terse questions in the manner of a query: `count 经办人=某某`, `项目 order by 金额 desc limit 3`, in the words of a question."""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from assistant.words import Saying
from ingest.vocabulary_loading import load_vocabulary

_HAN = re.compile("[一-鿿]")
_LETTERS = re.compile(r"[a-z]{2,}", re.I)
_UNIT_LAST = re.compile(r"(?<=[一-鿿])\s+(?:元|万元|亿元|个|%)$")


class _Queries(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: tuple[Saying, ...]
    words: tuple[Saying, ...]


def query_in_words(text: str) -> str | None:
    """What a query asks, as Chinese; None where it is none, or has English words that no query has.

    Names of fields are English words too: they are of a query only beside Chinese.
    """
    fields, words = _patterns()
    if not _LETTERS.search(text) or not any(pattern.search(text) for pattern, _ in words):
        return None
    for pattern, means in (*(fields if _HAN.search(text) else ()), *words):
        text = pattern.sub(means, text)
    return None if _LETTERS.search(text) else _UNIT_LAST.sub("", re.sub(r"\s+", " ", text).strip(" ,，"))


@cache
def _patterns() -> tuple[tuple[tuple[re.Pattern[str], str], ...], tuple[tuple[re.Pattern[str], str], ...]]:
    known = load_vocabulary("query_words", _Queries, "assistant")
    fields, words = (tuple((_compiled(each.say), each.means) for each in part) for part in (known.fields, known.words))
    return fields, words


def _compiled(say: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{say})(?![a-z])", re.I)
