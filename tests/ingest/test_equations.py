"""Sums held against sums: what can be evaluated at all."""

from __future__ import annotations

import pytest

from ingest.tie_outs.equations import Equation, equation_to_outcome


@pytest.mark.parametrize("left", [(), (0,)], ids=["nothing on either side", "nothing on the right"])
def test_nothing_is_checked_against_nothing(left: tuple[int, ...]) -> None:
    assert equation_to_outcome(Equation("rule", "about", left, ()), ()) is None
