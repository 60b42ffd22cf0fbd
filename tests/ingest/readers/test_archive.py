"""Folders and archives: what is found in them, under which name, and what is refused."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from ingest.readers.archive import Member, expanded


def members(path: Path) -> list[Member]:
    with expanded(path) as found:
        return list(found)


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_folders_and_archives_within_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "公开"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "二.pdf").write_bytes(b"2")
    (folder / ".hidden").write_bytes(b"x")
    (folder / "~$temporary.docx").write_bytes(b"x")
    inner = zipped(tmp_path / "inner.zip", **{"三.txt": b"3"})
    zipped(folder / "a.zip", **{"一.txt": b"1", "inner.zip": inner.read_bytes(), "__MACOSX/._一.txt": b"x"})
    with expanded(folder) as found:
        assert [(member.name, member.path.read_bytes(), member.problem) for member in found] == [
            ("公开/a.zip/inner.zip/三.txt", b"3", ""),
            ("公开/a.zip/一.txt", b"1", ""),
            ("公开/b/二.pdf", b"2", ""),
        ]


def test_a_single_file_is_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1")
    assert members(path) == [Member(path, "a.txt")]


def test_unpacked_files_keep_their_suffix_and_go_away(tmp_path: Path) -> None:
    with expanded(zipped(tmp_path / "a.zip", **{"b/c.pdf": b"1"})) as found:
        (member,) = list(found)
        assert member.path.name == "c.pdf" and member.path.exists()
    assert not member.path.exists()


def test_names_of_chinese_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("XXXX.txt", b"1")
    path.write_bytes(path.read_bytes().replace(b"XXXX", "预算".encode("gb18030")))
    assert [member.name for member in members(path)] == ["a.zip/预算.txt"]


def test_no_member_is_written_elsewhere(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"../../evil.txt": b"1", "/etc/evil2.txt": b"2", "b\\..\\..\\evil3.txt": b"3"})
    with expanded(path) as found:
        folders = {member.path.parent.parent for member in found}
    assert len(folders) == 1
    assert not list(tmp_path.parent.glob("evil*")) and not list(tmp_path.glob("evil*"))


def bomb(folder: Path) -> Path:
    return zipped(folder / "a.zip", **{"big.txt": bytes(100_000_000)})


def many(folder: Path) -> Path:
    return zipped(folder / "a.zip", **{f"{n}.txt": b"" for n in range(5001)})


def deep(folder: Path) -> Path:
    path = zipped(folder / "0.zip", **{"a.txt": b"1"})
    for n in range(1, 4):
        path = zipped(folder / f"{n}.zip", **{path.name: path.read_bytes()})
    return path


def broken(folder: Path) -> Path:
    path = folder / "a.zip"
    path.write_bytes(b"PK\x03\x04 cut off")
    return path


def damaged_member(folder: Path) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"right")
    path.write_bytes(path.read_bytes().replace(b"right", b"wrong"))
    return path


PROBLEMS = {
    "zip bomb": (bomb, "像是压缩炸弹，没有解压"),
    "too many files": (many, "超过上限 5000 个"),
    "archives in archives in archives": (deep, "层压缩包，没有解压"),
    "cut off": (broken, "已损坏"),
    "damaged member": (damaged_member, "已损坏，无法解压"),
}


@pytest.mark.parametrize(("make", "sentence"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_bad_archive_is_a_problem_and_no_error(make, sentence: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (member,) = members(make(tmp_path))
    assert sentence in member.problem
    assert member.problem.endswith("。")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may open every folder")
def test_a_folder_without_permission_loses_no_other(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o000)
    (tmp_path / "b.txt").write_text("1")
    found = members(tmp_path)
    assert [member.name.rpartition("/")[2] for member in found] == ["a", "b.txt"]
    assert "没有读取权限" in found[0].problem
