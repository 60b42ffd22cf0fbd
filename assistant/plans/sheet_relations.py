"""Plans of what a project's sheet states twice: a year's money times the years and the whole period's, cost caps and budget.

Each side is told by words of its own wherever they stand, the project by its name, the relation by its words
(assistant/vocabulary/relations.yaml). What is asked was worked out when the document was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.catalog import Project
from assistant.cues import cue, says
from assistant.names.linking import is_generic
from assistant.phrases.phrases import Phrases
from assistant.phrases.trimming import amounts_in
from assistant.plan import CheckFinding
from assistant.question import Question
from assistant.words import RelationSide, RelationWords, relation_words
from ingest.facts import Period
from ingest.labels import label_key
from ingest.ledger.ledger import StoredFinding
from ingest.numbers.numbers import as_number
from ingest.numbers.quantities import YUAN

_NAMED, _LESS = 2.0, 0.7  # how much of a project's name must be said, and how much less of any other's


@dataclass(frozen=True, slots=True)
class _Said:
    """A relation with the places where words of its sides stand."""

    relation: RelationWords
    expected: tuple[re.Match[str], ...]
    actual: tuple[re.Match[str], ...]

    @property
    def places(self) -> tuple[re.Match[str], ...]:
        return (*self.expected, *self.actual)

    def stands_after(self, start: int) -> bool:
        """Whether one side as a whole is named after a place."""
        return any(all(found.start() >= start for found in side) for side in (self.expected, self.actual))


class SheetRelations:
    """Plans of relations within the sheets of one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def related(self, question: Question, spoken_of: Project | None = None, before: str = "") -> CheckFinding | None:
        """Whether the two sides agree, which is larger, by how much, or what the worked out side comes to.

        In a dialogue the project may be the one that is `spoken_of`, and one side be named in the question `before`.
        """
        text = question.text
        said = next(_said(text), None)
        if said is None and before and says(text, "beyond_it", "short_of_it", "agreement_asked", "difference_of_it"):
            said = next((each for each in _said(f"{before},{text}") if each.stands_after(len(before))), None)
            text = f"{before},{text}" if said is not None else text
        if said is None:
            return None
        (relation, turned), ask = _relation(text, said), _asked(text, said.relation)
        if not relation and not ask and not says(question.raw, "claim_asked", "agreement_asked"):
            return None
        project = None if said.relation.whole_document else self._project(_without(text, said)) or spoken_of
        found = self._finding(project, said.relation) if project or said.relation.whole_document else None
        if found is None or not self._fits(text, project, found[1], said.relation):
            return None
        sides = said.relation.expected.label, said.relation.actual.label
        return CheckFinding(text, (found[0],), says(text, "contradiction"), relation or "=", ask, *sides, turned)

    def _project(self, text: str) -> Project | None:
        """The project that is named, or whose name the words explain most of, clearly more than any other's."""
        if (named := self.phrases.project_in(text)) is not None:
            return named
        closest, words = self.phrases.closest, [w for w in self.phrases.content_in(text) if not is_generic(w.text)]
        scored = sorted(
            (
                (
                    sum(closest.weight(w) * closest.explained(w, "".join(map(label_key, p.names))) for w in words),
                    p.key,
                    p,
                )
                for p in self.catalog.projects.values()
            ),
            reverse=True,
        )
        if not scored or scored[0][0] < _NAMED or (len(scored) > 1 and scored[1][0] > _LESS * scored[0][0]):
            return None
        return scored[0][2]

    def _finding(self, project: Project | None, relation: RelationWords) -> tuple[int, StoredFinding] | None:
        """The finding of a relation on a project, or on the document where there is none."""
        for number, stored in enumerate(self.catalog.findings):
            facts = (self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id)
            of_it = project is None or any(label_key(f.project) == project.key for f in facts)
            if stored.finding.rule in relation.rules and of_it:
                return number, stored
        return None

    def _fits(self, text: str, project: Project | None, stored: StoredFinding, relation: RelationWords) -> bool:
        """Whether the amounts and years that a question says are those of the finding and its project."""
        facts = [self.catalog.by_id[i].fact for i in stored.fact_ids if i in self.catalog.by_id]
        if says(text, "whole_period_said") and all(f.coordinates.period is not Period.WHOLE for f in facts):
            return False
        cells = [fact.quantity for fact in facts]
        sides = [
            stored.finding.expected,
            stored.finding.actual,
            *(s.fact.quantity for s in (project.budget() if project else ())),
        ]
        known = {quantity.number for quantity in (*cells, *sides) if quantity is not None}
        told = [n.quantity for n in amounts_in(text) if n.quantity is not None and n.quantity.unit == YUAN]
        if any(quantity.number not in known for quantity in told):
            return False
        years = {as_number(found["n"]) for found in cue("times_said").finditer(text)}
        printed = cue("times_said").search(project.text("period")) if project is not None else None
        return not relation.period or printed is None or years <= {as_number(printed["n"]), 1}


