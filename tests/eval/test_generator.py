"""What is generated is read back exactly; the same seed gives the same document; planted errors are there and found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.generator.generating import Generated, Wish, generate_one
from eval.generator.layouts import LAYOUTS
from eval.generator.reading_back import read_back
from eval.generator.writers import FORMATS
from ingest.facts import Grade
from ingest.pipeline import file_to_facts

EXACT = list(LAYOUTS)
EVERY_FORMAT = [pytest.param(kind, marks=pytest.mark.slow) if kind == "pdf" else kind for kind in FORMATS]


def assert_read_back(generated: Generated) -> None:
    read = file_to_facts(generated.path)
    result = read_back(generated.document, read)
    assert result.is_exact, f"{generated.path.name}, {generated.layout}: {result.as_text()}"
    if not generated.mistakes:
        assert [f.summary for f in read.findings if f.grade is Grade.DISAGREES] == []


@pytest.mark.parametrize("kind", EVERY_FORMAT)
@pytest.mark.parametrize("layout", EXACT)
def test_what_is_generated_is_read_back_exactly(layout: str, kind: str, tmp_path: Path) -> None:
    assert_read_back(generate_one(tmp_path, Wish(layout=layout, format=kind, projects=3), number=7))


@pytest.mark.slow
@given(st.integers(0, 3000), st.integers(1, 10**6), st.sampled_from(EXACT), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_any_budget_is_read_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, number: int, seed: int, layout: str, projects: int
) -> None:
    wish = Wish(seed=seed, layout=layout, projects=projects)
    assert_read_back(generate_one(tmp_path_factory.mktemp("any"), wish, number))


@pytest.mark.parametrize("kind", ["txt", "xlsx", "pdf"])  # a .docx notes in its archive when it was written
def test_the_same_seed_gives_the_same_file(kind: str, tmp_path: Path) -> None:
    one, other = (generate_one(tmp_path / folder, Wish(format=kind, projects=2), 3) for folder in "ab")
    assert one.document == other.document
    assert one.path.read_bytes() == other.path.read_bytes()


def test_another_seed_gives_other_figures(tmp_path: Path) -> None:
    one, other = (generate_one(tmp_path, Wish(seed=seed, projects=2), 3) for seed in (1, 2))
    assert {fact.number for fact in one.known} != {fact.number for fact in other.known}


def test_a_thousand_documents_are_of_different_departments() -> None:
    from eval.generator.making_up import made_up_budget

    names = {(budget.department, budget.year) for budget in (made_up_budget(n, 1, 1) for n in range(1000))}
    assert len(names) == 1000


@pytest.mark.parametrize("layout", EXACT)
def test_a_planted_error_is_read_as_printed_and_found(layout: str, tmp_path: Path) -> None:
    generated = generate_one(tmp_path, Wish(layout=layout, projects=3, mistakes=1, seed=5), number=11)
    assert_read_back(generated)
    (mistake,) = generated.mistakes
    assert mistake.right.number != mistake.printed.number
    findings = [f for f in file_to_facts(generated.path).findings if f.grade is Grade.DISAGREES]
    assert findings, mistake


def test_a_reading_that_differs_is_told(tmp_path: Path) -> None:
    right, wrong = (generate_one(tmp_path / str(m), Wish(layout=EXACT[0], mistakes=m), 1) for m in (0, 1))
    result = read_back(right.document, file_to_facts(wrong.path))
    assert not result.is_exact
    (mistake,), (missing,), (extra,) = wrong.mistakes, result.missing, result.extra
    assert (missing.number, extra.number) == (mistake.right.number, mistake.printed.number)
