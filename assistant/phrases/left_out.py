"""Members that a question names to leave them out: `除了养车,公用经费里最大的一项`, `除去甲和乙,其他项目加起来多少`.

The clause is taken out, the rest is read as a question about a set, and what the clause names must be members of that set.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.computing.sets import Member, Sets
from assistant.cues import cue
from assistant.names.linking import Linker, is_generic
from assistant.names.segments import WordKind, content_of
from assistant.phrases.trimming import without
from assistant.plan import Aggregate, Condition, Listing, Members, Plan, Ranked
from assistant.questions.ordering import order_in
from assistant.words import concept_names
from ingest.labels import label_key

_SHORTEST = 3  # characters of a name that tells a member

Read = Callable[[str], Plan | None]


class LeftOut:
    """Finds what is left out of the sets of one catalog."""

    def __init__(self, linker: Linker, sets: Sets) -> None:
        self.linker = linker
        self.sets = sets

    def plan(self, text: str, read: Read) -> Plan | None:
        """The plan that `read` finds for a question without the members named; None where one of them is not understood."""
        said = cue("left_out").search(text)
        if said is None or order_in(said["X"]) is not None:
            return None
        rest = cue("left_over").sub("合计", text.replace(said[0], "", 1))
        plan = read(without(rest, "the_others"))
        if not isinstance(plan, Ranked | Aggregate | Listing):
            return None
        members = self._without(plan.members, said["X"])
        return replace(plan, members=replace(members, words=text)) if members is not None else None

    def _without(self, members: Members, named: str) -> Members | None:
        """The set without the members named, one after the other; None unless each is one of them."""
        unbounded = tuple(c for c in members.conditions if c.attribute != "amount")
        every = self.sets.members(replace(members, conditions=unbounded, size=0))
        keys: list[str] = []
        for name in cue("list_separator").split(named):
            found = self._named(name, every)
            if found is None:
                return None
            keys.append(found.key)
        left_out = (Condition("left_out", "≠", key) for key in dict.fromkeys(keys))
        return replace(members, conditions=(*members.conditions, *left_out), size=0)

    def _named(self, name: str, members: list[Member]) -> Member | None:
        """The one member that has all words of a name in its own; the one called so before those that only resemble it."""
        key = label_key(name)
        if exact := [m for m in members if label_key(m.label) == key]:
            return exact[0] if len(exact) == 1 else None
        if (concept := concept_names().get(key)) is not None:
            names = {label_key(name) for name in (*concept.rows, *concept.names) if len(name) >= _SHORTEST}
            called = [m for m in members if any(each in label_key(m.label) for each in names)]
            return called[0] if len(called) == 1 else None
        words = [w for w in content_of(self.linker.words(name)) if not is_generic(w.text)]
        if not words or any(w.kind is WordKind.UNKNOWN for w in words):
            return None
        fitting = [m for m in members if all(any(r in label_key(m.label) for r in w.readings) for w in words)]
        return fitting[0] if len(fitting) == 1 else None
