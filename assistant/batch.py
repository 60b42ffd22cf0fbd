"""Dialogues in, answers out, in order, one JSON line each: the door for evaluation scripts."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer, AnswerStatus
from ingest.errors import MingzhangError, QuestionError


class Dialogue(BaseModel):
    """One line of input; names of documents that are not in the ledger are passed over."""

    model_config = ConfigDict(frozen=True)

    id: str | int
    turns: tuple[str, ...]
    documents: tuple[str, ...] = ()


class Conversation(Protocol):
    def ask(self, text: str) -> Answer: ...


class Assistant(Protocol):
    def conversation(self, documents: Sequence[str] = ()) -> Conversation: ...


def read_dialogues(path: Path) -> list[Dialogue]:
    """All dialogues of a JSON lines file; QuestionError names the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise QuestionError(f"读不出问题文件 {path}（{error.strerror}）。") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"问题文件 {path} 不是 UTF-8 编码。") from error
    return [_dialogue(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]


def _dialogue(line: str, number: int, path: Path) -> Dialogue:
    try:
        return Dialogue.model_validate_json(line)
    except ValidationError as error:
        where = "、".join(".".join(map(str, problem["loc"])) or "整行" for problem in error.errors())
        needed = '{"id": "q1", "turns": ["问题"]}'
        raise QuestionError(f"{path} 第 {number} 行不是一段对话（{where} 有误）；应当形如 {needed}") from error


def write_answers(dialogues: Sequence[Dialogue], assistant: Assistant, path: Path) -> int:
    """Answer everything, a line as soon as its dialogue is done; 1 when some question broke the program."""
    broken = 0
    try:
        with path.open("w", encoding="utf-8") as out:
            for dialogue in dialogues:
                conversation = assistant.conversation(dialogue.documents)
                answers = [_ask(conversation, turn) for turn in dialogue.turns]
                broken += sum(answer is None for answer in answers)
                shown = [
                    (answer or _failure(turn, "程序出了差错，没有答案。")).public()
                    for answer, turn in zip(answers, dialogue.turns, strict=True)
                ]
                out.write(json.dumps({"id": dialogue.id, "answers": shown}, ensure_ascii=False) + "\n")
                out.flush()
    except OSError as error:
        raise QuestionError(f"写不了答案文件 {path}（{error.strerror}）。") from error
    return 1 if broken else 0


def _ask(conversation: Conversation, turn: str) -> Answer | None:
    """One answer; a question that breaks the program is told on standard error and must not stop the others."""
    try:
        return conversation.ask(turn)
    except MingzhangError as error:
        return _failure(turn, str(error))
    except Exception:
        traceback.print_exc(file=sys.stderr)
        return None


def _failure(question: str, sentence: str) -> Answer:
    return Answer(question=question, status=AnswerStatus.NOT_FOUND, text=sentence)
