"""Old and foreign office formats through LibreOffice, and what is said where it is not installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.readers import office
from tests.ingest.readers.shown import shown

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\f0 \'b2\'bf\'c3\'c5\'d4\'a4\'cb\'e3 2026\par}"


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".rtf", ".doc", ".wps"])
def test_a_word_like_file_is_converted_by_its_content(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(RTF)
    source = office.read(path, path.name, "0" * 64)
    assert shown(source) == ["部门预算 2026"]
    assert (source.name, source.format) == (path.name, "word")
    assert source.notes == (f"由 LibreOffice 从 {suffix} 转换后读入。",)


@needs_office
@pytest.mark.slow
def test_what_cannot_be_converted_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(ReadError, match=r"“a\.ods”"):
        office.read(path, path.name, "0" * 64)


def test_without_libreoffice_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.doc"
    path.write_bytes(RTF)
    with pytest.raises(ReadError, match="请安装 LibreOffice，或另存为"):
        office.read(path, path.name, "0" * 64)
