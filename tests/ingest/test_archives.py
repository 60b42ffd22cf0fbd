"""Archives become folders; damaged, locked and hostile ones are refused in a sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.archives import unpacked
from ingest.errors import ReadError
from ingest.home import Home
from ingest.pipeline import Outcome, ingest


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", b"\0" * (300 * 2**20))


def _many(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for number in range(5001):
            file.writestr(f"{number}.txt", b"")


def _damaged(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"nothing of an archive" * 10)


def _encrypted(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", b"x")
    data = path.read_bytes()
    central = data.index(b"PK\x01\x02")
    path.write_bytes(data[: central + 8] + b"\x01" + data[central + 9 :])


def _missing(_: Path) -> None:
    return None


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(_bomb, "解开有 1 个文件、300 MB，超出限度", id="bomb"),
        pytest.param(_many, "解开有 5001 个文件", id="too many files"),
        pytest.param(_damaged, "打不开或已损坏", id="damaged"),
        pytest.param(_encrypted, "有密码", id="encrypted"),
        pytest.param(_missing, "找不到文件", id="missing"),
    ],
)
def test_refused(make: Callable[[Path], None], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    make(path)
    with pytest.raises(ReadError, match=sentence), unpacked(path):
        pass
    outcomes: list[Outcome] = []
    ingest([path], Home(tmp_path / "home"), outcomes.append, lambda _: None)
    assert [outcome.failed for outcome in outcomes] == [True]
    assert outcomes[0].summary.startswith("包.zip：没有读入。")


def _nested(path: Path, levels: int) -> None:
    inner = path.with_name("内.txt")
    inner.write_text("今天天气很好。", encoding="utf-8")
    for number in range(levels):
        outer = path.with_name(f"{number}.zip")
        with zipfile.ZipFile(outer, "w") as file:
            file.write(inner, inner.name)
        inner.unlink()
        inner = outer
    inner.rename(path)


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        pytest.param(2, "内.txt：没有读入。“内.txt”读出来了", id="an archive in an archive is opened"),
        pytest.param(5, "1.zip：没有读入。“1.zip”是层层嵌套的压缩包", id="too deep"),
    ],
)
def test_archives_in_archives(levels: int, told: str, tmp_path: Path) -> None:
    _nested(tmp_path / "包.zip", levels)
    outcomes: list[Outcome] = []
    ingest([tmp_path / "包.zip"], Home(tmp_path / "home"), outcomes.append, lambda _: None)
    (outcome,) = outcomes
    assert outcome.summary.startswith(told)


class WindowsEntry(zipfile.ZipInfo):
    """An entry as old packers on Windows write it: the name in GBK, without a mark that tells so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(zipfile.ZipInfo("a.txt"), "a.txt", id="plain"),
        pytest.param(zipfile.ZipInfo("预算/公开.txt"), "预算/公开.txt", id="UTF-8"),
        pytest.param(WindowsEntry("预算/公开.txt"), "预算/公开.txt", id="packed on Windows"),
        pytest.param(zipfile.ZipInfo("../../out.txt"), "out.txt", id="out of the folder"),
        pytest.param(zipfile.ZipInfo("/etc/out.txt"), "etc/out.txt", id="absolute"),
    ],
)
def test_names(entry: zipfile.ZipInfo, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(entry, "内容")
    with unpacked(path) as folder:
        found = [str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()]
        assert found == [expected]
        assert (folder / expected).read_text(encoding="utf-8") == "内容"
    assert not folder.exists()
