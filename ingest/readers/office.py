"""Formats that only an office suite reads (.doc, .wps, .et, .odt, .ods, .rtf): converted by LibreOffice where it is.

Each conversion has its own profile in a temporary folder, so that several can run side by side and none meets a window
that the user has open.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from ingest.errors import ReadError
from ingest.readers import excel, word
from ingest.source import Source

WORD_SUFFIXES = frozenset({".doc", ".wps", ".odt", ".rtf", ".dot", ".wpt"})
EXCEL_SUFFIXES = frozenset({".et", ".ods", ".xls", ".ett"})
_SECONDS = 180


def read(path: Path, name: str, sha256: str) -> Source:
    """The file through its .docx or .xlsx conversion; ReadError when LibreOffice is not installed."""
    suffix = Path(name).suffix.lower()
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(
            f"“{name}”是 {suffix} 文件，需要 LibreOffice 才能读取；"
            "请安装 LibreOffice，或另存为 .docx、.xlsx 或 .pdf 后再试。"
        )
    target = "xlsx" if suffix in EXCEL_SUFFIXES else "docx"
    with tempfile.TemporaryDirectory(prefix="mingzhang-office-") as folder:
        converted = _converted(program, path, name, target, Path(folder))
        source = excel.read(converted, name, sha256) if target == "xlsx" else word.read(converted, name, sha256)
    return replace(source, notes=(*source.notes, f"由 LibreOffice 从 {suffix} 转换后读入。"))


def _converted(program: str, path: Path, name: str, target: str, folder: Path) -> Path:
    original = folder / f"document{Path(name).suffix.lower()}"
    shutil.copyfile(path, original)
    output = folder / "converted"
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        target,
        "--outdir",
        str(output),
        str(original),
    ]
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"LibreOffice 在 {_SECONDS} 秒内没有转换完“{name}”；请另存为 .{target} 后再试。") from error
    result = output / f"document.{target}"
    if not result.exists():
        raise ReadError(f"LibreOffice 无法转换“{name}”，文件可能加了密码或已损坏；请另存为 .{target} 后再试。")
    return result
