"""An answer as HTML: paragraphs, bold and lists are drawn; any other mark is a word of some document and stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from assistant.screens.safe_text import safe_html

_MARKED = re.compile(r"\\([!-/:-@\[-`{-~])|\*\*((?:\\.|[^\\])+?)\*\*", re.DOTALL)
_LINE = re.compile(r"(?P<bullet>[-*] )|(?P<number>\d{1,3}\. )|(?P<quote>> ?)|(?P<warning>(?=⚠))")
_TAGS = {
    "bullet": ("<ul>", "<li>{}</li>", "</ul>"),
    "number": ("<ol>", "<li>{}</li>", "</ol>"),
    "quote": ("<blockquote>", "{}<br>", "</blockquote>"),
    "warning": ("", '<p class="mz-warning">{}</p>', ""),
}


def answer_html(text: str) -> str:
    """The whole answer; warnings (lines that begin with ⚠) are set off."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return (
        f'<div class="mz-answer">{"".join(part for block in blocks for part in _block_html(block.splitlines()))}</div>'
    )


def _block_html(lines: list[str]) -> Iterator[str]:
    for kind, group in groupby(lines, key=_kind):
        if not kind:
            yield f"<p>{'<br>'.join(_inline_html(line) for line in group)}</p>"
            continue
        opening, each, closing = _TAGS[kind]
        yield opening + "".join(each.format(_inline_html(_LINE.sub("", line, count=1))) for line in group) + closing


def _kind(line: str) -> str:
    found = _LINE.match(line)
    return found.lastgroup or "" if found else ""


def _inline_html(text: str) -> str:
    parts, end = [], 0
    for found in _MARKED.finditer(text):
        escaped, bold = found.groups()
        parts += [
            safe_html(text[end : found.start()]),
            safe_html(escaped) if escaped else f"<b>{_inline_html(bold)}</b>",
        ]
        end = found.end()
    return "".join([*parts, safe_html(text[end:])])
