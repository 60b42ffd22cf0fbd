"""The answer object: the public contract with everyone who asks, people and scripts alike."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class AnswerStatus(StrEnum):
    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Value(_Frozen):
    """An exact decimal as a string, in 元, %, 倍 or the source's counting unit."""

    number: str
    unit: str


class Item(_Frozen):
    """One entry of a list or ranking; `value` is None for entries that have no number."""

    label: str
    value: Value | None = None


class Step(_Frozen):
    """One line of computation and its result."""

    expression: str
    result: Value


class Citation(_Frozen):
    """The cell or sentence a figure came from. `page` for PDF and scans, `lines` for texts.

    `fact_id` lets the chat open the table with the cell marked; it is not part of the public contract.
    """

    document: str
    page: int | None
    lines: tuple[int, int] | None
    table: str
    row: str
    column: str
    printed: str
    fact_id: int | None = None


class Answer(_Frozen):
    """One answer. See README, “The answer object”, for the meaning of each field."""

    question: str
    status: AnswerStatus
    text: str
    value: Value | None = None
    verdict: bool | None = None
    items: tuple[Item, ...] = ()
    steps: tuple[Step, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    elapsed_ms: float = 0.0

    def public(self) -> dict[str, object]:
        """The answer as the JSON object of the public contract."""
        answer = self.model_dump(mode="json")
        for citation in answer["citations"]:
            del citation["fact_id"]
        return answer
