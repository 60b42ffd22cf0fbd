"""Prose to facts and passages: every amount, share, change, count, unit price and date range with its subject.

Paragraphs that a page wrapped are joined first; each figure keeps the line it stands on and its whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.facts import Coordinates, Fact, Origin, Passage, Role, Status, UnitSource
from ingest.labels import bare_label, joined_label
from ingest.outline.outline import GlossaryPart, ProsePart
from ingest.prose.clauses import Reader
from ingest.prose.figures import Figure
from ingest.prose.words import any_of, prose_words, title_subject
from ingest.source import Line, Place
from ingest.tables.coordinates import coordinates_of_words

PROSE_KIND = "prose"
_LIST_MARK = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|第[一二三四五六七八九十]+部分)"
)
_FULL_STOPS = ("。", "！", "？", "：", ":")
_ENDS = ("。", "！", "？", "；", "：", ":", ";", "!", "?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined lines; `starts` are the offsets at which each line begins."""

    text: str
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def place_at(self, start: int, end: int | None = None) -> Place:
        """The place of the line or lines that print text[start:end]."""
        first = max(i for i, offset in enumerate(self.starts) if offset <= start)
        last = max(i for i, offset in enumerate(self.starts) if offset < max(start + 1, end or 0))
        return joined_place(self.places[first : last + 1])


def joined_place(places: Sequence[Place]) -> Place:
    """The place of several lines: the range of line numbers, or the rectangle around those on the first page."""
    first = places[0]
    if first.lines and places[-1].lines:
        return replace(first, lines=(first.lines[0], places[-1].lines[1]))
    boxes = [place.box for place in places if place.box and place.page == first.page]
    if first.box is None or len(boxes) < 2:
        return first
    left, top, right, bottom = zip(*boxes, strict=True)
    return replace(first, box=(min(left), min(top), max(right), max(bottom)))


