"""The door to all readers: which one reads a file, by its content and its suffix, and that the file stays the same."""

from __future__ import annotations

import hashlib
import importlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from ingest.errors import ReadError
from ingest.source import Source

# Suffix → module in ingest/readers; imported when a file asks for it, since some load heavy libraries.
READERS = {
    **dict.fromkeys((".txt", ".md", ".markdown", ".csv", ".tsv"), "text"),
    ".pdf": "pdf",
    ".docx": "word",
    **dict.fromkeys((".xlsx", ".xlsm", ".xls"), "excel"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mht"), "web"),
    **dict.fromkeys((".doc", ".wps", ".et", ".rtf", ".odt", ".ods"), "office"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), "scan"),
}
_PACKED = {"word/document.xml": "word", "xl/workbook.xml": "excel"}
_OFFICE_SUFFIXES = {".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".xlsm", ".et", ".html", ".htm"}


def read_source(path: Path) -> Source:
    """Read any supported file into lines and grids; ReadError is a sentence about what is wrong."""
    name = path.name
    reader = _reader_for(path)
    with unchanged(path):
        digest = file_sha256(path)
        module = importlib.import_module(f"ingest.readers.{reader}")
        return cast(Source, module.read(path, name, digest))


def file_sha256(path: Path) -> str:
    """The hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Raise ReadError when the file is another one, or of other content, after the block than before it."""
    before = _state(path)
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error) from error
    if _state(path) != before:
        raise ReadError(f"“{path.name}”在读取过程中被改动，已放弃这次读取。请等文件写完后重新载入。")


def _state(path: Path) -> tuple[int, int, int]:
    try:
        status = os.stat(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    return status.st_ino, status.st_size, status.st_mtime_ns


def _unreadable(path: Path, error: OSError) -> ReadError:
    if isinstance(error, FileNotFoundError):
        return ReadError(f"找不到文件“{path}”。请检查路径。")
    if isinstance(error, PermissionError):
        return ReadError(f"没有读取“{path}”的权限。")
    return ReadError(f"“{path}”读不出来：{error.strerror or error}。")


def _reader_for(path: Path) -> str:
    """The reader for a file; office files often carry another format's suffix, so there the content decides."""
    try:
        if path.is_dir():
            raise ReadError(f"“{path}”是文件夹，不是文件。")
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise _unreadable(path, error) from error
    suffix = path.suffix.lower()
    if suffix not in READERS:
        known = "、".join(sorted(suffix[1:] for suffix in READERS))
        raise ReadError(f"不支持“{path.name}”这种文件。支持的格式：{known}。")
    if not start:
        raise ReadError(f"“{path.name}”是空文件，没有可读的内容。")
    return _reader_by_content(path, start, suffix) or READERS[suffix]


def _reader_by_content(path: Path, start: bytes, suffix: str) -> str | None:
    """What an office, web or PDF file really is, where its content tells and its suffix says otherwise."""
    if suffix not in _OFFICE_SUFFIXES:
        return None
    if b"%PDF" in start[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _packed_reader(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "office" if suffix == ".docx" else None
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return "web"
    return None


def _packed_reader(path: Path) -> str | None:
    """The reader of a packed office file, by what is packed in it; None where that tells nothing."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError):
        return None  # the reader of its suffix says what is wrong
    return next((reader for member, reader in _PACKED.items() if member in names), None)
