"""The door to the readers: which one is taken, and files that cannot be read."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from ingest.errors import ReadError
from ingest.reading import read_source, unchanged


def test_a_text_is_read_with_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "预算.txt"
    path.write_text("部门预算\n", encoding="utf-8")
    source = read_source(path)
    assert (source.name, source.format) == ("预算.txt", "text")
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_web_page_with_an_office_suffix_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "table.xls"
    path.write_text("<html><body><p>部门预算</p></body></html>", encoding="utf-8")
    assert read_source(path).format == "web"


WORD_BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>部门预算</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "doc"])
def test_a_document_with_another_suffix_is_read_as_what_it_is(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", WORD_BODY)
    assert read_source(path).format == "word"


def test_a_web_page_saved_as_a_pdf_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("\n<!DOCTYPE HTML><html><body><p>部门预算</p></body></html>", encoding="utf-8")
    assert read_source(path).format == "web"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="找不到文件"):
        read_source(tmp_path / "none.txt")


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.touch()
    with pytest.raises(ReadError, match="空文件"):
        read_source(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="文件夹"):
        read_source(tmp_path)


def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.exe"
    path.write_bytes(b"MZ")
    with pytest.raises(ReadError, match=r"支持的格式：.*docx.*pdf.*txt"):
        read_source(path)


def test_a_file_that_changes_while_read_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一", encoding="utf-8")
    with pytest.raises(ReadError, match="被改动"), unchanged(path):
        path.write_text("一二", encoding="utf-8")


def test_a_file_that_disappears_while_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一", encoding="utf-8")
    with pytest.raises(ReadError, match="找不到文件"), unchanged(path):
        path.unlink()
