"""How a printed label is joined for reading and reduced for comparing; one rule for both, used everywhere."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_LEADING_MARK = re.compile(
    r"^(?:其中[:：]?|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])+"
)
_PUNCTUATION = re.compile(r"[\s\"'“”‘’「」《》〈〉()\[\]{}【】,.;:·、，。；：!?！？_/\\—–-]")


def joined_label(printed: str) -> str:
    """A label as printed, wrapped lines joined and spaces dropped: `市县(区)财政 资金` → `市县(区)财政资金`."""
    return _SPACE.sub("", printed)


def bare_label(printed: str) -> str:
    """A label without its list mark: `一、一般公共预算` → `一般公共预算`, `①公务用车购置费` → `公务用车购置费`."""
    return _LEADING_MARK.sub("", joined_label(printed))


@lru_cache(maxsize=16384)
def label_key(printed: str) -> str:
    """A label reduced for comparing: NFKC, lower case, no spaces, brackets, quotes or punctuation, no list mark."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", bare_label(printed))).lower()
