"""Dialogues over several documents: made-up departments in a ledger, and real disclosures where they are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerStatus
from assistant.assistant import Assistant
from assistant.names.name_index import NameIndex, tells
from tests.assistant.disclosures import MADE_UP, assistant_of

REAL = Path(__file__).parents[2] / ".." / "shared" / "documents"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    opened = assistant_of(tmp_path_factory.mktemp("many") / "home", MADE_UP)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "document", "known"),
    [
        pytest.param("住房公积金", 1, True, id="a row"),
        pytest.param("房公积", 1, True, id="a part of it"),
        pytest.param("柳川市信访", 1, True, id="in one document"),
        pytest.param("柳川市信访", 2, False, id="in another one"),
        pytest.param("三公经费", 99, True, id="what every budget knows"),
        pytest.param("没有的名字", 1, False, id="nowhere"),
    ],
)
def test_names_are_known_without_reading_documents(assistant: Assistant, text: str, document: int, known: bool) -> None:
    assert NameIndex(assistant.ledger).known(text, [document]) is known


def test_a_question_is_asked_of_documents_that_print_its_words(assistant: Assistant) -> None:
    weights = NameIndex(assistant.ledger).weighed("柳川市信访局的钱")
    assert max(weights, key=lambda number: weights[number]) == 1


def test_words_of_order_tell_no_document() -> None:
    assert not tells("项目") and not tells("最大") and tells("住房公积金")


def ten_thousands(answer: Answer) -> Decimal | None:
    if answer.value is None:
        return None
    return Decimal(answer.value.number) / (10_000 if answer.value.unit == "元" else 1)


def told(answer: Answer) -> dict[str, str | None]:
    return {item.label: item.value.number if item.value else None for item in answer.items}


OF_2026 = ("a.pdf", "b.pdf", "c.pdf")


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("柳川市信访局总支出", "1000"),
        ("柳川信访局三公经费多少", "10"),
        ("医保局的住房公积金", "150"),
        ("云麓市信访局的三公经费比柳川市信访局少多少", "6"),
        ("云麓信访局总支出是柳川信访局的几倍", "3"),
        ("2210201合计", "500"),
        ("三家总支出加起来", "6000"),
        ("各单位三公经费平均值", "7"),
        ("各家三公经费的中位数", "7"),
        ("哪家的三公最高", "10"),
        ("云麓市信访局三公排第几", "3"),
        ("有几家没有因公出国", "2"),
    ],
)
def test_figures_of_one_and_of_several(assistant: Assistant, question: str, number: str) -> None:
    answer = assistant.conversation(OF_2026).ask(question)
    assert (answer.status, ten_thousands(answer)) == (AnswerStatus.ANSWERED, Decimal(number))
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("各家三公经费排个名", ["柳川市信访局", "云麓市医疗保障局", "云麓市信访局"]),
        ("总支出从低到高", ["柳川市信访局", "云麓市医疗保障局", "云麓市信访局"]),
        ("哪些单位没有因公出国", ["柳川市信访局", "云麓市医疗保障局"]),
        ("三公经费不到8万元的有哪几家", ["云麓市信访局", "云麓市医疗保障局"]),
        ("三公经费比上年下降的是哪几家", ["柳川市信访局", "云麓市信访局", "云麓市医疗保障局"]),
        ("住房公积金各家多少", ["柳川市信访局", "云麓市信访局", "云麓市医疗保障局"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_lists_of_departments(assistant: Assistant, question: str, labels: list[str]) -> None:
    answer = assistant.conversation(OF_2026).ask(question)
    assert [item.label for item in answer.items] == labels


@pytest.mark.parametrize(
    ("question", "verdict"), [("柳川信访局的三公有没有超过医保局", True), ("柳川信访局总支出比医保局高吗", False)]
)
def test_yes_and_no_between_two(assistant: Assistant, question: str, verdict: bool) -> None:
    assert assistant.conversation(OF_2026).ask(question).verdict is verdict


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("深圳市信访局三公多少", "深圳市信访局"),
        ("云麓市财政局总支出", "云麓市财政局"),
        ("柳川市信访局2023年三公经费", "2026年"),
        ("2026年云麓市教育局三公", "云麓市教育局"),
    ],
)
def test_what_is_not_loaded_is_declined_with_what_is(assistant: Assistant, question: str, words: str) -> None:
    answer = assistant.conversation().ask(question)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.value is None and words in answer.text and "已载入" in answer.text


def test_unnamed_asks_back_with_each_figure_and_takes_the_choice(assistant: Assistant) -> None:
    conversation = assistant.conversation(OF_2026)
    asked = conversation.ask("三公经费多少")
    assert asked.status is AnswerStatus.CLARIFY
    figures = {"柳川市信访局": "100000", "云麓市信访局": "40000", "云麓市医疗保障局": "70000"}
    assert told(asked) == {f"{department}（2026年预算）": figure for department, figure in figures.items()}
    chosen = conversation.ask("云麓市信访局（2026年预算）")
    assert (chosen.status, ten_thousands(chosen)) == (AnswerStatus.ANSWERED, Decimal(4))
    assert "云麓市信访局" in chosen.text


def test_years_are_asked_back_and_never_added_up(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    assert set(told(conversation.ask("云麓市信访局总支出"))) == {
        "云麓市信访局（2026年预算）",
        "云麓市信访局（2025年预算）",
    }
    assert ten_thousands(conversation.ask("2025年")) == Decimal(2500)
    mixed = assistant.conversation().ask("各单位总支出合计")
    assert mixed.status is AnswerStatus.CLARIFY and mixed.value is None and "2025年预算" in mixed.text
    compared = assistant.conversation(("a.pdf", "d.pdf")).ask("哪家三公更多")
    assert any("年度" in warning for warning in compared.warnings)


@pytest.mark.parametrize(
    ("turns", "numbers"),
    [
        (["柳川信访局三公多少", "那云麓医保局呢", "差多少"], ["10", "7", "3"]),
        (["柳川信访局总支出", "三公经费呢", "云麓信访局的呢"], ["1000", "10", "4"]),
        (["柳川和云麓医保局哪家三公更多", "它的总支出呢"], ["10", "1000"]),
        (["各家三公经费排个名", "最少的是哪家"], [None, "4"]),
        (["柳川信访局三公多少", "总支出合计几家一共多少"], ["10", "6000"]),
    ],
    ids=lambda value: " / ".join(value) if isinstance(value, list) and value[0] and not value[0].isdigit() else "",
)
def test_dialogues_keep_and_replace_the_department(
    assistant: Assistant, turns: list[str], numbers: list[str | None]
) -> None:
    conversation = assistant.conversation(OF_2026)
    answers = [conversation.ask(turn) for turn in turns]
    assert [ten_thousands(answer) for answer in answers] == [Decimal(n) if n else None for n in numbers]


def test_a_department_is_never_taken_for_a_row(assistant: Assistant) -> None:
    answer = assistant.conversation(OF_2026).ask("柳川市信访局三公")
    assert ten_thousands(answer) == Decimal(10)


def test_the_only_department_goes_without_saying(assistant: Assistant) -> None:
    assert ten_thousands(assistant.conversation(("a.pdf",)).ask("三公经费多少")) == Decimal(10)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_dir(), reason="needs the folder shared/documents beside the repository")
def test_real_disclosures(tmp_path: Path) -> None:
    from ingest.pipeline import file_to_facts

    names = ("gz-xinfang-2026.pdf", "xian-xinfang-2026.pdf", "changchun-xinfang-2026.pdf")
    real = assistant_of(tmp_path / "home", tuple(file_to_facts(REAL / name) for name in names))
    ranked = real.conversation().ask("各家三公经费排个名")
    assert told(ranked) == {"西安市信访局": "101000", "长春市信访局": "76100", "广州市信访局": "48000"}
    assert ten_thousands(real.conversation().ask("西安和长春哪家三公更多")) == Decimal("10.1")
    real.close()
