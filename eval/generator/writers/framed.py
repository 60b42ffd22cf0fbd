"""What stands around a table's cells, in the order it is printed; inside the grid where the layout says so."""

from __future__ import annotations

from eval.generator.drawing import Drawing, Printed


def lines_above(drawing: Drawing) -> list[str]:
    """Number, title, department and unit as lines; none when they stand inside the grid."""
    look = drawing.look
    if look.inside:
        return []
    head = f"{look.department_label}：{look.department}" if look.department else ""
    unit = f"单位：{look.unit}" if look.unit else ""
    return [line for line in (look.number, drawing.title if look.titled else "", head, unit) if line]


def whole_rows(drawing: Drawing) -> tuple[tuple[tuple[Printed | None, ...], ...], int]:
    """All rows with those that stand inside the grid, and how many of them are header."""
    look, width = drawing.look, len(drawing.rows[0])
    if not look.inside:
        return drawing.rows, drawing.header_rows
    blank = (None,) * (width - 1)
    inside: list[tuple[Printed | None, ...]] = [(Printed(drawing.title, width), *blank)]
    if look.department:
        left = width - 1
        inside.append(
            (Printed(f"{look.department_label}：{look.department}", left), *blank[1:], Printed(f"单位：{look.unit}"))
        )
    return (*inside, *drawing.rows), len(inside) + drawing.header_rows
