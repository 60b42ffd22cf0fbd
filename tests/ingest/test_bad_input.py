"""What is wrong with a file or with the place it is kept is told in a sentence, and nothing that was stored is lost."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from assistant.cli import main
from ingest import reading
from ingest.home import Home, writer_lock
from ingest.ledger.ledger import Ledger
from ingest.outline.outline import source_to_outline
from ingest.reading import read_source
from tests.ingest.documents import DOCUMENT

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "eval" / "documents" / "000_6a9881425d282efc.txt"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that holds one document already."""
    home = Home(tmp_path / "home")
    ledger = Ledger.open(home, readonly=False)
    ledger.store(DOCUMENT, reader="earlier")
    for document_id, _ in ledger.vector_tasks():
        ledger.finish_vector_task(document_id)
    ledger.set_meta("vectors_generation", str(ledger.generation))
    ledger.close()
    return home


def names(home: Home) -> list[str]:
    ledger = Ledger.open(home)
    try:
        return [document.name for document in ledger.documents()]
    finally:
        ledger.close()


def _missing(_: Path) -> None:
    return None


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def _picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16)


def _undecodable(path: Path) -> None:
    path.write_bytes("部门预算".encode() + b"\xff\xfe\xfd\x80\x81" * 500)


def _without_table(path: Path) -> None:
    path.write_text("今天天气很好。\n我们去公园散步，看见了许多花。\n" * 40, encoding="utf-8")


