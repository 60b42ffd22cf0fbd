"""The number gate under attack, with claims and changes that are made without the gate's own reading of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from eval.adversarial import (
    amounts_said,
    attack_with_inventions,
    attack_with_mutations,
    invented_claims,
    mutations,
)
from eval.cases import CASES, load_cases
from eval.extended import right_answers

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def test_mutations_change_one_digit_of_a_figure_each() -> None:
    text = "2023年为 25.5 万元（表6）"
    changed = list(mutations(text))
    assert len(changed) == len(set(changed)) == 3 * 9
    assert all(sum(a != b for a, b in zip(text, other, strict=True)) == 1 for other in changed)
    assert all(other.startswith("2023年为") and other.endswith("万元（表6）") for other in changed)


def test_a_thousand_invented_figures_get_no_support(sample_assistant: Assistant) -> None:
    catalog = sample_assistant.catalog()
    claims = invented_claims(catalog, 1000)
    assert len(set(claims)) > 990
    assert claims == invented_claims(catalog, 1000)
    assert attack_with_inventions(catalog, 1000).passed == ()


def test_an_attack_with_the_truth_gets_through(sample_assistant: Assistant) -> None:
    """The other side: a gate that stopped everything would be no gate."""
    from assistant.checking.gate import LedgerGate

    gate = LedgerGate(sample_assistant.catalog())
    said = amounts_said(sample_assistant.catalog(), 200)
    assert sum(gate.check(text).holds for text in said) >= 0.95 * len(said)


@pytest.mark.slow
def test_a_thousand_changed_answers_are_caught(sample_assistant: Assistant) -> None:
    cases = [case for case in load_cases([CASES]) if not case.documents and not case.held_out]
    answers = list(right_answers(cases, sample_assistant, ()))
    assert len(answers) > 250
    attack = attack_with_mutations(sample_assistant.catalog(), answers, 1000)
    assert (attack.tried, attack.passed) == (1000, ())
