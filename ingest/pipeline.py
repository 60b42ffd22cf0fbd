"""The way of a document, from top to bottom: file → outline → facts → checks → ledger → vectors.

A file that fails is told and passed over; whatever was stored stays. Stopped at any moment, the next run goes on.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.archives import unpacked
from ingest.errors import MingzhangError, NotADisclosureError, ReadError
from ingest.facts import DocumentFacts, Fact, Grade, Passage, TableRecord, UnitSource
from ingest.home import Home, writer_lock
from ingest.ledger.ledger import Ledger
from ingest.outline.outline import Outline, SheetPart, TablePart, source_to_outline
from ingest.prose.prose import prose_to_facts
from ingest.reading import READERS, file_sha256, read_source
from ingest.search.vectors import rebuild_vectors, update_vectors
from ingest.sheets.sheets import sheet_to_facts
from ingest.side_by_side import side_by_side
from ingest.source import Source
from ingest.tables.shared_amounts import amounts_with_unit, unit_told_by
from ingest.tables.tables import table_to_facts
from ingest.tables.value_units import ASSUMED_UNIT
from ingest.tie_outs.tie_outs import check_document

SHEET_KIND = "performance_sheet"
_MOST_NESTED = 3  # archives within archives


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file and what the ledger calls it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: 读取, `done` of `total` documents; 向量, of one document's texts. `name` is the document's."""

    name: str
    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `summary` is a line for a reader. A failed one says why."""

    name: str
    stored: bool
    unchanged: bool
    summary: str

    @property
    def failed(self) -> bool:
        return not (self.stored or self.unchanged)


Watch = Callable[[Progress], object]
Report = Callable[[Outcome], object]


def file_to_facts(path: Path, name: str = "") -> DocumentFacts:
    """Read one file into checked facts; `name` is what the ledger will call it, the file's name by default."""
    source = read_source(path)
    outline = source_to_outline(source)
    read = outline_to_facts(source, outline, name or source.name)
    _require_disclosure(read)
    return check_document(read)


def outline_to_facts(source: Source, outline: Outline, name: str) -> DocumentFacts:
    """Each part of the outline to its facts, in reading order."""
    tables: list[TableRecord] = []
    passages: list[Passage] = []
    by_part: list[tuple[Fact, ...]] = []
    without_unit: list[tuple[TablePart, int, int]] = []  # with the table's and the part's index
    for part in outline.parts:
        found: Sequence[Fact]
        if isinstance(part, TablePart):
            table, found = table_to_facts(part, len(tables), outline.year)
            if any(fact.unit_source is UnitSource.ASSUMED for fact in found):
                without_unit.append((part, len(tables), len(by_part)))
            tables.append(table)
        elif isinstance(part, SheetPart):
            table, found, texts = sheet_to_facts(part, len(tables), outline.year)
            tables.append(table)
            passages += texts
        else:
            found, texts = prose_to_facts(part, outline.year, outline.department)
            passages += texts
        by_part.append(tuple(found))
    known = amounts_with_unit(fact for facts in by_part for fact in facts) if without_unit else frozenset()
    for table_part, index, at in without_unit:
        if unit := unit_told_by(known, by_part[at], ASSUMED_UNIT):
            tables[index], by_part[at] = table_to_facts(table_part, index, outline.year, unit)
    return DocumentFacts(
        name,
        source.sha256,
        source.format,
        outline.department,
        outline.year,
        outline.kind,
        outline.title,
        tuple(fact for facts in by_part for fact in facts),
        tuple(tables),
        tuple(passages),
        notes=source.notes,
    )


def ingest(paths: Sequence[Path], home: Home, report: Report, watch: Watch, command: str = "mingzhang ingest") -> None:
    """Read files, folders and archives into the ledger, then into the vector store; reports one outcome a file."""
    with writer_lock(home, command), ExitStack() as opened:
        ledger = opened.enter_context(closing(Ledger.open(home, readonly=False)))
        new: list[NamedFile] = []
        for file in named_files(_unpacked(paths, opened, report)):
            if _is_unchanged(file, ledger):
                report(Outcome(file.name, stored=False, unchanged=True, summary=f"{file.name}：没有变化"))
            else:
                new.append(file)
        for number, (file, result) in enumerate(side_by_side(_timed_facts, new)):
            watch(Progress(file.name, "读取", number, len(new)))
            report(_store(file.name, result, ledger))
        _update(home, ledger, watch)


def remove(name: str, home: Home) -> bool:
    """Take a document out of the ledger and the vector store; False when there is none of that name."""
    with writer_lock(home, "mingzhang remove"), closing(Ledger.open(home, readonly=False)) as ledger:
        removed = ledger.remove(name)
        if removed:
            _update(home, ledger, lambda _: None)
        return removed


