"""What no budget holds: declined with its reason, unless these documents print it after all."""

from __future__ import annotations

from assistant.cues import says
from assistant.names.linking import EntryKind
from assistant.names.segments import WordKind
from assistant.phrases.phrases import Phrases
from assistant.plan import Decline, Listing, Lookup, Members, Plan, Selector, Universe
from assistant.question import Question
from assistant.questions.value_kinds import Value, value_kind_of
from assistant.texts.passages import Passages
from assistant.words import longest_first, plain_words
from ingest.facts import Origin
from ingest.labels import label_key

_KINDS = {"budget": "部门预算", "final_accounts": "部门决算"}
_TOLD = 0.8  # how much of a question a sentence must explain to tell what is mostly not told
_PERSONS = ("人", "名")


class AbsencePlans:
    """Declines over one catalog."""

    def __init__(self, phrases: Phrases, passages: Passages) -> None:
        self.passages = passages
        self.catalog = phrases.catalog
        self.linker = phrases.linker
        self.printed = phrases.printed

    def absent(self, question: Question) -> Plan | None:
        """A decline for the first word of what no budget holds."""
        text = question.text
        if says(text, "own_claim") and not says(text, "for_one"):
            return Decline("own_claim", self._loaded())
        kinds = {document.kind for document in self.catalog.documents}
        for reason, absent in plain_words().absent.items():
            if kinds.intersection(absent.held_by) or any(other in text for other in absent.unless):
                continue
            said = next((w for w in longest_first(absent.words) if w in text and not self._is_printed(w, text)), "")
            if said and not self._is_counted(said, text) and not self._is_told(said, text):
                staff = self._staff(text) if reason == "staff_number" else None
                return staff or Decline(reason, self._loaded())
        return None

    def _is_printed(self, word: str, text: str) -> bool:
        """Whether the word is part of a name that the documents print and the text says in full."""
        key, said = label_key(word), label_key(text)
        named = (entry.core for entry in self.linker.entries if entry.kind is not EntryKind.CONCEPT)
        at = said.find(key)
        return any(key in core and core in said for core in named) or any(
            start < at < end for start, end in self.printed.places(said)
        )

    def _is_counted(self, word: str, text: str) -> bool:
        """Whether a count is printed of what the word means in everyday speech: 临聘人员人数 for 多少临时工."""
        kind = value_kind_of(text)
        meant = {m for each in self.linker.words(word) if each.kind is WordKind.PLAIN for m in each.means}
        return kind.value is Value.COUNT and any(
            any(meaning in entry.core for meaning in meant) and any(map(kind.fits, entry.facts))
            for entry in self.linker.entries
        )

    def _is_told(self, word: str, text: str) -> bool:
        """Whether a sentence has the word, and nearly all else that the question names."""
        key = label_key(word)
        found = self.passages.find(text.replace(word, ""))
        return any(each.sure(_TOLD) and any(key in label_key(s) for s in each.sentences) for each in found)

    def _staff(self, text: str) -> Plan | None:
        """Staff numbers where a document does print them: all of the section that has them."""
        counted = [
            s
            for s in self.catalog.facts
            if s.fact.origin is Origin.PROSE
            and not s.fact.project
            and s.fact.quantity is not None
            and s.fact.quantity.unit in _PERSONS
        ]
        first = next((s for s in counted if says(s.fact.row, "staff_row")), None)
        if first is None:
            return None
        section = [s for s in counted if s.document_id == first.document_id and s.fact.table == first.fact.table]
        given = tuple(Lookup(Selector(s.fact.row, s.fact.row, fact_ids=(s.id,))) for s in section)
        return Listing(Members(Universe.GIVEN, text, given=given))

    def _loaded(self) -> str:
        return "、".join(f"{d.year or ''}年{_KINDS.get(d.kind, '文件')}" for d in self.catalog.documents[:4])
