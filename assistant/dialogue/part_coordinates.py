"""Coordinates that a name is, and a table's figure in further coordinates: `结转的`, `一般公共预算那块`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.cues import cue
from assistant.dialogue.figure_referents import FigureReferent
from assistant.phrases.coordinates import concept_of
from assistant.phrases.phrases import Phrases
from assistant.plan import Lookup, Wish, bare
from assistant.words import concept_by_key
from ingest.facts import Vintage


def coordinates_of(name: str, phrases: Phrases) -> Wish | None:
    """The coordinates that a name is; None where it says anything else."""
    if cue("carried_over_alone").fullmatch(name):
        return Wish(vintage=Vintage.CARRIED_OVER)
    wish, rest = phrases.wish_in(name)
    told = wish.fund or wish.vintage or wish.spending
    return wish if told and not phrases.content_in(rest) else None


def in_coordinates(figure: FigureReferent, wish: Wish, name: str) -> Iterator[Lookup]:
    """A table's figure in further coordinates, first in its own table; nothing where it is in others of the same kind."""
    selector = figure.selector
    if selector is None or selector.project or selector.fact_ids or not isinstance(figure.expression, Lookup):
        return
    pairs = zip(wish.parts, selector.wish.parts, strict=True)
    if any(asked is not None and own not in (None, Vintage.ALL, asked) for asked, own in pairs):
        return
    both = wish.with_defaults(selector.wish)
    if selector.concept and not (
        selector.row_keys or selector.code
    ):  # the carried-over money of one fund is that fund's
        concept = concept_by_key().get(concept_of(replace(both, side=None)) or "")
        if concept is not None:
            kept = replace(both, side=wish.side)
            yield Lookup(
                replace(
                    selector, label=concept.label, concept=concept.key, wish=kept, tables=(), table_kinds=concept.tables
                )
            )
        return
    found = Lookup(replace(selector, label=f"{selector.label}（{name}）", wish=both))
    if bare(found) != bare(figure.expression):
        yield found
        yield Lookup(replace(found.of, tables=()))
