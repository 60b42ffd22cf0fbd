"""Several documents read at once, each in a process of its own, while one process writes.

Workers are spawned: a process forked after the embedding engine's first use hangs.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import ModuleType
from typing import TypeVar

from ingest.errors import ReadError

Task = TypeVar("Task")
Read = TypeVar("Read")


def side_by_side(
    work: Callable[[Task], Read], tasks: Sequence[Task], workers: int | None = None
) -> Iterator[tuple[Task, Callable[[], Read]]]:
    """Each task, in order, with a function that gives its result or raises what went wrong with it."""
    count = min(len(tasks), workers or os.cpu_count() or 1)
    if count < 2:
        yield from ((task, _later(work, task)) for task in tasks)
        return
    with _pool(count) as pool:
        with _without_main():
            futures = deque(pool.submit(work, task) for task in tasks)
        try:
            for task in tasks:
                yield task, _result(work, task, futures.popleft())  # what was read is not kept
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _later(work: Callable[[Task], Read], task: Task) -> Callable[[], Read]:
    return lambda: work(task)


def _result(work: Callable[[Task], Read], task: Task, future: Future[Read]) -> Callable[[], Read]:
    """A worker that dies takes all tasks with it that were under way: each of them gets a process to itself."""

    def result() -> Read:
        try:
            return future.result()
        except BrokenProcessPool:
            return _alone(work, task)

    return result


def _alone(work: Callable[[Task], Read], task: Task) -> Read:
    try:
        with _pool(1) as pool:
            with _without_main():
                future = pool.submit(work, task)
            return future.result()
    except BrokenProcessPool as error:
        raise ReadError("读取这个文件的进程被系统中止（多半是内存不够）；请拆分文件或换一种格式。") from error


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _end_with_parent)


@contextmanager
def _without_main() -> Iterator[None]:
    """Workers start while tasks are given, and would run the caller's script again, whose work is none of theirs."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _end_with_parent() -> None:
    """A worker whose parent was killed must not stay behind."""

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
