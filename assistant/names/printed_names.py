"""Where a question says a printed name in full, so that no word inside it is taken for a word of the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.labels import label_key

_SHORTEST = 4
_NUMBERED = re.compile(r"\d")


class PrintedNames:
    """Finds names in texts; `names` are label keys."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name for name in names if len(name) >= _SHORTEST and not _NUMBERED.search(name)}

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Start and end of each name in the text, the longest where several overlap."""
        positions = [number for number, character in enumerate(text) if label_key(character)]
        key = "".join(label_key(text[number]) for number in positions)
        if len(key) != len(positions):
            return ()
        found = sorted(
            ((start, start + len(name) - 1) for name in self._names for start in _starts(name, key)),
            key=lambda span: (span[0] - span[1], span[0]),
        )
        kept: list[tuple[int, int]] = []
        for first, last in found:
            if not any(start <= last and first <= end for start, end in kept):
                kept.append((first, last))
        return tuple(sorted((positions[first], positions[last] + 1) for first, last in kept))

    def without(self, text: str) -> str:
        """A text without the names, whose words ask for nothing: 差旅费."""
        for start, end in reversed(self.places(text)):
            text = f"{text[:start]},{text[end:]}"
        return text


def _starts(name: str, key: str) -> Iterator[int]:
    start = key.find(name)
    while start >= 0:
        yield start
        start = key.find(name, start + 1)
