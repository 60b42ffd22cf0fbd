"""Terse formulas in the words of a question: `取暖面积/租赁面积×100`, `用电量 甲站÷乙站 倍`, `212 表1 当年安排 万元`.

What they look like and what they mean is vocabulary/formulas.yaml.
"""

from __future__ import annotations

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from assistant.words import Saying
from ingest.vocabulary_loading import load_vocabulary


class _Formulas(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    tails: tuple[str, ...]
    words: tuple[Saying, ...]


def formula_in_words(text: str) -> str:
    """The text with its formula in words; as it is where it has none."""
    tail, words = _patterns()
    while (found := tail.search(text)) is not None and found.start() > 1:
        text = text[: found.start()]
    return next((found.expand(means) for pattern, means in words if (found := pattern.fullmatch(text))), text)


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    known = load_vocabulary("formulas", _Formulas, "assistant")
    tail = re.compile(f"(?:{'|'.join(known.tails)})$")
    return tail, tuple((re.compile(each.say), each.means) for each in known.words)
