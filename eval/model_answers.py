"""Answers of a language model that reads passages, in the form the judges know: plain RAG's other half.

Any service that speaks the OpenAI protocol: OPENAI_BASE_URL, OPENAI_API_KEY, and MINGZHANG_CHAT_MODEL for its name.
"""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer, AnswerStatus, Citation, Item, Step, Value
from eval.expectations import figure_of
from eval.passages import prints

_PATIENCE = 120
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_TASK = """根据下面的段落回答问题，只用段落里的内容。只输出一个 JSON 对象，不要别的文字：
{"status": "answered、clarify 或 not_found", "text": "一两句话的回答", "number": "所问的数，没有则空", "unit": "它的单位：元、%、倍、个……",
"verdict": "是非题写 true 或 false，否则 null", "items": ["列表题的各项"], "calculation": "算出来的写算式，否则空"}
段落里没有的，status 写 not_found；问题有几种理解的，status 写 clarify。

"""


@dataclass(frozen=True, slots=True)
class ChatModel:
    """Where a model is served and what it is called there."""

    url: str
    name: str
    key: str = ""

    @classmethod
    def configured(cls, environment: Mapping[str, str] = os.environ) -> ChatModel | None:
        """None without MINGZHANG_CHAT_MODEL."""
        name = environment.get("MINGZHANG_CHAT_MODEL", "")
        url = environment.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
        return cls(url.rstrip("/"), name, environment.get("OPENAI_API_KEY", "")) if name else None

    def complete(self, prompt: str) -> str:
        """The model's words; URLError when it cannot be reached."""
        body = {"model": self.name, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        request = urllib.request.Request(f"{self.url}/chat/completions", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
            return str(json.load(response)["choices"][0]["message"]["content"])


class _Said(BaseModel):
    """The object that the model is asked for, with whatever it left out."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    status: AnswerStatus = AnswerStatus.ANSWERED
    text: str = ""
    number: str | None = ""
    unit: str | None = ""
    verdict: bool | None = None
    items: list[str] = []
    calculation: str | None = ""


def answer_from(model: ChatModel, question: str, passages: Sequence[str]) -> Answer:
    """What the model makes of the passages; words that are no such object are its text, without a value."""
    told = "\n".join(f"【段落{number}】{passage}" for number, passage in enumerate(passages, 1))
    try:
        words = model.complete(f"{_TASK}{told}\n\n问题：{question}")
    except (urllib.error.URLError, TimeoutError, KeyError, ValueError) as error:
        return Answer(question=question, status=AnswerStatus.NOT_FOUND, text=f"（模型没有回答：{error}）")
    return as_answer(question, words, passages)


def as_answer(question: str, words: str, passages: Sequence[str]) -> Answer:
    found = _OBJECT.search(words)
    try:
        said = _Said.model_validate_json(found[0] if found else "")
    except ValidationError:
        return Answer(question=question, status=AnswerStatus.ANSWERED, text=words)
    value = _value(said.number or "", said.unit or "")
    steps = (Step(expression=said.calculation, result=value),) if said.calculation and value else ()
    return Answer(
        question=question,
        status=said.status,
        text=said.text,
        value=value,
        verdict=said.verdict,
        items=tuple(Item(label=label) for label in said.items),
        steps=steps,
        citations=tuple(_citations(value, passages)),
    )


def _value(number: str, unit: str) -> Value | None:
    try:
        figure = figure_of(f"{number} {unit}")
    except ValueError:
        return None
    return Value(number=f"{figure.number:f}", unit=figure.unit)


def _citations(value: Value | None, passages: Sequence[str]) -> list[Citation]:
    """The passages that print the value: without one, a figure that was not calculated is invented."""
    if value is None:
        return []
    figure = figure_of(f"{value.number} {value.unit}")
    holding = [number for number, passage in enumerate(passages, 1) if prints(passage, figure)]
    return [
        Citation(
            document=f"段落{number}", page=None, lines=None, table="", row="", column="", printed=str(figure.number)
        )
        for number in holding
    ]
