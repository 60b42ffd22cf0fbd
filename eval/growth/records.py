"""What one size of the growth bench measured, as processes hand it to each other in JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

STEPS = ("reading", "checking", "embedding", "storing")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Spent(_Frozen):
    """Where a step spends its own time: a function and its seconds."""

    function: str
    seconds: float


class Ingested(_Frozen):
    """Seconds by step for all documents, bytes on disk, and the largest memory of the process in MB.

    `processor` are seconds of all cores together, which other work on the machine hardly changes.
    Where only the first `embedded` documents got their vectors from the model, the seconds of that step are scaled up.
    """

    documents: int
    embedded: int
    facts: int
    texts: int  # passages and names that have a vector
    seconds: dict[str, float]
    processor: dict[str, float]
    ledger_bytes: int
    vector_bytes: int
    memory_mb: float
    profile: dict[str, tuple[Spent, ...]] = {}


class Asked(_Frozen):
    """One question, asked twice: the first time its document may have to be loaded."""

    kind: str
    question: str
    outcome: str
    first_ms: float
    again_ms: float


class Answered(_Frozen):
    """`opening_ms` is from nothing loaded to the first answer within a process that has its libraries."""

    opening_ms: float
    asked: tuple[Asked, ...]
    memory_mb: float
    profile: tuple[Spent, ...] = ()


class Size(_Frozen):
    """All that was measured for one number of documents."""

    documents: int
    ingested: Ingested
    answered: Answered
    cold_start_ms: float  # `mingzhang ask` from the shell
    app_memory_mb: float  # the chat with a question answered


class Growth(_Frozen):
    commit: str
    started: str
    machine: str
    sizes: tuple[Size, ...]
