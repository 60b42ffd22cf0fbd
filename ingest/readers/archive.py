"""Folders and .zip archives to the files in them, so that whatever holds disclosures can be given as one path.

What cannot be opened is handed on as a problem beside the files: one bad member never loses the others.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.errors import ReadError
from ingest.readers.zip_guard import checked_zip, read_member

_DEEPEST = 3  # archives within archives
_MOST_UNPACKED = 2_000_000_000
_UTF8_NAME = 0x800
_IGNORED = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Member:
    """A file to read: `path` is where its bytes are, `name` its path as a person knows it (`a.zip/b/c.pdf`).

    `problem` is a sentence about what could not be opened instead; the file is then not to be read.
    """

    path: Path
    name: str
    problem: str = ""


@contextmanager
def expanded(path: Path) -> Iterator[Iterator[Member]]:
    """The files at `path`, folders and archives opened, in the order of their names; unpacked ones live within `with`.

    >>> with expanded(Path("disclosures.zip")) as members:
    ...     for member in members: ...
    """
    with ExitStack() as stack:
        yield _Expansion(stack).members(path, path.name, 0)


@dataclass(slots=True)
class _Expansion:
    """One walk; `unpacked` counts the bytes of all archives in it together."""

    stack: ExitStack
    unpacked: int = 0

    def members(self, path: Path, name: str, depth: int) -> Iterator[Member]:
        if path.is_dir():
            yield from self._folder(path, name, depth)
        elif path.suffix.lower() == ".zip":
            yield from self._archive(path, name, depth)
        else:
            yield Member(path, name)

    def _folder(self, folder: Path, name: str, depth: int) -> Iterator[Member]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            reason = "没有读取权限" if isinstance(error, PermissionError) else (error.strerror or "读不出来")
            yield Member(folder, name, f"文件夹“{folder}”打不开（{reason}），其中的文件没有读入；请检查后再试。")
            return
        for entry in entries:
            is_hidden = entry.name.startswith((".", "~$")) or entry.name in _IGNORED
            if not is_hidden and not (entry.is_symlink() and entry.is_dir()):
                yield from self.members(Path(entry.path), f"{name}/{entry.name}", depth)

    def _archive(self, path: Path, name: str, depth: int) -> Iterator[Member]:
        if depth >= _DEEPEST:
            yield Member(path, name, f"“{name}”是压缩包里的第 {depth + 1} 层压缩包，没有解压；请先解压再导入。")
            return
        try:
            archive = checked_zip(path, name)
        except ReadError as error:
            yield Member(path, name, str(error))
            return
        with archive:
            folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="mingzhang-zip-")))
            infos = [(info, _member_name(info)) for info in archive.infolist() if not info.is_dir()]
            for index, (info, inner) in enumerate(sorted(infos, key=lambda pair: pair[1])):
                parts = PurePosixPath(inner).parts
                if parts and not _IGNORED & set(parts) and not parts[-1].startswith((".", "~$")):
                    yield from self._unpacked(archive, info, folder / str(index), f"{name}/{inner}", depth)

    def _unpacked(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, name: str, depth: int
    ) -> Iterator[Member]:
        target = folder / PurePosixPath(name).name[-_LONGEST_NAME:]  # a flat name: no member writes elsewhere
        self.unpacked += info.file_size
        if self.unpacked > _MOST_UNPACKED:
            yield Member(target, name, f"“{name}”没有解压：压缩包解压后超过 {_MOST_UNPACKED // 10**9} GB；请分批导入。")
            return
        try:
            content = read_member(archive, info, name)
            folder.mkdir()
            target.write_bytes(content)
        except ReadError as error:
            yield Member(target, name, str(error))
            return
        yield from self.members(target, name, depth + 1)


def _member_name(info: zipfile.ZipInfo) -> str:
    """The name as its author wrote it: archives made on Chinese Windows keep GBK without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").lstrip("/")
