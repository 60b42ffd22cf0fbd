"""The documents of a dialogue by disclosure, each with its own reader: made when first asked, kept while in use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from assistant.catalog import Catalog, load_catalog
from assistant.documents.comparing import Comparing
from assistant.documents.scope import Disclosure, Scoper, disclosures_of
from assistant.documents.surveying import Survey
from assistant.means import ALL_MEANS, Means
from assistant.names.meaning import Meaning
from assistant.names.name_index import NameIndex
from assistant.question import Question
from assistant.reader import Reader
from assistant.telling.answering import Answering
from assistant.units.answers import UnitAnswers
from assistant.units.units import Units
from ingest.ledger.ledger import Ledger, StoredDocument

_MOST_READERS = 64
MOST_ASKED = 12  # documents that a question without a department's name is asked of
_FEW = 3  # documents that are all asked
_NEARLY = 0.6  # how much of the best document's words another must print to be asked too


class Readers:
    """Readers over sets of documents, the least used ones forgotten."""

    def __init__(self, ledger: Ledger, means: frozenset[Means] = ALL_MEANS) -> None:
        self.ledger = ledger
        self._means = means
        self._reader = lru_cache(_MOST_READERS)(self._read)

    def of(self, names: Sequence[str]) -> Reader:
        return self._reader(tuple(sorted(names)))

    def _read(self, names: tuple[str, ...]) -> Reader:
        units = Units(load_catalog(self.ledger, names))
        catalog = units.of_department()
        meaning = Meaning(self.ledger, [document.id for document in catalog.documents])
        return Reader(catalog, meaning, units, self._means)


class Library:
    """What a dialogue may ask about."""

    def __init__(self, documents: Sequence[StoredDocument], readers: Readers, names: NameIndex) -> None:
        self.documents = tuple(documents)
        self.survey = Survey(readers.ledger, names, self.reader)
        self._names = names
        self.disclosures = disclosures_of(self.documents)
        self._readers = readers
        self._units: dict[Disclosure, UnitAnswers] = {}

    def reader(self, disclosure: Disclosure) -> Reader:
        return self._readers.of(disclosure.names)

    def units(self, disclosure: Disclosure) -> UnitAnswers:
        """The units of a department, as its disclosure lists them."""
        if disclosure not in self._units:
            self._units[disclosure] = UnitAnswers(disclosure, self.reader(disclosure))
        return self._units[disclosure]

    @cached_property
    def scoper(self) -> Scoper:
        return Scoper(self.disclosures, self._known)

    @cached_property
    def overview(self) -> Reader:
        """A reader that knows which documents there are, and no facts."""
        return Reader(Catalog(self.documents, (), (), {}, ()))

    @cached_property
    def comparing(self) -> Comparing:
        return Comparing(Answering(self.overview.catalog))

    def likeliest(self, question: Question, disclosures: Sequence[Disclosure]) -> tuple[Disclosure, ...]:
        """Those of many documents that print the question's telling words, the first few where all print them alike."""
        if len(disclosures) <= _FEW:
            return tuple(disclosures)
        weights = self._names.weighed(question.text)
        of_each = {each: max((weights.get(d.id, 0.0) for d in each.documents), default=0.0) for each in disclosures}
        most = max(of_each.values())
        ordered = sorted(disclosures, key=lambda each: -of_each[each])
        return tuple(each for each in ordered if of_each[each] >= _NEARLY * most)[:MOST_ASKED]

    def _known(self, text: str, disclosures: Sequence[Disclosure]) -> bool:
        """Whether some of these documents print a text as part of a name."""
        return self._names.known(text, [document.id for each in disclosures for document in each.documents])
