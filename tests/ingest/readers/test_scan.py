"""Pictures of pages: read when the ocr extra is installed, else with a sentence that says how to install it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from ingest.errors import ReadError
from ingest.readers import pdf, scan
from ingest.source import Grid
from tests.ingest.readers.made_pdf import cell_texts, table, text, write_pdf
from tests.ingest.readers.shown import rows, shown

SCANNED = Path(__file__).parents[3] / "../shared/documents/scanned.pdf"
needs_ocr = pytest.mark.skipif(not scan.is_available(), reason="the ocr extra is not installed")
needs_scan = pytest.mark.skipif(not SCANNED.exists(), reason="the folder shared/documents is absent")


@needs_ocr
@needs_scan
@pytest.mark.ocr
@pytest.mark.slow
def test_a_sideways_table_of_a_scanned_notice_is_read_upright() -> None:
    page = scan.read_pages(SCANNED, [3])[0][3]
    (grid,) = (block for block in page if isinstance(block, Grid))
    assert rows(grid)[-1] == (
        "长沙县 | -25.2 | -18.6 | -6.6 | 159.2 | 145.2 | 14.0 | 134.0 | 126.6 | 7.4 | 52.6 | 186.6 | 179.2 | 7.4"
        " | 158.4 | 143.0 | 15.4 | 28.2 | 36.2 | -8.0 | "
    )
    box = grid.rows[-1][1].place.box
    assert box is not None and box[3] - box[1] < 60 < box[1]


@needs_ocr
@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.parametrize(("dpi", "noted"), [(200, False), (110, True)])
def test_low_resolution_is_told(dpi: int, noted: bool, tmp_path: Path) -> None:
    source = scan.read(picture(tmp_path / "a.png", dpi), "a.png", "0" * 64)
    assert source.format == "scan"
    assert any("低于 150 dpi" in note for note in source.notes) == noted
    assert [rows(block) for block in source.blocks if isinstance(block, Grid)] == [["Total | 1,234.50", "Sum | 67.80"]]


@needs_ocr
@pytest.mark.ocr
@pytest.mark.slow
def test_a_picture_of_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (800, 1100), "white").save(path)
    with pytest.raises(ReadError, match="没有识别到文字"):
        scan.read(path, path.name, "0" * 64)


@needs_ocr
def test_no_picture_at_all_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0 cut off")
    with pytest.raises(ReadError, match="不是完整的图片"):
        scan.read(path, path.name, "0" * 64)


@needs_ocr
@pytest.mark.ocr
@pytest.mark.slow
def test_a_scanned_page_among_others_is_read_in_its_place(tmp_path: Path) -> None:
    path = mixed_pdf(tmp_path)
    source = pdf.read(path, path.name, "0" * 64)
    assert shown(source)[0] == shown(source)[-1] == ["甲 | 1.00"]
    assert ["Total | 1,234.50", "Sum | 67.80"] in shown(source)
    assert any("第 2 页由图像识别" in note for note in source.notes)


def test_a_line_left_by_a_scanning_program_is_no_text_layer(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['rapidocr'] = None\n"
        "from pathlib import Path; from ingest.readers import pdf; from ingest.errors import ReadError\n"
        "path = Path(sys.argv[1])\n"
        "try: pdf.read(path, path.name, '')\n"
        "except ReadError as error: print(error)"
    )
    path = mixed_pdf(tmp_path, only_picture=True)
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert "没有文字层" in result.stdout


def test_without_the_extra_the_way_to_install_it_is_told(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['rapidocr'] = None\n"
        "from pathlib import Path; from ingest.readers import pdf, scan; from ingest.errors import ReadError\n"
        "path = Path(sys.argv[1]); print(pdf.read(path, path.name, '').notes)\n"
        "try: scan.read(Path('a.png'), 'a.png', '')\n"
        "except ReadError as error: print(error)"
    )
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, str(mixed_pdf(tmp_path))], capture_output=True, text=True, check=True
    )
    notes, sentence = result.stdout.strip().split("\n")
    assert "第 2 页是图像，没有文字层，没有读入" in notes
    assert "pip install 'mingzhang[ocr]'" in sentence


def picture(path: Path, dpi: int) -> Path:
    """A page with a small table, rendered at a resolution."""
    xs: list[float] = [50, 150, 300]
    ys: list[float] = [100, 125, 150]
    page = [*table(xs, ys), *cell_texts(xs, ys, [["Total", "1,234.50"], ["Sum", "67.80"]])]
    document = pypdfium2.PdfDocument(write_pdf(path.with_suffix(".pdf"), [page]))
    image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    image.save(path, dpi=(dpi, dpi))
    document.close()
    return path


def mixed_pdf(folder: Path, only_picture: bool = False) -> Path:
    """Three pages, of which the second is a picture with a short line over it; or that page alone."""
    plain = [*table([50, 150, 250], [100, 120]), *cell_texts([50, 150], [100], [["甲", "1.00"]])]
    with Image.open(picture(folder / "page.png", 200)) as image:
        image.convert("L").save(folder / "page.jpg")
        data = (folder / "page.jpg").read_bytes()
        entries = f"/Width {image.width} /Height {image.height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    content = data.hex()
    form = (
        f"<< /Type /XObject /Subtype /Image {entries} /Filter [/ASCIIHexDecode /DCTDecode] /Length {len(content)} >>"
        f"\nstream\n{content}\nendstream"
    )
    scanned = ["q 595 0 0 842 0 0 cm /X1 Do Q", text("扫描软件创建", 400, 820)]
    pages = [scanned] if only_picture else [plain, scanned, plain]
    return write_pdf(folder / "mixed.pdf", pages, objects=(form,))
