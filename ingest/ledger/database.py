"""The SQLite database under the ledger: how it is opened, checked, and how its errors become sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DBAPIError

from ingest.errors import LedgerError
from ingest.ledger.schema import SCHEMA_VERSION, meta, metadata

_SENTENCES = {
    "disk is full": "磁盘已满，账本 {path} 没有写入；请腾出空间后重新运行，已存的内容没有损失。",
    "disk I/O error": "账本 {path} 写入失败（磁盘已满、超出配额或设备出错）；请检查磁盘后重新运行，"
    "已存的内容没有损失。",
    "malformed": "账本 {path} 已损坏；请把它移开，再用 mingzhang ingest 重新读入原文件。",
    "not a database": "{path} 不是明账的账本；请把它移开或换一个 --home。",
    "unable to open": "打不开账本 {path}；请检查文件夹的权限或换一个 --home。",
    "readonly": "账本 {path} 只能读不能写；请检查文件的权限或换一个 --home。",
    "locked": "账本 {path} 正被另一个程序占用；请稍后再试。",
}


class Database:
    """One SQLite file in WAL mode: readers go on while one writes, and a killed writer leaves the last commit."""

    def __init__(self, path: Path, readonly: bool) -> None:
        self.path = path
        self._engine = _engine(path, readonly)

    @classmethod
    def open(cls, path: Path, readonly: bool) -> Database:
        """Open, and create when missing; LedgerError when it cannot be read or is of a newer schema."""
        database = cls(path, readonly)
        if not path.exists() or path.stat().st_size == 0:
            creator = cls(path, readonly=False)
            creator._create()
            creator.close()
        database._check_schema()
        if not readonly:
            database._complete_indexes()
        return database

    def close(self) -> None:
        self._engine.dispose()

    def read(self, query: Any) -> Sequence[Any]:
        """All rows of a select."""
        with self._sentences(), self._engine.connect() as connection:
            return connection.execute(query).all()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing."""
        with self._sentences(), self._engine.begin() as connection:
            yield connection

    def _create(self) -> None:
        with self.writing() as connection:
            metadata.create_all(connection)
            first = upsert(meta).values(key="schema_version", value=str(SCHEMA_VERSION))
            connection.execute(first.on_conflict_do_nothing())

    def _complete_indexes(self) -> None:
        with self.writing() as connection:
            for table in metadata.sorted_tables:
                for index in table.indexes:
                    index.create(connection, checkfirst=True)

    def _check_schema(self) -> None:
        found = self.read(select(meta.c.value).where(meta.c.key == "schema_version"))
        version = int(found[0][0]) if found else 0
        if version > SCHEMA_VERSION:
            raise LedgerError(
                f"账本 {self.path} 由更新版本的明账写成（结构版本 {version}，本程序只认得 {SCHEMA_VERSION}）；"
                "请升级明账后再打开。"
            )

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Turn what the database says into a sentence for the person who has to act."""
        try:
            yield
        except DBAPIError as error:
            said = str(error.orig)
            sentence = next((text for mark, text in _SENTENCES.items() if mark in said), None)
            if sentence is None:
                raise LedgerError(f"账本 {self.path} 出错（{said}）；请检查文件或换一个 --home。") from error
            raise LedgerError(sentence.format(path=self.path)) from error


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Write one line of the meta table."""
    statement = upsert(meta).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def _engine(path: Path, readonly: bool) -> Engine:
    engine = create_engine(f"sqlite:///{path}")
    pragmas = ["journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"]

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        for pragma in [*pragmas, "query_only=ON"] if readonly else pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return engine
