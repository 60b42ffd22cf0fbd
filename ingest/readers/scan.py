"""Scanned PDF files and pictures, recognised by RapidOCR, with img2table finding the ruled cells.

Both come with the optional ocr extra and load only when a scan is read. What was recognised goes the way of all other
pages: words are glyphs, the edges of cells are rules. A scan's figures may be wrong, so everything that looks doubtful
(low resolution, low confidence, an amount of impossible form) is told in the notes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy
import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageSequence, UnidentifiedImageError

from ingest.errors import ReadError
from ingest.readers.marks import Box, Glyph, Marks, Rule
from ingest.readers.page_blocks import marks_to_blocks
from ingest.readers.ruled_grids import rules_to_lattices
from ingest.source import Block, Grid, Source

if TYPE_CHECKING:
    from rapidocr import RapidOCR

_DPI = 200  # what pages are rendered at: finer gains nothing, coarser loses decimal points
_LOW_DPI = 150
_UNSURE = 0.8
_INSIDE = 0.06
_MARGIN = 4  # pixels: the width of a rule and of the white around a word
_DARK = 120
_FEWEST_DARK = 25
_MOST_PIXELS = 100_000_000
_A4_WIDTH = 8.27  # inches; the guess for a picture that does not tell its resolution
_AMOUNT_LIKE = re.compile(r"-?\d[\d.,，]*[.,，][\d.,，]*\d")
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class _Scan:
    """A picture of a page, the resolution it was scanned at in dots per inch, and the page's width in points."""

    number: int
    image: Image.Image
    dpi: float
    points: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was recognised on a page after quarter turns clockwise; `words` holds each line's words with their boxes."""

    pixels: numpy.ndarray
    turns: int
    texts: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    words: tuple[Sequence[Any], ...] = ()
    tall_share: float = 0.0

    @property
    def certainty(self) -> float:
        characters = sum(map(len, self.texts))
        weighted = sum(score * len(text) for text, score in zip(self.texts, self.scores, strict=True))
        return weighted / characters if characters else 0.0


def is_available() -> bool:
    """Whether the ocr extra is installed."""
    return all(find_spec(module) is not None for module in ("rapidocr", "img2table", "onnxruntime"))


def read(path: Path, name: str, sha256: str) -> Source:
    """A picture, or a PDF without a text layer."""
    if not is_available():
        raise ReadError(
            f"“{name}”是扫描件或图片，没有文字层，需要文字识别组件；请运行 pip install 'mingzhang[ocr]' 后再试。"
        )
    blocks: list[Block] = []
    notes = ["由扫描件识别，数字可能有误，请核对原件。"]
    for scan in _scans(path, name):
        page_blocks, page_notes = _recognised(scan)
        blocks.extend(page_blocks)
        notes.extend(page_notes)
    if not blocks:
        raise ReadError(f"“{name}”的图像里没有识别到文字；请确认它是预算公开文件的清晰扫描件。")
    return Source(name, sha256, "scan", tuple(blocks), tuple(notes))


def read_pages(path: Path, numbers: Sequence[int]) -> tuple[dict[int, tuple[Block, ...]], tuple[str, ...]]:
    """The scanned pages among others of a PDF that has text: page → blocks, and notes."""
    shown = "、".join(map(str, numbers[:10])) + (" 等" if len(numbers) > 10 else "")
    if not is_available():
        return {}, (f"第 {shown} 页是图像，没有文字层，没有读入；请运行 pip install 'mingzhang[ocr]' 后再导入。",)
    blocks: dict[int, tuple[Block, ...]] = {}
    notes = [f"第 {shown} 页由图像识别，数字可能有误，请核对原件。"]
    for scan in _pdf_scans(path, path.name, set(numbers)):
        blocks[scan.number], page_notes = _recognised(scan)
        notes.extend(page_notes)
    return blocks, tuple(notes)


def _scans(path: Path, name: str) -> Iterator[_Scan]:
    if path.suffix.lower() == ".pdf":
        yield from _pdf_scans(path, name)
        return
    try:
        with Image.open(path) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise ReadError(f"“{name}”有 {frame.width}×{frame.height} 像素，太大；请缩小到 300 dpi 后再试。")
                dpi = float(frame.info.get("dpi", (0, 0))[0])
                dpi = dpi if dpi > 1 else min(frame.size) / _A4_WIDTH
                yield _Scan(number, frame.convert("RGB"), dpi, frame.width / dpi * 72)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise ReadError(f"“{name}”不是完整的图片，无法打开；请重新下载或扫描后再试。") from error


