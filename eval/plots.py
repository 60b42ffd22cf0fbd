"""Bars as inline SVG, so that a report is one file that any browser opens without a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_ROW, _LABEL, _BAR, _VALUE = 22, 150, 420, 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: parts are (share of the whole width, colour), drawn from left to right."""

    label: str
    parts: tuple[tuple[float, str], ...]
    value: str


def bars(title: str, rows: Sequence[Bar]) -> str:
    """A stacked bar for each row, its label to the left and its value to the right."""
    width, height = _LABEL + _BAR + _VALUE, _ROW * len(rows) + 8
    body = "".join(_bar(row, _ROW * position + 4) for position, row in enumerate(rows))
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">{body}</svg></figure>'
    )


def _bar(row: Bar, top: int) -> str:
    drawn, left = [], float(_LABEL)
    for share, colour in row.parts:
        span = max(0.0, min(1.0, share)) * _BAR
        drawn.append(f'<rect x="{left:.1f}" y="{top}" width="{span:.1f}" height="{_ROW - 6}" fill="{colour}"/>')
        left += span
    middle = top + _ROW - 11
    return (
        f'<text x="{_LABEL - 8}" y="{middle}" text-anchor="end">{escape(row.label)}</text>{"".join(drawn)}'
        f'<text x="{_LABEL + _BAR + 8}" y="{middle}">{escape(row.value)}</text>'
    )
