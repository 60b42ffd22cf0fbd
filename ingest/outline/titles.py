"""Which canonical table a title or a table's own words mean: vocabulary/tables.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict, RootModel, model_validator

from ingest.labels import label_key
from ingest.source import Grid
from ingest.vocabulary_loading import load_vocabulary

_HEADER_ROWS = 4


class WordPattern(BaseModel):
    """One word of each entry of `all` (a|b: either), at least one of `any` if there are, none of `none`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    all: list[str] = []
    any: list[str] = []
    none: list[str] = []

    def fits(self, text: str) -> bool:
        return (
            all(any(label_key(word) in text for word in entry.split("|")) for entry in self.all)
            and (not self.any or any(label_key(word) in text for word in self.any))
            and not any(label_key(word) in text for word in self.none)
        )


class TableKind(BaseModel):
    """One canonical table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    form: str = "table"
    core: bool = True
    titles: list[WordPattern]
    headers: list[WordPattern] = []
    stands_for: str = ""


class TableKinds(RootModel[dict[str, TableKind]]):
    """The shape of vocabulary/tables.yaml; the order of kinds matters."""

    @model_validator(mode="after")
    def _stand_ins_exist(self) -> TableKinds:
        for key, kind in self.root.items():
            if kind.stands_for and kind.stands_for not in self.root:
                raise ValueError(f"“{key}”代替的“{kind.stands_for}”没有定义")
            if kind.form not in ("table", "sheet"):
                raise ValueError(f"“{key}”的 form 只能是 table 或 sheet")
        return self


@cache
def table_kinds() -> dict[str, TableKind]:
    return load_vocabulary("tables", TableKinds).root


def title_to_kind(title: str) -> str:
    """The key of the canonical table that a title means, "" if none."""
    return _title_to_kind(title, ("table", "sheet"))


def title_to_table_kind(title: str) -> str:
    """The same of a table that is no performance sheet, as its title may say: 重点项目预算绩效目标情况."""
    return _title_to_kind(title, ("table",))


def _title_to_kind(title: str, forms: Sequence[str]) -> str:
    text = label_key(title)
    for key, kind in table_kinds().items():
        if kind.form in forms and any(pattern.fits(text) for pattern in kind.titles):
            return key
    return ""


def grid_to_kind(grids: Iterable[Grid]) -> str:
    """The canonical table that a table without a telling title is, by its header and row labels; "" if none."""
    words = []
    for number, grid in enumerate(grids):
        words += [cell.text for row in grid.rows[:_HEADER_ROWS] for cell in row] if number == 0 else []
        words += [cell.text for row in grid.rows for cell in row if cell.text and not cell.text[0].isdigit()]
    text = "　".join(label_key(word) for word in words)
    for key, kind in table_kinds().items():
        if any(pattern.fits(text) for pattern in kind.headers):
            return key
    return ""


def is_sheet_kind(kind: str) -> bool:
    return bool(kind) and table_kinds()[kind].form == "sheet"


def stand_in(kind: str, present: Iterable[str]) -> str:
    """The kind a table counts as in a document that has these kinds."""
    wanted = table_kinds()[kind].stands_for if kind else ""
    return wanted if wanted and wanted not in set(present) else kind