def _pdf_scans(path: Path, name: str, wanted: set[int] | None = None) -> Iterator[_Scan]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"“{name}”的页面无法显示成图像，文件可能已损坏；请重新下载后再试。") from error
    try:
        for index in range(len(document)):
            if wanted is None or index + 1 in wanted:
                page = document[index]
                image = page.render(scale=_DPI / 72).to_pil().convert("RGB")
                yield _Scan(index + 1, image, _embedded_dpi(page), page.get_width())
                page.close()
    finally:
        document.close()


def _embedded_dpi(page: pypdfium2.PdfPage) -> float:
    """The resolution of the page's widest picture, from its own pixels and the width it is shown at."""
    found = []
    for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
        left, _, right, _ = item.get_bounds()
        if right - left > page.get_width() / 2:
            found.append(item.get_px_size()[0] / (right - left) * 72)
    return max(found, default=float(_DPI))


def _recognised(scan: _Scan) -> tuple[tuple[Block, ...], list[str]]:
    from img2table.document.rotation import fix_rotation_image  # type: ignore[import-untyped]

    try:
        straight, _ = fix_rotation_image(img=numpy.asarray(scan.image))
    except (ValueError, ZeroDivisionError):  # an empty page gives no angle
        straight = numpy.asarray(scan.image)
    reading = _upright(straight)
    scale = scan.points / straight.shape[1]
    height, width = reading.pixels.shape[:2]
    rules = _rules(reading.pixels, scale)
    walls = [rule for rule in rules if not rule.horizontal]
    lines = zip(reading.texts, reading.words, strict=True)
    glyphs = [glyph for text, words in lines for glyph in _line_glyphs(text, words, walls, scale)]
    glyphs.extend(_dropped_cells(reading.pixels, rules, glyphs, scale))
    marks = Marks(width * scale, height * scale, glyphs, rules, [], turns=reading.turns)
    blocks = marks_to_blocks(marks, scan.number)
    return blocks, [*_quality_notes(scan, reading), *_form_notes(blocks, scan.number)]


def _upright(pixels: numpy.ndarray) -> _Reading:
    """The reading of a page as it lies or, when its lines run up or down or make no sense, turned."""
    reading = _read(pixels, 0)
    if reading.tall_share > 0.5:
        return max((_read(pixels, turns) for turns in (1, 3)), key=lambda turned: turned.certainty)
    if reading.texts and reading.certainty < _UNSURE:
        return max((reading, _read(pixels, 2)), key=lambda turned: turned.certainty)
    return reading


def _read(pixels: numpy.ndarray, turns: int) -> _Reading:
    turned = numpy.ascontiguousarray(numpy.rot90(pixels, -turns))
    result: Any = _engine()(turned, use_det=True, use_cls=False, return_word_box=True)
    if result.txts is None or result.scores is None or result.boxes is None:
        return _Reading(turned, turns)
    sizes = [(max(box[:, 0]) - min(box[:, 0]), max(box[:, 1]) - min(box[:, 1])) for box in result.boxes]
    tall = sum(height > 1.5 * width for width, height in sizes)
    return _Reading(turned, turns, result.txts, result.scores, result.word_results, tall / len(sizes))


@cache
def _engine() -> RapidOCR:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def _line_glyphs(text: str, words: Sequence[Any], walls: Sequence[Rule], scale: float) -> Iterator[Glyph]:
    """A recognised line as one glyph, or as one for each cell where walls stand between its words."""
    placed = [(word, _word_box(corners, scale)) for word, _, corners in words if corners is not None and word.strip()]
    parts: list[list[tuple[str, Box]]] = []
    for word, box in placed:
        if not parts or _is_divided(parts[-1][-1][1], box, walls):
            parts.append([])
        parts[-1].append((word, box))
    for part in parts:
        left, top, right, bottom = (
            min(box[0] for _, box in part),
            min(box[1] for _, box in part),
            max(box[2] for _, box in part),
            max(box[3] for _, box in part),
        )
        inside = min(_INSIDE * (bottom - top), (right - left) / 4)  # so that neighbours in two cells do not touch
        joined = _closed_up(text.strip() if len(parts) == 1 else "".join(word for word, _ in part))
        yield Glyph(joined, left + inside, top, right - inside, bottom, bottom - top)


