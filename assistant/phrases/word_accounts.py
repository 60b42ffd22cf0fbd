"""Whether the words of a phrase are accounted for by the figure found for it: a word left over may tell of another one."""

from __future__ import annotations

from assistant.cues import cue
from assistant.names.light_words import pieces_of
from assistant.names.linking import is_generic
from assistant.names.segments import WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Expression, Lookup, Selector
from assistant.words import concept_by_key
from ingest.labels import label_key

_EXPLAINED = 0.5  # the share of a word that the names of a figure must explain
_LEAST_SURE = 0.45  # of each figure


class WordAccounts:
    """Holds phrases against figures of one catalog."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.catalog = phrases.catalog

    def is_light(self, text: str) -> bool:
        """Whether a text names nothing."""
        if not self.phrases.content_in(self.phrases.without_loaded_years(text)):
            return True
        return all(light for _, light in pieces_of(text))

    def explains(self, figure: Expression, phrase: str) -> bool:
        """Whether no telling word of a phrase is left over by its figure; sets account for theirs themselves."""
        if not isinstance(figure, Lookup):
            return True
        of, known = figure.of, self._known(figure.of)
        several = cue("several_meant").search(phrase)
        if several is not None and several[0] not in known:
            return False
        if of.confidence < _LEAST_SURE or self.phrases.linker.is_one_of_many(of.words, of.fact_ids):
            return False
        _, rest = self.phrases.tables_in(phrase)
        _, rest = self.phrases.wish_in(self.phrases.without_loaded_years(rest))
        closest = self.phrases.closest
        for word in self.phrases.content_in(rest):
            if word.kind is WordKind.UNKNOWN:
                if not all(light for _, light in pieces_of(word.text)):
                    return False
            elif not is_generic(word.text) and closest.explained(word, known) < _EXPLAINED:
                return False
        return True

    def _known(self, of: Selector) -> str:
        """All names that a figure has or stands under."""
        facts = [self.catalog.by_id[i].fact for i in of.fact_ids]
        names = [of.label, *of.row_keys, *(t for f in facts for t in (f.row, f.project, f.table, *f.row_path))]
        names += [name for project in self.catalog.project_by_key.get(of.project, ()) for name in project.names]
        concept = concept_by_key().get(of.concept)
        names += concept.names if concept is not None else ()
        return "".join(map(label_key, names))