def relations_said(text: str) -> Iterator[RelationWords]:
    """The relations of which both sides are named, whether of one sheet or of several."""
    return (said.relation for said in _said(text, of_several=True))


def _said(text: str, of_several: bool = False) -> Iterator[_Said]:
    """The relations of which both sides are named."""
    for relation in relation_words():
        if any(re.search(pattern, text) for pattern in relation.never + (() if of_several else relation.several)):
            continue
        actual = _places(text, relation.actual)
        rest = _blanked(text, actual)
        expected = _places(rest, relation.expected)
        if actual and expected:
            yield _Said(relation, expected, actual)


def _places(text: str, side: RelationSide) -> tuple[re.Match[str], ...]:
    """Where the words of a side stand; () unless each of its lists has one."""
    found = [list(pattern.finditer(text)) for pattern in _patterns(side)]
    return tuple(match for matches in found for match in matches) if all(found) else ()


def _blanked(text: str, places: tuple[re.Match[str], ...]) -> str:
    for found in places:
        text = text[: found.start()] + "," * len(found[0]) + text[found.end() :]
    return text


def _without(text: str, said: _Said) -> str:
    """A question without its numbers and the words of the relation, so that names stand alone."""
    text = _blanked(text, said.places)
    for numeral in reversed(amounts_in(text)):
        text = text[: numeral.start] + "," + text[numeral.end :]
    return text


def _relation(text: str, said: _Said) -> tuple[str, bool]:
    """How one side is asked to stand to the other, and whether it is the expected one; "" when it is not said."""
    for sign, pattern in ((">", cue("beyond_it")), ("<", cue("short_of_it")), ("≤", cue("within_it"))):
        verb = pattern.search(text)
        if verb is not None and says(text, "enough_for_it"):
            return "≥", True  # 够不够: the money, whatever is said first
        if verb is not None:
            return sign, _subject(text, verb, said) in said.expected
    return ("=" if says(text, "agreement_asked") else ""), False


def _subject(text: str, verb: re.Match[str], said: _Said) -> re.Match[str]:
    """The side that is said to exceed the other: the one of the verb's own clause, unless it stands behind 跟, or the first."""
    before = sorted((m for m in said.places if m.end() <= verb.start()), key=lambda m: m.start())
    if not before:
        return max(said.places, key=lambda m: m.start())
    clause = [m for m in before if m.start() > text.rfind(",", 0, verb.start())]
    sides = {m in said.actual for m in clause}
    if len(sides) == 1 and not cue("set_beside").search(text[: clause[0].start()]):
        return clause[0]
    return before[0]


def _asked(text: str, relation: RelationWords) -> str:
    """The number that is asked for, by its name; "" when there is none."""
    if says(text, "difference_of_it"):
        return "difference"
    for name, side in (("expected", relation.expected), ("actual", relation.actual)):
        if any(re.search(pattern, text) for pattern in side.asked):
            return name
    if relation.period and not says(text, "multiplied_out"):
        return ""  # 四年合计多少: as it is printed
    return relation.computed if says(text, "comes_to") else ""


@cache
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


def _patterns(side: RelationSide) -> list[re.Pattern[str]]:
    return [_compiled(words) for words in side.words]
