"""placeholder"""
from pathlib import Path
from ingest.source import Block, Source
def read(path: Path, name: str, sha256: str) -> Source:
    raise NotImplementedError
def read_pages(path: Path, numbers: list[int]) -> tuple[dict[int, tuple[Block, ...]], tuple[str, ...]]:
    return {}, ()
