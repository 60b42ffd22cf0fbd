"""What several test folders share: the sample document, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "eval" / "documents"


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger and a vector store that hold the sample document; copy it before changing it."""
    from ingest.home import Home
    from ingest.pipeline import ingest

    home = Home.at(tmp_path_factory.mktemp("sample") / "home")
    failed: list[str] = []
    ingest([SAMPLES], home, lambda outcome: failed.append(outcome.summary) if outcome.failed else None, lambda _: None)
    assert not failed
    return home.folder
