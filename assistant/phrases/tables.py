"""Tables named in a phrase: by number, by title, by what such titles are called everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.catalog import Catalog
from assistant.cues import cue, says
from ingest.labels import label_key
from ingest.numbers.numbers import as_number
from ingest.outline.titles import table_kinds, title_to_kind

Table = tuple[int, int]  # document id, table index


class TableNames:
    """Finds tables of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def tables_in(self, text: str) -> tuple[tuple[Table, ...], str]:
        """The tables that a text names, and the text without them."""
        found: list[Table] = []
        for match in cue("table_number").finditer(text):
            number = as_number(match["number"] or match["ordinal"] or match["before"])
            if number is not None:
                found += self.catalog.table_numbers.get(str(int(number)), [])
        rest = cue("table_number").sub("", text) if found else text
        for identity, table in self.catalog.tables.items():
            title = _bare_title(table.title)
            if len(title) >= 5 and title in label_key(rest) and not found:
                found.append(identity)
                rest = rest.replace(title, "")
        if not found:
            found, rest = self._of_projects(rest)
        if not found:
            found, rest = self._by_kind(rest)
        return tuple(dict.fromkeys(found)), cue("after_table").sub("", rest) if found else rest

    def _of_projects(self, text: str) -> tuple[list[Table], str]:
        """`本年项目表`, `结转项目表`: the table of projects, by what it lists."""
        said = cue("project_table").search(text)
        tables = self._of_kind("projects", said[0]) if said is not None else []
        return (tables, text.replace(said[0], "", 1)) if said is not None and len(tables) == 1 else ([], text)

    def _by_kind(self, text: str) -> tuple[list[Table], str]:
        """The first table that is named by what such titles are called everywhere, and the text without it."""
        for start, end, tables in self.titled(text):
            return tables, text[:start] + text[end:]
        return [], text

    def titled(self, text: str) -> Iterator[tuple[int, int, list[Table]]]:
        """`支出总表`, `三公经费支出表`: where tables are named by what such titles are called everywhere, and which."""
        for match in cue("table_title").finditer(text):
            for start in range(match.start(), match.end() - 2):
                mention = text[start : match.end()]
                kind = title_to_kind(mention) if len(mention) >= 3 else ""
                if not kind and len(mention) > len("部门预算表"):  # 一般公共预算表
                    kind = title_to_kind(mention.replace("预算表", "预算支出表").replace("收支表", "收支总表"))
                if tables := self._of_kind(kind, mention):
                    yield start, match.end(), tables
                    break

    def _of_kind(self, kind: str, mention: str) -> list[Table]:
        alike = (kind, table_kinds()[kind].stands_for) if kind else ()
        by_kind = ([t for t, table in self.catalog.tables.items() if each and table.kind == each] for each in alike)
        tables = next((found for found in by_kind if found), [])
        if len(tables) > 1 and says(mention, "carried_over"):
            titles = {identity: self.catalog.tables[identity].title for identity in tables}
            return [
                t
                for t, title in titles.items()
                if says(title, "carried_over") and not says(title, "without_carried_over")
            ]
        if len(tables) > 1 and kind == "projects":
            return [t for t in tables if not says(self.catalog.tables[t].title, "carried_over")] or tables
        return tables

    def is_of_projects(self, table: Table) -> bool:
        """Whether a table's rows are projects."""
        return any(s.fact.project for s in self.catalog.cells_of_table(table))


def _bare_title(title: str) -> str:
    return re.sub(r"(?:20\d\d年度?)|[(（].*?[)）]", "", label_key(title))
