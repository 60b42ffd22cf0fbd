"""PDF files made for tests: text with a Chinese font, rules, rectangles and whatever else a page's stream may hold."""

from __future__ import annotations

from pathlib import Path

A4 = (595, 842)


def text(words: str, left: float, top: float, size: float = 10, matrix: str = "1 0 0 1", height: float = A4[1]) -> str:
    """Words whose upper left corner is about at (left, top)."""
    return f"BT /F1 {size} Tf {matrix} {left} {height - top - size} Tm <{words.encode('utf-16-be').hex()}> Tj ET"


def rule(left: float, top: float, right: float, bottom: float, height: float = A4[1]) -> str:
    return f"{left} {height - top} m {right} {height - bottom} l S"


def fill(left: float, top: float, right: float, bottom: float, gray: float = 0, height: float = A4[1]) -> str:
    return f"{gray} g {left} {height - bottom} {right - left} {bottom - top} re f 0 g"


def table(xs: list[float], ys: list[float], height: float = A4[1]) -> list[str]:
    """All rules of a grid without merged cells."""
    return [
        *(rule(xs[0], y, xs[-1], y, height) for y in ys),
        *(rule(x, ys[0], x, ys[-1], height) for x in xs),
    ]


def cell_texts(xs: list[float], ys: list[float], rows: list[list[str]], height: float = A4[1]) -> list[str]:
    return [
        text(words, xs[column] + 3, ys[row] + 4, height=height)
        for row, cells in enumerate(rows)
        for column, words in enumerate(cells)
        if words
    ]


def write_pdf(
    path: Path,
    pages: list[list[str]],
    size: tuple[float, float] = A4,
    page_extra: str = "",
    trailer_extra: str = "",
    objects: tuple[str, ...] = (),
    descent: int = -120,
    digit_width: int = 500,
) -> Path:
    """One stream of operators a page; `objects` are added as numbers 5, 6, …, `page_extra` to each page's entries.
    `descent` and `digit_width` are what the font says of itself, in thousandths."""
    first = 5 + len(objects)
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /DW 500 "
        f"/W [0 30000 1000 814 939 {digit_width}]"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
        f" /FontDescriptor << /Type /FontDescriptor /FontName /Song /FontBBox [0 {descent} 1000 880] /Flags 4"
        f" /Ascent 880 /Descent {descent} >> >>",
        *objects,
    ]
    for index, operators in enumerate(pages):
        stream = "\n".join(operators)
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] {page_extra}"
            f" /Resources << /Font << /F1 3 0 R >> /XObject << /X1 5 0 R >> >> /Contents {first + 2 * index + 1} 0 R >>"
        )
        bodies.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _written(path, bodies, trailer_extra)


def _written(path: Path, bodies: list[str], trailer_extra: str) -> Path:
    content = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(content)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    content += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}".encode()
    content += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R {trailer_extra} >>\n".encode("latin-1")
    path.write_bytes(content + f"startxref\n{start}\n%%EOF\n".encode())
    return path
