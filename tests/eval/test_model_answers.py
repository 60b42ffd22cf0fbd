"""A language model's words become an answer that the same judges can take apart; a real server speaks the protocol."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from assistant.answer import AnswerStatus
from eval.expectations import Case, Expectation, Number, Turn, figure_of
from eval.judging import Outcome, judge
from eval.model_answers import ChatModel, answer_from, as_answer
from eval.rag import measure_answers

PASSAGES = ["泵站运行管理经费\t400.00\t400.00", "抢险车运行\t3.00"]
RIGHT = '{"status": "answered", "text": "400 万元", "number": "400", "unit": "万元"}'

WORDS = {
    "printed in a passage": (RIGHT, Outcome.RIGHT),
    "with words around it": (f"好的：\n```json\n{RIGHT}\n```", Outcome.RIGHT),
    "calculated": ('{"text": "x", "number": 4000000, "unit": "元", "calculation": "3.97×…"}', Outcome.RIGHT),
    "in no passage": ('{"text": "401", "number": "401", "unit": "万元"}', Outcome.INVENTED),
    "another passage's figure": ('{"text": "3", "number": "3", "unit": "万元"}', Outcome.WRONG),
    "declined": ('{"status": "not_found", "text": "没有"}', Outcome.MISSED),
    "no object": ("泵站是 400 万元", Outcome.MISSED),
    "an object of another kind": ('{"status": "maybe"}', Outcome.MISSED),
}
EXPECTED: Expectation = Number(figure_of("400 万元"))


@pytest.mark.parametrize(("words", "outcome"), WORDS.values(), ids=WORDS.keys())
def test_words_to_answer(words: str, outcome: Outcome) -> None:
    assert judge(Turn("泵站多少钱", EXPECTED), as_answer("泵站多少钱", words, PASSAGES)).outcome is outcome


@pytest.fixture
def served() -> Iterator[tuple[ChatModel, list[dict[str, object]]]]:
    """A model that always says the same, and what it was asked."""
    asked: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"choices": [{"message": {"content": RIGHT}}]}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield ChatModel(f"http://127.0.0.1:{server.server_port}", "small"), asked
    server.shutdown()
    server.server_close()


def test_a_served_model_reads_the_best_passages(served: tuple[ChatModel, list[dict[str, object]]]) -> None:
    model, asked = served
    case = Case("a", "lookup", "citizen", "zh", (Turn("泵站多少钱", EXPECTED),))
    (answer,) = measure_answers(model, lambda question, limit: [0], [case], PASSAGES)
    assert (answer.case, answer.outcome) == ("a", Outcome.RIGHT)
    assert "泵站运行管理经费" in str(asked[0]["messages"]) and "抢险车" not in str(asked[0]["messages"])


def test_a_model_that_is_not_there_answers_nothing() -> None:
    answer = answer_from(ChatModel("http://127.0.0.1:9", "none"), "泵站多少钱", PASSAGES)
    assert answer.status is AnswerStatus.NOT_FOUND


def test_without_a_name_no_model_is_configured() -> None:
    assert ChatModel.configured({}) is None
    named = ChatModel.configured({"MINGZHANG_CHAT_MODEL": "m", "OPENAI_BASE_URL": "http://x/v1/"})
    assert named == ChatModel("http://x/v1", "m")
