"""PDF files: each page's ruled tables as grids, everything else as lines; pages without text go to the scan reader.

A page that cannot be read is named in the notes and loses nothing but itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pdfplumber
from pdfplumber.page import Page

from ingest.errors import ReadError
from ingest.readers import scan
from ingest.readers.page_blocks import marks_to_blocks
from ingest.readers.page_numbers import is_page_number
from ingest.readers.pdf_marks import declared_page_count, layout_to_marks
from ingest.source import Block, Grid, Line, Source

_BATCH = 400  # pages between two openings: pdfminer never forgets what it has decoded
_EDGE = 0.13  # the part of a page at its top and bottom where running heads and page numbers stand
_FEWEST_REPEATS = 4
_TITLES = 0.95  # of the pages with a line: it stands right above a table on so many
_IMAGE_PAGE = 0.5  # a picture of at least this share of a page is a scan when there is hardly any text …
_FEWEST_GLYPHS = 25  # … such as the line that a scanning program leaves on each page
_WHOLE_PAGE = 0.9  # text over a picture as large as the page was recognised by somebody else

_SAYS = re.compile(r"[:：]")


@dataclass(frozen=True, slots=True)
class _PageRead:
    """One page; `failed` when its objects cannot be parsed, `image` when it is a picture with hardly any text,
    `overlaid` when its text lies over a picture of the page."""

    number: int
    height: float = 0.0
    blocks: tuple[Block, ...] = ()
    failed: bool = False
    image: bool = False
    overlaid: bool = False
    unmapped: int = 0
    glyphs: int = 0


def read(path: Path, name: str, sha256: str) -> Source:
    """A PDF with a text layer; pages that are pictures are recognised when the ocr extra is installed."""
    pages = list(_read_pages(path, name))
    failed = [page.number for page in pages if page.failed]
    if not pages or len(failed) == len(pages):
        raise ReadError(f"“{name}”没有一页可以解析，文件可能被截断或已损坏；请重新下载后再试。")
    if not any(page.blocks and not page.image for page in pages):
        return scan.read(path, name, sha256)
    notes = [f"{_page_list(failed)}无法解析，其余各页已读入；请核对原文件。"] if failed else []
    if (declared := _declared_pages(path)) > len(pages):
        notes.append(f"文件自称有 {declared} 页，只找到 {len(pages)} 页，可能不完整；请重新下载后核对。")
    images = [page.number for page in pages if page.image]
    scanned, scan_notes = scan.read_pages(path, images) if images else ({}, ())
    blocks: list[Block] = []
    running = _running_lines(pages)
    for page in pages:
        shown = scanned.get(page.number) or page.blocks
        blocks.extend(block for block in shown if not _is_running(block, page.height, running))
    return Source(name, sha256, "pdf", tuple(blocks), (*notes, *_quality_notes(pages), *scan_notes))


def _read_pages(path: Path, name: str) -> Iterator[_PageRead]:
    """Every page, the file opened anew for each batch so that memory stays bounded."""
    first = 1
    while True:
        numbers = range(first, first + _BATCH)
        try:
            batch = list(_read_batch(path, numbers))
        except ReadError:
            raise
        except Exception as error:  # any hostile object: pdfminer raises what Python raises on it
            if first == 1 and not _opens(path):
                raise ReadError(_opening_error(name, error)) from error
            batch = list(_read_one_by_one(path, numbers))
        yield from batch
        if len(batch) < _BATCH or all(page.failed for page in batch):
            return
        first += _BATCH


def _read_batch(path: Path, numbers: Sequence[int]) -> Iterator[_PageRead]:
    with path.open("rb") as stream:  # closing the document itself would parse all its pages once more
        for page in pdfplumber.open(stream, pages=list(numbers)).pages:
            yield _read_page(page)
            page.close()


def _read_one_by_one(path: Path, numbers: Sequence[int]) -> Iterator[_PageRead]:
    """The same when one page's own dictionary stops all of them."""
    for number in numbers:
        try:
            pages = list(_read_batch(path, [number]))
        except Exception:  # see above
            pages = [_PageRead(number, failed=True)]
        if not pages:
            return
        yield from pages


