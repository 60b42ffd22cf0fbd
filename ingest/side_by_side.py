"""Several documents read at once, each in a process of its own, while one process writes.

Workers are spawned: a process forked after the embedding engine's first use hangs.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
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
            return pool.submit(work, task).result()
    except BrokenProcessPool as error:
        raise ReadError("读取这个文件的进程被系统中止（多半是内存不够）；请拆分文件或换一种格式。") from error


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _end_with_parent)


def _end_with_parent() -> None:
    """A worker whose parent was killed must not stay behind."""

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
