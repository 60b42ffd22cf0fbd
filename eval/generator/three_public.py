"""The three public expenses in one row, where each column's header is a label of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eval.generator.budget import Amount, Budget
from eval.generator.drawing import Drawing, Labels, Look
from eval.generator.figures import Style
from eval.generator.tables import Row, header, known_cell


@dataclass(frozen=True, slots=True)
class Column:
    """A header path with its amount, and the label and the labels above it that the header stands for."""

    path: Labels
    amount: Amount
    label: str
    above: Labels = ()


@dataclass(frozen=True, slots=True)
class Names:
    """How an issuer words it; `group` stands above all columns, and `total` above the sum."""

    total: str
    vehicles: str
    purchase: str
    running: str
    group: str = ""
    group_is_label: bool = False  # the group names the sum itself, and stands above the parts


def three_public_columns(budget: Budget, names: Names) -> list[Column]:
    public = budget.three_public
    head = (names.group,) if names.group else ()
    above = head if names.group_is_label else ()
    vehicles = (*above, names.vehicles)
    return [
        Column((*head, names.total), public.total, names.group if names.group_is_label else names.total),
        Column((*head, "因公出国（境）费"), public.abroad, "因公出国（境）费", above),
        Column((*head, names.vehicles, "小计"), public.vehicles, names.vehicles, above),
        Column((*head, names.vehicles, names.purchase), public.purchase, names.purchase, vehicles),
        Column((*head, names.vehicles, names.running), public.running, names.running, vehicles),
        Column((*head, "公务接待费"), public.reception, "公务接待费", above),
    ]


def one_row_table(title: str, columns: Sequence[Column], style: Style, look: Look) -> Drawing:
    head = header([column.path for column in columns])
    cells = tuple(
        known_cell(title, Row((), (), column.label, "", column.above), column.path, style.money(column.amount))
        for column in columns
    )
    return Drawing(title, (*head, cells), len(head), replace(look, unit=style.unit))
