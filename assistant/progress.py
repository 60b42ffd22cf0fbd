"""Progress on a terminal: one bar on standard error, lines of outcome on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never

from tqdm import tqdm

from ingest.pipeline import Progress


class Bar:
    """Shows one document's progress at a time; nothing of it is drawn where there is no terminal."""

    def __init__(self) -> None:
        self._bar: tqdm[Never] = tqdm(total=1, leave=False, disable=None, bar_format="{desc} {percentage:3.0f}%|{bar}|")

    def watch(self, progress: Progress) -> None:
        self._bar.set_description_str(f"{progress.step} {progress.name}", refresh=False)
        self._bar.total, self._bar.n = max(progress.total, 1), progress.done
        self._bar.refresh()

    def line(self, text: str, error: bool = False) -> None:
        """A line above the bar."""
        tqdm.write(text, file=sys.stderr if error else sys.stdout)

    def close(self) -> None:
        self._bar.close()


@contextmanager
def progress_bar() -> Iterator[Bar]:
    bar = Bar()
    try:
        yield bar
    finally:
        bar.close()
