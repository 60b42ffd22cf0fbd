"""Several figures named one after the other, where each name may leave out what its neighbours say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.catalog import Catalog
from assistant.cues import cue
from assistant.linking import Linker
from assistant.phrases.figures import FigureNames
from assistant.plan import Lookup, Selector, Wish
from assistant.segments import content_of
from assistant.words import concept_names, concepts
from ingest.labels import label_key
from ingest.quantities import YUAN
from ingest.units import to_base


class FigureLists:
    """Finds lists of figures of one catalog."""

    def __init__(self, catalog: Catalog, linker: Linker, figures: FigureNames) -> None:
        self.catalog = catalog
        self.linker = linker
        self.names = figures

    def figures(self, phrase: str, distinct: bool = True) -> list[Lookup]:
        """`办公费、差旅费和会议费`: a figure for each name; empty unless each is understood, and `distinct` from the others."""
        parts = [part for part in cue("list_separator").split(phrase) if part.strip()]
        if len(parts) < 2:
            return []
        found = [self.names.selector(part) for part in parts]
        if (owner := found[0]) is not None and owner.project:
            found = [each or self._period_of(owner, part) for each, part in zip(found, parts, strict=True)]
        if (last := found[-1]) is not None:
            found = [self._completed(each, part, parts[-1], last) for each, part in zip(found, parts, strict=True)]
        others = zip(found[1:], parts[1:], strict=True)
        found = [found[0], *(self._sharing_head(parts[0], part, each) for each, part in others)]
        known = [each for each in found if each is not None]
        if len(known) < len(found) or (distinct and not _all_different(known)):
            return []
        return [Lookup(each) for each in known]

    def _period_of(self, owner: Selector, part: str) -> Selector | None:
        """`泵站的实施期总额、年度总额`: a later part that only names a period of the first one's project."""
        wish, rest = self.names.coordinates.wish_in(part)
        annual = cue("annual_part").fullmatch(part)
        if annual is None and (wish.period is None or content_of(self.linker.words(rest))):
            return None
        return replace(owner, words=part, label=f"{owner.label}（{part}）", wish=Wish(period=wish.period))

    def _completed(self, each: Selector | None, part: str, end: str, last: Selector) -> Selector | None:
        """A part as it is where its unit is the last one's, else with what the last part says after its own name."""
        if each is not None and self._units(each) & self._units(last):
            return each
        return self._sharing_tail(part, end, last)

    def _sharing_head(self, first: str, part: str, alone: Selector | None) -> Selector | None:
        """`某公司的贴息和补贴`: a later part belongs to the name that the first one begins with, where that fits better."""
        if alone is None or not alone.fact_ids:
            return alone
        for length in (4, 3, 2):
            head = self.names.selector(first[:length] + part) if len(first) > length else None
            if head is None or not head.fact_ids or head.fact_ids == alone.fact_ids:
                continue
            if label_key(first[:length]) in self._labels_of(head):
                return head
        return alone

    def _sharing_tail(self, head: str, end: str, last: Selector) -> Selector | None:
        """`小店和清徐片区面积`: the first takes over what the last says after its own name."""
        for length in range(1, min(6, len(end))):
            found = self.names.selector(head + end[length:])
            if found is None or not found.fact_ids or not last.fact_ids:
                continue
            if not set(found.fact_ids) & set(last.fact_ids):
                return found
        return None

    def _labels_of(self, selector: Selector) -> str:
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids]
        return "".join(label_key(label) for fact in facts for label in (fact.row, *fact.row_path))

    def _units(self, selector: Selector) -> set[str]:
        """The units a selector's own facts are in; money for what is found by name."""
        facts = [self.catalog.by_id[i].fact for i in selector.fact_ids if i in self.catalog.by_id]
        return {to_base(f.quantity.unit)[0] for f in facts if f.quantity is not None} or {YUAN}


def adjacent_concepts(text: str) -> list[Lookup]:
    """`货物工程服务`: names of concepts written one after the other; empty when anything else is there."""
    key = label_key(text)
    rows = {label_key(row): concept for concept in concepts() for row in (*concept.rows, *concept.prose)}
    names = rows | concept_names()
    ordered = sorted(names, key=len, reverse=True)
    found: list[Lookup] = []
    position = 0
    while position < len(key):
        name = next((n for n in ordered if key.startswith(n, position)), None)
        if name is None:
            return []
        concept = names[name]
        selector = Selector(name, concept.label, concept.wished(), concept=concept.key, table_kinds=concept.tables)
        found.append(Lookup(selector))
        position += len(name)
    return found


def _all_different(found: Sequence[Selector]) -> bool:
    """Whether the figures are of different things: the same project twice is no sum."""
    projects = [(each.project, each.wish) for each in found if each.project]
    return len(set(found)) == len(found) and len(set(projects)) == len(projects)
