"""What does not fit together in a document beyond sums: printed twice, named differently, empty and yet not empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts import DocumentFacts, Fact, Finding, Grade, Level, Origin
from ingest.labels import label_key
from ingest.numbers.quantities import Quantity
from ingest.tables.words import is_organisation
from ingest.tie_outs.equations import is_filled, shown
from ingest.tie_outs.overview_checks import overview_to_findings
from ingest.tie_outs.project_counts import document_to_scope_findings
from ingest.tie_outs.rules import TieOutRules
from ingest.tie_outs.sheet_checks import sheet_to_findings
from ingest.tie_outs.sheet_sums import Sheet, document_to_sheets, project_amounts, sheets_to_projects
from ingest.tie_outs.table_blocks import AS_PRINTED, Block, Line, document_to_blocks

_AREA = "平方米"
_IF = re.compile(r"(?:如|若)[^。；;\n]*")  # 此表如无数字则表示… tells nothing of this table


def document_to_oddities(document: DocumentFacts, rules: TieOutRules) -> list[Finding]:
    """Findings that need more than an equation; most leave the figures as they are and point at them."""
    sheets = document_to_sheets(document)
    return [
        *(finding for block in document_to_blocks(document) for finding in _repeated_lines(block, document)),
        *_empty_tables(document, rules),
        *_project_names(document, sheets),
        *(finding for sheet in sheets for finding in sheet_to_findings(sheet, rules)),
        *(finding for sheet in sheets for finding in overview_to_findings(sheet, document, rules)),
        *document_to_scope_findings(document, rules),
        *_office_space(document, rules),
    ]


def _repeated_lines(block: Block, document: DocumentFacts) -> Iterator[Finding]:
    """The same label with the same figures on two lines in a row: a subtotal printed twice must not be added twice."""
    for line, following in zip(block.lines, block.lines[1:], strict=False):
        if label_key(line.label) != label_key(following.label) or line.code != following.code:
            continue
        if not (line.level in (Level.TOTAL, Level.SUBTOTAL) or is_organisation(line.label)):
            continue  # a section and its only item, two purchases alike
        values = _values(line, document.facts)
        if values and values == _values(following, document.facts):
            printed = shown(next(iter(values.values())))
            yield Finding(
                rule="table.repeated",
                grade=Grade.DISAGREES,
                summary=f"《{block.title}》「{line.label}」{printed} 连印两行，是同一小计；相加时只能算一次。",
                table=block.title,
                expected=None,
                actual=next(iter(values.values())),
                recomputation=f"「{line.label}」两行同为 {printed}",
                fact_indexes=(*line.cells.values(), *following.cells.values()),
            )


def _values(line: Line, facts: Sequence[Fact]) -> dict[int, Quantity]:
    quantities = {key: facts[index].quantity for key, index in line.cells.items()}
    return {key: quantity for key, quantity in quantities.items() if quantity is not None and quantity.number}


def _empty_tables(document: DocumentFacts, rules: TieOutRules) -> Iterator[Finding]:
    """A table whose note says that there is no data, but which prints figures."""
    for number, table in enumerate(document.tables):
        said = _IF.sub("", table.note)
        if not any(re.search(pattern, said) for pattern in rules.sheets.no_data):
            continue
        printed = [
            index
            for index, fact in enumerate(document.facts)
            if fact.table_index == number and is_filled(fact) and fact.origin is Origin.TABLE
        ]
        amounts = {q for index in printed if (q := document.facts[index].quantity) is not None and q.number}
        if all(document.facts[index].coordinates.level is Level.TOTAL for index in printed) and not amounts:
            continue  # a total of 0.00 says the same as the note
        first = document.facts[printed[0]].printed
        what = f"有 {len(amounts)} 个不为零的数字" if amounts else f"仍印有 {len(printed)} 个 {first}"
        yield Finding(
            rule="table.no_data",
            grade=Grade.DISAGREES,
            summary=f"《{table.title}》注明“{table.note.strip()}”，{what}。",
            table=table.title,
            recomputation=f"{table.note.strip()}；{first}",
            fact_indexes=tuple(printed),
        )


def _project_names(document: DocumentFacts, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """A project whose name differs slightly between the project table and its sheet, or that only one of them has."""
    amounts = project_amounts(document)
    if not amounts or not sheets:
        return
    pairs = sheets_to_projects(sheets, amounts)
    for sheet in reversed({sheet.project: sheet for sheet in reversed(sheets)}.values()):
        name = pairs.get(sheet.project)
        if name is not None and label_key(name) != label_key(sheet.project):
            indexes = (*amounts[name], sheet.indexes[0])
            yield Finding(
                rule="sheet.project_name",
                grade=Grade.DISAGREES,
                summary=f"项目名称有别：项目支出表印作「{name}」，绩效表印作「{sheet.project}」"
                f"{_difference(name, sheet.project)}，视为同一项目。",
                table=document.facts[indexes[0]].table,
                recomputation=f"{name} ≠ {sheet.project}",
                fact_indexes=indexes,
            )
    missing = [name for name in amounts if name not in pairs.values() and not is_organisation(name)]
    if pairs and missing and 2 * len(pairs) > len(amounts):
        listed = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
        yield Finding(
            rule="sheet.project_count",
            grade=Grade.DISAGREES,
            summary=f"项目支出表的 {len(missing)} 个项目没有找到绩效表：{listed}。",
            table=document.facts[amounts[missing[0]][0]].table,
            recomputation=f"项目 {len(amounts)} 个，绩效表 {len(sheets)} 张",
            fact_indexes=tuple(index for name in missing for index in amounts[name]),
        )


def _difference(one: str, other: str) -> str:
    if len(one) != len(other):
        return ""
    pairs = [f"{a}/{b}" for a, b in zip(one, other, strict=True) if a != b]
    return f"（{'、'.join(pairs)}）" if len(pairs) <= 2 else ""


def _office_space(document: DocumentFacts, rules: TieOutRules) -> Iterator[Finding]:
    """No office space of its own told in one place, rented or managed space in another."""
    areas = [
        (index, fact, fact.quantity)
        for index, fact in enumerate(document.facts)
        if fact.quantity is not None and fact.quantity.unit in (_AREA, "平米", "㎡") and fact.field != AS_PRINTED
    ]
    empty = [(i, f, q) for i, f, q in areas if q.number == 0 and _speaks_of(f, rules.sheets.office_space)]
    rented = [(i, f, q) for i, f, q in areas if q.number > 0 and _speaks_of(f, rules.sheets.rented_space)]
    if not empty or not rented:
        return
    (zero_index, zero, none), (index, fact, area) = empty[0], rented[0]
    yield Finding(
        rule="assets.office_space",
        grade=Grade.DISAGREES,
        summary=f"文字说明称使用的办公用房 {zero.printed}，而「{fact.row}」为 {fact.printed}，两处不一致。",
        table=zero.table,
        expected=area,
        actual=none,
        recomputation=f"{zero.printed} ≠ {fact.printed}",
        fact_indexes=(zero_index, index),
    )


def _speaks_of(fact: Fact, patterns: Sequence[str]) -> bool:
    text = f"{fact.row}{fact.sentence}" if fact.origin is Origin.PROSE else fact.row
    return any(re.search(pattern, text) for pattern in patterns)
