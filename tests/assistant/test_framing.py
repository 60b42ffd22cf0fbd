"""What is said once around a question holds for all its figures."""

from __future__ import annotations

import pytest

from assistant.names.linking import Linker
from assistant.phrases.phrases import Phrases
from assistant.questions.framing import Framing
from ingest.facts import Vintage
from tests.assistant.test_exemplars import small_department

CATALOG = small_department().catalog()
FRAMING = Framing(Phrases(CATALOG, Linker(CATALOG)))


@pytest.mark.parametrize("asked", ["不算结转,项目支出占总支出多少", "项目支出占总支出多少,不算结转"])
def test_coordinates_said_once(asked: str) -> None:
    frame = FRAMING.frame(asked)
    assert frame is not None
    assert (frame.core, frame.wish.vintage) == ("项目支出占总支出多少", Vintage.CURRENT)


@pytest.mark.parametrize("asked", ["项目支出占总支出多少", "绿地养护,项目支出占总支出多少"])
def test_a_clause_that_names_a_thing_stays(asked: str) -> None:
    assert FRAMING.frame(asked) is None
