"""Made-up disclosures in layouts of many provinces, read whole: every fact of tables and sheets, line for line.

Beside each document of `layouts/` stands what it says, checked by hand: labels above > row | code | column | number unit,
or the printed text where there is no number.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.facts import Fact, Origin
from ingest.pipeline import file_to_facts

LAYOUTS = Path(__file__).parent / "layouts"
DOCUMENTS = sorted(path for path in LAYOUTS.iterdir() if path.suffix != ".facts")


def _line(fact: Fact) -> str:
    path = "".join(f"{label} > " for label in fact.row_path)
    quantity = fact.quantity
    value = f"{quantity.number.normalize():f} {quantity.unit}".strip() if quantity else f"“{fact.printed}”"
    return f"{path}{fact.row} | {fact.row_code} | {' / '.join(fact.column)} | {value}"


def read_as_lines(path: Path) -> list[str]:
    """The document's facts by table, each table under its title and kind."""
    read = file_to_facts(path)
    lines = [f"# {read.department} {read.year} {read.kind}"]
    for number, table in enumerate(read.tables):
        lines.append(f"## {table.number} {table.title} ({table.kind}) {table.unit}".replace("##  ", "## ").rstrip())
        facts = (fact for fact in read.facts if fact.table_index == number and fact.origin is not Origin.PROSE)
        lines += [_line(fact) for fact in facts if fact.printed.strip()]
    return lines


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.stem))
def test_layout(document: Path) -> None:
    assert read_as_lines(document) == document.with_suffix(".facts").read_text(encoding="utf-8").splitlines()
