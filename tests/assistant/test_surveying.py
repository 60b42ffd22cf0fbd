"""One phrase over many documents: the figures that each one's own reader gives, for the reading of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.computing.plan_cells import is_portable, means_the_same, small_catalogs
from assistant.documents.measuring import Asked, measure
from assistant.documents.scope import Disclosure
from assistant.documents.surveying import Survey
from assistant.names.name_index import NameIndex
from assistant.plan import Combine, Lookup, Plan, Ratio, Selector
from assistant.question import read_question
from assistant.reader import Reader
from assistant.readers import Library
from ingest.facts import DocumentFacts, Passage
from ingest.source import Place
from tests.assistant.disclosures import MADE_UP, assistant_of, disclosure


def _without(read: DocumentFacts, row: str) -> DocumentFacts:
    return replace(read, facts=tuple(fact for fact in read.facts if fact.row != row))


def _relabelled(read: DocumentFacts, row: str, label: str) -> DocumentFacts:
    return replace(read, facts=tuple(replace(fact, row=label) if fact.row == row else fact for fact in read.facts))


def _told(read: DocumentFacts, sentence: str) -> DocumentFacts:
    return replace(read, passages=(Passage(("情况说明",), sentence, Place(page=2)),))


LACKING = (
    _without(disclosure("e.pdf", "柳川市教育局", 2026, "500.00", "3.00", "20.00", "0.00"), "住房公积金"),
    _told(
        _without(disclosure("f.pdf", "柳川市水务局", 2026, "600.00", "2.00", "30.00", "0.00"), "因公出国（境）费"),
        "本部门没有因公出国（境）费。",
    ),
    _relabelled(
        disclosure("h.pdf", "柳川市审计局", 2026, "800.00", "2.00", "50.00", "0.00"),
        "住房公积金",
        "[2210201]住房公积金",
    ),
    disclosure("g.pdf", "柳川市财政局", 2026, "700.00", "2.00", "40.00", "-"),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = assistant_of(tmp_path_factory.mktemp("survey") / "home", (*MADE_UP, *LACKING))
    yield opened
    opened.close()


class Counting:
    """Reads like the library, and keeps whom it read."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.read: list[Disclosure] = []

    def __call__(self, each: Disclosure) -> Reader:
        self.read.append(each)
        return self._library.reader(each)


PHRASES = (
    "三公经费", "总支出", "住房公积金", "2210201", "因公出国", "三公经费占总支出的比例", "公务接待费", "没有的名字",
)  # fmt: skip


@pytest.mark.parametrize("change", [False, True], ids=["figure", "change"])
@pytest.mark.parametrize("phrase", PHRASES)
def test_a_survey_finds_what_each_reader_finds(assistant: Assistant, phrase: str, change: bool) -> None:
    library, question = assistant.choose(), read_question(phrase)
    found = library.survey.measured(question, [(each, phrase) for each in library.disclosures], change)
    for each, measured in zip(library.disclosures, found, strict=True):
        alone = measure(library.reader(each), each, Asked.of(question, each, phrase, change))
        assert (measured.disclosure, measured.quantity, measured.reason) == (each, alone.quantity, alone.reason)
        assert [cell.id for cell in measured.cells] == [cell.id for cell in alone.cells]
        assert (measured.steps, measured.warnings) == (alone.steps, alone.warnings)


def test_a_document_may_say_itself_that_it_has_none(assistant: Assistant) -> None:
    answer = assistant.conversation(("e.pdf", "f.pdf", "b.pdf")).ask("哪些单位没有因公出国")
    assert [item.label for item in answer.items] == ["柳川市教育局", "柳川市水务局"]


@pytest.mark.parametrize(
    ("phrase", "documents"),
    [
        pytest.param("三公经费", 1, id="a figure that every disclosure knows"),
        pytest.param("2210201", 1, id="a code"),
        pytest.param("住房公积金", 1, id="a row, by its label"),
    ],
)
def test_a_phrase_is_read_in_few_documents(assistant: Assistant, phrase: str, documents: int) -> None:
    library = assistant.choose()
    reader = Counting(library)
    survey = Survey(assistant.ledger, NameIndex(assistant.ledger), reader)
    asked = [(each, phrase) for each in library.disclosures if each.label != "柳川市教育局"]
    measured = survey.measured(read_question(phrase), asked)
    assert len(set(reader.read)) == documents
    assert all(each.quantity is not None for each in measured)
    survey.measured(read_question(phrase), asked)
    assert len(reader.read) == documents  # once


def test_operands_keep_their_order_and_phrase(assistant: Assistant) -> None:
    library = assistant.choose(("a.pdf", "b.pdf"))
    a, b = library.disclosures
    found = library.survey.measured(read_question("三公经费"), [(b, "总支出"), (a, "三公经费"), (b, "三公经费")])
    assert [(each.disclosure, each.number) for each in found] == [(b, 30_000_000), (a, 100_000), (b, 40_000)]


def test_only_the_cells_that_a_plan_can_touch_are_fetched(assistant: Assistant) -> None:
    library, names = assistant.choose(), NameIndex(assistant.ledger)
    plan = Lookup(Selector("2210201", code="2210201"))
    catalogs = dict(small_catalogs(assistant.ledger, names, plan, library.disclosures))
    assert {each.label: len(catalog.facts) for each, catalog in catalogs.items()}["柳川市教育局"] == 0
    assert {stored.fact.row for catalog in catalogs.values() for stored in catalog.facts} == {
        "住房公积金",
        "[2210201]住房公积金",
    }


CONCEPT, CODE = Lookup(Selector("x", concept="total_expenditure")), Lookup(Selector("2210201住房", code="2210201"))
ROW = Lookup(Selector("“住房公积金”", row_keys=("住房公积金",)))
PROJECT, TABLE = Lookup(Selector("x", project="道路")), Lookup(Selector("x", concept="reception", tables=((1, 2),)))


@pytest.mark.parametrize(
    ("plan", "same", "portable"),
    [
        (CONCEPT, True, True),
        (CODE, True, True),
        (ROW, True, False),
        (Lookup(Selector("住房", code="2210201")), False, False),
        (Lookup(Selector("房公积", row_keys=("住房公积金",))), False, False),
        (Ratio(CONCEPT, None, "%"), True, True),
        (Ratio(CONCEPT, ROW, "%"), True, False),
        (Combine("+", (CONCEPT, PROJECT)), False, False),
        (TABLE, False, False),
        (Lookup(Selector("x", fact_ids=(1,))), False, False),
    ],
)
def test_plans_that_mean_the_same_everywhere(plan: Plan, same: bool, portable: bool) -> None:
    assert (means_the_same(plan), is_portable(plan)) == (same, portable)


def test_words_of_a_name_tell_which_documents_print_it(assistant: Assistant) -> None:
    names = NameIndex(assistant.ledger)
    printing = names.printing("住房公积金")
    assert printing is not None and len(printing) == 7
    assert names.printing("多少") is None
    assert "2210201" not in names.holding("公积金") and "住房公积金" in names.holding("公积金")
