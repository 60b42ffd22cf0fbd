"""Whose disclosure a source is, for which year, budget or final accounts: told by its content; a year that the content
nowhere tells is taken from the file's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.labels import joined_label, label_key
from ingest.numbers.digits import chinese_to_decimal
from ingest.outline.words import department_in, heading_mark, is_caption_noise, is_title, outline_words, unit_in
from ingest.source import Block, Grid, Line
from ingest.tables.words import is_organisation

BUDGET = "budget"
FINAL_ACCOUNTS = "final_accounts"

_YEAR = re.compile(
    r"(?<!\d)(20\d\d)(?=年|部门|单位|财政|预算|决算)|([二][\u3007○零][\u3007○零一二三四五六七八九]{2})(?=年)"
)
_CODE_BEFORE_NAME = re.compile(r"^(?:[\[【(（]?\d{3,}[\]】)）]?[-—_]?)(?=[\u4e00-\u9fff])")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）()、·“”]{3,45}")
_NO_NAME = re.compile(r"\d{4}|预算|决算|单位[:：]|合计|^指|指$|是指|第[一二三四五六七八九十\d]{1,3}部分|^家|情况$")
_COVER_LINES = 12
_SUBJECT = re.compile(
    r"^(?:[一二三四五六七八九十\d]+[、.．])?([\u4e00-\u9fff（）()]{4,30}?)(?:20\d\d年|是(?:主管|市|省|区|县|国务院|负责))"
)
_OFFICE = re.compile(
    r"^(?:[一二三四五六七八九十\d]+[、.．])?([\u4e00-\u9fff（）()]{4,30}?)(?:的?主要职[责能]|[（(](?:以下)?简称|属于|是|为)"
)
_CAPTION_WEIGHT = 5


@dataclass(frozen=True, slots=True)
class Identity:
    title: str
    department: str
    year: int | None
    kind: str


def blocks_to_identity(
    blocks: Sequence[Block], cover: Sequence[Line], titles: Sequence[str], name: str = ""
) -> Identity:
    """`cover` are the lines before the contents or the first heading, `titles` those of tables and headings, `name` the
    file's."""
    lines = [block.text for block in blocks if isinstance(block, Line)]
    title = _cover_title(cover)
    headings = [title, *titles]
    department, year, kind = _department(blocks, cover, lines), _year(headings, lines), _kind(headings, lines)
    year = year or next(iter(_years_in(name)), None)
    return Identity(title or _made_title(department, year, kind), department, year, kind)


def _made_title(department: str, year: int | None, kind: str) -> str:
    """What a file without a cover is called: whose it is, of which year, and what."""
    words = outline_words().made_titles
    return f"{department}{year}年{words[kind]}" if department and year and kind in words else ""


def _cover_title(cover: Sequence[Line]) -> str:
    """The cover's lines up to the one that says what the document is: 某局 / 2023年度部门预算公开."""
    parts: list[str] = []
    for line in cover[:_COVER_LINES]:
        text = joined_label(line.text)
        if len(text) > 60 or heading_mark(text):
            break
        if len(text) < 2:
            continue
        parts.append(text)
        if any(word in text for word in outline_words().title_words):
            return "".join(parts)
    return ""


def _department(blocks: Sequence[Block], cover: Sequence[Line], lines: Sequence[str]) -> str:
    """By weight: the label lines of tables, the cover, the subject of sentences."""
    votes: Counter[str] = Counter()
    for text in _labelled_names(blocks):
        if name := _clean_name(text):
            votes[name] += _CAPTION_WEIGHT
    if on_cover := _cover_name(cover):
        votes[on_cover] += _CAPTION_WEIGHT
    if not votes:
        votes.update(name for text in _names_in_grids(blocks) if (name := _clean_name(text)))
    if not votes:
        for text in lines:
            if (subject := _SUBJECT.match(joined_label(text))) and (name := _clean_name(subject.group(1))):
                votes[name] += 1
        votes = Counter({name: count for name, count in votes.items() if count > 1 or is_organisation(name)})
    if not votes:
        offices = (_clean_name(found.group(1)) for text in lines if (found := _OFFICE.match(joined_label(text))))
        votes.update(name for name in offices if name and is_organisation(name))
    return votes.most_common(1)[0][0] if votes else ""


