"""A .zip of documents becomes a folder for as long as it is read; what would fill the disk is refused."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ingest.errors import ReadError

_MOST_FILES = 5000
_MOST_BYTES = 2 * 2**30  # all files together
_MOST_TIMES = 200  # a file may unpack to this many times its packed size; text seldom reaches 20
_ENCRYPTED, _UTF8 = 0x1, 0x800


@contextmanager
def unpacked(archive: Path) -> Iterator[Path]:
    """A temporary folder with the files of an archive; ReadError when it is damaged, encrypted or a bomb."""
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        try:
            with zipfile.ZipFile(archive) as file:
                _unpack(file, archive.name, Path(folder))
        except FileNotFoundError as error:
            raise ReadError(f"找不到文件“{archive}”。请检查路径。") from error
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError) as error:
            raise ReadError(f"压缩包“{archive.name}”打不开或已损坏（{error}）。请重新下载或解压后再读入。") from error
        yield Path(folder)


def _unpack(file: zipfile.ZipFile, name: str, folder: Path) -> None:
    entries = [entry for entry in file.infolist() if not entry.is_dir()]
    packed, size = sum(entry.compress_size for entry in entries), sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_FILES or size > _MOST_BYTES or size > _MOST_TIMES * max(packed, 2**20):
        raise ReadError(
            f"压缩包“{name}”解开有 {len(entries)} 个文件、{size / 2**20:.0f} MB，超出限度；请解压后分批读入。"
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ReadError(f"压缩包“{name}”有密码；请解压后再读入。")
    for entry in entries:
        parts = [part for part in PurePosixPath(_name(entry)).parts if part not in ("/", "..", ".")]
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with file.open(entry) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)  # never more than the size that the entry tells: zipfile checks


def _name(entry: zipfile.ZipInfo) -> str:
    """Chinese names that were packed on Windows carry no mark of their encoding."""
    if entry.flag_bits & _UTF8:
        return entry.filename.replace("\\", "/")
    try:
        return entry.filename.encode("cp437").decode("gb18030").replace("\\", "/")
    except UnicodeError:
        return entry.filename.replace("\\", "/")