def rebuild(home: Home, watch: Watch) -> None:
    """Build the vector store again from the ledger."""
    with writer_lock(home, "mingzhang rebuild"), closing(Ledger.open(home, readonly=False)) as ledger:
        rebuild_vectors(home, ledger, _watch_vectors(watch))


def named_files(paths: Iterable[Path]) -> list[NamedFile]:
    """Every file once, folders unfolded, and the name it gets: its own, with its folder where two are alike."""
    found = [(file, top) for top in paths for file in _files(top)]
    distinct = list({file.resolve(): (file, top) for file, top in found}.values())
    alike = Counter(file.name for file, _ in distinct)
    return [NamedFile(file, file.name if alike[file.name] == 1 else _longer_name(file, top)) for file, top in distinct]


def _files(path: Path) -> list[Path]:
    """A file as it is; of a folder, the files that some reader takes, however deep."""
    if not path.is_dir():
        return [path]
    inside = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in READERS)
    return [file for file in inside if not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)]


def _longer_name(file: Path, top: Path) -> str:
    return str(file.relative_to(top)) if top.is_dir() else f"{file.absolute().parent.name}/{file.name}"


def _unpacked(paths: Iterable[Path], opened: ExitStack, report: Report, depth: int = 0) -> Iterator[Path]:
    """The paths, with archives, also those in a folder or in another archive, as folders that last as long as
    `opened`."""
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for archive in [file for file in inside if file.suffix.lower() == ".zip" and not file.is_dir()]:
            try:
                if depth == _MOST_NESTED:
                    raise ReadError(f"“{archive.name}”是层层嵌套的压缩包，没有解压；请解压后再读入。")
                yield from _unpacked([opened.enter_context(unpacked(archive))], opened, report, depth + 1)
            except ReadError as error:
                report(_failed(archive.name, error))
        if path.is_dir() or path.suffix.lower() != ".zip":
            yield path


def _timed_facts(file: NamedFile) -> tuple[DocumentFacts, float]:
    started = time.perf_counter()
    return file_to_facts(file.path, file.name), time.perf_counter() - started


def _is_unchanged(file: NamedFile, ledger: Ledger) -> bool:
    present = ledger.document(file.name)
    try:
        return present is not None and (present.sha256, present.reader) == (
            file_sha256(file.path),
            reader_fingerprint(),
        )
    except OSError:
        return False  # the reader says what is wrong


def _store(name: str, result: Callable[[], tuple[DocumentFacts, float]], ledger: Ledger) -> Outcome:
    """The loop's one step: whatever goes wrong with a file is told, and the next one is read."""
    try:
        read, seconds = result()
        ledger.store(read, reader_fingerprint())
    except MingzhangError as error:
        return _failed(name, error)
    except Exception as error:  # a file that breaks a reader must not stop the others
        return _failed(name, f"读取时程序出错（{type(error).__name__}: {error}），请把这个文件报告给开发者。")
    return Outcome(name, stored=True, unchanged=False, summary=_summary(read, seconds))


def _failed(name: str, reason: object) -> Outcome:
    return Outcome(name, stored=False, unchanged=False, summary=f"{name}：没有读入。{reason}")


def _require_disclosure(read: DocumentFacts) -> None:
    if not read.facts and not read.tables:
        raise NotADisclosureError(
            f"{read.name} 里没有找到预算公开的表格，也没有带金额的说明；请确认这是部门预算或决算的公开文件。"
        )


def _summary(read: DocumentFacts, seconds: float) -> str:
    sheets = sum(table.kind == SHEET_KIND for table in read.tables)
    doubts = sum(finding.grade is Grade.DISAGREES for finding in read.findings)
    kind = {"budget": "预算", "final_accounts": "决算"}.get(read.kind, "")
    parts = [
        read.department or "未写明部门",
        f"{read.year}年{kind}" if read.year else kind or "未写明年度",
        f"{len(read.tables) - sheets} 张表",
        f"{sheets} 张绩效表",
        f"{len(read.facts)} 个数据",
        f"{doubts} 处对不上" if doubts else "",
        f"{seconds:.1f} 秒",
        *read.notes,
    ]
    return f"{read.name}：" + " · ".join(part for part in parts if part)


def _update(home: Home, ledger: Ledger, watch: Watch) -> None:
    update_vectors(home, ledger, _watch_vectors(watch))


def _watch_vectors(watch: Watch) -> Callable[[str, int, int], object]:
    return lambda name, done, total: watch(Progress(name, "向量", done, total))


@cache
def reader_fingerprint() -> str:
    """Changes with the code and the vocabulary that read documents, so that a better reader reads them again."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in {".py", ".yaml"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
