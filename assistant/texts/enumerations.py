"""Lists that a text prints: `内设机构9个：综合科、招商服务科…`. The names in their order, and the words that say what is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.cues import cue
from ingest.ledger.ledger import StoredPassage
from ingest.numbers.numbers import NumeralKind, find_numerals
from ingest.numbers.quantities import Quantity

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_CLOSING = {"(": ")", "（": "）", "“": "”", "《": "》"}
_MEASURED = (NumeralKind.MONEY, NumeralKind.COUNT)
_LONGEST_NAME = 12


@dataclass(frozen=True, slots=True)
class Enumerated:
    """One name of a list, with the number printed behind it."""

    label: str
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list: `subject` is the clause that introduces it, with the term it explains; `around` whatever else stands
    before and over it; `open_ended` where it ends in 等."""

    subject: str
    around: str
    entries: tuple[Enumerated, ...]
    sentence: str
    passage: StoredPassage
    open_ended: bool


def enumerations_of(passages: Sequence[StoredPassage]) -> Iterator[Enumeration]:
    """The lists of all passages; one that begins a passage is introduced by the passage before."""
    before: StoredPassage | None = None
    said = ""
    for stored in passages:
        alike = before is not None and (before.document_id, before.passage.heading, before.passage.project) == (
            stored.document_id,
            stored.passage.heading,
            stored.passage.project,
        )
        said = said if alike else ""
        for found in _SENTENCE.finditer(stored.passage.text):
            sentence = found[0].strip()
            yield from _in_sentence(sentence, said, stored)
            said = sentence
        before = stored


def _in_sentence(sentence: str, before: str, stored: StoredPassage) -> Iterator[Enumeration]:
    """The lists after each introducing word of a sentence; the whole sentence where the one before introduces it."""
    starts = [(found.end(), sentence[: found.start()]) for found in cue("list_introduced").finditer(sentence)]
    if cue("list_announced").search(before):
        starts.insert(0, (0, before))
    known: set[tuple[Enumerated, ...]] = set()
    for start, head in starts:
        listed, end = _listed(sentence, start)
        entries = _without_lead(tuple(_entry(text) for text in listed))
        if (
            len(entries) < 2
            or entries in known
            or any(not e.label or cue("list_no_entry").match(e.label) for e in entries)
        ):
            continue
        known.add(entries)
        passage = stored.passage
        yield Enumeration(
            f"{_subject(head) or _subject(before) or before} {passage.term}",
            " ".join((head, *passage.heading, passage.project)),
            entries,
            sentence,
            stored,
            cue("list_open").search(sentence[start:end]) is not None,
        )


def _listed(sentence: str, start: int) -> tuple[list[str], int]:
    """The pieces between 、 from a place on, up to the end of the sentence or the comma that ends the list."""
    pieces, current, closing, at = [], "", "", start
    while at < len(sentence):
        character = sentence[at]
        if closing:
            closing = "" if character == closing else closing
        elif character in _CLOSING:
            closing = _CLOSING[character]
        elif character in "、,，" and (character == "、" or _continues(current, sentence[at + 1 :])):
            pieces.append(current)
            current, at = "", at + 1
            continue
        elif character in "。；;,，:：":
            break
        current += character
        at += 1
    last = cue("list_open").sub("", current)
    if not pieces:
        return [], at
    if "、" in (rest := re.split("[。；;]", sentence[at:], maxsplit=1)[0]):
        return _over_commas([*pieces, last], rest), at + len(rest)
    return [*pieces, *_last_two(last, pieces)], at


def _over_commas(pieces: list[str], rest: str) -> list[str]:
    """A list that goes on after a comma, where all of it is short names; none where it cannot be told."""
    more = [cue("list_open").sub("", piece) for piece in re.split("[,，、:：]", rest) if piece]
    return [*pieces, *more] if all(len(piece) <= _LONGEST_NAME for piece in more) else []


def _continues(piece: str, rest: str) -> bool:
    """Whether a comma goes on with a list of amounts: `…用车8辆，执法执勤用车0辆`."""
    after = re.split("[、,，。；;]", rest, maxsplit=1)[0]
    return bool(_number_at_end(piece) and _number_at_end(after))


def _subject(head: str) -> str:
    """The clause that stands last before a list, unless it is only 其中 or 主要."""
    clauses = [c for c in re.split(r"(?<!\d),|,(?!\d)|[，；;:：。]", head) if c.strip()]
    return next((c for c in reversed(clauses) if not cue("list_head_bare").fullmatch(c.strip())), "")


def _without_lead(entries: tuple[Enumerated, ...]) -> tuple[Enumerated, ...]:
    """The first name without what leads up to it: `单位公务出国的国际旅费、住宿费` lists 国际旅费."""
    if len(entries) < 3 or entries[0].quantity is not None or "的" not in entries[0].label:
        return entries
    name = entries[0].label.rpartition("的")[2]
    longest = max(len(entry.label) for entry in entries[1:])
    return (Enumerated(name), *entries[1:]) if name and len(entries[0].label) > longest else entries


def _last_two(last: str, others: Sequence[str]) -> list[str]:
    """The last piece, cut at its `和` where both halves look like the others: `房屋、设备和车辆`."""
    found = cue("list_last_and").fullmatch(last)
    if found is None:
        return [last]
    ends = {_end(piece) for piece in others}
    halves = [found["A"], found["B"]]
    alike = _end(halves[0]) == _end(halves[1]) or all(_end(half) in ends for half in halves)
    alike = alike or (len(last) <= 9 and max(map(len, others)) <= 6)
    return halves if alike else [last]


def _end(name: str) -> str:
    """The last character of a name without what is in brackets."""
    return re.sub(r"[(（].*?[)）]", "", name).strip()[-1:]


def _number_at_end(text: str) -> bool:
    numerals = find_numerals(text.strip())
    return bool(numerals) and numerals[-1].end >= len(text.strip()) - 1


def _entry(text: str) -> Enumerated:
    """A name without the number behind it and without the marks around it."""
    plain = text.strip(" 。；;,，:：")
    numerals = [
        n
        for n in find_numerals(plain)
        if n.kind in _MEASURED and n.quantity is not None and n.end == len(plain) and re.search(r"\d", n.printed)
    ]
    if not numerals:
        return Enumerated(cue("list_mark").sub("", plain))
    label = cue("list_mark").sub("", plain[: numerals[0].start])
    return Enumerated(label, numerals[0].quantity)


def alike_of(passages: Sequence[StoredPassage]) -> Iterator[Enumeration]:
    """Lists that nothing introduces, of things that are called alike: `对东河大桥、西河大桥进行检测`."""
    for stored in passages:
        for found in _SENTENCE.finditer(stored.passage.text):
            for clause in re.split("[，,：:。；;]", found[0]):
                *firsts, last = clause.strip().split("、")
                noun = _shared_end(firsts, last) if firsts else ""
                if not noun:
                    continue
                names = [*firsts, last[: last.index(noun) + len(noun)]]
                entries = tuple(Enumerated(cue("list_lead").sub("", name.strip())) for name in names)
                if all(0 < len(entry.label) <= 2 * _LONGEST_NAME for entry in entries):
                    yield Enumeration("", stored.passage.project, entries, found[0].strip(), stored, False)


def _shared_end(firsts: Sequence[str], last: str) -> str:
    """The longest end that all but the last have in common and that the last has in it."""
    longest = min(firsts, key=len)
    ends = (longest[start:] for start in range(1, len(longest)))
    return next((end for end in ends if end in last and all(each.endswith(end) for each in firsts)), "")
