"""One phrase measured in many documents: planned once, computed over the few cells that the plan can touch in each.

A document is read by itself only where the plan holds in no other, or where it prints the words and no such row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.computing.computing import Computer
from assistant.computing.plan_cells import means_the_same, names_rows, small_catalogs, with_codes
from assistant.documents.comparing import STATED_NONE, Measured
from assistant.documents.measuring import Asked, is_figure, measure, measured_of
from assistant.documents.scope import Disclosure
from assistant.names.name_index import NameIndex
from assistant.plan import Plan, bare
from assistant.question import Question
from assistant.reader import Reader
from assistant.telling.answering import computation_to_step, warnings_of
from assistant.telling.telling import labels_of, may_be_told_absent, tells_absence
from ingest.labels import label_key
from ingest.ledger.ledger import Ledger

_REMEMBERED = 8  # phrases
_MODELS = 3  # documents that a phrase is planned in until one has a plan that means the same in all


class Survey:
    """Measures in the disclosures of one ledger; `reader` reads a single one."""

    def __init__(self, ledger: Ledger, names: NameIndex, reader: Callable[[Disclosure], Reader]) -> None:
        self._ledger = ledger
        self._names = names
        self._reader = reader
        self._of_all = lru_cache(_REMEMBERED)(
            self._measured_in_all
        )  # a dialogue stays with a figure: largest, least, sum

    def measured(
        self, question: Question, operands: Sequence[tuple[Disclosure, str]], change: bool = False
    ) -> tuple[Measured, ...]:
        """The figure of each operand, a disclosure with its phrase, in their order."""
        found: dict[int, Measured] = {}
        for asked, alike in _alike(question, operands, change).items():
            numbers = {disclosure: number for number, disclosure in alike}
            found.update((numbers[each.disclosure], each) for each in self._of_all(asked, tuple(numbers)))
        return tuple(found[number] for number in range(len(operands)))

    def _measured_in_all(self, asked: Asked, disclosures: tuple[Disclosure, ...]) -> list[Measured]:
        found = {each: Measured(each, what=asked.phrase, reason="unknown") for each in disclosures}
        tried: dict[object, Plan] = {}
        for question in asked.questions:
            still = [each for each, measured in found.items() if measured.quantity is None]
            plan = self._plan(question, asked, disclosures) if still else None
            if plan is None or bare(plan) in tried:
                continue
            if not means_the_same(plan):
                tried.clear()
                break
            tried[bare(plan)] = plan
            found.update((each.disclosure, each) for each in self._computed(plan, asked, still))
            if (coded := with_codes(plan, self._names)) is not None:
                still = [each for each in still if found[each].reason == "unknown"]
                found.update((each.disclosure, each) for each in self._computed(coded, asked, still))
        if not tried or any(map(names_rows, tried.values())):
            unknown = [each for each, measured in found.items() if measured.reason == "unknown"]
            found.update((each, measure(self._reader(each), each, asked)) for each in self._printing(asked, unknown))
        return list(found.values())

    def _plan(self, question: Question, asked: Asked, disclosures: Sequence[Disclosure]) -> Plan | None:
        """A plan that holds in all of them, as one of the documents that print most of the phrase reads it; else any."""
        weights = self._names.weighed(asked.phrase)
        most = sorted(disclosures, key=lambda each: -max(weights.get(document.id, 0.0) for document in each.documents))
        found: Plan | None = None
        for each in most[:_MODELS]:
            plan = self._reader(each).planner.try_plan(question)
            if is_figure(plan) and plan is not None:
                if means_the_same(plan):
                    return plan
                found = found or plan
        return found

    def _computed(self, plan: Plan, asked: Asked, disclosures: Sequence[Disclosure]) -> Iterator[Measured]:
        missing: list[Measured] = []
        for each, catalog in small_catalogs(self._ledger, self._names, plan, disclosures):
            result = Computer(catalog).compute(plan)
            steps = [computation_to_step(computation) for computation in result.steps]
            measured = measured_of(each, asked.phrase, result, steps, warnings_of(result))
            if may_be_told_absent(result):
                missing.append(measured)
            elif asked.fits(measured):
                yield measured
        yield from self._absent(plan, missing)

    def _absent(self, plan: Plan, missing: Sequence[Measured]) -> Iterator[Measured]:
        """Of documents without a figure, those that say themselves that they have none are marked."""
        ids = [document.id for each in missing for document in each.disclosure.documents]
        saying = {
            stored.document_id
            for label in (labels_of(plan) if ids else ())
            for stored in self._ledger.passages(ids, printing=label_key(label))
            if tells_absence(stored.passage.text, label)
        }
        for each in missing:
            said = any(document.id in saying for document in each.disclosure.documents)
            yield replace(each, reason=STATED_NONE) if said else each

    def _printing(self, asked: Asked, disclosures: Sequence[Disclosure]) -> Iterator[Disclosure]:
        """Those that print a telling word of the phrase, as a name or in a row without figures; all where no word tells."""
        ids = [document.id for each in disclosures for document in each.documents]
        holding = self._names.printing(asked.phrase)
        if holding is not None and ids:
            holding |= self._ledger.documents_with_tables_printing(label_key(asked.phrase), ids)
        for each in disclosures:
            if holding is None or any(document.id in holding for document in each.documents):
                yield each


def _alike(
    question: Question, operands: Sequence[tuple[Disclosure, str]], change: bool
) -> dict[Asked, list[tuple[int, Disclosure]]]:
    """The operands by what is asked of them; budgets apart from final accounts, which are read otherwise."""
    found: dict[Asked, list[tuple[int, Disclosure]]] = {}
    for number, (disclosure, phrase) in enumerate(operands):
        asked = Asked.of(question, disclosure, phrase, change)
        found.setdefault(asked, []).append((number, disclosure))
    return found
