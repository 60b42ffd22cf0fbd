"""Where a figure stands: its table as printed with the cell marked, or its sentence in its paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.screens.safe_text import safe_html
from ingest.facts import TableRecord
from ingest.source import Place

_NUMBER = re.compile(r"[-−+≤≥<>=]?[\d,.\s]+[%％]?|[-—–/]")
_SHOWN_ROWS = 240
_HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """The row and column of a cell to mark, counted from 0 in `TableRecord.rows`; without a column, the row alone."""

    row: int
    column: int | None


def table_html(record: TableRecord, marks: Collection[Mark]) -> str:
    """The table as printed. A very long one is shown around the first mark, and says how many rows it leaves out."""
    body = "".join(_rows_html(record, marks))
    heading = f"<b>{safe_html(record.title)}</b>"
    unit = f'<span class="mz-unit">{safe_html(_unit_text(record.unit))}</span>' if record.unit else ""
    note = f'<p class="mz-note">{safe_html(record.note)}</p>' if record.note else ""
    return (
        f'<div class="mz-source"><div class="mz-caption">{heading}{unit}</div>'
        f'<div class="mz-scroll"><table>{body}</table></div>{note}</div>'
    )


def sentence_html(paragraph: str, sentence: str, printed: str) -> str:
    """The paragraph with its sentence set off and the printed figure marked; the sentence alone if they do not meet."""
    before, found, after = paragraph.partition(sentence) if sentence else ("", "", "")
    if not found:
        before, found, after = "", sentence or paragraph, ""
    start, figure, rest = found.partition(printed) if printed else (found, "", "")
    marked = f'<mark class="mz-mark">{safe_html(figure)}</mark>' if figure else ""
    inner = f"{safe_html(start)}{marked}{safe_html(rest)}"
    return (
        f'<blockquote class="mz-source mz-prose">{safe_html(before)}'
        f'<span class="mz-sentence">{inner}</span>{safe_html(after)}</blockquote>'
    )


def place_text(place: Place) -> str:
    """A place in a reader's words, e.g. `第 15 页` or `第 371 行`; "" if nothing is known."""
    parts = []
    if place.page is not None:
        parts.append(f"第 {place.page} 页")
    if place.cell:
        parts.append(place.cell)
    if place.lines is not None:
        first, last = place.lines
        parts.append(f"第 {first} 行" if first == last else f"第 {first} 至 {last} 行")
    return " · ".join(parts)


def _unit_text(unit: str) -> str:
    return unit if "单位" in unit else f"单位：{unit}"


def _rows_html(record: TableRecord, marks: Collection[Mark]) -> Iterator[str]:
    previous = -1
    for index in _shown_rows(len(record.rows), marks):
        if index > previous + 1:
            yield _gap_html(f"此处略去 {index - previous - 1} 行")
        yield _row_html(record, index, marks)
        previous = index
    if previous + 1 < len(record.rows):
        yield _gap_html(f"以下略去 {len(record.rows) - previous - 1} 行")


def _gap_html(words: str) -> str:
    return f'<tr class="mz-gap"><td colspan="99">…… {words} ……</td></tr>'


def _shown_rows(count: int, marks: Collection[Mark]) -> Sequence[int]:
    if count <= _SHOWN_ROWS:
        return range(count)
    first = max(0, min((mark.row for mark in marks), default=0) - _SHOWN_ROWS // 2)
    around = range(first, min(count, first + _SHOWN_ROWS))
    return [*range(min(_HEADER_ROWS, first)), *around]


def _row_html(record: TableRecord, index: int, marks: Collection[Mark]) -> str:
    marked = {mark.column for mark in marks if mark.row == index}
    cells = "".join(_cell_html(text, column in marked) for column, text in enumerate(record.rows[index]))
    gutter = place_text(record.places[index]) if index < len(record.places) else ""
    row_class = ' class="mz-row"' if marked else ""
    return f'<tr{row_class}><th class="mz-gutter">{safe_html(gutter)}</th>{cells}</tr>'


def _cell_html(text: str, marked: bool) -> str:
    classes = [name for name, holds in (("mz-number", _NUMBER.fullmatch(text.strip())), ("mz-mark", marked)) if holds]
    attribute = f' class="{" ".join(classes)}"' if classes else ""
    return f"<td{attribute}>{safe_html(text)}</td>"
