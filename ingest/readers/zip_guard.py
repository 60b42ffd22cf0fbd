"""The look at a zip archive before anything in it is unpacked: Office files and archives of disclosures alike."""

from __future__ import annotations

import zipfile
from pathlib import Path

from ingest.errors import ReadError

MOST_BYTES = 1_000_000_000
MOST_MEMBERS = 5_000
_MOST_RATIO = 200
_HARMLESS_BYTES = 20_000_000


def checked_zip(path: Path, name: str) -> zipfile.ZipFile:
    """The archive, opened; ReadError when it is no archive or would unpack to far more than it says it holds."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise ReadError(f"“{name}”不是完整的文件（可能下载中断或已损坏），无法打开；请重新下载后再试。") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    problem = ""
    if len(members) > MOST_MEMBERS:
        problem = f"内有 {len(members)} 个文件，超过上限 {MOST_MEMBERS} 个"
    elif unpacked > MOST_BYTES or (unpacked > _HARMLESS_BYTES and unpacked > _MOST_RATIO * max(packed, 1)):
        problem = f"解压后有 {unpacked // 1_000_000} MB，是压缩前的 {unpacked // max(packed, 1)} 倍"
    if problem:
        archive.close()
        raise ReadError(f"“{name}”{problem}，像是压缩炸弹，没有解压；请只保留要读的文件后再试。")
    return archive


def read_member(archive: zipfile.ZipFile, member: str | zipfile.ZipInfo, name: str) -> bytes:
    """One member's bytes, never more than it declares; ReadError if it is encrypted or damaged."""
    info = archive.getinfo(member) if isinstance(member, str) else member
    try:
        with archive.open(info) as stream:
            content = stream.read(info.file_size + 1)
    except RuntimeError as error:  # how zipfile reports a password
        raise ReadError(f"“{name}”加了密码，无法解压；请解压后再导入。") from error
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise ReadError(f"“{name}”中的“{info.filename}”已损坏，无法解压；请重新下载后再试。") from error
    if len(content) > info.file_size:
        raise ReadError(f"“{name}”中的“{info.filename}”比它声明的大，没有解压；请重新下载后再试。")
    return content