def _control_characters(path: Path) -> None:
    path.write_text("\x00\x01\x02\x03" * 2000, encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(_missing, "找不到文件", id="missing"),
        pytest.param(_empty, "空文件", id="empty"),
        pytest.param(_binary, "没有读入", id="binary with a text suffix"),
        pytest.param(_picture, "没有读入", id="picture with a text suffix"),
        pytest.param(_undecodable, "编码", id="undecodable bytes"),
        pytest.param(_without_table, "预算", id="no table"),
        pytest.param(_control_characters, "没有读入", id="control characters"),
    ],
)
def test_a_bad_file_is_told_and_the_rest_stays(
    make: Callable[[Path], None], sentence: str, home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "乙.txt"
    make(path)
    assert main(["ingest", str(path), "--home", str(home.folder)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("乙.txt：没有读入。")
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert names(home) == ["甲.txt"]


NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
PROSE_PAGE = "<html><body><p>今天天气很好。</p></body></html>".encode()


def _only_a_chart(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet, chart = book.add_worksheet(), book.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$3"})
        sheet.insert_chart("A1", chart)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("乙.pdf", b"", "空文件", id="empty PDF"),
        pytest.param("乙.pdf", b"%PDF-1.4\n1 0 obj<</Type", "可能下载中断或已损坏", id="truncated PDF"),
        pytest.param("乙.pdf", NO_PAGES, "没有一页可以解析", id="PDF without pages"),
        pytest.param("乙.pdf", "部门预算收支总表".encode(), "不是完整的 PDF", id="text with a PDF suffix"),
        pytest.param("乙.html", PROSE_PAGE, "不像部门预算或决算公开文件", id="page without tables"),
        pytest.param("乙.html", b"<html></html>", "没有文字", id="page without text"),
        pytest.param("乙.csv", b",,,\n,,,\n", "没有文字", id="empty cells"),
        pytest.param("乙.xlsx", b"PK\x03\x04 rubbish", "不是完整的工作簿", id="truncated workbook"),
        pytest.param("乙.xlsx", _only_a_chart, "没有文字", id="workbook with only a chart"),
        pytest.param("乙.docx", b"PK\x03\x04 rubbish", "可能下载中断或已损坏", id="truncated Word file"),
        pytest.param("乙.txt", "部門預算收支總表\n單位：萬元\n".encode("big5"), "编码", id="Big5"),
        pytest.param("乙.txt", b"%PDF-1.7\n", "内容是PDF", id="PDF with a text suffix"),
        pytest.param("乙.exe", b"MZ", "支持的格式", id="unknown suffix"),
    ],
)
def test_a_bad_file_of_any_kind_is_told_and_the_rest_stays(
    name: str,
    content: bytes | Callable[[Path], None],
    sentence: str,
    home: Home,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    content(path) if callable(content) else path.write_bytes(content)
    assert main(["ingest", str(path), "--home", str(home.folder)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{name}：没有读入。")
    assert sentence in told
    assert told.strip().endswith("。")
    assert names(home) == ["甲.txt"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings_that_disclosures_come_in_are_read_alike(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "乙.txt"
    path.write_text(SAMPLE.read_text(encoding="utf-8"), encoding=encoding)
    assert source_to_outline(read_source(path)).parts == source_to_outline(read_source(SAMPLE)).parts


@pytest.mark.slow
def test_a_huge_text_is_told_or_read(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "大.txt"
    with path.open("w", encoding="utf-8") as file:
        for number in range(50 * 2**20 // 60):
            file.write(f"第{number}行：这一行什么表也不是，只是很长很长。\n")
    assert main(["ingest", str(path), "--home", str(home.folder)]) == 1
    assert "大.txt：没有读入。" in capsys.readouterr().err


def test_a_file_that_changes_while_it_is_read(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "变.txt"
    shutil.copyfile(SAMPLE, path)
    path.chmod(0o644)
    digest = reading.file_sha256

    def written_to_after(path: Path) -> str:
        found = digest(path)
        with path.open("a", encoding="utf-8") as file:
            file.write("又一行\n")
        return found

    monkeypatch.setattr(reading, "file_sha256", written_to_after)
    assert main(["ingest", str(path), "--home", str(home.folder)]) == 1
    assert "在读取过程中被改动" in capsys.readouterr().err
    assert names(home) == ["甲.txt"]


def test_a_newer_ledger(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(home.ledger) as connection:
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema_version'")
    assert main(["ingest", str(SAMPLE), "--home", str(home.folder)]) == 1
    assert "请升级明账后再打开" in capsys.readouterr().err


def test_a_second_writer(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    with writer_lock(home, "mingzhang ingest"):
        assert main(["ingest", str(SAMPLE), "--home", str(home.folder)]) == 1
        assert main(["remove", "甲.txt", "--home", str(home.folder)]) == 1
    said = capsys.readouterr().err
    assert said.count(f"另一个进程正在写入账本：mingzhang ingest（进程 {os.getpid()}，") == 2
    assert names(home) == ["甲.txt"]


def test_a_full_disk(home: Home) -> None:
    size = home.ledger.stat().st_size
    full = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "ingest", str(SAMPLE), "--home", str(home.folder)],
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 1
    assert "已存的内容没有损失" in full.stderr
    assert "Traceback" not in full.stderr
    assert names(home) == ["甲.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_without_permission(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    assert main(["documents", "--home", str(tmp_path / "home")]) == 1
    assert "不能建立数据文件夹" in capsys.readouterr().err


def test_a_home_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "home").write_text("x")
    assert main(["documents", "--home", str(tmp_path / "home")]) == 1
    assert "不能建立数据文件夹" in capsys.readouterr().err


def test_a_bad_file_does_not_stop_the_next(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    ledger = Ledger.open(home, readonly=False)
    ledger.close()
    assert main(["ingest", str(tmp_path / "空.txt"), str(tmp_path / "无.txt"), "--home", str(home.folder)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.partition("：")[0] for line in told[:-1]] == ["空.txt", "无.txt"]
    assert told[-1] == "共 2 份：读入 0，没有变化 0，没有读入 2"


def test_an_empty_folder(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    assert main(["ingest", str(tmp_path / "folder"), "--home", str(home.folder)]) == 1
    assert "没有找到可读的文件" in capsys.readouterr().err
