"""The sentences of a catalog's passages, each with what stands around it: project, heading, term, the line that opens a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.words import field_by_key
from ingest.labels import label_key
from ingest.ledger.ledger import StoredPassage

_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？]?")
_MARK = re.compile(
    r"(?:(?<=^)|(?<=[。；;：:，,\s]))\s*(?=(?:\d{1,2}[.、．](?!\d)|[（(][一二三四五六七八九十\d]{1,2}[)）])\s*\S)"
)
_ENTRY = re.compile(r"^\d{1,2}[.、．](?!\d)\s*")
_GOES_ON = re.compile(r"(?:其?主要(?:原因)?(?:是|为|用于|系|由于)?|原因(?:是|为)?|用于|其中|比上年|与上年)")
_OPENS = re.compile(r"[：:]\s*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as printed; `key` for comparing; `around` what else tells what it is about; `source` the passage's number;
    `subject` the sentence before, where this one goes on with its reason or its use."""

    stored: StoredPassage
    text: str
    key: str
    around: str
    source: int
    subject: str = ""


def sentences_of(passages: Sequence[StoredPassage]) -> list[Sentence]:
    """All sentences in source order; a line that ends in a colon goes on in the next passage of its section."""
    found: list[Sentence] = []
    for number, stored in enumerate(passages):
        opening = ""
        pieces = list(_pieces(stored.passage.text))
        for position, (text, head) in enumerate(pieces):
            if position == len(pieces) - 1 and _OPENS.search(text) and (more := _continued(passages, number)):
                text = f"{text}{more}"
            if _OPENS.search(text):
                opening = text
            around = _around(stored) + (label_key(opening) if opening != text else "")
            before = found[-1] if found and _GOES_ON.match(text) and _same_section(found[-1].stored, stored) else None
            subject = before.key + before.subject if before is not None else ""
            found.append(Sentence(stored, text, label_key(text), around + label_key(head), number, subject))
    return found


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The sentences of a text, each with the one that its entry in a numbered list begins with."""
    for marked in _MARK.split(text):
        sentences = [each for piece in _SENTENCE.findall(marked) if (each := _ENTRY.sub("", piece.strip()))]
        numbered = _ENTRY.match(marked.strip()) is not None
        for position, sentence in enumerate(sentences):
            yield sentence, sentences[0] if numbered and position else ""


def entry_with(text: str, printed: str) -> str:
    """The one entry of a numbered list that holds something printed; "" where none or several do."""
    found = [entry.strip() for entry in _MARK.split(text) if printed in entry]
    return found[0] if len(found) == 1 else ""


def _continued(passages: Sequence[StoredPassage], number: int) -> str:
    """The first line of the next passage under the same heading."""
    following = passages[number + 1] if number + 1 < len(passages) else None
    here = passages[number]
    if following is None or following.document_id != here.document_id:
        return ""
    if following.passage.heading != here.passage.heading or following.passage.project != here.passage.project:
        return ""
    return next(_pieces(following.passage.text), ("", ""))[0]


def _same_section(one: StoredPassage, other: StoredPassage) -> bool:
    same = one.document_id == other.document_id and one.passage.heading == other.passage.heading
    return same and one.passage.project == other.passage.project and one.passage.field == other.passage.field


def _around(stored: StoredPassage) -> str:
    passage = stored.passage
    entry = field_by_key().get(passage.field)
    field = entry.label if entry is not None else ""
    return label_key(passage.project) + label_key("".join(passage.heading)) + label_key(passage.term) + label_key(field)
