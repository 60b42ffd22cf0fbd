"""Reads cases: YAML that a finance person can write, and JSON lines as question sets are handed around."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from eval.expectations import (
    AsksBack,
    Case,
    Declined,
    Expectation,
    Figure,
    Listing,
    Number,
    Readings,
    Text,
    Turn,
    Verdict,
    figure_of,
)

CASES = Path(__file__).parent / "cases"
_FIGURE = re.compile(r"[-−\d.,]+ \S")  # with a space, so that a date is no figure
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[㐀-鿿]")
_MINIMUM_ONLY = "must_contain 为最低要求"
_EXPECTATIONS = ("number", "items", "verdict", "declined", "asks_back", "readings")
_NESTED = ("held_out", "many")


class CaseError(ValueError):
    """A case file cannot be used; the message names file, record and what to write instead."""


def _as_list(value: object) -> object:
    return value if isinstance(value, list | dict | bool) or value is None else [value]


Texts = Annotated[list[str], BeforeValidator(_as_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class TurnRecord(_Strict):
    """One question as written in YAML; at most one of the expectations, else `contains` alone decides."""

    question: str
    number: str | None = None
    tolerance: Decimal | None = None
    items: Texts | dict[str, str] | None = None
    ordered: bool = False
    at_least: bool = False
    verdict: bool | None = None
    declined: str | None = None
    asks_back: Literal[True] | Texts | None = None
    readings: Texts | None = None
    contains: Texts = []
    excludes: Texts = []

    @model_validator(mode="after")
    def _one_expectation(self) -> TurnRecord:
        given = [name for name in _EXPECTATIONS if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError(f"一个问题只能有一种期望，这里写了：{'、'.join(given)}")
        if not given and not self.contains:
            raise ValueError(f"没有写期望：请写 {'、'.join(_EXPECTATIONS)} 之一，或 contains")
        self.to_turn()
        return self

    def to_turn(self) -> Turn:
        contains = tuple(tuple(part.strip() for part in group.split("|")) for group in self.contains)
        return Turn(self.question, self._expectation(), contains, tuple(self.excludes))

    def _expectation(self) -> Expectation:
        if self.number is not None:
            return Number(figure_of(self.number, self.tolerance))
        if self.items is not None:
            return self._listing(self.items)
        if self.verdict is not None:
            return Verdict(self.verdict)
        if self.declined is not None:
            return Declined(self.declined)
        if self.asks_back is not None:
            return AsksBack(() if self.asks_back is True else tuple(self.asks_back))
        if self.readings is not None:
            return self._readings(self.readings)
        return Text()

    def _listing(self, entries: list[str] | dict[str, str]) -> Listing:
        figures: tuple[tuple[str, Figure], ...] = ()
        if isinstance(entries, dict):
            figures = tuple((label, figure_of(text, self.tolerance)) for label, text in entries.items() if text)
        return Listing(tuple(entries), figures, self.ordered, self.at_least)

    def _readings(self, readings: list[str]) -> Readings:
        if all(_FIGURE.match(text) for text in readings):
            return Readings(figures=tuple(figure_of(text, self.tolerance) for text in readings))
        return Readings(words=tuple(readings))


class CaseRecord(TurnRecord):
    """A case as written in YAML: a single question, or `turns` of one dialogue."""

    id: str
    asker: str = "citizen"
    question: str = ""
    turns: list[TurnRecord] = []
    documents: Texts = []
    because: str = ""

    @model_validator(mode="after")
    def _one_expectation(self) -> CaseRecord:
        if self.turns:
            if self.question:
                raise ValueError("写了 turns 就不要再写 question")
            return self
        if not self.question:
            raise ValueError("缺 question（或 turns）")
        TurnRecord._one_expectation(self)  # type: ignore[operator]
        return self

    def to_case(self, kind: str, held_out: bool) -> Case:
        turns = tuple(turn.to_turn() for turn in self.turns) or (self.to_turn(),)
        documents = tuple(self.documents)
        return Case(self.id, kind, self.asker, _language(turns), turns, documents, self.because, held_out)


def load_cases(paths: list[Path]) -> tuple[Case, ...]:
    """All cases of the files and folders given, in order; CaseError on the first file that does not hold."""
    cases = [case for path in paths for file in _case_files(path) for case in _read(file)]
    seen: dict[str, str] = {}
    for case in cases:
        if case.id in seen:
            raise CaseError(f"编号 {case.id} 用了两次（{seen[case.id]}、{case.kind}），请改其中一个")
        seen[case.id] = case.kind
    return tuple(cases)


def _case_files(path: Path) -> Iterator[Path]:
    if not path.exists():
        raise CaseError(f"没有这个文件或文件夹：{path}")
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".jsonl"))
    else:
        yield path


def _read(file: Path) -> Iterator[Case]:
    text = file.read_text(encoding="utf-8")
    held_out = file.parent.name == "held_out"
    if file.suffix == ".jsonl":
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield replace(_json_to_case(json.loads(line), f"{file.name} 第{number}行"), held_out=held_out)
        return
    kind = file.parent.name if file.parent.name == "many" else file.stem
    for number, raw in enumerate(_yaml_records(text, file), 1):
        where = f"{file.name} 第{number}条（{raw.get('id', '没有 id')}）"
        yield _checked(raw, where).to_case(kind, held_out)


def _yaml_records(text: str, file: Path) -> list[dict[str, Any]]:
    try:
        records = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise CaseError(f"{file.name} 不是合格的 YAML：{error}") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise CaseError(f"{file.name} 应是一列以“- ”开头的记录")
    return records


def _checked(raw: dict[str, Any], where: str) -> CaseRecord:
    try:
        return CaseRecord.model_validate(raw)
    except ValidationError as error:
        raise CaseError(f"{where}：" + "；".join(_sentence(dict(detail)) for detail in error.errors())) from error


def _sentence(detail: dict[str, Any]) -> str:
    place = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        return f"不认识的字段 {place}"
    if detail["type"] == "missing":
        return f"缺 {place}"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{place} {message}（写的是 {detail['input']!r:.60}）".strip()


def _json_to_case(raw: dict[str, Any], where: str) -> Case:
    try:
        turns = tuple(_json_to_turn(turn, raw.get("notes", "")) for turn in raw.get("turns", [raw]))
        asker = raw.get("asker", "")
        documents = tuple(raw.get("documents", ()))
        because = raw.get("derivation", "")
        kind = "dialogue" if len(turns) > 1 else raw.get("kind", "")
        return Case(raw["id"], kind, asker, _language(turns), turns, documents, because)
    except (KeyError, ValueError, ArithmeticError) as error:
        raise CaseError(f"{where}：{error!r}") from error


def _language(turns: tuple[Turn, ...]) -> str:
    """English may quote the source's Chinese names, Chinese may hold a code: the majority of letters decides."""
    text = "".join(turn.question for turn in turns)
    return "en" if len(_LATIN.findall(text)) > 2 * len(_HAN.findall(text)) else "zh"


def _json_to_turn(raw: dict[str, Any], notes: str) -> Turn:
    answer = raw["answer"]
    contains = tuple(tuple(group.split("|")) for group in answer.get("must_contain", ()))
    excludes = tuple(answer.get("must_not_contain", ()))
    return Turn(raw["question"], _json_to_expectation(answer, notes), contains, excludes)


def _json_to_expectation(answer: dict[str, Any], notes: str) -> Expectation:
    match answer["type"]:
        case "number":
            return Number(Figure(Decimal(answer["value"]), answer["unit"], Decimal(answer.get("tolerance") or 0)))
        case "list":
            return Listing(tuple(answer["items"]), at_least=_MINIMUM_ONLY in notes)
        case "boolean":
            return Verdict(answer["value"] == "true")
        case "text":
            return Text()
        case "abstain":
            return Declined(answer.get("value", ""))
        case "clarify":
            return AsksBack()
        case other:
            raise ValueError(f"不认识的答案类型 {other}")
