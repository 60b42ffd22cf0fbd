"""A figure of all, or of something else, is not told where a unit is named that it is not of."""

from __future__ import annotations

from assistant.catalog import Catalog
from assistant.plan import Change, Check, Combine, Compare, Lookup, PerUnit, Plan, Ratio, Selector, selectors_in
from assistant.units.names import UnitName
from assistant.units.units import Units
from ingest.labels import label_key

_OF_FIGURES = (Lookup, Ratio, Compare, Combine, Check, Change, PerUnit)


def passes_over_unit(plan: Plan, text: str, units: Units, catalog: Catalog) -> bool:
    """Whether a plan tells figures none of which is of the unit that a text names in full, outside a project's name."""
    if not isinstance(plan, _OF_FIGURES):
        return False
    key = label_key(text)
    named = [name for name in units.names if name.is_in(key)]
    if not named:
        return False
    selectors = list(selectors_in(plan))
    return bool(selectors) and not any(_is_of(name, each, catalog) for name in named for each in selectors)


def _is_of(name: UnitName, selector: Selector, catalog: Catalog) -> bool:
    """Whether a figure is called after a unit, is of a project of the unit or is told beside its name."""
    facts = [catalog.by_id[i].fact for i in selector.fact_ids if i in catalog.by_id]
    projects = catalog.project_by_key.get(selector.project, ())
    told = [selector.label, *selector.row_keys, selector.project]
    told += [part for f in facts for part in (f.row, f.project, f.sentence, f.table, *f.row_path)]
    told += [part for p in projects for part in (*p.names, p.text("unit"))]
    return name.is_in("".join(map(label_key, told)))
