"""The one door through which a document's words reach the page, so that they are shown and never obeyed.

Markdown, HTML, formulas (`$`), colour and icon directives, emoji codes and bare links all stay the characters they are.
"""

from __future__ import annotations

import html
import re

WORD_JOINER = "\u2060"  # invisible; parts what the page would otherwise fuse after parsing

_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MEANT = re.compile(r"([\\`*_\[\]<>$~&|:])")
_AT_START = re.compile(r"^(\d*)([-+=#.)])")
_FUSED_LATER = re.compile(r"(?<=:)(?=[\w+/-])|(?<=www)(?=\.)|(?=@)|(?<=[-<~>])(?=[-=>])", re.IGNORECASE)


def safe_text(printed: str) -> str:
    """One line of markdown that shows exactly the words printed, white space folded."""
    line = _SPACE.sub(" ", _CONTROL.sub("", printed)).strip()
    parted = _FUSED_LATER.sub(WORD_JOINER, line)
    return _AT_START.sub(r"\1\\\2", _MEANT.sub(r"\\\1", parted))


def safe_html(printed: str) -> str:
    """HTML text that shows exactly the words printed, line breaks kept."""
    return html.escape(_CONTROL.sub("", printed)).replace("\n", "<br>")
