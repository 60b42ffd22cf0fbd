"""What computing hands to saying: exact values with their steps and cells, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.computing.figures import Figure, Missing, Stated
from assistant.computing.sets import Member
from assistant.plan import Plan
from ingest.ledger.ledger import StoredFact, StoredFinding, StoredPassage
from ingest.numbers.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Computation:
    """One line of arithmetic: `expression` in printable form and its result."""

    expression: str
    result: Quantity


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a plan. Exactly one of a value, members, a verdict, passages, findings or `missing` carries it."""

    plan: Plan
    value: Quantity | None = None
    label: str = ""
    verdict: bool | None = None
    members: tuple[Member, ...] = ()
    figures: tuple[Figure, ...] = ()
    steps: tuple[Computation, ...] = ()
    cells: tuple[StoredFact, ...] = ()
    passages: tuple[StoredPassage, ...] = ()
    findings: tuple[StoredFinding, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stated: Stated | None = None
    missing: Missing | None = None
    by_document: tuple[tuple[int, Figure], ...] = field(default=())

    @property
    def all_cells(self) -> tuple[StoredFact, ...]:
        """Every cell that carries the result, each once, operands first."""
        found: dict[int, StoredFact] = {}
        for cell in (
            *(c for f in self.figures for c in f.cells),
            *(self.stated.cells if self.stated else ()),
            *self.cells,
            *(c for m in self.members for c in m.figure.cells[:1]),
            *(c for m in self.members for c in m.figure.cells[1:2]),
        ):
            found.setdefault(cell.id, cell)
        return tuple(found.values())


def gathered(
    plan: Plan, value: Quantity | None, label: str, parts: Sequence[Result], steps: tuple[Computation, ...]
) -> Result:
    """A result of several others: their cells, warnings and notes, each once."""
    return Result(
        plan,
        value,
        label,
        figures=tuple(figure for part in parts for figure in part.figures),
        members=tuple(member for part in parts for member in part.members),
        cells=tuple(cell for part in parts for cell in part.cells),
        steps=steps,
        warnings=tuple(dict.fromkeys(w for part in parts for w in part.warnings)),
        notes=tuple(dict.fromkeys(n for part in parts for n in part.notes)),
    )


def nothing(plan: Plan, words: str) -> Result:
    """No such thing as `words` say."""
    return Result(plan, missing=Missing("unknown", words))
