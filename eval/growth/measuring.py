"""Small measures of a process: time, memory, disk, and where time goes."""

from __future__ import annotations

import cProfile
import pstats
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eval.growth.records import Spent

_SHOWN = 8


class Stopwatch:
    """Seconds by step, added up, on the wall and of the processor; with `profiled` also where they go."""

    def __init__(self, profiled: bool = False) -> None:
        self.seconds: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self._profiles: dict[str, cProfile.Profile] = {}
        self._profiled = profiled

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        profile = self._profiles.setdefault(name, cProfile.Profile()) if self._profiled else None
        clock, busy = time.perf_counter(), time.process_time()
        if profile:
            profile.enable()
        try:
            yield
        finally:
            if profile:
                profile.disable()
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - clock
            self.processor[name] = self.processor.get(name, 0.0) + time.process_time() - busy

    @property
    def profile(self) -> dict[str, tuple[Spent, ...]]:
        return {name: most_spent(profile) for name, profile in self._profiles.items()}


def most_spent(profile: cProfile.Profile) -> tuple[Spent, ...]:
    """The functions with most time of their own, most first."""
    timings = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    own = sorted(((row[2], where) for where, row in timings.items()), reverse=True)[:_SHOWN]
    return tuple(Spent(function=_named(where), seconds=round(seconds, 3)) for seconds, where in own)


def _named(where: tuple[str, int, str]) -> str:
    file, line, function = where
    parts = Path(file).parts
    return f"{'/'.join(parts[-2:])}:{line} {function}" if line else function


def peak_memory_mb() -> float:
    """The largest resident set of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
