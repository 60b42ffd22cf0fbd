"""What several test folders share: the sample document, read once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant.assistant import Assistant

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


@pytest.fixture(scope="session")
def sample_ledger_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger that holds the sample document, without vectors: read in two seconds."""
    from ingest.home import Home, writer_lock
    from ingest.ledger.ledger import Ledger
    from ingest.pipeline import file_to_facts

    home = Home.at(tmp_path_factory.mktemp("ledger") / "home")
    with writer_lock(home, "tests"):
        ledger = Ledger.open(home, readonly=False)
        for file in sorted(SAMPLES.glob("*.txt")):
            ledger.store(file_to_facts(file))
        ledger.close()
    return home.folder


@pytest.fixture(scope="session")
def sample_assistant(sample_ledger_home: Path) -> Assistant:
    """Answers over the sample document."""
    from assistant.assistant import Assistant

    return Assistant.open(sample_ledger_home)