def _read_page(page: Page) -> _PageRead:
    try:
        _set_upright(page)
        marks = layout_to_marks(page.layout)
        blocks = marks_to_blocks(marks, page.page_number)
    except Exception:  # one page with hostile objects must not lose the others; the page is named in the notes
        return _PageRead(page.page_number, failed=True)
    return _PageRead(
        page.page_number,
        height=float(page.height),
        blocks=blocks,
        image=len(marks.glyphs) < _FEWEST_GLYPHS and marks.image_share >= _IMAGE_PAGE,
        overlaid=len(marks.glyphs) >= _FEWEST_GLYPHS and marks.image_share >= _WHOLE_PAGE,
        unmapped=sum(not glyph.text for glyph in marks.glyphs),
        glyphs=len(marks.glyphs),
    )


def _set_upright(page: Page) -> None:
    """Name the corners of the page in the order that pdfminer takes for granted: some producers write the upper one
    first, which would put all text below the page."""
    left, bottom, right, top = page.page_obj.mediabox
    page.page_obj.mediabox = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _opens(path: Path) -> bool:
    try:
        return _declared_pages(path) >= 0
    except Exception:  # any error means that it does not open
        return False


def _declared_pages(path: Path) -> int:
    with path.open("rb") as stream:
        return declared_page_count(pdfplumber.open(stream, pages=[]).doc)


def _opening_error(name: str, error: BaseException) -> str:
    causes = {type(cause).__name__ for cause in (error, *error.args, error.__cause__, error.__context__)}
    if causes & {"PDFPasswordIncorrect", "PDFEncryptionError"}:
        return f"“{name}”加了密码，无法读取；请用阅读器打开后另存为不加密的 PDF 再导入。"
    return f"“{name}”不是完整的 PDF（可能下载中断或已损坏），无法读取；请重新下载后再试。"


def _quality_notes(pages: Sequence[_PageRead]) -> Iterator[str]:
    glyphs, unmapped = sum(page.glyphs for page in pages), sum(page.unmapped for page in pages)
    if unmapped * 50 > glyphs:
        worst = [page.number for page in pages if page.unmapped * 50 > page.glyphs]
        yield f"{_page_list(worst)}有字体没有文字对照表，部分文字读不出来；请核对原文件。"
    overlaid = [page.number for page in pages if page.overlaid]
    if overlaid:
        yield f"{_page_list(overlaid)}的文字叠在整页图像上，可能是扫描后识别的，数字可能有误；请核对原件。"


def _page_list(numbers: Sequence[int]) -> str:
    shown = "、".join(str(number) for number in numbers[:10])
    return f"第 {shown} 页" if len(numbers) <= 10 else f"第 {shown} 等 {len(numbers)} 页"


def _running_lines(pages: Sequence[_PageRead]) -> set[str]:
    """Running heads and feet: lines at the edge of most pages, the same on each; one that says what something is
    (单位：万元) belongs to its page, and one right above a table wherever it stands is the table's title."""
    counts: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    for page in pages:
        edges = {
            block.text: isinstance(following, Grid)
            for block, following in pairwise((*page.blocks, None))
            if isinstance(block, Line) and _is_at_edge(block, page.height) and not _SAYS.search(block.text)
        }
        counts.update(edges.keys())
        titles.update(text for text, above_table in edges.items() if above_table)
    most = max(_FEWEST_REPEATS, 0.6 * len(pages))
    return {text for text, count in counts.items() if count >= most and titles[text] < _TITLES * count}


def _is_running(block: Block, height: float, running: set[str]) -> bool:
    if not isinstance(block, Line) or not _is_at_edge(block, height):
        return False
    return block.text in running or is_page_number(block.text)


def _is_at_edge(line: Line, height: float) -> bool:
    box = line.place.box
    return box is not None and height > 0 and (box[3] < _EDGE * height or box[1] > (1 - _EDGE) * height)