def _labelled_names(blocks: Sequence[Block]) -> Iterable[str]:
    for index, block in enumerate(blocks):
        if not isinstance(block, Line) or len(block.text) > 60:
            continue
        name = department_in(block.text)
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if name:
            wrapped = isinstance(following, Line) and not unit_in(block.text) and _goes_on(name, following)
            yield name + joined_label(following.text) if wrapped and isinstance(following, Line) else name


def _names_in_grids(blocks: Sequence[Block]) -> Iterable[str]:
    """The cell beside the label 部门名称, 主管部门 … in performance sheets."""
    labels = {label_key(label) for label in outline_words().department_labels}
    for block in blocks:
        for row in block.rows if isinstance(block, Grid) else ():
            filled = [cell.text for cell in row if cell.text.strip()]
            if len(filled) in (2, 4) and label_key(filled[0]) in labels:
                yield filled[1]


def _goes_on(name: str, following: Line) -> bool:
    """Whether a name is wrapped: the next line is a short rest of words."""
    text = joined_label(following.text)
    return len(name) > 12 and len(text) <= 12 and bool(re.fullmatch(r"[\u4e00-\u9fff]+", text)) and not is_title(text)


def _cover_name(cover: Sequence[Line]) -> str:
    """What is left of the cover's title without year and kind of document."""
    title = _cover_title(cover)
    found = re.search(outline_words().title_tail, title)
    if not found:
        return ""
    before = re.sub(r"(?:20\d\d|[二][\u3007○零]..)年?度?", "", title[: found.start()])
    return _clean_name(before.lstrip(".·、 "))


def _clean_name(text: str) -> str:
    name = _CODE_BEFORE_NAME.sub("", joined_label(text)).strip("：:，,。、_—-")
    name = re.sub(r"(?<=.{3})(?:部门|单位)$", "", name)
    for bracket in _BRACKETS.findall(name):
        if any(word in bracket for word in outline_words().without_in_department):
            name = re.sub(rf"[(（]{re.escape(bracket)}[)）]", "", name)
    usable = _NAME.fullmatch(name) and not name.isascii() and not name.startswith(("本", "我"))
    return name if usable and not re.search(_NO_NAME, name) else ""


def _years_in(text: str) -> Iterable[int]:
    for arabic, chinese in _YEAR.findall(joined_label(text)):
        year = int(arabic) if arabic else int(chinese_to_decimal(chinese) or 0)
        if 1990 < year < 2100:
            yield year


def _year(headings: Sequence[str], lines: Sequence[str]) -> int | None:
    """The year of titles and headings; else the one that sentences speak most of together with 预算 or 决算."""
    votes = Counter(year for text in headings for year in list(_years_in(text))[:1])
    if not votes:
        words = (*outline_words().budget, *outline_words().final_accounts)
        votes = Counter(year for text in lines if any(word in text for word in words) for year in _years_in(text))
    if not votes:
        return None
    most = max(votes.values())
    return max(year for year, count in votes.items() if count == most)


def _kind(headings: Sequence[str], lines: Sequence[str]) -> str:
    """By the cover's title where it tells, else by what most titles say; 决算 in a title decides."""
    cover = _kind_of(headings[0]) if headings else ""
    if cover:
        return cover
    for texts in (headings, lines):
        votes = Counter(kind for text in texts if (kind := _kind_of(text)))
        if votes:
            return votes.most_common(1)[0][0]
    return ""


def _kind_of(text: str) -> str:
    if any(word in text for word in outline_words().final_accounts):
        return FINAL_ACCOUNTS
    # 一般公共预算 is the name of a fund in final accounts, too.
    bare = re.sub(r"一般公共预算|政府性基金预算|国有资本经营预算|公共财政预算|预算单位|预算绩效", "", text)
    return BUDGET if any(word in bare for word in outline_words().budget) else ""


def title_texts(blocks: Sequence[Block]) -> list[str]:
    """The lines that name tables or open parts, and the year under a table's title: （2026年度）."""
    return [
        block.text
        for block in blocks
        if isinstance(block, Line)
        and (is_title(block.text) or is_caption_noise(block.text) or (heading_mark(block.text) or (9,))[0] == 0)
    ]