def _closed_up(text: str) -> str:
    """The text; an amount without the spaces that recognition leaves after narrow digits."""
    closed = text.replace(" ", "")
    return closed if _AMOUNT.fullmatch(closed) and not closed.lstrip("-").isdigit() else text


def _word_box(corners: Sequence[Sequence[float]], scale: float) -> Box:
    xs, ys = [x * scale for x, _ in corners], [y * scale for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _is_divided(before: Box, after: Box, walls: Sequence[Rule]) -> bool:
    start, end = (before[0] + before[2]) / 2, (after[0] + after[2]) / 2
    middle = (after[1] + after[3]) / 2
    return any(start < wall.at < end and wall.start <= middle <= wall.end for wall in walls)


def _rules(pixels: numpy.ndarray, scale: float) -> list[Rule]:
    """The edges of the cells of all ruled tables."""
    from img2table.document import Image as TableImage  # type: ignore[import-untyped]

    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", compress_level=1)
    rules: list[Rule] = []
    for table in TableImage(stream.getvalue()).extract_tables():
        for cell in (cell for row in table.content.values() for cell in row):
            left, right = cell.bbox.x1 * scale, cell.bbox.x2 * scale
            top, bottom = cell.bbox.y1 * scale, cell.bbox.y2 * scale
            rules.extend((Rule(True, top, left, right), Rule(True, bottom, left, right)))
            rules.extend((Rule(False, left, top, bottom), Rule(False, right, top, bottom)))
    return rules


def _dropped_cells(
    pixels: numpy.ndarray, rules: Sequence[Rule], glyphs: Sequence[Glyph], scale: float
) -> Iterator[Glyph]:
    """What stands in cells that hold ink but no text: detection passes over short words, so each is read by itself."""
    for lattice in rules_to_lattices(rules):
        for box in map(lattice.span_box, lattice.spans):
            word = None if any(_is_within(glyph, box) for glyph in glyphs) else _ink(pixels, box, scale)
            if word is None:
                continue
            left, top, right, bottom = word
            picture = numpy.ascontiguousarray(pixels[top:bottom, left:right])
            result: Any = _engine()(picture, use_det=False, use_cls=False, return_word_box=False)
            if result.txts and result.txts[0].strip() and result.scores[0] >= _UNSURE:
                place = (left * scale, top * scale, right * scale, bottom * scale)
                yield Glyph(_closed_up(result.txts[0].strip()), *place, (bottom - top) * scale)


def _is_within(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _ink(pixels: numpy.ndarray, box: Box, scale: float) -> tuple[int, int, int, int] | None:
    """The box in pixels around what is dark inside a cell, with some white around it; None if the cell is empty."""
    left, top, right, bottom = (round(edge / scale) for edge in box)
    inner = pixels[top + _MARGIN : bottom - _MARGIN, left + _MARGIN : right - _MARGIN]
    dark = numpy.argwhere(inner.mean(axis=2) < _DARK) if inner.size else numpy.empty((0, 2), int)
    if len(dark) < _FEWEST_DARK:
        return None
    (first_row, first_column), (last_row, last_column) = dark.min(axis=0), dark.max(axis=0)
    return (
        int(left + first_column),
        int(top + first_row),
        int(left + last_column) + 2 * _MARGIN,
        int(top + last_row) + 2 * _MARGIN,
    )


def _quality_notes(scan: _Scan, reading: _Reading) -> Iterator[str]:
    if scan.dpi < _LOW_DPI:
        yield f"第 {scan.number} 页扫描分辨率约 {scan.dpi:.0f} dpi，低于 {_LOW_DPI} dpi，小数点和逗号可能认错。"
    unsure = [text for text, score in zip(reading.texts, reading.scores, strict=True) if score < _UNSURE]
    if unsure:
        yield f"第 {scan.number} 页有 {len(unsure)} 处文字识别把握不足：{'、'.join(unsure[:5])}。"


def _form_notes(blocks: Sequence[Block], number: int) -> Iterator[str]:
    cells = [cell.text for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    wrong = [text for text in cells if _AMOUNT_LIKE.fullmatch(text) and not _AMOUNT.fullmatch(text)]
    if wrong:
        yield f"第 {number} 页有 {len(wrong)} 个数的写法不对，可能认错：{'、'.join(wrong[:5])}。"
