"""How a workbook shows its numbers: calamine gives values, but 0.0488 shown as 4.88% is a different figure to a reader.

Only .xlsx tells: its sheets name a number format for each cell, and which formulas were saved without a result.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

from ingest.readers.zip_guard import checked_zip

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_BUILT_IN = {2: "0.00", 4: "#,##0.00", 9: "0%", 10: "0.00%", 39: "#,##0.00", 40: "#,##0.00", 43: "#,##0.00"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


@dataclass(frozen=True, slots=True)
class SheetFormats:
    """Cell address (`B7`) → number format, and the addresses of formulas without a saved result."""

    formats: dict[str, str] = field(default_factory=dict)
    uncalculated: tuple[str, ...] = ()


def workbook_formats(path: Path, name: str) -> dict[str, SheetFormats]:
    """Sheet name → its formats; empty for workbooks that are not .xlsx or that do not say."""
    if not zipfile.is_zipfile(path):
        return {}
    with checked_zip(path, name) as archive:
        try:
            styles = _styles(archive)
            return {sheet: _sheet_formats(archive, member, styles) for sheet, member in _sheets(archive)}
        except (KeyError, ElementTree.ParseError, ValueError):
            return {}


def shown_number(value: float | int, number_format: str) -> str:
    """The number as a reader sees it, but with all its decimals: 15 digits, as a workbook keeps them, and no more."""
    number = Decimal(format(value, ".15g"))
    shape = _QUOTED.sub("", number_format.split(";")[0])
    if "%" in shape:
        number *= 100
    decimals = len(re.sub(r"[^0#?]", "", shape.partition(".")[2]))
    exponent = number.normalize().as_tuple().exponent
    padded = isinstance(exponent, int) and -exponent < decimals
    number = number.quantize(Decimal(1).scaleb(-decimals)) if padded else number.normalize()
    return f"{number:{',' if ',' in shape else ''}f}" + ("%" if "%" in shape else "")


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag in (f"{_MAIN}sheet", f"{_STRICT}sheet"):
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION), "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if member in archive.namelist():
                yield element.get("name", ""), member


def _styles(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each cell style."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    custom = {
        int(element.get("numFmtId", "0")): element.get("formatCode", "")
        for element in root.iter()
        if _name(element) == "numFmt"
    }
    cell_styles = next((element for element in root if _name(element) == "cellXfs"), ())
    identifiers = (int(style.get("numFmtId", "0")) for style in cell_styles)
    return [custom.get(identifier, _BUILT_IN.get(identifier, "")) for identifier in identifiers]


def _sheet_formats(archive: zipfile.ZipFile, member: str, styles: list[str]) -> SheetFormats:
    formats: dict[str, str] = {}
    uncalculated: list[str] = []
    with archive.open(member) as stream:
        for _, element in ElementTree.iterparse(stream):
            if _name(element) == "c":
                address, style = element.get("r", ""), int(element.get("s", "0"))
                if style < len(styles) and styles[style]:
                    formats[address] = styles[style]
                parts = {_name(part): part for part in element}
                if "f" in parts and ("v" not in parts or not parts["v"].text) and "is" not in parts:
                    uncalculated.append(address)
            elif _name(element) == "row":
                element.clear()
    return SheetFormats(formats, tuple(uncalculated))


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