def lines_to_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Lines that a page wrapped, joined: a full line without an end mark goes on in the next."""
    full = max((_width(line.text) for line in lines), default=0)
    groups: list[list[Line]] = []
    for line in lines:
        if not line.text.strip():
            continue
        if groups and _goes_on(groups[-1][-1], line, full):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


def _width(text: str) -> int:
    """Columns on the page: a Chinese character is as wide as two digits."""
    return sum(1 if ord(character) < 0x2E80 else 2 for character in text)


def _goes_on(line: Line, following: Line, full: int) -> bool:
    is_page = line.place.page is not None
    ends = _FULL_STOPS if is_page and _width(line.text) >= 0.8 * full else _ENDS
    if _LIST_MARK.match(following.text) or line.text.rstrip().endswith(ends):
        return False
    return _width(line.text) >= (0.6 if is_page else 0.8) * full and _width(line.text) >= 24


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    text, starts = "", []
    for line in lines:
        starts.append(len(text))
        text += line.text.strip()
    return Paragraph(text, tuple(starts), tuple(line.place for line in lines))


def prose_to_facts(
    part: ProsePart | GlossaryPart, year: int | None, department: str
) -> tuple[tuple[Fact, ...], tuple[Passage, ...]]:
    """The figures and the passages of one stretch of prose; a glossary yields its terms."""
    paragraphs = lines_to_paragraphs(part.lines)
    if isinstance(part, GlossaryPart):
        return (), tuple(paragraphs_to_terms(paragraphs, part.heading))
    facts: list[Fact] = []
    passages: list[Passage] = []
    heading = part.heading
    reader = Reader(department, about=title_subject(heading[-1] if heading else "", department))
    for number, paragraph in enumerate(paragraphs):
        is_heading = _is_heading(paragraph.text) and number + 1 < len(paragraphs)
        if is_heading:
            heading = (*part.heading, paragraph.text)
            reader = Reader(department, about=title_subject(paragraph.text, department))
            continue
        passages.append(Passage(heading, paragraph.text, joined_place(paragraph.places)))
        facts += [
            figure_to_fact(figure, paragraph.text, paragraph.place_at(figure.start, figure.end), heading, year)
            for figure in reader.read(paragraph.text)
        ]
    return tuple(facts), tuple(passages)


def _is_heading(text: str) -> bool:
    """A short line with a list mark and no sentence: 1、绩效管理情况, (一) 一般公共预算当年拨款规模变化情况."""
    return len(text) <= 40 and bool(_LIST_MARK.match(text)) and not re.search(r"[。；;，,]|\d[\d.,]*\s*[万亿]?元", text)


def text_to_facts(
    text: str,
    place: Place,
    heading: tuple[str, ...],
    project: str = "",
    field: str = "",
    year: int | None = None,
    department: str = "",
    table: str = "",
) -> tuple[Fact, ...]:
    """The figures of a text field of a performance sheet, numbered items and their heads included."""
    reader = Reader(department, is_sheet_text=True)
    return tuple(
        replace(
            figure_to_fact(figure, text, place, heading, year),
            table=table or (heading[-1] if heading else ""),
            project=project,
            field=field,
        )
        for figure in reader.read(text)
    )


def figure_to_fact(figure: Figure, text: str, place: Place, heading: tuple[str, ...], year: int | None) -> Fact:
    """One figure as a fact of its section."""
    about = "".join((*(bare_label(part) for part in heading[-1:]), *figure.path, figure.subject))
    told = coordinates_of_words(about, Coordinates())
    own = coordinates_of_words(figure.subject, told)
    figure_year = figure.year or (year - 1 if year and figure.last_year else year)
    is_last_year = figure.role is Role.AMOUNT and year is not None and figure.year == year - 1
    role = Role.LAST_YEAR if is_last_year else figure.role
    doubt = figure.doubt or ("" if figure.subject else "未能确定这个数字说的是什么")
    return Fact(
        origin=Origin.PROSE,
        table=bare_heading(heading),
        table_kind=PROSE_KIND,
        row=figure.subject,
        row_path=figure.path,
        row_code="",
        column=(prose_words().columns[figure.role],),
        printed=figure.printed,
        quantity=figure.quantity,
        place=place,
        coordinates=replace(own, role=role, year=figure_year),
        unit_source=UnitSource.CELL if figure.role is not Role.DATE else UnitSource.NONE,
        status=Status.DOUBTFUL if doubt else Status.OK,
        warnings=(doubt,) if doubt else (),
        sentence=text[slice(*figure.sentence)].strip(),
    )


def bare_heading(heading: Sequence[str]) -> str:
    return joined_label(heading[-1]) if heading else ""


def paragraphs_to_terms(paragraphs: Sequence[Paragraph], heading: tuple[str, ...]) -> list[Passage]:
    """Glossary entries with their terms; an entry goes on until the next list mark or the next term."""
    entries: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        starts = bool(_LIST_MARK.match(paragraph.text)) or _term(paragraph.text) is not None
        if starts and not (entries and _is_bare_term(entries[-1][-1].text) and not _LIST_MARK.match(paragraph.text)):
            entries.append([paragraph])
        elif entries:
            entries[-1].append(paragraph)
        else:
            entries.append([paragraph])
    return [_entry(entry, heading) for entry in entries]


def _is_bare_term(text: str) -> bool:
    """A term whose definition stands on the next line: 六、财政专户管理资金："""
    return len(text) <= 30 and (text.rstrip().endswith(("：", ":")) or not re.search(r"[。；，,指]", text))


def _entry(paragraphs: Sequence[Paragraph], heading: tuple[str, ...]) -> Passage:
    first = paragraphs[0].text
    text = "".join(paragraph.text for paragraph in paragraphs)
    term = _term(first)
    if term is None and _is_bare_term(first):
        term = bare_label(first).strip("：:")
    places = [place for paragraph in paragraphs for place in paragraph.places]
    return Passage(heading, text, joined_place(places), term=term or "")


def _term(text: str) -> str | None:
    """The term that an entry defines, None if it has the form of none: 九、一般公共预算是指… → 一般公共预算."""
    words = bare_label(text)
    match = re.match(rf"(?P<term>[^，,。；;：:]{{2,40}}?)\s*{any_of(prose_words().definition_marks)}", words)
    if not match:
        return None
    return (
        re.sub('^[“"]|[”"]$', "", match["term"]).strip()
        if match["term"].count("“") != match["term"].count("”")
        or (match["term"].startswith("“") and match["term"].endswith("”"))
        else match["term"].strip()
    )
