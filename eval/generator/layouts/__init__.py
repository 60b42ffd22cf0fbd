"""The layouts: each turns a budget into a document as one kind of issuer lays it out."""

from __future__ import annotations

from collections.abc import Callable

from eval.generator.budget import Budget
from eval.generator.drawing import Document
from eval.generator.layouts.bracketed_codes import bracketed_codes
from eval.generator.layouts.carry_over_columns import carry_over_columns
from eval.generator.layouts.codes_in_three_columns import codes_in_three_columns
from eval.generator.layouts.last_year_beside import last_year_beside
from eval.generator.layouts.numbered_forms import numbered_forms
from eval.generator.layouts.titles_inside_grids import titles_inside_grids

LAYOUTS: dict[str, Callable[[Budget, int], Document]] = {
    "carry_over_columns": carry_over_columns,
    "codes_in_three_columns": codes_in_three_columns,
    "bracketed_codes": bracketed_codes,
    "numbered_forms": numbered_forms,
    "last_year_beside": last_year_beside,
    "titles_inside_grids": titles_inside_grids,
}
CARRY_OVER = frozenset(["carry_over_columns"])  # the others print this year's money only
